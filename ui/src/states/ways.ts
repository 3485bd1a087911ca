/**
 * What can stand between the therapist and the records. Each kind has its own
 * words (`barred-<kind>`): what happened, that nothing was changed, what to do.
 */
import type { Barred } from '../ipc/bindings';
import { plain } from '../ipc/refusal';
import type { GlyphName } from '../parts';

export interface Way {
  /** Red where the records need help, amber where the therapist can settle it, plain otherwise. */
  tone: 'dan' | 'att' | '';
  /** Beside "Records not opened". */
  glyph: GlyphName;
  /** Beside the way on. */
  on: GlyphName;
  /** The recovery kit may open the records all the same. */
  kit?: true;
  /** The sample practice would open: it has its own folder, its own key. */
  sample?: true;
  /** A backup would take its place. */
  restore?: true;
  /** The log knows more than the sentence. */
  log?: true;
}

export const ways: Record<Barred['kind'], Way> = {
  no_store: { tone: 'dan', glyph: 'warn', on: 'key', kit: true },
  store_locked: { tone: 'att', glyph: 'lock', on: 'lock', kit: true },
  store_failed: { tone: 'dan', glyph: 'warn', on: 'key', kit: true, log: true },
  key_gone: { tone: 'dan', glyph: 'warn', on: 'key', restore: true, kit: true, sample: true },
  other_vault: { tone: 'dan', glyph: 'warn', on: 'folder', restore: true, kit: true, sample: true },
  no_kit: { tone: 'att', glyph: 'warn', on: 'key', restore: true, sample: true },
  vault_file_damaged: { tone: 'dan', glyph: 'warn', on: 'folder', restore: true, sample: true, log: true },
  vault_file_missing: { tone: 'dan', glyph: 'warn', on: 'folder', restore: true, sample: true },
  vault_file_newer: { tone: 'att', glyph: 'info', on: 'imp', sample: true },
  database_damaged: { tone: 'dan', glyph: 'warn', on: 'folder', restore: true, sample: true, log: true },
  database_empty: { tone: 'dan', glyph: 'warn', on: 'folder', restore: true, sample: true },
  database_missing: { tone: 'dan', glyph: 'warn', on: 'folder', restore: true, sample: true },
  newer: { tone: 'att', glyph: 'info', on: 'imp', sample: true },
  read_only: { tone: 'att', glyph: 'warn', on: 'folder' },
  in_use: { tone: '', glyph: 'info', on: 'door', sample: true },
  disk_full: { tone: 'att', glyph: 'warn', on: 'drive' },
  no_randomness: { tone: 'dan', glyph: 'warn', on: 'rep', log: true },
  disk: { tone: 'dan', glyph: 'warn', on: 'drive', log: true },
  database: { tone: 'dan', glyph: 'warn', on: 'rep', sample: true, log: true },
};

/** What the sentences may name. */
export const facts = (barred: Barred) => plain(barred);
