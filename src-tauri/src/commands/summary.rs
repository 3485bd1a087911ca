//! The summary.

use std::sync::Arc;

use tauri::State;

use crate::app::App;
use crate::failure::Answer;
use practice::id::{ClientId, EntryId, VersionId};
use practice::summary::{self, Grouping, Passage, SummaryEditing};
use practice::undo::{Deed, Target};

/// The summary while it is edited.
#[tauri::command(async)]
#[specta::specta]
pub fn summary_editing(app: State<'_, Arc<App>>, client: ClientId) -> Answer<SummaryEditing> {
    app.read(|r| summary::editing(r, client))
}

/// The passages behind its sentences.
#[tauri::command(async)]
#[specta::specta]
pub fn summary_passages(app: State<'_, Arc<App>>, client: ClientId) -> Answer<Vec<Passage>> {
    app.read(|r| summary::passages(r, client))
}

/// Chooses anew.
#[tauri::command(async)]
#[specta::specta]
pub fn bring_summary_up_to_date(app: State<'_, Arc<App>>, client: ClientId) -> Answer<()> {
    app.write(|w| summary::bring_up_to_date(w, client))
}

/// No longer behind.
#[tauri::command(async)]
#[specta::specta]
pub fn mark_summary_up_to_date(app: State<'_, Arc<App>>, client: ClientId) -> Answer<()> {
    app.write(|w| summary::mark_up_to_date(w, client))
}

/// Changes a sentence.
#[tauri::command(async)]
#[specta::specta]
pub fn edit_entry(app: State<'_, Arc<App>>, id: EntryId, text: String) -> Answer<()> {
    app.change(Deed::EntryChanged, Target::Entry(id), |w| summary::edit_entry(w, id, &text))
}

/// Pins or unpins.
#[tauri::command(async)]
#[specta::specta]
pub fn pin_entry(app: State<'_, Arc<App>>, id: EntryId, pinned: bool) -> Answer<()> {
    app.change(Deed::EntryChanged, Target::Entry(id), |w| summary::pin_entry(w, id, pinned))
}

/// Drops or takes back.
#[tauri::command(async)]
#[specta::specta]
pub fn drop_entry(app: State<'_, Arc<App>>, id: EntryId, dropped: bool) -> Answer<()> {
    app.change(Deed::EntryDropped, Target::Entry(id), |w| summary::drop_entry(w, id, dropped))
}

/// Adds a sentence of your own.
#[tauri::command(async)]
#[specta::specta]
pub fn add_entry(app: State<'_, Arc<App>>, client: ClientId, grouping: Grouping, text: String) -> Answer<EntryId> {
    app.write(|w| summary::add_own(w, client, grouping, &text))
}

/// Adds an offered sentence.
#[tauri::command(async)]
#[specta::specta]
pub fn add_offer(app: State<'_, Arc<App>>, client: ClientId, version: VersionId, text: String) -> Answer<EntryId> {
    app.write(|w| summary::add_offer(w, client, version, &text))
}
