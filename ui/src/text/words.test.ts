import { expect, test } from 'vitest';
import { fold, pieces } from './fold';
import { isolate, t } from './words';

test('a plural is chosen by the number', () => {
  expect(t('nav-notes-count', { n: 1 })).toBe('1 note awaiting approval');
  expect(t('nav-notes-count', { n: 3 })).toBe('3 notes awaiting approval');
});
test('a missing id is an error, not an empty place', () => expect(() => t('no-such-words')).toThrow());
test('a name from right to left is kept in its own direction', () => {
  expect(isolate('פרח')).toBe('\u2068פרח\u2069');
  expect(isolate('Þóra')).toBe('Þóra');
});
test('folding takes case and accents away', () =>
  expect(fold('Wiśniewski Þóra Nguyễn Łódź')).toBe('wisniewski thora nguyen lodz'));
test('a search marks the words that begin with it', () =>
  expect(pieces('Sleeps badly; Élodie', ['sleep', 'elo'])).toEqual([
    { text: 'Sleeps', hit: true },
    { text: ' badly; ', hit: false },
    { text: 'Élodie', hit: true },
  ]));
