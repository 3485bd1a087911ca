//! The way in: how the records were found, set-up, the sample practice.

use std::sync::Arc;

use tauri::{AppHandle, State};

use crate::app::App;
use crate::door::{About, Standing};
use crate::failure::Answer;
use crate::window;
use practice::settings::Practice;

/// How the records were found.
#[tauri::command(async)]
#[specta::specta]
pub fn standing(app: State<'_, Arc<App>>) -> Answer<Standing> {
    app.standing()
}

/// Makes new records with their first practice.
#[tauri::command(async)]
#[specta::specta]
pub fn set_up(app: State<'_, Arc<App>>, practice: Practice) -> Answer<Standing> {
    app.set_up(&practice)
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
