import { beforeEach, expect, test, vi } from 'vitest';
import type { NoteScreen } from '../ipc/bindings';
import { frame } from '../shell';
import { fake, page, refuse, render, userEvent, violations } from '../testing';
import { shown } from '../testing/fixtures/clients';
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
beforeEach(async () => {
  await page.viewport(1280, 800);
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
test('in the smallest window as drawn the bar says what approving does in two lines at most', async () => {
  await page.viewport(960, 640);
  await show();
  await document.fonts.ready;
  const said = page.getByText('Marks the session complete and locks the note.').element();
  const line = Number.parseFloat(getComputedStyle(said).lineHeight);
  expect(said.getBoundingClientRect().height).toBeLessThan(line * 2.5);
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
test('what one practice holds unsaved is never shown in another', async () => {
  core.answer({ save_draft: refuse('disk_full'), leave_sample: { kind: 'open', sample: false, needs_kit: false } });
  const shown = await show();
  await box('Objective').click();
  await userEvent.keyboard('Of the sample. ');
  frame.sample = true;
  await page.getByRole('button', { name: 'Leave the sample' }).click();
  // What cannot be saved keeps its records open.
  await vi.waitFor(() => expect(sent('save_draft').length).toBeGreaterThan(0));
  expect(sent('leave_sample')).toEqual([]);
  await expect.element(box('Objective')).toHaveTextContent(/Of the sample\./);
  core.answer({ save_draft: { at: '2026-01-15T11:16:00Z' } });
  await page.getByRole('button', { name: 'Leave the sample' }).click();
  await vi.waitFor(() => expect(sent('leave_sample')).toHaveLength(1));
  expect(saved()?.sections[1]?.text).toContain('Of the sample.');
  await vi.waitFor(() => expect(location.hash).toBe('#/today'));
  frame.sample = false;
  await shown.unmount();
  expect(sent('finish_writing')).toEqual([]);
  await show();
  await expect.element(box('Objective')).not.toHaveTextContent(/Of the sample\./);
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
test('a name of any length after approval leaves Undo and what was done their room', async () => {
  const after = justApproved.next_awaiting;
  if (!after) throw new Error('the fixture has a next one');
  const display = 'Bartholomew '.repeat(9).trim();
  const participants = after.participants.map((one) => ({ ...one, name: { ...one.name, display } }));
  given({ ...justApproved, next_awaiting: { ...after, participants } });
  await page.viewport(960, 640);
  await show();
  const bar = page.getByRole('status').filter({ hasText: 'Session completed' }).element().getBoundingClientRect();
  const next = page
    .getByRole('button', { name: /^Next awaiting/ })
    .element()
    .getBoundingClientRect();
  expect(next.right).toBeLessThanOrEqual(bar.right);
  expect(next.bottom).toBeLessThanOrEqual(bar.bottom);
  expect(page.getByText('Session completed, note locked.').element().getBoundingClientRect().height).toBeLessThan(45);
  await page.viewport(1280, 800);
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
test('another template takes the text with it', async () => {
  await show();
  await box('Plan').click();
  await userEvent.keyboard('?');
  core.answer({
    set_template: () => {
      now = {
        ...now,
        note: { ...now.note, template: 'free', sections: [{ kind: 'text', text: shown('All of it.'), paragraphs: 1 }] },
      };
      return null;
    },
  });
  await page.getByRole('radio', { name: 'Free' }).click();
  await expect.element(box('Note')).toHaveTextContent('All of it.');
  expect(core.asked.map((a) => a.name).filter((n) => n === 'save_draft' || n === 'set_template')).toEqual([
    'save_draft',
    'set_template',
  ]);
});
test('in couples each has a block, and the first is a key away', async () => {
  const first = draft.facts[0];
  if (!first) throw new Error('no facts');
  const ben = { ...first, client: 'c4', name: { display: 'Ben Lund', last: 'Lund', first: 'Ben', initials: 'BL' } };
  given({ ...draft, facts: [first, ben] });
  await show();
  await expect.element(page.getByRole('heading', { name: 'Ben Lund' })).toBeVisible();
  await page.getByRole('button', { name: /View Client Profile\s*Ben Lund/ }).click();
  expect(location.hash).toBe('#/clients/c4');
});
test('discreet: only the paragraph being written is in the window', async () => {
  given({
    ...draft,
    note: { ...draft.note, sections: draft.note.sections.map((s) => ({ ...s, text: { kind: 'hidden' } })) },
    plan: draft.plan.map((p) => ({ ...p, text: { kind: 'hidden' } })),
  });
  frame.discreet = true;
  core.answer({ paragraph: 'On Tuesday he turned back.', save_paragraph: { at: '2026-01-15T11:13:00Z' } });
  await show();
  await expect.element(page.getByRole('button', { name: 'Two paragraphs, hidden' })).toBeVisible();
  expect(document.body.textContent).not.toContain('Leicester');
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Two paragraphs, hidden' }).click();
  const line = box('Subjective, paragraph 2');
  await expect.element(line).toHaveValue('On Tuesday he turned back.');
  expect(sent('paragraph')).toEqual([{ id: now.note.id, section: 'subjective', paragraph: 1 }]);
  await userEvent.keyboard(' Angry.');
  await vi.waitFor(() =>
    expect(sent('save_paragraph').at(-1)).toEqual({
      id: now.note.id,
      section: 'subjective',
      paragraph: 1,
      text: 'On Tuesday he turned back. Angry.',
    }),
  );
  expect(sent('save_draft').filter((a) => a.id === now.note.id)).toEqual([]);
  // Another paragraph: the one before leaves the window.
  core.answer({ paragraph: 'Came early.' });
  await page.getByRole('button', { name: 'Paragraph 1, hidden' }).click();
  await expect.element(box('Subjective, paragraph 1')).toHaveValue('Came early.');
  expect(document.querySelectorAll('textarea')).toHaveLength(1);
  expect(await violations()).toEqual([]);
});
test('discreet mode begins while one writes: the text is saved and leaves the window', async () => {
  await show();
  await box('Plan').click();
  await userEvent.keyboard('Secret');
  now = { ...now, note: { ...now.note, sections: now.note.sections.map((s) => ({ ...s, text: { kind: 'hidden' } })) } };
  frame.discreet = true;
  await core.changed();
  await expect.element(page.getByText('Two paragraphs, hidden')).toBeVisible();
  await vi.waitFor(() => expect(saved()?.sections.at(-1)?.text).toContain('Secret'));
  expect(document.querySelector('.page')?.textContent).not.toContain('Leicester');
});
test('an addendum is begun with A, kept, and approved with the keys', async () => {
  const locked: NoteScreen = { ...justApproved, now: '2026-01-16T09:00:00Z' };
  given(locked);
  core.answer({
    begin_addendum: () => {
      now = {
        ...now,
        note: {
          ...now.note,
          addenda: [
            {
              id: `a-${number}`,
              number: 1,
              reason: 'later_news',
              text: shown(''),
              saved_at: '2026-01-15T11:14:00Z',
              approved_at: null,
            },
          ],
        },
      };
      return `a-${number}`;
    },
    save_addendum: { at: '2026-01-15T11:15:00Z' },
    approve_addendum: () => {
      now = {
        ...now,
        note: {
          ...now.note,
          addenda: now.note.addenda.map((a) => ({
            ...a,
            text: shown('The diary says five.'),
            approved_at: '2026-01-15T11:15:00Z',
          })),
        },
      };
      return null;
    },
  });
  await show();
  await expect.element(page.getByText(/It is locked and unchanged since/)).toBeVisible();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('a');
  await expect.element(page.getByRole('button', { name: 'Discard' })).toBeVisible();
  await vi.waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('textbox'));
  await userEvent.keyboard('The diary says five.');
  await page.getByRole('radio', { name: 'Correction' }).click();
  await expect.element(page.getByText('Addendum saved 11:15')).toBeVisible();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await vi.waitFor(() => expect(sent('approve_addendum')).toHaveLength(1));
  expect(sent('save_addendum').at(-1)).toEqual({
    id: `a-${number}`,
    reason: 'correction',
    text: 'The diary says five.',
  });
  await expect.element(page.getByText('An addendum is dated and signed.', { exact: false })).toBeVisible();
  await expect.element(page.getByText('The diary says five.')).toBeVisible();
});
test('marking as entered in error says what it does and asks for a reason', async () => {
  given({ ...justApproved, now: '2026-01-16T09:00:00Z' });
  core.answer({ mark_in_error: refuse('read_only') });
  await show();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Mark as entered in error' }).click();
  await expect.element(page.getByText('Say what is wrong.')).toBeVisible();
  await expect.element(page.getByText('completed goes from 18 to 17')).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByRole('radio', { name: /Wrong session/ }).click();
  await page.getByLabelText('Reason').fill('Written for the session of 12 Jan.');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByText(/cannot be written to/)).toBeVisible();
  await expect.element(page.getByLabelText('Reason')).toHaveValue('Written for the session of 12 Jan.');
  core.answer({
    mark_in_error: () => {
      now = {
        ...now,
        note: {
          ...now.note,
          state: 'entered_in_error',
          approval: null,
          session: { ...now.note.session, state: 'awaiting_approval', note: null, number: null },
          error: {
            at: '2026-01-15T11:15:00Z',
            kind: 'wrong_session',
            reason: shown('Written for the session of 12 Jan.'),
            approved_at: '2026-01-08T13:04:00Z',
            can_begin_again: true,
          },
        },
      };
      return null;
    },
    write_note_again: 'n-again',
  });
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByText(/counts for nothing; approved on 8 Jan 2026 at 13:04/)).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Begin with this text' }).click();
  await vi.waitFor(() => expect(location.hash).toBe('#/notes/n-again'));
});
test('the profile is one key away', async () => {
  await show();
  await userEvent.keyboard('{Control>}o{/Control}');
  expect(location.hash).toBe('#/clients/c3');
});
