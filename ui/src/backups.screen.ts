import { beforeEach, expect, test } from 'vitest';
import App from './App.svelte';
import { restoring } from './backups/restoring.svelte';
import type { BackupFailure, BackupPlace, BackupsPage, FoundBackup, Health, NotUsed } from './ipc/bindings';
import { draft, forget } from './setup/draft.svelte';
import { backup } from './shell/backup.svelte';
import { fake, page, refuse, render, userEvent, violations as looks } from './testing';
import { NOW } from './testing/setup';

const last = (verified_at: string) => ({
  verified_at,
  file: 'anteroom-20260115-073000-812.anteroom',
  sequence: 812,
  bytes: 41_200_000,
  kept: 48,
});
const first: BackupPlace = {
  place: 'first',
  folder: '/home/ines/Documents/Anteroom backups',
  label: 'Documents, Anteroom backups',
  last: last('2026-01-15T07:30:00Z'),
  late: false,
  changed_since: false,
  seen_at: '2026-01-15T07:30:00Z',
  failure: null,
};
const second: BackupPlace = {
  ...first,
  place: 'second',
  folder: '/media/ines/Blue stick',
  label: 'Blue stick',
  last: last('2026-01-06T18:02:00Z'),
  late: true,
  changed_since: true,
  seen_at: '2026-01-06T18:02:00Z',
};
const whole: BackupsPage = {
  backups: {
    places: [first, second],
    last_test: { at: '2026-01-11T10:00:00Z', file: 'x', records: 1284 },
    test_due: false,
    begun: true,
  },
  first_free: 212_000_000_000,
  second_free: null,
  sample: false,
};
const health: Health = {
  folder: '/home/ines/.local/share/org.anteroom.desktop',
  bytes: 41_200_000,
  free: 212_000_000_000,
  checked: null,
  followed: null,
  store: 'secret_service',
  adrift: false,
  asks_passphrase: true,
  ways: { passphrase_changed_on: '2025-11-03', kit_made_on: '2025-11-03' },
  version: '0.1.0',
};
const found: FoundBackup[] = ['2026-01-14T22:30:00Z', '2026-01-06T18:02:00Z'].map((made_at, i) => ({
  place: i === 0 ? 'first' : 'second',
  label: i === 0 ? first.label : second.label,
  file: `anteroom-${i}.anteroom`,
  bytes: 41_200_000,
  made_at,
  not_used: null,
  beyond: null,
  offered: false,
}));
const code = '7KQM X2RD 94TV HN6P CB3W E8JY 5ZAF 1GST 8R';
const secret = 'harbour quiet almond 52 stairs';
const restored = {
  restored: {
    about: { vault: 'v', made_at: '2026-01-14T22:30:00Z', sequence: 800, app_version: '0.1.0', bytes: 41_200_000 },
    records: 1284,
    after: { commits: 3, until: '2026-01-15T11:02:00Z' },
  },
  kept: 'before-restore-2026-01-15-1118',
};
const open = { kind: 'open', sample: false, needs_kit: false };

let core: ReturnType<typeof fake>;
beforeEach(async () => {
  await page.viewport(1280, 800);
  forget();
  Object.assign(restoring, { asked: false, of: undefined });
  Object.assign(backup, { busy: false, far: undefined, said: '', failure: '', page: undefined });
  core = fake({
    standing: open,
    frame: { awaiting_approval: 0, discreet: false, is_sample: false, now: NOW, zone: 'Europe/London' },
    appearance: { theme: 'system', zoom: 100, text_size: 'usual', week_start: 'monday', clock: 'h24' },
    'plugin:webview|set_webview_zoom': null,
    undoable: null,
    backups: whole,
    health,
    back_up: [{ place: 'first', label: first.label, went: { kind: 'made' } }],
    stop_backup: null,
    found_backups: found,
    check_code: null,
    passphrase_strength: { score: 4, words: 5, enough: true, weakness: null },
    restore: restored,
  });
});
/** Looks at several sizes; what is pressed next is pressed in the usual one. */
async function violations(): Promise<unknown[]> {
  const found = await looks();
  await page.viewport(1280, 800);
  return found;
}
const asked = (name: string) => core.asked.filter((one) => one.name === name).map((one) => one.args);
const heading = (name: string | RegExp) => expect.element(page.getByRole('heading', { level: 1, name })).toBeVisible();
const button = (name: string | RegExp) => page.getByRole('button', { name });
async function settings(): Promise<void> {
  location.hash = '#/settings/backups';
  await render(App);
  await expect.element(page.getByRole('heading', { level: 2, name: 'Health' })).toBeVisible();
}
async function typeCode(): Promise<void> {
  await page.getByLabelText('Group 1').click();
  for (const [i, group] of code.split(' ').entries()) {
    const field = i < 8 ? page.getByLabelText(`Group ${i + 1}`) : page.getByLabelText('Check', { exact: false });
    await field.fill(group);
  }
}
async function toRunning(): Promise<void> {
  await typeCode();
  await button('Continue').click();
  await heading('A passphrase for the restored records');
  await page.getByLabelText('New passphrase').fill(secret);
  await page.getByLabelText('Again').fill(secret);
  await button('Restore').click();
}

