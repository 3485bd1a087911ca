/**
 * The notes being written. A draft stays on the desk, even when its page is
 * left, until all of it is saved: nothing typed is lost because a disk is full.
 */
import { commands, type NotePage, type SectionKind } from '../ipc/bindings';
import { call } from '../ipc/call';
import { type Keeper, keeper, onRecordsLeft } from '../shell';
import { when } from '../text/when.svelte';

/** The one paragraph that discreet mode holds in the window. */
export interface Line {
  section: SectionKind;
  paragraph: number;
  text: string;
}

export interface Draft {
  readonly id: string;
  readonly keeper: Keeper;
  /** The text of each section, as far as it may be shown. */
  readonly texts: Partial<Record<SectionKind, string>>;
  /** Discreet: what is being written, alone. */
  readonly line: Line | undefined;
  /** Its text is here. */
  holds(note: NotePage): boolean;
  /** Takes the text of the core, unless something here is newer. */
  take(note: NotePage): void;
  /** What was taken no longer holds: the next answer is taken whole. */
  forget(): void;
  write(section: SectionKind, text: string): void;
  /** Discreet: goes to a paragraph; false when the one before cannot be saved. */
  writeLine(section: SectionKind, paragraph: number): Promise<boolean>;
  typeLine(text: string): void;
  endLine(): Promise<boolean>;
}

const desk = new Map<string, { draft: Draft; pages: number; written: () => boolean }>();
/** Where the caret was, by note, to come back to. */
const carets = new Map<string, SectionKind>();
export const caretOf = (note: string): SectionKind | undefined => carets.get(note);
export const putCaret = (note: string, section: SectionKind): void => void carets.set(note, section);

// What one practice holds is never shown in another.
onRecordsLeft(() => {
  desk.clear();
  carets.clear();
});

/** Another template has other sections. */
const shape = (note: NotePage): string => `${note.state} ${note.template}`;

function draftOf(id: string): { draft: Draft; written: () => boolean } {
  let texts = $state<Partial<Record<SectionKind, string>>>({});
  let line = $state<Line | undefined>();
  let kinds: SectionKind[] = [];
  let taken = $state('');
  let begun = when.now;
  let written = false;

  const keep = keeper(
    async () => {
      if (line) return (await call(commands.saveParagraph(id, line.section, line.paragraph, line.text))).at;
      const sections = kinds.map((kind) => ({ kind, text: texts[kind] ?? '' }));
      return (await call(commands.saveDraft(id, sections))).at;
    },
    { since: () => begun, after: () => clear(id) },
  );

  const draft: Draft = {
    id,
    keeper: keep,
    get texts() {
      return texts;
    },
    get line() {
      return line;
    },
    holds: (note) => taken === shape(note),
    take(note) {
      if (keep.dirty || line !== undefined) return;
      begun = note.saved_at ?? note.begun_at;
      const next: typeof texts = {};
      for (const s of note.sections) {
        // Hidden: nothing of it stays in the window.
        if (s.text.kind === 'hidden') return draft.forget();
        next[s.kind] = s.text.text;
      }
      if (taken === shape(note)) return;
      taken = shape(note);
      kinds = note.sections.map((s) => s.kind);
      texts = next;
    },
    forget() {
      if (keep.dirty) return;
      taken = '';
      texts = {};
    },
    write(section, text) {
      if (texts[section] === text) return;
      texts[section] = text;
      written = true;
      keep.changed();
    },
    async writeLine(section, paragraph) {
      if (!(await keep.flush())) return false;
      const text = await call(commands.paragraph(id, section, paragraph));
      line = { section, paragraph, text };
      draft.forget();
      return true;
    },
    typeLine(text) {
      if (line === undefined || line.text === text) return;
      line.text = text;
      written = true;
      keep.changed();
    },
    async endLine() {
      if (!(await keep.flush())) return false;
      line = undefined;
      return true;
    },
  };
  return { draft, written: () => written };
}

/** Opens a draft for a page: one that is still being saved, or a fresh one. */
export function openDraft(id: string): Draft {
  const known = desk.get(id) ?? { ...draftOf(id), pages: 0 };
  known.pages += 1;
  desk.set(id, known);
  return known.draft;
}

function clear(id: string): void {
  const known = desk.get(id);
  if (known === undefined || known.pages > 0 || known.draft.keeper.dirty) return;
  desk.delete(id);
}

/** The page is left: what is unsaved is saved, and what was written becomes a version. */
export async function leaveDraft(id: string, isDraft: boolean): Promise<void> {
  const known = desk.get(id);
  if (known === undefined) return;
  known.pages -= 1;
  const saved = await known.draft.keeper.flush();
  clear(id);
  if (!saved || !isDraft || !known.written()) return;
  // The draft itself is saved; should this fail, approval writes the version.
  await call(commands.finishWriting(id)).catch((error: unknown) => console.error(error));
}
