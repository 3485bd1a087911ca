//! Weekly series: the same wall clock time week after week, through the changes of the clocks.

use serde::{Deserialize, Serialize};

use super::booking::{Move, Overlap};
use crate::error::Result;
use crate::id::SessionId;
use crate::store::Reader;
use crate::time::Instant;

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

/// What a move would do to the series of a session; `None` when it has none or is its last.
pub fn preview(r: &Reader, id: SessionId, to: &Move) -> Result<Option<SeriesMove>> {
    todo!()
}
