/** For the tests of the window only. */
export { fake, fault, type Given, refuse } from '../ipc/fake';
export { LOOKS, type Look, violations } from './axe';
export { render } from 'vitest-browser-svelte';
export { page, userEvent } from 'vitest/browser';
