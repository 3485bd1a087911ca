// Replaced by the generated bindings. Only what the frame itself asks for.
import { invoke } from '@tauri-apps/api/core';

export type Failure = { kind: 'refused'; refusal: Refusal } | { kind: 'fault'; reference: string };
export type Refusal = { kind: string; [field: string]: unknown };
export type Undoable = { label: string };
export type UndoState = { undo: Undoable | null; redo: Undoable | null };
export type Result<T> = { status: 'ok'; data: T } | { status: 'error'; error: Failure };

async function send<T>(name: string, args?: Record<string, unknown>): Promise<Result<T>> {
  try {
    return { status: 'ok', data: await invoke<T>(name, args) };
  } catch (error) {
    if (error instanceof Error) throw error;
    return { status: 'error', error: error as Failure };
  }
}

export const commands = {
  undoState: () => send<UndoState>('undo_state'),
  undo: () => send<null>('undo'),
  redo: () => send<null>('redo'),
};
