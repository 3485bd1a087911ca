//! Backups in SQL: what a copy says of itself, and what became of the backups of each place.

mod copy;
mod places;

pub(in crate::vault) use copy::{Copy, Facts};
pub(super) use copy::{changes, restored, sequence};
pub(super) use places::{Row, count_own, forget_place, last_test, place, places, set_failed, set_made, set_place, set_seen, set_tested};
