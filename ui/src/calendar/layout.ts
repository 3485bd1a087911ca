/** Where the sessions of a week stand: hours, days, lanes for those that overlap. */
import type { Session, Week } from '../ipc/bindings';
import { addDays, dayOf, later, minuteOfDay, weekdayOf } from '../text/dates';
import type { When } from '../text/when.svelte';

export const HOUR = 56;

export interface Placed {
  session: Session;
  /** Minutes after midnight. */
  from: number;
  to: number;
  lane: number;
  lanes: number;
}
export interface Day {
  date: string;
  weekend: boolean;
  placed: Placed[];
  /** Stretches outside working hours, in minutes. */
  outside: [number, number][];
}
export interface Grid {
  first: number;
  last: number;
  days: Day[];
}

/** The first and last hour shown: 8 to 19, or as far as there is something. */
export function gridOf(week: Week, when: When): Grid {
  const days = Array.from({ length: 7 }, (_, i) => {
    const date = addDays(week.from, i);
    const mine = week.sessions.filter((s) => dayOf(s.starts_at, when) === date);
    return { date, weekend: weekdayOf(date, when) > 5, placed: lanes(mine.map((s) => placed(s, when))) };
  });
  const all = days.flatMap((d) => d.placed);
  const hours = week.working_hours.flatMap((h) => [minutes(h.from), minutes(h.to)]);
  const first = Math.min(8, ...all.map((p) => Math.floor(p.from / 60)), ...hours.map((m) => Math.floor(m / 60)));
  const last = Math.max(19, ...all.map((p) => Math.ceil(p.to / 60)), ...hours.map((m) => Math.ceil(m / 60)));
  return {
    first,
    last: Math.min(24, last),
    days: days.map((d) => ({ ...d, outside: outside(week, d.date, first * 60, Math.min(24, last) * 60, when) })),
  };
}

function placed(session: Session, when: When): Placed {
  const from = minuteOfDay(session.starts_at, when);
  // A day that changes its clocks still reads like a clock; past midnight is cut off.
  const ends = later(session.starts_at, session.minutes);
  const to = dayOf(ends, when) === dayOf(session.starts_at, when) ? minuteOfDay(ends, when) : 24 * 60;
  return { session, from, to: Math.max(to, from + 15), lane: 0, lanes: 1 };
}

/** Those that overlap stand side by side. */
export function lanes(all: Placed[]): Placed[] {
  const out: Placed[] = [];
  let cluster: Placed[] = [];
  let reach = -1;
  const close = () => {
    const ends: number[] = [];
    for (const p of cluster) {
      const free = ends.findIndex((end) => end <= p.from);
      p.lane = free === -1 ? ends.length : free;
      ends[p.lane] = p.to;
    }
    for (const p of cluster) out.push({ ...p, lanes: ends.length });
    cluster = [];
  };
  for (const p of all.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    if (p.from >= reach) close();
    cluster.push({ ...p });
    reach = Math.max(reach, p.to);
  }
  close();
  return out;
}

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

function outside(week: Week, date: string, first: number, last: number, when: When): [number, number][] {
  if (week.working_hours.length === 0) return [];
  const open = week.working_hours
    .filter((h) => h.weekday + 1 === weekdayOf(date, when))
    .map((h) => [minutes(h.from), minutes(h.to)] as const)
    .toSorted((a, b) => a[0] - b[0]);
  const out: [number, number][] = [];
  let at = first;
  for (const [from, to] of open) {
    if (from > at) out.push([at, from]);
    at = Math.max(at, to);
  }
  if (at < last) out.push([at, last]);
  return out;
}

/** Days are equal; a weekend day is narrow until it holds a session. */
export function columns(days: Day[]): string {
  return `60px ${days.map((d) => (d.weekend && d.placed.length === 0 ? '40px' : 'minmax(0, 1fr)')).join(' ')}`;
}

/** The given name goes first: "A. van der Westhuizen". The last name is never shortened. */
export function shortName(name: { display: string; last: string; first: string }, most = 22): string {
  if (name.first === '' || [...name.display].length <= most) return name.display;
  const initials = name.first
    .split(/\s+/)
    .map((part) => `${[...part][0] ?? ''}.`)
    .join(' ');
  return name.display.startsWith(name.last) ? `${name.last} ${initials}` : `${initials} ${name.last}`;
}

export type Step = 'up' | 'down' | 'left' | 'right';

/** The session one comes to from another: up and down within the day, sideways the nearest in time. */
export function towards(days: Day[], from: string, step: Step): string | undefined {
  const day = days.findIndex((d) => d.placed.some((p) => p.session.id === from));
  const here = days[day]?.placed.find((p) => p.session.id === from);
  if (here === undefined) return undefined;
  const row = days[day]?.placed ?? [];
  const at = row.indexOf(here);
  if (step === 'up') return row[at - 1]?.session.id;
  if (step === 'down') return row[at + 1]?.session.id;
  const rest = step === 'left' ? days.slice(0, day).toReversed() : days.slice(day + 1);
  const next = rest.find((d) => d.placed.length > 0);
  return next?.placed.toSorted((a, b) => Math.abs(a.from - here.from) - Math.abs(b.from - here.from))[0]?.session.id;
}
