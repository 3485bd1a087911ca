//! Following the chain: whether the trail, and the text of every note, is what was once written.

use serde::{Deserialize, Serialize};

use super::store;
use crate::error::{Refusal, Result};
use crate::id::NoteId;
use crate::store::Reader;
use crate::time::Instant;

/// How many events pass between two questions whether to go on.
const OFTEN: i64 = 512;

/// What following the chain has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Verified {
    /// How many events there are.
    #[specta(type = u32)]
    pub events: i64,
    /// When the first of them was.
    pub since: Option<Instant>,
    /// The first event at which the chain does not hold: altered, or another before it is missing.
    #[specta(type = Option<u32>)]
    pub broken_at: Option<i64>,
    /// A note whose text is not what was written.
    pub altered_note: Option<NoteId>,
}

impl Verified {
    /// Whether all is as it was written.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.broken_at.is_none() && self.altered_note.is_none()
    }
}

/// Follows the chain of events from its beginning, and the versions of every note. `go_on` is told how many of how many events have
/// been followed.
///
/// # Errors
/// `Stopped`, and faults.
pub fn verify(r: &Reader, go_on: &mut dyn FnMut(u64, u64) -> bool) -> Result<Verified> {
    let events = store::events(r)?;
    let (mut last, mut end, mut since, mut broken_at) = (0, [0; 32], None, None);
    let mut ask = |done: i64| if go_on(done.unsigned_abs(), events.unsigned_abs()) { Ok(()) } else { Err(Refusal::Stopped) };
    store::walk(r, |link| {
        since = since.or(Some(link.at));
        if link.seq != last + 1 || link.previous != end || link.hash != link.computed {
            broken_at = Some(link.seq);
            return Ok(false);
        }
        (last, end) = (link.seq, link.hash);
        if last % OFTEN == 0 {
            ask(last)?;
        }
        Ok(true)
    })?;
    let altered_note = store::altered_note(r)?;
    ask(events)?;
    Ok(Verified { events, since, broken_at, altered_note })
}

#[cfg(test)]
mod tests;
