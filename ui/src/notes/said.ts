/** Facts about a note and its session as words. */
import type { Homework, HomeworkStanding, Participant, Session } from '../ipc/bindings';
import { date, daysFrom, fullSpan, moment, time } from '../text/dates';
import type { When } from '../text/when.svelte';
import { t } from '../text/words';

export function endOf(session: Session): string {
  return new Date(Date.parse(session.starts_at) + session.minutes * 60_000).toISOString();
}
/** "Yusuf al-Khatib", "Ana Ruiz and Bea Ruiz". */
export function people(participants: readonly Participant[]): string {
  const names = participants.map((p) => p.name.display);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : t('note-people', { others: names.join(', '), last });
}
/** "Thu 15 Jan 2026, 09:00–09:50, in person". */
export function held(session: Session, when: When): string {
  return t('note-held', {
    span: fullSpan(session.starts_at, endOf(session), when),
    how: t(`note-how-${session.kind}`),
  });
}
/** "on 8 Jan 2026 at 13:04", "today at 11:14". */
export function onMoment(instant: string, when: When): string {
  const said = moment(instant, when);
  return daysFrom(instant, when) < -1 ? t('note-on', { moment: said }) : said;
}
/** "8 Jan, 12:52", "Today, 11:15": the record of a note. */
export function stamp(instant: string, when: When): string {
  const day = daysFrom(instant, when) === 0 ? t('date-today') : date(instant, when);
  return t('date-with-time', { day, time: time(instant, when) });
}
export function homeworkLook(of: HomeworkStanding | Homework): string {
  return of.overdue_days !== null ? 'overdue' : (of.state ?? 'none');
}
export function homeworkWord(of: HomeworkStanding, when: When): string {
  if (of.overdue_days !== null) return t('note-homework-overdue', { n: of.overdue_days });
  if (of.state === 'assigned' && of.due_on !== null) return t('note-homework-due', { day: date(of.due_on, when) });
  return t(`state-homework-${of.state ?? 'none'}`);
}
