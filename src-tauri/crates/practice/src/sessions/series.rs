//! Weekly series: the same wall clock time week after week, through the changes of the clocks.

use chrono::{Duration, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::booking::{Move, MoveScope, Overlap, length, overlaps};
use super::changing::movable;
use super::clock::Reading;
use super::{Session, Which, load, store};
use crate::error::Result;
use crate::id::{SeriesId, SessionId};
use crate::store::Reader;
use crate::time::{Instant, WallClock, monday_of, wall_clock};

/// What each scope of a move would do.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct SeriesMove {
    /// This one and those that follow.
    pub following: MovedSessions,
    /// All that are still to come.
    pub to_come: MovedSessions,
}

/// Sessions that would move.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct MovedSessions {
    /// How many.
    pub count: u32,
    /// The first new start.
    pub first: Option<Instant>,
    /// The last new start.
    pub last: Option<Instant>,
    /// What they would overlap.
    pub overlaps: Vec<Overlap>,
}

/// What a move would do to the series of a session; `None` when no other session of its series is still to come.
///
/// # Errors
/// Those of [`super::booking::move_to`].
pub fn preview(r: &Reader, id: SessionId, to: &Move) -> Result<Option<SeriesMove>> {
    let session = movable(super::one(r, id)?, r.moment.at)?;
    let reading = Reading::of(&to.start, r.moment.zone)?;
    let (starts_at, minutes) = (reading.instant()?, length(to.minutes)?);
    let to_come = places(r, &session, reading, starts_at, MoveScope::ToCome)?;
    if to_come.len() < 2 {
        return Ok(None);
    }
    let following = places(r, &session, reading, starts_at, MoveScope::Following)?;
    Ok(Some(SeriesMove { following: said(r, &following, minutes)?, to_come: said(r, &to_come, minutes)? }))
}

fn said(r: &Reader, places: &[(Session, Instant)], minutes: u32) -> Result<MovedSessions> {
    let moved: Vec<SessionId> = places.iter().map(|(session, _)| session.id).collect();
    let starts: Vec<Instant> = places.iter().map(|(_, starts_at)| *starts_at).collect();
    Ok(MovedSessions {
        count: u32::try_from(places.len()).unwrap_or(u32::MAX),
        first: starts.iter().min().copied(),
        last: starts.iter().max().copied(),
        overlaps: overlaps(r, &starts, minutes, &moved)?,
    })
}

/// Where the sessions of a series go when `session` goes to `starts_at`, which is what `to` reads: the others keep their
/// distance from it on the wall clock. Those held, cancelled or begun stay, and so do those that would come to lie in the past.
pub(super) fn places(r: &Reader, session: &Session, to: Reading, starts_at: Instant, scope: MoveScope) -> Result<Vec<(Session, Instant)>> {
    let Some(rhythm) = session.series.map(|series| store::rhythm(r, series)).transpose()? else {
        return Ok(vec![(session.clone(), starts_at)]);
    };
    let from = rhythm.local(session.starts_at);
    let now = r.moment.at;
    let moves = |other: &Session| match scope {
        MoveScope::One => false,
        MoveScope::Following => other.starts_at > session.starts_at,
        MoveScope::ToCome => true,
    };
    let mut places = Vec::new();
    for other in load(r, Which::SeriesOf { session: session.id })? {
        if other.id == session.id {
            places.push((other, starts_at));
        } else if moves(&other)
            && let Ok(other) = movable(other, now)
        {
            let local = to.local + (rhythm.local(other.starts_at) - from);
            let place = Reading { local, ..to }.nearest().starts_at;
            if place > now {
                places.push((other, place));
            }
        }
    }
    Ok(places)
}

/// The rhythm of the series once `session` has gone to what `to` reads: it moves as far as the session does.
pub(super) fn moved_rhythm(r: &Reader, series: SeriesId, session: &Session, to: Reading) -> Result<Reading> {
    let rhythm = store::rhythm(r, series)?;
    let from = rhythm.local(session.starts_at);
    let usual = (monday_of(from.date()) + Duration::days(i64::from(rhythm.weekday))).and_time(rhythm.time);
    Ok(Reading { local: to.local + (usual - from), ..to })
}

/// When a series usually is.
#[derive(Clone, Copy, Debug)]
pub(super) struct SeriesRhythm {
    pub(super) zone: Tz,
    /// 0 is Monday.
    pub(super) weekday: u32,
    pub(super) time: NaiveTime,
}

impl SeriesRhythm {
    /// The wall clock a session of the series was meant for. Where the clocks went forward over the usual time the session
    /// starts after it, and is still meant for it.
    fn local(&self, starts_at: Instant) -> NaiveDateTime {
        let local = starts_at.in_zone(self.zone);
        let usual = local.date().and_time(self.time);
        match wall_clock(usual, self.zone) {
            WallClock::Never { first_after } if first_after == starts_at => usual,
            _ => local,
        }
    }
}
