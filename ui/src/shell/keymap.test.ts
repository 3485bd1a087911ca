import { expect, test } from 'vitest';
import { keymap, pressed, showKeys } from './keymap';

type Press = Partial<Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'code'>>;
const key = (name: string, more: Press & { altGr?: boolean } = {}) =>
  ({
    key: name,
    code: more.code ?? '',
    ctrlKey: more.ctrlKey ?? false,
    metaKey: more.metaKey ?? false,
    shiftKey: more.shiftKey ?? false,
    altKey: more.altKey ?? false,
    getModifierState: () => more.altGr ?? false,
  }) as unknown as KeyboardEvent;

test('⌘ is Ctrl where there is no ⌘', () => {
  expect(pressed('Mod+K', key('k', { ctrlKey: true }), false)).toBe(true);
  expect(pressed('Mod+K', key('k', { ctrlKey: true }), true)).toBe(false);
  expect(pressed('Mod+K', key('k', { metaKey: true }), true)).toBe(true);
});
test('a single letter wants no other key', () => {
  expect(pressed('N', key('n'), false)).toBe(true);
  expect(pressed('N', key('n', { ctrlKey: true }), false)).toBe(false);
  expect(pressed('N', key('N', { shiftKey: true }), false)).toBe(false);
});
test('a sign counts however this keyboard writes it', () => {
  expect(pressed('/', key('/', { shiftKey: true }), false)).toBe(true);
  expect(pressed('[', key('[', { ctrlKey: true, altKey: true, altGr: true }), false)).toBe(true);
});
test('a letter of another script counts by its place', () =>
  expect(pressed('N', key('т', { code: 'KeyN' }), false)).toBe(true));
test('undo and redo are told apart', () => {
  const redo = key('Z', { ctrlKey: true, shiftKey: true });
  expect(pressed('Mod+Z', redo, false)).toBe(false);
  expect(pressed('Mod+Shift+Z', redo, false)).toBe(true);
});
test('keys are shown as this system writes them', () => {
  expect(showKeys('Mod+Shift+C', true)).toBe('⇧⌘C');
  expect(showKeys('Mod+Shift+C', false)).toBe('Ctrl Shift C');
  expect(showKeys('Enter', false)).toBe('↩');
});
test('no two keys of one place are the same', () => {
  const said = keymap.flatMap((k) => ('shown' in k ? [] : k.keys));
  expect(new Set(said).size).toBe(said.length);
});
