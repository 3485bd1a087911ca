/** The core keeps what can be undone; the window shows it and asks. */
import { ask } from '../ipc/ask.svelte';
import { commands } from '../ipc/bindings';
import { type Answer, call } from '../ipc/call';
import { sayFailure } from '../ipc/refusal';

export function useUndo() {
  const state = ask(() => commands.undoable());
  let failure = $state('');
  async function doing(answer: Promise<Answer<null>>): Promise<void> {
    try {
      failure = '';
      await call(answer);
    } catch (error) {
      failure = sayFailure(error);
    }
    await state.again();
  }
  // What can be undone for seconds only is not offered longer.
  $effect(() => {
    const seconds = state.data?.seconds ?? null;
    if (seconds === null) return;
    const timer = setTimeout(() => void state.again(), Math.min(seconds, 600) * 1000);
    return () => clearTimeout(timer);
  });
  return {
    /** What was done last, or undone last. */
    get last() {
      return state.data ?? null;
    },
    get failure() {
      return failure;
    },
    undo: () => doing(commands.undo()),
    redo: () => doing(commands.redo()),
  };
}
