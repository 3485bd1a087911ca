//! Backups, restoring them, and how the records are.

use std::sync::Arc;

use practice::audit::{Checked, Followed};
use practice::vault::backup::{Tested, Which};
use practice::vault::{Passphrase, Written};
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

use crate::app::App;
use crate::backups::{BackupsPage, Far, FoundBackup, Health, Pick, RestoredHere, WentIn};
use crate::failure::Answer;

/// The backups as they stand.
#[tauri::command(async)]
#[specta::specta]
pub fn backups(app: State<'_, Arc<App>>) -> Answer<BackupsPage> {
    app.backups()
}

/// Makes a backup in each place that is there.
#[tauri::command(async)]
#[specta::specta]
pub fn back_up(app: State<'_, Arc<App>>, progress: Channel<Far>) -> Answer<Vec<WentIn>> {
    app.back_up(&progress)
}

/// Stops the backup, the test or the restore that is being done.
#[tauri::command(async)]
#[specta::specta]
pub fn stop_backup(app: State<'_, Arc<App>>) -> Answer<()> {
    app.stop_backup()
}

/// Has the user choose the folder of a place; `false` when none was chosen.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_place(app: State<'_, Arc<App>>, window: AppHandle, which: Which) -> Answer<bool> {
    app.choose_place(&window, which)
}

/// Does without the second place.
#[tauri::command(async)]
#[specta::specta]
pub fn give_up_second(app: State<'_, Arc<App>>) -> Answer<()> {
    app.give_up_second()
}

/// The backups that were found, newest first.
#[tauri::command(async)]
#[specta::specta]
pub fn found_backups(app: State<'_, Arc<App>>) -> Answer<Vec<FoundBackup>> {
    app.found_backups()
}

/// Has the user choose a backup; `None` when none was chosen.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_backup(app: State<'_, Arc<App>>, window: AppHandle) -> Answer<Option<FoundBackup>> {
    app.choose_backup(&window)
}

/// The backup that was opened with this program, once; `None` when there is none.
#[tauri::command(async)]
#[specta::specta]
pub fn handed_backup(app: State<'_, Arc<App>>) -> Answer<Option<FoundBackup>> {
    app.handed_backup()
}

/// Refuses a recovery code with a slip of the pen.
#[tauri::command(async)]
#[specta::specta]
pub fn check_code(app: State<'_, Arc<App>>, written: Written) -> Answer<()> {
    app.check_code(&written)
}

/// Opens a backup with the recovery code, counts what is in it, and takes it away again.
#[tauri::command(async)]
#[specta::specta]
pub fn test_restore(app: State<'_, Arc<App>>, pick: Pick, written: Written, progress: Channel<Far>) -> Answer<Tested> {
    app.test_restore(&pick, &written, &progress)
}

/// Restores a backup in the place of the records, which are kept.
#[tauri::command(async)]
#[specta::specta]
pub fn restore(
    app: State<'_, Arc<App>>,
    pick: Pick,
    written: Written,
    passphrase: Option<String>,
    other_records: bool,
    progress: Channel<Far>,
) -> Answer<RestoredHere> {
    app.restore(&pick, &written, passphrase.map(Passphrase::from), other_records, &progress)
}

/// How the records are.
#[tauri::command(async)]
#[specta::specta]
pub fn health(app: State<'_, Arc<App>>) -> Answer<Health> {
    app.health()
}

/// Follows the whole record from its first entry, and every note.
#[tauri::command(async)]
#[specta::specta]
pub fn verify_record(app: State<'_, Arc<App>>, progress: Channel<Far>) -> Answer<Followed> {
    app.verify_record(&progress)
}

/// Looks at every page of the records, the whole record and every note.
#[tauri::command(async)]
#[specta::specta]
pub fn check_records(app: State<'_, Arc<App>>, progress: Channel<Far>) -> Answer<Checked> {
    app.check_records(&progress)
}
