import { expect, test } from 'vitest';
import { week } from '../testing/fixtures/sessions';
import { columns, gridOf, lanes, type Placed, shortName, towards } from './layout';

const when = { now: '2026-01-15T11:12:00Z', zone: 'Europe/London', clock: '24' } as const;
const at = (from: number, to: number) => ({ from, to, lane: 0, lanes: 1, session: { id: `${from}` } }) as Placed;

test('the day is shown from eight to seven, and further where there is something', () => {
  expect(gridOf(week, when)).toMatchObject({ first: 8, last: 19 });
  const early = week.sessions.map((s, i) => (i === 0 ? { ...s, starts_at: '2026-01-12T06:30:00Z' } : s));
  expect(gridOf({ ...week, sessions: early }, when).first).toBe(6);
});
test('sessions that overlap stand side by side, those that touch do not', () => {
  const placed = lanes([at(600, 650), at(630, 680), at(650, 700), at(700, 750)]);
  expect(placed.map((p) => [p.lane, p.lanes])).toEqual([
    [0, 2],
    [1, 2],
    [0, 2],
    [0, 1],
  ]);
});
test('a weekend is narrow until it holds a session', () => {
  const { days } = gridOf(week, when);
  expect(columns(days)).toBe(`60px ${'minmax(0, 1fr) '.repeat(5)}40px 40px`);
  const saturday = week.sessions.map((s, i) => (i === 0 ? { ...s, starts_at: '2026-01-17T10:00:00Z' } : s));
  expect(columns(gridOf({ ...week, sessions: saturday }, when).days)).toBe(`60px ${'minmax(0, 1fr) '.repeat(6)}40px`);
});
test('a session stands where the clock of the practice reads it, also in summer', () => {
  const summer = {
    ...week,
    from: '2026-07-13',
    sessions: week.sessions.slice(0, 1).map((s) => ({ ...s, starts_at: '2026-07-13T09:00:00Z' })),
  };
  expect(gridOf(summer, when).days[0]?.placed[0]?.from).toBe(600);
});
test('outside working hours is what the hours leave over', () => {
  expect(gridOf(week, when).days[0]?.outside).toEqual([
    [480, 540],
    [1110, 1140],
  ]);
  expect(gridOf(week, when).days[6]?.outside).toEqual([[480, 1140]]);
  expect(gridOf({ ...week, working_hours: [] }, when).days[0]?.outside).toEqual([]);
});
test('only given names are shortened, and only in long names', () => {
  expect(shortName({ display: 'Haruka Ito', first: 'Haruka', last: 'Ito' })).toBe('Haruka Ito');
  expect(
    shortName({ display: 'Maria Aparecida Silva dos Santos', first: 'Maria Aparecida', last: 'Silva dos Santos' }),
  ).toBe('M. A. Silva dos Santos');
  expect(shortName({ display: 'Nguyễn Thị Minh Châu', first: 'Thị Minh Châu', last: 'Nguyễn' }, 10)).toBe(
    'Nguyễn T. M. C.',
  );
  expect(shortName({ display: 'A. N.', first: '', last: 'A. N.' }, 3)).toBe('A. N.');
});
test('arrows go through a day, and sideways to the nearest in time', () => {
  const { days } = gridOf(week, when);
  const id = (name: string) => week.sessions.find((s) => s.participants[0]?.name.last === name)?.id ?? '';
  expect(towards(days, id('Kaur'), 'down')).toBe(id('Cohen-Lévy'));
  expect(towards(days, id('Kaur'), 'up')).toBeUndefined();
  expect(towards(days, id('Kaur'), 'right')).toBe(id('Ito'));
  expect(towards(days, id('Kaur'), 'left')).toBeUndefined();
});
