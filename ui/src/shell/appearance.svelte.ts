/** Light or dark, the size of everything. The choice is kept by the core; this only applies it. */
import { zoomTo } from '../ipc/events';

export type Theme = 'system' | 'light' | 'dark';

export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** In hundredths: 90 to 150. */
export function applyZoom(percent: number): Promise<void> {
  return zoomTo(Math.min(150, Math.max(90, percent)) / 100);
}

export function applyDiscreet(on: boolean): void {
  if (on) document.documentElement.dataset.discreet = 'on';
  else delete document.documentElement.dataset.discreet;
}
