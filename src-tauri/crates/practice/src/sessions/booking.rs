//! Booking, moving and cancelling one session. What a form says beforehand (overlap, clock change) and what the act refuses
//! come from the same place.

use serde::{Deserialize, Serialize};

use super::{Attendance, BookedBy, Participant, SessionKind};
use crate::error::Result;
use crate::id::{ClientId, SessionId};
use crate::store::{Reader, Writer};
use crate::time::{Date, Instant};

/// A wall clock time in a zone. Where it happens twice, `later` chooses; unsaid, booking refuses with `ClockFold`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Start {
    /// The day.
    pub date: Date,
    /// `HH:MM`.
    pub time: String,
    /// IANA name; `None`: the therapist's.
    pub zone: Option<String>,
    /// The later of two, when the clocks go back over it.
    pub later: Option<bool>,
}

/// A session to book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct NewSession {
    /// The primary client first.
    pub participants: Vec<ClientId>,
    /// When.
    pub start: Start,
    /// How long: 5 to 600.
    pub minutes: u32,
    /// How it takes place.
    pub kind: SessionKind,
    /// Where, or a link; empty: the usual place.
    pub place: String,
    /// Who booked it.
    pub booked_by: BookedBy,
    /// How the client asked.
    pub booking_source: String,
    /// Weekly, so many sessions in all (2 to 52); `None`: once.
    pub repeat_times: Option<u32>,
}

/// What is said before a booking or a move is saved.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct BookingCheck {
    /// When it would start; `None` when the clock reading does not exist or happens twice.
    pub starts_at: Option<Instant>,
    /// The clocks change over it.
    pub clock: Option<ClockChange>,
    /// Sessions it overlaps, in order. For a series, of all its dates.
    pub overlaps: Vec<Overlap>,
    /// It lies in the past.
    pub in_past: bool,
    /// It falls outside working hours.
    pub outside_hours: bool,
    /// In a series: dates on which the clocks go forward over the time; they are booked at the first time after it.
    pub shifted: Vec<Date>,
}

/// The clocks change over a time.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ClockChange {
    /// The time does not exist.
    Gap {
        /// The first that does.
        first_after: Instant,
    },
    /// The time happens twice.
    Fold {
        /// The earlier.
        earlier: Instant,
        /// The later.
        later: Instant,
    },
}

/// A session that would be overlapped.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Overlap {
    /// Which.
    pub session: SessionId,
    /// Whose.
    pub participants: Vec<Participant>,
    /// From.
    pub starts_at: Instant,
    /// How long.
    pub minutes: u32,
    /// Its zone.
    pub zone: String,
}

/// What is said before saving; `moving` is the session that moves, which does not overlap itself.
pub fn check(r: &Reader, new: &NewSession, moving: Option<SessionId>) -> Result<BookingCheck> {
    todo!()
}

/// Books a session, or the sessions of a series; the first id.
///
/// # Errors
/// `Participants`, `ClockGap`, `ClockFold`, `OutOfRange`, `UnknownZone`, text errors. An overlap is said by [`check`], not refused.
pub fn book(w: &mut Writer, new: &NewSession) -> Result<SessionId> {
    todo!()
}

/// A move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Move {
    /// Where to.
    pub start: Start,
    /// How long.
    pub minutes: u32,
    /// Who asked.
    pub asked_by: BookedBy,
    /// When they asked; `None`: now.
    pub asked_at: Option<Instant>,
    /// How, and why.
    pub remark: String,
    /// Which sessions of its series move.
    pub scope: MoveScope,
}

/// Which sessions of a series move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum MoveScope {
    /// Only this one.
    One,
    /// This one and those that follow.
    Following,
    /// All that are still to come.
    ToCome,
}

/// Moves a session, or those of its series. Sessions held or cancelled never move.
///
/// # Errors
/// `SessionHeld`, `SessionCancelled`, `SessionPast`, and those of booking.
pub fn move_to(w: &mut Writer, id: SessionId, to: &Move) -> Result<()> {
    todo!()
}

/// A cancellation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Cancellation {
    /// One of the three cancelled attendances.
    pub attendance: Attendance,
    /// When it was told; `None`: now.
    pub told_at: Option<Instant>,
    /// How, and why.
    pub remark: String,
}

/// Hours of notice that make a client's cancellation late.
pub const NOTICE_HOURS: u32 = 24;

/// Cancels a session.
///
/// # Errors
/// `TooLateToCancel` for a client's cancellation told less than [`NOTICE_HOURS`] before, `SessionHeld`, `SessionCancelled`.
pub fn cancel(w: &mut Writer, id: SessionId, cancellation: &Cancellation) -> Result<()> {
    todo!()
}
