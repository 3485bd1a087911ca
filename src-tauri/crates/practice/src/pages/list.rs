//! The client list: one SQL statement, a page at a time.

use serde::{Deserialize, Serialize};

use super::store;
use crate::clients::Name;
use crate::consents::ConsentState;
use crate::error::Result;
use crate::homework::HomeworkState;
use crate::id::ClientId;
use crate::sessions::BookedBy;
use crate::store::Reader;
use crate::time::{Date, Instant};

/// Which clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ClientFilter {
    /// Prospective, waiting and active.
    Active,
    /// With a past session awaiting approval.
    NeedsNote,
    /// Active without a next booked session.
    NoNextSession,
    /// With overdue homework.
    HomeworkOverdue,
    /// Active, automatic note-taking not recorded.
    ConsentNotRecorded,
    /// Discharged and archived.
    Ended,
}

/// By which column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ClientSort {
    Name,
    Started,
    LastCompleted,
    NextBooked,
    Homework,
    Consent,
}

/// What the list asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ClientQuery {
    /// Which clients.
    pub filter: ClientFilter,
    /// By which column.
    pub sort: ClientSort,
    /// The other way round.
    pub descending: bool,
    /// Part of a name or file number; folded here. Filter and find both hold.
    pub find: String,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 200.
    pub limit: u32,
}

/// A row, as it is drawn: what is not there is not sent.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct ClientRow {
    /// Who.
    pub id: ClientId,
    /// Their name.
    pub name: ListedName,
    /// File number or birth date, where two rows would look alike.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told_apart_by: Option<ToldApartBy>,
    /// Start of therapy: the therapist's entry, or the first completed session's date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started: Option<Date>,
    /// It is derived.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub started_derived: bool,
    /// Start of the last completed session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_completed: Option<Instant>,
    /// Past sessions awaiting approval, where there are some.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awaiting: Option<u32>,
    /// Start of the next booked session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_booked: Option<Instant>,
    /// Its zone, where that is not the therapist's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_zone: Option<String>,
    /// Who booked it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_booked_by: Option<BookedBy>,
    /// The worst homework.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homework: Option<HomeworkState>,
    /// Its date, where it is only set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homework_due_on: Option<Date>,
    /// Days over its date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homework_overdue_days: Option<u32>,
    /// Consent for automatic note-taking.
    pub consent: ConsentState,
}

/// A name as lists show it; in discreet mode the initials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ListedName {
    /// The whole name in the client's order.
    pub display: String,
    /// Last name.
    pub last: String,
    /// First names; empty for one-name people and in discreet mode.
    pub first: String,
}

impl From<Name> for ListedName {
    fn from(name: Name) -> Self {
        Self { display: name.display, last: name.last, first: name.first }
    }
}

/// What tells two alike rows apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ToldApartBy {
    FileNumber { file_number: String },
    Born { born: Date },
}

/// How many clients each filter holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct ClientCounts {
    pub active: u32,
    pub needs_note: u32,
    pub no_next_session: u32,
    pub homework_overdue: u32,
    pub consent_not_recorded: u32,
    pub ended: u32,
}

impl ClientCounts {
    /// How many clients that filter holds.
    pub(super) fn of(&self, filter: ClientFilter) -> u32 {
        match filter {
            ClientFilter::Active => self.active,
            ClientFilter::NeedsNote => self.needs_note,
            ClientFilter::NoNextSession => self.no_next_session,
            ClientFilter::HomeworkOverdue => self.homework_overdue,
            ClientFilter::ConsentNotRecorded => self.consent_not_recorded,
            ClientFilter::Ended => self.ended,
        }
    }
}

/// A page of the list.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct ClientPage {
    /// The rows.
    pub rows: Vec<ClientRow>,
    /// Rows of the whole answer.
    pub total: u32,
    /// How many clients each filter holds, whatever is being found.
    pub counts: ClientCounts,
}

/// A page of the list.
pub fn page(r: &Reader, query: &ClientQuery) -> Result<ClientPage> {
    store::list::page(r, query)
}

/// Where a client stands in a list, and who stands beside.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Place {
    /// Counted from 1; `None` when the client is not in that list.
    pub position: Option<u32>,
    /// Rows of the list.
    pub total: u32,
    /// The one before.
    pub previous: Option<ClientId>,
    /// The one after.
    pub next: Option<ClientId>,
}

/// Where a client stands in the list that `query` asks for (its offset and limit do not matter).
pub fn place(r: &Reader, id: ClientId, query: &ClientQuery) -> Result<Place> {
    store::list::place(r, id, query)
}

#[cfg(test)]
mod tests;
