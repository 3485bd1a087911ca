import { beforeEach, expect, test, vi } from 'vitest';
import type { History, HistoryRow } from '../ipc/bindings';
import { fake, page, render, userEvent, violations } from '../testing';
import { facts, past, session, shown } from '../testing/fixtures/clients';
import { justApproved } from '../testing/fixtures/notes';
import Host from '../testing/Host.svelte';
import HistoryPage from './HistoryPage.svelte';

const noShow = session({
  id: 's-n',
  starts_at: '2025-11-20T12:00:00Z',
  state: 'no_show',
  attendance: 'no_show',
  told_remark: shown('rang at 16:00 to apologise'),
});
const all: HistoryRow[] = [...past, noShow].map((s) => ({ session: s, excerpt: null }));
const counts = { all: 36, completed: 31, awaiting_approval: 1, cancelled: 3, no_show: 1 };
const history: History = { client: 'c13', name: facts.name, rows: all, counts, total: 36 };
let core: ReturnType<typeof fake>;
beforeEach(async () => {
  await page.viewport(1280, 800);
  core = fake({
    session_history: ({ find }: { find: string }) =>
      find
        ? {
            ...history,
            rows: all.slice(1, 2).map((r) => ({ ...r, excerpt: shown('[[Sleep]] is around six hours.') })),
            counts: { ...counts, all: 4, completed: 3 },
          }
        : history,
    note: ({ id }: { id: string }) => ({
      ...justApproved,
      note: {
        ...justApproved.note,
        id,
        template: 'dap',
        sections: [
          { kind: 'data', text: shown('Sleep is around six hours; the sleep diary stayed in her bag.'), paragraphs: 1 },
        ],
      },
    }),
  });
});
const show = async () => {
  await render(Host, { screen: HistoryPage, given: { params: { id: 'c13' } } });
  await expect.element(page.getByRole('option', { name: /Thu 8 Jan/ })).toBeVisible();
};

test('the history breaks no rule of accessibility', async () => {
  await show();
  await expect.element(page.getByRole('heading', { name: 'Data' })).toBeVisible();
  expect(await violations()).toEqual([]);
});
test('each row says what became of its session', async () => {
  await show();
  const said = [...document.querySelectorAll('[role="option"]')].map((o) => o.textContent?.replace(/\s+/g, ' ').trim());
  expect(said[0]).toContain('Mon 12 Jan');
  expect(said[0]).toContain('Awaiting approval');
  expect(said[0]).toContain('Phone, 20 min');
  expect(said[1]).toContain('Completed, no. 31');
  expect(said[2]).toContain('Cancelled by you');
  expect(said.at(-1)).toContain('No-show; rang at 16:00 to apologise');
  await expect.element(page.getByRole('group', { name: '2025' })).toBeVisible();
});
test('search counts, marks in the note, and Esc clears', async () => {
  await show();
  await userEvent.keyboard('/');
  await userEvent.keyboard('sleep');
  await expect.element(page.getByText('4 of 36')).toBeVisible();
  await vi.waitFor(() => expect(document.querySelectorAll('.pane mark')).toHaveLength(2));
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByText('4 of 36')).not.toBeInTheDocument();
});
test('Enter opens the note of the chosen session', async () => {
  await show();
  (page.getByRole('option', { name: /Thu 8 Jan/ }).element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowUp}{Enter}');
  expect(location.hash).toBe('#/notes/n-12');
  expect(core.asked.some((a) => a.name === 'session_history')).toBe(true);
});
