import { beforeEach, expect, test, vi } from 'vitest';
import type { SummaryEditing } from '../ipc/bindings';
import { fake, page, refuse, render, userEvent, violations } from '../testing';
import { passages, profile, shown } from '../testing/fixtures/clients';
import Host from '../testing/Host.svelte';
import SummaryPage from './SummaryPage.svelte';

const entries = profile.summary.entries.map((e, i) => ({ ...e, pinned: i === 0 || i === 2, dropped: i === 4 }));
const editing: SummaryEditing = {
  summary: {
    ...profile.summary,
    behind: 2,
    entries: [
      ...entries,
      {
        id: 'e9',
        grouping: 'next',
        text: shown('Ask whether the pharmacy has written again about the label.'),
        sources: [],
      },
    ],
  },
  offers: [
    {
      version: 'v12',
      session: 's-12',
      note: 'n-12',
      starts_at: '2026-01-12T17:30:00Z',
      zone: 'Europe/London',
      addendum: false,
      text: shown('A near miss with a label on Monday; the pharmacist caught it.'),
      added: false,
    },
    {
      version: 'v12',
      session: 's-12',
      note: 'n-12',
      starts_at: '2026-01-12T17:30:00Z',
      zone: 'Europe/London',
      addendum: false,
      text: shown('She slept four hours before the early shift.'),
      added: false,
    },
    {
      version: 'v9',
      session: 's31',
      note: 'n-s31',
      starts_at: '2026-01-09T09:12:00Z',
      zone: 'Europe/London',
      addendum: true,
      text: shown('She has told Emeka about 2 February. He will come.'),
      added: true,
    },
  ],
};
let core: ReturnType<typeof fake>;
const sent = (name: string) => core.asked.filter((a) => a.name === name).map((a) => a.args);
beforeEach(async () => {
  await page.viewport(1280, 800);
  core = fake({
    summary_editing: editing,
    summary_passages: passages,
    edit_entry: null,
    pin_entry: null,
    drop_entry: null,
    add_entry: 'e10',
    add_offer: 'e11',
    mark_summary_up_to_date: null,
  });
});
const show = async () => {
  await render(Host, { screen: SummaryPage, given: { params: { id: 'c13' } } });
  await expect.element(page.getByRole('heading', { name: 'Where things stand' })).toBeVisible();
};
const sleep = () => page.getByRole('button', { name: /^Edit: Sleep is around/ });

test('editing the summary breaks no rule of accessibility', async () => {
  await show();
  expect(await violations()).toEqual([]);
  await sleep().click();
  expect(await violations()).toEqual([]);
});
test('a sentence is written in its place: Enter saves, Esc puts it back', async () => {
  await show();
  await sleep().click();
  await userEvent.keyboard(' Five, she says.{Enter}');
  await vi.waitFor(() =>
    expect(sent('edit_entry')).toEqual([
      { id: 'e1', text: 'Sleep is around six hours; she still wakes at four before early shifts. Five, she says.' },
    ]),
  );
  await sleep().click();
  await userEvent.keyboard('xyz{Escape}');
  await expect.element(sleep()).toBeVisible();
  expect(sent('edit_entry')).toHaveLength(1);
});
test('when a sentence cannot be saved, what was typed stays', async () => {
  core.answer({ edit_entry: refuse('disk_full') });
  await show();
  await sleep().click();
  await userEvent.keyboard(' Five.{Enter}');
  await expect.element(page.getByText(/The disk is full/)).toBeVisible();
  await expect
    .element(page.getByRole('textbox', { name: 'Sentence' }))
    .toHaveValue('Sleep is around six hours; she still wakes at four before early shifts. Five.');
});
test('pin, drop, take back, add, write one, say that it is up to date', async () => {
  await show();
  await page.getByRole('button', { name: 'Pin' }).nth(1).click();
  await page.getByRole('button', { name: 'Drop', exact: true }).first().click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: /^Add\s*: She slept/ }).click();
  await page.getByText('Write a sentence of your own', { exact: true }).click();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  await userEvent.keyboard('Ring the pharmacy.{Enter}');
  await vi.waitFor(() =>
    expect(sent('add_entry')).toEqual([{ client: 'c13', grouping: 'next', text: 'Ring the pharmacy.' }]),
  );
  expect(sent('pin_entry')).toEqual([{ id: 'e1', pinned: true }]);
  expect(sent('drop_entry')).toEqual([
    { id: 'e0', dropped: true },
    { id: 'e4', dropped: false },
  ]);
  expect(sent('add_offer')).toEqual([
    { client: 'c13', version: 'v12', text: 'She slept four hours before the early shift.' },
  ]);
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await vi.waitFor(() => expect(sent('mark_summary_up_to_date')).toEqual([{ client: 'c13' }]));
});
test('a date shows its passage on focus', async () => {
  await show();
  (page.getByRole('link', { name: '4 Dec 2025' }).element() as HTMLElement).focus();
  await expect.element(page.getByText(/re-counted the whole fridge/)).toBeVisible();
  expect(document.querySelector('.source mark')?.textContent).toMatch(/hardest on herself/);
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByText(/re-counted the whole fridge/)).not.toBeInTheDocument();
});
