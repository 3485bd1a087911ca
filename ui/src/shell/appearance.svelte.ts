/** Light or dark, the size of everything. The choice is kept by the core; this only applies it. */
import type { Appearance } from '../ipc/bindings';
import { zoomTo } from '../ipc/events';
import { setWhen } from '../text/when.svelte';

export function applyAppearance(look: Appearance): Promise<void> {
  const root = document.documentElement;
  if (look.theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = look.theme;
  root.dataset.text = look.text_size;
  setWhen({ clock: look.clock === 'h12' || (look.clock === 'system' && systemIs12()) ? '12' : '24' });
  return zoomTo(look.zoom / 100);
}

function systemIs12(): boolean {
  return new Intl.DateTimeFormat(navigator.language, { hour: 'numeric' }).resolvedOptions().hour12 === true;
}

export function applyDiscreet(on: boolean): void {
  if (on) document.documentElement.dataset.discreet = 'on';
  else delete document.documentElement.dataset.discreet;
}
