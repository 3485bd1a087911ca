/** Facts about a client as words, the same in the list, the band and what one looks at without opening. */
import type { BriefSession, ClientRow, Facts, HomeworkState, HomeworkStanding, Rhythm } from '../ipc/bindings';
import { date, dayOf, dayTime, daysFrom, length, minutesBetween, relative, time, today } from '../text/dates';
import type { When } from '../text/when.svelte';
import { t } from '../text/words';

/** When a session ends. */
export function endOf(starts_at: string, minutes: number): string {
  return new Date(Date.parse(starts_at) + minutes * 60_000).toISOString();
}

/** The state whose shape and colour is shown: a date that has passed counts more than "set". */
export function homeworkLook(state: HomeworkState | null | undefined, overdue_days: number | null | undefined): string {
  return overdue_days ? 'overdue' : (state ?? 'none');
}

/** "Overdue, 2 days", "Set, due 21 Jan": a cell of the list. */
export function homeworkCell(row: ClientRow, when: When): string {
  const look = homeworkLook(row.homework, row.homework_overdue_days);
  if (look === 'overdue') return t('client-homework-overdue', { n: row.homework_overdue_days ?? 0 });
  if (look !== 'assigned') return t(`state-homework-${look}`);
  if (!row.homework_due_on) return t('client-homework-set-undated');
  return t('client-homework-set', { day: date(row.homework_due_on, when) });
}

/** "Overdue by 2 days": the band. */
export function homeworkFact(standing: HomeworkStanding, when: When): string {
  const look = homeworkLook(standing.state, standing.overdue_days);
  if (look === 'overdue') return t('client-homework-overdue-by', { n: standing.overdue_days ?? 0 });
  if (look === 'assigned' && standing.due_on !== null) {
    return t('client-homework-set', { day: date(standing.due_on, when) });
  }
  return t(`state-homework-${look}`);
}

/** "10 months, 31 sessions". */
export function since(facts: Facts, when: When): string {
  const sessions = t('client-sessions', { n: facts.completed });
  if (facts.started === null) return sessions;
  const from = facts.started.on.split('-').map(Number);
  const to = today(when).split('-').map(Number);
  const [fy = 0, fm = 0, fd = 0] = from;
  const [ty = 0, tm = 0, td = 0] = to;
  const months = (ty - fy) * 12 + (tm - fm) - (td < fd ? 1 : 0);
  const weeks = Math.floor(-daysFrom(facts.started.on, when) / 7);
  const long =
    weeks < 1
      ? ''
      : months < 2
        ? t('client-weeks', { n: weeks })
        : months < 24
          ? t('client-months', { n: months })
          : t('client-years', { n: Math.floor(months / 12) });
  const said = long === '' ? sessions : t('client-since', { long, sessions });
  return facts.started.derived ? t('client-since-derived', { since: said }) : said;
}

/** "Weekly, Thursdays at 12:00". */
export function rhythmOf(rhythm: Rhythm, when: When): string {
  const n = new Date(`${dayOf(rhythm.starts_at, when)}T00:00Z`).getUTCDay() || 7;
  return t('client-rhythm', {
    weeks: rhythm.every_weeks,
    weekday: t(`weekday-${n}`),
    time: time(rhythm.starts_at, when),
  });
}

/** "8 Jan", "18 Dec": in the margin of the summary the year stands only when it could be mistaken. */
export function lately(text: string, when: When): string {
  return date(text, when, daysFrom(text, when) > -330 ? 'never' : 'always');
}

/** "Today, 12:00, in 48 min". */
export function comingUp(starts_at: string, when: When): string {
  const minutes = minutesBetween(when.now, starts_at);
  const far =
    minutes > 0 && daysFrom(starts_at, when) === 0
      ? t('client-in', { length: length(minutes) })
      : relative(starts_at, when);
  return t('date-with-time', { day: dayTime(starts_at, when), time: far });
}

/** What stands beside a recent session that did not come about. */
export function notHeld(session: BriefSession): string {
  if (session.state === 'no_show') return t('state-session-no_show');
  return t(`client-session-${session.attendance}`);
}

/** The words around a quotation, and how much of the passage is shown on each side of it. */
export function around(passage: string, quote: string, most = 170): { before: string; quote: string; after: string } {
  const at = passage.indexOf(quote);
  if (at < 0 || quote === '') return { before: shorten(passage, most * 2), quote: '', after: '' };
  const before = passage.slice(0, at);
  const cut = before.length > most ? `…${before.slice(before.indexOf(' ', before.length - most))}` : before;
  return { before: cut, quote, after: shorten(passage.slice(at + quote.length), most) };
}
function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf(' ', most);
  return `${text.slice(0, end < 0 ? most : end)}…`;
}

/** An address that looks unfinished is said, never refused. */
export function emailDoubt(email: string): string | undefined {
  const address = email.trim();
  if (address === '') return undefined;
  const [, host] = /^[^@\s]+@([^@\s]+)$/.exec(address) ?? [];
  if (host === undefined) return t('client-email-doubt-whole');
  return /^[^.].*\.[^.\s]{2,}$/.test(host) ? undefined : t('client-email-doubt');
}
