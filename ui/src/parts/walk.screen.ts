import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { violations } from '../testing/axe';
import Walk from '../testing/Walk.svelte';
import { veil } from './veil.svelte';

async function walk(count = 5, lines = 0) {
  const did = vi.fn<(what: string) => void>();
  await render(Walk, { count, lines, did });
  return did;
}

test('table, list and dialog break no rule of accessibility', async () => {
  await walk();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Edit' }).click();
  expect(await violations()).toEqual([]);
});
test('a dialog opens at its top, with the focus in it', async () => {
  await walk();
  await page.viewport(960, 200);
  await page.getByRole('button', { name: 'Edit' }).click();
  await expect.element(page.getByLabelText('First name')).toHaveFocus();
  expect(document.querySelector('.dialog')?.scrollTop).toBe(0);
  await page.viewport(1280, 800);
});
test('discreet mode empties an open dialog, and loses nothing of it', async () => {
  await walk();
  await page.getByRole('button', { name: 'Edit' }).click();
  await userEvent.fill(page.getByLabelText('First name'), 'Amara N');
  veil.on = true;
  await expect.element(page.getByRole('dialog', { name: 'Hidden in discreet mode' })).toBeVisible();
  expect(document.querySelector('dialog')?.textContent).not.toContain('Amara');
  expect(page.getByLabelText('First name').query()).toBeNull();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByRole('dialog')).toBeVisible();
  veil.on = false;
  await expect.element(page.getByLabelText('First name')).toHaveValue('Amara N');
  await expect.element(page.getByLabelText('First name')).toHaveFocus();
});
test('the arrows, Home, End and a letter walk a list', async () => {
  const did = await walk();
  await page.getByRole('option').first().click();
  await userEvent.keyboard('{ArrowDown}{End}{Home}c{Enter}');
  expect(did.mock.calls.map((c) => c[0])).toEqual([
    'select r0',
    'select r1',
    'select r4',
    'select r0',
    'select r2',
    'open r2',
  ]);
});
test('a table is walked, looked into and opened with the keyboard', async () => {
  const did = await walk();
  await page.getByRole('row').nth(1).element().dispatchEvent(new FocusEvent('focus'));
  (page.getByRole('row').nth(1).element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowDown} {End}{Enter}');
  expect(did.mock.calls.map((c) => c[0])).toEqual(['look r1', 'row r4']);
});
test('a letter that means something else here does not move', async () => {
  await walk();
  (page.getByRole('row').nth(1).element() as HTMLElement).focus();
  await userEvent.keyboard('b');
  await expect.element(page.getByRole('row').nth(1)).toHaveFocus();
  await userEvent.keyboard('d');
  await expect.element(page.getByRole('row').nth(4)).toHaveFocus();
});
test('a heading sorts, and says so', async () => {
  const did = await walk();
  await page.getByRole('button', { name: 'Name' }).click();
  expect(did).toHaveBeenCalledWith('sort name true');
  await expect.element(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending');
});
test('where rows are drawn higher than asked, the one walked to is whole in sight', async () => {
  const style = document.createElement('style');
  style.textContent = '.table tbody tr[tabindex] td { height: 40px; }';
  document.head.append(style);
  await walk(3000);
  (page.getByRole('row').nth(1).element() as HTMLElement).focus();
  const inSight = () => {
    const box = document.querySelector('main')?.getBoundingClientRect();
    const at = document.activeElement?.getBoundingClientRect();
    return box !== undefined && at !== undefined && at.bottom <= box.bottom + 0.5 && at.top >= box.top;
  };
  for (const [key, row] of [
    ['{End}', 'r2999'],
    ['{Home}', 'r0'],
  ] as const) {
    await userEvent.keyboard(key);
    await expect.poll(() => document.activeElement?.textContent).toContain(row);
    await expect.poll(inSight).toBe(true);
  }
  style.remove();
});
test('of 3,000 rows only those in view are drawn, and End reaches the last', async () => {
  await walk(3000);
  expect(document.querySelectorAll('tbody tr').length).toBeLessThan(80);
  (page.getByRole('row').nth(1).element() as HTMLElement).focus();
  await userEvent.keyboard('{End}');
  await expect.poll(() => document.activeElement?.textContent).toContain('r2999');
  await userEvent.keyboard('{Home}');
  await expect.poll(() => document.activeElement?.textContent).toContain('r0');
});
test('a dialog takes the focus, confirms by key and gives the focus back', async () => {
  const did = await walk();
  const edit = page.getByRole('button', { name: 'Edit' });
  await edit.click();
  await expect.element(page.getByRole('dialog', { name: 'Edit details' })).toBeVisible();
  await expect.element(page.getByLabelText('First name')).toHaveFocus();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(did).toHaveBeenLastCalledWith('confirm');
  await expect.element(edit).toHaveFocus();
});
test('Enter in the field of a dialog of one-line fields confirms it, unless the field has its own use for it', async () => {
  const did = await walk();
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabelText('Took').click();
  await userEvent.keyboard('{Enter}');
  await page.getByLabelText('First name').click();
  await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
  expect(did).not.toHaveBeenCalled();
  await userEvent.keyboard('{Enter}');
  expect(did.mock.calls.map((c) => c[0])).toEqual(['confirm']);
});
test('over a field that cannot be read neither a key nor the button confirms, and the field says so and has the focus', async () => {
  const did = await walk();
  await page.getByRole('button', { name: 'Edit' }).click();
  const born = page.getByLabelText('Born', { exact: true });
  await born.fill('30/2');
  await userEvent.keyboard('{Enter}');
  await expect.element(born).toHaveFocus();
  await expect.element(born).toBeInvalid();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await page.getByRole('button', { name: /^Save details/ }).click();
  await expect.element(born).toHaveFocus();
  expect(did).not.toHaveBeenCalled();
  await born.fill('1/3/1991');
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(did.mock.calls.map((c) => c[0])).toEqual(['confirm']));
});
test('Enter on a button of a dialog presses the button alone', async () => {
  const did = await walk();
  await page.getByRole('button', { name: 'Edit' }).click();
  (page.getByRole('button', { name: 'Look' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  expect(did.mock.calls.map((c) => c[0])).toEqual(['look']);
});
test('where a dialog has a field of more lines, Enter breaks the line there and confirms nowhere', async () => {
  const did = await walk(5, 3);
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabelText('First name').click();
  await userEvent.keyboard('{Enter}');
  await page.getByLabelText('Remark').click();
  await userEvent.keyboard('a{Enter}b');
  await expect.element(page.getByLabelText('Remark')).toHaveValue('a\nb');
  expect(did).not.toHaveBeenCalled();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(did.mock.calls.map((c) => c[0])).toEqual(['confirm']);
});
test('Esc closes a dialog', async () => {
  const did = await walk();
  await page.getByRole('button', { name: 'Edit' }).click();
  await userEvent.keyboard('{Escape}');
  expect(did.mock.calls.map((c) => c[0])).toEqual(['close']);
});
test('Tab stays inside a dialog', async () => {
  await walk();
  await page.getByRole('button', { name: 'Edit' }).click();
  for (let i = 0; i < 4; i += 1) await userEvent.tab();
  expect(document.activeElement?.closest('dialog')).not.toBeNull();
});
