import { beforeEach, expect, test, vi } from 'vitest';
import App from './App.svelte';
import type { Barred, KeyringFault } from './ipc/bindings';
import { fake, page, render, userEvent, violations } from './testing';
import { NOW } from './testing/setup';
import { ways } from './states/ways';

const folder = '/home/ines/.local/share/org.anteroom.desktop';
const faults: KeyringFault[] = ['timed_out', 'no_keyring', 'ambiguous', 'not_a_secret', 'not_kept', 'platform'];
const all: Barred[] = (Object.keys(ways) as Barred['kind'][]).flatMap((kind): Barred[] => {
  if (kind === 'store_failed') return faults.map((reason) => ({ kind, reason }));
  if (kind === 'newer') return [{ kind, found: 9, known: 8 }];
  if (kind === 'vault_file_newer') return [{ kind, format: 2 }];
  if (kind === 'disk' || kind === 'database')
    return [
      { kind, code: 5 },
      { kind, code: null },
    ];
  return [{ kind }];
});
const barred = (what: Barred, sample = false) => ({ kind: 'barred', barred: what, folder, sample });

let core: ReturnType<typeof fake>;
beforeEach(() => {
  core = fake({
    standing: barred({ kind: 'read_only' }),
    open_sample: { kind: 'open', sample: true },
    frame: { awaiting_approval: 0, discreet: false, is_sample: false, now: NOW, zone: 'Europe/London' },
    appearance: { theme: 'system', zoom: 100, text_size: 'usual', week_start: 'monday', clock: 'h24' },
    'plugin:webview|set_webview_zoom': null,
    undoable: null,
  });
});

test('every state has its own sentence, says that nothing was lost, and shows the folder', async () => {
  const seen = new Set<string>();
  for (const what of all) {
    core.answer({ standing: barred(what) });
    const shown = await render(App);
    await expect.element(page.getByRole('heading', { level: 1 })).toHaveFocus();
    const text = document.querySelector('.state')?.textContent ?? '';
    const words = `${page.getByRole('heading', { level: 1 }).element().textContent} ${document.querySelector('.state > p.num')?.textContent}`;
    expect(seen).not.toContain(words);
    seen.add(words);
    expect(text, JSON.stringify(what)).toMatch(/nothing|neither|have not been|has not|none was/i);
    expect(text).toContain(folder);
    expect(text).not.toContain('barred-');
    expect(text).not.toMatch(/\{|\$|undefined|null/);
    await shown.unmount();
  }
});
test('a state breaks no rule of accessibility', async () => {
  core.answer({ standing: barred({ kind: 'key_gone' }) });
  await render(App);
  await expect.element(page.getByText(/org\.anteroom\.desktop\.$/)).toBeVisible();
  expect(await violations()).toEqual([]);
});
test('trying again says so when nothing has changed, and goes on when it has', async () => {
  await render(App);
  await userEvent.keyboard('{Tab}{Enter}');
  await expect.element(page.getByRole('status')).toHaveTextContent(/Tried at .* still as described/);
  core.answer({ standing: { kind: 'open', sample: false } });
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
});
test('what stands in the way now is not said to be as it was', async () => {
  await render(App);
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveFocus();
  core.answer({ standing: barred({ kind: 'store_locked' }) });
  await userEvent.keyboard('{Tab}{Enter}');
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('The password store is locked');
  await expect.element(page.getByRole('status')).not.toHaveTextContent(/still as described/);
});
test('a locked store is unlocked by asking again', async () => {
  core.answer({ standing: barred({ kind: 'store_locked' }) });
  await render(App);
  core.answer({ standing: { kind: 'open', sample: false } });
  await page.getByRole('button', { name: 'Unlock the store' }).click();
  await expect.element(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
});
test('the sample is offered where it would open, and only there', async () => {
  const shown = await render(App);
  await expect.element(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Open the sample' })).not.toBeInTheDocument();
  await shown.unmount();
  core.answer({ standing: barred({ kind: 'key_gone' }) });
  await render(App);
  core.answer({ standing: { kind: 'open', sample: true } });
  await page.getByRole('button', { name: 'Open the sample' }).click();
  await vi.waitFor(() => expect(core.asked.some((a) => a.name === 'open_sample')).toBe(true));
  await expect.element(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
});
test('from a sample that does not open one comes back to your own records', async () => {
  core.answer({
    standing: barred({ kind: 'disk_full' }, true),
    leave_sample: () => {
      core.answer({ standing: { kind: 'open', sample: false } });
      return { kind: 'open', sample: false };
    },
  });
  await render(App);
  await page.getByRole('button', { name: 'Leave the sample' }).click();
  await expect.element(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
});
