import { expect, test } from 'vitest';
import { facts, profile, session, suparman } from '../testing/fixtures/clients';
import { around, emailDoubt, lately, since } from './said';
import { toWrite } from './writing';

const when = { now: '2026-01-15T11:12:00Z', zone: 'Europe/London', clock: '24' } as const;
const begun = (on: string, completed: number, derived = false) =>
  since({ ...facts, started: { on, derived }, completed }, when);

test('the time since therapy began is said in weeks, months, then years', () => {
  expect(begun('2026-01-13', 1)).toBe('1 session');
  expect(begun('2026-01-01', 2)).toBe('2 weeks, 2 sessions');
  expect(begun('2025-03-16', 30)).toBe('9 months, 30 sessions');
  expect(begun('2022-06-30', 88)).toBe('3 years, 88 sessions');
});
test('a derived start says what it is derived from', () =>
  expect(begun('2025-09-11', 14, true)).toBe('4 months, 14 sessions, by the first completed'));
test('an unfinished address is doubted, a strange one is not', () => {
  expect(emailDoubt('')).toBeUndefined();
  expect(emailDoubt('amara@posteo.example')).toBeUndefined();
  expect(emailDoubt('ö.ü+x@mail.käse.example')).toBeUndefined();
  expect(emailDoubt('amara@posteo')).toMatch(/no ending/);
  expect(emailDoubt('amara@posteo.')).toMatch(/no ending/);
  expect(emailDoubt('amara')).toMatch(/not a whole address/);
});
test('a quotation keeps some of its paragraph on both sides', () => {
  const cut = around(`${'before '.repeat(60)}THE WORDS${' after'.repeat(60)}`, 'THE WORDS', 40);
  expect(cut.quote).toBe('THE WORDS');
  expect(cut.before).toMatch(/^… before/);
  expect(cut.before.length).toBeLessThan(60);
  expect(cut.after).toMatch(/after…$/);
  expect(around('Other words.', 'THE WORDS')).toEqual({ before: 'Other words.', quote: '', after: '' });
});
test('a source of long ago carries its year', () => {
  expect(lately('2025-12-04T12:00:00Z', when)).toBe('4 Dec');
  expect(lately('2025-01-15T12:00:00Z', when)).toBe('15 Jan 2025');
});
test('a note is written of the session in progress, alone', () => {
  const running = session({ id: 'now', state: 'in_progress', starts_at: '2026-01-15T11:00:00Z' });
  expect(toWrite({ ...profile, recent: [running, ...profile.recent] }, when)).toEqual([running]);
});
test('else of those awaiting approval and the one still to come today, newest first', () => {
  expect(toWrite(profile, when).map((s) => s.id)).toEqual(['s1', 's-12']);
  expect(toWrite(suparman, when)).toEqual([]);
});
