//! The practice and how the window looks.

use std::sync::Arc;

use tauri::State;

use crate::app::App;
use crate::failure::Answer;
use practice::settings::{self, Appearance, Practice};

/// The practice.
#[tauri::command(async)]
#[specta::specta]
pub fn practice(app: State<'_, Arc<App>>) -> Answer<Option<Practice>> {
    app.read(settings::practice)
}

/// Changes the practice.
#[tauri::command(async)]
#[specta::specta]
pub fn set_practice(app: State<'_, Arc<App>>, practice: Practice) -> Answer<()> {
    app.set_practice(&practice)
}

/// How the window looks.
#[tauri::command(async)]
#[specta::specta]
pub fn appearance(app: State<'_, Arc<App>>) -> Answer<Appearance> {
    app.read(settings::appearance)
}

/// Changes how the window looks.
#[tauri::command(async)]
#[specta::specta]
pub fn set_appearance(app: State<'_, Arc<App>>, appearance: Appearance) -> Answer<()> {
    app.set_appearance(&appearance)
}

/// Discreet mode, on or off.
#[tauri::command(async)]
#[specta::specta]
pub fn set_discreet(app: State<'_, Arc<App>>, on: bool) -> Answer<()> {
    app.set_discreet(on)
}

/// While held: one look through discreet mode.
#[tauri::command(async)]
#[specta::specta]
pub fn look(app: State<'_, Arc<App>>, on: bool) -> Answer<()> {
    app.look(on)
}
