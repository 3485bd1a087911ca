//! The summary: the running account of what was discussed, each sentence with the approved note versions it came from.

mod choosing;
mod entries;
pub mod extract;
mod offers;
mod rank;
mod reading;
mod sentences;
mod short;
mod store;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use choosing::after_undo;
pub use choosing::{after_approval, bring_up_to_date, mark_up_to_date};
pub use entries::{add_offer, add_own, drop_entry, edit_entry, pin_entry};
pub use reading::{editing, of, passages};
pub(crate) use sentences::plain;
pub use short::{heading, in_short, plan_points};
pub(crate) use store::sentences_from;

use serde::{Deserialize, Serialize};

use crate::id::{EntryId, NoteId, SessionId, VersionId};
use crate::notes::SectionKind;
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
    /// It stays first.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
    /// Dropped (shown while editing only).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dropped: bool,
    /// Only notes entered in error since said so: it is marked, and does not count as what is known now.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_error: bool,
    /// What it cites, newest note first. Empty for the therapist's own.
    pub sources: Vec<Source>,
}

/// What a sentence cites. The [`Passage`] behind it is asked for when it is to be read.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Source {
    /// The note.
    pub note: NoteId,
    /// When its session was.
    pub starts_at: Instant,
}

/// A passage of an approved note that a sentence cites.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Passage {
    /// The sentence; its passages are in the order of its sources.
    pub entry: EntryId,
    /// The note.
    pub note: NoteId,
    /// When its session was.
    pub starts_at: Instant,
    /// Its number among completed sessions.
    pub number: Option<u32>,
    /// The section; `None`: an addendum.
    pub section: Option<SectionKind>,
    /// The paragraph around the words cited.
    pub text: Veiled,
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
    /// Approvals and addenda that came after, and marks of error on its notes.
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
