/** The one door to the core: an answer, or a thrown `Refused` or `Faulted`. */

/** Looser than the generated unions, so that each of them fits. */
export type AnyFailure = { kind: 'refused'; refusal: { kind: string } } | { kind: 'fault'; reference: string };
export type Answer<T> = { status: 'ok'; data: T } | { status: 'error'; error: AnyFailure };

/** Something the person can act on; ./refusal words it. */
export class Refused extends Error {
  constructor(readonly refusal: { kind: string }) {
    super(refusal.kind);
    this.name = 'Refused';
  }
}
/** Anything else; the log knows it by its reference. */
export class Faulted extends Error {
  constructor(readonly reference: string) {
    super(reference);
    this.name = 'Faulted';
  }
}

const hearing = new Set<() => void>();
/** Calls `then` whenever the core refuses because the records are locked, until the returned function is called. */
export function onLocked(then: () => void): () => void {
  hearing.add(then);
  return () => void hearing.delete(then);
}

export async function call<T>(answer: Promise<Answer<T>>): Promise<T> {
  const got = await answer;
  if (got.status === 'ok') return got.data;
  if (got.error.kind === 'refused') {
    if (got.error.refusal.kind === 'locked') for (const then of hearing) then();
    throw new Refused(got.error.refusal);
  }
  throw new Faulted(got.error.reference);
}

/** Whether this is a refusal of that kind: `if (refusedAs(error, 'locked'))`. */
export function refusedAs(error: unknown, kind: string): error is Refused {
  return error instanceof Refused && error.refusal.kind === kind;
}
