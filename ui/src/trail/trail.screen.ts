import { beforeEach, expect, test } from 'vitest';
import type { Followed, Trail, TrailEntry, TrailMore } from '../ipc/bindings';
import { fake, page, render, userEvent, violations } from '../testing';
import { facts } from '../testing/fixtures/clients';
import Host from '../testing/Host.svelte';
import { frame, here } from '../shell';
import TrailPage from './TrailPage.svelte';

const nothing: TrailMore = { page: null, fields: [], agreed: null, purpose: null, decision: null, times: null };
const entry = (
  number: number,
  at: string,
  act: TrailEntry['act'],
  kind: TrailEntry['kind'],
  rest: Partial<TrailEntry> = {},
): TrailEntry => ({
  number,
  at,
  on: at.slice(0, 10),
  act,
  kind,
  session_on: null,
  more: nothing,
  ...rest,
});
const entries: TrailEntry[] = [
  entry(418, '2026-01-15T11:14:00Z', 'contacts_disclosed', 'shown'),
  entry(417, '2026-01-15T11:12:00Z', 'client_read', 'read'),
  entry(416, '2026-01-15T11:10:00Z', 'client_read', 'read', { more: { ...nothing, page: 'summary' } }),
  entry(411, '2026-01-15T08:34:00Z', 'note_read', 'read', { session_on: '2026-01-08' }),
  entry(402, '2026-01-12T17:52:00Z', 'note_begun', 'written', { session_on: '2026-01-12' }),
  entry(401, '2026-01-12T10:03:00Z', 'series_booked', 'written', { more: { ...nothing, times: 6 } }),
  entry(390, '2026-01-08T13:04:00Z', 'note_approved', 'approved', { session_on: '2026-01-08' }),
  entry(201, '2025-11-06T14:02:00Z', 'client_changed', 'details', {
    more: { ...nothing, fields: ['phones', 'address'], agreed: { how: 'in_session', on: '2025-11-06' } },
  }),
  entry(200, '2025-11-06T13:58:00Z', 'consent_recorded', 'details', {
    more: { ...nothing, purpose: 'automatic_note_taking', decision: 'declined' },
  }),
];
const counts: Trail['counts'] = [
  { kind: 'read', count: 301 },
  { kind: 'written', count: 74 },
  { kind: 'approved', count: 33 },
  { kind: 'details', count: 4 },
  { kind: 'shown', count: 6 },
];
const trail: Trail = {
  client: 'c13',
  name: facts.name,
  counts,
  since: '2025-03-06T09:00:00Z',
  entries,
  more: false,
  followed: null,
};
const followed: Followed = {
  at: '2026-01-15T07:30:00Z',
  verified: { events: 5210, since: '2025-03-01T09:00:00Z', broken_at: null, altered_note: null },
  whole: true,
};

let core: ReturnType<typeof fake>;
beforeEach(async () => {
  frame.discreet = false;
  await page.viewport(1280, 800);
  core = fake({
    trail: ({ kind, before }: { kind: string | null; before: number | null }) => ({
      ...trail,
      entries: entries.filter((e) => (kind === null || e.kind === kind) && (before === null || e.number < before)),
    }),
  });
});
const show = async () => {
  await render(Host, { screen: TrailPage, given: { params: { id: 'c13' } } });
  await expect.element(page.getByRole('heading', { level: 1, name: /^What was read and changed: / })).toBeVisible();
};
const rows = () =>
  [...document.querySelectorAll('.trailpage li')].map((li) => li.textContent?.replace(/\s+/g, ' ').trim());
const asked = (name: string) => core.asked.filter((one) => one.name === name).map((one) => one.args);

