/** The guide as data: made of docs/guide/*.md when the window is built (scripts/guide.mjs), drawn by Blocks.svelte. */
export type Inline =
  | { kind: 'text' | 'code' | 'keys'; text: string }
  | { kind: 'strong'; children: Inline[] }
  | { kind: 'em'; children: Inline[] }
  | { kind: 'link'; page: string; at: string; children: Inline[] };
export type Block =
  | { kind: 'heading'; level: 2 | 3; at: string; text: string }
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Block[][] }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'picture'; src: string; alt: string; width: number; height: number }
  | { kind: 'code'; text: string };
export interface Guide {
  name: string;
  title: string;
  blocks: Block[];
}

/** A place in the guide: a page, and a heading on it or "". */
export interface Stop {
  page: string;
  at: string;
}
export const address = ({ page, at }: Stop) => `/guide/${page}${at === '' ? '' : `?at=${at}`}`;

/** The words alone, for the search. */
export function words(of: readonly (Inline | Block)[]): string {
  return of
    .map((one): string => {
      if ('text' in one) return one.text;
      if ('children' in one) return words(one.children);
      if (one.kind === 'list') return one.items.map(words).join(' ');
      if (one.kind === 'table') return [one.head, ...one.rows].map((row) => row.map(words).join(' ')).join(' ');
      return one.alt;
    })
    .join('');
}
