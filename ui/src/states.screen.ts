import { beforeEach, expect, test, vi } from 'vitest';
import App from './App.svelte';
import type { Barred, KeyringFault } from './ipc/bindings';
import { fake, page, refuse, render, userEvent, violations } from './testing';
import { NOW } from './testing/setup';
import { ways } from './states/ways';

const folder = '/home/ines/.local/share/org.anteroom.desktop';
const faults: KeyringFault[] = ['timed_out', 'no_keyring', 'ambiguous', 'not_a_secret', 'not_kept', 'platform'];
const all: Barred[] = (Object.keys(ways) as Barred['kind'][]).flatMap((kind): Barred[] => {
  if (kind === 'store_failed') return faults.map((reason) => ({ kind, reason }));
  if (kind === 'newer') return [{ kind, found: 9, known: 8 }];
  if (kind === 'vault_file_newer') return [{ kind, format: 2 }];
  if (kind === 'disk' || kind === 'database')
    return [
      { kind, code: 5 },
      { kind, code: null },
    ];
  return [{ kind }];
});
const barred = (what: Barred, sample = false) => ({ kind: 'barred', barred: what, folder, sample });

const open = { kind: 'open', sample: false, needs_kit: false };

let core: ReturnType<typeof fake>;
beforeEach(() => {
  core = fake({
    standing: barred({ kind: 'read_only' }),
    open_sample: { kind: 'open', sample: true, needs_kit: false },
    frame: { awaiting_approval: 0, discreet: false, is_sample: false, now: NOW, zone: 'Europe/London' },
    appearance: { theme: 'system', zoom: 100, text_size: 'usual', week_start: 'monday', clock: 'h24' },
    'plugin:webview|set_webview_zoom': null,
    undoable: null,
  });
});

test('every state has its own sentence, says that nothing was lost, and shows the folder', async () => {
  const seen = new Set<string>();
  for (const what of all) {
    core.answer({ standing: barred(what) });
    const shown = await render(App);
    if (what.kind === 'key_gone') {
      // The code has the focus there, and the folder is among the details.
      await expect.element(page.getByLabelText('Group 1')).toHaveFocus();
      await page.getByRole('button', { name: 'Show the details' }).click();
    } else await expect.element(page.getByRole('heading', { level: 1 })).toHaveFocus();
    const text = document.querySelector('.state')?.textContent ?? '';
    const words = `${page.getByRole('heading', { level: 1 }).element().textContent} ${document.querySelector('.state > p.num')?.textContent}`;
    expect(seen).not.toContain(words);
    seen.add(words);
    expect(text, JSON.stringify(what)).toMatch(/nothing|neither|have not been|has not|none was/i);
    expect(text).toContain(folder);
    expect(text).not.toContain('barred-');
    expect(text).not.toMatch(/\{|\$|undefined|null/);
    await shown.unmount();
  }
});
const code = ['7KQM', 'X2RD', '94TV', 'HN6P', 'CB3W', 'E8JY', '5ZAF', '1GST'];
const wrong3 = code.with(4, 'CB8W');
/** As the core reads it. */
const tries = ({ written }: { written: { groups: string[] } }) => {
  if (written.groups[4] === 'CB8W')
    return refuse('slip', { slip: { kind: 'mistaken', group: 5, typed: '8', perhaps: '3' } });
  if (written.groups[0] === '7777') return refuse('slip', { slip: { kind: 'disagrees' } });
  return null;
};
const opens = () => {
  core.answer({ standing: open });
  return open;
};
async function paste(text: string): Promise<void> {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  document.activeElement?.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
  );
}
const values = () =>
  [...document.querySelectorAll<HTMLInputElement>('.codein input, .codecheck input')].map((i) => i.value);
async function codeEntry(): Promise<void> {
  core.answer({
    standing: barred({ kind: 'key_gone' }),
    try_code: tries,
    recover: opens,
    passphrase_strength: { score: 4, words: 5, enough: true, weakness: null },
  });
  await render(App);
  await expect.element(page.getByLabelText('Group 1')).toHaveFocus();
}

