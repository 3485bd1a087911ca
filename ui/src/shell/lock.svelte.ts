/** Locking by hand. The core closes the records and replaces the page; the address stays. */
import { commands } from '../ipc/bindings';
import { call } from '../ipc/call';
import { sayFailure } from '../ipc/refusal';
import { t } from '../text/words';
import { saveAll } from './keeper.svelte';
import { hint } from './keymap';

export const locking = $state({ failure: '' });

/** Saves all, then locks. What cannot be saved would be lost with the page: that is said first, and asked for once more. */
export async function lock(): Promise<void> {
  if (!(await saveAll()) && locking.failure === '') {
    locking.failure = t('lock-unsaved', { key: hint('lock') });
    return;
  }
  locking.failure = '';
  try {
    await call(commands.lock());
  } catch (error) {
    locking.failure = sayFailure(error);
  }
}
