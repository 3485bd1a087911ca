/** The ways into the records: passphrase and recovery kit. Lock, set-up, settings and states share them. */
export { default as ChoosePassphrase } from './ChoosePassphrase.svelte';
export { type Chosen, sayStrength, useChosen } from './chosen.svelte';
export { default as CodeEntry } from './CodeEntry.svelte';
export { type Code, emptyCode } from './code';
export { default as Kit } from './Kit.svelte';
export { default as KitPage } from './KitPage.svelte';
export { type KitMaking, useKit } from './kit.svelte';
export { default as LeaveOff } from './LeaveOff.svelte';
export { default as PassphraseField } from './PassphraseField.svelte';
export { default as Recover } from './Recover.svelte';
export { useWait } from './wait.svelte';
