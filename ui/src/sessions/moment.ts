/** Reads a moment as a person types it: "today, 11:09", "14 Jan, 18:40", "11:09". Null if it is none. */
import { addDays, instantOf, readDay, readTime, today } from '../text/dates';
import type { When } from '../text/when.svelte';
import { t } from '../text/words';

export function readMoment(text: string, when: When): string | null {
  const m = /^(?:(.*?)[\s,]+)?(\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?)$/i.exec(text.trim());
  const time = readTime(m?.[2] ?? '');
  if (m === null || time === null) return null;
  const said = (m[1] ?? '').trim().replace(/,$/, '');
  const day =
    said === ''
      ? today(when)
      : said.toLowerCase() === t('date-yesterday-lower')
        ? addDays(today(when), -1)
        : readDay(said, when);
  return day === null ? null : instantOf(day, time, when.zone);
}

/** Minutes of "50", "50 min", "1 h 20". Null if it is no length. */
export function readLength(text: string): number | null {
  const m = /^(?:(\d{1,2})\s*h\s*)?(\d{1,3})?\s*(?:m|min|minutes)?$/i.exec(text.trim());
  if (m === null || (m[1] === undefined && m[2] === undefined)) return null;
  return Number(m[1] ?? 0) * 60 + Number(m[2] ?? 0);
}
