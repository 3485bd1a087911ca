/**
 * What is set here is kept at once, one row at a time. The row that was kept
 * last says so; what is refused is said beside its row and stays as typed.
 */
import { sayFailure } from '../ipc/refusal';

export function useSaving() {
  let kept = $state('');
  let refused = $state<{ row: string; said: string } | null>(null);
  let queue: Promise<unknown> = Promise.resolve();

  return {
    /** "✓ Saved" beside this row. */
    kept: (row: string) => kept === row,
    refused: (row: string) => (refused?.row === row ? refused.said : undefined),
    /** A refusal that is not to be changed any more. */
    forget(row: string): void {
      if (refused?.row === row) refused = null;
    },
    /** One after another, so that a later word is never overwritten by an earlier. True when kept. */
    async save(row: string, what: () => Promise<unknown>): Promise<boolean> {
      const mine = queue.then(what);
      queue = mine.catch(() => undefined);
      kept = '';
      try {
        await mine;
        if (refused?.row === row) refused = null;
        kept = row;
        return true;
      } catch (error) {
        refused = { row, said: sayFailure(error) };
        return false;
      }
    },
  };
}
