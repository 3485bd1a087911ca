//! Notes.

use std::sync::Arc;

use tauri::State;

use crate::app::App;
use crate::failure::Answer;
use practice::id::{AddendumId, NoteId, SessionId};
use practice::notes::addenda::{self, AddendumReason};
use practice::notes::approval::{self, Approved, ErrorReason};
use practice::notes::drafts::{self, Saved};
use practice::notes::list::{self, NotesFilter, NotesPage};
use practice::notes::{self, Section, SectionKind, Template};
use practice::undo::{Deed, Target};

/// Opens the note of a session, or begins it with the usual template.
#[tauri::command(async)]
#[specta::specta]
pub fn write_note(app: State<'_, Arc<App>>, session: SessionId) -> Answer<NoteId> {
    app.write(|w| notes::usual_template(w, session).and_then(|template| notes::open_or_begin(w, session, template)))
}

/// Begins a process note of a session.
#[tauri::command(async)]
#[specta::specta]
pub fn write_process_note(app: State<'_, Arc<App>>, session: SessionId) -> Answer<NoteId> {
    app.write(|w| notes::begin_process_note(w, session))
}

/// Begins a note with the text of one entered in error.
#[tauri::command(async)]
#[specta::specta]
pub fn write_note_again(app: State<'_, Arc<App>>, note: NoteId) -> Answer<NoteId> {
    app.write(|w| notes::begin_with_text_of(w, note))
}

/// A page of notes.
#[tauri::command(async)]
#[specta::specta]
pub fn notes(app: State<'_, Arc<App>>, filter: NotesFilter, find: String, offset: u32, limit: u32) -> Answer<NotesPage> {
    app.read(|r| list::page(r, filter, &find, offset, limit))
}

/// Saves a draft.
#[tauri::command(async)]
#[specta::specta]
pub fn save_draft(app: State<'_, Arc<App>>, id: NoteId, sections: Vec<Section>) -> Answer<Saved> {
    app.write_quietly(|w| drafts::save(w, id, &sections))
}

/// Saves one paragraph of a draft.
#[tauri::command(async)]
#[specta::specta]
pub fn save_paragraph(app: State<'_, Arc<App>>, id: NoteId, section: SectionKind, paragraph: u32, text: String) -> Answer<Saved> {
    app.write_quietly(|w| drafts::save_paragraph(w, id, section, paragraph, &text))
}

/// One paragraph of a draft, for writing in discreet mode.
#[tauri::command(async)]
#[specta::specta]
pub fn paragraph(app: State<'_, Arc<App>>, id: NoteId, section: SectionKind, paragraph: u32) -> Answer<String> {
    app.read(|r| drafts::paragraph(r, id, section, paragraph))
}

/// Changes the template of a draft.
#[tauri::command(async)]
#[specta::specta]
pub fn set_template(app: State<'_, Arc<App>>, id: NoteId, template: Template) -> Answer<()> {
    app.write(|w| drafts::set_template(w, id, template))
}

/// Writing has ended for now.
#[tauri::command(async)]
#[specta::specta]
pub fn finish_writing(app: State<'_, Arc<App>>, id: NoteId) -> Answer<()> {
    app.write(|w| drafts::finish_writing(w, id))
}

/// Approves a note.
#[tauri::command(async)]
#[specta::specta]
pub fn approve_note(app: State<'_, Arc<App>>, id: NoteId) -> Answer<Approved> {
    app.change(Deed::NoteApproved, Target::Approval(id), |w| approval::approve(w, id))
}

/// Takes an approval back.
#[tauri::command(async)]
#[specta::specta]
pub fn undo_approval(app: State<'_, Arc<App>>, id: NoteId) -> Answer<()> {
    app.write(|w| approval::undo_approval(w, id))
}

/// Marks as entered in error.
#[tauri::command(async)]
#[specta::specta]
pub fn mark_in_error(app: State<'_, Arc<App>>, id: NoteId, kind: ErrorReason, reason: String) -> Answer<()> {
    app.write(|w| approval::mark_in_error(w, id, kind, &reason))
}

/// Begins an addendum.
#[tauri::command(async)]
#[specta::specta]
pub fn begin_addendum(app: State<'_, Arc<App>>, note: NoteId) -> Answer<AddendumId> {
    app.write(|w| addenda::begin(w, note))
}

/// Saves an addendum.
#[tauri::command(async)]
#[specta::specta]
pub fn save_addendum(app: State<'_, Arc<App>>, id: AddendumId, reason: AddendumReason, text: String) -> Answer<Saved> {
    app.write_quietly(|w| addenda::save(w, id, reason, &text))
}

/// Approves an addendum.
#[tauri::command(async)]
#[specta::specta]
pub fn approve_addendum(app: State<'_, Arc<App>>, id: AddendumId) -> Answer<()> {
    app.write(|w| addenda::approve(w, id))
}

/// Discards an addendum.
#[tauri::command(async)]
#[specta::specta]
pub fn discard_addendum(app: State<'_, Arc<App>>, id: AddendumId) -> Answer<()> {
    app.change(Deed::AddendumDiscarded, Target::Addendum(id), |w| addenda::discard(w, id))
}
