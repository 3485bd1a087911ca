//! What was read and changed of one client, newest first.

use serde::{Deserialize, Serialize};

use super::store::{card, trail as store};
use crate::audit::{self, Act, Followed};
use crate::clients::{Agreement, Name};
use crate::consents::{Decision, Purpose};
use crate::error::{Refusal, Result, Thing};
use crate::id::ClientId;
use crate::store::Reader;
use crate::time::{Date, Instant};

/// The most entries one answer holds.
const MOST: u32 = 200;

/// What kind of entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A profile or a note was looked at.
    Read,
    /// Something was written, booked, moved or cancelled.
    Written,
    /// An approval, its undoing, a mark of error.
    Approved,
    /// Identity, contacts, status or consent changed.
    Details,
    /// Contacts or details were disclosed.
    Shown,
}

/// One page of a client's part of the trail.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Trail {
    /// Whose.
    pub client: ClientId,
    /// Their name.
    pub name: Name,
    /// How many entries there are of each kind, whatever is asked for.
    pub counts: Vec<TrailCount>,
    /// When the first entry was made.
    pub since: Option<Instant>,
    /// Newest first.
    pub entries: Vec<TrailEntry>,
    /// There are more before the last of these.
    pub more: bool,
    /// When the record was last followed from its first entry, of whichever client, and what that showed.
    pub followed: Option<Followed>,
}

/// How many entries of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct TrailCount {
    /// The kind.
    pub kind: Kind,
    /// How many.
    pub count: u32,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct TrailEntry {
    /// Its number in the whole trail.
    pub number: u32,
    /// When.
    pub at: Instant,
    /// The therapist's date then, for the heads of days.
    pub on: Date,
    /// What happened.
    pub act: Act,
    /// What kind of entry it is.
    pub kind: Kind,
    /// The day of the session concerned, where one is.
    pub session_on: Option<Date>,
    /// What else the entry says.
    pub more: TrailMore,
}

/// What an entry says beside what happened: never a client's words. Its names are those of the trail itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(default)]
pub struct TrailMore {
    /// Which page was read, where that is not the profile or the note.
    pub page: Option<ReadPage>,
    /// The names of what was changed.
    pub fields: Vec<String>,
    /// How a change was agreed with the client.
    pub agreed: Option<Agreement>,
    /// What a consent is for.
    pub purpose: Option<Purpose>,
    /// What was decided.
    pub decision: Option<Decision>,
    /// How many sessions were booked in a row.
    pub times: Option<u32>,
}

/// A page of a client beside the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the pages' own names
pub enum ReadPage {
    Summary,
    History,
    Session,
}

/// A client's part of the trail: of one kind or of all, before the entry `before` where one is given. Nothing of this is a read that is
/// entered in the trail itself.
///
/// # Errors
/// `NotFound`.
pub fn trail(r: &Reader, client: ClientId, kind: Option<Kind>, before: Option<u32>) -> Result<Trail> {
    let name = card(r, client)?.ok_or(Refusal::NotFound { what: Thing::Client })?.name;
    let found = store::counts(r, client)?;
    let since = found.iter().map(|(_, _, first)| *first).min();
    let count = |kind| found.iter().filter(|(act, _, _)| kind_of(*act) == kind).map(|(_, count, _)| count).sum();
    let counts = KINDS.map(|kind| TrailCount { kind, count: count(kind) }).to_vec();
    let acts: Vec<Act> = found.iter().map(|(act, _, _)| *act).filter(|act| kind.is_none_or(|kind| kind_of(*act) == kind)).collect();
    let mut entries = Vec::new();
    for row in store::entries(r, client, &acts, before, MOST + 1)? {
        let on = row.at.in_zone(r.moment.zone).date();
        let (kind, more) = (kind_of(row.act), row.more);
        entries.push(TrailEntry { number: row.number, at: row.at, on, act: row.act, kind, session_on: row.session_on, more });
    }
    let more = entries.len() > MOST as usize;
    entries.truncate(MOST as usize);
    Ok(Trail { client, name, counts, since, entries, more, followed: audit::last_followed(r)? })
}

/// In the order of the declaration.
const KINDS: [Kind; 5] = [Kind::Read, Kind::Written, Kind::Approved, Kind::Details, Kind::Shown];

fn kind_of(act: Act) -> Kind {
    match act {
        Act::ClientRead | Act::NoteRead | Act::NotesSearched => Kind::Read,
        Act::NoteApproved | Act::ApprovalUndone | Act::AddendumApproved | Act::NoteEnteredInError => Kind::Approved,
        Act::ClientAdded
        | Act::ClientChanged
        | Act::ClientStatusChanged
        | Act::ContactAdded
        | Act::ContactChanged
        | Act::ContactMoved
        | Act::ContactRemoved
        | Act::ConsentRecorded
        | Act::ClientsImported
        | Act::ImportUndone => Kind::Details,
        Act::ContactsDisclosed | Act::DetailsDisclosed => Kind::Shown,
        _ => Kind::Written,
    }
}

#[cfg(test)]
mod tests;
