/** Several names in one line: "Ann Ito and Ben Ito". */
import { isolate, LANGUAGE } from './words';

const list = new Intl.ListFormat(LANGUAGE, { type: 'conjunction' });

export function namesOf(people: readonly { name: { display: string } }[]): string {
  return list.format(people.map((p) => isolate(p.name.display)));
}
