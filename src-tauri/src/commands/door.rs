//! The way in: how the records were found, set-up, the sample practice.

use std::sync::Arc;

use tauri::{AppHandle, State};

use crate::app::App;
use crate::clipboard;
use crate::door::{About, Standing};
use crate::failure::Answer;
use crate::lock::Because;
use crate::window;
use practice::settings::Practice;
use practice::vault::{Passphrase, Written};

/// How the records were found.
#[tauri::command(async)]
#[specta::specta]
pub fn standing(app: State<'_, Arc<App>>) -> Answer<Standing> {
    app.standing()
}

/// Makes new records with their first practice.
#[tauri::command(async)]
#[specta::specta]
pub fn set_up(app: State<'_, Arc<App>>, practice: Practice, passphrase: Option<String>) -> Answer<Standing> {
    app.set_up(&practice, passphrase.map(Passphrase::from))
}

/// Opens the sample practice, in a folder of its own.
#[tauri::command(async)]
#[specta::specta]
pub fn open_sample(app: State<'_, Arc<App>>) -> Answer<Standing> {
    app.open_sample()
}

/// Leaves the sample practice and comes back to your own records.
#[tauri::command(async)]
#[specta::specta]
pub fn leave_sample(app: State<'_, Arc<App>>) -> Answer<Standing> {
    app.leave_sample()
}

/// What the program is: version, folder, licences.
#[tauri::command(async)]
#[specta::specta]
pub fn about(app: State<'_, Arc<App>>) -> Answer<About> {
    app.about()
}

/// The zone of this computer, and all zones.
#[tauri::command(async)]
#[specta::specta]
pub fn zones(app: State<'_, Arc<App>>) -> Answer<Vec<String>> {
    app.zones()
}

/// Closes the window: what was being typed is saved.
#[tauri::command(async)]
#[specta::specta]
pub fn close_window(handle: AppHandle) {
    window::close(&handle);
}

/// Locks the records and replaces the page.
#[tauri::command(async)]
#[specta::specta]
pub fn lock(app: State<'_, Arc<App>>) -> Answer<()> {
    app.lock(Because::Asked);
    Ok(())
}

/// Says that the user is at the window.
#[tauri::command(async)]
#[specta::specta]
pub fn active(app: State<'_, Arc<App>>) -> Answer<()> {
    app.active()
}

/// Opens locked records.
#[tauri::command(async)]
#[specta::specta]
pub fn unlock(app: State<'_, Arc<App>>, passphrase: Option<String>) -> Answer<Standing> {
    app.unlock(passphrase.map(Passphrase::from))
}

/// Whether a recovery code opens the records; else what stands in the way. Changes nothing.
#[tauri::command(async)]
#[specta::specta]
pub fn try_code(app: State<'_, Arc<App>>, written: Written) -> Answer<Option<Standing>> {
    app.try_code(&written)
}

/// Opens the records with their recovery code and makes a new usual way in.
#[tauri::command(async)]
#[specta::specta]
pub fn recover(app: State<'_, Arc<App>>, written: Written, passphrase: Option<String>) -> Answer<Standing> {
    app.recover(&written, passphrase.map(Passphrase::from))
}

/// Goes on with records that end earlier than what had been confirmed.
#[tauri::command(async)]
#[specta::specta]
pub fn go_on(app: State<'_, Arc<App>>) -> Answer<Standing> {
    app.go_on()
}

/// Shows the folder of the records in the system's own file manager.
#[tauri::command(async)]
#[specta::specta]
pub fn show_folder(app: State<'_, Arc<App>>) -> Answer<()> {
    app.show_folder()
}

/// Says that something was copied in the window.
#[tauri::command(async)]
#[specta::specta]
pub fn copied() {
    clipboard::copied();
}
