/** Tells the core that the user is at the window, so that it does not lock: at most once in five seconds. */
import { commands } from '../ipc/bindings';
import { call } from '../ipc/call';

const EVERY = 5000;
const signs = ['keydown', 'pointerdown', 'wheel', 'pointermove'] as const;

/** Listens until the returned function is called. */
export function watchActivity(): () => void {
  let told = Number.NEGATIVE_INFINITY;
  const tell = () => {
    const now = performance.now();
    if (now - told < EVERY) return;
    told = now;
    // Untold, the records lock the sooner: nothing is lost by it.
    call(commands.active()).catch((error: unknown) => console.error(error));
  };
  // Before a dialog keeps the event to itself.
  for (const sign of signs) window.addEventListener(sign, tell, { capture: true, passive: true });
  return () => {
    for (const sign of signs) window.removeEventListener(sign, tell, { capture: true });
  };
}
