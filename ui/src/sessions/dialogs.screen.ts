import { beforeEach, expect, test, vi } from 'vitest';
import type { BookingCheck, Overlap, SessionPage } from '../ipc/bindings';
import { overlay } from '../shell/overlay.svelte';
import { fake, page, refuse, render, userEvent, violations } from '../testing';
import { rows } from '../testing/fixtures/list';
import { amara, facts, held, noon, sessionPage, who } from '../testing/fixtures/sessions';
import Host from '../testing/Host.svelte';
import BookDialog from './BookDialog.svelte';
import CancelDialog from './CancelDialog.svelte';
import MoveDialog from './MoveDialog.svelte';

const free: BookingCheck = {
  starts_at: '2026-01-21T10:30:00Z',
  clock: null,
  overlaps: [],
  in_past: false,
  outside_hours: false,
  shifted: [],
};
const over = (name: string, at: string): Overlap => ({
  session: 'x',
  participants: [who(name)],
  starts_at: at,
  minutes: 90,
  zone: 'Europe/London',
});

let core: ReturnType<typeof fake>;
let closed: ReturnType<typeof vi.fn>;
beforeEach(async () => {
  await page.viewport(1280, 800);
  overlay.now = null;
  closed = vi.fn();
  core = fake({
    practice: { session_minutes: 50 },
    client_profile: { facts },
    clients: ({ query }: { query: { find: string } }) => ({
      rows: rows.filter((r) => r.name.display.toLowerCase().includes(query.find.toLowerCase())).slice(0, 8),
      total: 8,
      counts: {},
    }),
    check_booking: free,
    book_session: 's-new',
    session: sessionPage,
    check_series_move: null,
    move_session: null,
    cancel_session: null,
  });
});
const sent = (name: string) => core.asked.filter((a) => a.name === name).map((a) => a.args);
const show = async (screen: unknown, given: Record<string, string>) => {
  await render(Host, { screen: screen as never, given: { given, onclose: closed } });
  await expect.element(page.getByRole('dialog')).toBeVisible();
};
const once: SessionPage = { ...sessionPage, session: { ...noon, series: null, every_weeks: null } };

