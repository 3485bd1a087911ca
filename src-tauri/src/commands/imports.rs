//! Importing clients from a file.

use std::sync::Arc;

use practice::imports::{ImportFilter, ImportPage, Mapping, Progress};
use practice::time::Date;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

use crate::app::App;
use crate::backups::Far;
use crate::failure::Answer;

/// Has the user choose a file and reads it; `false` when none was chosen.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_import(app: State<'_, Arc<App>>, window: AppHandle) -> Answer<bool> {
    app.choose_import(&window)
}

/// Rows of the file that is open.
#[tauri::command(async)]
#[specta::specta]
pub fn import_page(app: State<'_, Arc<App>>, filter: ImportFilter, offset: u32, limit: u32) -> Answer<Option<ImportPage>> {
    app.import_page(filter, offset, limit)
}

/// Reads the rows anew under another mapping.
#[tauri::command(async)]
#[specta::specta]
pub fn map_import(app: State<'_, Arc<App>>, mapping: Mapping) -> Answer<()> {
    app.map_import(mapping)
}

/// Takes a row, or leaves it out.
#[tauri::command(async)]
#[specta::specta]
pub fn take_import_row(app: State<'_, Arc<App>>, row: u32, take: bool) -> Answer<()> {
    app.take_import_row(row, take)
}

/// Settles a date that could not be read.
#[tauri::command(async)]
#[specta::specta]
pub fn settle_import_date(app: State<'_, Arc<App>>, row: u32, column: u32, date: Option<Date>) -> Answer<()> {
    app.settle_import_date(row, column, date)
}

/// Imports what is taken: all of it, or nothing.
#[tauri::command(async)]
#[specta::specta]
pub fn run_import(app: State<'_, Arc<App>>, progress: Channel<Progress>, backup: Channel<Far>) -> Answer<u32> {
    app.run_import(&progress, &backup)
}

/// Stops the import that runs.
#[tauri::command(async)]
#[specta::specta]
pub fn stop_import(app: State<'_, Arc<App>>) -> Answer<()> {
    app.stop_import()
}

/// Puts the file away.
#[tauri::command(async)]
#[specta::specta]
pub fn close_import(app: State<'_, Arc<App>>) -> Answer<()> {
    app.close_import()
}
