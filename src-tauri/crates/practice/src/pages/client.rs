//! The client profile and the page of details and contacts.

use serde::{Deserialize, Serialize};

use super::list::{self, ClientQuery, Place};
use super::{Facts, beside, facts_of, store};
use crate::audit::{self, Act, Event};
use crate::clients::contacts::{self, Contact};
use crate::clients::{self, ClientDetails, ClientStatus, LastChange};
use crate::error::{Refusal, Result, Thing};
use crate::homework::{self, BriefHomework};
use crate::id::ClientId;
use crate::sessions::plan::PlanPoint;
use crate::sessions::{self, BriefSession, Near};
use crate::store::{Reader, Writer};
use crate::summary::{self, Summary};
use crate::time::Instant;
use crate::words::Veiled;

/// Everything on the profile.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Profile {
    /// The band.
    pub facts: Facts,
    /// Where they stand.
    pub status: ClientStatus,
    /// Now.
    pub now: Instant,
    /// "she/her".
    pub pronouns: String,
    /// Called.
    pub preferred_name: Option<Veiled>,
    /// One name only.
    pub single_name: bool,
    /// First phone; `None`: not given.
    pub phone: Option<Veiled>,
    /// First email; `None`: not given.
    pub email: Option<Veiled>,
    /// The weekly rhythm of the next booked series: its start, weeks, kind.
    pub rhythm: Option<Rhythm>,
    /// The summary.
    pub summary: Summary,
    /// The next booked session.
    pub upcoming: Option<BriefSession>,
    /// Its plan points.
    pub plan: Vec<Point>,
    /// Open homework, worst first; or the last one ended, alone.
    pub homework: Vec<BriefHomework>,
    /// The five newest past sessions.
    pub recent: Vec<BriefSession>,
    /// Past sessions in all.
    pub past: u32,
    /// A draft awaiting approval, newest first.
    pub awaiting: Vec<BriefSession>,
    /// Where the client stands in the list they were opened from.
    pub place: Place,
}

/// A plan point as given out.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Point {
    /// What.
    pub text: Veiled,
    /// It was taken up.
    pub done: bool,
}

impl Point {
    /// A point under a veil.
    #[must_use]
    pub fn new(r: &Reader, point: PlanPoint) -> Self {
        Self { text: r.veil.text(point.text), done: point.done }
    }
}

/// "Weekly, Thursdays at 12:00".
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Rhythm {
    /// 1 is weekly.
    pub every_weeks: u32,
    /// A start in it, which says weekday and time.
    pub starts_at: Instant,
    /// Its zone.
    pub zone: String,
    /// How it takes place.
    pub kind: crate::sessions::SessionKind,
}

/// Past sessions on the profile itself; the others are in the history.
const RECENT: u32 = 5;

/// The profile. The read is entered in the trail.
///
/// # Errors
/// `NotFound`.
pub fn profile(r: &Reader, id: ClientId, within: &ClientQuery) -> Result<Profile> {
    let card = store::card(r, id)?.ok_or(NOT_FOUND)?;
    let around = sessions::around(r, id, RECENT)?;
    let (standing, homework) = homework::standing_and_brief(r, id)?;
    let facts = facts_of(r, id, &card, &around, standing)?;
    let sessions::Around { next: upcoming, recent, awaiting, past, .. } = around;
    let plan = match &upcoming {
        Some(next) => beside(r, next.brief.id, next.primary, next.brief.starts_at)?.plan,
        None => Vec::new(),
    };
    let profile = Profile {
        facts,
        status: card.status,
        now: r.moment.at,
        pronouns: card.pronouns,
        preferred_name: r.veil.optional(card.preferred_name),
        single_name: card.single_name,
        phone: r.veil.optional(card.phone),
        email: r.veil.optional(card.email),
        rhythm: rhythm(r, upcoming.as_ref())?,
        summary: summary::of(r, id)?,
        upcoming: upcoming.map(|next| next.brief),
        plan,
        homework: on_profile(homework),
        recent,
        past,
        awaiting,
        place: list::place(r, id, within)?,
    };
    r.was_read(Event::new(Act::ClientRead, "client", Some(id.0), Some(id)));
    Ok(profile)
}

const NOT_FOUND: Refusal = Refusal::NotFound { what: Thing::Client };

fn rhythm(r: &Reader, upcoming: Option<&Near>) -> Result<Option<Rhythm>> {
    let Some((next, series)) = upcoming.and_then(|next| Some((next, next.series?))) else { return Ok(None) };
    let usual = store::rhythm(r, series, next.brief.starts_at)?;
    Ok(Some(Rhythm { every_weeks: usual.every_weeks, starts_at: usual.starts_at, zone: usual.zone, kind: next.kind }))
}

/// A client's open homework, worst first.
///
/// # Errors
/// Faults only.
pub(super) fn open_homework(r: &Reader, client: ClientId) -> Result<Vec<BriefHomework>> {
    Ok(open(homework::standing_and_brief(r, client)?.1).0)
}

/// Those that are open, worst first; and the others.
fn open(all: Vec<BriefHomework>) -> (Vec<BriefHomework>, Vec<BriefHomework>) {
    let (mut open, ended): (Vec<_>, Vec<_>) = all.into_iter().partition(|homework| homework.state.open());
    open.sort_by_key(|homework| homework.due_on.unwrap_or(crate::time::Date::MAX));
    (open, ended)
}

/// Open homework; or the last one ended, alone.
fn on_profile(all: Vec<BriefHomework>) -> Vec<BriefHomework> {
    let (open, ended) = open(all);
    // Of those ended on one day the first listed, which is the newest.
    let last = |ended: Vec<BriefHomework>| ended.into_iter().rev().max_by_key(|homework| homework.state_on);
    if open.is_empty() { last(ended).into_iter().collect() } else { open }
}

/// Details and contacts, given out whole; in discreet mode nothing but the name.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct DetailsPage {
    /// At a glance.
    pub facts: Facts,
    /// `None` in discreet mode.
    pub details: Option<ClientDetails>,
    /// Empty in discreet mode.
    pub contacts: Vec<Contact>,
    /// When this was shown.
    pub shown_at: Instant,
    /// The last agreed change.
    pub last_change: Option<LastChange>,
}

/// Details and contacts: a disclosure, entered in the trail by the caller's transaction. In discreet mode nothing is disclosed.
///
/// # Errors
/// `NotFound`.
pub fn details(w: &mut Writer, id: ClientId) -> Result<DetailsPage> {
    let facts = super::facts(w, id)?;
    let discreet = w.veil.hides();
    if !discreet {
        audit::record(w, &Event::new(Act::DetailsDisclosed, "client", Some(id.0), Some(id)))?;
    }
    Ok(DetailsPage {
        facts,
        details: if discreet { None } else { Some(clients::details(w, id)?) },
        contacts: if discreet { Vec::new() } else { contacts::of(w, id)? },
        shown_at: w.moment.at,
        last_change: clients::last_change(w, id)?,
    })
}
