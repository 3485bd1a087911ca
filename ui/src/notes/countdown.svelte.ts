/** How many seconds are left to undo an approval, by the core's own clock. */
import type { NoteScreen } from '../ipc/bindings';

/** Inside a component: counts down from what the core said last. */
export function countdown(screen: () => NoteScreen | undefined): { readonly left: number } {
  let left = $state(0);
  $effect(() => {
    const now = screen();
    const approval = now?.note.state === 'approved' ? now.note.approval : null;
    if (!now || !approval || now.note.addenda.length > 0) {
      left = 0;
      return;
    }
    const until = performance.now() + Date.parse(approval.undo_until) - Date.parse(now.now);
    const tick = () => {
      const seconds = Math.max(0, Math.ceil((until - performance.now()) / 1000));
      left = seconds;
      if (seconds === 0) clearInterval(timer);
    };
    const timer = setInterval(tick, 250);
    tick();
    return () => clearInterval(timer);
  });
  return {
    get left() {
      return left;
    },
  };
}
