/** Every page in the order of its file's number, and what of it a search finds. */
import { fold } from '../text/fold';
import { type Block, type Guide, type Stop, words } from './tree';

const found = import.meta.glob<Guide>('../../../docs/guide/*.md', { eager: true, import: 'default' });
export const pages: readonly Guide[] = Object.entries(found)
  .sort(([one], [other]) => (one < other ? -1 : 1))
  .map(([, page]) => page);

/** What stands under one heading. */
export interface Section extends Stop {
  title: string;
  /** The page, where the heading is not its title. */
  of: string;
  text: string;
}

export function sectionsOf(page: Guide): Section[] {
  const out: (Section & { blocks: Block[] })[] = [
    { page: page.name, at: '', title: page.title, of: '', text: '', blocks: [] },
  ];
  for (const block of page.blocks) {
    if (block.kind === 'heading')
      out.push({ page: page.name, at: block.at, title: block.text, of: page.title, text: '', blocks: [] });
    else out.at(-1)?.blocks.push(block);
  }
  return out.map(({ blocks, ...section }) => ({ ...section, text: blocks.map((one) => words([one])).join(' ') }));
}

/** The sections in which every word that is looked for begins a word; those whose heading has them first. */
export function find(all: readonly Section[], wanted: string): Section[] {
  const terms = termsOf(wanted);
  if (terms.length === 0) return [];
  const has = (text: string) => {
    const there = fold(text).split(/[^\p{L}\p{N}]+/u);
    return terms.every((term) => there.some((word) => word.startsWith(term)));
  };
  const hits = all.filter((section) => has(`${section.title} ${section.text}`));
  return [...hits.filter((section) => has(section.title)), ...hits.filter((section) => !has(section.title))];
}

export function termsOf(wanted: string): string[] {
  return fold(wanted)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((term) => term !== '');
}

/** A line of the text around the first word that is looked for. */
export function around(text: string, wanted: string): string {
  const terms = termsOf(wanted);
  const all = text.split(' ');
  const at = all.findIndex((word) => terms.some((term) => termsOf(word).some((part) => part.startsWith(term))));
  const from = Math.max(0, at - 5);
  return `${from > 0 ? '… ' : ''}${all.slice(from, from + 16).join(' ')}${from + 16 < all.length ? ' …' : ''}`;
}
