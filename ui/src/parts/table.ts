import type { GlyphName } from './glyphs';

export type Sort = { by: string; desc: boolean };

export interface Column {
  key: string;
  label: string;
  /** The class of its <col> and <th>, such as `c-last`. */
  class?: string;
  /** The heading is a button that sorts by `key`. */
  sorts?: boolean;
  title?: string;
  glyph?: GlyphName;
}

/** Which rows to draw: those in view and a few on both sides. */
export function inView(
  scrolled: number,
  height: number,
  row: number,
  count: number,
  spare = 12,
): { from: number; to: number } {
  const from = Math.max(0, Math.floor(scrolled / row) - spare);
  const to = Math.min(count, Math.ceil((scrolled + height) / row) + spare);
  return { from: Math.min(from, count), to: Math.max(to, 0) };
}
