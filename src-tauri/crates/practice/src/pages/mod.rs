//! What one screen shows, in one call: composed of the concepts, deciding nothing of its own.

pub mod client;
pub mod find;
pub mod list;
pub mod session;
mod store;
pub mod today;
pub mod trail;

use serde::{Deserialize, Serialize};

use crate::clients::Name;
use crate::consents::{self, ConsentStanding, Purpose};
use crate::error::{Result, Thing};
use crate::homework::{self, HomeworkStanding};
use crate::id::{ClientId, NoteId, SessionId};
use crate::sessions::plan::{self, PlanPoint};
use crate::sessions::{self, Around, BookedBy, Session};
use crate::store::Reader;
use crate::time::{Date, Instant};
use crate::words::Veiled;
use crate::{settings, summary};

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
///
/// # Errors
/// `NotFound`.
pub fn facts(r: &Reader, client: ClientId) -> Result<Facts> {
    let card = store::card(r, client)?.ok_or(crate::error::Refusal::NotFound { what: Thing::Client })?;
    let around = sessions::around(r, client, 0)?;
    facts_of(r, client, &card, &around, homework::standing(r, client)?)
}

/// The facts of a client of whom the rest is known already.
fn facts_of(r: &Reader, client: ClientId, card: &store::Card, around: &Around, homework: HomeworkStanding) -> Result<Facts> {
    let completed = around.completed;
    let last_completed = around.last_completed.as_ref().and_then(|last| {
        Some(LastCompleted {
            session: last.brief.id,
            note: last.brief.note.as_ref()?.id,
            starts_at: last.brief.starts_at,
            zone: last.zone.clone(),
            // The last of them: its number is how many there are, whoever is primary in it.
            number: completed,
            approved_at: last.approved_at?,
        })
    });
    Ok(Facts {
        client,
        name: card.name.clone(),
        started: card.started.map(|on| Started { on, derived: card.started_derived }),
        added_at: card.added_at,
        completed,
        last_completed,
        next_booked: around.next.as_ref().map(|next| NextBooked {
            session: next.brief.id,
            starts_at: next.brief.starts_at,
            zone: next.zone.clone(),
            minutes: next.minutes,
            booked_by: next.booked_by,
            booked_at: next.booked_at,
        }),
        homework,
        consent: consents::standing(r, client, Purpose::AutomaticNoteTaking)?,
        emergency_contacts: card.emergency_contacts,
    })
}

/// The facts of everyone in the room, the primary client first.
fn facts_of_all(r: &Reader, session: &Session) -> Result<Vec<Facts>> {
    session.participants.iter().map(|participant| facts(r, participant.id)).collect()
}

/// The last time in short, before the session that starts at `before`.
///
/// # Errors
/// Faults only.
pub fn last_time(r: &Reader, client: ClientId, before: Instant) -> Result<Option<LastTime>> {
    Ok(last_note(r, client, before)?.map(|last| last.in_short(r)))
}

fn last_note(r: &Reader, client: ClientId, before: Instant) -> Result<Option<store::LastNote>> {
    Ok(store::last_notes(r, &[(client, before)])?.pop().flatten())
}

impl store::LastNote {
    fn in_short(&self, r: &Reader) -> LastTime {
        LastTime {
            session: self.session,
            note: self.note,
            starts_at: self.starts_at,
            zone: self.zone.clone(),
            text: r.veil.optional(summary::in_short(&self.source)),
        }
    }
}

/// What stands beside a session: what to take up, and the last time.
struct Beside {
    plan: Vec<client::Point>,
    /// The plan is still that of the note of the session that started then.
    plan_from: Option<Instant>,
    last: Option<store::LastNote>,
}

impl Beside {
    /// Made when it is asked for: it reads the whole note.
    fn last_time(&self, r: &Reader) -> Option<LastTime> {
        self.last.as_ref().map(|last| last.in_short(r))
    }
}

/// What stands beside a session: the points written for it, or those of the last approved note's Plan.
fn beside(r: &Reader, session: SessionId, primary: Option<ClientId>, starts_at: Instant) -> Result<Beside> {
    let last = match primary {
        Some(primary) => last_note(r, primary, starts_at)?,
        None => None,
    };
    let written = plan::of(r, session)?;
    let (points, plan_from) = match &last {
        Some(last) if written.is_empty() => {
            let points = summary::plan_points(&last.source.sections).into_iter().map(|text| PlanPoint { text, done: false });
            (points.collect(), Some(last.starts_at))
        }
        _ => (written, None),
    };
    let plan: Vec<_> = points.into_iter().map(|point| client::Point::new(r, point)).collect();
    let plan_from = plan_from.filter(|_| !plan.is_empty());
    Ok(Beside { plan, plan_from, last })
}

fn beside_of(r: &Reader, session: &Session) -> Result<Beside> {
    beside(r, session.id, session.participants.first().map(|primary| primary.id), session.starts_at)
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
///
/// # Errors
/// Faults only.
pub fn frame(r: &Reader, discreet: bool) -> Result<Frame> {
    Ok(Frame {
        awaiting_approval: sessions::awaiting_count(r)?,
        discreet,
        is_sample: settings::practice(r)?.is_some_and(|practice| practice.is_sample),
        now: r.moment.at,
        zone: r.moment.zone.name().to_owned(),
    })
}

#[cfg(test)]
mod tests;
