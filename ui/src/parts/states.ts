/**
 * The shapes of the states: circle is session, square is homework, diamond is
 * consent; a figure or a pen says who booked. The word is `state-<of>-<state>`.
 */
import type { GlyphName } from './glyphs';

export type StateOf = 'session' | 'homework' | 'consent' | 'booked' | 'note';
export type Tone = '' | 'att' | 'dan' | 'off' | 'acc';
export type Look = { glyph?: GlyphName; tone: Tone };

const looks: Record<StateOf, Record<string, Look>> = {
  session: {
    upcoming: { glyph: 's-up', tone: '' },
    in_progress: { glyph: 's-now', tone: 'acc' },
    awaiting_approval: { glyph: 's-wait', tone: 'att' },
    completed: { glyph: 's-done', tone: '' },
    cancelled: { glyph: 's-cancel', tone: 'off' },
    no_show: { glyph: 's-noshow', tone: 'off' },
    entered_in_error: { glyph: 's-err', tone: 'att' },
  },
  note: {
    draft: { glyph: 's-wait', tone: 'att' },
    approved: { glyph: 's-done', tone: '' },
    entered_in_error: { glyph: 's-err', tone: 'att' },
  },
  homework: {
    assigned: { glyph: 'h-set', tone: '' },
    in_progress: { glyph: 'h-doing', tone: '' },
    done: { glyph: 'h-done', tone: '' },
    partly_done: { glyph: 'h-part', tone: '' },
    not_done: { glyph: 'h-off', tone: 'off' },
    cancelled: { glyph: 'h-off', tone: 'off' },
    overdue: { glyph: 'h-over', tone: 'att' },
    none: { tone: 'off' },
  },
  consent: {
    given: { glyph: 'c-given', tone: '' },
    not_recorded: { glyph: 'c-none', tone: 'att' },
    declined: { glyph: 'c-declined', tone: '' },
    withdrawn: { glyph: 'c-withdrawn', tone: 'dan' },
  },
  booked: { client: { glyph: 'person', tone: '' }, therapist: { glyph: 'pen', tone: '' } },
};

export function lookOf(of: StateOf, state: string): Look {
  const look = looks[of][state];
  if (look === undefined) throw new Error(`no shape for ${of} ${state}`);
  return look;
}
