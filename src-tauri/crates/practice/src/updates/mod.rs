//! Newer versions of the program: whether they are looked for, every request that was made for it, and when one may be installed.
//!
//! Nothing is looked for until that is turned on, and then once on each of the therapist's days. A request is entered before it goes out
//! and what came of it after, so that none is made which is not here. Nothing in them is about a client.

mod store;

use chrono::Days;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::audit::{self, Act, Event};
use crate::error::{NotUpdated, Refusal, Result};
use crate::id::RequestId;
use crate::sessions::{self, SessionState};
use crate::store::{Reader, Writer};
use crate::time::Instant;

/// Longer than any session: whatever is running began since.
const LONGEST: i64 = 24 * 60 * 60;

/// What a request was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Sent {
    /// Which version is current.
    Look,
    /// A newer one, because the user wanted it.
    Download,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    /// There is nothing newer.
    Current,
    /// There is.
    Newer,
    /// There is, but not for this system.
    NoPackage,
    /// Something that says nothing of versions.
    Unreadable,
    /// To ask elsewhere; that is a request of its own.
    Moved,
    /// To ask elsewhere, unencrypted. It was not asked there.
    Insecure,
    /// The package, whole and signed.
    Downloaded,
    /// A package that was thrown away: it, or its signature, is not as it should be.
    Rejected,
    /// The beginning of a package, and then nothing more.
    BrokenOff,
    /// Nothing whole: it was stopped by the user.
    Stopped,
}

/// A request to the network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct UpdateRequest {
    /// Its id.
    pub id: RequestId,
    /// When it was about to go out.
    pub at: Instant,
    /// To whom.
    pub host: String,
    /// What for.
    pub sent: Sent,
    /// The version that asked: with `system`, all that was sent.
    pub version: String,
    /// The kind of system.
    pub system: String,
    /// What came of it; none where nobody answered.
    pub answer: Option<Answered>,
    /// The version that was named.
    pub newer: Option<String>,
    /// The length of what was downloaded.
    #[specta(type = Option<u32>)]
    pub bytes: Option<u64>,
}

/// The requests that were made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct UpdateRequests {
    /// How many in all.
    pub count: u32,
    /// The newest of them, newest first.
    pub newest: Vec<UpdateRequest>,
}

/// A request that is about to go out.
#[derive(Clone, Copy, Debug)]
pub struct Outgoing<'a> {
    /// To whom.
    pub host: &'a str,
    /// What for.
    pub sent: Sent,
    /// The version that asks.
    pub version: &'a str,
    /// The kind of system.
    pub system: &'a str,
}

/// Since when newer versions are looked for; none while they are not.
///
/// # Errors
/// Faults only.
pub fn looking_since(r: &Reader) -> Result<Option<Instant>> {
    store::since(r)
}

/// Turns looking for newer versions on or off. What was announced before is forgotten with it.
///
/// # Errors
/// Faults only.
pub fn set_looking(w: &mut Writer, on: bool) -> Result<()> {
    if store::since(w)?.is_some() == on {
        return Ok(());
    }
    store::set_since(w, on.then_some(w.moment.at))?;
    let act = if on { Act::UpdatesTurnedOn } else { Act::UpdatesTurnedOff };
    audit::record(w, &Event::new(act, "updates", None, None))
}

/// Whether it is time to look: where that is on and was not done yet on the therapist's today, whatever came of it.
///
/// # Errors
/// Faults only.
pub fn is_due(r: &Reader) -> Result<bool> {
    if store::since(r)?.is_none() {
        return Ok(false);
    }
    let today = r.moment.today();
    let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
    Ok(!store::looked_between(r, r.moment.start_of(today), r.moment.start_of(tomorrow))?)
}

/// How many requests were made, and the newest, `most` of them.
///
/// # Errors
/// Faults only.
pub fn requests(r: &Reader, most: u32) -> Result<UpdateRequests> {
    Ok(UpdateRequests { count: store::count(r)?, newest: store::newest(r, most)? })
}

/// Enters a request that goes out next.
///
/// # Errors
/// Faults only.
pub fn begin_request(w: &mut Writer, outgoing: &Outgoing) -> Result<RequestId> {
    let id = RequestId(w.id());
    store::insert(w, id, outgoing)?;
    Ok(id)
}

/// Enters what came of a request: once, the first time.
///
/// # Errors
/// Faults only.
pub fn answered(w: &mut Writer, id: RequestId, answer: Answered, newer: Option<&str>, bytes: Option<u64>) -> Result<()> {
    store::answer(w, id, answer, newer, bytes)
}

/// What the last look was told of a newer version, word for word.
///
/// # Errors
/// Faults only.
pub fn announced(r: &Reader) -> Result<Option<Value>> {
    store::announced(r)
}

/// Keeps what a look was told of a newer version, or that there is none. Where looking was turned off meanwhile, nothing is kept.
///
/// # Errors
/// Faults only.
pub fn set_announced(w: &mut Writer, announced: Option<&Value>) -> Result<()> {
    store::set_announced(w, announced)
}

/// Refuses while a session is running: the window would close over it.
///
/// # Errors
/// `NoUpdate` with `SessionNow`.
pub fn may_install(r: &Reader) -> Result<()> {
    let now = r.moment.at;
    let which = sessions::Which::Between { from: now.plus_seconds(-LONGEST), to: Instant(now.0 + 1) };
    let running = sessions::load(r, which)?.into_iter().filter(|session| session.state == SessionState::InProgress);
    match running.map(|session| session.starts_at.plus_minutes(session.minutes)).max() {
        Some(ends_at) => Err(Refusal::NoUpdate { why: NotUpdated::SessionNow { ends_at } }.into()),
        None => Ok(()),
    }
}

/// Enters that the installer is about to put another version in the place of this one.
///
/// # Errors
/// `NoUpdate` with `SessionNow`.
pub fn begin_installing(w: &mut Writer, from: &str, version: &str) -> Result<()> {
    may_install(w)?;
    audit::record(w, &Event::new(Act::UpdateBegun, "updates", None, None).with(json!({ "from": from, "version": version })))
}

/// Enters that it did not.
///
/// # Errors
/// Faults only.
pub fn not_installed(w: &mut Writer, version: &str) -> Result<()> {
    audit::record(w, &Event::new(Act::UpdateFailed, "updates", None, None).with(json!({ "version": version })))
}

#[cfg(test)]
mod tests;
