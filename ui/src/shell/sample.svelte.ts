/** Over to the sample practice and back. Both end on Today: the page before is of other records. */
import { commands, type Standing } from '../ipc/bindings';
import { call } from '../ipc/call';
import { sayFailure } from '../ipc/refusal';
import { t } from '../text/words';
import { useDoing } from './doing.svelte';
import { leaveRecords, saveAll } from './keeper.svelte';
import { go } from './router.svelte';

/** Something typed could not be saved: these records stay open until it is. */
class Unsaved extends Error {}

export function useSample(then: (found: Standing) => unknown = () => undefined) {
  const work = useDoing();
  const over = (way: typeof commands.openSample) =>
    work.run(
      async () => {
        if (!(await saveAll())) throw new Unsaved();
        const found = await call(way());
        leaveRecords();
        if (found.kind === 'open') go('/today');
        await then(found);
      },
      (error) => (error instanceof Unsaved ? t('sample-unsaved') : sayFailure(error)),
    );
  return {
    work,
    enter: () => over(commands.openSample),
    leave: () => over(commands.leaveSample),
  };
}
