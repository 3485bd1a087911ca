/** Why there is no backup, and why one was not used, as sentences. */
import { size } from '../text/size';
import { type Args, t } from '../text/words';
import type { Barred, BackupFailure, NotUsed } from './bindings';
import { refusedAs } from './call';

interface Why {
  no_backup: BackupFailure;
  backup_not_used: NotUsed;
}
/** What the core says of it, where this is what it refused. */
export function whyOf<K extends keyof Why>(error: unknown, kind: K): Why[K] | undefined {
  return refusedAs(error, kind) ? (error.refusal as { kind: K; why: Why[K] }).why : undefined;
}
/** Whether it was stopped by the person: that is no failure. */
export function isStopped(error: unknown): boolean {
  return (whyOf(error, 'no_backup') ?? whyOf(error, 'backup_not_used'))?.kind === 'stopped';
}

export function sayNoBackup(failure: BackupFailure): string {
  return t(`no-backup-${failure.kind}`, room(failure));
}
export function sayNotUsed(why: NotUsed): { title: string; says: string } {
  const given: Args = why.kind === 'barred' ? { barred: sayBarred(why.why) } : room(why);
  return { title: t(`not-used-${why.kind}`), says: t(`not-used-${why.kind}.says`, given) };
}
/** Nothing is known where the system did not say how much. */
function room(of: { kind: string; needed?: number; free?: number }): Args {
  if (of.needed === undefined || of.free === undefined) return {};
  return { needed: of.needed === 0 ? 'none' : size(of.needed), free: size(of.free) };
}
function sayBarred(barred: Barred): string {
  const given = Object.entries(barred).filter(([name]) => name !== 'kind');
  return t(`barred-${barred.kind}`, Object.fromEntries(given.map(([name, value]) => [name, value ?? 'none'])));
}
