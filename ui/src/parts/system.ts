/** Whether this is a Mac: ⌘ there, Ctrl elsewhere. */
export const mac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);
