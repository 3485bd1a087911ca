/** Restoring takes the whole window: asked for anywhere, shown by App.svelte. */
import type { FoundBackup } from '../ipc/bindings';
import { saveAll } from '../shell';

export const restoring = $state({
  asked: false,
  /** The one to begin with, where it was chosen before. */
  of: undefined as FoundBackup | undefined,
});

export async function askRestore(of?: FoundBackup): Promise<void> {
  // What cannot be saved stays where it is: the records are kept when they are restored.
  await saveAll();
  restoring.of = of;
  restoring.asked = true;
}
