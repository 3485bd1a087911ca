import { expect, test } from 'vitest';
import { step } from './roving';
import { inView } from './table';

test('only the rows in view and a few around them are drawn', () =>
  expect(inView(3600, 720, 36, 3000, 10)).toEqual({ from: 90, to: 130 }));
test('the drawn rows stay within the list', () => expect(inView(0, 720, 36, 5)).toEqual({ from: 0, to: 5 }));
test('the arrows go round a menu and stop at the ends of a list', () => {
  expect(step('ArrowDown', 4, 5)).toBe(0);
  expect(step('ArrowDown', 4, 5, false)).toBe(4);
  expect(step('End', 0, 5)).toBe(4);
  expect(step('x', 0, 5)).toBeNull();
});
