import { beforeEach, expect, test, vi } from 'vitest';
import { frame } from '../shell';
import { close, overlay } from '../shell/overlay.svelte';
import { fake, page, refuse, render, userEvent, violations } from '../testing';
import { emeka, passages, profile, shown, suparman, veiled } from '../testing/fixtures/clients';
import Host from '../testing/Host.svelte';
import { forget } from './list.svelte';
import ProfilePage from './ProfilePage.svelte';

let core: ReturnType<typeof fake>;
beforeEach(() => {
  forget();
  overlay.now = null;
  frame.discreet = false;
  core = fake({
    client_profile: profile,
    summary_passages: passages,
    emergency_contacts: [emeka],
    record_homework: null,
    set_client_status: null,
    bring_summary_up_to_date: null,
    write_note: 'n-99',
  });
});
const show = async (id = 'c13') => {
  await render(Host, { screen: ProfilePage, given: { params: { id } } });
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
};
test('at 960 what stands beside a heading is not broken in two', async () => {
  await page.viewport(960, 640);
  const { upcoming } = profile;
  if (upcoming === null) throw new Error('nothing is booked');
  core.answer({ client_profile: { ...profile, upcoming: { ...upcoming, starts_at: '2026-01-29T12:00:00Z' } } });
  await show();
  await document.fonts.ready;
  const said = page.getByText('Thu 29 Jan, 12:00, in 14 days').element();
  expect(said.getBoundingClientRect().height).toBeLessThan(24);
  await page.viewport(1280, 800);
});
const sent = (name: string) => core.asked.filter((a) => a.name === name).map((a) => a.args);