test('the page says in one sentence what needs the therapist, and a row each says the rest', async () => {
  await settings();
  await expect
    .element(
      page.getByText(
        'Your records are safe on this computer. One thing needs you: the second copy is nine days old. Plug in Blue stick.',
      ),
    )
    .toBeVisible();
  await expect.element(page.getByText('Today, 07:30, encrypted, 41 MB, read back and checked. 48 kept.')).toBeVisible();
  await expect
    .element(page.getByText(/Tue 6 Jan, 18:02. Plug the drive in and Anteroom continues by itself/))
    .toBeVisible();
  await expect.element(page.getByText(/all 1,284 records counted/)).toBeVisible();
  await expect.element(page.getByText(/41 MB; 212 GB free on this disk/)).toBeVisible();
  expect(await violations()).toEqual([]);
});
test('nothing is said to need the therapist when nothing does', async () => {
  const fine = { ...second, last: last('2026-01-15T07:30:00Z'), late: false, changed_since: false };
  core.answer({ backups: { ...whole, second_free: 5e9, backups: { ...whole.backups, places: [first, fine] } } });
  await settings();
  await expect.element(page.getByText('Your records are safe on this computer. Nothing needs you.')).toBeVisible();
});
test('every reason for which there is no backup has its sentence, which says that what was before is safe', async () => {
  const failures: BackupFailure[] = [
    { kind: 'no_kit' },
    { kind: 'place_missing' },
    { kind: 'place_read_only' },
    { kind: 'place_full', needed: 82_000_000, free: 1_000_000 },
    { kind: 'inside_records' },
    { kind: 'same_place' },
    { kind: 'not_verified', what: 'content' },
    { kind: 'disk', code: 5 },
    { kind: 'database' },
  ];
  const said = new Set<string>();
  for (const failure of failures) {
    core.answer({ backups: { ...whole, backups: { ...whole.backups, places: [{ ...first, failure }] } } });
    location.hash = '#/settings/backups';
    const shown = await render(App);
    await expect.element(page.getByRole('heading', { level: 2, name: 'Health' })).toBeVisible();
    const row = document.querySelector('.checks li.warn small')?.textContent ?? '';
    expect(row).not.toMatch(/\{|\$|undefined|no-backup/);
    if (failure.kind !== 'no_kit') expect(row, failure.kind).toMatch(/as they were|Nothing was changed/);
    said.add(row);
    await shown.unmount();
  }
  expect(said.size).toBe(failures.length);
});
test('a backup is made from anywhere by its key, and the foot of the sidebar says when', async () => {
  location.hash = '#/settings/appearance';
  await render(App);
  await expect.element(page.getByText(/On this device. Backed up today at 07:30/)).toBeVisible();
  await userEvent.keyboard('{Control>}{Shift>}B{/Shift}{/Control}');
  await expect.poll(() => asked('back_up')).toHaveLength(1);
});
test('a backup that made itself is said at the foot of the sidebar, and nothing else is asked again', async () => {
  location.hash = '#/settings/appearance';
  await render(App);
  await expect.element(page.getByText(/Backed up today at 07:30/)).toBeVisible();
  const before = core.asked.length;
  core.answer({
    backups: { ...whole, backups: { ...whole.backups, places: [{ ...first, last: last('2026-01-15T08:45:00Z') }] } },
  });
  await core.backedUp();
  await expect.element(page.getByText(/Backed up today at 08:45/)).toBeVisible();
  expect(core.asked.slice(before).map((one) => one.name)).toEqual(['backups']);
});
test('what is done is shown, can be stopped, and what became of it is said', async () => {
  let end = (_: unknown): void => undefined;
  core.answer({
    back_up: () =>
      new Promise((then) => {
        end = then;
      }),
  });
  await settings();
  await button(/^Back up now/).click();
  await expect.element(page.getByRole('progressbar')).toBeVisible();
  expect(await violations()).toEqual([]);
  await button('Cancel').click();
  expect(asked('stop_backup')).toHaveLength(1);
  end(refuse('no_backup', { why: { kind: 'stopped' } }));
  await expect
    .element(page.getByText('Stopped. There is no new backup; those before it are as they were.'))
    .toBeVisible();
});
test('a place is chosen in the system’s own dialog, and what is refused of it is said', async () => {
  core.answer({ choose_place: refuse('no_backup', { why: { kind: 'same_place' } }) });
  await settings();
  await button('Change: Second copy: Blue stick').click();
  await expect.element(page.getByText(/This folder is the other place already/)).toBeVisible();
  core.answer({ choose_place: true });
  await button('Change: Second copy: Blue stick').click();
  await expect.poll(() => asked('back_up')).toHaveLength(1);
  expect(asked('choose_place')[1]).toEqual({ which: 'second' });
});
test('the test restore asks for the code, says which group is amiss, and what was counted', async () => {
  core.answer({
    check_code: refuse('slip', { slip: { kind: 'check' } }),
    test_restore: { file: 'x', about: restored.restored.about, records: 1284 },
  });
  await settings();
  await button('Test again: Test restore').click();
  expect(await violations()).toEqual([]);
  await typeCode();
  await button(/^Test Ctrl|^Test$|^Test ⌘/).click();
  await expect.element(page.getByRole('alert')).toBeVisible();
  expect(asked('test_restore')).toEqual([]);
  core.answer({ check_code: null });
  await page.getByLabelText('Group 8').fill('1GST');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('The backup opens. All 1,284 records in it were counted.')).toBeVisible();
  expect(asked('test_restore')[0]).toMatchObject({ pick: { kind: 'newest' } });
});
test('the records are checked when asked, and damage is the first thing that is said', async () => {
  const verified = { events: 40, since: NOW, broken_at: null, altered_note: null };
  core.answer({
    check_records: () => {
      core.answer({
        health: { ...health, checked: { at: NOW, sound: false }, followed: { at: NOW, verified, whole: true } },
      });
      return { at: NOW, sound: false };
    },
  });
  await settings();
  await button('Check now').click();
  await expect
    .element(page.getByText(/Part of the records file is not as it was written\. Two things need you/))
    .toBeVisible();
  await expect
    .element(page.getByText(/Whole: 40 entries since 15 Jan 2026, each of them and every note as it was written/))
    .toBeVisible();
});
test('the record is verified with its progress, can be stopped, and the result is a sentence', async () => {
  let end = (_: unknown): void => undefined;
  core.answer({
    verify_record: ({ progress }: { progress: { onmessage: (far: unknown) => void } }) => {
      progress.onmessage({ step: 'check', done: 1024, of: 4096 });
      return new Promise((then) => {
        end = then;
      });
    },
  });
  await settings();
  await button('Verify the record').click();
  await expect.element(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '25');
  await expect.element(page.getByText('Following the record from its first entry')).toBeVisible();
  expect(asked('verify_record')).toHaveLength(1);
  expect(await violations()).toEqual([]);
  await button('Cancel').click();
  expect(asked('stop_backup')).toHaveLength(1);
  end(refuse('stopped'));
  await expect.element(page.getByText('Stopped. Nothing was changed.')).toBeVisible();
});
test('where the record is broken it is said where, what is safe, and what to do', async () => {
  const verified = { events: 4096, since: NOW, broken_at: 77, altered_note: null };
  core.answer({ health: { ...health, followed: { at: NOW, verified, whole: false } } });
  const shown = await render(App);
  location.hash = '#/settings/backups';
  await expect
    .element(
      page.getByText(/it holds up to entry 76 of 4,096\. Entry 77 was altered.*Backups are whole.*Restore the newest/),
    )
    .toBeVisible();
  expect(await violations()).toEqual([]);
  await shown.unmount();
  core.answer({
    health: {
      ...health,
      followed: { at: NOW, verified: { ...verified, broken_at: null, altered_note: 'n7' }, whole: false },
    },
  });
  await settings();
  await expect.element(page.getByText(/the text of a note is not/)).toBeVisible();
  await expect.element(page.getByRole('link', { name: 'Open that note' })).toHaveAttribute('href', '#/notes/n7');
});
test('a second place can be given up', async () => {
  core.answer({
    give_up_second: () => {
      core.answer({ backups: { ...whole, backups: { ...whole.backups, places: [first] } } });
      return null;
    },
  });
  await settings();
  await button('Do without: Second copy: Blue stick').click();
  await expect.element(page.getByText('Second copy: no place yet')).toBeVisible();
  expect(await violations()).toEqual([]);
});
test('a backup is restored: which, the code, a passphrase, the work, what came of it', async () => {
  await settings();
  await button('Restore from a backup').click();
  await heading('Which backup');
  expect(await violations()).toEqual([]);
  await button(/Use this one: Yesterday, 22:30/).click();
  await heading('The recovery code');
  expect(await violations()).toEqual([]);
  await toRunning();
  await heading('The records are restored');
  await expect.element(page.getByText(/All 1,284 records are here, as they were yesterday at 22:30/)).toBeVisible();
  await expect.element(page.getByText(/3 entries made after it, until today at 11:02/)).toBeVisible();
  await expect.element(page.getByText('before-restore-2026-01-15-1118')).toBeVisible();
  core.answer({ show_folder: null });
  await button('Show the folder').click();
  expect(asked('show_folder')).toHaveLength(1);
  expect(await violations()).toEqual([]);
  expect(asked('restore')[0]).toMatchObject({
    pick: { kind: 'found', place: 'first', file: 'anteroom-0.anteroom' },
    passphrase: secret,
    otherRecords: false,
  });
  const before = asked('standing').length;
  await button('Open').click();
  await expect.poll(() => asked('standing').length).toBeGreaterThan(before);
  await expect.element(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
});
test('a restore is stopped with Escape, and nothing has changed', async () => {
  let end = (_: unknown): void => undefined;
  core.answer({
    restore: () =>
      new Promise((then) => {
        end = then;
      }),
  });
  await settings();
  await button('Restore from a backup').click();
  await button(/Use this one: Yesterday, 22:30/).click();
  await toRunning();
  await heading('Restoring the backup of Yesterday, 22:30');
  await expect.element(page.getByText(/You can cancel until then, and nothing will have changed/)).toBeVisible();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => asked('stop_backup')).toHaveLength(1);
  end(refuse('backup_not_used', { why: { kind: 'stopped' } }));
  await heading('A passphrase for the restored records');
});
test('every reason for which a backup is not used has its page, says that nothing was changed, and offers another', async () => {
  const reasons: NotUsed[] = [
    { kind: 'missing' },
    { kind: 'not_a_backup' },
    { kind: 'damaged', part: 'seal' },
    { kind: 'newer' },
    { kind: 'other_records' },
    { kind: 'no_room', needed: 50_000_000, free: 1_000_000 },
    { kind: 'read_only' },
    { kind: 'barred', why: { kind: 'no_store' } },
    { kind: 'disk', code: 5 },
  ];
  const said = new Set<string>();
  await settings();
  for (const why of reasons) {
    core.answer({ found_backups: [{ ...found[0], not_used: why }, found[1]] });
    await button('Restore from a backup').click();
    await button(/Use this one: Yesterday, 22:30/).click();
    await expect.element(page.getByText('Backup not used')).toBeVisible();
    const text = document.querySelector('.state')?.textContent ?? '';
    expect(text, why.kind).toMatch(/Nothing was changed/);
    expect(text, why.kind).toContain('Use the backup of 6 Jan');
    expect(text).not.toMatch(/\{|\$|undefined|not-used/);
    said.add(document.querySelector('h1')?.textContent ?? '');
    if (why.kind === 'damaged') {
      await button('Show the details').click();
      await expect.element(page.getByText('Where it showed: its seal')).toBeVisible();
      expect(await violations()).toEqual([]);
    }
    await button('Choose another').click();
    await button('Not now').click();
    await heading('Settings');
  }
  expect(said.size).toBe(reasons.length);
});
test('other records take the place of these only when that is said', async () => {
  core.answer({ restore: refuse('backup_not_used', { why: { kind: 'other_records' } }) });
  await settings();
  await button('Restore from a backup').click();
  await button(/Use this one: Yesterday, 22:30/).click();
  await toRunning();
  await heading('This backup is of other records');
  core.answer({ restore: restored });
  await button('Restore all the same').click();
  await button('Restore').click();
  await heading('The records are restored');
  expect(asked('restore').map((args) => args.otherRecords)).toEqual([false, true]);
});
test('a wrong code is said beside the code', async () => {
  core.answer({ restore: refuse('backup_not_used', { why: { kind: 'wrong_code' } }) });
  await settings();
  await button('Restore from a backup').click();
  await button(/Use this one: Yesterday, 22:30/).click();
  await toRunning();
  await heading('The recovery code');
  await expect.element(page.getByText(/This code does not open this backup/)).toBeVisible();
});
test('on a bare machine, and where the records cannot be opened, a backup is a way in', async () => {
  core.answer({
    standing: { kind: 'first_run' },
    zones: ['Europe/London'],
    choose_backup: { ...found[0], place: null },
  });
  const shown = await render(App);
  await button('Restore from a backup').click();
  await heading('Which backup');
  await button('Choose a file').click();
  await heading('The recovery code');
  await toRunning();
  await heading('The records are restored');
  expect(asked('restore')[0]).toMatchObject({ pick: { kind: 'chosen' } });
  await button('Open').click();
  await shown.unmount();
  core.answer({ standing: { kind: 'barred', barred: { kind: 'database_damaged' }, folder: '/x', sample: false } });
  await render(App);
  await button('Restore from a backup').click();
  await heading('Which backup');
});
test('a backup that is opened in the file manager begins restoring, at the start and later', async () => {
  const handed = { ...found[0], place: null };
  core.answer({ standing: { kind: 'first_run' }, zones: ['Europe/London'], handed_backup: handed });
  const shown = await render(App);
  await heading('The recovery code');
  await shown.unmount();
  Object.assign(restoring, { asked: false, of: undefined });

  core.answer({ standing: open, handed_backup: null });
  await render(App);
  await expect.poll(() => asked('handed_backup')).toHaveLength(2);
  core.answer({ handed_backup: handed });
  await core.handed();
  await heading('The recovery code');
  expect(asked('restore')).toHaveLength(0);
});
test('records that are behind are offered the backup that the core says, and no other', async () => {
  const behind = { ended_at: '2026-01-15T10:58:00Z', confirmed_at: NOW, missing: 25 };
  core.answer({
    standing: { kind: 'behind', behind },
    found_backups: [
      { ...found[1], beyond: 30 },
      { ...found[0], beyond: 25, offered: true },
    ],
  });
  await render(App);
  await expect.element(page.getByText('Restore the backup of yesterday at 22:30')).toBeVisible();
  await expect.element(page.getByText(/25 entries further than these records/)).toBeVisible();
  await button('Restore').click();
  await heading('The recovery code');
});
test('records that are behind are offered no backup where the core offers none', async () => {
  const behind = { ended_at: '2026-01-15T10:58:00Z', confirmed_at: NOW, missing: 25 };
  core.answer({ standing: { kind: 'behind', behind }, found_backups: [{ ...found[0], beyond: 25 }] });
  await render(App);
  await expect.poll(() => asked('found_backups')).not.toHaveLength(0);
  await expect.element(page.getByText(/Put back/)).toBeVisible();
  await expect.element(button('Restore')).not.toBeInTheDocument();
});
test('set-up makes the first copy at once, lets the second place wait, and asks for one test', async () => {
  core.answer({
    standing: { ...open, needs_kit: false },
    zones: ['Europe/London'],
    backups: { ...whole, backups: { places: [first], last_test: null, test_due: true, begun: true } },
    test_restore: { file: 'x', about: restored.restored.about, records: 0 },
  });
  const { default: BackupsStep } = await import('./setup/BackupsStep.svelte');
  draft.step = 'backups';
  let next = 0;
  await render(BackupsStep, {
    onnext: () => {
      next += 1;
    },
  });
  await heading('Two places for backups');
  await expect.poll(() => asked('back_up')).toHaveLength(1);
  await expect
    .element(page.getByText(/212 GB free. First copy made 07:30, 41 MB, read back and checked/))
    .toBeVisible();
  await expect.element(page.getByText(/losing this computer loses the records and their backups/)).toBeVisible();
  await expect.element(button('Continue')).toBeDisabled();
  await expect.element(page.getByText('One test to go')).toBeVisible();
  await button('Test now').click();
  await typeCode();
  core.answer({
    backups: {
      ...whole,
      backups: { places: [first], last_test: { at: NOW, file: 'x', records: 0 }, test_due: false, begun: true },
    },
  });
  await button(/^Test Ctrl|^Test$|^Test ⌘/).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Close/ })
    .click();
  await button('Continue').click();
  expect(next).toBe(1);
});
test('a window that closes says that it is backing up, and need not wait', async () => {
  core.answer({ close_window: () => new Promise(() => undefined) });
  await settings();
  await core.leaving();
  await expect.element(page.getByRole('heading', { name: 'Backing up before closing…' })).toBeVisible();
  expect(await violations()).toEqual([]);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Close now/ })
    .click();
  expect(asked('stop_backup')).toHaveLength(1);
});
