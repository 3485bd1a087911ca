import { beforeEach, expect, test, vi } from 'vitest';
import { overlay } from '../shell/overlay.svelte';
import { fake, page, refuse, render, userEvent, violations } from '../testing';
import { detailsPage } from '../testing/fixtures/clients';
import Host from '../testing/Host.svelte';
import DetailsPage from './DetailsPage.svelte';

let core: ReturnType<typeof fake>;
beforeEach(() => {
  overlay.now = null;
  core = fake({
    client_details: detailsPage,
    reorder_contact: null,
    add_contact: 'k9',
    edit_contact: null,
    remove_contact: null,
  });
});
const sent = (name: string) => core.asked.filter((a) => a.name === name).map((a) => a.args);
const show = async () => {
  await page.viewport(1280, 800);
  await render(Host, { screen: DetailsPage, given: { params: { id: 'c13' } } });
  await expect.element(page.getByRole('heading', { name: 'Folake Adeyemi' })).toBeVisible();
};
const save = () => userEvent.keyboard('{Control>}{Enter}{/Control}');

test('details and contacts break no rule of accessibility', async () => {
  await show();
  expect(await violations()).toEqual([]);
});
test('every number, address and remark stands on the page', async () => {
  await show();
  for (const said of [
    '+44 7700 900142',
    'Work, until 18:00. Say only your name.',
    'Private. For dates only.',
    '22 Albert Street, Durham DH1 4RL',
    '2025-014',
    'London, as yours',
    'Until 6 Nov 2026.',
    'No end date.',
    'Last changed 6 Nov 2025, agreed in session.',
  ])
    await expect.element(page.getByText(said, { exact: true })).toBeVisible();
});
test('the order of emergency contacts is changed by their arrows', async () => {
  await show();
  await expect.element(page.getByRole('button', { name: 'Move Emeka Nwachukwu up' })).toBeDisabled();
  await page.getByRole('button', { name: 'Move Folake Adeyemi up' }).click();
  expect(sent('reorder_contact')).toEqual([{ id: 'k2', by: -1 }]);
});
test('a contact is added with everything about it, as agreed', async () => {
  await show();
  await page.getByRole('button', { name: 'Add a contact' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Chidi Okafor');
  await page.getByRole('textbox', { name: 'Phone 1' }).fill('+44 7700 900444');
  expect(await violations()).toEqual([]);
  await save();
  await expect.element(page.getByText('Say how this was agreed with the client.')).toBeVisible();
  await page.getByRole('radio', { name: 'In session' }).click();
  await save();
  await vi.waitFor(() => expect(sent('add_contact')).toHaveLength(1));
  expect(sent('add_contact')[0]).toMatchObject({
    client: 'c13',
    contact: { name: 'Chidi Okafor', emergency: true, phones: [{ value: '+44 7700 900444', remark: '' }] },
    agreement: { how: 'in_session', on: '2026-01-15' },
  });
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
});
test('a contact is changed, and what fails keeps what was typed', async () => {
  core.answer({ edit_contact: refuse('too_long', { field: 'relationship', most: 200 }) });
  await show();
  await page.getByRole('button', { name: 'Edit Emeka Nwachukwu' }).click();
  await page.getByRole('textbox', { name: 'Relationship' }).fill('older brother');
  await page.getByRole('radio', { name: 'Only a correction' }).click();
  await save();
  await expect.element(page.getByText('The relationship is too long. It can hold 200 characters.')).toBeVisible();
  await expect.element(page.getByRole('textbox', { name: 'Relationship' })).toHaveValue('older brother');
});
test('a contact is taken out as agreed', async () => {
  await show();
  await page.getByRole('button', { name: 'Edit Dr Ruth Castellane' }).click();
  await page.getByRole('radio', { name: 'By phone' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await vi.waitFor(() =>
    expect(sent('remove_contact')).toEqual([{ id: 'k3', agreement: { how: 'phone', on: '2026-01-15' } }]),
  );
});
test('in discreet mode neither details nor contacts are given out', async () => {
  core.answer({ client_details: { ...detailsPage, details: null, contacts: [] } });
  await render(Host, { screen: DetailsPage, given: { params: { id: 'c13' } } });
  await expect.element(page.getByText('Hidden in discreet mode. Hold Alt to look.')).toBeVisible();
});
