/**
 * The whole keyboard map: dispatch, the Shortcuts sheet and the hints on
 * buttons all read this one table. `Mod` is ⌘ on a Mac and Ctrl elsewhere.
 */
import { mac } from '../parts/system';
import { t } from '../text/words';

export type Where = 'everywhere' | 'client' | 'list' | 'note' | 'calendar';

export interface Key {
  id: string;
  keys: readonly string[];
  where: Where;
  /** The words of the Shortcuts sheet. */
  word: string;
  /** Kept by a part (lists, dialogs), only shown here. */
  shown?: true;
}

export const keymap = [
  { id: 'today', keys: ['Mod+1'], where: 'everywhere', word: 'key-today' },
  { id: 'clients', keys: ['Mod+2'], where: 'everywhere', word: 'key-clients' },
  { id: 'calendar', keys: ['Mod+3'], where: 'everywhere', word: 'key-calendar' },
  { id: 'notes', keys: ['Mod+4'], where: 'everywhere', word: 'key-notes' },
  { id: 'find', keys: ['Mod+K'], where: 'everywhere', word: 'key-find' },
  { id: 'discreet', keys: ['Mod+D'], where: 'everywhere', word: 'key-discreet' },
  { id: 'look', keys: ['Alt'], where: 'everywhere', word: 'key-look', shown: true },
  { id: 'lock', keys: ['Mod+L'], where: 'everywhere', word: 'key-lock' },
  { id: 'backup', keys: ['Mod+Shift+B'], where: 'everywhere', word: 'key-backup' },
  { id: 'undo', keys: ['Mod+Z'], where: 'everywhere', word: 'key-undo' },
  { id: 'redo', keys: ['Mod+Shift+Z'], where: 'everywhere', word: 'key-redo' },
  { id: 'settings', keys: ['Mod+,'], where: 'everywhere', word: 'key-settings' },
  { id: 'larger', keys: ['Mod+Plus', 'Mod+='], where: 'everywhere', word: 'key-larger' },
  { id: 'smaller', keys: ['Mod+-'], where: 'everywhere', word: 'key-smaller' },
  { id: 'shortcuts', keys: ['Mod+/'], where: 'everywhere', word: 'key-shortcuts' },
  { id: 'help', keys: ['F1'], where: 'everywhere', word: 'key-help' },
  { id: 'escape', keys: ['Escape'], where: 'everywhere', word: 'key-escape' },
  { id: 'profile', keys: ['Mod+O'], where: 'client', word: 'key-profile' },
  { id: 'consent', keys: ['Mod+Shift+C'], where: 'client', word: 'key-consent' },
  { id: 'emergency', keys: ['Mod+E'], where: 'client', word: 'key-emergency' },
  { id: 'history', keys: ['H'], where: 'client', word: 'key-history' },
  { id: 'edit', keys: ['E'], where: 'client', word: 'key-edit' },
  { id: 'book', keys: ['B'], where: 'client', word: 'key-book' },
  { id: 'write', keys: ['W'], where: 'client', word: 'key-write' },
  { id: 'previous', keys: ['['], where: 'client', word: 'key-previous' },
  { id: 'next', keys: [']'], where: 'client', word: 'key-next' },
  { id: 'move', keys: ['ArrowUp', 'ArrowDown'], where: 'list', word: 'key-move', shown: true },
  { id: 'open', keys: ['Enter'], where: 'list', word: 'key-open' },
  { id: 'peek', keys: ['Space'], where: 'list', word: 'key-peek', shown: true },
  { id: 'search', keys: ['/', 'Mod+F'], where: 'list', word: 'key-search' },
  { id: 'new', keys: ['N'], where: 'list', word: 'key-new' },
  { id: 'ends', keys: ['Home', 'End'], where: 'list', word: 'key-ends', shown: true },
  { id: 'letter', keys: ['letter'], where: 'list', word: 'key-letter', shown: true },
  { id: 'confirm', keys: ['Mod+Enter'], where: 'note', word: 'key-confirm' },
  { id: 'addendum', keys: ['A'], where: 'note', word: 'key-addendum' },
  { id: 'unapprove', keys: ['Mod+Z'], where: 'note', word: 'key-unapprove', shown: true },
  { id: 'now', keys: ['T'], where: 'calendar', word: 'key-now' },
  { id: 'before', keys: ['ArrowLeft'], where: 'calendar', word: 'key-before' },
  { id: 'after', keys: ['ArrowRight'], where: 'calendar', word: 'key-after' },
  { id: 'reschedule', keys: ['Shift+Enter'], where: 'calendar', word: 'key-reschedule' },
] as const satisfies readonly Key[];

export type KeyId = (typeof keymap)[number]['id'];

/** Rows of the Shortcuts sheet that tell more than one key, by the first of them. */
export const together: Partial<Record<KeyId, readonly KeyId[]>> = {
  today: ['clients', 'calendar', 'notes'],
  undo: ['redo'],
  larger: ['smaller'],
  previous: ['next'],
  before: ['after'],
};

const glyphs: Record<string, string> = {
  Shift: '⇧',
  Enter: '↩',
  Plus: '+',
  '-': '−',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** "⌘O" on a Mac, "Ctrl O" elsewhere. */
export function showKeys(keys: string, onMac = mac): string {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  const shift = parts.includes('Shift');
  const mod = parts.includes('Mod');
  const said =
    key === 'Escape'
      ? t('key-esc')
      : key === 'Space'
        ? t('key-space')
        : key === 'Alt'
          ? t('key-hold-alt')
          : key === 'letter'
            ? t('key-a-letter')
            : (glyphs[key] ?? key);
  if (onMac) return `${shift ? '⇧' : ''}${mod ? '⌘' : ''}${said}`;
  return [mod && t('key-ctrl'), shift && t('key-shift'), said].filter(Boolean).join(' ');
}

/** The hint for a button: `kbd={hint('profile')}`. */
export function hint(id: KeyId): string {
  return showKeys(keymap.find((k) => k.id === id)?.keys[0] ?? '');
}

/** Whether what was pressed is this entry of the table. */
export function pressed(keys: string, event: KeyboardEvent, onMac = mac): boolean {
  const parts = keys.split('+');
  const last = parts.at(-1) ?? '';
  const key = last === 'Plus' ? '+' : last;
  const third = event.getModifierState?.('AltGraph') ?? false;
  const ctrl = event.ctrlKey && !third;
  const wanted = parts.includes('Mod');
  if ((onMac ? event.metaKey : ctrl) !== wanted || (onMac ? ctrl : event.metaKey)) return false;
  if (event.altKey && !third) return false;
  const sign = /^[^\p{L}\p{N}]$/u.test(key);
  // A sign may need Shift on this keyboard; elsewhere Shift must be as written.
  if (!sign && event.shiftKey !== parts.includes('Shift')) return false;
  if (/^\d$/.test(key)) return event.code === `Digit${key}` || event.key === key;
  const given = event.key === ' ' ? 'space' : event.key.toLowerCase();
  if (given === key.toLowerCase()) return true;
  // A keyboard of another script: the letter's place on the board counts.
  return /^[A-Z]$/.test(key) && !/^[\x20-\x7e]$/.test(event.key) && event.code === `Key${key}`;
}
