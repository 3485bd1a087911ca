/** Backups, restoring and the state of the records. Set-up, settings and states share them. */
export { default as Backups } from './Backups.svelte';
export { askRestore, restoring } from './restoring.svelte';
export { default as TestDialog } from './TestDialog.svelte';
export { default as FarBar } from './FarBar.svelte';
export { sayVerified } from './verified';
export { useWorking } from './working.svelte';
