/** Why there is no backup, and why one was not used, as sentences. */
import { size } from '../text/size';
import { type Args, t } from '../text/words';
import type { Barred, BackupFailure, NotUsed } from './bindings';

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
