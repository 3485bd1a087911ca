import { beforeEach, expect, test, vi } from 'vitest';
import App from './App.svelte';
import type { Standing } from './ipc/bindings';
import { keeper } from './shell';
import { locking } from './shell/lock.svelte';
import { fake, page, refuse, render, userEvent, violations } from './testing';
import { today } from './testing/fixtures/sessions';
import { NOW } from './testing/setup';

type Locked = Extract<Standing, { kind: 'locked' }>;
const locked: Locked = {
  kind: 'locked',
  since: '2026-01-15T11:02:00Z',
  because: 'quiet',
  quiet_minutes: 5,
  theme: null,
  asks_passphrase: true,
  wrong: false,
  wait_seconds: 0,
};
const open = { kind: 'open', sample: false, needs_kit: false };
const code = { groups: ['7KQM', 'X2RD', '94TV', 'HN6P', 'CB3W', 'E8JY', '5ZAF', '1GST'], check: '8R' };

let core: ReturnType<typeof fake>;
beforeEach(() => {
  locking.failure = '';
  core = fake({
    standing: locked,
    lock: null,
    frame: { awaiting_approval: 3, discreet: false, is_sample: false, now: NOW, zone: 'Europe/London' },
    appearance: { theme: 'system', zoom: 100, text_size: 'usual', week_start: 'monday', clock: 'h24' },
    'plugin:webview|set_webview_zoom': null,
    passphrase_strength: { score: 4, words: 5, enough: true, weakness: null },
    today,
    find: { clients: [], notes: [], notes_total: 0, notes_more: false, searched: 0 },
    undoable: null,
  });
});
const passphrase = () => page.getByLabelText('Passphrase', { exact: true });
const asked = (name: string) => core.asked.filter((a) => a.name === name);
const practice = () => expect.element(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
function opens(): typeof open {
  core.answer({ standing: open });
  return open;
}

test('the lock breaks no rule of accessibility, at rest and after a wrong passphrase', async () => {
  core.answer({ unlock: { ...locked, wrong: true, wait_seconds: 60 } });
  await render(App);
  await expect.element(page.getByRole('heading', { level: 1, name: 'Locked' })).toBeVisible();
  expect(await violations()).toEqual([]);
  await passphrase().fill('harbour');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText(/does not open the records/)).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Use the recovery kit' }).click();
  await expect.element(page.getByLabelText('Group 1')).toHaveFocus();
  expect(await violations()).toEqual([]);
});
test('it says since when and why, and nothing of the records', async () => {
  const said: Record<string, RegExp> = {
    asked: /^Since 11:02, when you locked it$/,
    quiet: /^Since 11:02, after five quiet minutes$/,
    slept: /^Since 11:02, when the computer slept$/,
    system: /^Since 11:02, with the lock of the system$/,
  };
  for (const [because, words] of Object.entries(said)) {
    core.answer({ standing: { ...locked, because } });
    const shown = await render(App);
    await expect.element(page.getByText(words)).toBeVisible();
    await shown.unmount();
  }
  core.answer({ standing: { ...locked, since: '2026-01-14T18:30:00Z' } });
  await render(App);
  await expect.element(page.getByText(/^Since yesterday at 18:30/)).toBeVisible();
  expect(
    core.asked.filter(
      (a) => !['standing', 'active', 'handed_backup'].includes(a.name) && !a.name.startsWith('plugin:'),
    ),
  ).toEqual([]);
});
test('at a fresh start only the name stands there', async () => {
  core.answer({ standing: { ...locked, since: null, because: null } });
  await render(App);
  await expect.element(page.getByRole('heading', { level: 1, name: 'Anteroom' })).toBeVisible();
  await expect.element(passphrase()).toHaveFocus();
  await expect.element(page.getByText(/^Since/)).not.toBeInTheDocument();
});
test('the passphrase opens the records where one was, by the keyboard alone, and is gone from the window', async () => {
  location.hash = '#/calendar';
  core.answer({ unlock: opens });
  await render(App);
  await expect.element(passphrase()).toHaveFocus();
  await userEvent.keyboard('harbour quiet almond{Enter}');
  await practice();
  expect(asked('unlock')).toEqual([{ name: 'unlock', args: { passphrase: 'harbour quiet almond' } }]);
  await expect.element(page.getByRole('link', { name: 'Calendar' })).toHaveAttribute('aria-current', 'page');
  expect(document.documentElement.outerHTML).not.toContain('almond');
});
test('a wrong passphrase says so, empties the field, and counts down to the next try', async () => {
  core.answer({ unlock: { ...locked, wrong: true, wait_seconds: 2 } });
  await render(App);
  await passphrase().fill('harbour');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Try again in 2 seconds.')).toBeVisible();
  await expect.element(passphrase()).toHaveValue('');
  await expect.element(passphrase()).toHaveFocus();
  await expect.element(passphrase()).toHaveAccessibleDescription(/does not open the records\. Try again in/);
  await expect.element(page.getByRole('button', { name: 'Unlock' })).toBeDisabled();
  await userEvent.keyboard('harbour quiet{Enter}');
  expect(asked('unlock')).toHaveLength(1);
  await expect.element(page.getByText('Try again in one second.')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Unlock' })).toBeEnabled();
  core.answer({ unlock: opens });
  await userEvent.keyboard('{Enter}');
  await practice();
});
test('what is typed is covered until it is to be seen, and no system fills it in', async () => {
  await render(App);
  await expect.element(passphrase()).toHaveAttribute('type', 'password');
  await expect.element(passphrase()).toHaveAttribute('autocomplete', 'off');
  await expect.element(passphrase()).toHaveAttribute('spellcheck', 'false');
  await page.getByRole('button', { name: 'Show passphrase' }).click();
  await expect.element(passphrase()).toHaveAttribute('type', 'text');
  await page.getByRole('button', { name: 'Hide passphrase' }).click();
  await expect.element(passphrase()).toHaveAttribute('type', 'password');
});
test('without a passphrase there is only the button', async () => {
  core.answer({ standing: { ...locked, asks_passphrase: false }, unlock: opens });
  await render(App);
  await expect.element(page.getByRole('button', { name: 'Unlock' })).toHaveFocus();
  expect(document.querySelectorAll('input')).toHaveLength(0);
  await userEvent.keyboard('{Enter}');
  await practice();
  expect(asked('unlock')).toEqual([{ name: 'unlock', args: { passphrase: null } }]);
});
test('what stands in the way of opening has its own page', async () => {
  core.answer({
    unlock: { kind: 'barred', barred: { kind: 'no_store' }, folder: '/home/ines/Anteroom', sample: false },
  });
  await render(App);
  await passphrase().fill('harbour');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('heading', { level: 1, name: 'No password store is running' })).toBeVisible();
});
test('the recovery kit opens locked records and asks for a new passphrase', async () => {
  core.answer({
    try_code: null,
    recover: opens,
  });
  await render(App);
  await page.getByRole('button', { name: 'Use the recovery kit' }).click();
  await expect.element(page.getByLabelText('Group 1')).toHaveFocus();
  await userEvent.keyboard('7kqmx2rd94tvhn6pcb3we8jy5zaf1gst8r{Enter}');
  await expect.element(page.getByLabelText('New passphrase')).toHaveFocus();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('tin lantern eleven moss quay');
  await page.getByLabelText('Again').fill('tin lantern eleven moss quay');
  await expect.element(page.getByRole('button', { name: 'Open the records' })).toBeEnabled();
  await userEvent.keyboard('{Enter}');
  await practice();
  expect(asked('try_code').map((a) => a.args)).toEqual([{ written: code }]);
  expect(asked('recover').map((a) => a.args)).toEqual([{ written: code, passphrase: 'tin lantern eleven moss quay' }]);
});
test('from the kit one comes back to the passphrase, and is told what remains without it', async () => {
  await render(App);
  await page.getByRole('button', { name: 'Use the recovery kit' }).click();
  await page.getByRole('button', { name: 'I no longer have the kit' }).click();
  await expect.element(page.getByText(/Without the kit only the passphrase opens these records/)).toBeVisible();
  await page.getByRole('button', { name: 'Use the recovery kit' }).click();
  await expect.element(page.getByLabelText('Group 1')).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await expect.element(passphrase()).toHaveFocus();
});

