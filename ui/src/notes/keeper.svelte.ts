/**
 * Keeps what is typed, at most a second behind the keyboard: the first
 * unsaved keystroke sets the clock, those after it do not put it off. Never
 * two saves at once; what is typed during one is in the next. When a save
 * fails the text stays where it is and is tried again every few seconds.
 */
const SOON = 700;
const AGAIN = 3000;

export interface Keeper {
  /** Something is not saved yet. */
  readonly dirty: boolean;
  /** When it was last saved, since this began. */
  readonly savedAt: string | undefined;
  /** Why the last save failed. */
  readonly error: unknown;
  /** Something was typed. */
  changed(): void;
  /** Saves now; true when nothing is left unsaved. */
  flush(): Promise<boolean>;
}

/** `save` takes the text as it then is, and gives the moment at which it was saved. */
export function keeper(save: () => Promise<string>, then: () => void = () => {}): Keeper {
  let dirty = $state(false);
  let savedAt = $state<string | undefined>();
  let error = $state.raw<unknown>();
  let version = 0;
  let since: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let flight: Promise<void> | undefined;

  function plan(delay: number): void {
    clearTimeout(timer);
    timer = setTimeout(go, Math.max(0, delay));
  }
  async function attempt(): Promise<void> {
    const mine = version;
    since = undefined;
    try {
      savedAt = await save();
      error = undefined;
      if (mine === version) dirty = false;
      else plan(SOON - (performance.now() - (since ?? performance.now())));
    } catch (thrown) {
      error = thrown;
      plan(AGAIN);
    }
  }
  function go(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    flight ??= attempt().finally(() => {
      flight = undefined;
      then();
    });
    return flight;
  }

  return {
    get dirty() {
      return dirty;
    },
    get savedAt() {
      return savedAt;
    },
    get error() {
      return error;
    },
    changed() {
      version += 1;
      dirty = true;
      since ??= performance.now();
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
  };
}
