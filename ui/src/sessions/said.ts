/** A session in words, the same on its page and in its dialogs. */
import type { NextBooked, Overlap, Session } from '../ipc/bindings';
import {
  date,
  dayOf,
  daySpan,
  daysFrom,
  elsewhere,
  later,
  minuteOfDay,
  minutesBetween,
  relative,
  span,
  weekdayOf,
} from '../text/dates';
import { namesOf } from '../text/names';
import type { When } from '../text/when.svelte';
import { t } from '../text/words';

export const endOf = (s: { starts_at: string; minutes: number }) => later(s.starts_at, s.minutes);

/** "Today, 12:00–12:50" */
export function spanOf(s: { starts_at: string; minutes: number }, when: When): string {
  return daySpan(s.starts_at, endOf(s), when);
}

/** The same inside a sentence: "today, 12:00–12:50" */
export function spanWithin(s: { starts_at: string; minutes: number }, when: When): string {
  const said = spanOf(s, when);
  const days = daysFrom(s.starts_at, when);
  return days === 0 || days === -1 ? said.charAt(0).toLowerCase() + said.slice(1) : said;
}

/** "Today, 12:00–12:50, in person. In 48 minutes." */
export function whenAndHow(session: Session, when: When): string {
  const there = elsewhere(session.starts_at, session.zone, when);
  const place = [spanOf(session, when), there, t(`session-kind-${session.kind}`)].filter(Boolean).join(', ');
  if (session.state === 'in_progress')
    return t('session-left', { place, n: Math.max(0, minutesBetween(when.now, endOf(session))) });
  if (session.state !== 'upcoming') return t('session-said', { place });
  const far = relative(session.starts_at, when);
  return t('session-far', { place, far: far.charAt(0).toUpperCase() + far.slice(1) });
}

/** "Booked by client, 12 Jan" */
export function bookedOn(booked: Pick<Session | NextBooked, 'booked_by' | 'booked_at'>, when: When): string {
  return t(`session-booked-${booked.booked_by}`, { day: date(booked.booked_at, when) });
}

/** "Weekly, Thursdays" */
export function rhythm(session: Session, when: When): string {
  return t('session-rhythm', { weeks: session.every_weeks ?? 1, weekday: weekday(session.starts_at, when) });
}
export function weekday(text: string, when: When): string {
  return t(`weekday-${weekdayOf(text, when)}`);
}

/** "Amara Nwachukwu-Reyes, 10:00–11:30", with the day where it is another. */
export function overlap(o: Overlap, day: string, when: When): string {
  const at = dayOf(o.starts_at, when) === day ? span(o.starts_at, endOf(o), when) : spanOf(o, when);
  return t('date-with-time', { day: namesOf(o.participants), time: at });
}

/** How far off, for the reason of a choice: "48 minutes", "3 hours". */
export function distance(from: string, to: string): string {
  const n = Math.max(0, minutesBetween(from, to));
  return n < 100 ? t('session-minutes', { n }) : t('session-hours', { n: Math.round(n / 60) });
}

/** `HH:MM` for the core and the fields. */
export function clockOf(instant: string, when: When): string {
  const minutes = minuteOfDay(instant, when);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
