import { beforeEach, expect, test, vi } from 'vitest';
import App from './App.svelte';
import { overlay } from './shell/overlay.svelte';
import { fake, page, refuse, render, userEvent, violations } from './testing';
import { NOW } from './testing/setup';
import { forget } from './setup/draft.svelte';

const kit = {
  written: { groups: ['7KQM', 'X2RD', '94TV', 'HN6P', 'CB3W', 'E8JY', '5ZAF', '1GST'], check: '8R' },
  vault: '7F3A9C21',
  made_on: '2025-11-03',
  practice: 'Ines Halloran',
  ask: [3, 7],
};

let core: ReturnType<typeof fake>;
beforeEach(() => {
  forget();
  overlay.now = null;
  core = fake({
    standing: { kind: 'first_run' },
    zones: ['Europe/London', 'Africa/Abidjan', 'Europe/Paris'],
    passphrase_strength: { score: 4, words: 5, enough: true, weakness: null },
    set_up: () => {
      core.answer({ standing: { kind: 'open', sample: false, needs_kit: true } });
      return { kind: 'open', sample: false, needs_kit: true };
    },
    new_kit: kit,
    back_up: [],
    keep_kit: ({ typed }: { typed: string[] }) => {
      const wrong = [3, 7].filter((n, i) => typed[i]?.toUpperCase() !== kit.written.groups[n - 1]);
      if (wrong.length === 0) core.answer({ standing: { kind: 'open', sample: false, needs_kit: false } });
      return wrong;
    },
    open_sample: () => {
      core.answer({ standing: { kind: 'open', sample: true, needs_kit: false } });
      return { kind: 'open', sample: true, needs_kit: false };
    },
    frame: { awaiting_approval: 0, discreet: false, is_sample: false, now: NOW, zone: 'Europe/London' },
    appearance: { theme: 'system', zoom: 100, text_size: 'usual', week_start: 'monday', clock: 'h24' },
    'plugin:webview|set_webview_zoom': null,
    undoable: null,
  });
});
const given = () => core.asked.find((a) => a.name === 'set_up')?.args.practice as Record<string, unknown> | undefined;
const heading = (name: string) => expect.element(page.getByRole('heading', { level: 1, name })).toBeVisible();
const secret = 'harbour quiet almond 52 stairs';
async function toPassphrase(): Promise<void> {
  await render(App);
  await expect.element(page.getByLabelText('Name')).toHaveFocus();
  await userEvent.keyboard('Ines Halloran{Tab}Counselling psychologist{Enter}');
  await heading('Choose a passphrase');
  await expect.element(page.getByLabelText('Passphrase', { exact: true })).toHaveFocus();
}
/** Without a passphrase, which is the shorter way. */
async function bare(): Promise<void> {
  await page.getByRole('button', { name: 'Leave it off' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave it off' }).click();
}
async function toKit(): Promise<void> {
  await toPassphrase();
  await userEvent.keyboard(secret);
  await page.getByLabelText('Again').fill(secret);
  await expect.element(page.getByRole('button', { name: 'Continue' })).toBeEnabled();
  await userEvent.keyboard('{Enter}');
  await heading('Keep a recovery kit');
}
async function toClients(): Promise<void> {
  await toKit();
  await page.getByLabelText('Group 3').fill('94tv');
  await userEvent.keyboard('5zaf{Enter}');
  await past();
}
/** The two places of backups are a page of their own tests. */
async function past(): Promise<void> {
  await heading('Two places for backups');
  await page.getByRole('button', { name: 'Not now' }).click();
  await heading('First clients');
}

test('no page breaks a rule of accessibility', async () => {
  await render(App);
  await heading('Your practice');
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Different on some days' }).click();
  expect(await violations()).toEqual([]);
  await page.getByLabelText('Name').fill('Ines Halloran');
  await page.getByRole('button', { name: 'Continue' }).click();
  await heading('Choose a passphrase');
  await page.getByLabelText('Passphrase', { exact: true }).fill(secret);
  await expect.element(page.getByText('Strong: five unrelated words.')).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByLabelText('Again').fill('something else');
  await expect.element(page.getByText('The two are not the same.')).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByLabelText('Again').fill(secret);
  await page.getByRole('button', { name: 'Continue' }).click();
  await heading('Keep a recovery kit');
  await page.getByLabelText('Group 3').fill('94TV');
  expect(await violations()).toEqual([]);
  await page.getByLabelText('Group 7').fill('5ZAF');
  await page.getByRole('button', { name: 'Continue' }).click();
  await past();
  expect(await violations()).toEqual([]);
});
test('a passphrase is said to be weak and why, in words, and is not taken', async () => {
  core.answer({ passphrase_strength: { score: 1, words: 1, enough: false, weakness: 'known' } });
  await toPassphrase();
  await userEvent.keyboard('InesHalloran');
  await expect.element(page.getByText(/Easily guessed: your own name/)).toBeVisible();
  expect(core.asked.findLast((a) => a.name === 'passphrase_strength')?.args).toEqual({
    typed: 'InesHalloran',
    known: ['Ines Halloran', ''],
  });
  await expect.element(page.getByText('Choose a stronger one to go on')).toBeVisible();
  await page.getByLabelText('Again').fill('InesHalloran');
  await userEvent.keyboard('{Enter}');
  expect(given()).toBeUndefined();
});
test('a passphrase is typed twice, the same, and can be seen', async () => {
  await toPassphrase();
  await userEvent.keyboard(secret);
  await expect.element(page.getByText('Type it once more to go on')).toBeVisible();
  const field = page.getByLabelText('Passphrase', { exact: true });
  await expect.element(field).toHaveAttribute('type', 'password');
  await page.getByRole('button', { name: 'Show passphrase' }).click();
  await expect.element(field).toHaveAttribute('type', 'text');
  await page.getByLabelText('Again').fill('harbour quiet almonds');
  await expect.element(page.getByLabelText('Again')).toHaveAccessibleDescription(/The two are not the same/);
  await expect.element(page.getByRole('button', { name: 'Continue' })).toBeDisabled();
});
test('the passphrase goes to the core and stays nowhere in the window', async () => {
  await toKit();
  expect(core.asked.find((a) => a.name === 'set_up')?.args.passphrase).toBe(secret);
  expect(document.documentElement.outerHTML).not.toContain('almond');
});
test('it can be left off, once what follows from it has been said', async () => {
  await toPassphrase();
  await page.getByRole('button', { name: 'Leave it off' }).click();
  await expect.element(page.getByRole('dialog', { name: 'Leave the passphrase off?' })).toBeVisible();
  await expect.element(page.getByText(/whoever is logged in to this computer as you/)).toBeVisible();
  expect(await violations()).toEqual([]);
  expect(given()).toBeUndefined();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave it off' }).click();
  await heading('Keep a recovery kit');
  expect(core.asked.find((a) => a.name === 'set_up')?.args.passphrase).toBeNull();
});
test('Back keeps the practice, and not the passphrase', async () => {
  await toPassphrase();
  await userEvent.keyboard(secret);
  await page.getByRole('button', { name: 'Back' }).click();
  await expect.element(page.getByLabelText('Title')).toHaveValue('Counselling psychologist');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect.element(page.getByLabelText('Passphrase', { exact: true })).toHaveValue('');
});
test('two groups are read back from paper; wrong ones are marked', async () => {
  await toKit();
  await expect.element(page.getByText('Two groups to go')).toBeVisible();
  await page.getByLabelText('Group 3').fill('94TV');
  await expect.element(page.getByLabelText('Group 7')).toHaveFocus();
  await expect.element(page.getByText('One group to go')).toBeVisible();
  await userEvent.keyboard('5ZAE{Enter}');
  await expect.element(page.getByLabelText('Group 7')).toHaveAccessibleDescription(/Group 7 is not as shown above/);
  await page.getByLabelText('Group 7').fill('5zaf');
  await userEvent.keyboard('{Enter}');
  await past();
  expect(core.asked.filter((a) => a.name === 'keep_kit').map((a) => a.args.typed)).toEqual([
    ['94TV', '5ZAE'],
    ['94TV', '5zaf'],
  ]);
});
test('the kit is printed alone, and saved as text with all that is on it', async () => {
  core.answer({ save_kit: true });
  const print = vi.spyOn(window, 'print').mockImplementation(() => {});
  await toKit();
  await page.getByRole('button', { name: 'Print the kit' }).click();
  expect(print).toHaveBeenCalledOnce();
  expect(document.querySelector('body > .kit-print')?.textContent).toContain('CB3W');
  await expect.element(page.getByText(/^Printed \d\d:\d\d$/)).toBeVisible();
  await page.getByRole('button', { name: 'Save as text file' }).click();
  await expect.element(page.getByText(/^Saved \d\d:\d\d$/)).toBeVisible();
  const text = String(core.asked.find((a) => a.name === 'save_kit')?.args.text);
  for (const part of [
    'Practice of Ines Halloran',
    '3 November 2025, records 7F3A9C21',
    '7KQM  X2RD  94TV  HN6P',
    'Check 8R',
  ])
    expect(text).toContain(part);
  core.answer({ save_kit: refuse('kit_beside_records') });
  await page.getByRole('button', { name: 'Save as text file' }).click();
  await expect.element(page.getByText(/Beside the records the kit would be stolen/)).toBeVisible();
  print.mockRestore();
});
test('stopped in between, the next opening begins with the kit, and its page does not outlive it', async () => {
  core.answer({ standing: { kind: 'open', sample: false, needs_kit: true } });
  const shown = await render(App);
  await heading('Keep a recovery kit');
  await expect.element(page.getByText('7KQM').first()).toBeVisible();
  await core.changed();
  expect(core.asked.filter((a) => a.name === 'new_kit')).toHaveLength(1);
  await shown.unmount();
  expect(document.querySelector('.kit-print')).toBeNull();
});
test('a kit that could not be made is asked for again', async () => {
  core.answer({ new_kit: refuse('way_in', { barred: { kind: 'no_randomness' } }) });
  await toPassphrase();
  await page.getByRole('button', { name: 'Leave it off' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave it off' }).click();
  await expect.element(page.getByText(/The system gave no random numbers/)).toBeVisible();
  core.answer({ new_kit: kit });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByText('7KQM').first()).toBeVisible();
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
  await toPassphrase();
  expect(given()).toBeUndefined();
  await userEvent.keyboard(`${secret}{Tab}{Tab}${secret}`);
  await expect.element(page.getByRole('button', { name: 'Continue' })).toBeEnabled();
  await userEvent.keyboard('{Enter}');
  await heading('Keep a recovery kit');
  await page.getByLabelText('Group 3').fill('94TV');
  await userEvent.keyboard('5ZAF{Enter}');
  await past();
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
  await toPassphrase();
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
  await bare();
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
test('locking while the kit is shown comes back to that step, with a new code and the word that the old one is void', async () => {
  core.answer({
    lock: () => {
      const locked = { since: NOW, because: 'asked', quiet_minutes: null, theme: null, asks_passphrase: true };
      core.answer({ standing: { kind: 'locked', ...locked, wrong: false, wait_seconds: 0 } });
      return null;
    },
    unlock: () => {
      core.answer({ standing: { kind: 'open', sample: false, needs_kit: true } });
      return { kind: 'open', sample: false, needs_kit: true };
    },
  });
  await toKit();
  await expect.element(page.getByText(/^This is a new code/)).not.toBeInTheDocument();
  await userEvent.keyboard('{Control>}l{/Control}');
  await vi.waitFor(() => expect(core.asked.some((a) => a.name === 'lock')).toBe(true));
  await core.changed();
  await heading('Locked');
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(secret);
  await userEvent.keyboard('{Enter}');
  await heading('Keep a recovery kit');
  await expect.element(page.getByText(/^This is a new code/)).toBeVisible();
  expect(core.asked.filter((a) => a.name === 'new_kit')).toHaveLength(2);
  expect(await violations()).toEqual([]);
});
test('a lock that fails during set-up is said', async () => {
  core.answer({ lock: refuse('disk_full') });
  await toKit();
  await userEvent.keyboard('{Control>}l{/Control}');
  await expect.element(page.getByRole('alert')).toBeVisible();
  await heading('Keep a recovery kit');
});
test('N asks for the first client', async () => {
  await toClients();
  await userEvent.keyboard('n');
  await expect.element(page.getByRole('dialog', { name: 'New client' })).toBeVisible();
});
test('a list goes to the import', async () => {
  await toClients();
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await vi.waitFor(() => expect(location.hash).toBe('#/import'));
  expect(given()).toBeDefined();
});
test('the sample opens from set-up, and says what takes so long', async () => {
  let ready = () => {};
  core.answer({
    open_sample: () =>
      new Promise((done) => {
        ready = () => {
          core.answer({ standing: { kind: 'open', sample: true, needs_kit: false } });
          done({ kind: 'open', sample: true, needs_kit: false });
        };
      }),
  });
  await toClients();
  await page.getByRole('button', { name: 'Open the sample' }).click();
  await expect.element(page.getByText(/Making the sample practice/)).toBeVisible();
  ready();
  await expect.element(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
});
test('what the core refuses of the first page is said there', async () => {
  core.answer({ set_up: refuse('too_long', { field: 'title', most: 80 }) });
  await toPassphrase();
  await bare();
  await expect.element(page.getByLabelText('Title')).toHaveAccessibleDescription(/can hold 80 characters/);
});
test('what stands in the way is shown, and nothing typed is lost after it', async () => {
  core.answer({
    set_up: { kind: 'barred', barred: { kind: 'no_store' }, folder: '/home/ines/Anteroom', sample: false },
  });
  await toPassphrase();
  await bare();
  await heading('No password store is running');
  await page.getByRole('button', { name: 'Try again' }).click();
  await heading('Choose a passphrase');
  await page.getByRole('button', { name: 'Back' }).click();
  await expect.element(page.getByLabelText('Name')).toHaveValue('Ines Halloran');
});