test('a session is booked by the keyboard alone', async () => {
  await show(BookDialog, {});
  await expect.element(page.getByRole('combobox', { name: 'Client' })).toHaveFocus();
  await userEvent.keyboard('amara');
  await expect.element(page.getByRole('option', { name: /Amara Nwachukwu-Reyes/ })).toBeVisible();
  await vi.waitFor(() => expect(page.getByRole('option').elements()).toHaveLength(1));
  await userEvent.keyboard('{Enter}');
  await userEvent.tab();
  await userEvent.keyboard('21/1');
  await userEvent.tab();
  await userEvent.tab();
  await userEvent.keyboard('10.30');
  await vi.waitFor(() => expect(sent('check_booking').length).toBeGreaterThan(0));
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await vi.waitFor(() =>
    expect(sent('book_session')).toEqual([
      {
        session: {
          participants: ['c13'],
          start: { date: '2026-01-21', time: '10:30', zone: null, later: null },
          minutes: 50,
          kind: 'in_person',
          place: '',
          booked_by: 'client',
          booking_source: '',
          repeat_times: null,
        },
      },
    ]),
  );
  await vi.waitFor(() => expect(closed).toHaveBeenCalled());
});
test('booking breaks no rule of accessibility', async () => {
  await show(BookDialog, { client: amara.id, date: '2026-01-21', time: '10:30' });
  await expect.element(page.getByText('last session 8 Jan')).toBeVisible();
  expect(await violations()).toEqual([]);
});
test('an overlap is said and not refused; so are the past and hours outside', async () => {
  core.answer({
    check_booking: {
      ...free,
      overlaps: [over('Haruka|Ito', '2026-01-21T10:00:00Z')],
      in_past: true,
      outside_hours: true,
    },
  });
  await show(BookDialog, { client: amara.id, date: '2026-01-21', time: '10:30' });
  await expect
    .element(page.getByText('Overlaps with Haruka Ito, 10:00–11:30. You can book it all the same.'))
    .toBeVisible();
  await expect.element(page.getByText('This time has passed.')).toBeVisible();
  await expect.element(page.getByText('Outside your working hours.')).toBeVisible();
  await expect.element(page.getByRole('button', { name: /^Book session/ })).toBeEnabled();
});
test('a time the clocks skip is not booked; the first that exists is offered', async () => {
  core.answer({
    check_booking: { ...free, starts_at: null, clock: { kind: 'gap', first_after: '2026-03-29T01:00:00Z' } },
  });
  await show(BookDialog, { client: amara.id, date: '2026-03-29', time: '01:30' });
  await expect.element(page.getByText('Choose a time that exists.')).toBeVisible();
  await expect.element(page.getByRole('button', { name: /^Book session/ })).toBeDisabled();
  core.answer({ check_booking: free });
  await page.getByRole('button', { name: 'Take 02:00' }).click();
  await expect.element(page.getByRole('textbox', { name: 'Time' })).toHaveValue('02:00');
  await expect.element(page.getByRole('button', { name: /^Book session/ })).toBeEnabled();
});
test('of a time that comes twice one is chosen', async () => {
  core.answer({
    check_booking: {
      ...free,
      starts_at: null,
      clock: { kind: 'fold', earlier: '2026-10-25T00:30:00Z', later: '2026-10-25T01:30:00Z' },
    },
  });
  await show(BookDialog, { client: amara.id, date: '2026-10-25', time: '01:30' });
  await page.getByRole('radio', { name: 'The later' }).click();
  await page.getByRole('button', { name: /^Book session/ }).click();
  await vi.waitFor(() => expect(sent('book_session')[0]).toMatchObject({ session: { start: { later: true } } }));
});
test('couples are booked together, and a series says its rhythm', async () => {
  await show(BookDialog, { client: amara.id, date: '2026-01-21', time: '10:30' });
  await page.getByRole('button', { name: 'Add another person' }).click();
  await userEvent.keyboard('haruka');
  await vi.waitFor(() => expect(page.getByRole('option').elements()).toHaveLength(1));
  await userEvent.keyboard('{Enter}');
  await page.getByRole('switch', { name: 'Repeat every week, Wednesdays at 10:30' }).click();
  await userEvent.fill(page.getByRole('textbox', { name: 'Number of sessions' }), '12');
  await page.getByRole('button', { name: /^Book session/ }).click();
  await vi.waitFor(() =>
    expect(sent('book_session')[0]).toMatchObject({ session: { participants: [amara.id, 'c9'], repeat_times: 12 } }),
  );
});
test('when booking fails it is said, and nothing typed is lost', async () => {
  core.answer({ book_session: refuse('disk_full') });
  await show(BookDialog, { client: amara.id, date: '2026-01-21', time: '10:30' });
  await userEvent.fill(page.getByLabelText(/How the client asked/), 'Email, 14 Jan');
  await page.getByRole('button', { name: /^Book session/ }).click();
  await expect.element(page.getByText('The disk is full. What was saved before is safe.')).toBeVisible();
  await expect.element(page.getByLabelText(/How the client asked/)).toHaveValue('Email, 14 Jan');
  expect(closed).not.toHaveBeenCalled();
});

