import { fold } from '../text/fold';

/**
 * Finds the next entry that begins with what was typed. `reserved` letters do
 * something else on this screen; they count only once a word has been begun.
 */
export function typeahead(reserved = '') {
  let typed = '';
  let last = Number.NEGATIVE_INFINITY;
  return (event: KeyboardEvent, names: readonly string[], at: number): number | null => {
    if (event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.metaKey || event.altKey) return null;
    if (!/[\p{L}\p{N}]/u.test(event.key)) return null;
    const letter = fold(event.key);
    if (event.timeStamp - last > 700) typed = '';
    if (typed === '' && reserved.includes(letter)) return null;
    last = event.timeStamp;
    typed = typed === letter ? letter : typed + letter;
    const from = typed.length === 1 ? at + 1 : Math.max(at, 0);
    for (let i = 0; i < names.length; i += 1) {
      const n = (from + i) % names.length;
      if (fold(names[n] ?? '').startsWith(typed)) return n;
    }
    return at;
  };
}
