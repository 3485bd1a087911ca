import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { firstUnsaved, keeper, leaveRecords, onRecordsLeft, saveAll } from './keeper.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what is typed is saved within a second of the last keystroke', async () => {
  const save = vi.fn(async () => '2026-01-15T11:12:00Z');
  const k = keeper(save);
  k.changed();
  expect(k.dirty).toBe(true);
  await vi.advanceTimersByTimeAsync(1000);
  expect(save).toHaveBeenCalledTimes(1);
  expect(k.dirty).toBe(false);
  expect(k.savedAt).toBe('2026-01-15T11:12:00Z');
});
test('while one types on, no keystroke is unsaved for more than a second', async () => {
  let text = '';
  let kept = '';
  const k = keeper(async () => {
    kept = text;
    return '2026-01-15T11:12:00Z';
  });
  const typed: { text: string; at: number }[] = [];
  for (let i = 0; i < 100; i += 1) {
    text += 'a';
    typed.push({ text, at: performance.now() });
    k.changed();
    await vi.advanceTimersByTimeAsync(90);
    const late = typed.find((x) => x.text.length > kept.length && performance.now() - x.at > 1000);
    expect(late).toBeUndefined();
  }
  await vi.advanceTimersByTimeAsync(1000);
  expect(kept).toBe(text);
});
test('never two saves at once; what is typed during one is in the next', async () => {
  let running = 0;
  let most = 0;
  let text = 'a';
  const kept: string[] = [];
  const k = keeper(async () => {
    running += 1;
    most = Math.max(most, running);
    const taken = text;
    await new Promise((r) => setTimeout(r, 2000));
    running -= 1;
    kept.push(taken);
    return '2026-01-15T11:12:00Z';
  });
  k.changed();
  await vi.advanceTimersByTimeAsync(800);
  text = 'ab';
  k.changed();
  void k.flush();
  void k.flush();
  await vi.advanceTimersByTimeAsync(6000);
  expect(most).toBe(1);
  expect(kept).toEqual(['a', 'ab']);
  expect(k.dirty).toBe(false);
});
test('a save that fails is tried again every few seconds, and flush says so', async () => {
  let full = true;
  const save = vi.fn(async () => {
    if (full) throw new Error('disk_full');
    return '2026-01-15T11:12:00Z';
  });
  const k = keeper(save);
  k.changed();
  expect(await k.flush()).toBe(false);
  expect(k.error).toBeDefined();
  await vi.advanceTimersByTimeAsync(7000);
  expect(save.mock.calls.length).toBeGreaterThanOrEqual(3);
  expect(k.dirty).toBe(true);
  full = false;
  await vi.advanceTimersByTimeAsync(3500);
  expect(k.dirty).toBe(false);
  expect(k.error).toBeUndefined();
});

const AT = '2026-01-15T11:12:00Z';
const failing = () => {
  let broken = true;
  const save = vi.fn(async () => {
    if (broken) throw new Error('the disk is full');
    return AT;
  });
  return {
    save,
    mend: () => {
      broken = false;
    },
  };
};
test('that one thing is saved does not hide that another is not', async () => {
  const plan = failing();
  const note = failing();
  const [a, b] = [keeper(plan.save, { since: () => '2026-01-15T11:09:00Z' }), keeper(note.save)];
  a.changed();
  b.changed();
  await vi.advanceTimersByTimeAsync(1000);
  expect(firstUnsaved()).toBe('Not saved since 11:09');
  plan.mend();
  expect(await a.flush()).toBe(true);
  expect(firstUnsaved()).toBe('Not saved since 11:12');
  note.mend();
  expect(await b.flush()).toBe(true);
  expect(firstUnsaved()).toBe('');
});
test('before the window closes everything unsaved is saved at once, and it is known whether that succeeded', async () => {
  const whole = vi.fn(async () => AT);
  const broken = failing();
  const [a, b] = [keeper(whole), keeper(broken.save)];
  a.changed();
  b.changed();
  expect(await saveAll()).toBe(false);
  expect(whole).toHaveBeenCalledTimes(1);
  broken.mend();
  expect(await saveAll()).toBe(true);
  expect(broken.save).toHaveBeenCalledTimes(2);
});
test('what belongs to other records is never saved into these', async () => {
  const broken = failing();
  const emptied = vi.fn();
  onRecordsLeft(emptied);
  const k = keeper(broken.save);
  k.changed();
  await vi.advanceTimersByTimeAsync(1000);
  leaveRecords();
  expect(emptied).toHaveBeenCalledTimes(1);
  expect(firstUnsaved()).toBe('');
  k.changed();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(broken.save).toHaveBeenCalledTimes(1);
});
