//! The client profile and the page of details and contacts.

use serde::{Deserialize, Serialize};

use super::Facts;
use crate::clients::contacts::Contact;
use crate::clients::list::{ClientQuery, Place};
use crate::clients::{ClientDetails, ClientStatus, LastChange};
use crate::error::Result;
use crate::homework::Homework;
use crate::id::ClientId;
use crate::sessions::Session;
use crate::sessions::plan::PlanPoint;
use crate::store::Reader;
use crate::summary::Summary;
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
    /// The next booked session, whole.
    pub upcoming: Option<Session>,
    /// Its plan points.
    pub plan: Vec<Point>,
    /// Open homework, worst first; or the last one ended, alone.
    pub homework: Vec<Homework>,
    /// The five newest past sessions.
    pub recent: Vec<Session>,
    /// Past sessions in all.
    pub past: u32,
    /// A draft awaiting approval, newest first.
    pub awaiting: Vec<Session>,
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

/// The profile. The read is entered in the trail.
pub fn profile(r: &Reader, id: ClientId, within: &ClientQuery) -> Result<Profile> {
    todo!()
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

/// Details and contacts: a disclosure, entered in the trail by the caller's transaction.
pub fn details(w: &mut crate::store::Writer, id: ClientId) -> Result<DetailsPage> {
    todo!()
}
