/**
 * The moment, the zone and the clock the window words its dates by. The core
 * decides what is overdue or next; this only turns an instant into words.
 */
export type Clock = '24' | '12';
export type When = { now: string; zone: string; clock: Clock };

/** Where the time of day comes from; a test has its own. */
export const clock = { now: () => new Date().toISOString() };

export const when: When = $state({
  now: clock.now(),
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  clock: '24',
});

export function setWhen(change: Partial<When>): void {
  Object.assign(when, change);
}

/** Moves `now` on at each full minute; returns how to stop. */
export function keepTime(): () => void {
  let timer = 0;
  const plan = () => {
    timer = window.setTimeout(tick, 60_000 - (Date.now() % 60_000) + 20);
  };
  const tick = () => {
    when.now = clock.now();
    plan();
  };
  plan();
  return () => window.clearTimeout(timer);
}
