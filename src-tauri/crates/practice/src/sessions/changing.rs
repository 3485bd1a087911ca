//! What becomes of a booked session: it moves, it is cancelled, the cancellation is taken back.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::booking::{Start, length};
use super::clock::Reading;
use super::{Attendance, BookedBy, Session, about, decided, series, store};
use crate::audit::{self, Act};
use crate::error::{Field, Refusal, Result};
use crate::id::SessionId;
use crate::store::Writer;
use crate::time::Instant;
use crate::words;

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

/// Moves a session, or those of its series. Sessions held, cancelled or begun never move.
///
/// # Errors
/// `SessionHeld`, `SessionCancelled`, `SessionPast`, `InFuture` (asked), and those of booking.
pub fn move_to(w: &mut Writer, id: SessionId, to: &Move) -> Result<()> {
    let session = movable(super::one(w, id)?, w.moment.at)?;
    let reading = Reading::of(&to.start, w.moment.zone)?;
    let starts_at = reading.instant()?;
    let minutes = length(to.minutes)?;
    let asked_at = told(to.asked_at, w.moment.at)?;
    let remark = words::paragraphs(Field::Remark, &to.remark, words::PARAGRAPH)?;
    let places = match to.scope {
        MoveScope::One => vec![(session.clone(), starts_at)],
        scope => series::places(w, &session, reading, starts_at, scope)?,
    };
    if let Some(series) = session.series.filter(|_| to.scope != MoveScope::One) {
        let rhythm = series::moved_rhythm(w, series, &session, reading)?;
        store::set_rhythm(w, series, &rhythm, minutes)?;
    }
    let zone = reading.zone.name();
    for (session, starts_at) in places {
        if (session.starts_at, session.minutes, session.zone.as_str()) == (starts_at, minutes, zone) {
            continue;
        }
        let moved =
            store::Moved { id: w.id(), session: &session, starts_at, zone, minutes, asked_by: to.asked_by, asked_at, remark: &remark };
        store::move_to(w, &moved)?;
        let event = about(&session, Act::SessionMoved).with(json!({
            "from": session.starts_at,
            "to": starts_at,
            "from_minutes": session.minutes,
            "to_minutes": minutes,
            "zone": zone,
            "asked_by": to.asked_by,
            "asked_at": asked_at,
            "scope": to.scope,
        }));
        audit::record(w, &event)?;
    }
    Ok(())
}

/// The session, if it can still move.
pub(super) fn movable(session: Session, now: Instant) -> Result<Session> {
    if decided(&session) {
        Err(Refusal::SessionHeld.into())
    } else if session.attendance.cancelled() {
        Err(Refusal::SessionCancelled.into())
    } else if session.starts_at <= now {
        Err(Refusal::SessionPast.into())
    } else {
        Ok(session)
    }
}

/// When something was asked or told: now, unless said; never in the future.
fn told(at: Option<Instant>, now: Instant) -> Result<Instant> {
    match at {
        Some(at) if at > now => Err(Refusal::InFuture { field: Field::Time }.into()),
        at => Ok(at.unwrap_or(now)),
    }
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

/// Cancels a session, past ones too as long as no note of it is approved.
///
/// # Errors
/// `TooLateToCancel` for a client's cancellation told less than [`NOTICE_HOURS`] before, `SessionHeld`, `SessionCancelled`,
/// `InFuture` (told), `OutOfRange` (not a cancellation), text errors.
pub fn cancel(w: &mut Writer, id: SessionId, cancellation: &Cancellation) -> Result<()> {
    let session = super::one(w, id)?;
    let attendance = cancellation.attendance;
    if !attendance.cancelled() {
        return Err(Refusal::OutOfRange { field: Field::Reason }.into());
    }
    if decided(&session) {
        return Err(Refusal::SessionHeld.into());
    }
    if session.attendance.cancelled() {
        return Err(Refusal::SessionCancelled.into());
    }
    let told_at = told(cancellation.told_at, w.moment.at)?;
    if attendance == Attendance::CancelledByClient && session.starts_at < told_at.plus_minutes(NOTICE_HOURS * 60) {
        return Err(Refusal::TooLateToCancel { hours: NOTICE_HOURS }.into());
    }
    let remark = words::paragraphs(Field::Remark, &cancellation.remark, words::PARAGRAPH)?;
    store::set_attendance(w, id, attendance, Some(told_at), &remark)?;
    let event = about(&session, Act::SessionCancelled);
    audit::record(w, &event.with(json!({ "from": session.attendance, "to": attendance, "told_at": told_at })))
}

/// Takes a cancellation back, until the session begins: it is booked again.
///
/// # Errors
/// `NothingToUndo` unless it is cancelled, `SessionPast`.
pub fn restore(w: &mut Writer, id: SessionId) -> Result<()> {
    let session = super::one(w, id)?;
    if !session.attendance.cancelled() {
        return Err(Refusal::NothingToUndo.into());
    }
    if session.starts_at <= w.moment.at {
        return Err(Refusal::SessionPast.into());
    }
    store::set_attendance(w, id, Attendance::Unknown, None, "")?;
    audit::record(w, &about(&session, Act::SessionRestored).with(json!({ "from": session.attendance, "to": Attendance::Unknown })))
}
