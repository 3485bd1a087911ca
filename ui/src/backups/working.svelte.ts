/** Something long with the core: how far it is, and stopping it. Made inside a component. */
import { commands, type Far } from '../ipc/bindings';
import { call } from '../ipc/call';
import { channel } from '../ipc/events';
import { sayFailure } from '../ipc/refusal';

type Answering<T> = Parameters<typeof call<T>>[0];

export function useWorking() {
  let busy = $state(false);
  let far = $state.raw<Far | undefined>();
  let failure = $state('');

  async function stop(): Promise<void> {
    try {
      await call(commands.stopBackup());
    } catch (error) {
      failure = sayFailure(error);
    }
  }
  return {
    get busy() {
      return busy;
    },
    get far() {
      return far;
    },
    get failure() {
      return failure;
    },
    stop,
    forget(): void {
      failure = '';
    },
    /** What it gave; undefined when it failed. `elsewhere` says whether a failure is told in another way. */
    async run<T>(
      what: (progress: ReturnType<typeof channel<Far>>) => Answering<T>,
      elsewhere: (error: unknown) => boolean = () => false,
    ): Promise<T | undefined> {
      if (busy) return undefined;
      [busy, far, failure] = [true, undefined, ''];
      try {
        return await call(
          what(
            channel<Far>((said) => {
              far = said;
            }),
          ),
        );
      } catch (error) {
        if (!elsewhere(error)) failure = sayFailure(error);
        return undefined;
      } finally {
        busy = false;
      }
    },
  };
}
