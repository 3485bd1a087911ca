/** What the core says of a time while it is typed. */
import { type BookingCheck, commands, type NewSession } from '../ipc/bindings';
import { call } from '../ipc/call';
import { sayFailure } from '../ipc/refusal';

/** `asked` gives what to check, or null while it is not complete. */
export function checking(asked: () => { session: NewSession; moving: string | null } | null) {
  let said = $state.raw<BookingCheck | null>(null);
  let failure = $state('');
  let turn = 0;

  $effect(() => {
    const now = asked();
    turn += 1;
    const mine = turn;
    if (now === null) {
      said = null;
      failure = '';
      return;
    }
    const wait = setTimeout(async () => {
      try {
        const got = await call(commands.checkBooking(now.session, now.moving));
        if (mine !== turn) return;
        said = got;
        failure = '';
      } catch (error) {
        if (mine !== turn) return;
        said = null;
        failure = sayFailure(error);
      }
    }, 150);
    return () => clearTimeout(wait);
  });

  return {
    get said() {
      return said;
    },
    get failure() {
      return failure;
    },
  };
}
