/** What needs the therapist, the most pressing first, as the end of a sentence. */
import type { BackupsPage, Health } from '../ipc/bindings';
import { daysFrom } from '../text/dates';
import type { When } from '../text/when.svelte';
import { t } from '../text/words';

export interface Needs {
  /** Whether the records are as they were written, as far as is known. */
  sound: boolean;
  /** Whether a backup of them is anywhere. */
  copied: boolean;
  needs: string[];
}

export function needsOf(page: BackupsPage, health: Health | undefined, when: When): Needs {
  const { places, test_due } = page.backups;
  const first = places.find((place) => place.place === 'first');
  const second = places.find((place) => place.place === 'second');
  const sound = health?.checked?.sound !== false && health?.followed?.whole !== false;
  const old = (instant: string) => -daysFrom(instant, when);
  const needs: string[] = [];
  if (!sound) needs.push(t('backups-need-damage'));
  if (first?.failure) needs.push(first.failure.kind === 'no_kit' ? t('backups-need-kit') : t('backups-need-failed'));
  else if (!first?.last) needs.push(t('backups-need-none'));
  else if (first.late) needs.push(t('backups-need-late', { n: old(first.last.verified_at) }));
  if (!second) needs.push(t('backups-need-place'));
  else if (second.failure) needs.push(t('backups-need-second-failed'));
  else if (!second.last) needs.push(t('backups-need-second-none', { label: second.label }));
  else if (second.late)
    needs.push(t('backups-need-second-late', { n: old(second.last.verified_at), label: second.label }));
  if (test_due) needs.push(t('backups-need-test'));
  if (health?.adrift) needs.push(t('backups-need-mark'));
  return { sound, copied: places.some((place) => place.last !== null), needs };
}
