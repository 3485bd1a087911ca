import { untrack } from 'svelte';
import { firstUnsaved } from './keeper.svelte';

/** What the frame shows beside the page. Set by Practice.svelte from the core's answers. */
export interface Frame {
  /** Notes awaiting approval. */
  awaiting: number;
  discreet: boolean;
  /** These are the invented people of the sample practice. */
  sample: boolean;
  /** Since when something could not be kept; worded. Empty while all is saved. */
  readonly unsaved: string;
  /** A page that shows its own undo, such as the approval bar. */
  ownUndo: number;
}

export const frame: Frame = $state({
  awaiting: 0,
  discreet: false,
  sample: false,
  get unsaved() {
    return firstUnsaved();
  },
  ownUndo: 0,
});

/** Inside a page whose own bar offers the undo. */
export function useOwnUndo(on: () => boolean = () => true): void {
  $effect(() => {
    if (!on()) return;
    // Counted without being watched: else the effect would call itself.
    untrack(() => {
      frame.ownUndo += 1;
    });
    return () => {
      untrack(() => {
        frame.ownUndo -= 1;
      });
    };
  });
}
