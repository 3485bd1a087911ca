/**
 * Keeps what is typed, at most a second behind the keyboard: the first
 * unsaved keystroke sets the clock, those after it do not put it off. Never
 * two saves at once; what is typed during one is in the next. When a save
 * fails the text stays where it is and is tried again every few seconds.
 *
 * Every keeper with something unsaved is known here, so that all of it can be
 * saved before the window closes or other records are opened.
 */
import { SvelteSet } from 'svelte/reactivity';
import { time } from '../text/dates';
import { when } from '../text/when.svelte';
import { t } from '../text/words';

const SOON = 700;
const AGAIN = 3000;

export interface Keeper {
  /** Something is not saved yet. */
  readonly dirty: boolean;
  /** When it was last saved, since this began. */
  readonly savedAt: string | undefined;
  /** Why the last save failed. */
  readonly error: unknown;
  /** "Not saved since 11:09"; empty while the last save succeeded. */
  readonly unsaved: string;
  /** Something was typed. */
  changed(): void;
  /** Saves now; true when nothing is left unsaved. */
  flush(): Promise<boolean>;
  /** These records are left: what is unsaved must not be written into others. */
  drop(): void;
}

/** Those with something unsaved, the oldest first. */
const behind = new SvelteSet<Keeper>();
/** What else is emptied when the records are left. */
const desks: (() => void)[] = [];

/** Where things lie that were being written: emptied before other records are shown. */
export function onRecordsLeft(empty: () => void): void {
  desks.push(empty);
}
/** The first thing that could not be kept; empty while all can be. */
export function firstUnsaved(): string {
  for (const one of behind) if (one.unsaved !== '') return one.unsaved;
  return '';
}
/** Saves all that is unsaved, wherever it was typed; true when nothing is left. */
export async function saveAll(): Promise<boolean> {
  const saved = await Promise.all([...behind].map((one) => one.flush()));
  return saved.every(Boolean);
}
/** Other records are open now: nothing that was written in the former stays in the window. */
export function leaveRecords(): void {
  for (const one of [...behind]) one.drop();
  for (const empty of desks) empty();
}

interface Options {
  /** Until when all was saved, before the first save here. */
  since?: () => string;
  /** After each attempt. */
  after?: () => void;
}

/** `save` takes the text as it then is, and gives the moment at which it was saved. */
export function keeper(save: () => Promise<string>, options: Options = {}): Keeper {
  const begun = when.now;
  const since = options.since ?? (() => begun);
  let dirty = $state(false);
  let savedAt = $state<string | undefined>();
  let error = $state.raw<unknown>();
  let version = 0;
  let first: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let flight: Promise<void> | undefined;
  let dropped = false;

  function settled(): void {
    dirty = false;
    behind.delete(me);
  }
  function plan(delay: number): void {
    clearTimeout(timer);
    timer = setTimeout(go, Math.max(0, delay));
  }
  async function attempt(): Promise<void> {
    const mine = version;
    first = undefined;
    try {
      savedAt = await save();
      error = undefined;
      if (mine === version) settled();
      else plan(SOON - (performance.now() - (first ?? performance.now())));
    } catch (thrown) {
      if (dropped) return;
      error = thrown;
      plan(AGAIN);
    }
  }
  function go(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    flight ??= attempt().finally(() => {
      flight = undefined;
      options.after?.();
    });
    return flight;
  }

  const me: Keeper = {
    get dirty() {
      return dirty;
    },
    get savedAt() {
      return savedAt;
    },
    get error() {
      return error;
    },
    get unsaved() {
      return error === undefined ? '' : t('kept-not-since', { time: time(savedAt ?? since(), when) });
    },
    changed() {
      if (dropped) return;
      version += 1;
      dirty = true;
      behind.add(me);
      first ??= performance.now();
      if (timer === undefined && flight === undefined) plan(SOON);
    },
    async flush() {
      if (flight) await flight;
      // What was typed meanwhile belongs to it; a failure ends it.
      while (dirty) {
        await go();
        if (error !== undefined) return false;
      }
      return true;
    },
    drop() {
      dropped = true;
      clearTimeout(timer);
      timer = undefined;
      error = undefined;
      settled();
    },
  };
  return me;
}
