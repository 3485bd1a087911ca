//! The check of a copy: that it is whole, and that it is the one its manifest speaks of.

use std::collections::BTreeMap;
use std::path::Path;

use super::about::Manifest;
use super::failure::damaged;
use super::store::Copy;
use super::{Progress, Step, disk};
use crate::error::{NotUsed, Part};
use crate::vault::DatabaseKey;

/// SQLCipher's, SQLite's, every reference, and the trail.
const CHECKS: u64 = 4;
/// The tables whose rows are what a therapist would call a record.
const RECORDS: [&str; 9] =
    ["addenda", "clients", "consents", "contacts", "homework", "note_versions", "notes", "sessions", "summary_entries"];

/// How many records a copy has of which so many rows are in each table.
pub(super) fn records(counts: &BTreeMap<String, u64>) -> u64 {
    RECORDS.iter().filter_map(|table| counts.get(*table)).sum()
}

/// Opens the copy at `path` and checks all of it.
pub(super) fn verify(path: &Path, key: &DatabaseKey, manifest: &Manifest, progress: Progress) -> Result<(), NotUsed> {
    let copy = Copy::open(path, key)?;
    let facts = copy.facts()?;
    let kit = copy.kit()?.map(|kit| kit.slot);
    if (facts.vault, facts.mark.sequence, facts.schema, kit) != (manifest.vault_id, manifest.sequence, manifest.schema, Some(manifest.kit))
    {
        return Err(damaged(Part::Database));
    }
    check(&copy, progress)?;
    if (facts.mark.event, disk::hex(&facts.mark.head)) != (manifest.event, manifest.head.clone()) {
        return Err(damaged(Part::Trail));
    }
    let all = manifest.counts.values().sum();
    let counts = copy.counts(|done| progress(Step::Count, done, all))?;
    if counts == manifest.counts { Ok(()) } else { Err(damaged(Part::Count)) }
}

/// Checks a copy that was brought to another schema, and so has other counts than its manifest.
pub(super) fn verify_migrated(path: &Path, key: &DatabaseKey, progress: Progress) -> Result<(), NotUsed> {
    check(&Copy::open(path, key)?, progress)
}

/// That a copy is whole: its pages, its rows, its references and its trail.
pub(in crate::vault) fn check(copy: &Copy, progress: Progress) -> Result<(), NotUsed> {
    if !progress(Step::Check, 0, CHECKS) {
        return Err(NotUsed::Stopped);
    }
    if !copy.is_sound(|done| progress(Step::Check, done, CHECKS))? {
        return Err(damaged(Part::Database));
    }
    if !copy.trail_is_whole(&mut |_, _| progress(Step::Check, CHECKS - 1, CHECKS))? {
        return Err(damaged(Part::Trail));
    }
    if progress(Step::Check, CHECKS, CHECKS) { Ok(()) } else { Err(NotUsed::Stopped) }
}