test('Ctrl L saves what is being written, then locks', async () => {
  core.answer({ standing: open });
  await render(App);
  await practice();
  const order: string[] = [];
  keeper(async () => {
    order.push('saved');
    return NOW;
  }).changed();
  core.answer({
    lock: () => {
      order.push('locked');
      return null;
    },
  });
  await userEvent.keyboard('{Control>}l{/Control}');
  await vi.waitFor(() => expect(order).toEqual(['saved', 'locked']));
});
test('Ctrl L is there in dialogs and in their fields, in the sidebar, in Find and on the sheet of shortcuts', async () => {
  core.answer({ standing: open });
  await render(App);
  await practice();
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(page.getByRole('combobox')).toHaveFocus();
  await userEvent.keyboard('{Control>}l{/Control}');
  await vi.waitFor(() => expect(asked('lock')).toHaveLength(1));
  await userEvent.keyboard('lock{Enter}');
  await vi.waitFor(() => expect(asked('lock')).toHaveLength(2));
  await page.getByRole('button', { name: 'Lock' }).click();
  await vi.waitFor(() => expect(asked('lock')).toHaveLength(3));
  await userEvent.keyboard('{Control>}/{/Control}');
  await expect.element(page.getByText('Ctrl L').last()).toBeVisible();
  await userEvent.keyboard('{Control>}l{/Control}');
  await vi.waitFor(() => expect(asked('lock')).toHaveLength(4));
});
test('what cannot be saved is said before it would be lost; a second time locks all the same', async () => {
  core.answer({ standing: open });
  await render(App);
  await practice();
  const one = keeper(() => Promise.reject(new Error('full')));
  one.changed();
  await userEvent.keyboard('{Control>}l{/Control}');
  await expect.element(page.getByText(/^Not locked: what you wrote last could not be saved/)).toBeVisible();
  expect(asked('lock')).toHaveLength(0);
  await userEvent.keyboard('{Control>}l{/Control}');
  await vi.waitFor(() => expect(asked('lock')).toHaveLength(1));
  one.drop();
});
test('whatever the core refuses because it is locked, the lock is shown', async () => {
  core.answer({ standing: open });
  await render(App);
  await practice();
  core.answer({ standing: locked, set_discreet: refuse('locked') });
  await userEvent.keyboard('{Control>}d{/Control}');
  await expect.element(page.getByRole('heading', { level: 1, name: 'Locked' })).toBeVisible();
  await expect.element(page.getByRole('navigation')).not.toBeInTheDocument();
});
test('the core is told that someone is there, at most once in five seconds, and not while locked', async () => {
  const shown = await render(App);
  await expect.element(passphrase()).toBeVisible();
  window.dispatchEvent(new PointerEvent('pointermove'));
  expect(asked('active')).toHaveLength(0);
  await shown.unmount();
  core.answer({ standing: open });
  await render(App);
  await practice();
  const clock = vi.spyOn(performance, 'now');
  const begun = performance.now();
  const before = asked('active').length;
  for (const [after, sign] of [
    [6000, 'keydown'],
    [7000, 'wheel'],
    [10900, 'pointermove'],
    [11100, 'pointerdown'],
  ] as const) {
    clock.mockReturnValue(begun + after);
    window.dispatchEvent(new Event(sign));
  }
  expect(asked('active')).toHaveLength(before + 2);
  clock.mockRestore();
});
