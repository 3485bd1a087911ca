import { expect, test } from 'vitest';
import { type Block, type Inline, readProse } from './prose';

const flat = (parts: Inline[]): string =>
  parts.map((p) => (p.kind === 'text' ? p.text : p.kind === 'break' ? '\n' : flat(p.children))).join('');
const texts = (blocks: Block[]): string[] =>
  blocks.flatMap((b) => (b.kind === 'paragraph' ? [flat(b.children)] : b.items.flatMap(texts)));

test('paragraphs, bold, italic and lists are read', () =>
  expect(readProse('One **two** *three*\n\n3. four\n4. five')).toEqual([
    {
      kind: 'paragraph',
      children: [
        { kind: 'text', text: 'One ' },
        { kind: 'strong', children: [{ kind: 'text', text: 'two' }] },
        { kind: 'text', text: ' ' },
        { kind: 'em', children: [{ kind: 'text', text: 'three' }] },
      ],
    },
    {
      kind: 'list',
      ordered: true,
      start: 3,
      items: [
        [{ kind: 'paragraph', children: [{ kind: 'text', text: 'four' }] }],
        [{ kind: 'paragraph', children: [{ kind: 'text', text: 'five' }] }],
      ],
    },
  ]));
test.each([
  '<script>alert(1)</script>',
  'a <b onclick="x">b</b> c',
  '[click](javascript:alert(1))',
  '![x](http://example.org/x.png)',
  '# not a heading',
  '| a | b |',
])('%s stays the characters it was written with', (text) => expect(texts(readProse(text)).join('\n')).toBe(text));
test('an escaped sign is the sign', () => expect(texts(readProse('2 \\* 3 &lt; 7'))).toEqual(['2 * 3 < 7']));
test('a single line end is kept', () => expect(texts(readProse('one\ntwo'))).toEqual(['one\ntwo']));
