//! Addenda: dated, reasoned additions to an approved note, each approved by itself.

use serde::{Deserialize, Serialize};

use super::drafts::{Saved, hex};
use super::{NoteState, approved, record, store};
use crate::audit::Act;
use crate::error::{Field, Refusal, Result};
use crate::id::{AddendumId, NoteId};
use crate::store::Writer;
use crate::words::{self, NOTE, is_blank};

/// Why it was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum AddendumReason {
    LaterNews,
    Correction,
    LeftOut,
}

/// Begins an addendum, or gives the one being written.
///
/// # Errors
/// `NoteNotApproved`, `NoteInError`.
pub fn begin(w: &mut Writer, note: NoteId) -> Result<AddendumId> {
    let note = approved(w, note)?;
    if let Some(open) = store::addenda(w, note.id)?.into_iter().find(|addendum| addendum.approved_at.is_none()) {
        return Ok(open.id);
    }
    let id = store::insert_addendum(w, note.id)?;
    record(w, Act::AddendumBegun, &note, serde_json::json!({ "addendum": id }))?;
    Ok(id)
}

/// An addendum that can still be written, and its note.
fn open(w: &Writer, id: AddendumId) -> Result<(store::Addendum, store::Note)> {
    let addendum = store::addendum(w, id)?;
    let note = store::note(w, addendum.note)?;
    if note.state == NoteState::EnteredInError {
        return Err(Refusal::NoteInError.into());
    }
    if addendum.approved_at.is_some() {
        return Err(Refusal::NoteApproved.into());
    }
    Ok((addendum, note))
}

/// Saves its text and reason.
///
/// # Errors
/// `NoteApproved` (the addendum is), `NoteInError`, `TooLong`, `Unshowable`.
pub fn save(w: &mut Writer, id: AddendumId, reason: AddendumReason, text: &str) -> Result<Saved> {
    let (addendum, note) = open(w, id)?;
    let text = words::verbatim(Field::Text, text, NOTE)?;
    store::update_addendum(w, addendum.id, reason, &text)?;
    store::index(w, &note)?;
    Ok(Saved { at: w.moment.at })
}

/// Approves it.
///
/// # Errors
/// `NoteEmpty`, `NoteApproved` (the addendum is), `NoteInError`.
pub fn approve(w: &mut Writer, id: AddendumId) -> Result<()> {
    let (addendum, note) = open(w, id)?;
    if is_blank(&addendum.text) {
        return Err(Refusal::NoteEmpty.into());
    }
    let (by, _) = store::signature(w)?;
    let sha256 = store::sha256(&addendum.text);
    store::approve_addendum(w, id, sha256, &by)?;
    record(w, Act::AddendumApproved, &note, serde_json::json!({ "addendum": id, "sha256": hex(&sha256) }))
}

/// Discards one not yet approved: out of view, its words kept; the trail says so.
///
/// # Errors
/// `NoteApproved` (the addendum is), `NoteInError`.
pub fn discard(w: &mut Writer, id: AddendumId) -> Result<()> {
    let (_, note) = open(w, id)?;
    store::set_discarded(w, id, Some(w.moment.at))?;
    store::index(w, &note)?;
    record(w, Act::AddendumDiscarded, &note, serde_json::json!({ "addendum": id }))
}

/// Takes a discarded one back, to be written on. That nothing changed since is for the caller to see.
pub(crate) fn restore(w: &mut Writer, id: AddendumId) -> Result<()> {
    store::set_discarded(w, id, None)?;
    let (_, note) = open(w, id)?;
    store::index(w, &note)?;
    record(w, Act::AddendumRestored, &note, serde_json::json!({ "addendum": id }))
}
