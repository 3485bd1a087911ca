/** Seconds until another passphrase may be tried, running down. */
export function useWait() {
  let left = $state(0);
  let timer: ReturnType<typeof setInterval> | undefined;
  $effect(() => () => clearInterval(timer));
  return {
    get left() {
      return left;
    },
    from(seconds: number): void {
      clearInterval(timer);
      left = seconds;
      if (seconds === 0) return;
      const until = performance.now() + seconds * 1000;
      timer = setInterval(() => {
        left = Math.max(0, Math.ceil((until - performance.now()) / 1000));
        if (left === 0) clearInterval(timer);
      }, 200);
    },
  };
}
