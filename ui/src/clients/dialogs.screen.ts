import { beforeEach, expect, test, vi } from 'vitest';
import { overlay } from '../shell/overlay.svelte';
import { fake, page, refuse, render, userEvent, violations } from '../testing';
import { details, detailsPage, harpreet } from '../testing/fixtures/clients';
import Host from '../testing/Host.svelte';
import AddDialog from './AddDialog.svelte';
import EditDialog from './EditDialog.svelte';

let core: ReturnType<typeof fake>;
beforeEach(() => {
  overlay.now = null;
  core = fake({
    add_client: 'c99',
    edit_client: null,
    client_details: detailsPage,
    zones: ['Africa/Lagos', 'Europe/Berlin', 'Europe/London'],
  });
});
const sent = (name: string) => core.asked.filter((a) => a.name === name).map((a) => a.args);
const show = async (screen: typeof AddDialog | typeof EditDialog, given = {}) => {
  const onclose = vi.fn();
  await render(Host, { screen, given: { given, onclose } });
  await expect.element(page.getByRole('dialog')).toBeVisible();
  return onclose;
};
const field = (name: string) => page.getByRole('textbox', { name });
const save = () => userEvent.keyboard('{Control>}{Enter}{/Control}');

test('the dialog for a new client breaks no rule of accessibility', async () => {
  await show(AddDialog);
  expect(await violations()).toEqual([]);
});
test('a name is enough to add a client', async () => {
  const onclose = await show(AddDialog);
  await field('Last name').fill('Suparman');
  await save();
  await vi.waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(sent('add_client')[0]).toMatchObject({
    details: { last_name: 'Suparman', first_name: '', phones: [], emails: [], born: null },
    status: 'active',
    evenIfAlike: false,
  });
  expect(location.hash).toBe('#/clients/c99');
});
test('everything in the form is sent, with the order the name is shown in', async () => {
  await show(AddDialog);
  await field('First name').fill('Minh Châu');
  await field('Last name').fill('Nguyễn');
  await field('Born').fill('3/4/1992');
  await field('Phone').fill('+44 20 7946 0123');
  await field('Email').fill('chau@inbox.example');
  await page.getByRole('radio', { name: 'Waiting' }).click();
  await page.getByLabelText('Shown as').selectOptions('Nguyễn Minh Châu');
  await save();
  await vi.waitFor(() => expect(sent('add_client')).toHaveLength(1));
  expect(sent('add_client')[0]).toMatchObject({
    details: {
      name_order: 'family_first',
      born: '1992-04-03',
      phones: [{ value: '+44 20 7946 0123' }],
      emails: [{ value: 'chau@inbox.example' }],
    },
    status: 'waiting',
  });
});
test('adding can go straight on to booking', async () => {
  await show(AddDialog);
  await field('Last name').fill('Suparman');
  await page.getByRole('button', { name: 'Add and book a session' }).click();
  await vi.waitFor(() => expect(overlay.now).toEqual({ name: 'book', given: { client: 'c99' } }));
});
test('what is refused stands beside its field, and nothing typed is lost', async () => {
  core.answer({ add_client: refuse('empty', { field: 'last_name' }) });
  await show(AddDialog);
  await field('First name').fill('Refilwe');
  await save();
  await expect.element(field('Last name')).toHaveAccessibleDescription(/The last name is missing/);
  await expect.element(field('First name')).toHaveValue('Refilwe');
  core.answer({ add_client: refuse('disk_full') });
  await save();
  await expect.element(page.getByRole('alert')).toHaveTextContent('The disk is full.');
  await expect.element(field('First name')).toHaveValue('Refilwe');
});
test('a likely duplicate is asked about, and the first way leads to the one who exists', async () => {
  core.answer({
    add_client: (args: { evenIfAlike: boolean }) =>
      args.evenIfAlike ? 'c99' : refuse('likely_duplicate', { likenesses: [harpreet] }),
  });
  const onclose = await show(AddDialog);
  await field('First name').fill('Harpreet');
  await field('Last name').fill('Kaur');
  await field('Phone').fill('+44 7700 900215');
  await save();
  const alike = page.getByRole('dialog', { name: 'Is this the same person?' });
  await expect.element(alike).toHaveTextContent(/You are adding Harpreet Kaur. One client is much alike./);
  await expect
    .element(page.getByRole('row', { name: /Phone/ }))
    .toHaveTextContent('Phone+44 7700 900215+44 7700 900251Differs');
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(field('Phone')).toHaveValue('+44 7700 900215');
  await save();
  await expect.element(alike).toBeVisible();
  await save();
  expect(location.hash).toBe('#/clients/c10');
  expect(onclose).toHaveBeenCalled();
});
test('two people of one name can both be clients', async () => {
  core.answer({
    add_client: (args: { evenIfAlike: boolean }) =>
      args.evenIfAlike ? 'c99' : refuse('likely_duplicate', { likenesses: [harpreet] }),
  });
  await show(AddDialog);
  await field('Last name').fill('Kaur');
  await save();
  await page.getByRole('button', { name: 'Add as a new client' }).click();
  await vi.waitFor(() => expect(sent('add_client').at(-1)).toMatchObject({ evenIfAlike: true }));
});

