//! Find: clients, and notes that mention it. Actions are the window's own.

use serde::{Deserialize, Serialize};

use super::list::{ListedName, ToldApartBy};
use super::store;
use crate::error::Result;
use crate::id::ClientId;
use crate::notes::search::{self, FoundNote};
use crate::store::Reader;
use crate::time::{Date, Instant};
use crate::words::fold;

/// What was found.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Found {
    /// Clients whose names match, at most eight; ended ones last.
    pub clients: Vec<FoundClient>,
    /// Notes that mention it, at most six; none for fewer than three letters.
    pub notes: Vec<FoundNote>,
    /// How many notes, counted no further than a hundred.
    pub notes_total: u32,
    /// There are more.
    pub notes_more: bool,
    /// How many notes were searched.
    pub searched: u32,
}

/// A client whose name matches.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct FoundClient {
    /// Who.
    pub id: ClientId,
    /// Their name.
    pub name: ListedName,
    /// Where two would look alike.
    pub told_apart_by: Option<ToldApartBy>,
    /// Start of therapy.
    pub started: Option<Date>,
    /// Next booked session.
    pub next_booked: Option<Instant>,
    /// Discharged or archived.
    pub ended: bool,
}

/// Clients shown.
const CLIENTS: u32 = 8;
/// Notes shown.
const NOTES: u32 = 6;
/// Fewer letters are in nearly every note.
const LETTERS: usize = 3;

/// Finds clients and notes.
///
/// # Errors
/// Faults only.
pub fn of(r: &Reader, find: &str) -> Result<Found> {
    let folded = fold(find);
    let named = if folded.is_empty() { Vec::new() } else { store::list::named(r, find, CLIENTS)? };
    let clients = named.into_iter().map(|(row, current)| FoundClient {
        id: row.id,
        name: row.name,
        told_apart_by: row.told_apart_by,
        started: row.started,
        next_booked: row.next_booked,
        ended: !current,
    });
    let letters = folded.chars().filter(|c| c.is_alphanumeric()).count();
    // A word of too few letters is not looked for.
    let (notes, many) = search::notes(r, if letters < LETTERS { "" } else { find }, NOTES)?;
    Ok(Found { clients: clients.collect(), notes, notes_total: many.count, notes_more: many.more, searched: store::searched(r)? })
}
