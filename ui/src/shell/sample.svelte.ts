/** Over to the sample practice and back. Both end on Today: the page before is of other records. */
import { commands, type Standing } from '../ipc/bindings';
import { call } from '../ipc/call';
import { useDoing } from './doing.svelte';
import { go } from './router.svelte';

export function useSample(then: (found: Standing) => unknown = () => undefined) {
  const work = useDoing();
  const over = (way: typeof commands.openSample) =>
    work.run(async () => {
      const found = await call(way());
      if (found.kind === 'open') go('/today');
      await then(found);
    });
  return {
    work,
    enter: () => over(commands.openSample),
    leave: () => over(commands.leaveSample),
  };
}
