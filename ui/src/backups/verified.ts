/** What following the record showed, as a sentence: whole and how much; else where, what is safe, what to do. */
import type { Followed } from '../ipc/bindings';
import { date, moment } from '../text/dates';
import type { When } from '../text/when.svelte';
import { t } from '../text/words';

export function sayVerified({ at, verified }: Followed, when: When): string {
  const given = { time: moment(at, when, 'auto'), n: verified.events };
  const { broken_at, altered_note, since } = verified;
  if (broken_at !== null) return t('health-trail-broken', { ...given, at: broken_at, before: broken_at - 1 });
  if (altered_note !== null) return t('health-trail-altered', given);
  return t('health-trail-whole', { ...given, day: since === null ? 'none' : date(since, when, 'always') });
}
