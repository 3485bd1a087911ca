import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { violations } from '../testing/axe';
import Shelf from '../testing/Shelf.svelte';

async function shelf() {
  const did = vi.fn<(what: string) => void>();
  await render(Shelf, { did });
  return did;
}

test('no part breaks a rule of accessibility, light and dark, wide and narrow', async () => {
  await shelf();
  expect(await violations()).toEqual([]);
});
test('the keys shown on a button are not part of its name', async () => {
  const did = await shelf();
  await page.getByRole('button', { name: 'Approve note', exact: true }).click();
  expect(did).toHaveBeenCalledWith('approve');
});
test('a disabled button says why', async () => {
  await shelf();
  const button = page.getByRole('button', { name: 'Locked away' });
  await expect.element(button).toBeDisabled();
  await expect.element(button).toHaveAccessibleDescription('You can approve once the note is saved.');
});
test('a field names its error', async () => {
  await shelf();
  await expect.element(page.getByLabelText('Email')).toHaveAccessibleDescription(/no ending/);
});
test('a date is read as it is typed and shown in full when left', async () => {
  const did = await shelf();
  const field = page.getByRole('textbox', { name: 'Date', exact: true });
  await field.fill('3/2');
  expect(did).toHaveBeenCalledWith('2026-02-03');
  await userEvent.tab();
  await expect.element(field).toHaveValue('Tue 3 Feb 2026');
});
test('what is no date is said so, and the value stays', async () => {
  const did = await shelf();
  await page.getByRole('textbox', { name: 'Date', exact: true }).fill('soon');
  await userEvent.tab();
  await expect.element(page.getByText(/This is not a date/)).toBeVisible();
  expect(did).not.toHaveBeenCalled();
});
test('a day is picked from the calendar with the arrows', async () => {
  const did = await shelf();
  await page.getByRole('button', { name: 'Date: choose from a calendar' }).click();
  await userEvent.keyboard('{ArrowDown}{ArrowRight}{Enter}');
  expect(did).toHaveBeenCalledWith('2026-01-29');
});
test('a time is read as it is typed', async () => {
  const did = await shelf();
  await page.getByRole('textbox', { name: 'Time' }).fill('4pm');
  expect(did).toHaveBeenCalledWith('16:00');
});
test('the arrows choose in a segment', async () => {
  const did = await shelf();
  await page.getByRole('radio', { name: 'Client' }).click();
  await userEvent.keyboard('{ArrowRight}');
  expect(did).toHaveBeenLastCalledWith('therapist');
});
test('an unavailable choice is passed over, not chosen', async () => {
  const did = await shelf();
  await page.getByRole('radio', { name: 'Withdrawn' }).click({ force: true });
  expect(did).not.toHaveBeenCalled();
  await page.getByRole('radio', { name: 'Declined' }).click();
  expect(did).toHaveBeenCalledWith('declined');
});
test('a switch turns by its label and by Space', async () => {
  const did = await shelf();
  await page.getByRole('switch', { name: 'Repeat every week' }).click();
  await userEvent.keyboard(' ');
  expect(did.mock.calls.map((c) => c[0])).toEqual(['true', 'false']);
});
test('the menu is walked with the arrows and Esc gives the focus back', async () => {
  const did = await shelf();
  const more = page.getByRole('button', { name: 'More' });
  await more.click();
  await userEvent.keyboard('{Escape}');
  await expect.element(more).toHaveFocus();
  await userEvent.keyboard('{Enter}{ArrowDown}{Enter}');
  expect(did).toHaveBeenCalledWith('delete');
});
test('a disclosure says whether it is open', async () => {
  await shelf();
  const show = page.getByRole('button', { name: 'Show' });
  await show.click();
  await expect.element(show).toHaveAttribute('aria-expanded', 'true');
  await expect.element(page.getByText('Samira al-Khatib')).toBeVisible();
});
test('the editor is a named text box that gives back Markdown', async () => {
  const did = await shelf();
  const box = page.getByRole('textbox', { name: 'Plan' });
  await box.click();
  await userEvent.keyboard('{Control>}a{/Control}Call on *Sunday*');
  expect(did).toHaveBeenLastCalledWith('Call on *Sunday*');
});
test('Tab leaves the editor', async () => {
  await shelf();
  const box = page.getByRole('textbox', { name: 'Plan' });
  await box.click();
  await userEvent.tab();
  await expect.element(box).not.toHaveFocus();
});
