//! What one screen shows, in one call: composed of the concepts, deciding nothing of its own.

pub mod client;
pub mod find;
pub mod session;
pub mod today;

use serde::{Deserialize, Serialize};

use crate::clients::Name;
use crate::consents::ConsentStanding;
use crate::error::Result;
use crate::homework::HomeworkStanding;
use crate::id::{ClientId, NoteId, SessionId};
use crate::sessions::BookedBy;
use crate::store::Reader;
use crate::time::{Date, Instant};
use crate::words::Veiled;

/// A client at a glance: band and side panels.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Facts {
    /// Who.
    pub client: ClientId,
    /// Their name.
    pub name: Name,
    /// Start of therapy.
    pub started: Option<Started>,
    /// When the client was added.
    pub added_at: Instant,
    /// Completed sessions.
    pub completed: u32,
    /// The latest.
    pub last_completed: Option<LastCompleted>,
    /// The earliest after now that is not cancelled.
    pub next_booked: Option<NextBooked>,
    /// Worst first.
    pub homework: HomeworkStanding,
    /// Automatic note-taking.
    pub consent: ConsentStanding,
    /// There are emergency contacts.
    pub emergency_contacts: u32,
}

/// Start of therapy.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Started {
    /// The date.
    pub on: Date,
    /// It is the first completed session's.
    pub derived: bool,
}

/// The last completed session.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)] // the words say it
pub struct LastCompleted {
    pub session: SessionId,
    pub note: NoteId,
    pub starts_at: Instant,
    pub zone: String,
    pub number: u32,
    pub approved_at: Instant,
}

/// The next booked session.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct NextBooked {
    pub session: SessionId,
    pub starts_at: Instant,
    pub zone: String,
    pub minutes: u32,
    pub booked_by: BookedBy,
    pub booked_at: Instant,
}

/// "Last time, in short": of the last completed session.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct LastTime {
    pub session: SessionId,
    pub note: NoteId,
    pub starts_at: Instant,
    pub zone: String,
    pub text: Option<Veiled>,
}

/// A client at a glance.
pub fn facts(r: &Reader, client: ClientId) -> Result<Facts> {
    todo!()
}

/// The last time in short, before the session that starts at `before`.
pub fn last_time(r: &Reader, client: ClientId, before: Instant) -> Result<Option<LastTime>> {
    todo!()
}

/// What the frame of the window always shows.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Frame {
    /// Sessions awaiting approval.
    pub awaiting_approval: u32,
    /// Texts are withheld.
    pub discreet: bool,
    /// These are the records of the sample practice.
    pub is_sample: bool,
    /// Now.
    pub now: Instant,
    /// The therapist's zone.
    pub zone: String,
}

/// What the frame of the window always shows. `discreet` is on even while it is looked through.
pub fn frame(r: &Reader, discreet: bool) -> Result<Frame> {
    todo!()
}
