//! One note, whole: text, addenda, approval, error and its record.

use serde::{Deserialize, Serialize};

use super::addenda::AddendumReason;
use super::approval::ErrorReason;
use super::{NoteKind, NoteState, SectionKind, Template};
use crate::error::Result;
use crate::id::{AddendumId, NoteId, VersionId};
use crate::sessions::Session;
use crate::store::Reader;
use crate::time::Instant;
use crate::words::Veiled;

/// One note.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct NotePage {
    /// Its id.
    pub id: NoteId,
    /// What it is for.
    pub kind: NoteKind,
    /// Draft, approved, entered in error.
    pub state: NoteState,
    /// Its template.
    pub template: Template,
    /// The session it was written of.
    pub session: Session,
    /// Its sections, in the template's order.
    pub sections: Vec<SectionPage>,
    /// It has no words yet.
    pub empty: bool,
    /// When writing began.
    pub begun_at: Instant,
    /// When the draft was last saved.
    pub saved_at: Option<Instant>,
    /// The approval in force.
    pub approval: Option<ApprovalPage>,
    /// Its addenda, oldest first; the last may still be written.
    pub addenda: Vec<AddendumPage>,
    /// Why it was entered in error.
    pub error: Option<ErrorPage>,
    /// Why it cannot be approved now, apart from being unsaved; the kind of the refusal.
    pub cannot_approve: Option<CannotApprove>,
    /// What happened to it, oldest first.
    pub record: Vec<NoteAct>,
    /// Sentences of the summary that come from this note.
    pub in_summary: Vec<Veiled>,
    /// Completed sessions before this note was entered in error; for the dialog: now and after.
    pub completed: u32,
}

/// A section.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct SectionPage {
    /// Which.
    pub kind: SectionKind,
    /// Markdown.
    pub text: Veiled,
    /// How many paragraphs it has (what discreet mode says of it).
    pub paragraphs: u32,
}

/// The approval in force.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct ApprovalPage {
    /// The version approved.
    pub version: VersionId,
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: String,
    /// Until when it can be undone.
    pub undo_until: Instant,
    /// The text still has the hash that was approved.
    pub unchanged: bool,
}

/// An addendum.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct AddendumPage {
    /// Its id.
    pub id: AddendumId,
    /// Counted from 1.
    pub number: u32,
    /// Why.
    pub reason: AddendumReason,
    /// Markdown.
    pub text: Veiled,
    /// When it was saved.
    pub saved_at: Instant,
    /// When it was approved; `None`: still being written.
    pub approved_at: Option<Instant>,
}

/// Entered in error.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct ErrorPage {
    /// When.
    pub at: Instant,
    /// Why.
    pub kind: ErrorReason,
    /// In the therapist's words.
    pub reason: Veiled,
    /// When it had been approved.
    pub approved_at: Instant,
    /// The session can get a new note (has none that counts).
    pub can_begin_again: bool,
}

/// Why a draft cannot be approved now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum CannotApprove {
    NoteEmpty,
    NotStarted,
    SessionCancelled,
    SessionNoShow,
}

/// Something that happened to a note.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct NoteAct {
    /// When.
    pub at: Instant,
    /// What.
    pub act: NoteActKind,
}

/// What can happen to a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum NoteActKind {
    Begun,
    Approved,
    ApprovalUndone,
    AddendumApproved,
    EnteredInError,
}

/// One note. The read is entered in the trail.
pub fn of(r: &Reader, id: NoteId) -> Result<NotePage> {
    todo!()
}
