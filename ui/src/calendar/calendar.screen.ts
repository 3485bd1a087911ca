import { beforeEach, expect, test, vi } from 'vitest';
import { frame } from '../shell';
import { overlay } from '../shell/overlay.svelte';
import { fake, page, refuse, render, userEvent, violations } from '../testing';
import { amara, held, sessionPage, veiled, week } from '../testing/fixtures/sessions';
import Host from '../testing/Host.svelte';
import { setWhen } from '../text/when.svelte';
import CalendarPage from './CalendarPage.svelte';

let core: ReturnType<typeof fake>;
beforeEach(async () => {
  await page.viewport(1280, 800);
  overlay.now = null;
  frame.discreet = false;
  location.hash = '#/calendar';
  core = fake({
    week,
    session: sessionPage,
    write_note: 'n-99',
    move_session: null,
    check_booking: { starts_at: null, clock: null, overlaps: [], in_past: false, outside_hours: false, shifted: [] },
  });
});
const show = async (answer = week) => {
  core.answer({ week: answer });
  await render(Host, { screen: CalendarPage, place: 'calendar' });
  await expect.element(page.getByRole('group', { name: 'Thu 15 Jan' })).toBeVisible();
};
const sent = (name: string) => core.asked.filter((a) => a.name === name).map((a) => a.args);
const block = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) });
const stand = (name: string) => (block(name).element() as HTMLElement).focus();

