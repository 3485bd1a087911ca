import { expect, test } from 'vitest';
import { readLength, readMoment } from './moment';

const when = { now: '2026-01-15T11:12:00Z', zone: 'Europe/London', clock: '24' } as const;

test('a moment is read as it is shown, and as one types it', () => {
  for (const [text, at] of [
    ['Today, 11:09', '2026-01-15T11:09:00Z'],
    ['today 11.09', '2026-01-15T11:09:00Z'],
    ['9:05', '2026-01-15T09:05:00Z'],
    ['yesterday, 18:40', '2026-01-14T18:40:00Z'],
    ['Wed 14 Jan, 18:40', '2026-01-14T18:40:00Z'],
    ['14 Jan 2026 6:40 pm', '2026-01-14T18:40:00Z'],
    ['14/1, 18:40', '2026-01-14T18:40:00Z'],
  ] as const)
    expect(readMoment(text, when), text).toBe(at);
  for (const text of ['', 'soon', 'today', '31 June, 10:00', '25:00']) expect(readMoment(text, when), text).toBeNull();
});
test('a length is read in minutes and hours', () => {
  for (const [text, minutes] of [
    ['50', 50],
    ['50 min', 50],
    ['1 h 20 min', 80],
    ['2h', 120],
  ] as const)
    expect(readLength(text), text).toBe(minutes);
  for (const text of ['', 'long', 'h']) expect(readLength(text), text).toBeNull();
});
