import { beforeEach, expect, test, vi } from 'vitest';
import { go } from '../shell';
import { overlay } from '../shell/overlay.svelte';
import { fake, page, refuse, render, userEvent, violations } from '../testing';
import { clientPage, counts, profile, rows } from '../testing/fixtures/clients';
import type { ClientQuery } from '../ipc/bindings';
import Host from '../testing/Host.svelte';
import ClientsPage from './ClientsPage.svelte';
import { forget } from './list.svelte';

let core: ReturnType<typeof fake>;
beforeEach(() => {
  forget();
  overlay.now = null;
  core = fake({
    clients: ({ query }: { query: ClientQuery }) => clientPage(query),
    client_profile: profile,
    write_note: 'n-99',
  });
});
const show = async () => {
  const shown = await render(Host, { screen: ClientsPage });
  await expect.element(page.getByRole('row', { name: /Abebe/ })).toBeVisible();
  return shown;
};
const find = () => page.getByRole('textbox', { name: 'Find a client' });
const focused = () => document.activeElement?.textContent ?? '';

test('the list breaks no rule of accessibility', async () => {
  await show();
  expect(await violations()).toEqual([]);
});
test('a row says everything the procedure asks of the list', async () => {
  await show();
  const amara = page.getByRole('row', { name: /Nwachukwu-Reyes/ });
  await expect
    .element(amara)
    .toHaveTextContent(
      /Nwachukwu-Reyes, Amara.*6 Mar 2025.*Thu 8 Jan.*1 note awaiting approval.*Today, 12:00, booked by client.*Overdue, 2 days.*Given/,
    );
});
test('in the smallest list as drawn no count of notes is cut off', async () => {
  core.answer({
    clients: ({ query }: { query: ClientQuery }) =>
      clientPage(
        query,
        rows.map((r) => (r.last_completed === null ? r : { ...r, awaiting: 2 })),
      ),
  });
  for (const [width, height] of [
    [960, 640],
    [1280, 800],
  ] as const) {
    await page.viewport(width, height);
    const shown = await show();
    await document.fonts.ready;
    const recent = [...document.querySelectorAll('td:has(.wnote)')].filter(
      (td) => !/20\d\d/.test(td.textContent ?? ''),
    );
    expect(recent.length).toBeGreaterThan(5);
    expect(recent.filter((td) => td.scrollWidth > td.clientWidth).map((td) => td.textContent)).toEqual([]);
    await shown.unmount();
  }
});
test('a letter finds a name that is not fetched yet', async () => {
  const many = Array.from({ length: 450 }, (_, i) => {
    const last = i < 400 ? `Mbeki ${String(i).padStart(3, '0')}` : `Zhang ${i}`;
    const row = rows[0];
    if (row === undefined) throw new Error('no rows');
    return { ...row, id: `m-${i}`, name: { display: last, last, first: '', initials: 'M' } };
  });
  core.answer({ clients: ({ query }: { query: ClientQuery }) => clientPage(query, many) });
  await render(Host, { screen: ClientsPage });
  await expect.element(page.getByRole('row', { name: /Mbeki 000/ })).toBeVisible();
  (page.getByRole('row').nth(1).element() as HTMLElement).focus();
  await userEvent.keyboard('zh');
  await vi.waitFor(() => expect(focused()).toContain('Zhang 400'));
});
test('every filter stands with its count, and narrows', async () => {
  await show();
  for (const [name, n] of [
    ['Active', counts.active],
    ['Needs note', 3],
    ['No next session', 4],
    ['Homework overdue', 2],
    ['Consent not recorded', 3],
    ['Ended', 11],
  ]) {
    await expect.element(page.getByRole('button', { name: `${name} ${n}` })).toBeVisible();
  }
  await page.getByRole('button', { name: /Homework overdue/ }).click();
  await expect.element(page.getByText('2 of 24 active clients have homework past its date.')).toBeVisible();
  expect(page.getByRole('row').elements()).toHaveLength(3);
});
test('"/" finds without accents, Esc clears, and what is not found is said', async () => {
  await show();
  await userEvent.keyboard('/');
  await expect.element(find()).toHaveFocus();
  await userEvent.keyboard('Wisniewski');
  await expect.element(page.getByRole('row', { name: /Wiśniewski/ })).toBeVisible();
  expect(page.getByRole('row').elements()).toHaveLength(2);
  await userEvent.keyboard('xx');
  await expect.element(page.getByText('No client matches "Wisniewskixx".')).toBeVisible();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('row', { name: /Abebe/ })).toBeVisible();
});
test('the arrows, Home, End and letters move, Enter opens', async () => {
  await show();
  await userEvent.keyboard('/');
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  await vi.waitFor(() => expect(focused()).toContain('Ahmadi'));
  await userEvent.keyboard('{End}');
  await vi.waitFor(() => expect(focused()).toContain('Yıldırım'));
  await userEvent.keyboard('{Home}');
  await vi.waitFor(() => expect(focused()).toContain('Abebe'));
  await userEvent.keyboard('gu');
  await vi.waitFor(() => expect(focused()).toContain('Guðmundsdóttir'));
  await userEvent.keyboard('{Enter}');
  expect(location.hash).toBe('#/clients/c8');
});
test('Space looks without opening, and Space again comes back to the row', async () => {
  await show();
  await userEvent.keyboard('/');
  await userEvent.keyboard('{ArrowDown}{ArrowDown} ');
  const look = page.getByRole('dialog', { name: 'Amara Nwachukwu-Reyes' });
  await expect.element(look).toBeVisible();
  await expect.element(look).toHaveTextContent(/Overdue by 2 days/);
  expect(await violations()).toEqual([]);
  await userEvent.keyboard(' ');
  await expect.element(look).not.toBeInTheDocument();
  await vi.waitFor(() => expect(focused()).toContain('Ahmadi'));
  expect(location.hash).toBe('');
});
test('N, B and W act on the row one stands on', async () => {
  await show();
  await userEvent.keyboard('n');
  expect(overlay.now?.name).toBe('add_client');
  overlay.now = null;
  await userEvent.keyboard('/');
  await userEvent.keyboard('{ArrowDown}b');
  expect(overlay.now).toEqual({ name: 'book', given: { client: 'c1' } });
  overlay.now = null;
  await userEvent.keyboard('w');
  await page.getByRole('menuitem', { name: /Mon 12 Jan, 10:00/ }).click();
  await vi.waitFor(() => expect(location.hash).toBe('#/notes/n-99'));
});
test('a heading sorts, and again the other way', async () => {
  await show();
  await page.getByRole('button', { name: 'Next booked' }).click();
  await vi.waitFor(() =>
    expect(core.asked.at(-1)?.args.query).toMatchObject({ sort: 'next_booked', descending: false }),
  );
  await page.getByRole('button', { name: 'Next booked' }).click();
  await vi.waitFor(() => expect(core.asked.at(-1)?.args.query).toMatchObject({ descending: true }));
  await expect
    .element(page.getByRole('columnheader', { name: 'Next booked' }))
    .toHaveAttribute('aria-sort', 'descending');
});
test('a long list comes a page at a time and draws only what is in view', async () => {
  const many = Array.from({ length: 3000 }, (_, i) => ({
    ...(rows[0] as (typeof rows)[0]),
    id: `m${i}`,
    name: { display: `Kim ${i}`, last: `Kim ${i}`, first: '', initials: 'K' },
  }));
  core.answer({ clients: ({ query }: { query: ClientQuery }) => clientPage(query, many) });
  await render(Host, { screen: ClientsPage });
  await expect.element(page.getByRole('row', { name: /Kim 0 / })).toBeVisible();
  const asked = core.asked.filter((a) => a.name === 'clients').map((a) => a.args.query);
  // What a window shows is drawn before the rest is there.
  expect(asked[0]).toMatchObject({ offset: 0, limit: 24 });
  expect(asked.length).toBeLessThan(3);
  await userEvent.keyboard('/');
  await userEvent.keyboard('{ArrowDown}{End}');
  await vi.waitFor(() => expect(core.asked.at(-1)?.args.query).toMatchObject({ offset: 124, limit: 100 }));
  expect(document.querySelectorAll('tbody tr').length).toBeLessThan(130);
});
test('coming back finds filter, order and row as they were', async () => {
  const first = await show();
  await page.getByRole('button', { name: /Needs note/ }).click();
  await page.getByRole('row', { name: /Ito/ }).click();
  expect(location.hash).toBe('#/clients/c9');
  await first.unmount();
  await render(Host, { screen: ClientsPage });
  await expect.element(page.getByRole('button', { name: /Needs note/ })).toHaveAttribute('aria-pressed', 'true');
  await expect.element(page.getByRole('row', { name: /Ito/ })).toHaveClass('is-focus');
});
test('without clients the page says how to begin', async () => {
  core.answer({ clients: { rows: [], total: 0, counts: { ...counts, active: 0, ended: 0 } } });
  await render(Host, { screen: ClientsPage });
  await expect.element(page.getByRole('heading', { name: 'No clients yet' })).toBeVisible();
  expect(await violations()).toEqual([]);
});
test('what the core refuses is said in a sentence', async () => {
  core.answer({ clients: refuse('not_open') });
  await render(Host, { screen: ClientsPage });
  await expect.element(page.getByRole('alert')).toHaveTextContent('The records are not open.');
});
test('another page can send one to a part of the list', async () => {
  go('/clients?filter=no_next_session', { replace: true });
  await render(Host, { screen: ClientsPage });
  const last = () => core.asked.filter((call) => call.name === 'clients').at(-1)?.args;
  await expect.poll(last).toMatchObject({ query: { filter: 'no_next_session', find: '' } });
  go('/clients', { replace: true });
});
