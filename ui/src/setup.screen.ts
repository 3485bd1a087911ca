import { beforeEach, expect, test, vi } from 'vitest';
import App from './App.svelte';
import { overlay } from './shell/overlay.svelte';
import { fake, page, refuse, render, userEvent, violations } from './testing';
import { NOW } from './testing/setup';
import { forget } from './setup/draft.svelte';

let core: ReturnType<typeof fake>;
beforeEach(() => {
  forget();
  overlay.now = null;
  core = fake({
    standing: { kind: 'first_run' },
    zones: ['Europe/London', 'Africa/Abidjan', 'Europe/Paris'],
    set_up: () => {
      core.answer({ standing: { kind: 'open', sample: false } });
      return { kind: 'open', sample: false };
    },
    open_sample: () => {
      core.answer({ standing: { kind: 'open', sample: true } });
      return { kind: 'open', sample: true };
    },
    frame: { awaiting_approval: 0, discreet: false, is_sample: false, now: NOW, zone: 'Europe/London' },
    appearance: { theme: 'system', zoom: 100, text_size: 'usual', week_start: 'monday', clock: 'h24' },
    'plugin:webview|set_webview_zoom': null,
    undoable: null,
  });
});
const given = () => core.asked.find((a) => a.name === 'set_up')?.args.practice as Record<string, unknown> | undefined;
const heading = (name: string) => expect.element(page.getByRole('heading', { level: 1, name })).toBeVisible();
async function toClients(): Promise<void> {
  await render(App);
  await expect.element(page.getByLabelText('Name')).toHaveFocus();
  await userEvent.keyboard('Ines Halloran{Tab}Counselling psychologist{Enter}');
  await heading('First clients');
}

test('both pages break no rule of accessibility', async () => {
  await render(App);
  await heading('Your practice');
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Different on some days' }).click();
  expect(await violations()).toEqual([]);
  await page.getByLabelText('Name').fill('Ines Halloran');
  await page.getByRole('button', { name: 'Continue' }).click();
  await heading('First clients');
  expect(await violations()).toEqual([]);
});
test('a name is wanted, and the sentence stands beside it', async () => {
  await render(App);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect.element(page.getByLabelText('Name')).toHaveAccessibleDescription(/Your name is missing/);
  await expect.element(page.getByLabelText('Name')).toHaveFocus();
});
test('the zone of this computer is chosen and says what time it is there', async () => {
  await render(App);
  await expect.element(page.getByLabelText('Time zone')).toHaveDisplayValue(/^London, \d\d:\d\d now$/);
});
test('nothing is made before the second page is left, by the keyboard alone', async () => {
  await toClients();
  expect(given()).toBeUndefined();
  await page.getByRole('button', { name: 'Begin without clients' }).click();
  await expect.element(page.getByRole('link', { name: 'Today' })).toHaveAttribute('aria-current', 'page');
  expect(given()).toMatchObject({
    therapist_name: 'Ines Halloran',
    therapist_title: 'Counselling psychologist',
    zone: 'Europe/London',
    session_minutes: 50,
    undo_seconds: 30,
  });
  expect(given()?.working_hours).toHaveLength(5);
});
test('no word typed is lost on the way back', async () => {
  await toClients();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByLabelText('Name')).toHaveValue('Ines Halloran');
  await expect.element(page.getByLabelText('Title')).toHaveValue('Counselling psychologist');
});
test('another length and hours of their own are kept', async () => {
  await render(App);
  await page.getByLabelText('Name').fill('Ines Halloran');
  await page.getByRole('radio', { name: 'Other' }).click();
  await userEvent.keyboard('90');
  await page.getByRole('button', { name: 'Fri' }).click();
  await page.getByRole('button', { name: 'Different on some days' }).click();
  await page.getByLabelText('Wednesday, from').fill('10:00');
  await page.getByRole('button', { name: 'More hours on Monday' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Begin without clients' }).click();
  await vi.waitFor(() => expect(given()).toBeDefined());
  expect(given()?.session_minutes).toBe(90);
  expect(given()?.working_hours).toEqual([
    { weekday: 0, from: '08:30', to: '18:30' },
    { weekday: 0, from: '19:30', to: '21:30' },
    { weekday: 1, from: '08:30', to: '18:30' },
    { weekday: 2, from: '10:00', to: '18:30' },
    { weekday: 3, from: '08:30', to: '18:30' },
  ]);
});
test('hours that end before they begin are said at once and hold the page', async () => {
  await render(App);
  await page.getByLabelText('Name').fill('Ines Halloran');
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('07:00');
  await expect.element(page.getByText('The hours end before they begin.')).toBeVisible();
  await page.getByRole('button', { name: 'Continue' }).click();
  await heading('Your practice');
});
test('N begins the records and asks for the first client', async () => {
  await toClients();
  await userEvent.keyboard('n');
  await expect.element(page.getByRole('dialog', { name: 'New client' })).toBeVisible();
});
test('a list begins the records and goes to the import', async () => {
  await toClients();
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await vi.waitFor(() => expect(location.hash).toBe('#/import'));
  expect(given()).toBeDefined();
});
test('the sample opens without records of your own, and says what takes so long', async () => {
  let ready = () => {};
  core.answer({
    open_sample: () =>
      new Promise((done) => {
        ready = () => {
          core.answer({ standing: { kind: 'open', sample: true } });
          done({ kind: 'open', sample: true });
        };
      }),
  });
  await toClients();
  await page.getByRole('button', { name: 'Open the sample' }).click();
  await expect.element(page.getByText(/Making the sample practice/)).toBeVisible();
  ready();
  await expect.element(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
  expect(given()).toBeUndefined();
});
test('what the core refuses of the first page is said there', async () => {
  core.answer({ set_up: refuse('too_long', { field: 'title', most: 80 }) });
  await toClients();
  await page.getByRole('button', { name: 'Begin without clients' }).click();
  await expect.element(page.getByLabelText('Title')).toHaveAccessibleDescription(/can hold 80 characters/);
});
test('what stands in the way is shown, and nothing typed is lost after it', async () => {
  core.answer({
    set_up: { kind: 'barred', barred: { kind: 'no_store' }, folder: '/home/ines/Anteroom', sample: false },
  });
  await toClients();
  await page.getByRole('button', { name: 'Begin without clients' }).click();
  await heading('No password store is running');
  await page.getByRole('button', { name: 'Try again' }).click();
  await heading('First clients');
  await page.getByRole('button', { name: 'Back' }).click();
  await expect.element(page.getByLabelText('Name')).toHaveValue('Ines Halloran');
});
