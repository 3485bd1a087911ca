/**
 * The guide where there is no practice around it: over the lock, over set-up, over a page on which the records do not open. The
 * address stays there, for it is the place to come back to.
 */
export const guide: { stop: { page: string; at: string } | undefined } = $state({ stop: undefined });

/** Opens it at a page; without one, at its beginning. */
export function readGuide(page = ''): void {
  guide.stop = { page, at: '' };
}
