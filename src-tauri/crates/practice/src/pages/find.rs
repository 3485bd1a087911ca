//! Find: clients, and notes that mention it. Actions are the window's own.

use serde::{Deserialize, Serialize};

use crate::clients::Name;
use crate::clients::list::ToldApartBy;
use crate::error::Result;
use crate::id::ClientId;
use crate::notes::search::FoundNote;
use crate::store::Reader;
use crate::time::{Date, Instant};

/// What was found.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Found {
    /// Clients whose names match, at most eight; ended ones last.
    pub clients: Vec<FoundClient>,
    /// Notes that mention it, at most six; none for fewer than three letters.
    pub notes: Vec<FoundNote>,
    /// How many notes in all.
    pub notes_total: u32,
    /// How many notes were searched.
    pub searched: u32,
}

/// A client whose name matches.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct FoundClient {
    /// Who.
    pub id: ClientId,
    /// Their name.
    pub name: Name,
    /// Where two would look alike.
    pub told_apart_by: Option<ToldApartBy>,
    /// Start of therapy.
    pub started: Option<Date>,
    /// Next booked session.
    pub next_booked: Option<Instant>,
    /// Discharged or archived.
    pub ended: bool,
}

/// Finds clients and notes.
pub fn of(r: &Reader, find: &str) -> Result<Found> {
    todo!()
}
