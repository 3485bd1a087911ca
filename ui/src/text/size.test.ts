import { expect, test } from 'vitest';
import { size } from './size';

test('bytes are read in the unit that leaves few digits', () => {
  expect(size(0)).toBe('0 kB');
  expect(size(48_000)).toBe('48 kB');
  expect(size(412_000)).toBe('0.4 MB');
  expect(size(41_200_000)).toBe('41 MB');
  expect(size(212_000_000_000)).toBe('212 GB');
});
