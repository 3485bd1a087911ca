/** Facts about homework as words. */
import type { Homework, HomeworkEvent } from '../ipc/bindings';
import { date } from '../text/dates';
import type { When } from '../text/when.svelte';
import { t } from '../text/words';

export const isOpen = (h: Homework): boolean => h.state === 'assigned' || h.state === 'in_progress';
export const look = (h: Homework): string => (h.overdue_days === null ? h.state : 'overdue');
export function word(h: Homework): string {
  return h.overdue_days === null ? t(`state-homework-${h.state}`) : t('note-homework-overdue', { n: h.overdue_days });
}
/** "Set 8 Jan, due 13 Jan", "Set 18 Dec, repeats weekly", "Set 4 Dec, done 10 Dec". */
export function dates(h: Homework, when: When): string {
  const day = date(h.assigned_on, when);
  const said = !isOpen(h)
    ? t('homework-ended', { day, state: t(`homework-now-${h.state}`), on: date(h.state_on, when) })
    : h.due_on !== null
      ? t('homework-due', { day, due: date(h.due_on, when) })
      : h.repeats !== 'once'
        ? t('homework-repeating', { day, repeats: t(`homework-repeating-${h.repeats}`) })
        : t('homework-assigned', { day });
  if (h.occurrences.length === 0) return said;
  const done = h.occurrences.filter((o) => o === 'done').length;
  return t('homework-with-times', { said, n: done, of: h.occurrences.length });
}
/** "Every day, 7 times". */
export function rhythm(h: Homework): string {
  const often = t(`homework-repeats-${h.repeats}`);
  return h.repeats === 'once' || h.times === null ? often : t('homework-times', { often, n: h.times });
}
/** "3 done, 1 partly done, 2 not yet known." */
export function tally(h: Homework): string {
  const parts = (['done', 'partly_done', 'not_done', 'assigned'] as const)
    .map((state) => ({ state, n: h.occurrences.filter((o) => o === state).length }))
    .filter((p) => p.n > 0)
    .map((p) => t(`homework-tally-${p.state}`, { n: p.n }));
  return parts.length === 0 ? '' : `${parts.join(', ')}.`;
}
/** "Set by you", "In progress", "Now due 22 Jan". */
export function happened(e: HomeworkEvent, when: When): string {
  if (e.act === 'state' && e.state !== null) return t(`state-homework-${e.state}`);
  if (e.act === 'due')
    return e.due_on === null ? t('homework-act-undated') : t('homework-act-due', { day: date(e.due_on, when) });
  return t(`homework-act-${e.act}`);
}
