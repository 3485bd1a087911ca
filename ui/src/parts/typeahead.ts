import { fold } from '../text/fold';

/**
 * What has been typed so far, or null where a key is not for this. `reserved`
 * letters do something else on this screen; they count only once a word has
 * been begun.
 */
export function listening(reserved = '') {
  let typed = '';
  let last = Number.NEGATIVE_INFINITY;
  return (event: KeyboardEvent): string | null => {
    if (event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.metaKey || event.altKey) return null;
    if (!/[\p{L}\p{N}]/u.test(event.key)) return null;
    const letter = fold(event.key);
    if (event.timeStamp - last > 700) typed = '';
    if (typed === '' && reserved.includes(letter)) return null;
    last = event.timeStamp;
    typed = typed === letter ? letter : typed + letter;
    return typed;
  };
}

/** The next entry that begins with what was typed; where there is none, the one one stands on. */
export function beginning(typed: string, names: readonly string[], at: number): number {
  const from = typed.length === 1 ? at + 1 : Math.max(at, 0);
  for (let i = 0; i < names.length; i += 1) {
    const n = (from + i) % names.length;
    if (fold(names[n] ?? '').startsWith(typed)) return n;
  }
  return at;
}

/** Both, for a list that is there as a whole. */
export function typeahead(reserved = '') {
  const hear = listening(reserved);
  return (event: KeyboardEvent, names: readonly string[], at: number): number | null => {
    const typed = hear(event);
    return typed === null ? null : beginning(typed, names, at);
  };
}