test('the dialog for details breaks no rule of accessibility, folded or not', async () => {
  await show(EditDialog, { client: 'c13', more: 'yes' });
  await expect.element(field('Address')).toHaveValue('22 Albert Street, Durham DH1 4RL');
  expect(await violations()).toEqual([]);
});
test('a change is not saved before it is said how it was agreed', async () => {
  const onclose = await show(EditDialog, { client: 'c13' });
  await field('Phone').fill('+44 7700 900999');
  await save();
  await expect.element(page.getByText('Say how this was agreed with the client.')).toBeVisible();
  expect(sent('edit_client')).toEqual([]);
  await page.getByRole('radio', { name: 'By phone' }).click();
  await save();
  await vi.waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(sent('edit_client')).toEqual([
    {
      id: 'c13',
      details: {
        ...details,
        phones: [{ value: '+44 7700 900999', remark: 'Mobile. Messages are fine.' }, details.phones[1]],
      },
      agreement: { how: 'phone', on: '2026-01-15' },
    },
  ]);
});
test('nothing changed is nothing saved', async () => {
  const onclose = await show(EditDialog, { client: 'c13' });
  await save();
  expect(onclose).toHaveBeenCalled();
  expect(sent('edit_client')).toEqual([]);
});
test('an address without an ending is doubted, not refused', async () => {
  const onclose = await show(EditDialog, { client: 'c13' });
  await field('Email').fill('amara.nwachukwu-reyes@posteo');
  await userEvent.tab();
  await expect
    .element(page.getByText('This address has no ending, such as .org. Save it anyway if it is right.'))
    .toBeVisible();
  await page.getByRole('radio', { name: 'Only a correction' }).click();
  await save();
  await vi.waitFor(() => expect(onclose).toHaveBeenCalled());
});
test('emptying the first number leaves the second where it is until it is saved', async () => {
  await show(EditDialog, { client: 'c13' });
  await field('Phone').fill('');
  await expect.element(field('Phone')).toHaveValue('');
  await page.getByRole('radio', { name: 'In session' }).click();
  await save();
  await vi.waitFor(() =>
    expect(sent('edit_client')[0]).toMatchObject({ details: { phones: [{ value: '+44 191 555 0186' }] } }),
  );
});
test('when saving fails the form stays as typed', async () => {
  core.answer({ edit_client: refuse('in_future', { field: 'born' }) });
  await show(EditDialog, { client: 'c13' });
  await field('First name').fill('Amarachi');
  await page.getByRole('radio', { name: 'In writing' }).click();
  await save();
  await expect.element(page.getByText('The date of birth lies in the future.')).toBeVisible();
  await expect.element(field('First name')).toHaveValue('Amarachi');
});
test('in discreet mode no detail is given out to be edited', async () => {
  core.answer({ client_details: { ...detailsPage, details: null, contacts: [] } });
  await show(EditDialog, { client: 'c13' });
  await expect.element(page.getByText('Hidden in discreet mode.')).toBeVisible();
});
