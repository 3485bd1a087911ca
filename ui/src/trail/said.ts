/** An entry of the trail as words: what happened, and what else it says. */
import type { TrailEntry } from '../ipc/bindings';
import type { GlyphName } from '../parts';
import { date, day } from '../text/dates';
import type { When } from '../text/when.svelte';
import { t } from '../text/words';

export function titleOf(entry: TrailEntry): string {
  if (entry.act === 'client_read' && entry.more.page) return t(`trail-read-${entry.more.page}`);
  return t(`trail-act-${entry.act}`);
}

/** "Session of Thu 8 Jan", "Phone numbers, address. Agreed in session, 6 Nov 2025". */
export function moreOf(entry: TrailEntry, when: When): string {
  const { fields = [], agreed, purpose, decision, times } = entry.more;
  const said: string[] = [];
  if (entry.session_on !== null) said.push(t('trail-session', { day: day(entry.session_on, when) }));
  // Homework says how often too, but of itself.
  if (times && entry.act === 'series_booked') said.push(t('trail-times', { n: times }));
  if (fields.length > 0) said.push(listed(fields.map((field) => t(`trail-field-${field}`))));
  if (purpose && decision)
    said.push(
      t('trail-consent', { purpose: t(`trail-purpose-${purpose}`), decision: t(`trail-decision-${decision}`) }),
    );
  if (agreed) said.push(t('trail-agreed', { how: t(`client-changed-${agreed.how}`), day: date(agreed.on, when) }));
  return said.join('. ');
}

/** The first begins the line; those after it go on in lower case. */
function listed(words: string[]): string {
  const [first = '', ...rest] = words;
  return [first, ...rest.map((word) => word.charAt(0).toLowerCase() + word.slice(1))].join(', ');
}

const own: Partial<Record<TrailEntry['act'], GlyphName>> = {
  note_approved: 's-done',
  note_entered_in_error: 's-err',
  addendum_approved: 'pen',
  approval_undone: 'clockback',
  change_undone: 'clockback',
  change_redone: 'rep',
  notes_searched: 'search',
  session_cancelled: 's-cancel',
};
export function glyphOf(entry: TrailEntry): GlyphName {
  const act = entry.act;
  if (own[act]) return own[act];
  if (entry.kind === 'read' || entry.kind === 'shown') return 'eye';
  if (/^(session|series|attendance)_/.test(act)) return 'calendar';
  if (/^(note|addendum)_/.test(act)) return 'notes';
  return act === 'consent_recorded' ? (entry.more.decision ? `c-${entry.more.decision}` : 'c-none') : 'pen';
}
