/**
 * The plans being written. What is typed is at most a second ahead of the
 * core, and stays here, even when its page is left, until the core has it.
 */
import { commands, type PlanPoint, type Point } from '../ipc/bindings';
import { call } from '../ipc/call';
import { type Keeper, keeper, onRecordsLeft } from '../shell';
import { when } from '../text/when.svelte';

export interface Plan {
  readonly keeper: Keeper;
  /** As it is being written; null while the core's answer stands. */
  readonly points: PlanPoint[] | null;
  write(points: PlanPoint[]): void;
  /** The core's answer: it takes over once it says the same, or is withheld. */
  take(plan: Point[]): void;
}

const desk = new Map<string, { plan: Plan; pages: number }>();
onRecordsLeft(() => desk.clear());

/** For a page: the plan of a session, with what could not be saved yet. */
export function openPlan(session: string): Plan {
  const known = desk.get(session) ?? { plan: make(session), pages: 0 };
  known.pages += 1;
  desk.set(session, known);
  return known.plan;
}
/** The page is left: what is unsaved is saved. */
export function leavePlan(session: string): void {
  const known = desk.get(session);
  if (known === undefined) return;
  known.pages -= 1;
  void known.plan.keeper.flush();
  clear(session);
}
function clear(session: string): void {
  const known = desk.get(session);
  if (known !== undefined && known.pages === 0 && !known.plan.keeper.dirty) desk.delete(session);
}

const same = (plan: Point[], points: PlanPoint[]): boolean =>
  plan.length === points.length &&
  plan.every((p, i) => p.text.kind === 'shown' && p.text.text === points[i]?.text && p.done === points[i]?.done);
/** A point that says nothing is none. */
export const written = (points: PlanPoint[]): PlanPoint[] =>
  points.map((p) => ({ ...p, text: p.text.trim() })).filter((p) => p.text !== '');

function make(session: string): Plan {
  let points = $state.raw<PlanPoint[] | null>(null);
  const keep = keeper(
    async () => {
      await call(commands.setPlan(session, written(points ?? [])));
      return when.now;
    },
    { after: () => clear(session) },
  );
  return {
    keeper: keep,
    get points() {
      return points;
    },
    write(next) {
      points = next;
      keep.changed();
    },
    take(plan) {
      if (points === null || keep.dirty) return;
      if (plan.some((p) => p.text.kind === 'hidden') || same(plan, written(points))) points = null;
    },
  };
}