test('the profile breaks no rule of accessibility', async () => {
  await show();
  expect(await violations()).toEqual([]);
});
test('the band holds every fact of the procedure', async () => {
  await show();
  const band = [...document.querySelectorAll('.band dt, .band dd')]
    .map((e) => e.textContent?.trim().replace(/\s+/g, ' '))
    .join(' ');
  for (const said of [
    'Start of therapy 6 Mar 2025 10 months, 31 sessions',
    'Last completed session Thu 8 Jan 2026 No. 31, approved 8 Jan',
    'Next booked session Today, 12:00–12:50 Booked by client, 12 Jan',
    'Homework Overdue by 2 days Sleep diary, seven nights',
    'Automatic note-taking Consent given Since 6 Mar 2025.',
    'Last name Nwachukwu-Reyes',
    'Phone +44 7700 900142',
    'Email amara.nwachukwu-reyes@posteo.example',
  ])
    expect(band).toContain(said);
});
test('every fact is in sight without scrolling, wide and narrow', async () => {
  await show();
  for (const [width, height] of [
    [1280, 768],
    [960, 640],
  ] as const) {
    await page.viewport(width, height);
    expect(document.querySelector('.band')?.getBoundingClientRect().bottom).toBeLessThan(height);
  }
});
test('the number is copied, and that is said', async () => {
  const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  await show();
  await page.getByRole('button', { name: 'Copy phone' }).click();
  expect(written).toHaveBeenCalledWith('+44 7700 900142');
  await expect.element(page.getByText('Copied')).toBeInTheDocument();
});
test('the emergency contact is disclosed by one key and closes by Esc', async () => {
  await show();
  expect(sent('emergency_contacts')).toEqual([]);
  await userEvent.keyboard('{Control>}e{/Control}');
  await expect.element(page.getByText('+44 7700 900317')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Hide' })).toHaveAttribute('aria-expanded', 'true');
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByText('+44 7700 900317')).not.toBeInTheDocument();
});
test('what was disclosed goes when discreet mode begins', async () => {
  await show();
  await page.getByRole('button', { name: 'Show' }).click();
  await expect.element(page.getByText('Emeka Nwachukwu')).toBeVisible();
  frame.discreet = true;
  await expect.element(page.getByText('Emeka Nwachukwu')).not.toBeInTheDocument();
});
test('a sentence of the summary shows its passage on focus, and Esc closes it', async () => {
  await show();
  const link = page.getByRole('link', { name: '4 Dec' });
  (link.element() as HTMLElement).focus();
  await expect.element(page.getByText(/re-counted the whole fridge/)).toBeVisible();
  await expect.element(link).toHaveAccessibleDescription(/hardest on herself/);
  expect(document.querySelector('mark')?.textContent).toBe(
    'She is hardest on herself in the days after we speak about her',
  );
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByText(/re-counted the whole fridge/)).not.toBeInTheDocument();
});
test('pointing at a sentence shows its passage as well', async () => {
  await show();
  await page.getByText('She is hardest on herself in the days after speaking').hover();
  await expect.element(page.getByText(/re-counted the whole fridge/)).toBeVisible();
  await expect.element(page.getByRole('link', { name: 'Open note' })).toHaveAttribute('href', '#/notes/n-2025-12-04');
});
test('passages are asked for when one is first pointed at, all of them at once', async () => {
  await show();
  await page.getByText('Sleep is around six hours').hover();
  await expect.element(page.getByText(/re-counted the whole fridge/)).toBeVisible();
  expect(sent('summary_passages')).toEqual([{ client: 'c13' }]);
  (page.getByRole('link', { name: '4 Dec' }).element() as HTMLElement).focus();
  await expect.element(page.getByRole('link', { name: 'Open note' })).toHaveAttribute('href', '#/notes/n-2025-12-04');
  expect(sent('summary_passages')).toHaveLength(1);
});
test('nobody who points at nothing asks for passages', async () => {
  await show();
  await expect.element(page.getByRole('link', { name: '4 Dec' })).toBeVisible();
  expect(sent('summary_passages')).toEqual([]);
});
test('what passages say is read anew when something changed', async () => {
  await show();
  (page.getByRole('link', { name: '4 Dec' }).element() as HTMLElement).focus();
  await expect.element(page.getByText(/re-counted the whole fridge/)).toBeVisible();
  core.answer({
    summary_passages: passages.map((p) => ({ ...p, text: shown('Of another day.'), quote: shown('another day') })),
  });
  await core.changed();
  await expect.element(page.getByText('Of another day.')).toBeVisible();
});
test('a passage is not given out in discreet mode, even where a date is still pointed at', async () => {
  await show();
  (page.getByRole('link', { name: '4 Dec' }).element() as HTMLElement).focus();
  await expect.element(page.getByText(/re-counted the whole fridge/)).toBeVisible();
  const hidden = { kind: 'hidden' as const };
  core.answer({ summary_passages: passages.map((p) => ({ ...p, text: hidden, quote: hidden })) });
  await core.changed();
  await expect.element(page.getByText(/re-counted the whole fridge/)).not.toBeInTheDocument();
  core.answer({ client_profile: veiled(profile) });
  await core.changed();
  await expect.element(page.getByRole('link', { name: '4 Dec' })).not.toBeInTheDocument();
});
test('passages that cannot be read are said', async () => {
  core.answer({ summary_passages: refuse('not_found', { what: 'client' }) });
  await show();
  (page.getByRole('link', { name: '4 Dec' }).element() as HTMLElement).focus();
  await expect.element(page.getByRole('alert').first()).toBeVisible();
});
test('brackets that a person wrote stand as they were written, and mark nothing', async () => {
  const entries = profile.summary.entries.map((entry) => ({
    ...entry,
    text: { kind: 'shown' as const, text: 'Said [[twice]].' },
  }));
  core.answer({ client_profile: { ...profile, summary: { ...profile.summary, entries } } });
  await show();
  await expect.element(page.getByText('Said [[twice]].').first()).toBeVisible();
  expect(document.querySelectorAll('mark')).toHaveLength(0);
});
test('a summary left behind says so and is brought up to date', async () => {
  core.answer({ client_profile: { ...profile, summary: { ...profile.summary, behind: 2 } } });
  await show();
  await expect.element(page.getByText('Behind: 2 changes in the notes')).toBeVisible();
  await page.getByRole('button', { name: 'Bring up to date' }).click();
  expect(sent('bring_summary_up_to_date')).toEqual([{ client: 'c13' }]);
});
test('a sentence whose note was entered in error says so', async () => {
  const entries = profile.summary.entries.map((entry, i) => ({ ...entry, in_error: i === 1 }));
  core.answer({ client_profile: { ...profile, summary: { ...profile.summary, entries } } });
  await show();
  await expect.element(page.getByText('Its note was entered in error')).toBeVisible();
  expect(page.getByText('Its note was entered in error').elements()).toHaveLength(1);
});
test('the letters act: edit, book, consent, history, next and previous', async () => {
  await show();
  await userEvent.keyboard('e');
  expect(overlay.now).toEqual({ name: 'edit_client', given: { client: 'c13' } });
  close();
  await userEvent.keyboard('b');
  expect(overlay.now?.name).toBe('book');
  close();
  await userEvent.keyboard('{Control>}{Shift>}c{/Shift}{/Control}');
  expect(overlay.now?.name).toBe('consent');
  close();
  await userEvent.keyboard(']');
  expect(location.hash).toBe('#/clients/c14');
  await userEvent.keyboard('h');
  expect(location.hash).toBe('#/clients/c13/history');
});
test('W offers the sessions a note can be written of', async () => {
  await show();
  await userEvent.keyboard('w');
  await expect.element(page.getByRole('menuitem', { name: /Today, 12:00/ })).toBeVisible();
  await page.getByRole('menuitem', { name: /Mon 12 Jan/ }).click();
  await vi.waitFor(() => expect(sent('write_note')).toEqual([{ session: 's-12' }]));
  await vi.waitFor(() => expect(location.hash).toBe('#/notes/n-99'));
});
test('a session in progress is written of at once', async () => {
  core.answer({
    client_profile: {
      ...profile,
      recent: [{ ...profile.recent[0], id: 's-now', state: 'in_progress' }, ...profile.recent.slice(1)],
    },
  });
  await show();
  await userEvent.keyboard('w');
  await vi.waitFor(() => expect(sent('write_note')).toEqual([{ session: 's-now' }]));
});
test('without a session to write of, booking is offered', async () => {
  core.answer({ client_profile: suparman });
  await show();
  await userEvent.keyboard('w');
  await expect.element(page.getByText('There is no session to write a note of.')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Book session' }).click();
  expect(overlay.now).toEqual({ name: 'book', given: { client: 'c19' } });
});
test('a new client shows what is missing and how to add it', async () => {
  core.answer({ client_profile: suparman });
  await show();
  for (const said of ['Not started', 'Added 8 Jan 2026', 'None yet', 'None set', 'Not recorded']) {
    await expect.element(page.getByText(said, { exact: true }).first()).toBeVisible();
  }
  await expect
    .element(page.getByText('Nothing yet. The summary begins with the first note you approve.'))
    .toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Record consent' }).click();
  expect(overlay.now?.name).toBe('consent');
});
test('discreet: no text of the client stands on the page', async () => {
  core.answer({ client_profile: veiled(profile) });
  frame.discreet = true;
  await show();
  const said = document.querySelector('.page')?.textContent ?? '';
  for (const text of [
    'Amara',
    'Nwachukwu',
    '7700',
    'posteo',
    'Sleep diary',
    'dispensary',
    'Calls on Sundays',
    '2 February',
  ])
    expect(said).not.toContain(text);
  await expect.element(page.getByText('Hidden in discreet mode. Hold Alt to look.')).toBeVisible();
  await page.getByRole('button', { name: 'Show' }).click();
  expect(sent('emergency_contacts')).toEqual([]);
  expect(await violations()).toEqual([]);
});
test('homework is marked as done, and a refusal is a sentence', async () => {
  await show();
  await page.getByRole('button', { name: 'Mark as done' }).click();
  expect(sent('record_homework')).toEqual([{ id: 'h1', state: 'done', remark: '' }]);
  core.answer({ record_homework: refuse('disk_full') });
  await page.getByRole('button', { name: 'Mark as done' }).click();
  await expect.element(page.getByRole('alert')).toHaveTextContent('The disk is full. What was saved before is safe.');
});
test('therapy is ended after one question', async () => {
  await show();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'End therapy' }).click();
  await expect
    .element(page.getByRole('dialog', { name: 'End therapy with Amara Nwachukwu-Reyes?' }))
    .toHaveTextContent('The record stays, under Ended.');
  await page.getByRole('button', { name: 'End therapy', exact: true }).click();
  expect(sent('set_client_status')).toEqual([{ id: 'c13', status: 'discharged' }]);
});
