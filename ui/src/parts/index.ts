/**
 * The parts of the window. They know no concept of the practice: they are given
 * words and values, and say what was done with them. Their classes are those of
 * the drawings, so that src/styles applies.
 *
 *   Button Field Select DateField TimeField Seg Choice Switch   what one sets
 *   Hours Minutes Zone                                             of the practice’s time
 *   Dialog Popover Menu Notice Failure Disclosure UndoBar Saved         what opens and speaks
 *   State Glyph Prose Marked Veil Say Editor                        what is read and written
 *   ListBox Table                                               what one walks through
 */
export { default as Button } from './Button.svelte';
export { default as Choice } from './Choice.svelte';
export { default as DateField } from './DateField.svelte';
export { default as Dialog } from './Dialog.svelte';
export { default as Disclosure } from './Disclosure.svelte';
export { default as Failure } from './Failure.svelte';
export { default as Field } from './Field.svelte';
export { default as Glyph } from './Glyph.svelte';
export type { GlyphName } from './glyphs';
export { default as Hours } from './Hours.svelte';
export { amiss, sayHours } from './hours';
export { default as ListBox } from './ListBox.svelte';
export { default as Marked } from './Marked.svelte';
export { default as Menu } from './Menu.svelte';
export { default as Minutes } from './Minutes.svelte';
export { default as Notice } from './Notice.svelte';
export { default as Popover } from './Popover.svelte';
export { default as Prose } from './Prose.svelte';
export { default as Saved } from './Saved.svelte';
export { default as Say } from './Say.svelte';
export { default as Seg } from './Seg.svelte';
export { default as Select } from './Select.svelte';
export { default as Sprite } from './Sprite.svelte';
export { default as State } from './State.svelte';
export { lookOf, type StateOf } from './states';
export { default as Switch } from './Switch.svelte';
export { default as Table } from './Table.svelte';
export { default as TimeField } from './TimeField.svelte';
export { default as TypedField } from './TypedField.svelte';
export type { Column, Sort } from './table';
export { default as UndoBar } from './UndoBar.svelte';
export { default as Veil } from './Veil.svelte';
export { default as Zone } from './Zone.svelte';
