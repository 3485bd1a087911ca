//! A client's past sessions, with their states, and search in their notes.

use serde::{Deserialize, Serialize};

use super::Session;
use crate::clients::Name;
use crate::error::Result;
use crate::id::ClientId;
use crate::store::Reader;
use crate::words::Veiled;

/// Which sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum HistoryFilter {
    All,
    Completed,
    AwaitingApproval,
    Cancelled,
    NoShow,
}

/// The history of a client.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct History {
    /// Whose.
    pub client: ClientId,
    /// Their name.
    pub name: Name,
    /// Newest first.
    pub rows: Vec<HistoryRow>,
    /// How many there are of each, among those found.
    pub counts: HistoryCounts,
    /// Past sessions in all.
    pub total: u32,
}

/// A past session.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct HistoryRow {
    /// The session.
    pub session: Session,
    /// Where the note says what is looked for, with `[[` and `]]` around each match.
    pub excerpt: Option<Veiled>,
}

/// How many sessions each filter holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct HistoryCounts {
    pub all: u32,
    pub completed: u32,
    pub awaiting_approval: u32,
    pub cancelled: u32,
    pub no_show: u32,
}

/// All past sessions of a client; with `find`, those whose note says it.
pub fn of(r: &Reader, client: ClientId, filter: HistoryFilter, find: &str) -> Result<History> {
    todo!()
}
