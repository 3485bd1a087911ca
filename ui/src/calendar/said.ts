/** The week in words. */
import type { Session } from '../ipc/bindings';
import { addDays, daySpan, later, time } from '../text/dates';
import { namesOf } from '../text/names';
import type { When } from '../text/when.svelte';
import { t } from '../text/words';

/** "12–18 January", "29 December – 4 January", and the year apart. */
export function weekHead(from: string): { days: string; year: string } {
  const to = addDays(from, 6);
  const [year = '', month = ''] = to.split('-');
  const [, first = ''] = from.split('-');
  const name = (m: string) => t(`month-${Number(m)}`);
  const days =
    first === month
      ? t('week-within', { from: Number(from.slice(8)), to: Number(to.slice(8)), month: name(month) })
      : t('week-across', {
          from: Number(from.slice(8)),
          first: name(first),
          to: Number(to.slice(8)),
          month: name(month),
        });
  return { days, year };
}

export const endOf = (s: Pick<Session, 'starts_at' | 'minutes'>) => later(s.starts_at, s.minutes);
export const spanOf = (s: Pick<Session, 'starts_at' | 'minutes'>, when: When) => daySpan(s.starts_at, endOf(s), when);

/** The second line of a block: "09:00 by you", "15:00 cancelled". */
export function blockLine(session: Session, short: boolean, when: When): string {
  const at = time(session.starts_at, when);
  if (short) return at;
  if (session.state === 'cancelled' || session.state === 'no_show') return t(`week-${session.state}`, { time: at });
  return t(`week-by-${session.booked_by}`, { time: at });
}

/** For the ear: "Harpreet Kaur, 09:00, booked by you, Completed". */
export function blockHeard(session: Session, when: When): string {
  return t('week-heard', {
    name: namesOf(session.participants),
    time: time(session.starts_at, when),
    by: t(`week-heard-${session.booked_by}`),
    state: t(`state-session-${session.state}`),
  });
}
