import { beforeEach, expect, test, vi } from 'vitest';
import type { PlanPoint, SessionPage as Page } from '../ipc/bindings';
import { frame, keeper } from '../shell';
import { overlay } from '../shell/overlay.svelte';
import { fake, page, refuse, render, userEvent, violations } from '../testing';
import { amara, facts, sessionPage, veiled, who } from '../testing/fixtures/sessions';
import Host from '../testing/Host.svelte';
import { setWhen } from '../text/when.svelte';
import SessionPage from './SessionPage.svelte';

let core: ReturnType<typeof fake>;
beforeEach(async () => {
  await page.viewport(1280, 800);
  overlay.now = null;
  frame.discreet = false;
  core = fake({
    session: sessionPage,
    set_plan: null,
    write_note: 'n-99',
    set_attendance: null,
    record_homework: null,
    emergency_contacts: [
      {
        id: 'k1',
        details: {
          name: 'Emeka Nwachukwu',
          relationship: 'Brother',
          emergency: true,
          phones: [{ value: '+44 7700 900317', remark: 'evenings' }],
          emails: [],
          may_be_told: 'That she is safe',
          release_until: null,
          confirmed_on: null,
        },
        release_ended: false,
      },
    ],
  });
});
const show = async (answer: Page = sessionPage) => {
  core.answer({ session: answer });
  const shown = await render(Host, { screen: SessionPage, given: { params: { id: 's-noon' } }, place: 'calendar' });
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
  return shown;
};
const sent = (name: string) => core.asked.filter((a) => a.name === name).map((a) => a.args);
const running: Page = { ...sessionPage, session: { ...sessionPage.session, state: 'in_progress' } };

