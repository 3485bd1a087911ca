/** A refusal or a fault as a sentence out of the catalogue. */
import { date, dayTime } from '../text/dates';
import { when } from '../text/when.svelte';
import { type Args, has, t } from '../text/words';
import { sayNoBackup, sayNotUsed } from './backups';
import type { BackupFailure, NotUpdated, NotUsed } from './bindings';
import { Faulted, Refused } from './call';
import { sayNoUpdate } from './updates';

export function sayFailure(error: unknown): string {
  if (error instanceof Refused && has(`refusal-${error.refusal.kind}`)) {
    return t(`refusal-${error.refusal.kind}`, fields(error.refusal));
  }
  if (error instanceof Faulted) return t('failure-fault', { reference: error.reference });
  return t('failure-window');
}

/** Its fields as words; the catalogue names them as the core does. */
function fields(refusal: object): Args {
  const out: Args = {};
  for (const [name, value] of Object.entries(refusal)) {
    if (typeof value === 'number') out[name] = value;
    else if (name === 'slip') Object.assign(out, slipped(value));
    else if (name === 'why') out[name] = why(refusal, value);
    else if (name === 'barred') out[name] = t(`barred-${value.kind}`, plain(value));
    else if (typeof value !== 'string') out[name] = '';
    else if (name === 'field') out[name] = t(`refused-field-${value}`);
    else if (name === 'what') out[name] = t(`refused-thing-${value}`);
    else if (/^\d{4}-\d\d-\d\dT/.test(value)) out[name] = dayTime(value, when);
    else if (/^\d{4}-\d\d-\d\d$/.test(value)) out[name] = date(value, when);
    else out[name] = value;
  }
  return out;
}

/** Of a backup that was not made or not used, and of a newer version that was not installed. */
function why(refusal: object, value: BackupFailure & NotUsed & NotUpdated): string {
  if ('kind' in refusal && refusal.kind === 'no_update') return sayNoUpdate(value);
  if ('kind' in refusal && refusal.kind === 'no_backup') return sayNoBackup(value);
  const { title, says } = sayNotUsed(value);
  return `${title}. ${says}`;
}

/** What a slip is, and where: `$slip`, `$group`, `$typed`, `$perhaps`. */
function slipped(slip: { kind: string }): Args {
  return { ...plain(slip), slip: slip.kind };
}
/** What a sentence may name of it. */
export function plain(of: { kind: string }): Args {
  return Object.fromEntries(
    Object.entries(of)
      .filter(([name]) => name !== 'kind')
      .map(([name, value]) => [name, value ?? 'none']),
  );
}
