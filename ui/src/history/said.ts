/** Facts about a past session as words. */
import type { Session } from '../ipc/bindings';
import { date, daysFrom, moment } from '../text/dates';
import type { When } from '../text/when.svelte';
import { t } from '../text/words';

export function endOf(session: Session): string {
  return new Date(Date.parse(session.starts_at) + session.minutes * 60_000).toISOString();
}
/** "Cancelled by you, 22 Dec", "No-show": what stands in the place of a heading. */
export function notHeld(session: Session, when: When): string {
  if (session.state === 'no_show') return t('state-session-no_show');
  const said = t(`history-${session.attendance}`);
  return session.told_at === null ? said : t('date-with-time', { day: said, time: date(session.told_at, when) });
}
/** "Completed, no. 31", "Awaiting approval"; nothing for what did not come about. */
export function standing(session: Session): string {
  if (session.state === 'cancelled' || session.state === 'no_show') return '';
  if (session.state === 'completed' && session.number !== null) return t('history-number', { n: session.number });
  return t(`state-session-${session.state}`);
}
/** "on 8 Jan 2026 at 13:04", "today at 11:14". */
export function onMoment(instant: string, when: When): string {
  const said = moment(instant, when);
  return daysFrom(instant, when) < -1 ? t('note-on', { moment: said }) : said;
}
