//! Backups: one file each, that opens with the recovery code and with nothing else.
//!
//! A backup is an uncompressed tar of four parts, always in this order:
//!
//! | part | what it is |
//! |---|---|
//! | `READ-ME.txt` | how to open it without this program |
//! | `about.json` | whose records, when, how far they had come: no word of a client |
//! | `identity.age` | the kit's `age` identity, encrypted with the recovery code |
//! | `content.age` | encrypted to that identity: a tar of `manifest.json`, `manifest.mac`, `recovery.json`, `key.txt`, `practice.db` |
//!
//! So one can be made without the recovery code, and read by stock programs with it. Nothing in it is believed before it has proved
//! itself: the code opens the recovery slot, the slot gives the key, the key seals the manifest, and the manifest has the hash of
//! every other part. Who knows only to whom backups are encrypted can make nothing that opens.
//!
//! A backup counts only once the written file was decrypted again and the records in it were checked. Until then it has another name.

mod about;
mod container;
pub(super) mod disk;
mod failure;
mod keep;
mod make;
mod name;
mod places;
mod restore;
pub(super) mod store;
pub(super) mod swap;
#[cfg(test)]
mod tests;
mod try_out;
mod unpack;
pub(super) mod verify;

use serde::Serialize;

pub use crate::error::{BackupFailure, NotUsed, Part};
pub use about::AboutBackup;
pub use disk::free;
pub use keep::{Found, list, prune, to_offer};
pub use make::{Made, make};
pub use places::{BackupPlace, Backups, LastBackup, LastTest, Which, backups, failed, made, seen, sequence, set_place, tested};
pub use restore::{After, Restored, Wanted, restore};
pub use swap::swap;
pub(super) use swap::{is_begun, settle, sweep_rotated};
pub use try_out::{Tested, test_restore};
pub use unpack::inspect;

/// What is being done, for whoever waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The records are copied, in bytes.
    Copy,
    /// The backup is written, in bytes.
    Write,
    /// The backup is decrypted and compared with its seal, in bytes.
    ReadBack,
    /// The records in it are opened and checked, in checks.
    Check,
    /// What is in them is counted, in records.
    Count,
}

/// Told how far a step has come, as so much of so much; answers whether to go on. Where it does not, nothing is left behind.
pub type Progress<'p> = &'p mut dyn FnMut(Step, u64, u64) -> bool;
