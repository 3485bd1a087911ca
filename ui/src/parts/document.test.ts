import { expect, test } from 'vitest';
import { type Doc, readDocument, writeDocument } from './document';

const p = (...content: Doc[]): Doc => ({ type: 'paragraph', content });
const text = (said: string, ...marks: string[]): Doc => ({
  type: 'text',
  text: said,
  marks: marks.map((type) => ({ type })),
});
const doc = (...content: Doc[]): Doc => ({ type: 'doc', content });
const item = (...content: Doc[]): Doc => ({ type: 'listItem', content });
const br: Doc = { type: 'hardBreak' };
const again = (d: Doc): Doc => readDocument(writeDocument(d));

/** A random walk that is the same at every run. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test.each([
  '# not a heading',
  '## two',
  '- dash',
  '+ plus',
  '* star',
  '> said',
  '---',
  '***',
  '===',
  '~~~',
  '```',
  'four',
  '1. one',
  '2) two',
  '1.',
  '-',
  '#',
  '<b>tag</b>',
  '<img src=x onerror=alert(1)>',
  '<!-- x -->',
  '&amp; &lt; &#32; &nbsp;',
  'R&D',
  '5 < 6 > 4',
  '[l](http://x)',
  '[x]: y',
  '![i](u)',
  '[sic]',
  '<http://x.y>',
  'a_b_c',
  '_under_',
  '__x__',
  '*x*',
  '5*3*2',
  '\\',
  '\\* \\_',
  'a\\',
  '`code`',
  '~~gone~~',
  '😀 café',
  '| a | b |',
  '-5 degrees',
  'on 3. and 4) of it',
  'نص عربي',
  '\u00a0x',
])('%s comes back as it was typed', (said) => {
  expect(again(doc(p(text(said))))).toEqual(doc(p(text(said))));
  expect(again(doc(p(text('before'), br, text(said))))).toEqual(doc(p(text('before'), br, text(said))));
  const list = doc({ type: 'bulletList', content: [item(p(text(said))), item(p(text('after')))] });
  expect(again(list)).toEqual(list);
});
test('what older notes may hold is shown in the editor too, character for character', () => {
  for (const said of ['# Plan', '> said', '| a |', '---'])
    expect(JSON.stringify(readDocument(said))).toContain(JSON.stringify(said).slice(1, -1));
});
test('bold and italic come back, their edges without spaces', () => {
  expect(
    writeDocument(doc(p(text('a '), text('b c ', 'bold'), text('d', 'bold', 'italic'), text(' e', 'italic')))),
  ).toBe('a **b c *d*** *e*');
  const within = doc(p(text('one', 'bold'), text('two', 'bold', 'italic'), text('three', 'bold')));
  expect(again(within)).toEqual(within);
});
test('where Markdown has no way to say it, the words stay and the marks go', () =>
  expect(again(doc(p(text('a'), text('“b”', 'bold'), text('c'))))).toEqual(doc(p(text('a“b”c')))));
test('lists in lists, lists that begin at a number, and items of two paragraphs come back', () => {
  const made = doc(
    {
      type: 'orderedList',
      attrs: { start: 9 },
      content: [
        item(p(text('nine')), p(text('still nine'))),
        item(p(text('ten')), { type: 'bulletList', content: [item(p(text('in'))), item(p())] }),
      ],
    },
    p(text('after')),
  );
  expect(again(made)).toEqual(made);
});
test('an empty editor is an empty text', () => {
  expect(writeDocument(doc(p()))).toBe('');
  expect(writeDocument(doc(p(), p(text('  ')), p(br)))).toBe('');
  expect(readDocument('')).toEqual(doc(p()));
});
test('a line left empty within a paragraph keeps it one paragraph', () =>
  expect(again(doc(p(text('a'), br, br, text('b')))).content).toHaveLength(1));

/** What can be read, in order. */
const letters = (d: Doc): string => (d.text ?? '') + (d.content ?? []).map(letters).join('');
test('of anything typed no letter or sign is lost, and what was read is written the same', () => {
  const signs = [...'ab 1*_-+#>=~`<>&;[]()!\\|.:"“é😀\t', '\u00a0', '**', '__', '](', '1. ', '- ', '&lt;', '<b'];
  for (let seed = 1; seed <= 600; seed += 1) {
    const any = chance(seed);
    const para = (): Doc =>
      p(
        ...Array.from({ length: 1 + any(4) }, () =>
          any(6) === 0
            ? br
            : text(
                Array.from({ length: 1 + any(6) }, () => signs[any(signs.length)]).join(''),
                ...(any(3) === 0 ? ['bold'] : []),
                ...(any(4) === 0 ? ['italic'] : []),
              ),
        ),
      );
    const made = doc(
      ...Array.from(
        { length: 1 + any(3) },
        (): Doc =>
          any(3) === 0
            ? {
                type: any(2) === 0 ? 'bulletList' : 'orderedList',
                content: Array.from({ length: 1 + any(3) }, () => item(para())),
              }
            : para(),
      ),
    );
    const written = writeDocument(made);
    const bare = (d: Doc) => letters(d).replace(/\s/gu, '');
    expect(bare(readDocument(written)), JSON.stringify([made, written])).toBe(bare(made));
    // Two lists one after the other become one; then it stands.
    const once = writeDocument(readDocument(written));
    expect(bare(readDocument(once))).toBe(bare(made));
    expect(writeDocument(readDocument(once)), JSON.stringify(once)).toBe(once);
  }
});
