/**
 * The core in tests: answers by command name. An answer may be a value, a
 * function of the arguments, or `refuse(…)`. Every command asked is recorded.
 */
import { emit } from '@tauri-apps/api/event';
import { clearMocks, mockIPC, mockWindows } from '@tauri-apps/api/mocks';
import type { AnyFailure } from './call';
import { forgetHearers } from './events';

class Failing {
  constructor(readonly failure: AnyFailure) {}
}
export type Given = Record<string, unknown>;
export interface Fake {
  /** What was asked, in order. */
  asked: { name: string; args: Given }[];
  /** Changes or adds answers. */
  answer(more: Record<string, unknown>): void;
  /** The core says that something changed. */
  changed(): Promise<void>;
  /** The core says that a backup was made, or could not be. */
  backedUp(): Promise<void>;
  /** A backup was opened in the file manager. */
  handed(): Promise<void>;
  /** The window is asked to close. */
  leaving(): Promise<void>;
}

export function refuse(kind: string, fields: Given = {}): Failing {
  return new Failing({ kind: 'refused', refusal: { kind, ...fields } });
}
export function fault(reference: string): Failing {
  return new Failing({ kind: 'fault', reference });
}

/** The frame asks for them; no test is about that unless it says so. */
const noBackups = {
  backups: { places: [], last_test: null, test_due: false, begun: false },
  first_free: null,
  second_free: null,
  sample: true,
};

export function fake(answers: Record<string, unknown>): Fake {
  clearMocks();
  forgetHearers();
  mockWindows('main');
  // Said whenever the pointer moves, or something is copied; no test is about that unless it asks.
  const known: Record<string, unknown> = {
    active: null,
    copied: null,
    handed_backup: null,
    backups: noBackups,
    ...answers,
  };
  const asked: Fake['asked'] = [];
  mockIPC(
    async (name, given) => {
      const args = (given ?? {}) as Given;
      asked.push({ name, args });
      if (!(name in known)) throw new Error(`the fake core has no answer for ${name}`);
      let answer = known[name];
      if (typeof answer === 'function') answer = await answer(args);
      if (answer instanceof Failing) throw answer.failure;
      return answer;
    },
    { shouldMockEvents: true },
  );
  return {
    asked,
    answer: (more) => void Object.assign(known, more),
    changed: () => emit('changed'),
    backedUp: () => emit('backed_up'),
    handed: () => emit('handed'),
    leaving: () => emit('leaving'),
  };
}
