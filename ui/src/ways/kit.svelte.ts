/** A recovery kit being made: shown, printed or saved, and two of its groups read back. */
import { onMount } from 'svelte';
import { commands, type Kit } from '../ipc/bindings';
import { call } from '../ipc/call';
import { useDoing } from '../shell';
import { time, wholeDate } from '../text/dates';
import { when } from '../text/when.svelte';
import { t } from '../text/words';
import { tidy } from './code';

export type KitMaking = ReturnType<typeof useKit>;

/**
 * Inside a component: a new code at once. Until `keep` says so, the kit before it is the one in force; unless it is `given`, as
 * with new keys, and in force already.
 */
export function useKit(given?: Kit) {
  let kit = $state.raw<Kit | undefined>(given);
  const typed = $state(['', '']);
  let wrong = $state.raw<number[]>([]);
  let printed = $state('');
  let saved = $state('');
  const making = useDoing();
  const keeping = useDoing();

  const make = () =>
    making.run(async () => {
      kit = await call(commands.newKit());
    });
  onMount(() => {
    if (given === undefined) void make();
    return () => {
      kit = undefined;
    };
  });
  const now = () => time(new Date().toISOString(), when);

  return {
    get kit() {
      return kit;
    },
    typed,
    /** These two are to be read back. */
    get asked(): readonly { n: number; right: boolean; wrong: boolean }[] {
      return (kit?.ask ?? []).map((n, i) => ({
        n,
        right: typed[i] !== '' && tidy(typed[i] ?? '') === tidy(kit?.written.groups[n - 1] ?? ''),
        wrong: wrong.includes(n),
      }));
    },
    get wrong() {
      return wrong;
    },
    /** Groups that are not read back yet. */
    get left(): number {
      return typed.filter((group) => tidy(group).length < 4).length;
    },
    get printed() {
      return printed;
    },
    get saved() {
      return saved;
    },
    get busy() {
      return keeping.busy || making.busy;
    },
    get slow() {
      return making.slow;
    },
    get failure() {
      return making.failure || keeping.failure;
    },
    make,
    changed(): void {
      wrong = [];
    },
    print(): void {
      window.print();
      printed = now();
    },
    save: () =>
      keeping.run(async () => {
        if (kit !== undefined && (await call(commands.saveKit(kitText(kit))))) saved = now();
      }),
    /** True when it is in force now; else the groups that are wrong are marked. */
    async keep(): Promise<boolean> {
      const kept = await keeping.run(async () => {
        wrong = await call(commands.keepKit([typed[0] ?? '', typed[1] ?? '']));
      });
      return kept && wrong.length === 0;
    },
  };
}

/** The kit's page as text. */
export function kitText(kit: Kit): string {
  const { groups, check } = kit.written;
  return [
    t('kit-page-title'),
    t('kit-page-practice', { name: kit.practice }),
    t('kit-page-made', { date: wholeDate(kit.made_on, when), vault: kit.vault }),
    '',
    groups.slice(0, 4).join('  '),
    groups.slice(4).join('  '),
    t('kit-text-check', { check }),
    '',
    t('kit-page-use'),
    t('kit-page-keep'),
    '',
    t('kit-text-kept'),
    '',
  ].join('\n');
}
