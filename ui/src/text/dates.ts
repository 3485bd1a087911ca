/**
 * Dates and times in words. Pure: the same instant, zone and now give the same
 * words. Instants are RFC 3339 (`2026-01-15T12:00:00Z`); days are `2026-01-15`.
 */
import { Temporal } from 'temporal-polyfill';
import type { When } from './when.svelte';
import { t } from './words';

/** `auto`: the year only when it is not this year. */
export type Year = 'auto' | 'always' | 'never';
type Day = Temporal.PlainDate;

const at = (instant: string, zone: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** The day an instant falls on in the zone; a day stays itself. */
export function dayOf(text: string, when: When): string {
  return toDay(text, when).toString();
}
function toDay(text: string, when: When): Day {
  return isDay(text) ? Temporal.PlainDate.from(text) : at(text, when.zone).toPlainDate();
}
export function today(when: When): string {
  return at(when.now, when.zone).toPlainDate().toString();
}
/** Days from today; negative is past. */
export function daysFrom(text: string, when: When): number {
  return Temporal.PlainDate.from(today(when)).until(toDay(text, when), { largestUnit: 'days' }).days;
}
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}
/** The Monday of the week a day lies in. */
export function monday(day: string): string {
  const d = Temporal.PlainDate.from(day);
  return d.subtract({ days: d.dayOfWeek - 1 }).toString();
}

function dated(d: Day, when: When, year: Year): { day: number; month: string; year: string } {
  const show = year === 'always' || (year === 'auto' && d.year !== Temporal.PlainDate.from(today(when)).year);
  return { day: d.day, month: t(`month-short-${d.month}`), year: show ? ` ${d.year}` : '' };
}

