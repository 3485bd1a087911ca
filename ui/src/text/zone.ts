/** A time zone in words: what it is called now and when its clocks change next. */
import { Temporal } from 'temporal-polyfill';
import { date, place } from './dates';
import type { When } from './when.svelte';
import { LANGUAGE, t } from './words';

/** "London (GMT, summer time from 29 Mar)". */
export function sayZone(zone: string, when: When): string {
  const now = Temporal.Instant.from(when.now).toZonedDateTimeISO(zone);
  const name =
    new Intl.DateTimeFormat(LANGUAGE, { timeZone: zone, timeZoneName: 'short' })
      .formatToParts(now.epochMilliseconds)
      .find((part) => part.type === 'timeZoneName')?.value ?? '';
  const next = now.getTimeZoneTransition('next');
  if (next === null) return t('zone-said', { place: place(zone), name });
  const day = date(next.toPlainDate().toString(), when);
  const summer = next.offsetNanoseconds > now.offsetNanoseconds;
  return t(summer ? 'zone-said-summer' : 'zone-said-winter', { place: place(zone), name, day });
}
