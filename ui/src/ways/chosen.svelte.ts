/** A new passphrase while it is chosen: how strong it is, typed twice. */
import { commands, type Strength } from '../ipc/bindings';
import { call } from '../ipc/call';
import { sayFailure } from '../ipc/refusal';
import { t } from '../text/words';

export type Chosen = ReturnType<typeof useChosen>;

/** Inside a component. `known`: what a stranger would try first. */
export function useChosen(known: () => string[] = () => []) {
  let typed = $state('');
  let again = $state('');
  let strength = $state.raw<Strength | undefined>();
  let fresh = $state(false);
  let failure = $state('');

  $effect(() => {
    const what = typed;
    fresh = false;
    if (what === '') {
      strength = undefined;
      return;
    }
    let gone = false;
    const timer = setTimeout(async () => {
      try {
        const found = await call(commands.passphraseStrength(what, known()));
        if (gone) return;
        [strength, fresh, failure] = [found, true, ''];
      } catch (error) {
        if (!gone) failure = sayFailure(error);
      }
    }, 150);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  });

  return {
    get typed() {
      return typed;
    },
    set typed(value: string) {
      typed = value;
    },
    get again() {
      return again;
    },
    set again(value: string) {
      again = value;
    },
    get strength() {
      return strength;
    },
    get failure() {
      return failure;
    },
    /** What is typed the second time has left the first. */
    get differs() {
      return again !== '' && !typed.startsWith(again);
    },
    /** Why it cannot be taken yet. */
    get reason(): string | undefined {
      if (typed === '') return t('passphrase-why-none');
      if (fresh && strength?.enough === false) return t('passphrase-why-weak');
      if (again === '') return t('passphrase-why-again');
      if (again !== typed) return t('passphrase-why-differs');
      return fresh ? undefined : t('passphrase-why-wait');
    },
    /** Nothing of it stays in the window. */
    clear(): void {
      typed = '';
      again = '';
    },
  };
}

/** "Strong: five unrelated words.", or what weakens it most. */
export function sayStrength(strength: Strength): string {
  if (strength.weakness !== null) return t(`passphrase-weak-${strength.weakness}`);
  return t('passphrase-enough', { strong: strength.score >= 4 ? 'yes' : 'no', words: strength.words });
}
