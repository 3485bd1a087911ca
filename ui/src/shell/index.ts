/** What screens take from the frame. */
export { applyAppearance, ZOOMS } from './appearance.svelte';
export { default as Back } from './Back.svelte';
export { useDoing } from './doing.svelte';
export { frame, useOwnUndo } from './frame.svelte';
export { guide, readGuide } from './guide.svelte';
export { hint, type KeyId, keymap, showKeys } from './keymap';
export { type Keeper, keeper, onRecordsLeft, saveAll } from './keeper.svelte';
export { act, commandsHere, type Handlers, useKeys } from './keys.svelte';
export { close, type Given, type OverlayName, open } from './overlay.svelte';
export { back, go, here, nameplace } from './router.svelte';
export { useSample } from './sample.svelte';
