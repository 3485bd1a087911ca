//! Where backups go and what became of them, in the records: for the settings, and for whoever decides when the next is due.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{BackupFailure, Made, Tested, store};
use crate::audit::{self, Act, Event};
use crate::error::Result;
use crate::store::{Reader, Writer};
use crate::time::Instant;

const DAY: i64 = 24 * 60 * 60;
/// A place without a verified backup for so long is late.
const LATE: i64 = 7 * DAY;
/// A test restore is due each quarter.
const QUARTER: i64 = 92 * DAY;

/// Which of the two places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// On this computer.
    First,
    /// One that survives its loss.
    Second,
}

/// The backups, as the settings show them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Backups {
    /// First, then second, where they were chosen.
    pub places: Vec<BackupPlace>,
    /// The last test restore.
    pub last_test: Option<LastTest>,
    /// Whether there has been none this quarter.
    pub test_due: bool,
    /// Whether a backup was made before: the practice has long begun, and choosing its places is no step of its set-up any more.
    pub begun: bool,
}

/// A place and its backups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct BackupPlace {
    /// Which.
    pub place: Which,
    /// Its path.
    pub folder: String,
    /// What the user knows it as.
    pub label: String,
    /// The last verified backup there.
    pub last: Option<LastBackup>,
    /// Whether there is none, or something was written since it and it is more than seven days old: then the place needs the user.
    pub late: bool,
    /// Whether anything was written since it.
    pub changed_since: bool,
    /// When the folder was last there.
    pub seen_at: Option<Instant>,
    /// Why the last attempt failed, if it did.
    pub failure: Option<BackupFailure>,
}

/// A backup that was read back and checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct LastBackup {
    /// When it was made.
    pub verified_at: Instant,
    /// Its name.
    pub file: String,
    /// The number of the last commit in it.
    #[specta(type = u32)]
    pub sequence: i64,
    /// Its length.
    #[specta(type = u32)]
    pub bytes: u64,
    /// How many are kept there with it.
    pub kept: u32,
}

/// A test restore.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct LastTest {
    /// When.
    pub at: Instant,
    /// Of which file.
    pub file: String,
    /// How many records were counted.
    #[specta(type = u32)]
    pub records: u64,
}

/// The backups as they stand.
pub fn backups(r: &Reader) -> Result<Backups> {
    let (now, changes) = (r.moment.at, store::changes(r)?);
    let long_ago = |at: Option<Instant>, most| at.is_none_or(|at| at.plus_seconds(most) < now);
    let place = |row: store::Row| {
        let changed_since = row.last.is_none() || row.changes < changes;
        BackupPlace {
            late: changed_since && long_ago(row.last.as_ref().map(|last| last.verified_at), LATE),
            changed_since,
            place: row.place,
            folder: row.folder,
            label: row.label,
            last: row.last,
            seen_at: row.seen_at,
            failure: row.failure,
        }
    };
    let last_test = store::last_test(r)?.map(|(at, file, records)| LastTest { at, file, records });
    let places: Vec<BackupPlace> = store::places(r)?.into_iter().map(place).collect();
    Ok(Backups {
        begun: places.iter().any(|place| place.last.is_some()),
        places,
        test_due: long_ago(last_test.as_ref().map(|test| test.at), QUARTER),
        last_test,
    })
}

/// The number of the last commit in the open records, as that of a backup.
///
/// # Errors
/// Faults only.
pub fn sequence(r: &Reader) -> Result<i64> {
    store::sequence(r)
}

/// Chooses a place, or with no folder does without it. What was known of the folder before is forgotten; the files there stay.
pub fn set_place(w: &mut Writer, which: Which, folder: Option<&str>, label: &str) -> Result<()> {
    match folder {
        Some(folder) => store::set_place(w, which, folder, label)?,
        None => store::forget_place(w, which)?,
    }
    // The path may hold names: it is not said in the trail.
    audit::record(w, &event(Act::BackupPlaceChanged, which).with(json!({ "place": which, "chosen": folder.is_some() })))
}

/// Enters a backup that was made. In a transaction of its own: it does not count as a change.
pub fn made(w: &mut Writer, which: Which, made: &Made) -> Result<()> {
    store::set_made(w, which, made)?;
    store::count_own(w)?;
    audit::record(w, &event(Act::BackupMade, which).with(json!({ "place": which, "file": made.file, "sequence": made.sequence })))
}

/// Enters one that was not, once for as long as the reason stays the same. In a transaction of its own.
pub fn failed(w: &mut Writer, which: Which, failure: &BackupFailure) -> Result<()> {
    let before = store::place(w, which)?.and_then(|row| row.failure);
    store::set_failed(w, which, failure)?;
    store::count_own(w)?;
    if before.is_some_and(|before| std::mem::discriminant(&before) == std::mem::discriminant(failure)) {
        return Ok(());
    }
    audit::record(w, &event(Act::BackupFailed, which).with(json!({ "place": which, "failure": failure })))
}

/// Enters that the folder of a place is there. In a transaction of its own.
pub fn seen(w: &mut Writer, which: Which) -> Result<()> {
    store::set_seen(w, which)?;
    store::count_own(w)
}

/// Enters a test restore. In a transaction of its own.
pub fn tested(w: &mut Writer, tested: &Tested) -> Result<()> {
    let id = w.id();
    store::set_tested(w, id, tested)?;
    store::count_own(w)?;
    let detail = json!({ "file": tested.file, "sequence": tested.about.sequence, "records": tested.records });
    audit::record(w, &Event::new(Act::RestoreTested, "backup", None, None).with(detail))
}

fn event(act: Act, which: Which) -> Event {
    let subject = match which {
        Which::First => "first place",
        Which::Second => "second place",
    };
    Event::new(act, subject, None, None)
}
