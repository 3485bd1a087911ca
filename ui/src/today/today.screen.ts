import { beforeEach, expect, test, vi } from 'vitest';
import type { Today } from '../ipc/bindings';
import { frame } from '../shell';
import { overlay } from '../shell/overlay.svelte';
import { fake, page, refuse, render, userEvent, violations } from '../testing';
import { amara, today, veiled } from '../testing/fixtures/sessions';
import Host from '../testing/Host.svelte';
import { setWhen } from '../text/when.svelte';
import TodayPage from './TodayPage.svelte';

let core: ReturnType<typeof fake>;
beforeEach(async () => {
  await page.viewport(1280, 800);
  overlay.now = null;
  frame.discreet = false;
  frame.sample = false;
  core = fake({ today, write_note: 'n-99' });
});
const show = async (answer: Today = today) => {
  core.answer({ today: answer });
  await render(Host, { screen: TodayPage, place: 'today' });
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
};
const sent = (name: string) => core.asked.filter((a) => a.name === name).map((a) => a.args);

test('today breaks no rule of accessibility', async () => {
  await show();
  expect(await violations()).toEqual([]);
});
test('the head says who is next, when, and how many come after', async () => {
  await show();
  await expect.element(page.getByRole('heading', { name: 'Thursday 15 January' })).toBeVisible();
  await expect
    .element(page.getByText('11:12. Amara Nwachukwu-Reyes is next at 12:00, in 48 minutes. Three more after that.'))
    .toBeVisible();
});
test('the head and the line move with the minute, and today is asked again', async () => {
  await show();
  const before = sent('today').length;
  setWhen({ now: '2026-01-15T11:13:00Z' });
  await expect.element(page.getByText(/^11:13\. .* in 47 minutes/)).toBeVisible();
  await expect.element(page.getByRole('listitem', { name: 'Now, 11:13' })).toBeVisible();
  await vi.waitFor(() => expect(sent('today').length).toBe(before + 1));
});
test('the line of now stands between what is over and what comes', async () => {
  await show();
  const rows = [...document.querySelectorAll('.day > *')].map((e) => e.className);
  expect(rows.findIndex((c) => c.startsWith('now'))).toBe(2);
  expect(document.querySelectorAll('.slot.next')).toHaveLength(1);
});
test('facts stand as shape and word', async () => {
  await show();
  const next = document.querySelector('.slot.next .facts')?.textContent?.replace(/\s+/g, ' ').trim();
  expect(next).toContain('Booked by client');
  expect(next).toContain('Homework overdue');
  expect(next).toContain('Consent given');
  await expect.element(page.getByText('Cancelled by client, yesterday 18:40')).toBeVisible();
  await expect.element(page.getByText('Completed, note approved 10:58')).toBeVisible();
});
test('one seen today whose note is not approved is not said to have had no session', async () => {
  const seen = today.slots.find((s) => s.session.state === 'awaiting_approval')?.session.participants[0];
  if (seen === undefined) throw new Error('nobody was seen today');
  const one = { client: seen.id, name: seen.name, last_held: null, cancelled_today: false };
  await show({ ...today, no_next: [one, { ...one, client: 'new' }], no_next_total: 2 });
  await expect.element(page.getByText('Last session today')).toBeVisible();
  await expect.element(page.getByText('No completed session yet')).toBeVisible();
});
test('in the smallest window nothing of the day runs into what stands beside it', async () => {
  await page.viewport(760, 560);
  await show();
  await document.fonts.ready;
  const box = document.querySelector('.split > .page, .split > .main')?.getBoundingClientRect();
  const right = document.querySelector('.panel')?.getBoundingClientRect().left ?? 0;
  expect(box?.right).toBeLessThanOrEqual(right);
  const over = [...document.querySelectorAll('.slot a, .slot button')].filter(
    (e) => e.getBoundingClientRect().right > right - 8,
  );
  expect(over.map((e) => e.textContent)).toEqual([]);
  for (const slot of document.querySelectorAll('.slot')) {
    const name = slot.querySelector('.nm')?.getBoundingClientRect();
    const act = slot.querySelector('.act .btn')?.getBoundingClientRect();
    if (name && act && act.top < name.bottom) expect(act.left).toBeGreaterThan(name.right + 8);
  }
});
test('the keys act on the next session: profile, note, consent', async () => {
  await show();
  await userEvent.keyboard('{Control>}{Shift>}c{/Shift}{/Control}');
  expect(overlay.now).toEqual({ name: 'consent', given: { client: amara.id } });
  overlay.now = null;
  await userEvent.keyboard('{Control>}o{/Control}');
  expect(location.hash).toBe(`#/clients/${amara.id}`);
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(sent('write_note')).toEqual([{ session: 's-noon' }]));
  await vi.waitFor(() => expect(location.hash).toBe('#/notes/n-99'));
});
test('consent not recorded is recorded from here', async () => {
  await show();
  await page.getByRole('button', { name: 'Record consent' }).click();
  expect(overlay.now?.name).toBe('consent');
});
test('a note that waits is opened, one not begun is begun', async () => {
  await show();
  await page
    .getByRole('button', { name: 'Review note , Yusuf al-Khatib' })
    .or(page.getByRole('button', { name: 'Review note, Yusuf al-Khatib' }))
    .click();
  expect(location.hash).toBe('#/notes/n-yusuf');
  expect(sent('write_note')).toEqual([]);
});
test('what is open stands beside it, and leads on', async () => {
  await show();
  await page.getByRole('button', { name: 'Book with Suparman' }).click();
  expect(overlay.now).toEqual({ name: 'book', given: { client: 'c-suparman' } });
  overlay.now = null;
  await page.getByRole('button', { name: 'Show all four' }).click();
  expect(location.hash).toBe('#/clients?filter=no_next_session');
});
test('a failure is said, and the day stays', async () => {
  await show();
  core.answer({ write_note: refuse('disk_full') });
  await page.getByRole('button', { name: 'Open session note' }).click();
  await expect.element(page.getByText('The disk is full. What was saved before is safe.')).toBeVisible();
  await expect.element(page.getByText('Thursday 15 January')).toBeVisible();
});
test('in discreet mode neither names nor last times are on the page', async () => {
  frame.discreet = true;
  await show(veiled(today));
  await expect.element(page.getByText('Discreet: names as initials, notes hidden. Hold Alt to look.')).toBeVisible();
  expect(document.body.textContent).not.toContain('Nwachukwu');
  expect(document.body.textContent).not.toContain('anniversary');
  expect(await violations()).toEqual([]);
});
test('a session in progress is the one in front, and the line is below its beginning', async () => {
  setWhen({ now: '2026-01-15T12:07:00Z' });
  await show({
    ...today,
    slots: today.slots.map((s) => (s.next ? { ...s, session: { ...s.session, state: 'in_progress' } } : s)),
  });
  await expect
    .element(page.getByText('12:07. Amara Nwachukwu-Reyes is here until 12:50. Three more after that.'))
    .toBeVisible();
});
test('a free day says so', async () => {
  await show({ ...today, slots: [] });
  await expect.element(page.getByText('11:12. No sessions today.')).toBeVisible();
  expect(await violations()).toEqual([]);
});
test('without clients there are three ways to begin', async () => {
  core.answer({ open_sample: { kind: 'open', sample: true, needs_kit: false } });
  await show({ ...today, no_clients: true, slots: [] });
  await expect.element(page.getByRole('heading', { name: 'No clients yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Open the sample' }).click();
  await vi.waitFor(() => expect(sent('open_sample')).toHaveLength(1));
  await userEvent.keyboard('n');
  expect(overlay.now?.name).toBe('add_client');
  expect(await violations()).toEqual([]);
});
