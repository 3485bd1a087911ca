/**
 * The passages behind the dates of a summary, asked for when one first points at a date: most looks at a summary point at none.
 * Made inside a component.
 */
import { ask } from './ask.svelte';
import { commands, type Passage } from './bindings';

const none: Passage[] = [];

export function usePassages(client: () => string) {
  let wanted = $state('');
  const asked = ask(async () =>
    wanted === client() ? commands.summaryPassages(wanted) : { status: 'ok' as const, data: none },
  );

  return {
    /** From now on they are known, all of this client's. */
    want() {
      wanted = client();
    },
    /** The passage behind a date of a sentence, once it is known. */
    of: (entry: string, at: number): Passage | undefined => asked.data?.filter((p) => p.entry === entry)[at],
    get failure() {
      return asked.failure;
    },
    get error() {
      return asked.error;
    },
  };
}