test('the session breaks no rule of accessibility', async () => {
  await show();
  expect(await violations()).toEqual([]);
});
test('its head says when, how, how far off, and who booked it', async () => {
  await show();
  await expect.element(page.getByText('Today, 12:00–12:50, in person. In 48 minutes.')).toBeVisible();
  await expect.element(page.getByText('Booked by client, 12 Jan, by email')).toBeVisible();
  await expect.element(page.getByText('Weekly, Thursdays')).toBeVisible();
  await expect.element(page.getByText('By the client, in session, 6 Mar 2025.')).toBeVisible();
  await expect.element(page.getByText('This one')).toBeVisible();
});
test('while it runs it says what is left, and the note is one key away', async () => {
  setWhen({ now: '2026-01-15T12:07:00Z' });
  await show(running);
  await expect.element(page.getByText('Today, 12:00–12:50, in person. 43 minutes left.')).toBeVisible();
  await expect.element(page.getByRole('img', { name: '7 of 50 minutes' })).toBeVisible();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(sent('write_note')).toEqual([{ session: 's-noon' }]));
  await vi.waitFor(() => expect(location.hash).toBe('#/notes/n-99'));
});
test('a point is ticked, and that it is saved is said', async () => {
  await show();
  await page.getByRole('checkbox', { name: 'How to mark 2 February, and with whom' }).click();
  const [{ points }] = sent('set_plan') as [{ points: PlanPoint[] }];
  expect(points.map((p) => p.done)).toEqual([true, false, false]);
  await expect.element(page.getByText(/^Plan saved \d\d:\d\d$/)).toBeVisible();
  await expect.element(page.getByText('1 of 3')).toBeVisible();
});
test('points are added and changed in place, by the keyboard alone', async () => {
  await show();
  (page.getByRole('button', { name: 'Add a point' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await userEvent.keyboard('The letter to Enugu{Enter}');
  await vi.waitFor(() =>
    expect((sent('set_plan').at(-1)?.points as PlanPoint[] | undefined)?.at(-1)).toEqual({
      text: 'The letter to Enugu',
      done: false,
    }),
  );
  await userEvent.keyboard('{Escape}');
  await page.getByText('Look at the sleep diary together, in the room').click();
  await userEvent.clear(page.getByLabelText('Point to take up'));
  await userEvent.keyboard('Sleep diary{Enter}');
  await vi.waitFor(() =>
    expect((sent('set_plan').at(-1)?.points as PlanPoint[] | undefined)?.[1]?.text).toBe('Sleep diary'),
  );
});
test('a point emptied is taken out', async () => {
  await show();
  await page.getByText('What the phone call on Monday changed').click();
  await userEvent.clear(page.getByLabelText('Point to take up'));
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(sent('set_plan').at(-1)?.points).toHaveLength(2));
});
test('what could not be saved is said and stays, and can be tried again', async () => {
  await show();
  core.answer({ set_plan: refuse('disk_full') });
  await page.getByRole('button', { name: 'Add a point' }).click();
  await userEvent.keyboard('The letter{Enter}');
  await expect.element(page.getByText('The disk is full. What was saved before is safe.')).toBeVisible();
  await expect.element(page.getByText('The letter', { exact: true })).toBeVisible();
  expect(frame.unsaved).toBe('Not saved since 11:12');
  core.answer({ set_plan: null });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByText(/^Plan saved/)).toBeVisible();
  expect(frame.unsaved).toBe('');
});
test('what is typed into the plan is saved within a second, before the point is finished', async () => {
  await show();
  await page.getByRole('button', { name: 'Add a point' }).click();
  await userEvent.keyboard('The let');
  const last = () => (sent('set_plan').at(-1)?.points as PlanPoint[] | undefined)?.at(-1)?.text;
  await vi.waitFor(() => expect(last()).toBe('The let'), 1000);
  await expect.element(page.getByLabelText('Point to take up')).toHaveFocus();
  await userEvent.keyboard('ter');
  await expect.element(page.getByLabelText('Point to take up')).toHaveValue('The letter');
  await vi.waitFor(() => expect(last()).toBe('The letter'), 1000);
  await userEvent.keyboard('{Escape}');
  await vi.waitFor(() => expect(sent('set_plan').at(-1)?.points).toHaveLength(3));
});
test('a plan that could not be saved is still there when its page is left and opened again', async () => {
  core.answer({ set_plan: refuse('disk_full') });
  const shown = await show();
  await page.getByRole('button', { name: 'Add a point' }).click();
  await userEvent.keyboard('The letter');
  await shown.unmount();
  await vi.waitFor(() => expect(frame.unsaved).toBe('Not saved since 11:12'));
  const again = await show();
  await expect.element(page.getByText('The letter', { exact: true })).toBeVisible();
  core.answer({ set_plan: null });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByText(/^Plan saved/)).toBeVisible();
  expect(frame.unsaved).toBe('');
  await again.unmount();
});
test('leaving a session does not take back that something else is not saved', async () => {
  const other = keeper(async () => Promise.reject(new Error('the disk is full')));
  other.changed();
  await other.flush();
  const shown = await show();
  await page.getByRole('checkbox', { name: 'How to mark 2 February, and with whom' }).click();
  await expect.element(page.getByText(/^Plan saved/)).toBeVisible();
  await shown.unmount();
  expect(frame.unsaved).toBe('Not saved since 11:12');
  other.drop();
  expect(frame.unsaved).toBe('');
});
test('homework is marked as done, and new is set', async () => {
  await show();
  await page.getByRole('button', { name: 'Mark as done' }).click();
  expect(sent('record_homework')).toEqual([{ id: 'h1', state: 'done', remark: '' }]);
  await page.getByRole('button', { name: 'Set new' }).click();
  expect(overlay.now).toEqual({ name: 'homework', given: { client: amara.id, session: 's-noon' } });
});
test('consent, moving and cancelling open their dialogs', async () => {
  await show();
  await page.getByRole('button', { name: 'Change consent' }).click();
  expect(overlay.now).toEqual({ name: 'consent', given: { client: amara.id, session: 's-noon' } });
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  expect(overlay.now).toEqual({ name: 'move', given: { session: 's-noon' } });
  await page.getByRole('button', { name: 'Cancel session' }).click();
  expect(overlay.now).toEqual({ name: 'cancel', given: { session: 's-noon' } });
});
test('that the client did not come is recorded while it runs', async () => {
  setWhen({ now: '2026-01-15T12:20:00Z' });
  await show(running);
  await page.getByRole('button', { name: 'Did not come' }).click();
  expect(sent('set_attendance')).toEqual([{ id: 's-noon', attendance: 'no_show' }]);
});
test('a refusal is said', async () => {
  await show(running);
  core.answer({ set_attendance: refuse('session_held') });
  await page.getByRole('button', { name: 'Did not come' }).click();
  await expect.element(page.getByText('This session has been held: its note is approved.')).toBeVisible();
});
test('the profile comes first beside it, and by its key', async () => {
  await show();
  expect(document.querySelector('.quickref button')?.textContent).toContain('View Client Profile');
  await userEvent.keyboard('{Control>}o{/Control}');
  expect(location.hash).toBe(`#/clients/${amara.id}`);
});
test('the emergency contact is shown when asked, and closes on leaving', async () => {
  const shown = await show();
  expect(sent('emergency_contacts')).toEqual([]);
  await userEvent.keyboard('{Control>}e{/Control}');
  await expect.element(page.getByText('+44 7700 900317')).toBeVisible();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByText('+44 7700 900317')).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect.element(page.getByText('+44 7700 900317')).toBeVisible();
  await shown.unmount();
  await show();
  await expect.element(page.getByText('+44 7700 900317')).not.toBeInTheDocument();
});
test('with two in the room both are named, and each has facts and consent', async () => {
  const ben = who('Ben|Reyes');
  await show({
    ...sessionPage,
    session: { ...sessionPage.session, participants: [amara, ben] },
    facts: [
      facts,
      {
        ...facts,
        client: ben.id,
        name: ben.name,
        consent: { state: 'not_recorded', since: null, how: null, asserted_by: null },
      },
    ],
  });
  await expect.element(page.getByRole('heading', { name: 'Amara Nwachukwu-Reyes and Ben Reyes' })).toBeVisible();
  await page.getByRole('button', { name: 'Record consent' }).click();
  expect(overlay.now?.given.client).toBe(ben.id);
  await page.getByRole('button', { name: 'View Client Profile of Ben Reyes' }).click();
  expect(location.hash).toBe(`#/clients/${ben.id}`);
  expect(await violations()).toEqual([]);
});
test('in discreet mode plan, last time and name are withheld', async () => {
  frame.discreet = true;
  await show(veiled(sessionPage));
  await expect.element(page.getByText('Plan hidden')).toBeVisible();
  expect(document.body.textContent).not.toContain('February');
  expect(document.body.textContent).not.toContain('Nwachukwu');
  await expect.element(page.getByRole('button', { name: 'Add a point' })).not.toBeInTheDocument();
  expect(await violations()).toEqual([]);
});
test('a session that is no longer there says so', async () => {
  core.answer({ session: refuse('not_found', { what: 'session' }) });
  await render(Host, { screen: SessionPage, given: { params: { id: 'x' } } });
  await expect.element(page.getByRole('heading', { name: 'This session is no longer there' })).toBeVisible();
});
