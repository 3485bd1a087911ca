//! Sessions: booking, moving, cancelling, attendance, weekly series, plan points, and the state derived from them.

pub mod booking;
mod changing;
mod clock;
pub mod history;
pub mod plan;
pub mod series;
mod store;
pub mod week;

pub(crate) use store::{Which, load};

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::audit::{self, Act, Event};
use crate::clients::Name;
use crate::error::{Field, Refusal, Result, Thing};
use crate::id::{ClientId, NoteId, SeriesId, SessionId};
use crate::store::{Reader, Writer};
use crate::time::Instant;
use crate::words::Veiled;

/// How it takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum SessionKind {
    InPerson,
    Video,
    Phone,
}

/// Who booked it, or asked for a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum BookedBy {
    Client,
    Therapist,
}

/// Whether and how it came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Attendance {
    Unknown,
    Attended,
    NoShow,
    CancelledByClient,
    CancelledLateByClient,
    CancelledByTherapist,
}

impl Attendance {
    /// Whether it was cancelled.
    #[must_use]
    pub fn cancelled(self) -> bool {
        matches!(self, Self::CancelledByClient | Self::CancelledLateByClient | Self::CancelledByTherapist)
    }
}

/// The derived state. *Completed* = attended, started, and an approved note that was not entered in error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum SessionState {
    Upcoming,
    InProgress,
    AwaitingApproval,
    Completed,
    Cancelled,
    NoShow,
}

/// The pure rule.
#[must_use]
pub fn state(attendance: Attendance, starts_at: Instant, minutes: u32, has_approved_note: bool, now: Instant) -> SessionState {
    if attendance.cancelled() {
        SessionState::Cancelled
    } else if attendance == Attendance::NoShow {
        SessionState::NoShow
    } else if attendance == Attendance::Attended && has_approved_note && starts_at <= now {
        SessionState::Completed
    } else if now < starts_at {
        SessionState::Upcoming
    } else if now < starts_at.plus_minutes(minutes) {
        SessionState::InProgress
    } else {
        SessionState::AwaitingApproval
    }
}

/// A participant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Participant {
    /// Who.
    pub id: ClientId,
    /// Their name.
    pub name: Name,
}

/// A session as every screen shows it.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// The primary client first.
    pub participants: Vec<Participant>,
    /// When it starts.
    pub starts_at: Instant,
    /// The zone it was booked in.
    pub zone: String,
    /// How long.
    pub minutes: u32,
    /// How it takes place.
    pub kind: SessionKind,
    /// Where, or a link.
    pub place: Option<Veiled>,
    /// Who booked it.
    pub booked_by: BookedBy,
    /// When.
    pub booked_at: Instant,
    /// How the client asked.
    pub booking_source: Option<Veiled>,
    /// As recorded.
    pub attendance: Attendance,
    /// The derived state.
    pub state: SessionState,
    /// When a cancellation was told.
    pub told_at: Option<Instant>,
    /// How and why.
    pub told_remark: Option<Veiled>,
    /// Its series.
    pub series: Option<SeriesId>,
    /// The series' rhythm in weeks: 1 is weekly.
    pub every_weeks: Option<u32>,
    /// Its counting note (session or no-show note, not entered in error).
    pub note: Option<NoteRef>,
    /// The number among the primary client's completed sessions, when completed.
    pub number: Option<u32>,
}

/// The note of a session, in short.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct NoteRef {
    /// Its id.
    pub id: NoteId,
    /// It is approved.
    pub approved: bool,
    /// Approved when.
    pub approved_at: Option<Instant>,
    /// A heading made of its first clause; `None` when it has no words.
    pub heading: Option<Veiled>,
}

/// A session in brief, as a client's own pages list it.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct BriefSession {
    /// Its id.
    pub id: SessionId,
    /// When it starts.
    pub starts_at: Instant,
    /// As recorded.
    pub attendance: Attendance,
    /// The derived state.
    pub state: SessionState,
    /// Its counting note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<BriefNote>,
    /// The number among the primary client's completed sessions, when completed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
}

/// The note of a session in brief.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct BriefNote {
    /// Its id.
    pub id: NoteId,
    /// A heading made of its first clause; `None` when it has no words.
    pub heading: Option<Veiled>,
}

/// One session.
///
/// # Errors
/// `NotFound`.
pub fn one(r: &Reader, id: SessionId) -> Result<Session> {
    load(r, Which::ByIds(&[id]))?.pop().ok_or_else(|| Refusal::NotFound { what: Thing::Session }.into())
}

/// A client's sessions around now.
#[derive(Default)]
pub(crate) struct Around {
    /// The earliest start after now that is not cancelled.
    pub next: Option<Near>,
    /// The latest start among the completed ones.
    pub last_completed: Option<Near>,
    /// The newest past ones.
    pub recent: Vec<BriefSession>,
    /// Those that await approval, newest first.
    pub awaiting: Vec<BriefSession>,
    /// How many are completed.
    pub completed: u32,
    /// How many are past; known where recent ones are asked for.
    pub past: u32,
}

/// A session near now, with what the facts of a client say of it.
#[derive(Clone)]
pub(crate) struct Near {
    pub brief: BriefSession,
    pub primary: Option<ClientId>,
    pub zone: String,
    pub minutes: u32,
    pub kind: SessionKind,
    pub booked_by: BookedBy,
    pub booked_at: Instant,
    pub series: Option<SeriesId>,
    pub approved_at: Option<Instant>,
}

/// A client's sessions around now, `recent` of the past ones.
pub(crate) fn around(r: &Reader, client: ClientId, recent: u32) -> Result<Around> {
    store::around(r, client, recent)
}

/// How many sessions await approval, of all clients.
pub(crate) fn awaiting_count(r: &Reader) -> Result<u32> {
    store::count_awaiting(r)
}

/// Records attendance of a past or running session. A draft follows: that of a no-show is a no-show note.
///
/// # Errors
/// `NotStarted`, `SessionHeld` (it has an approved note), `SessionCancelled`, `OutOfRange` (a cancellation is told by
/// [`booking::cancel`]).
pub fn set_attendance(w: &mut Writer, id: SessionId, attendance: Attendance) -> Result<()> {
    let session = one(w, id)?;
    if attendance.cancelled() {
        return Err(Refusal::OutOfRange { field: Field::Reason }.into());
    }
    if session.attendance.cancelled() {
        return Err(Refusal::SessionCancelled.into());
    }
    if session.starts_at > w.moment.at {
        return Err(Refusal::NotStarted.into());
    }
    if session.attendance == attendance {
        return Ok(());
    }
    if decided(&session) {
        return Err(Refusal::SessionHeld.into());
    }
    store::set_attendance(w, id, attendance, None, "")?;
    audit::record(w, &about(&session, Act::AttendanceRecorded).with(json!({ "from": session.attendance, "to": attendance })))
}

/// An approved note says what became of it: a session that was held, or a no-show.
fn decided(session: &Session) -> bool {
    session.note.as_ref().is_some_and(|note| note.approved)
}

/// An event about a session, of its primary client.
fn about(session: &Session, act: Act) -> Event {
    Event::new(act, "session", Some(session.id.0), session.participants.first().map(|primary| primary.id))
}

#[cfg(test)]
mod tests;
