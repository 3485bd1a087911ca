import { beforeEach, expect, test, vi } from 'vitest';
import App from './App.svelte';
import type { UpdateRequest, UpdatesPage } from './ipc/bindings';
import { fake, page, refuse, render, userEvent, violations } from './testing';
import { NOW } from './testing/setup';

const HOST = 'updates.example.org';
const frame = { awaiting_approval: 0, discreet: false, is_sample: false, now: NOW, zone: 'Europe/London' };
const look = { theme: 'system', zoom: 100, text_size: 'usual', week_start: 'monday', clock: 'h24' };
const newer = { version: '0.2.0', notes: 'Kinder words.\nA wider margin.' };

const request = (id: string, at: string, more: Partial<UpdateRequest>): UpdateRequest => ({
  id,
  at,
  host: HOST,
  sent: 'look',
  version: '0.1.0',
  system: 'linux x86_64',
  answer: null,
  newer: null,
  bytes: null,
  ...more,
});
const made = [
  request('5', '2026-01-15T08:33:00Z', { sent: 'download', answer: 'downloaded', newer: '0.2.0', bytes: 34_000_000 }),
  request('4', '2026-01-15T08:31:00Z', { answer: 'newer', newer: '0.2.0' }),
  request('3', '2026-01-14T08:29:00Z', { answer: 'current' }),
  request('2', '2026-01-13T08:40:00Z', {}),
  request('1', '2026-01-12T08:40:00Z', { answer: 'insecure' }),
];
const off: UpdatesPage = {
  version: '0.1.0',
  host: HOST,
  knows_key: true,
  since: null,
  newer: null,
  requests: { count: 0, newest: [] },
};
const on: UpdatesPage = { ...off, since: '2026-01-04T10:00:00Z' };
const ready: UpdatesPage = { ...on, newer, requests: { count: 5, newest: made.slice(0, 4) } };

let core: ReturnType<typeof fake>;
beforeEach(() => {
  core = fake({
    standing: { kind: 'open', sample: false, needs_kit: false },
    frame,
    appearance: look,
    about: { version: '0.1.0', folder: '/home/ines/.local/share/org.anteroom.desktop', licences: [] },
    updates: off,
    undoable: null,
    'plugin:webview|set_webview_zoom': null,
  });
});
async function about(updates: UpdatesPage): Promise<void> {
  await page.viewport(960, 640);
  core.answer({ updates });
  location.hash = '#/settings/about';
  await render(App);
  await expect.element(page.getByRole('heading', { level: 2, name: 'Updates' })).toBeVisible();
}
const asked = (name: string) => core.asked.filter((a) => a.name === name).map((a) => a.args);
const checks = () => page.getByRole('switch', { name: 'Check for updates' });
const install = () => page.getByRole('button', { name: 'Back up, then install 0.2.0' });
const dialog = () => page.getByRole('dialog', { name: 'Install 0.2.0' });
/** An installation that goes on until it is told how it ends. */
function installing() {
  let end: (answer: unknown) => void = () => undefined;
  let say: (far: unknown) => void = () => undefined;
  core.answer({
    install_update: ({ progress }: { progress: { onmessage: (far: unknown) => void } }) => {
      say = (far) => progress.onmessage(far);
      return new Promise((answer) => {
        end = answer;
      });
    },
  });
  return { end: (answer: unknown) => end(answer), say: (far: unknown) => say(far) };
}

