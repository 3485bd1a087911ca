/**
 * A question to the core that stays answered: asked at once, again whenever
 * something it reads changes, and again when the core says `changed`. While it
 * asks again the old answer stays on the page. Made inside a component.
 *
 *   const page = ask(() => commands.today());
 *   const one = ask(() => commands.profile(id));   // again when id changes
 *   const kept = ask(() => commands.backups(), 'backed_up');   // again at that event, too
 */
import { untrack } from 'svelte';
import { type Answer, call } from './call';
import { on } from './events';
import { sayFailure } from './refusal';

export interface Asked<T> {
  /** The last answer; undefined before the first. */
  readonly data: T | undefined;
  /** Why the last question failed, worded. */
  readonly failure: string | undefined;
  /** The same, as thrown. */
  readonly error: unknown;
  /** No answer yet after 400 ms. */
  readonly loading: boolean;
  again(): Promise<void>;
}

export function ask<T>(question: () => Promise<Answer<T>>, ...events: string[]): Asked<T> {
  let data = $state.raw<T | undefined>();
  let error = $state.raw<unknown>();
  let loading = $state(false);
  let turn = 0;

  async function take(answer: Promise<Answer<T>>): Promise<void> {
    turn += 1;
    const mine = turn;
    const slow = setTimeout(() => {
      if (mine === turn) loading = true;
    }, 400);
    try {
      const got = await call(answer);
      if (mine === turn) {
        data = got;
        error = undefined;
      }
    } catch (thrown) {
      if (mine === turn) error = thrown;
    } finally {
      clearTimeout(slow);
      if (mine === turn) loading = false;
    }
  }

  $effect(() => {
    const answer = question();
    untrack(() => void take(answer));
  });
  for (const event of ['changed', ...events]) $effect(() => on(event, () => void untrack(() => take(question()))));
  $effect(() => () => {
    turn += 1; // an answer that comes after the page has gone is nobody's
  });

  return {
    get data() {
      return data;
    },
    get error() {
      return error;
    },
    get failure() {
      return error === undefined ? undefined : sayFailure(error);
    },
    get loading() {
      return loading;
    },
    again: () => untrack(() => take(question())),
  };
}
