//! What can be undone and redone: in memory only, while the records are open.

use practice::error::Refusal;
use practice::undo::Change;

use crate::failure::{Answer, Failure};

/// So many changes can be taken back, one after another: each holds its rows as they were and as they are.
const MOST: usize = 50;

/// The changes, newest last.
#[derive(Default)]
pub(super) struct Deeds {
    done: Vec<Change>,
    undone: Vec<Change>,
    /// Whether the newest change of all is the newest deed: only then is it offered.
    offered: bool,
}

impl Deeds {
    /// A change was made: it is offered, and what was undone before it is not redone any more.
    pub fn remember(&mut self, change: Change) {
        self.keep(change);
        self.undone.clear();
        self.offered = true;
    }

    /// Something changed that is not undone by itself: what came before it is offered no longer.
    pub fn pass(&mut self) {
        self.offered = false;
    }

    /// What is offered now, and whether it would be made again.
    pub fn offered(&self) -> Option<(&Change, bool)> {
        let again = self.undone.last().map(|change| (change, true));
        again.or_else(|| self.done.last().map(|change| (change, false))).filter(|_| self.offered)
    }

    /// Takes the newest back by `act`, while it is offered.
    pub fn undo(&mut self, act: impl FnOnce(&Change) -> Answer<()>) -> Answer<()> {
        self.is_offered()?;
        let change = self.done.pop().ok_or(Refusal::NothingToUndo)?;
        if let Err(failure) = act(&change) {
            self.offered = may_be_tried_again(&failure);
            self.done.push(change);
            return Err(failure);
        }
        self.offered = change.can_redo();
        if change.can_redo() {
            self.undone.push(change);
        }
        Ok(())
    }

    /// Makes what was taken back last again by `act`, while it is offered.
    pub fn redo(&mut self, act: impl FnOnce(&Change) -> Answer<()>) -> Answer<()> {
        self.is_offered()?;
        let change = self.undone.pop().ok_or(Refusal::NothingToUndo)?;
        if let Err(failure) = act(&change) {
            self.offered = may_be_tried_again(&failure);
            self.undone.push(change);
            return Err(failure);
        }
        self.keep(change);
        self.offered = true;
        Ok(())
    }

    fn is_offered(&self) -> Result<(), Refusal> {
        if self.offered { Ok(()) } else { Err(Refusal::NothingToUndo) }
    }

    fn keep(&mut self, change: Change) {
        if self.done.len() == MOST {
            self.done.remove(0);
        }
        self.done.push(change);
    }
}

/// A change that the disk kept from being taken back is still offered; one that was changed since is not.
fn may_be_tried_again(failure: &Failure) -> bool {
    !matches!(failure, Failure::Refused { refusal } if !matches!(refusal, Refusal::DiskFull | Refusal::ReadOnly))
}

#[cfg(test)]
mod tests {
    use practice::id::ImportId;
    use practice::undo::Target;
    use uuid::Uuid;

    use super::*;

    fn change(number: u128) -> Change {
        Change::of_import(ImportId(Uuid::from_u128(number)))
    }

    fn number(change: &Change) -> u128 {
        match change.target {
            Target::Import(id) => id.0.as_u128(),
            _ => panic!("another change"),
        }
    }

    #[test]
    fn the_newest_changes_alone_are_kept() {
        let mut deeds = Deeds::default();
        (0..1_000).for_each(|at| deeds.remember(change(at)));
        assert_eq!(deeds.done.len(), MOST);
        assert_eq!(deeds.offered().map(|(change, redo)| (number(change), redo)), Some((999, false)));
    }

    #[test]
    fn what_is_offered_no_longer_is_neither_undone_nor_forgotten() {
        let mut deeds = Deeds::default();
        deeds.remember(change(1));
        deeds.pass();
        assert!(deeds.undo(|_| panic!("it is not offered")).is_err());
        assert!(deeds.offered().is_none());
        assert_eq!(deeds.done.len(), 1);
    }

    #[test]
    fn a_change_that_the_disk_kept_from_being_taken_back_is_offered_again() {
        let mut deeds = Deeds::default();
        deeds.remember(change(1));
        assert!(deeds.undo(|_| Err(Refusal::DiskFull.into())).is_err());
        assert!(deeds.offered().is_some());
        assert!(deeds.undo(|_| Err(Refusal::ChangedSince.into())).is_err());
        assert!(deeds.offered().is_none());
    }
}
