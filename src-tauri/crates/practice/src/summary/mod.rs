//! The summary: the running account of what was discussed, each sentence with the approved note versions it came from.

pub mod extract;
mod rank;
mod sentences;
mod short;
mod words;

pub use short::{heading, in_short, plan_points};

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::id::{ClientId, EntryId, NoteId, SessionId, VersionId};
use crate::notes::SectionKind;
use crate::store::{Reader, Writer};
use crate::time::Instant;
use crate::words::Veiled;

/// Which part of the summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// Where things stand.
    Standing,
    /// What keeps coming back.
    Recurring,
    /// To pick up next.
    Next,
}

/// Where a sentence came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Chosen from notes, word for word.
    Extracted,
    /// Chosen, then edited by the therapist.
    Edited,
    /// The therapist's own.
    Own,
}

/// A sentence.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// Which part.
    pub grouping: Grouping,
    /// What it says.
    pub text: Veiled,
    /// Where it came from.
    pub origin: Origin,
    /// It stays first.
    pub pinned: bool,
    /// Dropped (shown while editing only).
    pub dropped: bool,
    /// The passages, newest note first. Empty for the therapist's own.
    pub sources: Vec<Source>,
}

/// A passage of an approved note.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Source {
    /// The version cited.
    pub version: VersionId,
    /// Its note.
    pub note: NoteId,
    /// Its session.
    pub session: SessionId,
    /// When that session was.
    pub starts_at: Instant,
    /// In which zone.
    pub zone: String,
    /// Its number among completed sessions.
    pub number: Option<u32>,
    /// The section; `None`: an addendum.
    pub section: Option<SectionKind>,
    /// The paragraph around the words cited.
    pub passage: Veiled,
    /// The words cited.
    pub quote: Veiled,
    /// When the note was approved.
    pub approved_at: Instant,
    /// The note was entered in error since.
    pub in_error: bool,
}

/// The summary of a client.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Summary {
    /// Its sentences, by part; pinned first.
    pub entries: Vec<Entry>,
    /// How many approved notes it draws on.
    pub notes: u32,
    /// When it was last brought up to date; `None`: there is none yet.
    pub updated_at: Option<Instant>,
    /// Approvals and addenda that came after.
    pub behind: u32,
}

/// A sentence worth adding, from a newer approval.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Offer {
    /// The version it is from.
    pub version: VersionId,
    /// The session of it.
    pub session: SessionId,
    /// The note of it.
    pub note: NoteId,
    /// When that was.
    pub starts_at: Instant,
    /// In which zone.
    pub zone: String,
    /// It is from an addendum.
    pub addendum: bool,
    /// The sentence.
    pub text: Veiled,
    /// It has been added.
    pub added: bool,
}

/// The summary while it is edited: dropped sentences too, and what newer approvals offer.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct SummaryEditing {
    /// The summary, dropped sentences included.
    pub summary: Summary,
    /// By note, newest first.
    pub offers: Vec<Offer>,
}

/// The summary. The first approval makes the first one; every later approval or addendum leaves it behind.
pub fn of(r: &Reader, client: ClientId) -> Result<Summary> {
    todo!()
}

/// The summary while it is edited.
pub fn editing(r: &Reader, client: ClientId) -> Result<SummaryEditing> {
    todo!()
}

/// Chooses anew from all approved notes. What the therapist pinned, edited, wrote or dropped stays.
pub fn bring_up_to_date(w: &mut Writer, client: ClientId) -> Result<()> {
    todo!()
}

/// The therapist has looked through what is newer: no longer behind, nothing chosen.
pub fn mark_up_to_date(w: &mut Writer, client: ClientId) -> Result<()> {
    todo!()
}

/// Changes a sentence.
pub fn edit_entry(w: &mut Writer, id: EntryId, text: &str) -> Result<()> {
    todo!()
}

/// Pins or unpins.
pub fn pin_entry(w: &mut Writer, id: EntryId, pinned: bool) -> Result<()> {
    todo!()
}

/// Drops a sentence or takes it back.
pub fn drop_entry(w: &mut Writer, id: EntryId, dropped: bool) -> Result<()> {
    todo!()
}

/// Adds the therapist's own sentence.
pub fn add_own(w: &mut Writer, client: ClientId, grouping: Grouping, text: &str) -> Result<EntryId> {
    todo!()
}

/// Adds an offered sentence, with its source.
pub fn add_offer(w: &mut Writer, client: ClientId, version: VersionId, text: &str) -> Result<EntryId> {
    todo!()
}

/// After the first approval of a client's note: makes the first summary. Called in the approval's transaction.
pub fn after_approval(w: &mut Writer, client: ClientId) -> Result<()> {
    todo!()
}
