//! What is done beside the therapist, so that nobody waits for it: what was read is entered in the trail, what was typed is let into the
//! search index once the keyboard rests, and while nothing is written at all the index is put in order and the log is folded.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use practice::error::Result;
use practice::notes::{drafts, search};
use practice::words::Veil;

use super::{App, Open, lock, new_id, tick};
use crate::failure::Failure;

/// For so many seconds nothing was typed in a draft before search is let find it.
const TYPED: i64 = 2;
/// What failed is left alone for so long: the disk that refused it a moment ago refuses it still, and the log is not there to be filled.
const AGAIN: Duration = Duration::from_secs(60);

/// Each by itself: where one fails the others go on.
#[derive(Default)]
pub(super) struct Chores {
    entering: Chore,
    indexing: Chore,
    merging: Chore,
    folding: Chore,
}

/// Something that is done again and again.
#[derive(Default)]
struct Chore {
    not_before: Mutex<Option<Instant>>,
}

impl Chore {
    /// Does it, unless it failed a moment ago.
    fn turn(&self, now: Instant, act: impl FnOnce() -> Result<()>) {
        let mut not_before = lock(&self.not_before);
        if not_before.is_none_or(|time| time <= now) {
            // The failure has its reference in the log.
            *not_before = act().map_err(Failure::from).is_err().then(|| now + AGAIN);
        }
    }
}

impl App {
    /// What is due now. Nothing is, while the records are behind and nobody has yet said to go on.
    pub(super) fn tend(&self) {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        let Some(open) = open.as_ref().filter(|open| lock(&open.behind).is_none()) else { return };
        let (chores, now) = (&open.chores, tick().steady);
        chores.entering.turn(now, || open.enter_reads());
        chores.indexing.turn(now, || open.index_drafts());
        if open.records.is_at_rest() {
            chores.merging.turn(now, || open.merge_index());
            chores.folding.turn(now, || open.records.make_room().and_then(|()| open.records.fold().map(drop)));
        }
    }

    /// Enters what was read in the trail, for the last time.
    pub(super) fn flush_reads(&self) {
        if let Some(open) = self.open.read().unwrap_or_else(PoisonError::into_inner).as_ref() {
            // Where this fails they are not entered; the failure has its reference in the log.
            let _logged = open.enter_reads().map_err(Failure::from);
        }
    }
}

impl Open {
    fn enter_reads(&self) -> Result<()> {
        self.records.flush_reads(self.moment(), &mut new_id)
    }

    /// One at a time; the next with the next turn.
    fn index_drafts(&self) -> Result<()> {
        let moment = self.moment();
        let until = moment.at.plus_seconds(-TYPED);
        if self.records.read(moment, Veil::Open, |r| drafts::is_any_to_index(r, until))? {
            self.records.write(moment, Veil::Open, &mut new_id, |w| drafts::index_one(w, until))?;
        }
        Ok(())
    }

    /// A little at a time; more once nothing was written again.
    fn merge_index(&self) -> Result<()> {
        let moment = self.moment();
        if self.records.read(moment, Veil::Open, search::is_to_merge)? {
            self.records.write(moment, Veil::Open, &mut new_id, search::merge)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use practice::error::Refusal;

    use super::*;

    #[test]
    fn what_failed_is_tried_again_a_minute_later() {
        let (chore, begun) = (Chore::default(), tick().steady);
        let mut tries = Vec::new();
        for second in 0..200 {
            chore.turn(begun + Duration::from_secs(second), || {
                tries.push(second);
                if tries.len() < 3 { Err(Refusal::DiskFull.into()) } else { Ok(()) }
            });
        }
        assert_eq!(tries[..4], [0, 60, 120, 121]);
    }
}
