/** Something being done, one at a time: said when it takes longer than 400 ms, its failure worded. */
import { sayFailure } from '../ipc/refusal';

export function useDoing() {
  let busy = $state(false);
  let slow = $state(false);
  let failure = $state('');

  return {
    get busy() {
      return busy;
    },
    get slow() {
      return slow;
    },
    get failure() {
      return failure;
    },
    /** True when it was done. */
    async run(what: () => Promise<unknown>, say: (error: unknown) => string = sayFailure): Promise<boolean> {
      if (busy) return false;
      busy = true;
      failure = '';
      const timer = setTimeout(() => {
        slow = true;
      }, 400);
      try {
        await what();
        return true;
      } catch (error) {
        failure = say(error);
        return false;
      } finally {
        clearTimeout(timer);
        busy = false;
        slow = false;
      }
    },
  };
}
