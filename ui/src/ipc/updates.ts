/** Why no newer version was found or installed, as sentences. */
import { time } from '../text/dates';
import { when } from '../text/when.svelte';
import { type Args, t } from '../text/words';
import { sayNoBackup } from './backups';
import type { NotUpdated } from './bindings';
import { refusedAs } from './call';

export function sayNoUpdate(why: NotUpdated): string {
  const given: Args =
    why.kind === 'session_now'
      ? { ends_at: time(why.ends_at, when) }
      : why.kind === 'no_backup'
        ? { why: sayNoBackup(why.why) }
        : {};
  return t(`no-update-${why.kind}`, given);
}
/** Whether it was stopped by the person: that is no failure. */
export function isUpdateStopped(error: unknown): boolean {
  return refusedAs(error, 'no_update') && (error.refusal as { why?: NotUpdated }).why?.kind === 'stopped';
}
