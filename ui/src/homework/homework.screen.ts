import { beforeEach, expect, test, vi } from 'vitest';
import type { Homework } from '../ipc/bindings';
import { overlay } from '../shell/overlay.svelte';
import { fake, page, refuse, render, userEvent, violations } from '../testing';
import { profile, shown, sleepDiary } from '../testing/fixtures/clients';
import Host from '../testing/Host.svelte';
import HomeworkDialog from './HomeworkDialog.svelte';
import HomeworkPage from './HomeworkPage.svelte';

const diary: Homework = {
  ...sleepDiary,
  detail: shown('Bedtime, waking, and how often in between. One line a night is enough; no reasons.'),
  repeats: 'daily',
  times: 7,
  occurrences: ['done', 'done', 'done', 'not_done', 'partly_done', 'assigned', 'assigned'],
  events: [
    { at: '2026-01-08T13:04:00Z', act: 'assigned', state: null, due_on: null, remark: null },
    {
      at: '2026-01-12T17:50:00Z',
      act: 'state',
      state: 'in_progress',
      due_on: null,
      remark: shown('three nights written down'),
    },
  ],
};
const letter: Homework = {
  ...sleepDiary,
  id: 'h2',
  text: shown('A letter to the inspector'),
  session: null,
  assigned_on: '2025-12-04',
  due_on: null,
  state: 'done',
  state_on: '2025-12-10',
  overdue_days: null,
};
let core: ReturnType<typeof fake>;
const sent = (name: string) => core.asked.filter((a) => a.name === name).map((a) => a.args);
beforeEach(async () => {
  await page.viewport(1280, 800);
  overlay.now = null;
  core = fake({
    homework: [diary, letter],
    client_profile: profile,
    record_homework: null,
    record_homework_occurrence: null,
    assign_homework: 'h9',
    edit_homework: null,
  });
});
const show = async () => {
  await render(Host, { screen: HomeworkPage, given: { params: { id: 'c13' } } });
  await expect.element(page.getByRole('option', { name: /Sleep diary/ })).toBeVisible();
};
const dialog = (given: Record<string, string>, onclose = () => {}) =>
  render(Host, { screen: HomeworkDialog, given: { given, onclose } });

test('the homework breaks no rule of accessibility', async () => {
  await show();
  expect(await violations()).toEqual([]);
});
test('a click moves a night on to its next mark', async () => {
  await show();
  await expect.element(page.getByText('3 done, 1 partly done, 1 not done, 2 not yet known.')).toBeVisible();
  await page.getByRole('button', { name: /^6\s*not yet known/ }).click();
  expect(sent('record_homework_occurrence')).toEqual([{ id: 'h1', number: 6, state: 'done' }]);
});
test('the state is recorded, and a refusal is said', async () => {
  await show();
  await page.getByRole('button', { name: 'Mark as done' }).click();
  expect(sent('record_homework')).toEqual([{ id: 'h1', state: 'done', remark: '' }]);
  core.answer({ record_homework: refuse('disk_full') });
  await page.getByRole('button', { name: 'Partly done', exact: true }).click();
  await expect.element(page.getByText(/The disk is full/)).toBeVisible();
});
test('the keys edit the chosen one', async () => {
  await show();
  (page.getByRole('option', { name: /letter/ }).element() as HTMLElement).click();
  await userEvent.keyboard('e');
  expect(overlay.now).toEqual({ name: 'homework', given: { client: 'c13', homework: 'h2' } });
});
test('homework is set with a date and the session it was set in', async () => {
  const onclose = vi.fn();
  await dialog({ client: 'c13' }, onclose);
  await page.getByLabelText('What').fill('Write to Emeka');
  await page.getByRole('button', { name: 'In a week' }).click();
  await expect.element(page.getByText('Overdue from 23 Jan')).toBeVisible();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await vi.waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(sent('assign_homework')).toEqual([
    {
      client: 'c13',
      homework: {
        text: 'Write to Emeka',
        detail: '',
        session: 's1',
        due_on: '2026-01-22',
        repeats: 'once',
        times: null,
      },
    },
  ]);
});
test('what was set is changed; a refusal keeps what is typed', async () => {
  const onclose = vi.fn();
  core.answer({ edit_homework: refuse('too_long', { field: 'text', most: 200 }) });
  await dialog({ client: 'c13', homework: 'h1' }, onclose);
  await expect.element(page.getByLabelText('What')).toHaveValue('Sleep diary, seven nights');
  expect(await violations()).toEqual([]);
  await page.getByLabelText('What').fill('Sleep diary');
  await page.getByRole('radio', { name: 'In progress' }).click();
  await page.getByRole('button', { name: /Save homework/ }).click();
  await expect.element(page.getByText('The text is too long. It can hold 200 characters.')).toBeVisible();
  await expect.element(page.getByLabelText('What')).toHaveValue('Sleep diary');
  core.answer({ edit_homework: null });
  await page.getByRole('button', { name: /Save homework/ }).click();
  await vi.waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(sent('record_homework')).toEqual([{ id: 'h1', state: 'in_progress', remark: '' }]);
});
