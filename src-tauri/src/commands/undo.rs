//! Undo and redo.

use std::sync::Arc;

use tauri::State;

use crate::app::App;
use crate::failure::Answer;
use practice::undo::Undoable;

/// What can be undone or redone now.
#[tauri::command(async)]
#[specta::specta]
pub fn undoable(app: State<'_, Arc<App>>) -> Answer<Option<Undoable>> {
    app.undoable()
}

/// Undoes the last change.
#[tauri::command(async)]
#[specta::specta]
pub fn undo(app: State<'_, Arc<App>>) -> Answer<()> {
    app.undo()
}

/// Makes it again.
#[tauri::command(async)]
#[specta::specta]
pub fn redo(app: State<'_, Arc<App>>) -> Answer<()> {
    app.redo()
}
