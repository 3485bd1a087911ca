/** Discreet mode, as far as parts must know of it: set by the frame. */
export const veil: { on: boolean; looking: boolean } = $state({ on: false, looking: false });
