/**
 * The file being looked at. The core holds it until it is imported or put away;
 * here are the rows fetched so far, a page at a time, and how far an import is.
 */
import { untrack } from 'svelte';
import {
  commands,
  type Far,
  type ImportFilter,
  type ImportPage,
  type ImportRow,
  type Mapping,
  type Progress,
} from '../ipc/bindings';
import { call } from '../ipc/call';
import { channel } from '../ipc/events';
import { sayFailure } from '../ipc/refusal';
import { go, here, useDoing } from '../shell';

export const PAGE = 100;

/** An import that runs goes on when one looks elsewhere, so it is kept beside the pages. */
export const run = $state({
  on: false,
  slow: false,
  stopping: false,
  /** How far the backup before it is; undefined once rows are added. */
  backup: undefined as Far | undefined,
  done: 0,
  of: 0,
  failure: '',
});

/** Imports what is ticked; afterwards the clients are shown. */
export async function importRows(of: number): Promise<void> {
  if (run.on) return;
  Object.assign(run, { on: true, slow: false, stopping: false, backup: undefined, done: 0, of, failure: '' });
  const timer = setTimeout(() => {
    run.slow = true;
  }, 400);
  const progress = channel<Progress>((now) => {
    run.backup = undefined;
    run.done = now.done;
    run.of = now.of;
  });
  const before = channel<Far>((far) => {
    run.backup = far;
  });
  try {
    await call(commands.runImport(progress, before));
    if (here.path === '/import') go('/clients', { replace: true });
  } catch (error) {
    run.failure = sayFailure(error);
  } finally {
    clearTimeout(timer);
    run.on = false;
  }
}

export async function stop(): Promise<void> {
  run.stopping = true;
  try {
    await call(commands.stopImport());
  } catch (error) {
    run.stopping = false;
    run.failure = sayFailure(error);
  }
}

/** Made inside a component. */
export function useFile() {
  let filter = $state<ImportFilter>('all');
  let page = $state.raw<ImportPage | null | undefined>();
  let rows = $state.raw<ImportRow[]>([]);
  let turn = 0;
  let fetching = false;
  const doing = useDoing();
  const loading = useDoing();

  /** From the first row; an answer that comes late is nobody's. */
  async function refill(): Promise<void> {
    turn += 1;
    const mine = turn;
    fetching = true;
    const got = await call(commands.importPage(filter, 0, PAGE));
    if (mine !== turn) return;
    fetching = false;
    page = got;
    rows = got?.rows ?? [];
  }
  async function more(): Promise<void> {
    if (fetching || !page || rows.length >= page.total) return;
    fetching = true;
    const mine = turn;
    await loading.run(async () => {
      const got = await call(commands.importPage(filter, rows.length, PAGE));
      if (mine !== turn || got === null) return;
      rows = [...rows, ...got.rows];
      page = got;
    });
    if (mine === turn) fetching = false;
  }
  /** Fetches one row anew, with the counts; where it no longer fits the filter it goes. */
  async function anew(number: number): Promise<void> {
    const at = rows.findIndex((row) => row.candidate.row === number);
    const mine = turn;
    const got = await call(commands.importPage(filter, Math.max(at, 0), 1));
    if (mine !== turn || got === null || at < 0) return;
    const now = got.rows[0];
    rows = now?.candidate.row === number ? rows.with(at, now) : rows.toSpliced(at, 1);
    page = got;
  }

  $effect(() => {
    void filter;
    // While an import runs the core has the file to itself.
    if (!run.on) untrack(() => void loading.run(refill));
  });
  $effect(() => () => {
    turn += 1;
  });

  return {
    get filter() {
      return filter;
    },
    set filter(next: ImportFilter) {
      filter = next;
    },
    /** Null: no file is open. Undefined: not asked yet. */
    get page() {
      return page;
    },
    get rows() {
      return rows;
    },
    get busy() {
      return doing.busy || run.on;
    },
    get slow() {
      return doing.slow;
    },
    get failure() {
      return doing.failure || loading.failure;
    },
    more,
    choose: () =>
      doing.run(async () => {
        if (!(await call(commands.chooseImport()))) return;
        filter = 'all';
        await refill();
      }),
    take: (row: ImportRow, take: boolean) =>
      doing.run(async () => {
        await call(commands.takeImportRow(row.candidate.row, take));
        await anew(row.candidate.row);
      }),
    settle: (row: ImportRow, column: number, date: string | null) =>
      doing.run(async () => {
        await call(commands.settleImportDate(row.candidate.row, column, date));
        await anew(row.candidate.row);
      }),
    map: (mapping: Mapping) =>
      doing.run(async () => {
        await call(commands.mapImport(mapping));
        await refill();
      }),
    close: () => doing.run(async () => void (await call(commands.closeImport()))),
  };
}
