//! Audit events: append-only, hash-chained, in the same transaction as what they record.

mod checks;
mod store;
mod verify;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::error::Result;
use crate::id::ClientId;
use crate::store::{Reader, Writer};
use crate::time::Instant;

pub use checks::{Checked, Followed, check_made, last_checked, last_followed};
pub use verify::{Verified, verify};

/// What happened. The word is what stands in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the words say it
pub enum Act {
    RecordsCreated,
    Unlocked,
    UnlockFailed,
    Locked,
    SecurityChanged,
    PassphraseChanged,
    KitMade,
    KeyReplaced,
    WentOnBehindAnchor,
    BackupMade,
    BackupFailed,
    BackupPlaceChanged,
    RestoreTested,
    RecordsRestored,
    RecordsChecked,
    UpdatesTurnedOn,
    UpdatesTurnedOff,
    UpdateBegun,
    UpdateFailed,
    PracticeChanged,
    AppearanceChanged,
    ClientAdded,
    ClientChanged,
    ClientStatusChanged,
    ClientRead,
    ContactAdded,
    ContactChanged,
    ContactMoved,
    ContactRemoved,
    ContactsDisclosed,
    DetailsDisclosed,
    SessionBooked,
    SeriesBooked,
    SessionMoved,
    SessionCancelled,
    SessionRestored,
    AttendanceRecorded,
    PlanChanged,
    NoteBegun,
    NoteRead,
    NoteVersionWritten,
    NoteTemplateChanged,
    NoteApproved,
    ApprovalUndone,
    AddendumBegun,
    AddendumDiscarded,
    AddendumRestored,
    AddendumApproved,
    NoteEnteredInError,
    ConsentRecorded,
    HomeworkAssigned,
    HomeworkChanged,
    HomeworkStateRecorded,
    SummaryChanged,
    SummaryBroughtUpToDate,
    ClientsImported,
    ImportUndone,
    ChangeUndone,
    ChangeRedone,
    NotesSearched,
}

/// An event to record: what, about what, of which client, with which details (never a client's words).
#[derive(Clone, Debug)]
pub struct Event {
    /// What happened.
    pub act: Act,
    /// The kind of thing it happened to, such as `session`.
    pub subject: &'static str,
    /// Its id.
    pub subject_id: Option<Uuid>,
    /// The client concerned.
    pub client: Option<ClientId>,
    /// More of it: ids, states, names of fields.
    pub detail: Value,
}

impl Event {
    /// An event without details.
    #[must_use]
    pub fn new(act: Act, subject: &'static str, subject_id: Option<Uuid>, client: Option<ClientId>) -> Self {
        Self { act, subject, subject_id, client, detail: Value::Object(serde_json::Map::new()) }
    }

    /// With details.
    #[must_use]
    pub fn with(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }
}

/// Appends an event to the chain.
///
/// # Errors
/// Faults only.
pub fn record(w: &mut Writer, event: &Event) -> Result<()> {
    store::append(w, event)
}

/// When something that concerns no client last happened.
///
/// # Errors
/// Faults only.
pub fn last(r: &Reader, act: Act) -> Result<Option<Instant>> {
    store::last(r, act)
}

/// Whether something ever happened to this.
///
/// # Errors
/// Faults only.
pub fn happened_to(r: &Reader, act: Act, subject: Uuid) -> Result<bool> {
    store::happened_to(r, act, subject)
}
