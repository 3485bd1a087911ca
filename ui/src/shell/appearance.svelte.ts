/** Light or dark, the size of everything. The choice is kept by the core; this only applies it. */
import type { Appearance } from '../ipc/bindings';
import { zoomTo } from '../ipc/events';
import { veil } from '../parts/veil.svelte';
import { setWhen } from '../text/when.svelte';

/** Size of everything, in percent. */
export const ZOOMS = [90, 100, 115, 133, 150] as const;

/** The next larger or smaller, or the same at the end. */
export function zoomed(now: number, by: 1 | -1): number {
  return (by > 0 ? ZOOMS.find((z) => z > now) : ZOOMS.findLast((z) => z < now)) ?? now;
}

export function applyAppearance(look: Appearance): Promise<void> {
  const root = document.documentElement;
  if (look.theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = look.theme;
  root.dataset.text = look.text_size;
  setWhen({ clock: look.clock === 'h12' || (look.clock === 'system' && systemIs12()) ? '12' : '24' });
  return zoomTo(look.zoom / 100);
}

/** A system set to no language calls itself "C": no tag Intl knows, and 24 hours by custom. */
function systemIs12(): boolean {
  if (!/^[a-z]{2,3}(-|$)/i.test(navigator.language)) return false;
  return new Intl.DateTimeFormat(navigator.language, { hour: 'numeric' }).resolvedOptions().hour12 === true;
}

export function applyDiscreet(on: boolean): void {
  if (on) document.documentElement.dataset.discreet = 'on';
  else delete document.documentElement.dataset.discreet;
  veil.on = on;
}
