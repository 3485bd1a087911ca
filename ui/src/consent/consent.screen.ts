import { beforeEach, expect, test, vi } from 'vitest';
import { fake, page, refuse, render, userEvent, violations } from '../testing';
import { facts, profile, shown } from '../testing/fixtures/clients';
import Host from '../testing/Host.svelte';
import ConsentDialog from './ConsentDialog.svelte';

const none = {
  ...profile,
  facts: { ...facts, consent: { state: 'not_recorded', since: null, how: null, asserted_by: null } },
};
const earlier = {
  decision: 'given',
  asserted_by: 'client',
  how: 'in_session',
  discussed_on: '2025-03-06',
  at: '2025-03-06T13:00:00Z',
  remark: shown('“As long as I can stop it.”'),
};
let core: ReturnType<typeof fake>;
beforeEach(() => {
  core = fake({ client_profile: none, consent_history: [], record_consent: null });
});
const sent = () => core.asked.filter((a) => a.name === 'record_consent').map((a) => a.args);
const show = async () => {
  const onclose = vi.fn();
  await render(Host, { screen: ConsentDialog, given: { given: { client: 'c13' }, onclose } });
  await expect.element(page.getByRole('radio', { name: 'Given' })).toBeVisible();
  return onclose;
};
const confirm = () => userEvent.keyboard('{Control>}{Enter}{/Control}');

test('the consent dialog breaks no rule of accessibility', async () => {
  await show();
  expect(await violations()).toEqual([]);
});
test('without an earlier consent there is nothing to withdraw', async () => {
  await show();
  await expect.element(page.getByText('Amara Nwachukwu-Reyes. Not recorded yet.')).toBeVisible();
  await expect.element(page.getByRole('radio', { name: 'Withdrawn' })).toHaveAttribute('aria-disabled', 'true');
  await expect
    .element(page.getByRole('radio', { name: 'Withdrawn' }))
    .toHaveAccessibleDescription('There is no earlier consent to withdraw.');
});
test('nothing is recorded before a decision is chosen', async () => {
  await show();
  await expect.element(page.getByRole('button', { name: 'Record consent' })).toBeDisabled();
  await confirm();
  expect(sent()).toEqual([]);
});
test('consent is recorded with the keyboard alone', async () => {
  const onclose = await show();
  await userEvent.keyboard(' ');
  await expect.element(page.getByRole('radio', { name: 'Given' })).toBeChecked();
  await page.getByRole('radio', { name: 'By phone' }).click();
  await page.getByRole('textbox', { name: 'Note' }).fill('“Yes, but not for the part about my brother.”');
  await expect.element(page.getByRole('button', { name: 'Record as given' })).toBeEnabled();
  await confirm();
  await vi.waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(sent()).toEqual([
    {
      client: 'c13',
      consent: {
        purpose: 'automatic_note_taking',
        decision: 'given',
        asserted_by: 'client',
        how: 'phone',
        discussed_on: '2026-01-15',
        form_version: '',
        session: null,
        remark: '“Yes, but not for the part about my brother.”',
      },
    },
  ]);
});
test('a given consent is withdrawn, and what that does is said', async () => {
  core.answer({ client_profile: profile, consent_history: [earlier] });
  await show();
  await expect.element(page.getByText('Amara Nwachukwu-Reyes. Given on 6 Mar 2025, in session.')).toBeVisible();
  await expect
    .element(page.getByRole('radio', { name: 'Given' }))
    .toHaveAccessibleDescription('As recorded on 6 Mar 2025.');
  await page.getByRole('radio', { name: 'Withdrawn' }).click();
  await expect
    .element(
      page.getByText(
        'Automatic note-taking stops now. Approved notes stay, and so does the record of the earlier consent.',
      ),
    )
    .toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Record as withdrawn' }).click();
  await vi.waitFor(() => expect(sent()[0]).toMatchObject({ consent: { decision: 'withdrawn' } }));
});
test('what was recorded before can be read', async () => {
  core.answer({ client_profile: profile, consent_history: [earlier] });
  await show();
  await page.getByRole('button', { name: 'Consent history (1)' }).click();
  await expect.element(page.getByText('6 Mar 2025: Given, in session')).toBeVisible();
  await expect.element(page.getByText('“As long as I can stop it.”')).toBeVisible();
});
test('what is refused is said, and what was typed stays', async () => {
  core.answer({ record_consent: refuse('in_future', { field: 'discussed_on' }) });
  const onclose = await show();
  await page.getByRole('radio', { name: 'Declined' }).click();
  await page.getByRole('textbox', { name: 'Note' }).fill('Not now');
  await confirm();
  await expect.element(page.getByRole('alert')).toHaveTextContent('The date lies in the future.');
  await expect.element(page.getByRole('textbox', { name: 'Note' })).toHaveValue('Not now');
  expect(onclose).not.toHaveBeenCalled();
});
