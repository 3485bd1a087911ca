/** An addendum on the desk: kept like a draft, until it is approved or discarded. */
import { type AddendumPage, type AddendumReason, commands } from '../ipc/bindings';
import { call } from '../ipc/call';
import { type Keeper, keeper, onRecordsLeft } from '../shell';

export interface Addendum {
  readonly id: string;
  readonly keeper: Keeper;
  /** Undefined while it is hidden. */
  readonly text: string | undefined;
  readonly reason: AddendumReason;
  take(page: AddendumPage, discreet: boolean): void;
  write(text: string): void;
  because(reason: AddendumReason): void;
}

const desk = new Map<string, Addendum>();
onRecordsLeft(() => desk.clear());

/** The one being written; its text is taken from the core once. */
export function addendumOf(page: AddendumPage): Addendum {
  const known = desk.get(page.id) ?? make(page);
  desk.set(page.id, known);
  return known;
}
export const putAway = (id: string): void => void desk.delete(id);
/** The page is left: it stays on the desk only while something of it is unsaved. */
export async function leaveAddendum(addendum: Addendum): Promise<void> {
  if (await addendum.keeper.flush()) putAway(addendum.id);
}

function make(page: AddendumPage): Addendum {
  const shown = (of: AddendumPage) => (of.text.kind === 'shown' ? of.text.text : undefined);
  let text = $state(shown(page));
  let reason = $state(page.reason);
  const keep = keeper(async () => (await call(commands.saveAddendum(page.id, reason, text ?? ''))).at, {
    since: () => page.saved_at,
  });
  return {
    id: page.id,
    keeper: keep,
    get text() {
      return text;
    },
    get reason() {
      return reason;
    },
    take(of, discreet) {
      if (keep.dirty) return;
      if (discreet) text = undefined;
      else if (text === undefined) text = shown(of);
    },
    write(next) {
      text = next;
      keep.changed();
    },
    because(next) {
      reason = next;
      keep.changed();
    },
  };
}
