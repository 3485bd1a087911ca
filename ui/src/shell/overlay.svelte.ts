/**
 * The dialogs any page may open: one concept asks, the root composes, so that
 * concepts need not know each other. `open('consent', { client: id })`.
 */
export type OverlayName = 'find' | 'consent' | 'book' | 'move' | 'cancel' | 'add_client' | 'edit_client' | 'homework';
export type Given = Record<string, string>;

export const overlay: { now: { name: OverlayName; given: Given } | null } = $state({ now: null });

export function open(name: OverlayName, given: Given = {}): void {
  overlay.now = { name, given };
}
export function close(): void {
  overlay.now = null;
}
