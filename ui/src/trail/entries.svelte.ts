/**
 * The entries of one client seen so far, of one kind or of all. They are added
 * and never edited, so what was fetched stays true and later answers add to it.
 */
import { untrack } from 'svelte';
import { ask } from '../ipc/ask.svelte';
import { commands, type Kind, type Trail, type TrailEntry } from '../ipc/bindings';
import { call } from '../ipc/call';
import { useDoing } from '../shell';

/** Made inside a component. */
export function useEntries(client: () => string) {
  let kind = $state<Kind | null>(null);
  let seen = $state.raw<TrailEntry[]>([]);
  let more = $state(false);
  /** The next answer is of another kind than what was seen. */
  let anew = true;
  const asked = ask(() => commands.trail(client(), kind, null));
  const earlier = useDoing();

  function add(got: Trail): void {
    const all = new Map([...seen, ...got.entries].map((entry) => [entry.number, entry]));
    seen = [...all.values()].sort((one, other) => other.number - one.number);
  }
  $effect(() => {
    const got = asked.data;
    if (got === undefined) return;
    untrack(() => {
      if (anew) {
        seen = [];
        more = got.more;
      }
      anew = false;
      add(got);
    });
  });

  return {
    asked,
    get kind() {
      return kind;
    },
    set kind(next: Kind | null) {
      if (next === kind) return;
      anew = true;
      kind = next;
    },
    get seen() {
      return seen;
    },
    get more() {
      return more;
    },
    get busy() {
      return earlier.busy;
    },
    get failure() {
      return asked.failure ?? earlier.failure;
    },
    /** Those before the last that was seen. */
    before: () =>
      earlier.run(async () => {
        const of = kind;
        const got = await call(commands.trail(client(), of, seen.at(-1)?.number ?? null));
        if (of !== kind) return;
        add(got);
        more = got.more;
      }),
  };
}