test('a session is moved: from when to when, who asked, and why', async () => {
  core.answer({
    session: once,
    check_booking: {
      ...free,
      starts_at: '2026-01-16T15:00:00Z',
      overlaps: [over('Haruka|Ito', '2026-01-16T14:00:00Z')],
    },
  });
  await show(MoveDialog, { session: 's-noon' });
  await expect.element(page.getByText('Today, 12:00–12:50').first()).toBeVisible();
  await userEvent.fill(page.getByRole('textbox', { name: 'Date' }), '16 Jan');
  await userEvent.fill(page.getByRole('textbox', { name: 'Time' }), '15:00');
  await expect.element(page.getByText('Fri 16 Jan, 15:00–15:50')).toBeVisible();
  await expect
    .element(page.getByText('Overlaps with Haruka Ito, 14:00–15:30. You can move it all the same.'))
    .toBeVisible();
  await userEvent.fill(page.getByRole('textbox', { name: 'Asked on' }), 'Today, 10:40');
  await userEvent.fill(page.getByLabelText(/How, and why/), 'Email.');
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: /^Move session/ }).click();
  await vi.waitFor(() =>
    expect(sent('move_session')).toEqual([
      {
        id: 's-noon',
        to: {
          start: { date: '2026-01-16', time: '15:00', zone: null, later: null },
          minutes: 50,
          asked_by: 'client',
          asked_at: '2026-01-15T10:40:00Z',
          remark: 'Email.',
          scope: 'one',
        },
      },
    ]),
  );
  expect(sent('check_booking').at(-1)?.moving).toBe('s-noon');
});
test('of a series it is asked which move, and Back keeps what was typed', async () => {
  const some = { first: '2026-01-16T15:00:00Z', last: '2026-03-27T15:00:00Z' };
  core.answer({
    check_booking: { ...free, starts_at: '2026-01-16T15:00:00Z' },
    check_series_move: {
      following: { count: 9, ...some, overlaps: [over('Anneke|van der Westhuizen', '2026-02-11T17:30:00Z')] },
      to_come: { count: 10, ...some, overlaps: [] },
    },
  });
  await show(MoveDialog, { session: 's-noon', date: '2026-01-16', time: '15:00' });
  await expect.element(page.getByText('Amara Nwachukwu-Reyes. Weekly, Thursdays at 12:00.')).toBeVisible();
  await page.getByRole('button', { name: /^Move session/ }).click();
  await expect.element(page.getByRole('heading', { name: 'Which sessions move?' })).toBeVisible();
  await page.getByRole('button', { name: /^Back/ }).click();
  await expect.element(page.getByRole('textbox', { name: 'Time' })).toHaveValue('15:00');
  await page.getByRole('button', { name: /^Move session/ }).click();
  await page.getByText('This one and those that follow').click();
  await expect.element(page.getByText('9 sessions, Fri 16 Jan to Fri 27 Mar at 15:00.')).toBeVisible();
  await expect.element(page.getByText('One overlaps.')).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: /^Move 9 sessions/ }).click();
  await vi.waitFor(() => expect(sent('move_session')[0]).toMatchObject({ to: { scope: 'following' } }));
});
test('less than a day before, the client can only cancel late, and the reason is said', async () => {
  await show(CancelDialog, { session: 's-noon' });
  await expect
    .element(page.getByText('Not possible now: this asks for 24 hours, and there are 48 minutes.'))
    .toBeVisible();
  await expect
    .element(page.getByRole('radio', { name: 'By the client', exact: true }))
    .toHaveAttribute('aria-disabled', 'true');
  await expect.element(page.getByRole('radio', { name: 'By the client, late' })).toBeChecked();
  expect(await violations()).toEqual([]);
  await userEvent.fill(page.getByLabelText(/How, and why/), 'Phone. Covers a shift.');
  await page.getByRole('switch').click();
  await page.getByRole('button', { name: /^Cancel session/ }).click();
  await vi.waitFor(() =>
    expect(sent('cancel_session')).toEqual([
      {
        id: 's-noon',
        cancellation: { attendance: 'cancelled_late_by_client', told_at: null, remark: 'Phone. Covers a shift.' },
      },
    ]),
  );
  await vi.waitFor(() => expect(overlay.now).toEqual({ name: 'book', given: { client: amara.id } }));
});
test('told two days earlier, the client cancelled in time', async () => {
  await show(CancelDialog, { session: 's-noon' });
  await userEvent.fill(page.getByRole('textbox', { name: 'Told you on' }), '13 Jan, 18:40');
  await expect.element(page.getByRole('radio', { name: 'By the client', exact: true })).toBeChecked();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await vi.waitFor(() =>
    expect(sent('cancel_session')[0]).toMatchObject({
      cancellation: { attendance: 'cancelled_by_client', told_at: '2026-01-13T18:40:00Z' },
    }),
  );
});
test('a refusal to cancel is said in the dialog', async () => {
  core.answer({
    cancel_session: refuse('session_held'),
    session: { ...once, session: held('Amara|Nwachukwu-Reyes', '2026-01-20 12:00') },
  });
  await show(CancelDialog, { session: 's-noon' });
  await page.getByRole('button', { name: /^Cancel session/ }).click();
  await expect.element(page.getByText('This session has been held: its note is approved.')).toBeVisible();
  expect(closed).not.toHaveBeenCalled();
});
