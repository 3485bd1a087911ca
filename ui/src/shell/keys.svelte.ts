/** Sends what is pressed to the page that wants it. The newest page is asked first. */
import { type KeyId, keymap, pressed } from './keymap';
import { overlay } from './overlay.svelte';

/** Return false to let the next one have it. */
export type Handler = () => void | boolean | Promise<unknown>;
export type Handlers = Partial<Record<KeyId, Handler | undefined>>;

const listeners: (() => Handlers)[] = [];

/** Inside a component: `useKeys({ write: () => go(…) })`, for as long as it is there. */
export function useKeys(handlers: Handlers | (() => Handlers)): void {
  $effect(() => {
    const mine = typeof handlers === 'function' ? handlers : () => handlers;
    listeners.push(mine);
    return () => void listeners.splice(listeners.indexOf(mine), 1);
  });
}

/** Does what a key does, for a button or Find: `act('discreet')`. True when someone took it. */
export function act(id: KeyId): boolean {
  for (const handlers of listeners.toReversed()) {
    const handler = handlers()[id];
    if (handler !== undefined && handler() !== false) return true;
  }
  return false;
}

/** What can be done here and now, for Find. */
export function commandsHere(): KeyId[] {
  return [
    ...new Set(
      listeners.toReversed().flatMap((h) =>
        Object.entries(h())
          .filter(([, f]) => f)
          .map(([id]) => id as KeyId),
      ),
    ),
  ];
}

/** Whether the focus stands where letters are written. */
export function writing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** What protects is there in every dialog and every field, and before they have the key. */
const protecting: readonly KeyId[] = ['discreet', 'lock'];
export function protect(event: KeyboardEvent): void {
  if (event.repeat) return;
  const key = keymap.find((k) => protecting.includes(k.id) && k.keys.some((one) => pressed(one, event)));
  if (key !== undefined && act(key.id)) {
    event.preventDefault();
    event.stopPropagation();
  }
}

export function dispatch(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  // A dialog has its own keys, from the moment it is asked for: what is typed meanwhile does nothing to the page below.
  if (overlay.now !== null || document.querySelector('dialog[open]') !== null) return;
  const inField = writing(event.target);
  const onControl =
    event.target instanceof HTMLElement && event.target.closest('button, a[href], [role="menu"]') !== null;
  for (const key of keymap) {
    if ('shown' in key || !key.keys.some((k) => pressed(k, event))) continue;
    const withMod = event.metaKey || event.ctrlKey;
    if (inField && !withMod && key.id !== 'escape' && key.id !== 'help') continue;
    // A field undoes its own typing; ↩ on a button is that button's.
    if (inField && (key.id === 'undo' || key.id === 'redo')) continue;
    if (onControl && event.key === 'Enter' && !withMod && !event.shiftKey) continue;
    if (act(key.id)) {
      event.preventDefault();
      return;
    }
  }
}

/** Holding Alt shows one page's texts while discreet: told once down, once up. */
export function watchAlt(then: (held: boolean) => void): () => void {
  let held = false;
  const set = (next: boolean) => {
    if (held === next) return;
    held = next;
    then(next);
  };
  const down = (e: KeyboardEvent) => {
    if (e.key === 'Alt' && !e.ctrlKey && !e.metaKey) {
      e.preventDefault();
      set(true);
    } else if (held) set(false);
  };
  const up = (e: KeyboardEvent) => e.key === 'Alt' && set(false);
  const gone = () => set(false);
  // Before a dialog keeps the key to itself.
  window.addEventListener('keydown', down, true);
  window.addEventListener('keyup', up, true);
  window.addEventListener('blur', gone);
  return () => {
    set(false);
    window.removeEventListener('keydown', down, true);
    window.removeEventListener('keyup', up, true);
    window.removeEventListener('blur', gone);
  };
}
