/** Today in words. */
import type { NoNext, Session, Today } from '../ipc/bindings';
import { date, day, dayTime, daysAgo, daysFrom, later, near, relative, time } from '../text/dates';
import { namesOf } from '../text/names';
import type { When } from '../text/when.svelte';
import { t } from '../text/words';

/** "11:12. Amara Nwachukwu-Reyes is next at 12:00, in 48 minutes. Three more after that." */
export function headline(today: Today, when: When): string {
  const now = t('today-now', { time: time(when.now, when) });
  const slot = today.slots.find((s) => s.next);
  if (slot === undefined) return `${now} ${t(today.slots.length === 0 ? 'today-none' : 'today-no-more')}`;
  const { session } = slot;
  const name = namesOf(session.participants);
  const said =
    session.state === 'in_progress'
      ? t('today-here', { name, time: time(later(session.starts_at, session.minutes), when) })
      : t('today-next', { name, time: time(session.starts_at, when), in: relative(session.starts_at, when) });
  const more = today.slots.filter((s) => !s.next && s.session.state === 'upcoming').length;
  return [now, said, more > 0 && t('today-more', { n: more })].filter(Boolean).join(' ');
}

/** What a row says of a session that is over or will not be. */
export function became(session: Session, when: When): string {
  const { note } = session;
  switch (session.state) {
    case 'awaiting_approval':
      return t(note === null ? 'today-not-begun' : 'today-awaiting');
    case 'completed':
      return t('today-completed', { time: note?.approved_at ? approvedAt(note.approved_at, when) : '' });
    case 'no_show':
      return t('today-no-show');
    default:
      return session.told_at === null
        ? t(`today-${session.attendance}`)
        : t('today-told', { what: t(`today-${session.attendance}`), when: told(session.told_at, when) });
  }
}
function approvedAt(at: string, when: When): string {
  return daysFrom(at, when) === 0 ? time(at, when) : `${date(at, when)}, ${time(at, when)}`;
}
/** "yesterday 18:40", "12 Jan, 18:40" */
function told(at: string, when: When): string {
  const days = daysFrom(at, when);
  return days === 0 || days === -1 ? `${daysAgo(at, when)} ${time(at, when)}` : `${date(at, when)}, ${time(at, when)}`;
}

/** "Last session today": the last one held, its note approved or not; a cancelled one of today comes first. */
export function lastSeen(one: NoNext, of: Today, when: When): string {
  if (one.cancelled_today) return t('today-cancelled-today');
  const held = [...of.slots.map((slot) => slot.session), ...of.awaiting].filter(
    (s) =>
      (s.state === 'awaiting_approval' || s.state === 'in_progress') && s.participants.some((p) => p.id === one.client),
  );
  const last = [...held.map((s) => s.starts_at), one.last_held ?? ''].toSorted().at(-1) ?? '';
  if (last === '') return t('today-none-completed');
  return daysFrom(last, when) === 0 ? t('today-last-session-today') : t('today-last-session', { day: day(last, when) });
}

/** "Today, 09:00"; "Tue 13 Jan, 2 days ago"; "Mon 12 Jan, by phone". */
export function waitingSince(session: Session, when: When): string {
  const days = daysFrom(session.starts_at, when);
  if (days >= -1) return dayTime(session.starts_at, when);
  const beside = session.kind === 'phone' ? t('today-by-phone') : daysAgo(session.starts_at, when);
  return t('date-with-time', { day: near(session.starts_at, when), time: beside });
}
