/** A refusal or a fault as a sentence out of the catalogue. */
import { type Args, has, t } from '../text/words';
import { Faulted, Refused } from './call';

export function sayFailure(error: unknown): string {
  if (error instanceof Refused) {
    const id = `refusal-${error.refusal.kind}`;
    if (has(id)) return t(`refusal-${error.refusal.kind}`, fields(error.refusal));
  }
  if (error instanceof Faulted) return t('failure-fault', { reference: error.reference });
  return t('failure-window');
}

/** Its fields that are words or numbers; the catalogue names them as the core does. */
function fields(refusal: object): Args {
  const out: Args = {};
  for (const [name, value] of Object.entries(refusal)) {
    if (typeof value === 'string' || typeof value === 'number') out[name] = value;
    else if (Array.isArray(value)) out[name] = value.join(', ');
  }
  return out;
}
