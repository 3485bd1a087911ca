/** Backing up from anywhere: one at a time, with how far it is; and what the frame says of it. */
import { ask } from '../ipc/ask.svelte';
import { type BackupsPage, commands, type Far } from '../ipc/bindings';
import { call } from '../ipc/call';
import { channel } from '../ipc/events';
import { sayFailure } from '../ipc/refusal';
import { isStopped, sayNoBackup } from '../ipc/backups';
import { moment } from '../text/dates';
import { when } from '../text/when.svelte';
import { t } from '../text/words';

export const backup = $state({
  busy: false,
  far: undefined as Far | undefined,
  /** What became of the last one that was asked for; worded. */
  said: '',
  failure: '',
  /** As the core last had them. */
  page: undefined as BackupsPage | undefined,
});

/** Inside the practice: what the frame says stays true. */
export function useBackups(): void {
  const asked = ask(() => commands.backups(), 'backed_up');
  $effect(() => {
    backup.page = asked.data;
  });
}

export async function backUpNow(): Promise<void> {
  if (backup.busy) return;
  Object.assign(backup, { busy: true, far: undefined, said: '', failure: '' });
  const progress = channel<Far>((far) => {
    backup.far = far;
  });
  try {
    const went = await call(commands.backUp(progress));
    const failed = went.flatMap((one) => (one.went.kind === 'failed' ? [sayNoBackup(one.went.failure)] : []));
    if (failed.length > 0) backup.failure = failed.join(' ');
    else if (went.some((one) => one.went.kind === 'not_there')) backup.said = t('backup-done-one');
    else backup.said = t('backup-done');
  } catch (error) {
    if (isStopped(error)) backup.said = t('backup-stopped');
    else backup.failure = sayFailure(error);
  } finally {
    backup.busy = false;
    backup.far = undefined;
  }
}
/** Nothing of it stays. */
export async function stopBackup(): Promise<void> {
  try {
    await call(commands.stopBackup());
  } catch (error) {
    backup.failure = sayFailure(error);
  }
}

/** The foot of the sidebar: when it was backed up, or what is late. */
export function sayBackedUp(): string {
  if (backup.busy) return t('backup-running');
  const places = backup.page?.backups.places;
  if (places === undefined || backup.page?.sample) return '';
  const first = places.find((place) => place.place === 'first');
  const second = places.find((place) => place.place === 'second');
  if (first?.failure) return t('kept-failed');
  if (!first?.last) return t('kept-never');
  const made = t('kept-backed-up', { time: moment(first.last.verified_at, when, 'auto') });
  if (!second?.late) return made;
  return `${made} ${second.last ? t('kept-second', { time: moment(second.last.verified_at, when, 'auto') }) : t('kept-second-never')}`;
}
