//! Today: where we were, for everyone who comes today, and what is open.

use serde::{Deserialize, Serialize};

use super::list::{self, ClientFilter, ClientQuery, ClientSort, ListedName};
use super::{LastTime, store};
use crate::clients::Name;
use crate::consents::ConsentState;
use crate::error::{Fault, Result};
use crate::homework::{self, HomeworkStanding};
use crate::id::ClientId;
use crate::sessions::{self, Session, SessionState, Which};
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
    pub name: ListedName,
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

/// Rows of each list beside the day.
const BESIDE: u32 = 5;

/// Today.
///
/// # Errors
/// Faults only.
pub fn of(r: &Reader) -> Result<Today> {
    let date = r.moment.today();
    let (from, to) = (r.moment.start_of(date), r.moment.start_of(date + chrono::Days::new(1)));
    let slots = slots(r, sessions::load(r, Which::Between { from, to })?)?;
    let mut awaiting = sessions::load(r, Which::AwaitingAll)?;
    let awaiting_total = u32::try_from(awaiting.len()).unwrap_or(u32::MAX);
    awaiting.truncate(BESIDE as usize);
    let without = list::page(
        r,
        &ClientQuery {
            filter: ClientFilter::NoNextSession,
            sort: ClientSort::LastCompleted,
            descending: false,
            find: String::new(),
            offset: 0,
            limit: BESIDE,
        },
    )?;
    let cancelled_today =
        |client| slots.iter().any(|slot| slot.session.attendance.cancelled() && slot.session.participants.iter().any(|p| p.id == client));
    let no_next = without
        .rows
        .into_iter()
        .map(|row| NoNext { client: row.id, name: row.name, last_held: row.last_completed, cancelled_today: cancelled_today(row.id) })
        .collect();
    let (overdue, overdue_total) = store::overdue(r, BESIDE)?;
    Ok(Today {
        now: r.moment.at,
        date,
        zone: r.moment.zone.name().to_owned(),
        no_clients: without.counts.active + without.counts.ended == 0,
        slots,
        awaiting,
        awaiting_total,
        no_next,
        no_next_total: without.total,
        overdue,
        overdue_total,
    })
}

fn slots(r: &Reader, sessions: Vec<Session>) -> Result<Vec<Slot>> {
    let next = next(&sessions);
    let asked = sessions.iter().map(|session| Ok((primary(session)?, session.starts_at))).collect::<Result<Vec<_>>>()?;
    let last_notes = store::last_notes(r, &asked)?;
    let everyone: Vec<ClientId> = sessions.iter().flat_map(|session| session.participants.iter().map(|p| p.id)).collect();
    let consents = store::consents(r, &everyone)?;
    let mut slots = Vec::with_capacity(sessions.len());
    for ((place, session), last) in sessions.into_iter().enumerate().zip(last_notes) {
        let states = session.participants.iter().map(|p| (p.id, consents.get(&p.id).copied().unwrap_or(ConsentState::NotRecorded)));
        let (consent_of, consent) = in_the_way(states).ok_or(Fault::Row("a session without participants"))?;
        slots.push(Slot {
            next: next == Some(place),
            homework: homework::standing(r, primary(&session)?)?,
            consent,
            consent_of,
            last_time: last.map(|last| last.in_short(r)),
            session,
        });
    }
    Ok(slots)
}

fn primary(session: &Session) -> Result<ClientId> {
    Ok(session.participants.first().ok_or(Fault::Row("a session without participants"))?.id)
}

/// The one in progress; else the first still to come.
fn next(sessions: &[Session]) -> Option<usize> {
    let first = |state| sessions.iter().position(|session| session.state == state);
    first(SessionState::InProgress).or_else(|| first(SessionState::Upcoming))
}

/// The consent that stands most in the way, the first where several stand alike: what was refused before what was not asked.
fn in_the_way(states: impl Iterator<Item = (ClientId, ConsentState)>) -> Option<(ClientId, ConsentState)> {
    states.min_by_key(|(_, state)| match state {
        ConsentState::Withdrawn => 0,
        ConsentState::Declined => 1,
        ConsentState::NotRecorded => 2,
        ConsentState::Given => 3,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_consent_of_a_room_is_the_one_that_stands_most_in_the_way() {
        use ConsentState::{Declined, Given, NotRecorded, Withdrawn};
        let client = |n: u128| ClientId(uuid::Uuid::from_u128(n));
        let room = |states: &[ConsentState]| in_the_way(states.iter().enumerate().map(|(n, state)| (client(n as u128), *state)));
        assert_eq!(room(&[Given, Given]), Some((client(0), Given)));
        assert_eq!(room(&[Given, NotRecorded]), Some((client(1), NotRecorded)));
        assert_eq!(room(&[NotRecorded, Given, Declined]), Some((client(2), Declined)));
        assert_eq!(room(&[Declined, Withdrawn, Withdrawn]), Some((client(1), Withdrawn)));
        assert_eq!(room(&[]), None);
    }
}
