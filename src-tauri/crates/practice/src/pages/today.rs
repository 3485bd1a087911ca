//! Today: where we were, for everyone who comes today, and what is open.

use serde::{Deserialize, Serialize};

use super::LastTime;
use crate::clients::Name;
use crate::consents::ConsentState;
use crate::error::Result;
use crate::homework::HomeworkStanding;
use crate::id::ClientId;
use crate::sessions::Session;
use crate::store::Reader;
use crate::time::{Date, Instant};

/// Today.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Today {
    /// Now.
    pub now: Instant,
    /// Today's date.
    pub date: Date,
    /// The therapist's zone.
    pub zone: String,
    /// There are no clients at all.
    pub no_clients: bool,
    /// Today's sessions, in order.
    pub slots: Vec<Slot>,
    /// Past sessions awaiting approval, newest first; the first five.
    pub awaiting: Vec<Session>,
    /// How many in all.
    pub awaiting_total: u32,
    /// Active clients without a next session; the first five.
    pub no_next: Vec<NoNext>,
    /// How many in all.
    pub no_next_total: u32,
    /// Overdue homework, longest first; the first five.
    pub overdue: Vec<Overdue>,
    /// How many in all.
    pub overdue_total: u32,
}

/// A session of today.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Slot {
    /// The session.
    pub session: Session,
    /// It is the next, or in progress.
    pub next: bool,
    /// Of the primary client.
    pub homework: HomeworkStanding,
    /// Of everyone in the room: given only if all have given it; else the one that stands in the way.
    pub consent: ConsentState,
    /// Whose consent that is.
    pub consent_of: ClientId,
    /// The last time, in short.
    pub last_time: Option<LastTime>,
}

/// An active client without a next session.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct NoNext {
    /// Who.
    pub client: ClientId,
    /// Their name.
    pub name: Name,
    /// The last session that was held.
    pub last_held: Option<Instant>,
    /// A session of today was cancelled.
    pub cancelled_today: bool,
}

/// A client with overdue homework.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Overdue {
    /// Who.
    pub client: ClientId,
    /// Their name.
    pub name: Name,
    /// By how many days.
    pub days: u32,
}

/// Today.
pub fn of(r: &Reader) -> Result<Today> {
    todo!()
}