test('the trail is told by day, newest first, with what else is known of each entry', async () => {
  await show();
  await expect.element(page.getByText('Emergency contacts shown')).toBeVisible();
  expect([...document.querySelectorAll('.trailpage h2')].map((h) => h.textContent)).toEqual([
    'Today',
    'Mon 12 Jan',
    'Thu 8 Jan',
    'Thu 6 Nov 2025',
  ]);
  expect(rows()).toEqual([
    '11:14Emergency contacts shown',
    '11:12Profile read',
    '11:10Summary read',
    '08:34Note readSession of Thu 8 Jan',
    '17:52Note begunSession of Mon 12 Jan',
    '10:03Series booked6 sessions',
    '13:04Note approvedSession of Thu 8 Jan',
    '14:02Details changedPhone, address. Agreed in session, 6 Nov 2025',
    '13:58Consent recordedAutomatic note-taking: declined',
  ]);
  expect(await violations()).toEqual([]);
});
test('the title names the client, and so does the place it leaves behind', async () => {
  await show();
  const title = `What was read and changed: ${facts.name.display}`;
  await expect.element(page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Verify the record' }).click();
  await expect.poll(() => here.from).toBe(title);
});
test('what following the record showed last is said with when, and nothing is claimed before', async () => {
  await show();
  await expect.element(page.getByText('418 entries since 6 Mar 2025', { exact: true })).toBeVisible();
  core.answer({ trail: { ...trail, followed } });
  await core.changed();
  await expect
    .element(page.getByText('418 entries since 6 Mar 2025. Unbroken when verified today at 07:30', { exact: true }))
    .toBeVisible();
  expect(await violations()).toEqual([]);
});
test('the page never follows the record by itself, and leads to where that is begun', async () => {
  await show();
  await expect.element(page.getByText('Profile read')).toBeVisible();
  await page.getByRole('button', { name: 'Verify the record' }).click();
  expect(location.hash).toBe('#/settings/backups');
  expect(asked('verify_record')).toEqual([]);
});
test('a record that was altered is said above the entries, with what to do', async () => {
  core.answer({
    trail: { ...trail, followed: { ...followed, verified: { ...followed.verified, broken_at: 77 }, whole: false } },
  });
  await show();
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent(/The record is not as it was written\..*Nothing was changed now/);
  await expect.element(page.getByText(/418 entries since 6 Mar 2025\. Not whole when verified/)).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Backups and health' }).click();
  expect(location.hash).toBe('#/settings/backups');
});
test('one kind alone is shown, with its count', async () => {
  await show();
  await page.getByRole('button', { name: 'Approved 33' }).click();
  await expect.element(page.getByText('Profile read')).not.toBeInTheDocument();
  expect(rows()).toEqual(['13:04Note approvedSession of Thu 8 Jan']);
  await expect.element(page.getByRole('button', { name: 'Approved 33' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'All 418' }).click();
  await expect.element(page.getByText('Profile read')).toBeVisible();
});
test('earlier entries follow, none twice and none left out, also when new ones come meanwhile', async () => {
  const pages =
    (all: TrailEntry[]) =>
    ({ before }: { before: number | null }) => {
      const rest = all.filter((e) => before === null || e.number < before);
      return { ...trail, entries: rest.slice(0, 4), more: rest.length > 4 };
    };
  core.answer({ trail: pages(entries) });
  await show();
  await expect.poll(() => rows().length).toBe(4);
  await page.getByRole('button', { name: 'Show earlier entries' }).click();
  await expect.poll(() => rows().length).toBe(8);
  core.answer({ trail: pages([entry(419, '2026-01-15T11:15:00Z', 'client_read', 'read'), ...entries]) });
  await core.changed();
  await expect.poll(() => rows().length).toBe(9);
  await page.getByRole('button', { name: 'Show earlier entries' }).click();
  await expect.poll(() => rows().length).toBe(10);
  await expect.element(page.getByRole('button', { name: 'Show earlier entries' })).not.toBeInTheDocument();
});
test('a client of whom nothing was read says so', async () => {
  core.answer({ trail: { ...trail, entries: [], since: null, counts: counts.map((c) => ({ ...c, count: 0 })) } });
  await show();
  await expect.element(page.getByText('Nothing has been read or changed yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Shown 0' }).click();
  await expect.element(page.getByText('No entry of this kind.')).toBeVisible();
});
test('Ctrl O goes to the profile', async () => {
  await show();
  await userEvent.keyboard('{Control>}o{/Control}');
  expect(location.hash).toBe('#/clients/c13');
});
test('in discreet mode the page holds the initials only', async () => {
  core.answer({ trail: { ...trail, name: { ...facts.name, display: 'A. N.-R.' } } });
  // The place one came from may be named after a client: then the way back says no more than that it is one.
  frame.discreet = true;
  await show();
  await expect.element(page.getByText('Profile read')).toBeVisible();
  await expect
    .element(page.getByRole('heading', { level: 1, name: 'What was read and changed: A. N.-R.' }))
    .toBeVisible();
  expect(document.body.textContent).not.toContain('Amara');
});
