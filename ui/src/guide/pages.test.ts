import { expect, test } from 'vitest';
import { tree } from '../../scripts/guide.mjs';
import { keymap, showKeys } from '../shell/keymap';
import { t } from '../text/words';
import { around, find, pages, sectionsOf } from './pages';
import { words } from './tree';

const size = () => ({ width: 10, height: 5 });
const read = (markdown: string) => tree(`# Title\n\n${markdown}`, '01-one.md', size).blocks;

test('a page becomes a tree of its own words', () => {
  expect(
    read('Press **Lock** or <kbd>Ctrl L</kbd>, see [the kit](04-backups.md#the-recovery-kit) & `x.y`.'),
  ).toMatchObject([
    {
      kind: 'paragraph',
      children: [
        { text: 'Press ' },
        { kind: 'strong', children: [{ text: 'Lock' }] },
        { text: ' or ' },
        { kind: 'keys', text: 'Ctrl L' },
        { text: ', see ' },
        { kind: 'link', page: 'backups', at: 'the-recovery-kit' },
        { text: ' & ' },
        { kind: 'code', text: 'x.y' },
        { text: '.' },
      ],
    },
  ]);
  expect(read('![A list](pictures/a.png)')).toEqual([
    { kind: 'picture', src: 'pictures/a.png', alt: 'A list', width: 10, height: 5 },
  ]);
});
test('what the tree has no word for stops the build', () => {
  for (const odd of ['<b>bold</b>', '[out](https://example.org)', 'https://example.org', '> said', '# Two titles'])
    expect(() => read(odd), odd).toThrow();
});
test('the pages stand in the order of their numbers', () => {
  expect(pages.map((page) => page.name)).toEqual([
    'install',
    'first-day',
    'ten-steps',
    'backups',
    'new-computer',
    'protected',
    'messages',
    'keyboard',
  ]);
});
test('there are ten steps, each with one picture and its keys', () => {
  const steps = pages.find((page) => page.name === 'ten-steps');
  const parts = (steps ? sectionsOf(steps) : []).filter((section) => /^\d+\./.test(section.title));
  expect(parts).toHaveLength(10);
  expect(parts.filter((section) => section.text.includes('Keyboard: '))).toHaveLength(9);
  expect(steps?.blocks.filter((block) => block.kind === 'picture')).toHaveLength(10);
});
test('every key of the window is on the page of the keyboard', () => {
  const rows = (pages.find((page) => page.name === 'keyboard')?.blocks ?? []).flatMap((block) =>
    block.kind === 'table' ? block.rows.map((row) => row.map(words)) : [],
  );
  const plain = (text: string) => text.replace(/\s/g, ' ');
  for (const key of keymap) {
    const said = key.keys.map((one) => showKeys(one, false));
    // Larger has two keys; one of them tells.
    const told = rows.some(
      ([keys, does]) => does?.startsWith(plain(t(key.word))) && said.some((one) => keys?.includes(one)),
    );
    expect(told, `${said.join(' ')}: ${t(key.word)}`).toBe(true);
  }
});
test('a search finds beginnings of words, without case and accents, headings first', () => {
  const all = pages.flatMap(sectionsOf);
  expect(find(all, 'disk ful').map((hit) => hit.of)).toContain('Every message, and what to do');
  expect(find(all, 'RECOVERY kit')[0]?.title).toMatch(/recovery kit/i);
  expect(find(all, 'qqqq')).toEqual([]);
  expect(find(all, ' , ')).toEqual([]);
});
test('a line of the text is shown around what was found', () => {
  expect(around('one two three four five six seven eight', 'EIG')).toBe('… three four five six seven eight');
  expect(around('one two', 'one')).toBe('one two');
});
