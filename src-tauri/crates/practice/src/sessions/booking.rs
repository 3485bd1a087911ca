//! Booking, once or weekly. What a form says beforehand (overlap, clock change) and what the act refuses come from the same place.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::json;

pub use super::changing::{Cancellation, Move, MoveScope, NOTICE_HOURS, cancel, move_to, restore};
use super::clock::{self, Dated, Reading};
use super::{BookedBy, Participant, SessionKind, store};
use crate::audit::{self, Act, Event};
use crate::error::{Field, Refusal, Result};
use crate::id::{ClientId, SeriesId, SessionId};
use crate::store::{Reader, Writer};
use crate::time::{Date, Instant};
use crate::{settings, words};

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
///
/// # Errors
/// `OutOfRange`, `UnknownZone`.
pub fn check(r: &Reader, new: &NewSession, moving: Option<SessionId>) -> Result<BookingCheck> {
    let reading = Reading::of(&new.start, r.moment.zone)?;
    let minutes = length(new.minutes)?;
    let dates: Vec<Dated> = match (times(new)?, reading.instant()) {
        (1, Ok(starts_at)) => vec![Dated { starts_at, shifted: None }],
        (1, Err(_)) => Vec::new(),
        (times, first) => reading.weekly(times).skip(usize::from(first.is_err())).collect(),
    };
    let starts: Vec<Instant> = dates.iter().map(|date| date.starts_at).collect();
    let hours = settings::practice(r)?.map_or_else(Vec::new, |practice| practice.working_hours);
    Ok(BookingCheck {
        starts_at: reading.instant().ok(),
        clock: reading.change(),
        overlaps: overlaps(r, &starts, minutes, moving.as_slice())?,
        in_past: starts.first().is_some_and(|start| *start < r.moment.at),
        outside_hours: starts.iter().any(|start| clock::outside(&hours, *start, minutes, r.moment.zone)),
        shifted: dates.iter().filter_map(|date| date.shifted).collect(),
    })
}

/// Sessions that sessions with these starts would overlap, in order; none where the therapist does not want to be told.
pub(super) fn overlaps(r: &Reader, starts: &[Instant], minutes: u32, except: &[SessionId]) -> Result<Vec<Overlap>> {
    if settings::practice(r)?.is_some_and(|practice| !practice.say_overlaps) {
        return Ok(Vec::new());
    }
    let stretches: Vec<(Instant, Instant)> = starts.iter().map(|start| (*start, start.plus_minutes(minutes))).collect();
    let sessions = store::overlapping(r, &stretches, except)?;
    Ok(sessions
        .into_iter()
        .map(|s| Overlap { session: s.id, participants: s.participants, starts_at: s.starts_at, minutes: s.minutes, zone: s.zone })
        .collect())
}

/// Books a session, or the sessions of a series; the first id.
///
/// # Errors
/// `Participants`, `NotFound`, `ClockGap`, `ClockFold`, `OutOfRange`, `UnknownZone`, text errors. An overlap is said by [`check`],
/// not refused. In a series only the first date is refused over a change of the clocks; see [`BookingCheck::shifted`].
pub fn book(w: &mut Writer, new: &NewSession) -> Result<SessionId> {
    let reading = Reading::of(&new.start, w.moment.zone)?;
    let first = reading.instant()?;
    let booking = Booking {
        participants: participants(w, &new.participants)?,
        zone: reading.zone.name(),
        minutes: length(new.minutes)?,
        kind: new.kind,
        place: place(w, new)?,
        booked_by: new.booked_by,
        booking_source: words::line(Field::Source, &new.booking_source)?,
    };
    let times = times(new)?;
    if times == 1 {
        return insert(w, &booking, first, None);
    }
    let series = SeriesId(w.id());
    store::insert_series(w, series, &reading, booking.minutes)?;
    audit::record(
        w,
        &Event::new(Act::SeriesBooked, "series", Some(series.0), new.participants.first().copied())
            .with(json!({ "times": times, "from": first, "minutes": booking.minutes, "zone": booking.zone })),
    )?;
    // The first is where the form put it; the rest follow the clock.
    let id = insert(w, &booking, first, Some(series))?;
    for date in reading.weekly(times).skip(1) {
        insert(w, &booking, date.starts_at, Some(series))?;
    }
    Ok(id)
}

/// What every session of a booking has in common, checked.
pub(super) struct Booking<'a> {
    pub(super) participants: &'a [ClientId],
    pub(super) zone: &'static str,
    pub(super) minutes: u32,
    pub(super) kind: SessionKind,
    pub(super) place: String,
    pub(super) booked_by: BookedBy,
    pub(super) booking_source: String,
}

fn insert(w: &mut Writer, booking: &Booking, starts_at: Instant, series: Option<SeriesId>) -> Result<SessionId> {
    let id = SessionId(w.id());
    store::insert(w, id, booking, starts_at, series)?;
    let event = Event::new(Act::SessionBooked, "session", Some(id.0), booking.participants.first().copied()).with(json!({
        "starts_at": starts_at,
        "zone": booking.zone,
        "minutes": booking.minutes,
        "kind": booking.kind,
        "booked_by": booking.booked_by,
        "participants": booking.participants,
        "series": series,
    }));
    audit::record(w, &event)?;
    Ok(id)
}

fn participants<'a>(r: &Reader, clients: &'a [ClientId]) -> Result<&'a [ClientId]> {
    let distinct: HashSet<&ClientId> = clients.iter().collect();
    if clients.is_empty() || distinct.len() != clients.len() {
        return Err(Refusal::Participants.into());
    }
    for client in clients {
        store::participant_of(r, *client)?;
    }
    Ok(clients)
}

fn place(r: &Reader, new: &NewSession) -> Result<String> {
    let place = words::line(Field::Place, &new.place)?;
    if place.is_empty() && new.kind == SessionKind::InPerson {
        return Ok(settings::practice(r)?.map_or(place, |practice| practice.usual_place));
    }
    Ok(place)
}

/// Minutes a session can last.
pub(super) fn length(minutes: u32) -> Result<u32> {
    if (5..=600).contains(&minutes) { Ok(minutes) } else { Err(Refusal::OutOfRange { field: Field::Minutes }.into()) }
}

fn times(new: &NewSession) -> Result<u32> {
    match new.repeat_times {
        None => Ok(1),
        Some(times) if (2..=52).contains(&times) => Ok(times),
        Some(_) => Err(Refusal::OutOfRange { field: Field::Repeats }.into()),
    }
}
