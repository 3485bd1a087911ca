//! Approval, its undo, and entered in error.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::id::NoteId;
use crate::store::Writer;
use crate::time::Instant;

/// That a note is approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Approved {
    /// When.
    pub at: Instant,
    /// Until when it can be undone.
    pub undo_until: Instant,
}

/// What approving attests; kept with each approval.
pub const ATTESTATION: &str = "I held this session and wrote or checked this note. It is my record of the session.";

/// Approves a note's text as it stands. Attests attendance.
///
/// # Errors
/// `NoteEmpty`, `NotStarted`, `SessionCancelled`, `SessionNoShow`, `NoteApproved`, `NoteInError`.
pub fn approve(w: &mut Writer, id: NoteId) -> Result<Approved> {
    todo!()
}

/// Takes an approval back within its seconds; both acts stay in the record.
///
/// # Errors
/// `UndoTooLate`, `HasAddendum`, `NoteNotApproved`.
pub fn undo_approval(w: &mut Writer, id: NoteId) -> Result<()> {
    todo!()
}

/// Why a note was entered in error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ErrorReason {
    WrongClient,
    WrongSession,
    Other,
}

/// Marks an approved note as entered in error: it stays readable and counts for nothing.
///
/// # Errors
/// `Empty` (reason), `NoteNotApproved`, `NoteInError`.
pub fn mark_in_error(w: &mut Writer, id: NoteId, kind: ErrorReason, reason: &str) -> Result<()> {
    todo!()
}
