//! What one screen shows, in one call.

use std::sync::Arc;

use tauri::State;

use crate::app::App;
use crate::failure::Answer;
use practice::id::{ClientId, NoteId, SessionId};
use practice::pages::client::{DetailsPage, Profile};
use practice::pages::find::Found;
use practice::pages::list::ClientQuery;
use practice::pages::session::{NoteScreen, SessionPage};
use practice::pages::today::Today;
use practice::pages::trail::{Kind, Trail};
use practice::pages::{self, Frame};

/// What the frame of the window always shows.
#[tauri::command(async)]
#[specta::specta]
pub fn frame(app: State<'_, Arc<App>>) -> Answer<Frame> {
    app.read(|r| pages::frame(r, app.discreet()))
}

/// Today.
#[tauri::command(async)]
#[specta::specta]
pub fn today(app: State<'_, Arc<App>>) -> Answer<Today> {
    app.read(pages::today::of)
}

/// The profile of a client.
#[tauri::command(async)]
#[specta::specta]
pub fn client_profile(app: State<'_, Arc<App>>, id: ClientId, within: ClientQuery) -> Answer<Profile> {
    app.read(|r| pages::client::profile(r, id, &within))
}

/// Details and contacts, disclosed.
#[tauri::command(async)]
#[specta::specta]
pub fn client_details(app: State<'_, Arc<App>>, id: ClientId) -> Answer<DetailsPage> {
    app.write_quietly(|w| pages::client::details(w, id))
}

/// A session.
#[tauri::command(async)]
#[specta::specta]
pub fn session(app: State<'_, Arc<App>>, id: SessionId) -> Answer<SessionPage> {
    app.read(|r| pages::session::of(r, id))
}

/// A note with what stands beside it.
#[tauri::command(async)]
#[specta::specta]
pub fn note(app: State<'_, Arc<App>>, id: NoteId) -> Answer<NoteScreen> {
    app.read(|r| pages::session::note_screen(r, id))
}

/// Clients and notes.
#[tauri::command(async)]
#[specta::specta]
pub fn find(app: State<'_, Arc<App>>, text: String) -> Answer<Found> {
    app.read(|r| pages::find::of(r, &text))
}

/// What was read and changed of a client.
#[tauri::command(async)]
#[specta::specta]
pub fn trail(app: State<'_, Arc<App>>, client: ClientId, kind: Option<Kind>, before: Option<u32>) -> Answer<Trail> {
    app.read(|r| pages::trail::trail(r, client, kind, before))
}
