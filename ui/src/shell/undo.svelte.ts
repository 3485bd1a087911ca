/** The core keeps what can be undone; the window shows it and asks. */
import { ask } from '../ipc/ask.svelte';
import { commands } from '../ipc/bindings';
import { call } from '../ipc/call';
import { sayFailure } from '../ipc/refusal';

export function useUndo() {
  const state = ask(() => commands.undoState());
  let failure = $state('');
  async function doing(what: () => ReturnType<typeof commands.undo>): Promise<void> {
    try {
      failure = '';
      await call(what());
    } catch (error) {
      failure = sayFailure(error);
    }
    await state.again();
  }
  return {
    get undoable() {
      return state.data?.undo ?? null;
    },
    get redoable() {
      return state.data?.redo ?? null;
    },
    get failure() {
      return failure;
    },
    undo: () => doing(() => commands.undo()),
    redo: () => doing(() => commands.redo()),
  };
}
