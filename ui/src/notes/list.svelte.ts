/** What the list of notes shows; kept while one reads a note and comes back. */
import type { NotesFilter, NotesPage } from '../ipc/bindings';
import { commands } from '../ipc/bindings';
import type { Answer } from '../ipc/call';

/** About what a window shows. */
export const FIRST = 20;
const PAGE = 100;
/** The core gives no more at once. */
const MOST = 200;

export const list: { filter: NotesFilter; find: string; selected: string | undefined; wanted: number } = $state({
  filter: 'awaiting_approval',
  find: '',
  selected: undefined,
  wanted: FIRST,
});
export function forget(): void {
  Object.assign(list, { filter: 'awaiting_approval', find: '', selected: undefined, wanted: FIRST });
}
export function show(filter: NotesFilter): void {
  list.filter = filter;
  list.wanted = FIRST;
}
export function more(): void {
  list.wanted += PAGE;
}

/** The first `wanted` rows, as many at once as the core gives. */
export async function rows(filter: NotesFilter, find: string, wanted: number): Promise<Answer<NotesPage>> {
  const all: NotesPage['rows'] = [];
  for (;;) {
    const limit = Math.min(MOST, wanted - all.length);
    const page = await commands.notes(filter, find, all.length, limit);
    if (page.status !== 'ok') return page;
    all.push(...page.data.rows);
    if (all.length >= wanted || page.data.rows.length < limit)
      return { status: 'ok', data: { ...page.data, rows: all } };
  }
}
