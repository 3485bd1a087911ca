//! Notes across clients: awaiting approval, not begun, approved; and search in all of them.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::sessions::Session;
use crate::store::Reader;
use crate::words::Veiled;

/// Which notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum NotesFilter {
    /// Past sessions with a draft.
    AwaitingApproval,
    /// Past sessions without a note.
    NotBegun,
    /// Approved notes, newest first.
    Approved,
}

/// A page of notes.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct NotesPage {
    /// Rows: with `AwaitingApproval` and nothing to find, those approved in the last seven days follow in `approved_lately`.
    pub rows: Vec<NoteRow>,
    /// Approved in the last seven days, newest first.
    pub approved_lately: Vec<NoteRow>,
    /// Rows of the whole answer.
    pub total: u32,
    /// Among those found.
    pub awaiting_approval: u32,
    /// Among those found.
    pub not_begun: u32,
    /// Among those found.
    pub approved: u32,
}

/// A row: the session (its `note` is the note, if begun) and where it says what is looked for.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct NoteRow {
    /// The session.
    pub session: Session,
    /// With `[[` and `]]` around each match.
    pub excerpt: Option<Veiled>,
}

/// A page of notes. `limit` at most 200.
pub fn page(r: &Reader, filter: NotesFilter, find: &str, offset: u32, limit: u32) -> Result<NotesPage> {
    todo!()
}
