/** The form of a client's details: what is typed, what is refused of it. */
import type { ClientDetails, ContactPoint, Field, NameOrder, Refusal } from '../ipc/bindings';
import { Refused } from '../ipc/call';
import { sayFailure } from '../ipc/refusal';
import { isolate, t } from '../text/words';

export function noDetails(): ClientDetails {
  return {
    last_name: '',
    first_name: '',
    preferred_name: '',
    name_order: 'given_first',
    initials: '',
    pronouns: '',
    born: null,
    started: null,
    phones: [],
    emails: [],
    address: '',
    file_number: '',
    zone: null,
    tags: [],
    remark: '',
  };
}

/** The number or address of the first choice; the others stay behind it. */
export function withFirst(points: readonly ContactPoint[], value: string): ContactPoint[] {
  const [first, ...others] = points;
  return [{ value, remark: first?.remark ?? '' }, ...others];
}
/** Rows without a number are not kept. */
export function filled(points: readonly ContactPoint[]): ContactPoint[] {
  return points.filter((p) => p.value.trim() !== '');
}

export function displayed(first: string, last: string, order: NameOrder): string {
  const [a, b] = order === 'given_first' ? [first.trim(), last.trim()] : [last.trim(), first.trim()];
  return isolate([a, b].filter((part) => part !== '').join(' '));
}
export function orders(first: string, last: string): { value: NameOrder; label: string }[] {
  const name = displayed(first, last, 'given_first');
  if (first.trim() === '' || last.trim() === '') {
    return [{ value: 'given_first', label: name === '' ? t('client-shown-as-none') : name }];
  }
  return [
    { value: 'given_first', label: name },
    { value: 'family_first', label: displayed(first, last, 'family_first') },
  ];
}

/** A field of the form. A zone is refused by a refusal of its own. */
export type Spot = Field | 'zone';

/** Which field was refused, so that the sentence stands beside it; else it belongs to the whole form. */
export function refusedField(error: unknown): Spot | undefined {
  if (!(error instanceof Refused)) return undefined;
  const refusal = error.refusal as Refusal;
  if (refusal.kind === 'unknown_zone') return 'zone';
  return 'field' in refusal ? refusal.field : undefined;
}

/** What went wrong with a form: `of('born')` beside the field, `whole` above its buttons. */
export class Wrong {
  readonly field: Spot | undefined;
  readonly said: string;
  constructor(
    error: unknown,
    /** The fields that can show their own. */
    private readonly shown: readonly Spot[],
  ) {
    this.field = refusedField(error);
    this.said = sayFailure(error);
  }
  of(field: Spot): string | undefined {
    return this.field === field && this.shown.includes(field) ? this.said : undefined;
  }
  get whole(): string | undefined {
    return this.field !== undefined && this.shown.includes(this.field) ? undefined : this.said;
  }
}
