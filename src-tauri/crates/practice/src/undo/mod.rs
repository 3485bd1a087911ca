//! Taking back the last change. A change knows how the row stood before and after; undoing writes the one, redoing the other,
//! each an act of its own in the trail. Refused where something else has changed it since.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::id::{ClientId, ContactId, EntryId, HomeworkId, ImportId, NoteId, SessionId};
use crate::store::{Reader, Writer};
use crate::words::Veiled;

/// What can be taken back, named by what was done to what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the words say it
pub enum Target {
    Client(ClientId),
    Contact(ContactId),
    Session(SessionId),
    Homework(HomeworkId),
    Entry(EntryId),
    Import(ImportId),
    Approval(NoteId),
}

/// What was done, for the sentence beside Undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Deed {
    ClientChanged,
    StatusChanged,
    ContactChanged,
    ContactRemoved,
    SessionMoved,
    SessionCancelled,
    AttendanceRecorded,
    HomeworkChanged,
    HomeworkDone,
    HomeworkStateRecorded,
    EntryChanged,
    EntryDropped,
    ClientsImported,
    NoteApproved,
}

/// What the window says beside Undo.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Undoable {
    /// What was done.
    pub deed: Deed,
    /// To what, in its words: a homework's text, a client's name.
    pub what: Option<Veiled>,
    /// It was undone and can be redone.
    pub redo: bool,
}

/// A change that was made: its rows before and after, as JSON. Kept in memory only, while the records are open.
#[derive(Debug)]
pub struct Change {
    /// What was done.
    pub deed: Deed,
    /// To what.
    pub target: Target,
    before: Snapshot,
    after: Snapshot,
}

/// The rows of a target.
#[derive(Debug, PartialEq, Eq)]
pub struct Snapshot(serde_json::Value);

/// Runs `act` and remembers how its target stood before and after.
///
/// # Errors
/// Those of `act`.
pub fn remembering<T>(w: &mut Writer, deed: Deed, target: Target, act: impl FnOnce(&mut Writer) -> Result<T>) -> Result<(T, Change)> {
    todo!()
}

/// Takes a change back.
///
/// # Errors
/// `ChangedSince`, `UndoTooLate`, `ImportTouched`, `SessionPast` (a cancellation is undone only until the session begins).
pub fn undo(w: &mut Writer, change: &Change) -> Result<()> {
    todo!()
}

/// Makes it again.
pub fn redo(w: &mut Writer, change: &Change) -> Result<()> {
    todo!()
}

/// What the window says of it.
pub fn describe(r: &Reader, change: &Change, redo: bool) -> Result<Undoable> {
    todo!()
}