test('the week breaks no rule of accessibility', async () => {
  await show();
  expect(await violations()).toEqual([]);
});
test('a block says who, when, by whom and what became of it', async () => {
  await show();
  await expect.element(page.getByRole('heading', { name: '12–18 January 2026' })).toBeVisible();
  await expect
    .element(page.getByRole('button', { name: 'Harpreet Kaur, 09:00, booked by you, Completed' }))
    .toBeVisible();
  await expect
    .element(page.getByRole('button', { name: 'Nomvula Dlamini, 15:00, booked by client, Cancelled' }))
    .toBeVisible();
});
test('the line of now runs behind a session, not through its words', async () => {
  setWhen({ now: '2026-01-15T12:10:00Z' });
  await show();
  const line = document.querySelector('.nowline')?.getBoundingClientRect();
  const box = block('Amara Nwachukwu-Reyes, 12:00').element().getBoundingClientRect();
  if (line === undefined) throw new Error('no line');
  expect(line.top).toBeGreaterThan(box.top);
  expect(line.top).toBeLessThan(box.bottom);
  const there = document.elementFromPoint(box.left + 40, line.top + line.height / 2);
  expect(there?.closest('.ev')).toBe(block('Amara Nwachukwu-Reyes, 12:00').element());
});
test('in a narrow week the given name is shortened before the last name is cut', async () => {
  await page.viewport(960, 640);
  await show();
  const name = () => block('Amara Nwachukwu-Reyes, 12:00').element().querySelector('b');
  await vi.waitFor(() => expect(name()?.textContent).toBe('A. Nwachukwu-Reyes'));
  await document.fonts.ready;
  expect(name()?.scrollWidth).toBeLessThanOrEqual(name()?.clientWidth ?? 0);
  await page.viewport(1280, 800);
  await vi.waitFor(() => expect(name()?.textContent).toBe('Amara Nwachukwu-Reyes'));
});
test('T and the arrows go from week to week', async () => {
  await show();
  await userEvent.keyboard('{ArrowRight}');
  await vi.waitFor(() => expect(sent('week').at(-1)).toEqual({ date: '2026-01-22' }));
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
  await vi.waitFor(() => expect(sent('week').at(-1)).toEqual({ date: '2026-01-08' }));
  await userEvent.keyboard('t');
  await vi.waitFor(() => expect(sent('week').at(-1)).toEqual({ date: '2026-01-15' }));
});
test('on a session the arrows go from session to session', async () => {
  await show();
  stand('Harpreet Kaur');
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(block('Élodie Cohen-Lévy')).toHaveFocus();
  await userEvent.keyboard('{ArrowRight}');
  await vi.waitFor(() => expect(document.activeElement?.textContent).toMatch(/Siobhán|Haruka/));
});
test('Enter opens what one needs of a session, with the profile first', async () => {
  await show();
  stand('Amara Nwachukwu-Reyes, 12:00');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('dialog', { name: 'Session' })).toBeVisible();
  await expect.element(page.getByText('Homework overdue by 2 days')).toBeVisible();
  await expect.element(page.getByText('Booked by client, 12 Jan, by email')).toBeVisible();
  await expect.element(page.getByRole('button', { name: /^View Client Profile/ })).toHaveFocus();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  await expect.element(block('Amara Nwachukwu-Reyes, 12:00')).toHaveFocus();
  await userEvent.keyboard('{Enter}{Enter}');
  expect(location.hash).toBe(`#/clients/${amara.id}`);
});
test('its note is opened or begun', async () => {
  await show();
  await block('Amara Nwachukwu-Reyes, 12:00').click();
  await page.getByRole('button', { name: 'Open note' }).click();
  await vi.waitFor(() => expect(location.hash).toBe('#/notes/n-99'));
});
test('a session is moved by the keyboard, and who asked is said', async () => {
  await show();
  stand('Parisa Ahmadi');
  await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
  await expect.element(page.getByRole('dialog', { name: 'Move session' })).toBeVisible();
  await userEvent.keyboard('{ArrowLeft}{Shift>}{ArrowDown}{/Shift}{ArrowDown}');
  await expect.element(page.getByText('Today, 11:45–12:35')).toBeVisible();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() =>
    expect(sent('move_session')).toEqual([
      {
        id: 's-parisa',
        to: {
          start: { date: '2026-01-15', time: '11:45', zone: null, later: null },
          minutes: 50,
          asked_by: 'client',
          asked_at: null,
          remark: '',
          scope: 'one',
        },
      },
    ]),
  );
});
test('Esc puts it back', async () => {
  await show();
  stand('Parisa Ahmadi');
  await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
  await userEvent.keyboard('{ArrowDown}{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  expect(sent('move_session')).toEqual([]);
  await expect.element(block('Parisa Ahmadi')).toHaveFocus();
});
test('a refused move is said where it was asked', async () => {
  core.answer({ move_session: refuse('session_past') });
  await show();
  stand('Parisa Ahmadi');
  await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await expect.element(page.getByText('This session is past.')).toBeVisible();
});
test('one of a series is asked about in the dialog', async () => {
  await show();
  stand('Amara Nwachukwu-Reyes, 12:00');
  await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(overlay.now).toEqual({
    name: 'move',
    given: { session: 's-noon', date: '2026-01-15', time: '12:15', asked_by: 'client' },
  });
});
test('what is past does not move, and that is said', async () => {
  await show();
  stand('Harpreet Kaur');
  await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
  await expect.element(page.getByText('Only a session still to come can move.')).toBeVisible();
});
test('a click on an empty time books there, and B books', async () => {
  await show();
  await page.getByRole('group', { name: 'Wed 14 Jan' }).click({ position: { x: 60, y: 30 } });
  expect(overlay.now).toEqual({ name: 'book', given: { date: '2026-01-14', time: '08:30' } });
  overlay.now = null;
  await userEvent.keyboard('b');
  expect(overlay.now).toEqual({ name: 'book', given: { date: '2026-01-15' } });
});
test('sessions that overlap stand side by side', async () => {
  await show({ ...week, sessions: [...week.sessions, held('Jo|Whitfield', '2026-01-16 09:20')] });
  const a = block('Íñigo').element().getBoundingClientRect();
  const b = block('Jo Whitfield').element().getBoundingClientRect();
  expect(a.right).toBeLessThanOrEqual(b.left + 1);
});
test('in discreet mode a block holds initials, and no title says more', async () => {
  frame.discreet = true;
  await show(veiled(week));
  expect(document.body.innerHTML).not.toContain('Kaur');
  expect(document.querySelector('.ev[title]')).toBeNull();
  expect(await violations()).toEqual([]);
});
