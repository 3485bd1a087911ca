import { beforeEach, expect, test, vi } from 'vitest';
import type { NotesFilter, NotesPage } from '../ipc/bindings';
import { frame } from '../shell';
import { fake, page, refuse, render, userEvent, violations } from '../testing';
import { session, shown } from '../testing/fixtures/clients';
import { draft, harukas, justApproved, yusufs } from '../testing/fixtures/notes';
import Host from '../testing/Host.svelte';
import { forget } from './list.svelte';
import NotesPageScreen from './NotesPage.svelte';

let core: ReturnType<typeof fake>;
const sent = (name: string) => core.asked.filter((a) => a.name === name).map((a) => a.args);
const approved = Array.from({ length: 250 }, (_, i) =>
  session({
    id: `s-a${i}`,
    starts_at: new Date(Date.parse('2026-01-14T10:00:00Z') - i * 86_400_000).toISOString(),
    state: 'completed',
    number: 300 - i,
    note: {
      id: `n-a${i}`,
      approved: true,
      approved_at: '2026-01-14T12:00:00Z',
      heading: shown(`Selling the boat ${i}`),
    },
  }),
);
function answer(filter: NotesFilter, find: string, offset: number, limit: number): NotesPage {
  const all =
    filter === 'approved'
      ? approved
      : filter === 'not_begun'
        ? [session({ id: 's-none', state: 'awaiting_approval', starts_at: '2026-01-14T10:00:00Z' })]
        : find
          ? [yusufs]
          : [yusufs, harukas];
  return {
    rows: all
      .slice(offset, offset + limit)
      .map((s) => ({ session: s, excerpt: find ? shown('drove to [[Leicester]] alone') : null })),
    approved_lately:
      filter === 'awaiting_approval' && !find ? approved.slice(0, 3).map((s) => ({ session: s, excerpt: null })) : [],
    total: all.length,
    awaiting_approval: find ? 1 : 2,
    not_begun: find ? 0 : 1,
    approved: find ? 100 : 1102,
    approved_more: find !== '',
  };
}
beforeEach(async () => {
  await page.viewport(1280, 800);
  forget();
  frame.discreet = false;
  core = fake({
    notes: (a: { filter: NotesFilter; find: string; offset: number; limit: number }) =>
      answer(a.filter, a.find, a.offset, a.limit),
    note: ({ id }: { id: string }) => ({ ...draft, note: { ...draft.note, id } }),
    today: {
      now: '2026-01-15T11:12:00Z',
      date: '2026-01-15',
      zone: 'Europe/London',
      no_clients: false,
      slots: [],
      awaiting: [harukas],
      awaiting_total: 1,
      no_next: [],
      no_next_total: 0,
      overdue: [],
      overdue_total: 0,
    },
    write_note: 'n-new',
    finish_writing: null,
  });
});
const show = async () => {
  await render(Host, { screen: NotesPageScreen, place: 'notes' });
  await expect.element(page.getByRole('option', { name: /Yusuf/ })).toBeVisible();
};

test('the list of notes breaks no rule of accessibility', async () => {
  await show();
  await expect.element(page.getByRole('heading', { name: 'Subjective' })).toBeVisible();
  expect(await violations()).toEqual([]);
});
test('the arrows choose, Enter opens, the keys approve with undo', async () => {
  await show();
  core.answer({
    approve_note: { at: '2026-01-15T11:14:00Z', undo_until: '2026-01-15T11:14:30Z' },
    undo_approval: null,
  });
  (page.getByRole('option', { name: /Yusuf/ }).element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(page.getByRole('option', { name: /Haruka/ })).toHaveAttribute('aria-selected', 'true');
  await vi.waitFor(() => expect(sent('note').at(-1)).toEqual({ id: 'n-h' }));
  await expect.element(page.getByRole('button', { name: /Approve note/ })).toBeVisible();
  core.answer({ note: ({ id }: { id: string }) => ({ ...justApproved, note: { ...justApproved.note, id } }) });
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByText('Session completed, note locked.')).toBeVisible();
  expect(sent('approve_note')).toEqual([{ id: 'n-h' }]);
  await userEvent.keyboard('{Control>}z{/Control}');
  await vi.waitFor(() => expect(sent('undo_approval')).toEqual([{ id: 'n-h' }]));
  (page.getByRole('option', { name: /Haruka/ }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  expect(location.hash).toBe('#/notes/n-h');
});
test('search marks what was found, and Esc clears it', async () => {
  await show();
  await userEvent.keyboard('{Control>}f{/Control}');
  await userEvent.keyboard('leic');
  await expect.element(page.getByText('Leicester', { exact: true }).first()).toBeVisible();
  // More are not counted.
  await expect.element(page.getByRole('button', { name: 'Approved more than 100' })).toBeVisible();
  await vi.waitFor(() =>
    expect([...document.querySelectorAll('mark')].map((m) => m.textContent)).toEqual(['Leicester', 'Leicester']),
  );
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('option', { name: /Haruka/ })).toBeVisible();
});
test('approved notes come a page at a time, the first no longer than a window', async () => {
  await show();
  await page.getByRole('button', { name: /^Approved/ }).click();
  await vi.waitFor(() => expect(document.querySelectorAll('[role="option"]')).toHaveLength(120));
  expect(sent('notes').slice(-2)).toMatchObject([
    { offset: 0, limit: 20 },
    { offset: 0, limit: 120 },
  ]);
  const box = document.querySelector('.list');
  box?.scrollTo(0, box.scrollHeight);
  await vi.waitFor(() => expect(document.querySelectorAll('[role="option"]')).toHaveLength(220));
});
test('a session without a note is begun by Enter; a refusal is said', async () => {
  await show();
  await page.getByRole('button', { name: /^Not begun/ }).click();
  await expect.element(page.getByText('No note of this session has been begun.')).toBeVisible();
  core.answer({ write_note: refuse('session_has_note') });
  await page
    .getByRole('main')
    .getByRole('button', { name: /Write note/ })
    .last()
    .click();
  await expect.element(page.getByText('This session has a note already.')).toBeVisible();
});
test('W chooses among the sessions a note can be written of', async () => {
  await show();
  await userEvent.keyboard('w');
  await page.getByRole('menuitem', { name: /Haruka Ito/ }).click();
  await vi.waitFor(() => expect(sent('write_note')).toEqual([{ session: 's-h' }]));
  await vi.waitFor(() => expect(location.hash).toBe('#/notes/n-new'));
});
