//! Find: clients, and notes that mention it. Actions are the window's own.

use serde::{Deserialize, Serialize};

use super::list::{self, ClientFilter, ClientQuery, ClientSort, ToldApartBy};
use super::store;
use crate::clients::Name;
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
    /// How many notes in all.
    pub notes_total: u32,
    /// How many notes were searched.
    pub searched: u32,
}

/// A client whose name matches.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct FoundClient {
    /// Who.
    pub id: ClientId,
    /// Their name.
    pub name: Name,
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
    let mut clients = Vec::new();
    if !folded.is_empty() {
        for (filter, ended) in [(ClientFilter::Active, false), (ClientFilter::Ended, true)] {
            let limit = CLIENTS - u32::try_from(clients.len()).unwrap_or(CLIENTS);
            clients.extend(named(r, find, filter, limit)?.map(|row| FoundClient {
                id: row.id,
                name: row.name,
                told_apart_by: row.told_apart_by,
                started: row.started,
                next_booked: row.next_booked,
                ended,
            }));
        }
    }
    let letters = folded.chars().filter(|c| c.is_alphanumeric()).count();
    let (notes, notes_total) = if letters < LETTERS { (Vec::new(), 0) } else { search::notes(r, find, NOTES)? };
    Ok(Found { clients, notes, notes_total, searched: store::searched(r)? })
}

fn named(r: &Reader, find: &str, filter: ClientFilter, limit: u32) -> Result<impl Iterator<Item = list::ClientRow>> {
    let query = ClientQuery { filter, sort: ClientSort::Name, descending: false, find: find.to_owned(), offset: 0, limit };
    Ok(list::page(r, &query)?.rows.into_iter())
}