/** "Thu 8 Jan", "Thu 18 Dec 2025". */
export function day(text: string, when: When, year: Year = 'auto'): string {
  const d = toDay(text, when);
  return t('date-day', { weekday: t(`weekday-short-${d.dayOfWeek}`), ...dated(d, when, year) });
}
/** "8 Jan", "18 Dec 2025": no weekday. */
export function date(text: string, when: When, year: Year = 'auto'): string {
  return t('date-date', dated(toDay(text, when), when, year));
}
/** "Thursday 15 January", the head of Today. */
export function longDay(text: string, when: When): string {
  const d = toDay(text, when);
  return t('date-long', { weekday: t(`weekday-${d.dayOfWeek}`), day: d.day, month: t(`month-${d.month}`) });
}
/** "3 November 2025": on paper, always whole. */
export function wholeDate(text: string, when: When): string {
  const d = toDay(text, when);
  return t('date-whole', { day: d.day, month: t(`month-${d.month}`), year: String(d.year) });
}
export function monthYear(text: string, when: When): string {
  const d = toDay(text, when);
  return t('date-month-year', { month: t(`month-${d.month}`), year: String(d.year) });
}
/** "Today", "Yesterday", then the day. */
export function near(text: string, when: When, year: Year = 'auto'): string {
  const days = daysFrom(text, when);
  if (days === 0) return t('date-today');
  if (days === -1) return t('date-yesterday');
  return day(text, when, year);
}
/** "12:00", or "12:00 pm". */
export function time(instant: string, when: When): string {
  const z = at(instant, when.zone);
  return clockTime(z.hour, z.minute, when);
}
/** The same for a time of day, "09:30". */
export function timeOfDay(text: string, when: When): string {
  const p = Temporal.PlainTime.from(text);
  return clockTime(p.hour, p.minute, when);
}
function clockTime(hour: number, minute: number, when: When): string {
  const mm = String(minute).padStart(2, '0');
  if (when.clock === '24') return `${String(hour).padStart(2, '0')}:${mm}`;
  return t(hour < 12 ? 'time-am' : 'time-pm', { time: `${hour % 12 === 0 ? 12 : hour % 12}:${mm}` });
}
/** "12:00–12:50". */
export function span(start: string, end: string, when: When): string {
  return `${time(start, when)}–${time(end, when)}`;
}
/** "Today, 12:00", "Thu 22 Jan, 09:00". */
export function dayTime(instant: string, when: When, year: Year = 'auto'): string {
  return t('date-with-time', { day: near(instant, when, year), time: time(instant, when) });
}
/** "Today, 12:00–12:50", "Thu 8 Jan, 12:00–12:50". */
export function daySpan(start: string, end: string, when: When, year: Year = 'auto'): string {
  return t('date-with-time', { day: near(start, when, year), time: span(start, end, when) });
}
/** "Thu 8 Jan 2026, 12:00–12:50": the band, for a session that is past. Never "Today". */
export function fullSpan(start: string, end: string, when: When): string {
  return t('date-with-time', { day: day(start, when, 'always'), time: span(start, end, when) });
}
/** "8 Jan 2026 at 13:04", "today at 11:14": inside a sentence. */
export function moment(instant: string, when: When, year: Year = 'always'): string {
  const days = daysFrom(instant, when);
  const said = days === 0 ? t('date-today-lower') : days === -1 ? t('date-yesterday-lower') : date(instant, when, year);
  return t('date-at', { day: said, time: time(instant, when) });
}
/** What the clock says where the session was booked, when that is another zone: "15:00 in Berlin"; else "". */
export function elsewhere(instant: string, zone: string, when: When): string {
  const there = at(instant, zone);
  if (there.offsetNanoseconds === at(instant, when.zone).offsetNanoseconds) return '';
  return t('date-elsewhere', { time: clockTime(there.hour, there.minute, when), place: place(zone) });
}
/** "Berlin" out of "Europe/Berlin". */
export function place(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
/** "50 min", "1 h 20 min". */
export function length(minutes: number): string {
  if (minutes < 100) return t('length-minutes', { minutes });
  return t('length-hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
/** Minutes from one instant to another. */
export function minutesBetween(from: string, to: string): number {
  return Math.round(Temporal.Instant.from(from).until(Temporal.Instant.from(to)).total('minutes'));
}
/** So many minutes later; earlier when negative. */
export function later(instant: string, minutes: number): string {
  return Temporal.Instant.from(instant).add({ minutes }).toString();
}
/** What the clock reads, in minutes after midnight. */
export function minuteOfDay(instant: string, when: When): number {
  const z = at(instant, when.zone);
  return z.hour * 60 + z.minute;
}
/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(text: string, when: When): number {
  return toDay(text, when).dayOfWeek;
}
/** "in 48 minutes", "in 3 hours"; for what is past "12 minutes ago", "2 days ago". */
export function relative(instant: string, when: When): string {
  const minutes = minutesBetween(when.now, instant);
  const days = daysFrom(instant, when);
  const n = Math.abs(minutes);
  if (n === 0) return t('date-now');
  if (n < 60) return t(minutes < 0 ? 'ago-minutes' : 'in-minutes', { n });
  if (days === 0) return t(minutes < 0 ? 'ago-hours' : 'in-hours', { n: Math.round(n / 60) });
  return daysAgo(instant, when);
}
/** "today", "yesterday", "2 days ago", "in 3 days". */
export function daysAgo(text: string, when: When): string {
  const days = daysFrom(text, when);
  if (days === 0) return t('date-today-lower');
  if (days === -1) return t('date-yesterday-lower');
  return t(days < 0 ? 'ago-days' : 'in-days', { n: Math.abs(days) });
}

/** Reads what a person types: "21 Jan 2026", "Wed 21 Jan", "21/1", "21.1.26", "2026-01-21". Null if it is no day. */
export function readDay(text: string, when: When): string | null {
  const tidy = text.trim().toLowerCase().replaceAll(',', ' ').replace(/\s+/g, ' ');
  const now = Temporal.PlainDate.from(today(when));
  if (tidy === t('date-today').toLowerCase()) return now.toString();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(tidy);
  if (iso) return valid(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const figures = /^(\d{1,2})[/. -](\d{1,2})(?:[/. -](\d{2}|\d{4}))?\.?$/.exec(tidy);
  if (figures) return valid(fullYear(figures[3], now), Number(figures[2]), Number(figures[1]));
  const named = /^(?:\p{L}+\.? )?(\d{1,2})(?:st|nd|rd|th)? ?(\p{L}+)\.?(?: (\d{2}|\d{4}))?$/u.exec(tidy);
  if (!named) return null;
  const word = named[2] ?? '';
  for (let m = 1; m <= 12; m += 1) {
    if (
      word.length >= 3 &&
      t(`month-${m}`)
        .toLowerCase()
        .startsWith(word.replace(/^sept$/, 'sep'))
    )
      return valid(fullYear(named[3], now), m, Number(named[1]));
  }
  return null;
}
function fullYear(text: string | undefined, now: Day): number {
  if (text === undefined) return now.year;
  if (text.length === 4) return Number(text);
  // Two figures: a year of birth is past, an appointment near; twenty years ahead at most.
  const year = 2000 + Number(text);
  return year > now.year + 20 ? year - 100 : year;
}
function valid(year: number, month: number, day_: number): string | null {
  try {
    return Temporal.PlainDate.from({ year, month, day: day_ }, { overflow: 'reject' }).toString();
  } catch {
    return null; // no such day, such as 31 June
  }
}

/** Reads "9", "9:30", "0930", "9.30 pm" as "09:30". Null if it is no time. */
export function readTime(text: string): string | null {
  const m = /^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(am|pm|a|p)?$/.exec(text.trim().toLowerCase().replaceAll('.m.', 'm'));
  if (!m) return null;
  let hour = Number(m[1]);
  const minute = Number(m[2] ?? 0);
  if (m[3] !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (m[3].startsWith('p') ? 12 : 0);
  }
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** The instant of a day and time of day in a zone, the earlier of two where the clock repeats; the core decides on gaps. */
export function instantOf(day_: string, time_: string, zone: string): string {
  return Temporal.PlainDate.from(day_)
    .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time_) })
    .toInstant()
    .toString();
}
