import { beforeEach, expect, test, vi } from 'vitest';
import type { NoteScreen } from '../ipc/bindings';
import { frame } from '../shell';
import { fake, page, refuse, render, userEvent, violations } from '../testing';
import { draft, justApproved, withTexts } from '../testing/fixtures/notes';
import Host from '../testing/Host.svelte';
import NotePage from './NotePage.svelte';

let core: ReturnType<typeof fake>;
let now: NoteScreen;
let number = 0;
const sent = (name: string) => core.asked.filter((a) => a.name === name).map((a) => a.args);
const saved = () => sent('save_draft').at(-1) as { sections: { kind: string; text: string }[] } | undefined;
/** Each test writes a note of its own, since a draft stays on the desk until it is saved. */
function given(screen: NoteScreen): void {
  number += 1;
  now = { ...screen, note: { ...screen.note, id: `n-${number}` } };
}
beforeEach(() => {
  frame.discreet = false;
  given(draft);
  core = fake({
    note: () => now,
    save_draft: { at: '2026-01-15T11:12:00Z' },
    finish_writing: null,
    approve_note: () => {
      now = { ...justApproved, note: { ...justApproved.note, id: now.note.id } };
      return { at: '2026-01-15T11:14:00Z', undo_until: '2026-01-15T11:14:30Z' };
    },
    undo_approval: () => {
      now = { ...draft, note: { ...draft.note, id: now.note.id } };
      return null;
    },
    set_template: null,
    write_note: 'n-new',
  });
});
const show = async () => {
  const shown = await render(Host, {
    screen: NotePage,
    given: { params: { id: now.note.id } },
    place: 'notes',
    focus: true,
  });
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
  return shown;
};
const box = (name: string) => page.getByRole('textbox', { name });

test('a draft breaks no rule of accessibility', async () => {
  await show();
  await expect.element(box('Plan')).toBeVisible();
  expect(await violations()).toEqual([]);
});
test('the caret stands where one goes on, and what is typed is saved whole within a second', async () => {
  await show();
  await vi.waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('textbox'));
  await userEvent.keyboard(' More.');
  await vi.waitFor(() => expect(saved()).toBeDefined(), { timeout: 1000 });
  expect(saved()?.sections.map((s) => s.kind)).toEqual(['subjective', 'objective', 'assessment', 'plan']);
  await vi.waitFor(() => expect(saved()?.sections.at(-1)?.text).toContain('out of the car. More.'));
  await expect.element(page.getByText('Saved 11:12')).toBeVisible();
});
test('a save that fails keeps the text, says since when and why, and is tried again', async () => {
  core.answer({ save_draft: refuse('disk_full') });
  const shown = await show();
  await box('Objective').click();
  await userEvent.keyboard('Still here. ');
  await expect.element(page.getByText('The disk is full. What you have written is still here.')).toBeVisible();
  await expect.element(page.getByText('Not saved since 11:12.', { exact: true })).toBeVisible();
  await expect.element(page.getByRole('button', { name: /Approve note/ })).toBeDisabled();
  await expect.element(page.getByText('You can approve once the note is saved.')).toBeVisible();
  expect(frame.unsaved).toBe('Not saved since 11:12');
  await expect.element(box('Objective')).toHaveTextContent(/Still here\./);
  expect(await violations()).toEqual([]);
  // Leaving the page and coming back loses nothing.
  await shown.unmount();
  await show();
  await expect.element(box('Objective')).toHaveTextContent(/Still here\./);
  core.answer({ save_draft: { at: '2026-01-15T11:16:00Z' } });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByText('Saved 11:16')).toBeVisible();
  expect(saved()?.sections[1]?.text).toContain('Still here.');
  expect(frame.unsaved).toBe('');
});
test('leaving saves what is unsaved, ends the writing, and coming back puts the caret where it was', async () => {
  const shown = await show();
  await box('Assessment').click();
  await userEvent.keyboard('x');
  await shown.unmount();
  await vi.waitFor(() => expect(sent('finish_writing')).toEqual([{ id: now.note.id }]));
  expect(saved()?.sections[2]?.text).toContain('x');
  await show();
  await vi.waitFor(() => expect(document.activeElement?.getAttribute('aria-labelledby')).toMatch(/assessment$/));
});
test('the keys approve: what is unsaved is saved first; undo counts down', async () => {
  await show();
  await box('Plan').click();
  await userEvent.keyboard('!');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByText('Session completed, note locked.')).toBeVisible();
  await expect.element(page.getByText(/You can undo for 2[0-4] seconds\./)).toBeVisible();
  await expect.element(page.getByText('You approved this note today at 11:14. It is locked.')).toBeVisible();
  const order = core.asked.map((a) => a.name).filter((n) => n === 'save_draft' || n === 'approve_note');
  expect(order).toEqual(['save_draft', 'approve_note']);
  expect(frame.ownUndo).toBe(1);
  await expect.element(page.getByRole('button', { name: 'Next awaiting: Haruka Ito' })).toBeVisible();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.element(page.getByRole('button', { name: /Approve note/ })).toBeVisible();
  expect(sent('undo_approval')).toHaveLength(1);
});
test('an empty note cannot be approved, and says why', async () => {
  given(withTexts(draft, ['']));
  now.note.cannot_approve = 'note_empty';
  await show();
  await expect.element(page.getByText('There is nothing in this note yet.')).toBeVisible();
  await expect.element(page.getByRole('button', { name: /Approve note/ })).toBeDisabled();
  await vi.waitFor(() => expect(document.activeElement?.getAttribute('aria-labelledby')).toMatch(/subjective$/));
  await userEvent.keyboard('Came early.');
  await expect.element(page.getByRole('button', { name: /Approve note/ })).toBeEnabled();
});
test('the profile is one key away', async () => {
  await show();
  await userEvent.keyboard('{Control>}o{/Control}');
  expect(location.hash).toBe('#/clients/c3');
});
