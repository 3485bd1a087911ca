/**
 * The client list as one left it: filter, order, what is being found, the row
 * the arrows stand on. Kept while the window is open, so that one comes back to
 * the same place and the profile can say "13 of 24".
 */
import { untrack } from 'svelte';
import { type ClientCounts, type ClientQuery, type ClientRow, commands } from '../ipc/bindings';
import { call } from '../ipc/call';
import { on } from '../ipc/events';
import { sayFailure } from '../ipc/refusal';

/** About what a window shows; the table asks for more before one comes to their end. */
export const FIRST = 24;
export const PAGE = 100;
/** The core gives no more at once. */
const MOST = 200;

export type Chosen = Pick<ClientQuery, 'filter' | 'sort' | 'descending' | 'find'>;

const beginning: Chosen = { filter: 'active', sort: 'name', descending: false, find: '' };
export const list = $state({ ...beginning, selected: undefined as string | undefined, depth: FIRST, scrolled: 0 });

/** As in a window just opened; for tests. */
export function forget(): void {
  Object.assign(list, beginning, { selected: undefined, depth: FIRST, scrolled: 0 });
}

/** The list as a question: also what a profile stands in. */
export function asked(offset = 0, limit = PAGE): ClientQuery {
  return { filter: list.filter, sort: list.sort, descending: list.descending, find: list.find, offset, limit };
}

/** Another question: begin at its first page. */
export function choose(change: Partial<Chosen>): void {
  Object.assign(list, change, { depth: FIRST, scrolled: 0 });
}

/** The rows fetched so far, a page at a time. Made inside a component. */
export function useClients() {
  let rows = $state.raw<ClientRow[]>([]);
  let total = $state(0);
  let counts = $state.raw<ClientCounts | undefined>();
  let failure = $state('');
  let turn = 0;
  let busy = false;

  /** Asks for the first `depth` rows anew; an answer that comes late is nobody's. */
  async function refill(depth: number): Promise<void> {
    turn += 1;
    const mine = turn;
    busy = true;
    try {
      const got: ClientRow[] = [];
      let all = 0;
      do {
        const page = await call(commands.clients(asked(got.length, Math.min(MOST, depth - got.length))));
        if (mine !== turn) return;
        got.push(...page.rows);
        all = page.total;
        counts = page.counts;
        if (page.rows.length === 0) break;
      } while (got.length < Math.min(depth, all));
      rows = got;
      total = all;
      failure = '';
    } catch (error) {
      if (mine === turn) failure = sayFailure(error);
    } finally {
      if (mine === turn) busy = false;
    }
  }
  async function more(most = PAGE): Promise<void> {
    if (busy || rows.length >= total) return;
    busy = true;
    const mine = turn;
    try {
      const page = await call(commands.clients(asked(rows.length, most)));
      if (mine !== turn) return;
      rows = [...rows, ...page.rows];
      total = page.rows.length === 0 ? rows.length : page.total;
      counts = page.counts;
      list.depth = rows.length;
    } catch (error) {
      if (mine === turn) failure = sayFailure(error);
    } finally {
      if (mine === turn) busy = false;
    }
  }

  /** Every row there is, for a letter that looks among them. */
  async function all(): Promise<void> {
    let had = -1;
    while (rows.length < total && rows.length > had) {
      had = rows.length;
      await more(MOST);
    }
  }

  $effect(() => {
    // Read, so that another question is asked when one of them changes.
    void [list.filter, list.sort, list.descending, list.find];
    untrack(() => void refill(list.depth));
  });
  $effect(() => on('changed', () => void refill(list.depth)));
  $effect(() => () => {
    turn += 1;
  });

  return {
    get rows() {
      return rows;
    },
    get total() {
      return total;
    },
    get counts() {
      return counts;
    },
    get failure() {
      return failure;
    },
    more,
    all,
  };
}
