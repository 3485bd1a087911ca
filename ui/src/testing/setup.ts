/** Every test of the window: the real styles, one moment in one zone, a core that knows nothing. */
import '../styles/index.css';
import { afterEach, beforeEach } from 'vitest';
import { fake } from '../ipc/fake';
import { clock, setWhen } from '../text/when.svelte';

/** The moment of the drawings. */
export const NOW = '2026-01-15T11:12:00Z';

beforeEach(() => {
  // Also when a full minute passes during a test.
  clock.now = () => NOW;
  setWhen({ now: NOW, zone: 'Europe/London', clock: '24' });
  fake({});
  document.body.style.userSelect = 'text';
});
afterEach(() => {
  delete document.documentElement.dataset.theme;
  if (location.hash !== '') history.replaceState(null, '', location.pathname);
});
