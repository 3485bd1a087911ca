import { beforeEach, expect, test, vi } from 'vitest';
import App from './App.svelte';
import type { Practice } from './ipc/bindings';
import { fake, fault, page, refuse, render, userEvent, violations } from './testing';
import { NOW } from './testing/setup';

const hours = (weekday: number, from: string, to: string) => ({ weekday, from, to });
const practice: Practice = {
  therapist_name: 'Ines Halloran',
  therapist_title: 'Counselling psychologist',
  practice_name: 'Halloran Practice',
  registration: 'HCPC PYL 04417',
  address: 'Second floor, 14 Saddler Street\nDurham DH1 3NP',
  zone: 'Europe/London',
  session_minutes: 50,
  working_hours: [0, 1, 3]
    .map((d) => hours(d, '08:30', '18:30'))
    .toSpliced(2, 0, hours(2, '10:00', '18:30'))
    .concat(hours(4, '08:30', '16:00')),
  usual_place: 'Second floor, 14 Saddler Street',
  say_overlaps: true,
  undo_seconds: 30,
  is_sample: false,
};
const frame = { awaiting_approval: 3, discreet: false, is_sample: false, now: NOW, zone: 'Europe/London' };
const look = { theme: 'system', zoom: 100, text_size: 'usual', week_start: 'monday', clock: 'h24' };

const rules = {
  lock_after_minutes: 5,
  begin_discreet: false,
  discreet_on_second_screen: true,
  hide_from_capture: false,
};
const security = {
  security: rules,
  ways: { passphrase_changed_on: '2025-11-03', kit_made_on: '2025-11-03' },
  key_replaced_on: null,
  asks_passphrase: true,
  can_hide: false,
};
const kit = {
  written: { groups: ['7KQM', 'X2RD', '94TV', 'HN6P', 'CB3W', 'E8JY', '5ZAF', '1GST'], check: '8R' },
  vault: '7F3A9C21',
  made_on: '2026-01-15',
  practice: 'Ines Halloran',
  ask: [3, 7],
};

let core: ReturnType<typeof fake>;
beforeEach(() => {
  core = fake({
    standing: { kind: 'open', sample: false, needs_kit: false },
    frame,
    appearance: look,
    practice,
    set_practice: null,
    security_page: security,
    set_security: null,
    passphrase_strength: { score: 4, words: 5, enough: true, weakness: null },
    new_kit: kit,
    set_appearance: null,
    zones: ['Europe/London', 'Europe/Berlin'],
    about: {
      version: '0.1.0',
      folder: '/home/ines/.local/share/org.anteroom.desktop',
      licences: [{ name: 'Source Serif 4', text: 'SIL Open Font License' }],
    },
    updates: {
      version: '0.1.0',
      host: 'updates.example.org',
      knows_key: true,
      since: null,
      newer: null,
      requests: { count: 0, newest: [] },
    },
    'plugin:webview|set_webview_zoom': null,
    undoable: null,
  });
});
const saved = (name: string) =>
  core.asked.filter((a) => a.name === name).map((a) => Object.values(a.args)[0] as Record<string, unknown>);
