import { beforeEach, expect, test, vi } from 'vitest';
import { frame } from '../shell';
import { overlay } from '../shell/overlay.svelte';
import { fake, page, refuse, render, userEvent, violations } from '../testing';
import { amara, nw, sundays, veiled } from '../testing/fixtures/sessions';
import Host from '../testing/Host.svelte';
import Find from './Find.svelte';

let core: ReturnType<typeof fake>;
let closed: ReturnType<typeof vi.fn>;
beforeEach(async () => {
  await page.viewport(1280, 800);
  overlay.now = null;
  frame.discreet = false;
  closed = vi.fn();
  core = fake({
    find: ({ text }: { text: string }) =>
      text.startsWith('nw')
        ? nw
        : text.startsWith('sun')
          ? sundays
          : { clients: [], notes: [], notes_total: 0, notes_more: false, searched: 1105 },
  });
});
const show = async () => {
  await render(Host, { screen: Find, given: { given: {}, onclose: closed } });
  await expect.element(page.getByRole('combobox')).toHaveFocus();
};

test('a client is found and opened by the keyboard alone', async () => {
  await show();
  await userEvent.keyboard('nw');
  await expect
    .element(page.getByRole('option', { name: /Nwachukwu-Reyes, Amara/ }))
    .toHaveAttribute('aria-selected', 'true');
  await expect.element(page.getByText('today, 12:00')).toBeVisible();
  await expect.element(page.getByText('ended', { exact: true })).toBeVisible();
  await userEvent.keyboard('{Enter}');
  expect(closed).toHaveBeenCalled();
  expect(location.hash).toBe(`#/clients/${amara.id}`);
});
test('Enter before the answer waits for it, and never opens an older one', async () => {
  await show();
  await userEvent.keyboard('nw{Enter}');
  await vi.waitFor(() => expect(location.hash).toBe(`#/clients/${amara.id}`));
  expect(core.asked.filter((a) => a.name === 'find').map((a) => a.args.text)).toEqual(['nw']);
});
test('what can be done with the one found is offered', async () => {
  await show();
  await userEvent.keyboard('nw');
  await expect.element(page.getByRole('option', { name: 'Book a session with Amara Nwachukwu-Reyes' })).toBeVisible();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  expect(overlay.now).toEqual({ name: 'book', given: { client: amara.id } });
});
test('notes show where they mention it, and one is opened', async () => {
  await show();
  await userEvent.keyboard('sunday');
  await expect.element(page.getByText('6 notes', { exact: true })).toBeVisible();
  await expect.element(page.getByText('No name matches “sunday”.')).toBeVisible();
  await expect
    .element(page.getByText('Searched 1,105 notes on this computer. Process notes are left out.'))
    .toBeVisible();
  expect([...document.querySelectorAll('mark')].map((m) => m.textContent)).toEqual([
    'Sundays',
    'Sunday',
    'Sunday',
    'Sunday',
  ]);
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(location.hash).toBe('#/notes/n-yusuf');
});
test('more than were counted are said to be more', async () => {
  core.answer({ find: { ...sundays, notes_total: 100, notes_more: true } });
  await show();
  await userEvent.keyboard('sunday');
  await expect.element(page.getByText('more than 100 notes', { exact: true })).toBeVisible();
  await expect.element(page.getByRole('option', { name: 'Show all in Notes' })).toBeVisible();
  await expect.element(page.getByText('0 clients, more than 100 notes')).toBeInTheDocument();
});
test('all of them are shown in Notes', async () => {
  await show();
  await userEvent.keyboard('sunday');
  await expect.element(page.getByRole('option', { name: 'Show all six in Notes' })).toBeVisible();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(location.hash).toBe('#/notes?find=sunday');
});
test('in discreet mode no excerpt is on the page', async () => {
  core.answer({ find: veiled(sundays) });
  await show();
  await userEvent.keyboard('sunday');
  await expect.element(page.getByText('hidden').first()).toBeVisible();
  expect(document.body.textContent).not.toContain('christening');
  expect(document.body.textContent).not.toContain('Nwachukwu');
});
test('nothing found is said, and so is a failure', async () => {
  await show();
  await userEvent.keyboard('zzz');
  await expect.element(page.getByText('None. Notes are searched on this computer only.')).toBeVisible();
  core.answer({ find: refuse('not_open') });
  await userEvent.keyboard('q');
  await expect.element(page.getByText('The records are not open.')).toBeVisible();
  expect(await violations()).toEqual([]);
});
test('Esc closes it', async () => {
  await show();
  await userEvent.keyboard('{Escape}');
  expect(closed).toHaveBeenCalled();
});
