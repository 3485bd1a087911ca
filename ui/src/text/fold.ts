/** Letters as a search sees them: without case and accents. */

const PLAIN: Record<string, string> = {
  ł: 'l',
  đ: 'd',
  ø: 'o',
  þ: 'th',
  ð: 'd',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ı: 'i',
  ŋ: 'n',
  ħ: 'h',
};

export function fold(text: string): string {
  let out = '';
  for (const c of text.normalize('NFD').toLowerCase()) if (!/\p{M}/u.test(c)) out += PLAIN[c] ?? c;
  return out;
}

export type Piece = { text: string; hit: boolean };

/** Cuts a text into pieces so that each beginning of a word matching a term can be marked. */
export function pieces(text: string, terms: readonly string[]): Piece[] {
  const wanted = terms.map(fold).filter((term) => term !== '');
  if (wanted.length === 0 || text === '') return [{ text, hit: false }];
  const out: Piece[] = [];
  const add = (part: string, hit: boolean) => {
    const last = out.at(-1);
    if (last !== undefined && last.hit === hit) last.text += part;
    else if (part !== '') out.push({ text: part, hit });
  };
  for (const [word] of text.matchAll(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+/gu)) {
    const folded = fold(word);
    add(
      word,
      wanted.some((term) => folded.startsWith(term)),
    );
  }
  return out;
}
