/** Of which session a note is written when one says "write note" on a client. */
import type { BriefSession, Profile } from '../ipc/bindings';
import { daysFrom } from '../text/dates';
import type { When } from '../text/when.svelte';

/**
 * The session in progress, alone; else those awaiting approval, newest first,
 * and the one still to come today. More than one: the therapist chooses.
 */
export function toWrite(profile: Profile, when: When): BriefSession[] {
  const known = new Map<string, BriefSession>();
  for (const s of [profile.upcoming, ...profile.recent, ...profile.awaiting]) if (s !== null) known.set(s.id, s);
  const all = [...known.values()].sort((a, b) => b.starts_at.localeCompare(a.starts_at));
  const running = all.find((s) => s.state === 'in_progress');
  if (running !== undefined) return [running];
  return all.filter(
    (s) => s.state === 'awaiting_approval' || (s.state === 'upcoming' && daysFrom(s.starts_at, when) === 0),
  );
}
