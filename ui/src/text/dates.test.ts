import { describe, expect, test } from 'vitest';
import * as d from './dates';
import type { When } from './when.svelte';

const when: When = { now: '2026-01-15T11:12:00Z', zone: 'Europe/London', clock: '24' };

describe('days', () => {
  test('a day of this year has no year', () => expect(d.day('2026-01-08', when)).toBe('Thu 8 Jan'));
  test('a day of another year has its year', () => expect(d.day('2025-12-18', when)).toBe('Thu 18 Dec 2025'));
  test('the band always has the year', () =>
    expect(d.fullSpan('2026-01-08T12:00:00Z', '2026-01-08T12:50:00Z', when)).toBe('Thu 8 Jan 2026, 12:00–12:50'));
  test('today is called today', () =>
    expect(d.daySpan('2026-01-15T12:00:00Z', '2026-01-15T12:50:00Z', when)).toBe('Today, 12:00–12:50'));
  test('yesterday is called yesterday', () => expect(d.near('2026-01-14', when)).toBe('Yesterday'));
  test('a longer time ago is a date', () => expect(d.near('2026-01-13', when)).toBe('Tue 13 Jan'));
  test('the head of Today is written out', () => expect(d.longDay('2026-01-15', when)).toBe('Thursday 15 January'));
  test('September is three letters', () => expect(d.date('2025-09-04', when)).toBe('4 Sep 2025'));
  test('the day of an instant depends on the zone', () =>
    expect(d.dayOf('2026-01-15T23:30:00Z', { ...when, zone: 'Europe/Berlin' })).toBe('2026-01-16'));
  test('the week begins on Monday', () => expect(d.monday('2026-01-18')).toBe('2026-01-12'));
});

describe('times', () => {
  test('24 hours', () => expect(d.time('2026-01-15T15:05:00Z', when)).toBe('15:05'));
  test('12 hours', () => expect(d.time('2026-01-15T15:05:00Z', { ...when, clock: '12' })).toBe('3:05 pm'));
  test('midnight in 12 hours', () => expect(d.timeOfDay('00:10', { ...when, clock: '12' })).toBe('12:10 am'));
  test('inside a sentence', () => {
    expect(d.moment('2026-01-08T13:04:00Z', when)).toBe('8 Jan 2026 at 13:04');
    expect(d.moment('2026-01-15T11:04:00Z', when)).toBe('today at 11:04');
  });
  test('the clock of another zone is said only when it differs', () => {
    expect(d.elsewhere('2026-01-15T14:00:00Z', 'Europe/Berlin', when)).toBe('15:00 in Berlin');
    expect(d.elsewhere('2026-01-15T14:00:00Z', 'Europe/Lisbon', when)).toBe('');
  });
});

describe('lengths', () => {
  test('minutes ahead', () => expect(d.relative('2026-01-15T12:00:00Z', when)).toBe('in 48 minutes'));
  test('one minute', () => expect(d.relative('2026-01-15T11:11:00Z', when)).toBe('1 minute ago'));
  test('hours ahead', () => expect(d.relative('2026-01-15T15:30:00Z', when)).toBe('in 4 hours'));
  test('days ago', () => expect(d.daysAgo('2026-01-13', when)).toBe('2 days ago'));
  test('yesterday', () => expect(d.daysAgo('2026-01-14', when)).toBe('yesterday'));
  test('a session', () => expect(d.length(50)).toBe('50 min'));
  test('a long one', () => expect(d.length(120)).toBe('2 h'));
});

describe('reading what is typed', () => {
  test.each([
    ['21 Jan 2026', '2026-01-21'],
    ['Wed 21 Jan 2026', '2026-01-21'],
    ['21 January', '2026-01-21'],
    ['21/1', '2026-01-21'],
    ['21.1.26', '2026-01-21'],
    ['4 Sept 1984', '1984-09-04'],
    ['4/9/84', '1984-09-04'],
    ['2026-01-21', '2026-01-21'],
    ['today', '2026-01-15'],
    ['31 June', null],
    ['soon', null],
    ['', null],
  ])('%s is the day %s', (text, day) => expect(d.readDay(text, when)).toBe(day));
  test.each([
    ['9', '09:00'],
    ['9:30', '09:30'],
    ['0930', '09:30'],
    ['9.30 pm', '21:30'],
    ['12 am', '00:00'],
    ['24:00', null],
    ['noonish', null],
  ])('%s is the time %s', (text, time) => expect(d.readTime(text)).toBe(time));
  test('a day and a time in a zone make an instant', () =>
    expect(d.instantOf('2026-07-01', '09:30', 'Europe/London')).toBe('2026-07-01T08:30:00Z'));
});