test('the code is typed in one go, capitals or not; the last key opens nothing yet', async () => {
  await codeEntry();
  await expect.element(page.getByRole('button', { name: 'Open the records' })).toBeDisabled();
  await userEvent.keyboard('7kqm x2rd-94TVhn6pcb3we8jy5zaf1gst8r');
  expect(values()).toEqual([...code, '8R']);
  await expect.element(page.getByLabelText('Check, two characters')).toHaveFocus();
  await expect.element(page.getByRole('button', { name: 'Open the records' })).toBeEnabled();
  expect(core.asked.some((a) => a.name === 'recover')).toBe(false);
});
test('Backspace in an empty group goes back to the one before', async () => {
  await codeEntry();
  await userEvent.keyboard('7kqm{Backspace}{Backspace}N');
  expect(values().slice(0, 2)).toEqual(['7KQN', '']);
});
test('the whole code is pasted into any group, alone or with the page around it', async () => {
  await codeEntry();
  for (const text of [
    `${code.join(' ')} 8R`,
    `${code.join('').toLowerCase()}8r`,
    `Anteroom recovery kit\nPractice of Ines Halloran\n3 November 2025, records 7F3A9C21\n\n${code.slice(0, 4).join('  ')}\n${code.slice(4).join('  ')}\nCheck 8R\n\nTo open your records`,
  ]) {
    (page.getByLabelText('Group 4').element() as HTMLElement).focus();
    await paste(text);
    expect(values()).toEqual([...code, '8R']);
    await userEvent.keyboard('{Backspace}{Backspace}');
  }
});
test('a slip names the group and what is mixed up, and is looked at again once it is changed', async () => {
  await codeEntry();
  await paste(`${wrong3.join(' ')} 8R`);
  await userEvent.keyboard('{Enter}');
  await expect
    .element(
      page.getByText('The code does not agree with its check. Look at group 5 again: 3 and 8 are easily mixed up.'),
    )
    .toBeVisible();
  await expect.element(page.getByLabelText('Group 5')).toHaveFocus();
  await expect.element(page.getByLabelText('Group 5')).toHaveAttribute('aria-invalid', 'true');
  await expect.element(page.getByRole('button', { name: 'Open the records' })).toBeDisabled();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('cb3w');
  await expect.element(page.getByText(/does not agree/)).not.toBeInTheDocument();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByLabelText('New passphrase')).toHaveFocus();
});
test('a code that disagrees without a likely slip says so', async () => {
  await codeEntry();
  await paste(`7777 ${code.slice(1).join(' ')} 8R`);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText(/Compare it with the kit, group by group/)).toBeVisible();
});
test('a code of other records leads back to the code, and the passphrase is gone', async () => {
  await codeEntry();
  await paste(`${code.join(' ')} 8R`);
  await userEvent.keyboard('{Enter}');
  await page.getByLabelText('New passphrase').fill('tin lantern eleven moss quay');
  await page.getByLabelText('Again').fill('tin lantern eleven moss quay');
  core.answer({ recover: refuse('wrong_code') });
  await expect.element(page.getByRole('button', { name: 'Open the records' })).toBeEnabled();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText(/of other records/)).toBeVisible();
  expect(document.documentElement.outerHTML).not.toContain('lantern');
});
test('a code of other records is said beside the code before any passphrase is asked for, and makes wait', async () => {
  await codeEntry();
  core.answer({ try_code: refuse('wrong_code') });
  await paste(`${code.join(' ')} 8R`);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('alert')).toHaveTextContent(/of other records/);
  core.answer({ try_code: refuse('wait', { seconds: 4 }) });
  await page.getByLabelText('Group 8').fill('1GSW');
  await page.getByRole('button', { name: 'Open the records' }).click();
  await expect.element(page.getByText('Try again in 4 seconds.')).toBeVisible();
  expect(core.asked.some((a) => a.name === 'recover')).toBe(false);
  core.answer({ try_code: null });
  await page.getByRole('button', { name: 'Open the records' }).click();
  await expect.element(page.getByLabelText('New passphrase')).toHaveFocus();
});
test('what keeps the code from being tried has its own page', async () => {
  await codeEntry();
  core.answer({ try_code: barred({ kind: 'no_kit' }), standing: barred({ kind: 'no_kit' }) });
  await paste(`${code.join(' ')} 8R`);
  await userEvent.keyboard('{Enter}');
  await expect
    .element(page.getByRole('heading', { level: 1, name: 'These records have no recovery kit' }))
    .toBeVisible();
});
test('the folder of the records is shown by the system, and it is said where none can', async () => {
  core.answer({ show_folder: null });
  await render(App);
  await page.getByRole('button', { name: 'Show the folder' }).click();
  expect(core.asked.filter((a) => a.name === 'show_folder').map((a) => a.args)).toEqual([{}]);
  core.answer({ show_folder: refuse('no_file_manager') });
  await page.getByRole('button', { name: 'Show the folder' }).click();
  await expect.element(page.getByText(/^No file manager answered/)).toBeVisible();
});
test('the new passphrase can be left off, with its consequence said', async () => {
  await codeEntry();
  await paste(`${code.join(' ')} 8R`);
  await userEvent.keyboard('{Enter}');
  await page.getByRole('button', { name: 'Leave it off' }).click();
  await expect.element(page.getByText(/whoever is logged in to this computer as you/)).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave it off' }).click();
  await expect.element(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
  expect(core.asked.findLast((a) => a.name === 'recover')?.args).toEqual({
    written: { groups: code, check: '8R' },
    passphrase: null,
  });
});
test('without the kit it is said plainly what remains', async () => {
  await codeEntry();
  await page.getByRole('button', { name: 'I no longer have the kit' }).click();
  await expect.element(page.getByText(/Without the kit only the key in the password store/)).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Use the recovery kit' }).click();
  await expect.element(page.getByLabelText('Group 1')).toHaveFocus();
});
test('the kit is offered where it opens the records all the same, and not for the sample', async () => {
  for (const [what, sample, offered] of [
    [{ kind: 'no_store' }, false, true],
    [{ kind: 'store_locked' }, false, true],
    [{ kind: 'store_failed', reason: 'timed_out' }, false, true],
    [{ kind: 'other_vault' }, false, true],
    [{ kind: 'other_vault' }, true, false],
    [{ kind: 'database_damaged' }, false, false],
    [{ kind: 'no_kit' }, false, false],
  ] as [Barred, boolean, boolean][]) {
    core.answer({ standing: barred(what, sample) });
    const shown = await render(App);
    await expect.element(page.getByRole('heading', { level: 1 })).toHaveFocus();
    expect(page.getByRole('button', { name: 'Use the recovery kit' }).elements()).toHaveLength(offered ? 1 : 0);
    await shown.unmount();
  }
});
test('where the store still does not answer after a right code, that is said', async () => {
  core.answer({
    standing: barred({ kind: 'no_store' }),
    try_code: null,
    recover: barred({ kind: 'no_store' }),
  });
  await render(App);
  await page.getByRole('button', { name: 'Use the recovery kit' }).click();
  await expect.element(page.getByLabelText('Group 1')).toHaveFocus();
  await paste(`${code.join(' ')} 8R`);
  await userEvent.keyboard('{Enter}');
  await page.getByRole('button', { name: 'Leave it off' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave it off' }).click();
  await expect.element(page.getByText(/^The code is right, but/)).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Try again' })).toBeVisible();
});

const behind = { ended_at: '2026-01-15T10:58:00Z', confirmed_at: '2026-01-15T11:12:00Z', missing: 25 };
test('records that end too early say by how much, and go on only after it is asked', async () => {
  core.answer({
    standing: { kind: 'behind', behind },
    go_on: () => {
      core.answer({ standing: open });
      return open;
    },
  });
  await render(App);
  await expect.element(page.getByRole('heading', { level: 1, name: 'Some recent entries are missing' })).toHaveFocus();
  await expect
    .element(
      page.getByText(
        /^These records end today at 10:58\. Anteroom had confirmed 25 entries after that, the last at 11:12\./,
      ),
    )
    .toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Show the details' }).click();
  await expect.element(page.getByText('25 entries are missing.')).toBeVisible();
  await page.getByRole('button', { name: 'Go on without them' }).click();
  await expect.element(page.getByRole('dialog', { name: 'Go on without the missing entries?' })).toBeVisible();
  expect(await violations()).toEqual([]);
  expect(core.asked.some((a) => a.name === 'go_on')).toBe(false);
  await page.getByRole('dialog').getByRole('button', { name: 'Go on without them' }).click();
  await expect.element(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
});
test('records that end too early by one entry, by an unknown number, or went another way have their own words', async () => {
  for (const [more, words] of [
    [{ missing: 1 }, /one entry after that, made at 11:12/],
    [{ missing: null }, /more entries after that, the last at 11:12/],
    [{ ended_at: '2026-01-14T16:00:00Z' }, /end yesterday at 16:00\. .*the last today at 11:12/],
    [{ ended_at: null, missing: null }, /hold others in their place/],
  ] as const) {
    core.answer({ standing: { kind: 'behind', behind: { ...behind, ...more } } });
    const shown = await render(App);
    await expect.element(page.getByText(words)).toBeVisible();
    await shown.unmount();
  }
});
test('what is left of records that end too early can be verified before going on', async () => {
  const verified = { events: 812, since: '2025-03-06T09:00:00Z', broken_at: null, altered_note: null };
  core.answer({ standing: { kind: 'behind', behind }, verify_record: { at: NOW, verified, whole: true } });
  await render(App);
  await page.getByRole('button', { name: 'Verify what is here' }).click();
  await expect.element(page.getByText(/Whole: 812 entries since 6 Mar 2025/)).toBeVisible();
  expect(await violations()).toEqual([]);
});
test('records that end too early can be locked', async () => {
  core.answer({ standing: { kind: 'behind', behind }, lock: null });
  await render(App);
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
  await userEvent.keyboard('{Control>}l{/Control}');
  await vi.waitFor(() => expect(core.asked.some((a) => a.name === 'lock')).toBe(true));
});

test('a state breaks no rule of accessibility', async () => {
  core.answer({ standing: barred({ kind: 'other_vault' }) });
  await render(App);
  await expect.element(page.getByText(/org\.anteroom\.desktop belong/)).toBeVisible();
  expect(await violations()).toEqual([]);
});
test('trying again says so when nothing has changed, and goes on when it has', async () => {
  await render(App);
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveFocus();
  await userEvent.keyboard('{Tab}{Enter}');
  await expect.element(page.getByRole('status')).toHaveTextContent(/Tried at .* still as described/);
  core.answer({ standing: { kind: 'open', sample: false, needs_kit: false } });
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
});
test('what stands in the way now is not said to be as it was', async () => {
  await render(App);
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveFocus();
  core.answer({ standing: barred({ kind: 'store_locked' }) });
  await userEvent.keyboard('{Tab}{Enter}');
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('The password store is locked');
  await expect.element(page.getByRole('status')).not.toHaveTextContent(/still as described/);
});
test('a locked store is unlocked by asking again', async () => {
  core.answer({ standing: barred({ kind: 'store_locked' }) });
  await render(App);
  core.answer({ standing: { kind: 'open', sample: false, needs_kit: false } });
  await page.getByRole('button', { name: 'Unlock the store' }).click();
  await expect.element(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
});
test('the sample is offered where it would open, and only there', async () => {
  const shown = await render(App);
  await expect.element(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Open the sample' })).not.toBeInTheDocument();
  await shown.unmount();
  core.answer({ standing: barred({ kind: 'other_vault' }) });
  await render(App);
  core.answer({ standing: { kind: 'open', sample: true, needs_kit: false } });
  await page.getByRole('button', { name: 'Open the sample' }).click();
  await vi.waitFor(() => expect(core.asked.some((a) => a.name === 'open_sample')).toBe(true));
  await expect.element(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
});
test('from a sample that does not open one comes back to your own records', async () => {
  core.answer({
    standing: barred({ kind: 'disk_full' }, true),
    leave_sample: () => {
      core.answer({ standing: { kind: 'open', sample: false, needs_kit: false } });
      return { kind: 'open', sample: false, needs_kit: false };
    },
  });
  await render(App);
  await page.getByRole('button', { name: 'Leave the sample' }).click();
  await expect.element(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
});
