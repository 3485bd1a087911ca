import { beforeEach, expect, test } from 'vitest';
import App from './App.svelte';
import { finding } from './guide/finding.svelte';
import { guide } from './shell';
import { fake, page, render, userEvent, violations } from './testing';
import { today } from './testing/fixtures/sessions';
import { NOW } from './testing/setup';

const open = {
  standing: { kind: 'open', sample: false, needs_kit: false },
  frame: { awaiting_approval: 3, discreet: false, is_sample: false, now: NOW, zone: 'Europe/London' },
  appearance: { theme: 'system', zoom: 100, text_size: 'usual', week_start: 'monday', clock: 'h24' },
  'plugin:webview|set_webview_zoom': null,
  today,
  undoable: null,
};
const locked = {
  kind: 'locked',
  since: '2026-01-15T11:02:00Z',
  because: 'quiet',
  quiet_minutes: 5,
  theme: null,
  asks_passphrase: true,
  wrong: false,
  wait_seconds: 0,
};

let core: ReturnType<typeof fake>;
beforeEach(() => {
  finding.text = '';
  guide.stop = undefined;
  core = fake(open);
});
const title = (name: string) => page.getByRole('heading', { level: 1, name });
const field = () => page.getByRole('searchbox', { name: 'Find in the guide' });
async function at(name: string): Promise<void> {
  location.hash = `#/guide/${name}`;
  await render(App);
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test('no page of the guide breaks a rule of accessibility', async () => {
  await at('ten-steps');
  expect(await violations()).toEqual([]);
  await page.viewport(1280, 800);
  for (const name of ['Backups and the recovery kit', 'Every message, and what to do', 'Keyboard']) {
    await page.getByRole('navigation', { name: 'Guide' }).getByRole('link', { name }).click();
    await expect.element(title(name)).toBeVisible();
    expect(
      await violations([
        { width: 1280, height: 800, theme: 'light' },
        { width: 960, height: 640, theme: 'dark' },
      ]),
    ).toEqual([]);
    await page.viewport(1280, 800);
  }
});
test('F1 opens it, its first page first, and Esc goes back', async () => {
  await render(App);
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
  await userEvent.keyboard('{F1}');
  await expect.element(title('Install Anteroom')).toHaveFocus();
  await expect.element(page.getByRole('link', { name: 'Help' })).toHaveAttribute('aria-current', 'page');
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('navigation', { name: 'Guide' })).not.toBeInTheDocument();
});
test('pages lead to each other, and every picture is there', async () => {
  await at('install');
  await page.getByRole('link', { name: 'the first day', exact: true }).click();
  await expect.element(title('The first day')).toHaveFocus();
  const pictures = [...document.querySelectorAll('img')];
  expect(pictures.length).toBeGreaterThan(3);
  for (const one of pictures) {
    one.loading = 'eager';
    await one.decode();
    expect(one.naturalWidth).toBe(Number(one.getAttribute('width')));
  }
  await page.getByRole('link', { name: 'Next: The ten steps' }).click();
  await expect.element(title('The ten steps')).toHaveFocus();
});
test('a sentence of the window is found, and its place is come to', async () => {
  await at('install');
  await userEvent.keyboard('/');
  await expect.element(field()).toHaveFocus();
  await userEvent.keyboard('clocks twice');
  await expect.element(page.getByRole('status')).toHaveTextContent('One place in the guide');
  await page.getByRole('link', { name: /^Sessions and the calendar/ }).click();
  await expect.element(page.getByRole('heading', { level: 2, name: 'Sessions and the calendar' })).toHaveFocus();
  await expect.element(page.getByRole('heading', { level: 2, name: 'Sessions and the calendar' })).toBeInViewport();
  await expect.element(page.getByText('so it comes twice', { exact: false }).first()).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(field()).toHaveValue('');
  await expect.element(field()).toHaveFocus();
});
test('what nothing says is said', async () => {
  await at('install');
  await field().fill('qqqq');
  await expect.element(page.getByRole('status')).toHaveTextContent('Nothing in the guide says “qqqq”.');
});
test('it is read over the lock, which stays as it was', async () => {
  core.answer({ standing: locked });
  location.hash = '#/clients/42';
  await render(App);
  await page.getByLabelText('Passphrase', { exact: true }).fill('half of');
  await page.getByRole('button', { name: 'Help' }).click();
  await expect.element(title('Install Anteroom')).toHaveFocus();
  await expect.element(page.getByLabelText('Passphrase', { exact: true })).not.toBeVisible();
  expect(await violations()).toEqual([]);
  await page.viewport(1280, 800);
  await page.getByRole('link', { name: 'Backups and the recovery kit' }).click();
  await expect.element(title('Backups and the recovery kit')).toHaveFocus();
  expect(location.hash).toBe('#/clients/42');
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByLabelText('Passphrase', { exact: true })).toHaveValue('half of');
  expect(core.asked.filter((a) => a.name === 'client')).toEqual([]);
});
test('F1 reads it in set-up too, while a field has the focus', async () => {
  core.answer({ standing: { kind: 'first_run' }, zones: ['Europe/London'] });
  await render(App);
  await page.getByRole('textbox', { name: 'Name' }).fill('Ines');
  await userEvent.keyboard('{F1}');
  await expect.element(title('Install Anteroom')).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect.element(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Ines');
});
