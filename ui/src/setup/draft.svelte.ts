/** What is typed during set-up, but for the passphrase. It outlives the page, so that nothing is lost on the way back or to a state and back. */
import type { Field, Practice } from '../ipc/bindings';

export const steps = ['practice', 'passphrase', 'kit', 'backups', 'clients'] as const;
export type Step = (typeof steps)[number];

interface Draft {
  step: Step;
  /** A recovery code was shown that is not in force. */
  code_shown: boolean;
  practice: Practice;
  refused: { field: Field | 'zone'; said: string } | null;
}
const nothing = (): Draft => ({
  step: 'practice',
  code_shown: false,
  practice: {
    therapist_name: '',
    therapist_title: '',
    practice_name: '',
    registration: '',
    address: '',
    zone: '',
    session_minutes: 50,
    working_hours: [0, 1, 2, 3, 4].map((weekday) => ({ weekday, from: '08:30', to: '18:30' })),
    usual_place: '',
    say_overlaps: true,
    undo_seconds: 30,
    is_sample: false,
  },
  refused: null,
});

export const draft = $state(nothing());

export function forget(): void {
  Object.assign(draft, nothing());
}
