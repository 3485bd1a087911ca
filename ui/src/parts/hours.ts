/** Working hours of a week; 0 is Monday, several ranges a day allowed. */
import { timeOfDay } from '../text/dates';
import type { When } from '../text/when.svelte';
import { t } from '../text/words';

export interface Range {
  weekday: number;
  from: string;
  to: string;
}
export const WEEK = [0, 1, 2, 3, 4, 5, 6] as const;

export const dayName = (weekday: number) => t(`weekday-${weekday + 1}`);
export const dayShort = (weekday: number) => t(`weekday-short-${weekday + 1}`);

/** Every working day has one range, the same. */
export function alike(hours: readonly Range[]): boolean {
  const [first] = hours;
  return hours.every(
    (h) =>
      h.from === first?.from && h.to === first.to && hours.filter((other) => other.weekday === h.weekday).length === 1,
  );
}

/** Some range ends before it begins, or lacks an end. */
export function amiss(hours: readonly Range[]): boolean {
  return hours.some((h) => h.from === '' || h.to === '' || h.from >= h.to);
}

/** "Mon, Tue, Thu 08:30–18:30. Wed 10:00–18:30." */
export function sayHours(hours: readonly Range[], when: When): string {
  const days = new Map<string, string[]>();
  for (const weekday of WEEK) {
    const spans = hours
      .filter((h) => h.weekday === weekday)
      .map((h) => t('hours-span', { from: timeOfDay(h.from, when), to: timeOfDay(h.to, when) }))
      .join(', ');
    if (spans !== '') days.set(spans, [...(days.get(spans) ?? []), dayShort(weekday)]);
  }
  if (days.size === 0) return t('hours-none');
  return [...days].map(([spans, names]) => t('hours-said', { days: names.join(', '), spans })).join(' ');
}

function later(time: string, hours: number): string {
  const [h = 0, m = 0] = time.split(':').map(Number);
  return h + hours > 23 ? '23:59' : `${String(h + hours).padStart(2, '0')}:${String(m).padStart(2, '0')}`;
}
/** A second range of a day, an hour after the last. */
export function following(last: Range): Range {
  return { weekday: last.weekday, from: later(last.to, 1), to: later(last.to, 3) };
}
