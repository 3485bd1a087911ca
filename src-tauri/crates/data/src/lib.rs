//! The data sets by which speed is measured: *year*, *career* and *ten*, made by a seeded generator through the core's own operations.
//!
//! A data set is a folder: `records/` (a vault like any other, with a passphrase), `store.json` (what the password store would keep for
//! it) and `data.json` (what is in it). Everybody in it is invented, so that its secrets may lie beside it.

mod chance;
mod life;
mod people;
mod stock;
mod text;

pub use life::make;
pub use stock::{About, PASSPHRASE, Stock};

/// How much is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Set {
    /// The word for it.
    pub name: &'static str,
    /// Clients, ended ones included.
    pub clients: u32,
    /// Booked sessions, those ahead and those that were cancelled included.
    pub sessions: u32,
    /// Bytes of note text a held session, at the middle.
    pub note_bytes: u32,
    /// Over so many weeks.
    pub weeks: u32,
}

/// Those there are, from the first year to ten careers. In *ten* the years before the last two hold what ten careers would, brought together; the
/// present caseload is one therapist's in all three.
pub const SETS: [Set; 3] = [
    Set { name: "year", clients: 60, sessions: 1_150, note_bytes: 3_100, weeks: 52 },
    Set { name: "career", clients: 3_000, sessions: 40_000, note_bytes: 5_450, weeks: 30 * 52 },
    Set { name: "ten", clients: 30_000, sessions: 400_000, note_bytes: 5_450, weeks: 30 * 52 },
];

/// What a test can wait for.
pub const WEEKS: Set = Set { name: "weeks", clients: 34, sessions: 120, note_bytes: 4_000, weeks: 4 };

impl Set {
    /// The set of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        SETS.into_iter().find(|set| set.name == name)
    }
}

#[cfg(test)]
mod tests;
