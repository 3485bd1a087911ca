import { beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import App from './App.svelte';
import { fake, refuse } from './ipc/fake';
import { close, keeper, open } from './shell';
import { violations } from './testing/axe';
import { today } from './testing/fixtures/sessions';
import { NOW } from './testing/setup';
import { when } from './text/when.svelte';

let core: ReturnType<typeof fake>;
beforeEach(() => {
  core = fake({
    standing: { kind: 'open', sample: false, needs_kit: false },
    frame: { awaiting_approval: 3, discreet: false, is_sample: false, now: NOW, zone: 'Europe/London' },
    appearance: { theme: 'system', zoom: 100, text_size: 'usual', week_start: 'monday', clock: 'h24' },
    'plugin:webview|set_webview_zoom': null,
    today,
    undoable: null,
    undo: null,
  });
});

/** Keys act once the page is there. */
async function shown(): Promise<void> {
  await render(App);
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test('the frame breaks no rule of accessibility', async () => {
  await render(App);
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await violations()).toEqual([]);
});
test('the number keys lead to the places and the heading takes the focus', async () => {
  await shown();
  await userEvent.keyboard('{Control>}2{/Control}');
  await expect.element(page.getByRole('heading', { level: 1, name: 'Clients' })).toHaveFocus();
  await expect.element(page.getByRole('link', { name: 'Clients' })).toHaveAttribute('aria-current', 'page');
});
test('Esc goes back where one came from', async () => {
  await shown();
  await userEvent.keyboard('{Control>}2{/Control}');
  await expect.element(page.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible();
  await userEvent.keyboard('{Control>}3{/Control}');
  await expect.element(page.getByRole('heading', { level: 1, name: 'Calendar' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible();
});
test('all shortcuts stand on one sheet', async () => {
  await shown();
  await userEvent.keyboard('{Control>}/{/Control}');
  await expect.element(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
  await expect.element(page.getByText('Ctrl 1 to Ctrl 4')).toBeVisible();
  await expect.element(page.getByText('Today, Clients, Calendar, Notes')).toBeVisible();
  expect(await violations()).toEqual([]);
  // The last look was at 960: its beginning is in sight, not its end.
  expect(document.querySelector('.dialog')?.scrollTop).toBe(0);
  await page.viewport(1280, 800);
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
});
test('what can be undone stands at the foot, and Ctrl Z undoes it', async () => {
  core.answer({
    undoable: { deed: 'homework_done', what: { kind: 'shown', text: 'Sleep diary' }, redo: false, seconds: null },
  });
  await render(App);
  await expect.element(page.getByText('Marked as done.')).toBeVisible();
  core.answer({ undoable: null });
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.element(page.getByText('Marked as done.')).not.toBeInTheDocument();
  expect(core.asked.some((a) => a.name === 'undo')).toBe(true);
});
test('that there is nothing to undo is said calmly, and not on the next page', async () => {
  core.answer({ undo: refuse('nothing_to_undo') });
  await shown();
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.element(page.getByRole('status').filter({ hasText: 'There is nothing to undo.' })).toBeVisible();
  await expect.element(page.getByRole('alert').filter({ hasText: 'undo' })).not.toBeInTheDocument();
  await userEvent.keyboard('{Control>}2{/Control}');
  await expect.element(page.getByText('There is nothing to undo.')).not.toBeInTheDocument();
});
test('what can be undone for seconds only goes when they are over', async () => {
  core.answer({ undoable: { deed: 'note_approved', what: null, redo: false, seconds: 1 } });
  await render(App);
  await expect.element(page.getByText('Session completed, note locked.')).toBeVisible();
  await expect.element(page.getByText('Stays until your next change.')).not.toBeInTheDocument();
  core.answer({ undoable: null });
  await vi.waitFor(() => expect(page.getByText('Session completed, note locked.').query()).toBeNull(), 3000);
});
test('without records the first run stands in the window', async () => {
  core.answer({ standing: { kind: 'first_run' } });
  await render(App);
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect.element(page.getByRole('navigation')).not.toBeInTheDocument();
});
test('a system that names no language has its times in 24 hours', async () => {
  core.answer({ appearance: { theme: 'dark', zoom: 100, text_size: 'usual', week_start: 'monday', clock: 'system' } });
  const language = vi.spyOn(navigator, 'language', 'get').mockReturnValue('C');
  await render(App);
  await vi.waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
  expect(when.clock).toBe('24');
  language.mockRestore();
});
test('what is typed while a dialog is on its way does nothing to the page below', async () => {
  await shown();
  await userEvent.keyboard('{Control>}2{/Control}');
  await expect.element(page.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible();
  open('find');
  window.dispatchEvent(new KeyboardEvent('keydown', { key: '3', code: 'Digit3', ctrlKey: true }));
  expect(location.hash).toBe('#/clients');
  close();
});
test('asked to close, the window saves what was being typed first', async () => {
  let close = (): void => {};
  const save = vi.fn(
    () =>
      new Promise<string>((done) => {
        close = () => done(NOW);
      }),
  );
  core.answer({ close_window: null });
  await render(App);
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
  keeper(save).changed();
  await core.leaving();
  await vi.waitFor(() => expect(save).toHaveBeenCalledTimes(1));
  expect(core.asked.some((a) => a.name === 'close_window')).toBe(false);
  close();
  await vi.waitFor(() => expect(core.asked.some((a) => a.name === 'close_window')).toBe(true));
});
test('discreet mode is there in a dialog and in its fields', async () => {
  core.answer({ set_discreet: null });
  await render(App);
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(page.getByRole('combobox')).toHaveFocus();
  await userEvent.keyboard('{Control>}d{/Control}');
  expect(core.asked.filter((a) => a.name === 'set_discreet')).toEqual([{ name: 'set_discreet', args: { on: true } }]);
  await userEvent.keyboard('{Escape}');
  await userEvent.keyboard('{Control>}/{/Control}');
  await expect.element(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
  await userEvent.keyboard('{Control>}d{/Control}');
  expect(core.asked.filter((a) => a.name === 'set_discreet')).toHaveLength(2);
  await userEvent.keyboard('{Escape}');
});
test('a dialog any page may open stands over it, and goes', async () => {
  await render(App);
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(page.getByRole('dialog', { name: 'Find' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
});
