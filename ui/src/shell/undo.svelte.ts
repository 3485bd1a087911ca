/** The core keeps what can be undone; the window shows it and asks. */
import { ask } from '../ipc/ask.svelte';
import { commands } from '../ipc/bindings';
import { type Answer, call, refusedAs } from '../ipc/call';
import { sayFailure } from '../ipc/refusal';
import { here } from './router.svelte';

/** How long it is said that there was nothing to do, in milliseconds. */
const BRIEFLY = 5000;

export function useUndo() {
  const state = ask(() => commands.undoable());
  let failure = $state('');
  /** Nothing went wrong: there was nothing to undo. */
  let nothing = $state('');
  async function doing(answer: Promise<Answer<null>>): Promise<void> {
    try {
      failure = '';
      nothing = '';
      await call(answer);
    } catch (error) {
      if (refusedAs(error, 'nothing_to_undo')) nothing = sayFailure(error);
      else failure = sayFailure(error);
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
  $effect(() => {
    if (nothing === '') return;
    const timer = setTimeout(() => {
      nothing = '';
    }, BRIEFLY);
    return () => clearTimeout(timer);
  });
  // What failed on one page is no matter of the next.
  $effect(() => {
    void here.path;
    failure = '';
    nothing = '';
  });
  return {
    /** What was done last, or undone last. */
    get last() {
      return state.data ?? null;
    },
    get failure() {
      return failure;
    },
    get nothing() {
      return nothing;
    },
    undo: () => doing(commands.undo()),
    redo: () => doing(commands.redo()),
  };
}