async function at(which: string): Promise<void> {
  location.hash = `#/settings/${which}`;
  await render(App);
  await expect.element(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
}

test('all four pages break no rule of accessibility', async () => {
  await at('practice');
  for (const which of ['Practice', 'Security', 'Appearance', 'About']) {
    await page.getByRole('link', { name: which }).click();
    await expect.element(page.getByRole('link', { name: which })).toHaveAttribute('aria-current', 'page');
    expect(await violations()).toEqual([]);
  }
});
test('a row is kept when it is left, and says so; the others stay', async () => {
  await at('practice');
  await page.getByLabelText('Registration').fill('HCPC PYL 04418');
  await userEvent.keyboard('{Tab}');
  await expect.element(page.getByText('Saved').nth(0)).toBeVisible();
  await vi.waitFor(() => expect(saved('set_practice')).toEqual([{ ...practice, registration: 'HCPC PYL 04418' }]));
  await page.getByLabelText('Title').click();
  await userEvent.keyboard('{Tab}');
  expect(saved('set_practice')).toHaveLength(1);
});
test('what is refused stands beside its field, and does not hold up another', async () => {
  core.answer({
    set_practice: ({ practice: p }: { practice: Practice }) =>
      p.therapist_name === '' ? refuse('empty', { field: 'name' }) : null,
  });
  await at('practice');
  const name = page.getByLabelText('Name', { exact: true });
  await name.fill('');
  await userEvent.keyboard('{Tab}');
  await expect.element(name).toHaveAccessibleDescription(/The name is missing/);
  await page.getByLabelText('Title').fill('Psychologist');
  await userEvent.keyboard('{Tab}');
  await vi.waitFor(() =>
    expect(saved('set_practice').at(-1)).toMatchObject({
      therapist_name: 'Ines Halloran',
      therapist_title: 'Psychologist',
    }),
  );
  await expect.element(name).toHaveAccessibleDescription(/The name is missing/);
});
test('hours of each day are said in one line and changed in a dialog, by the keyboard alone', async () => {
  await at('practice');
  await expect.element(page.getByText('Mon, Tue, Thu 08:30–18:30. Wed 10:00–18:30. Fri 08:30–16:00.')).toBeVisible();
  (page.getByRole('button', { name: 'Change: Working hours' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('dialog', { name: 'Working hours' })).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByLabelText('Friday, to').fill('15:00');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  await expect.element(page.getByText(/Fri 08:30–15:00\./)).toBeVisible();
});
test('the zone is changed in a dialog; closing it changes nothing', async () => {
  await at('practice');
  await expect.element(page.getByText(/^London \(GMT, summer time from 29 Mar\)/)).toBeVisible();
  await page.getByRole('button', { name: 'Change: Time zone' }).click();
  await page.getByRole('combobox', { name: 'Time zone' }).selectOptions('Europe/Berlin');
  await userEvent.keyboard('{Escape}');
  expect(saved('set_practice')).toHaveLength(0);
  await page.getByRole('button', { name: 'Change: Time zone' }).click();
  await page.getByRole('combobox', { name: 'Time zone' }).selectOptions('Europe/Berlin');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.element(page.getByText(/^Berlin \(/)).toBeVisible();
  expect(saved('set_practice')).toMatchObject([{ zone: 'Europe/Berlin' }]);
});
test('a length of its own is kept', async () => {
  await at('practice');
  await page.getByRole('radio', { name: 'Other' }).click();
  await userEvent.keyboard('90{Tab}');
  await vi.waitFor(() => expect(saved('set_practice').at(-1)).toMatchObject({ session_minutes: 90 }));
});
test('the theme shows at once and is kept; what cannot be kept goes back', async () => {
  await at('appearance');
  (page.getByRole('radio', { name: 'As the system' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  await vi.waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
  await vi.waitFor(() => expect(saved('set_appearance').at(-1)).toEqual({ ...look, theme: 'dark' }));
  core.answer({ set_appearance: refuse('disk_full') });
  await page.getByRole('radio', { name: 'Light' }).click();
  await expect.element(page.getByText(/The disk is full/)).toBeVisible();
  await expect.element(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  expect(document.documentElement.dataset.theme).toBe('dark');
});
test('Ctrl + and Ctrl − change the size of everything anywhere', async () => {
  let zoom = 100;
  core.answer({
    set_appearance: ({ appearance }: { appearance: typeof look }) => {
      zoom = appearance.zoom;
      return null;
    },
    appearance: () => ({ ...look, zoom }),
  });
  await at('about');
  await expect.element(page.getByText(/Anteroom 0\.1\.0/)).toBeVisible();
  await userEvent.keyboard('{Control>}={/Control}');
  await vi.waitFor(() => expect(zoom).toBe(115));
  await vi.waitFor(() =>
    expect(core.asked.findLast((a) => a.name === 'plugin:webview|set_webview_zoom')?.args.value).toBe(1.15),
  );
  await userEvent.keyboard('{Control>}-{/Control}');
  await vi.waitFor(() => expect(zoom).toBe(100));
});
test('about shows the folder and every licence with its text', async () => {
  await at('about');
  await expect.element(page.getByText('/home/ines/.local/share/org.anteroom.desktop')).toBeVisible();
  await page.getByRole('button', { name: 'Read: Source Serif 4' }).click();
  await expect.element(page.getByText('SIL Open Font License')).toBeVisible();
  expect(await violations()).toEqual([]);
});
test('the sample says what it is, and is left from beside every page', async () => {
  core.answer({
    standing: { kind: 'open', sample: true, needs_kit: false },
    frame: { ...frame, is_sample: true },
    leave_sample: () => {
      core.answer({ standing: { kind: 'open', sample: false, needs_kit: false }, frame });
      return { kind: 'open', sample: false, needs_kit: false };
    },
  });
  await at('about');
  await expect.element(page.getByText('These people are invented.', { exact: false })).toBeVisible();
  expect(await violations()).toEqual([]);
  await page
    .getByRole('navigation', { name: 'Privacy and settings' })
    .getByRole('button', { name: 'Leave the sample' })
    .click();
  await core.changed();
  await expect
    .element(
      page.getByRole('navigation', { name: 'Privacy and settings' }).getByRole('button', { name: 'Leave the sample' }),
    )
    .not.toBeInTheDocument();
  expect(location.hash).toBe('#/today');
});
test('a page that could not be had says so and asks again', async () => {
  core.answer({ practice: refuse('not_open') });
  await at('practice');
  await expect.element(page.getByRole('alert')).toHaveTextContent('The records are not open.');
  core.answer({ practice });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByLabelText('Registration')).toHaveValue('HCPC PYL 04417');
});

test('how the records lock is kept one row at a time, and says so', async () => {
  await at('security');
  await expect.element(page.getByText('Last changed 3 Nov 2025.')).toBeVisible();
  await expect.element(page.getByText('Made 3 Nov 2025.')).toBeVisible();
  (page.getByRole('radio', { name: '5 min', exact: true }).element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  await vi.waitFor(() => expect(saved('set_security')).toEqual([{ ...rules, lock_after_minutes: 10 }]));
  await page.getByRole('switch', { name: 'Begin in discreet mode' }).click();
  await vi.waitFor(() =>
    expect(saved('set_security').at(-1)).toEqual({ ...rules, lock_after_minutes: 10, begin_discreet: true }),
  );
  core.answer({ set_security: refuse('disk_full') });
  await page.getByRole('switch', { name: 'Discreet when a second screen is attached' }).click();
  await expect.element(page.getByText(/The disk is full/)).toBeVisible();
  await expect.element(page.getByRole('switch', { name: 'Discreet when a second screen is attached' })).toBeChecked();
});
test('where the window cannot be kept out of a screenshot, that is said and cannot be turned on', async () => {
  await at('security');
  const hide = page.getByRole('switch', { name: 'Hide the window from screen capture' });
  await expect.element(hide).toBeDisabled();
  await expect
    .element(hide)
    .toHaveAccessibleDescription(/Not available on this system\. Screenshots and screen sharing show/);
  core.answer({ security_page: { ...security, can_hide: true } });
  await core.changed();
  await expect.element(hide).toBeEnabled();
  await hide.click();
  await vi.waitFor(() => expect(saved('set_security').at(-1)).toEqual({ ...rules, hide_from_capture: true }));
});
const secret = 'tin lantern eleven moss quay';
const change = () => page.getByRole('dialog').getByRole('button', { name: 'Change passphrase' });
test('the passphrase is changed with the one before it, by the keyboard alone', async () => {
  core.answer({ change_passphrase: null });
  await at('security');
  (page.getByRole('button', { name: 'Change passphrase' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByLabelText('Passphrase now')).toHaveFocus();
  await page.getByLabelText('Passphrase now').fill('harbour quiet');
  await page.getByLabelText('New passphrase').fill(secret);
  await expect.element(page.getByText('Strong: five unrelated words.')).toBeVisible();
  expect(await violations()).toEqual([]);
  await expect.element(change()).toBeDisabled();
  await page.getByLabelText('Again').fill(secret);
  await expect.element(change()).toBeEnabled();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  expect(core.asked.filter((a) => a.name === 'change_passphrase').map((a) => Object.values(a.args))).toEqual([
    ['harbour quiet', secret],
  ]);
});
test('a wrong passphrase now is said beside it, with how long to wait', async () => {
  core.answer({ change_passphrase: refuse('wrong_passphrase', { wait_seconds: 2 }) });
  await at('security');
  await page.getByRole('button', { name: 'Change passphrase' }).click();
  await page.getByLabelText('Passphrase now').fill('harbour');
  await page.getByLabelText('New passphrase').fill(secret);
  await page.getByLabelText('Again').fill(secret);
  await expect.element(change()).toBeEnabled();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect
    .element(page.getByLabelText('Passphrase now'))
    .toHaveAccessibleDescription(/does not open the records\. Try again in/);
  await expect.element(page.getByLabelText('Passphrase now')).toHaveValue('');
  expect(await violations()).toEqual([]);
});
test('the passphrase is left off only with the one before it, and once it is said what follows', async () => {
  core.answer({ change_passphrase: null });
  await at('security');
  await page.getByRole('button', { name: 'Change passphrase' }).click();
  await page.getByRole('button', { name: 'Leave it off' }).click();
  await expect.element(page.getByText(/whoever is logged in to this computer as you/)).toBeVisible();
  const off = page.getByRole('dialog').getByRole('button', { name: 'Leave it off' });
  await expect.element(off).toBeDisabled();
  await page.getByLabelText('Passphrase now').fill('harbour quiet');
  await off.click();
  await vi.waitFor(() =>
    expect(Object.values(core.asked.findLast((a) => a.name === 'change_passphrase')?.args ?? {})).toEqual([
      'harbour quiet',
      null,
    ]),
  );
});
test('where there is none, one is set without asking for another', async () => {
  core.answer({ security_page: { ...security, asks_passphrase: false }, change_passphrase: null });
  await at('security');
  await expect.element(page.getByText(/^None\. Whoever is logged in/)).toBeVisible();
  await page.getByRole('button', { name: 'Set a passphrase' }).click();
  expect(page.getByLabelText('Passphrase now').elements()).toHaveLength(0);
  await page.getByLabelText('Passphrase', { exact: true }).fill(secret);
  await page.getByLabelText('Again').fill(secret);
  await expect.element(page.getByRole('dialog').getByRole('button', { name: 'Set a passphrase' })).toBeEnabled();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await vi.waitFor(() =>
    expect(Object.values(core.asked.findLast((a) => a.name === 'change_passphrase')?.args ?? {})).toEqual([
      null,
      secret,
    ]),
  );
});
test('a new kit is in force once two of its groups are read back; closing leaves the one before', async () => {
  core.answer({ keep_kit: ({ typed }: { typed: string[] }) => (typed[1] === '5zaf' ? [] : [7]) });
  await at('security');
  await page.getByRole('button', { name: 'Make a new kit' }).click();
  await expect.element(page.getByText(/keeps working until two groups of the new one are read back/)).toBeVisible();
  await expect.element(page.getByText('7KQM').first()).toBeVisible();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  expect(core.asked.some((a) => a.name === 'keep_kit')).toBe(false);
  await page.getByRole('button', { name: 'Make a new kit' }).click();
  await page.getByLabelText('Group 3').fill('94TV');
  await page.getByLabelText('Group 7').fill('5ZZZ');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByText(/Group 7 is not as shown above/)).toBeVisible();
  await page.getByLabelText('Group 7').fill('5zaf');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
});
const newKeys = () => page.getByRole('button', { name: 'Make new keys' });
const inside = () => page.getByRole('dialog', { name: 'Make new keys' });
test('new keys come with a new kit, which is read back before anything else', async () => {
  let done: (made: unknown) => void = () => undefined;
  core.answer({
    replace_key: () => {
      core.answer({ security_page: { ...security, key_replaced_on: '2026-01-15' } });
      return new Promise((made) => {
        done = made;
      });
    },
    keep_kit: ({ typed }: { typed: string[] }) => (typed[1] === '5zaf' ? [] : [7]),
  });
  await at('security');
  await expect.element(page.getByText(/^For when somebody may have seen the kit/)).toBeVisible();
  (newKeys().element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByLabelText('Passphrase', { exact: true })).toHaveFocus();
  await expect.element(page.getByText(/opens only backups made before now/)).toBeVisible();
  expect(await violations()).toEqual([]);
  await expect.element(inside().getByRole('button', { name: 'Make new keys' })).toBeDisabled();
  await page.getByLabelText('Passphrase', { exact: true }).fill('harbour quiet');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByRole('progressbar', { name: 'Make new keys' })).toBeVisible();
  expect(await violations()).toEqual([]);
  expect(core.asked.find((a) => a.name === 'replace_key')?.args.now).toBe('harbour quiet');
  done({ kit, backed_up: true });
  await expect.element(page.getByRole('dialog', { name: 'Write down the new kit' })).toBeVisible();
  await expect.element(page.getByText(/A backup that opens with this code is made/)).toBeVisible();
  expect(core.asked.some((a) => a.name === 'new_kit')).toBe(false);
  expect(await violations()).toEqual([]);
  await page.getByLabelText('Group 3').fill('94TV');
  await page.getByLabelText('Group 7').fill('5zaf');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  await expect.element(newKeys()).toHaveFocus();
  await expect.element(page.getByText(/^Replaced 15 Jan\. For when/)).toBeVisible();
  expect(core.asked.some((a) => a.name === 'leave_kit')).toBe(false);
});
test('while new keys are made Escape stops that, and then closes; a wrong passphrase waits', async () => {
  let stop: (answer: unknown) => void = () => undefined;
  core.answer({
    stop_backup: () => {
      stop(refuse('stopped'));
      return null;
    },
    replace_key: () =>
      new Promise((answer) => {
        stop = answer;
      }),
  });
  await at('security');
  await newKeys().click();
  await page.getByLabelText('Passphrase', { exact: true }).fill('harbour quiet');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByRole('progressbar', { name: 'Make new keys' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByText('Stopped. Nothing was changed.')).toBeVisible();
  await expect.element(page.getByLabelText('Passphrase', { exact: true })).toHaveFocus();
  core.answer({ replace_key: refuse('wrong_passphrase', { wait_seconds: 2 }) });
  await page.getByLabelText('Passphrase', { exact: true }).fill('harbour');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect
    .element(page.getByLabelText('Passphrase', { exact: true }))
    .toHaveAccessibleDescription(/does not open the records\. Try again in/);
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  expect(core.asked.some((a) => a.name === 'leave_kit')).toBe(false);
});
test('a new kit that cannot be left says so and stays', async () => {
  core.answer({
    security_page: { ...security, asks_passphrase: false },
    replace_key: { kit, backed_up: false },
    leave_kit: fault('8F3K'),
  });
  await at('security');
  await newKeys().click();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByRole('dialog', { name: 'Write down the new kit' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('alert')).toHaveTextContent(/8F3K/);
  await expect.element(page.getByRole('dialog', { name: 'Write down the new kit' })).toBeVisible();
});
test('a new kit that is left before it is read back leads to another, and then back to the practice', async () => {
  const places = [{ place: 'first', folder: '/b', label: 'b', last: { verified_at: NOW }, failure: null }];
  core.answer({
    security_page: { ...security, asks_passphrase: false },
    replace_key: { kit, backed_up: false },
    leave_kit: () => {
      core.answer({ standing: { kind: 'open', sample: false, needs_kit: true } });
      void core.changed();
      return null;
    },
    keep_kit: () => {
      core.answer({ standing: { kind: 'open', sample: false, needs_kit: false } });
      return [];
    },
    backups: {
      backups: { places, last_test: null, test_due: false, begun: true },
      first_free: null,
      second_free: null,
      sample: false,
    },
    back_up: [],
  });
  await at('security');
  await newKeys().click();
  await expect.element(page.getByText(/There is no passphrase, as before/)).toBeVisible();
  expect(page.getByLabelText('Passphrase', { exact: true }).elements()).toHaveLength(0);
  await inside().getByRole('button', { name: 'Make new keys' }).click();
  await expect.element(page.getByText(/There is no backup yet that opens with this code/)).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Make another code' }).click();
  await expect.element(page.getByRole('heading', { level: 1, name: 'Keep a recovery kit' })).toBeVisible();
  await expect.element(page.getByText(/^This is a new code/)).toBeVisible();
  await page.getByLabelText('Group 3').fill('94TV');
  await page.getByLabelText('Group 7').fill('5ZAF');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect.element(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  expect(core.asked.some((a) => a.name === 'back_up')).toBe(true);
});
test('the sample practice needs neither passphrase nor kit', async () => {
  core.answer({ standing: { kind: 'open', sample: true, needs_kit: false }, frame: { ...frame, is_sample: true } });
  await at('security');
  await expect.element(page.getByRole('button', { name: 'Change passphrase' })).toBeDisabled();
  await expect.element(page.getByRole('button', { name: 'Make a new kit' })).toBeDisabled();
  await expect.element(newKeys()).toBeDisabled();
});
