/** What the list of notes shows; kept while one reads a note and comes back. */
import type { NotesFilter, NotesPage } from '../ipc/bindings';
import { commands } from '../ipc/bindings';
import type { Answer } from '../ipc/call';

const PAGE = 100;

export const list: { filter: NotesFilter; find: string; selected: string | undefined; wanted: number } = $state({
  filter: 'awaiting_approval',
  find: '',
  selected: undefined,
  wanted: PAGE,
});
export function forget(): void {
  Object.assign(list, { filter: 'awaiting_approval', find: '', selected: undefined, wanted: PAGE });
}
export function show(filter: NotesFilter): void {
  list.filter = filter;
  list.wanted = PAGE;
}
export function more(): void {
  list.wanted += PAGE;
}

/** The first `wanted` rows, page by page. */
export async function rows(filter: NotesFilter, find: string, wanted: number): Promise<Answer<NotesPage>> {
  const first = await commands.notes(filter, find, 0, PAGE);
  if (first.status !== 'ok') return first;
  const all = { ...first.data, rows: [...first.data.rows] };
  while (all.rows.length < Math.min(wanted, all.total)) {
    const next = await commands.notes(filter, find, all.rows.length, PAGE);
    if (next.status !== 'ok') return next;
    if (next.data.rows.length === 0) break;
    all.rows.push(...next.data.rows);
  }
  return { status: 'ok', data: all };
}
