/** What a row of the file says of itself: its state, its dates, what it asks. Pure. */
import type { ImportPage, ImportRow, Mapping, Problem, ProblemKind } from '../ipc/bindings';
import type { GlyphName } from '../parts';
import { date } from '../text/dates';
import type { When } from '../text/when.svelte';
import { t } from '../text/words';

type Kind = ProblemKind['kind'];

/** What is said first of a row that has several. */
const first: readonly Kind[] = [
  'no_name',
  'unclosed_quote',
  'not_a_date',
  'ambiguous_date',
  'unlikely_date',
  'no_last_name',
  'extra_cells',
  'too_many_columns',
  'too_long',
];
const rank = (kind: Kind) => (first.includes(kind) ? first.indexOf(kind) : first.length);

/** Those that want an answer before those that are only told. */
function inOrder(row: ImportRow): Problem[] {
  return row.problems.toSorted((a, b) => rank(a.what.kind) - rank(b.what.kind));
}

/** "Kwabena Acheampong": as the list will say it. */
export function nameOf({ candidate }: ImportRow): string {
  return [candidate.first_name, candidate.last_name].filter(Boolean).join(' ') || t('import-empty');
}

/** The last column. */
export function stateOf(row: ImportRow): { glyph: GlyphName; tone: string; text: string } {
  if (row.standing === 'ready') return { glyph: 'check', tone: '', text: t('import-ready') };
  if (row.standing === 'already_a_client') {
    const text =
      row.alike?.kind === 'row' ? t('import-like-row', { row: String(row.alike.row) }) : t('import-already_a_client');
    return { glyph: 'clients', tone: 'off', text };
  }
  const problem = inOrder(row)[0];
  return {
    glyph: 'warn',
    tone: 'att',
    text: problem ? t(`import-state-${problem.what.kind}`) : t('import-needs_a_look'),
  };
}

/** The start of therapy: a day, what could not be read, or nothing. */
export function startOf(row: ImportRow, mapping: Mapping, when: When): { text: string; unread: boolean } {
  const open = row.problems.find((p) => fieldOf(p, mapping) === 'started' && 'readings' in p.what);
  if (open !== undefined && 'seen' in open.what) return { text: String(open.what.seen), unread: true };
  return { text: row.candidate.started === null ? '' : date(row.candidate.started, when, 'always'), unread: false };
}

function fieldOf(problem: Problem, mapping: Mapping): string {
  return (problem.column === null ? null : mapping.columns[problem.column - 1]) ?? 'none';
}

/** A day the row may have meant, or none. */
export interface Reading {
  label: string;
  date: string | null;
}
/** One sentence about a row, and what can be answered to it. */
export interface Line {
  text: string;
  /** The column the answer settles. */
  column: number;
  answers: Reading[];
}

export function linesOf(row: ImportRow, mapping: Mapping, when: When): Line[] {
  return inOrder(row).map((problem) => {
    const { what } = problem;
    const column = problem.column ?? 0;
    const readings = 'readings' in what ? what.readings : [];
    // A date no column holds any more has nothing to settle.
    const settles = ['born', 'started'].includes(fieldOf(problem, mapping)) && what.kind.endsWith('_date');
    const answers: Reading[] = settles
      ? [
          ...readings.map((day) => ({ label: date(day, when, 'always'), date: day })),
          { label: t('import-leave-empty'), date: null },
        ]
      : [];
    return { text: sentence(problem, row, fieldOf(problem, mapping), readings.length), column, answers };
  });
}

function sentence({ what, header }: Problem, row: ImportRow, field: string, readings: number): string {
  return t(`import-why-${what.kind}`, {
    row: String(row.candidate.row),
    name: nameOf(row),
    seen: 'seen' in what ? what.seen : '',
    limit: 'limit' in what ? what.limit : 0,
    expected: 'expected' in what ? what.expected : 0,
    header,
    headed: header === '' ? 'no' : 'yes',
    field,
    readings,
  });
}

/** "6 are ready, 2 need a look, 1 is already a client": only what there is. */
export function lead(page: ImportPage): string {
  const facts = (['ready', 'needs_a_look', 'already_a_client'] as const)
    .filter((standing) => page[standing] > 0)
    .map((standing) => t(`import-lead-${standing}`, { n: page[standing] }));
  return t('import-lead', { file: page.file_name, all: page.all, facts: facts.join(', '), n: facts.length });
}

/** The first date that can be read two ways, where nobody has said which. */
export function eitherDate(rows: readonly ImportRow[]): { seen: string; readings: string[] } | undefined {
  for (const row of rows) for (const { what } of row.problems) if (what.kind === 'ambiguous_date') return what;
  return undefined;
}
