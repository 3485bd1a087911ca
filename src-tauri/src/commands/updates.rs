//! Newer versions of the program.

use std::sync::Arc;

use practice::updates::UpdateRequest;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

use crate::app::App;
use crate::failure::Answer;
use crate::updates::{NewerVersion, UpdateFar, UpdateSource, UpdatesPage};

/// Whether newer versions are looked for, and what came of it.
#[tauri::command(async)]
#[specta::specta]
pub fn updates(app: State<'_, Arc<App>>, window: AppHandle) -> Answer<UpdatesPage> {
    app.updates(&window)
}

/// Every request that was made, newest first.
#[tauri::command(async)]
#[specta::specta]
pub fn update_requests(app: State<'_, Arc<App>>) -> Answer<Vec<UpdateRequest>> {
    app.update_requests()
}

/// Turns looking for newer versions on or off.
#[tauri::command(async)]
#[specta::specta]
pub fn set_looking(app: State<'_, Arc<App>>, window: AppHandle, on: bool) -> Answer<()> {
    app.set_looking(&window, on)
}

/// Asks now which version is current.
#[tauri::command(async)]
#[specta::specta]
pub fn look_for_update(app: State<'_, Arc<App>>, window: AppHandle) -> Answer<()> {
    app.look_for_update(&window)
}

/// Has the user choose a package; what it is, once it was checked. `None` when none was chosen.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_update_file(app: State<'_, Arc<App>>, window: AppHandle) -> Answer<Option<NewerVersion>> {
    app.choose_update_file(&window)
}

/// Backs up, installs a newer version, and starts that. What is being typed is saved by then.
#[tauri::command(async)]
#[specta::specta]
pub fn install_update(app: State<'_, Arc<App>>, window: AppHandle, source: UpdateSource, progress: Channel<UpdateFar>) -> Answer<()> {
    app.install_update(&window, source, &progress)
}

/// Stops the update that is being done, before its installer works.
#[tauri::command(async)]
#[specta::specta]
pub fn stop_update(app: State<'_, Arc<App>>) -> Answer<()> {
    app.stop_update()
}
