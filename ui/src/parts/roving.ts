/** Which place the arrow keys lead to in a row of `count`; null when the key does not move. */
export function step(key: string, at: number, count: number, wrap = true): number | null {
  if (count === 0) return null;
  const bounded = (n: number) => (wrap ? (n + count) % count : Math.min(count - 1, Math.max(0, n)));
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return bounded(at + 1);
    case 'ArrowUp':
    case 'ArrowLeft':
      return at < 0 ? count - 1 : bounded(at - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
