//! Addenda: dated, reasoned additions to an approved note, each approved by itself.

use serde::{Deserialize, Serialize};

use super::drafts::Saved;
use crate::error::Result;
use crate::id::{AddendumId, NoteId};
use crate::store::Writer;

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
    todo!()
}

/// Saves its text and reason.
pub fn save(w: &mut Writer, id: AddendumId, reason: AddendumReason, text: &str) -> Result<Saved> {
    todo!()
}

/// Approves it.
///
/// # Errors
/// `NoteEmpty`, `NoteApproved`.
pub fn approve(w: &mut Writer, id: AddendumId) -> Result<()> {
    todo!()
}

/// Discards one not yet approved; the trail says so.
pub fn discard(w: &mut Writer, id: AddendumId) -> Result<()> {
    todo!()
}
