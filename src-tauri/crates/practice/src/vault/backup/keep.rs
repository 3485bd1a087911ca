//! Which backups a folder has, and which of them are kept.
//!
//! Kept are all of the last two days, the last of each of twelve days, of ten weeks and of twenty-four months. Days are counted only
//! if they have a backup, from the newest backward, and newest means most commits: neither a clock that was wrong nor a long holiday
//! takes one away. Nothing is taken away but whole backups of these records under names that we write.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fs;
use std::hash::Hash;
use std::path::Path;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::{AboutBackup, BackupFailure, NotUsed, disk, inspect, name};
use crate::time::Instant;

const ALL_OF_DAYS: usize = 2;
const DAYS: usize = 12;
const WEEKS: usize = 10;
const MONTHS: usize = 24;
/// Never fewer than these.
const FEWEST: usize = 3;

/// A file with the name of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Found {
    /// Its name in the folder.
    pub file: String,
    /// Its length.
    #[specta(type = u32)]
    pub bytes: u64,
    /// The number of the last commit in it, by its name.
    #[specta(type = u32)]
    pub sequence: i64,
    /// What it says of itself.
    pub about: Option<AboutBackup>,
    /// Why it says nothing, or nothing that can be believed.
    pub not_used: Option<NotUsed>,
}

/// The files in `folder` that have the name of a backup, the newest first; with `vault`, those of these records and those that do
/// not say whose they are.
///
/// # Errors
/// `Missing` if the folder is not there, or the file system's own.
pub fn list(folder: &Path, vault: Option<Uuid>) -> Result<Vec<Found>, NotUsed> {
    let entries = fs::read_dir(folder).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => NotUsed::Missing,
        _ => error.into(),
    })?;
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let Ok(file) = entry.file_name().into_string() else { continue };
        let Some(sequence) = name::sequence(&file) else { continue };
        let read = match inspect(&entry.path()) {
            // One that was renamed to look newer or older than it is.
            Ok(about) if about.sequence != sequence => Err(NotUsed::Damaged { part: super::Part::About }),
            read => read,
        };
        let (about, not_used) = match read {
            Ok(about) => (Some(about), None),
            Err(why) => (None, Some(why)),
        };
        if vault.is_none() || about.as_ref().is_none_or(|about| Some(about.vault) == vault) {
            found.push(Found { bytes: disk::length(&entry.path())?, file, sequence, about, not_used });
        }
    }
    found.sort_by(|one, other| (other.sequence, &other.file).cmp(&(one.sequence, &one.file)));
    Ok(found)
}

impl Found {
    /// How many commits it has beyond records that end with the commit `ended`; none where it has not one more.
    #[must_use]
    pub fn beyond(&self, ended: i64) -> Option<i64> {
        Some(self.sequence - ended).filter(|beyond| *beyond > 0)
    }
}

/// The backup to offer in the place of records that are behind: of those that can be used, the one that goes furthest beyond the last
/// commit that they have, `ended`; where two go as far, the earlier in `found`. Where the records went another way altogether there is
/// no `ended`: their commits cannot be counted against those of a backup, and none is offered.
#[must_use]
pub fn to_offer<'f>(found: impl IntoIterator<Item = &'f Found>, ended: Option<i64>) -> Option<usize> {
    let beyond = found.into_iter().map(|one| if one.not_used.is_none() { one.beyond(ended?) } else { None });
    let (furthest, at) = beyond.enumerate().map(|(at, beyond)| (beyond, Reverse(at))).max()?;
    furthest.map(|_| at.0)
}

/// The names of those that are not kept, of the backups of `vault` among `found`.
#[must_use]
pub fn prune(found: &[Found], vault: Uuid) -> Vec<String> {
    let mut ours: Vec<(&Found, NaiveDate)> = found
        .iter()
        .filter(|one| name::sequence(&one.file) == Some(one.sequence) && one.not_used.is_none())
        .filter_map(|one| one.about.as_ref().filter(|about| about.vault == vault).map(|about| (one, day(about.made_at))))
        .collect();
    ours.sort_by(|(one, _), (other, _)| (other.sequence, &other.file).cmp(&(one.sequence, &one.file)));
    let mut kept: BTreeSet<usize> = (0..ours.len().min(FEWEST)).collect();
    let days: Vec<NaiveDate> = ours.iter().map(|(_, day)| *day).collect();
    let recent: Vec<NaiveDate> = firsts(&days, |day| *day, ALL_OF_DAYS).into_iter().map(|at| days[at]).collect();
    kept.extend((0..days.len()).filter(|at| recent.contains(&days[*at])));
    kept.extend(firsts(&days, |day| *day, DAYS));
    kept.extend(firsts(&days, |day| (day.iso_week().year(), day.iso_week().week()), WEEKS));
    kept.extend(firsts(&days, |day| (day.year(), day.month()), MONTHS));
    ours.iter().enumerate().filter(|(at, _)| !kept.contains(at)).map(|(_, (one, _))| one.file.clone()).collect()
}

/// Where each of the first `most` different spans begins.
fn firsts<S: Eq + Hash>(days: &[NaiveDate], span: impl Fn(&NaiveDate) -> S, most: usize) -> Vec<usize> {
    let mut seen = std::collections::HashSet::new();
    (0..days.len()).filter(|at| seen.insert(span(&days[*at]))).take(most).collect()
}

fn day(at: Instant) -> NaiveDate {
    DateTime::<Utc>::from_timestamp_millis(at.0).unwrap_or_default().date_naive()
}

/// Takes away what is not kept, but for `spare`. Gives how many there are now, and how many were taken away.
pub(super) fn tidy(folder: &Path, vault: Uuid, spare: Option<&Path>) -> Result<(u32, u32), BackupFailure> {
    let found = list(folder, Some(vault))?;
    let mut gone = prune(&found, vault);
    gone.retain(|file| Some(folder.join(file).as_path()) != spare);
    for file in &gone {
        fs::remove_file(folder.join(file))?;
    }
    if !gone.is_empty() {
        disk::sync_folder(folder)?;
    }
    let whole = found.iter().filter(|one| one.about.is_some()).count() - gone.len();
    Ok((u32::try_from(whole).unwrap_or(u32::MAX), u32::try_from(gone.len()).unwrap_or(u32::MAX)))
}