test('until it is turned on it says that nothing leaves, who would be asked, and what is sent', async () => {
  await about(off);
  await expect.element(page.getByText('Update checks are off, and nothing leaves this computer.')).toBeVisible();
  await expect.element(page.getByText(/asks updates\.example\.org once a day.*nothing else/)).toBeVisible();
  await expect.element(checks()).not.toBeChecked();
  await expect.element(page.getByText('None since these records were begun.')).toBeVisible();
  expect(page.getByRole('button', { name: 'Check now' }).elements()).toHaveLength(0);
  expect(core.asked.some((a) => a.name === 'look_for_update')).toBe(false);
  expect(await violations()).toEqual([]);
});
test('turned on by the keyboard it asks at once, and what came of it is listed', async () => {
  core.answer({
    set_looking: null,
    look_for_update: () => {
      core.answer({
        updates: { ...on, since: NOW, requests: { count: 1, newest: [request('1', NOW, { answer: 'current' })] } },
      });
      return null;
    },
  });
  await about(off);
  (checks().element() as HTMLElement).focus();
  await userEvent.keyboard(' ');
  await expect.element(page.getByText(/^Anteroom 0\.1\.0\. It was the current version today at/)).toBeVisible();
  await expect.element(checks()).toBeChecked();
  await expect.element(page.getByRole('cell', { name: '0.1.0 is current' })).toBeVisible();
  expect(asked('set_looking')).toEqual([{ on: true }]);
  expect(asked('look_for_update')).toHaveLength(1);
});
test('turned off it asks nobody', async () => {
  core.answer({
    set_looking: () => {
      core.answer({ updates: off });
      return null;
    },
  });
  await about(on);
  await expect.element(page.getByText(/^On since 4 Jan\. One request a day to updates\.example\.org/)).toBeVisible();
  await checks().click();
  await expect.element(checks()).not.toBeChecked();
  expect(asked('set_looking')).toEqual([{ on: false }]);
  expect(asked('look_for_update')).toHaveLength(0);
});
test('what was refused is said under the row, and the switch stands as the core has it', async () => {
  core.answer({ look_for_update: refuse('no_update', { why: { kind: 'no_server' } }) });
  await about(on);
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect.element(page.getByRole('alert')).toHaveTextContent(/^Nobody answered\. Nothing was installed/);
  await expect.element(checks()).toBeChecked();
  expect(await violations()).toEqual([]);
});
test('a copy without an address or a key says so and asks nobody', async () => {
  await about({ ...off, host: null, knows_key: false });
  await expect.element(page.getByText(/made without an address to ask/)).toBeVisible();
  await expect.element(checks()).toBeDisabled();
  await expect.element(page.getByText(/made without the key/)).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Choose a file' })).toBeDisabled();
});
test('the sample practice asks nobody', async () => {
  core.answer({ standing: { kind: 'open', sample: true, needs_kit: false }, frame: { ...frame, is_sample: true } });
  await about(off);
  await expect.element(page.getByText(/^Not in the sample practice/)).toBeVisible();
  await expect.element(checks()).toBeDisabled();
  await expect.element(page.getByRole('button', { name: 'Choose a file' })).toBeDisabled();
});
test('every request is listed, the newest first, and all when they are asked for', async () => {
  core.answer({ update_requests: made });
  await about(ready);
  const rows = page.getByRole('table', { name: 'Requests made' }).getByRole('row');
  await expect.element(page.getByText('5, all listed')).toBeVisible();
  expect(rows.elements()).toHaveLength(5);
  await expect.element(page.getByRole('cell', { name: 'Today, 08:33' })).toBeVisible();
  await expect.element(page.getByRole('cell', { name: '34 MB, signed' })).toBeVisible();
  await expect.element(page.getByRole('cell', { name: '0.2.0 is out' })).toBeVisible();
  await expect.element(page.getByRole('cell', { name: '0.1.0, Linux, 64-bit' }).first()).toBeVisible();
  await expect.element(page.getByRole('cell', { name: 'No answer' })).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect.element(page.getByRole('cell', { name: /unencrypted: not followed/ })).toBeVisible();
  expect(rows.elements()).toHaveLength(6);
  expect(page.getByRole('button', { name: 'Show all' }).elements()).toHaveLength(0);
});
test('what changes can be read before anything happens', async () => {
  await about(ready);
  await expect.element(page.getByText('Anteroom 0.1.0. Version 0.2.0 is ready to install.')).toBeVisible();
  await page.getByRole('button', { name: 'What changes' }).click();
  await expect.element(page.getByRole('dialog', { name: 'What changes in 0.2.0' })).toBeVisible();
  await expect.element(page.getByText(/A wider margin/)).toBeVisible();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await install().click();
  await expect.element(page.getByText(/backed up first\. Then Anteroom closes/)).toBeVisible();
  await expect.element(page.getByText(/A wider margin/)).toBeVisible();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  expect(asked('install_update')).toHaveLength(0);
});
test('installing says how far it is, and can be stopped until the system installs', async () => {
  const run = installing();
  core.answer({
    stop_update: () => {
      run.end(refuse('no_update', { why: { kind: 'stopped' } }));
      return null;
    },
  });
  await about(ready);
  await install().click();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByRole('progressbar', { name: 'Install 0.2.0' })).toBeVisible();
  expect(asked('install_update')[0]?.source).toBe('address');
  run.say({ step: 'back_up', done: 1, of: 2 });
  await expect.element(page.getByText('Backing up your records')).toBeVisible();
  run.say({ step: 'download', done: 12_000_000, of: 34_000_000 });
  await expect.element(page.getByText('Fetching 0.2.0: 12 MB of 34 MB')).toBeVisible();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog().getByRole('status')).toHaveTextContent(/^Stopped\. Nothing was installed/);
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByRole('progressbar', { name: 'Install 0.2.0' })).toBeVisible();
  run.say({ step: 'install', done: 0, of: 0 });
  await expect.element(page.getByText(/^Your system installs it now/)).toBeVisible();
  await userEvent.keyboard('{Escape}');
  expect(asked('stop_update')).toHaveLength(1);
  run.end(refuse('no_update', { why: { kind: 'not_installed' } }));
  await expect.element(dialog().getByRole('alert')).toHaveTextContent(/^Your system did not install it/);
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  await expect.element(install()).toHaveFocus();
});
test('a running session and a missing backup are said with what to do', async () => {
  core.answer({
    install_update: refuse('no_update', { why: { kind: 'session_now', ends_at: '2026-01-15T12:50:00Z' } }),
  });
  await about(ready);
  await install().click();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(dialog().getByRole('alert')).toHaveTextContent(/^A session is running until 12:50\./);
  core.answer({ install_update: refuse('no_update', { why: { kind: 'no_backup', why: { kind: 'place_missing' } } }) });
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(dialog().getByRole('alert')).toHaveTextContent(/^No backup could be made first.*Plug it in/);
});
test('a file is checked first, and installed the same way', async () => {
  installing();
  core.answer({ choose_update_file: refuse('no_update', { why: { kind: 'not_newer' } }) });
  await about(off);
  const choose = page.getByRole('button', { name: 'Choose a file' });
  await choose.click();
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent(/^This file is the version you have, or an older one/);
  core.answer({ choose_update_file: null });
  await choose.click();
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  core.answer({ choose_update_file: { version: '0.2.0', notes: '' } });
  await choose.click();
  await expect.element(dialog()).toBeVisible();
  await expect.element(page.getByText('Its makers have not said what changes.')).toBeVisible();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await vi.waitFor(() => expect(asked('install_update')[0]?.source).toBe('file'));
});
