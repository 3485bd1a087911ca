//! Restoring: into a new folder, proved, opened, checked and brought up to date there, before the records that are here are touched.

use std::fs;
use std::path::Path;

use chrono::DateTime;
use serde::Serialize;
use uuid::Uuid;

use super::disk::{self, PassingFolder};
use super::failure::damaged;
use super::unpack::{Opener, Unpacked, unpack};
use super::{AboutBackup, Progress, inspect, name, store, swap, verify};
use crate::error::{NotUsed, Part};
use crate::store::anchor::{Anchor, Mark};
use crate::store::{Identity, open};
use crate::time::{Instant, Moment};
use crate::vault::file::{Database, VaultFile};
use crate::vault::folder::Folder;
use crate::vault::open::usual_way;
use crate::vault::slots::Slot;
use crate::vault::{KeyringAnswer, KeyringSecret, Passphrase, RecoveryCode};

/// Room beside the database: migrations, vault file, anchor.
const AROUND: u64 = 8 << 20;
/// A name can claim any sequence; one that is further ahead than this many commits is not believed.
const FURTHEST: i64 = 1_000_000_000;

/// What is to be restored.
pub struct Wanted<'a> {
    /// The backup.
    pub file: &'a Path,
    /// The code of the kit that was in force when it was made.
    pub code: &'a RecoveryCode,
    /// The folder of the records, in use or not, there or not.
    pub vault: &'a Path,
    /// Whether records of another practice may take the place of those that are here.
    pub other_records: bool,
    /// When.
    pub moment: Moment,
    /// Of the restored records' usual way in, if there is to be one.
    pub passphrase: Option<&'a Passphrase>,
}

/// Records that were restored, whole and checked, and wait for [`swap`](super::swap()).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Restored {
    /// The backup they came from.
    pub about: AboutBackup,
    /// How many there are.
    #[specta(type = u32)]
    pub records: u64,
    /// What is only in the records that are here now.
    pub after: Option<After>,
}

/// How much further the former records go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct After {
    /// Commits that are only in them.
    #[specta(type = u32)]
    pub commits: i64,
    /// When the last of those was.
    pub until: Instant,
}

/// Restores a backup beside the records that are here, which stay in use and as they are. `store` puts a new secret into the password
/// store, as for [`Held::set_lock`](crate::vault::Held::set_lock).
///
/// # Errors
/// Nothing was changed, and nothing is left behind but perhaps an entry in the password store that nothing names.
pub fn restore(
    wanted: &Wanted,
    store: impl FnOnce(&str, &KeyringSecret) -> KeyringAnswer,
    progress: Progress,
) -> Result<Restored, NotUsed> {
    let about = inspect(wanted.file)?;
    refuse_other(wanted, about.vault)?;
    let vault = Folder::private(wanted.vault)?;
    swap::settle(wanted.vault)?;
    let into = swap::restoring(wanted.vault);
    // What an attempt left that was killed.
    if into.exists() {
        fs::remove_dir_all(&into)?;
    }
    let (needed, free) = (about.bytes + AROUND, disk::free(vault.path())?);
    if free < needed {
        return Err(NotUsed::NoRoom { needed, free });
    }
    let passing = PassingFolder::new(into.clone());
    let folder = Folder::private(&into)?;
    let unpacked = unpack(wanted.file, &Opener::Code(wanted.code), &folder.database(), progress).map_err(|why| match why {
        // Others fill the disk too.
        NotUsed::NoRoom { .. } => NotUsed::NoRoom { needed, free: disk::free(vault.path()).unwrap_or_default() },
        why => why,
    })?;
    // What it said openly is proved now.
    refuse_other(wanted, unpacked.manifest.vault_id)?;
    verify::verify(&folder.database(), &unpacked.key, &unpacked.manifest, progress)?;

    let former = former(&vault, &folder, &unpacked)?;
    let ahead = furthest(wanted.file, &unpacked, former);
    let mark = bring_up_to_date(&folder, &unpacked, wanted.moment, ahead)?;
    verify::verify_migrated(&folder.database(), &unpacked.key, progress)?;
    Anchor::open(&folder.anchor(), unpacked.key.derive("anchor"))?.set(&mark)?;

    let usual = usual_way(unpacked.manifest.vault_id, &unpacked.key, wanted.passphrase, store)?;
    let begun_at = DateTime::from_timestamp_millis(unpacked.manifest.begun_at.0).unwrap_or_default();
    let mut file = VaultFile::new(unpacked.manifest.vault_id, begun_at, vec![usual, Slot::Recovery(unpacked.slot)]);
    file.database = Database::Created;
    folder.write(&file)?;
    disk::sync_folder(&into)?;
    passing.keep();

    let sequence = unpacked.manifest.sequence;
    let after = former.filter(|former| former.sequence > sequence);
    Ok(Restored {
        about: unpacked.about,
        records: verify::records(&unpacked.manifest.counts),
        after: after.map(|former| After { commits: former.sequence - sequence, until: former.at }),
    })
}

/// Whose records are here, and whether those of the backup may take their place. A vault file that cannot be read is one more reason
/// to restore, and what is here is kept.
fn refuse_other(wanted: &Wanted, vault: Uuid) -> Result<(), NotUsed> {
    let here = if wanted.vault.is_dir() { Folder::at(wanted.vault).vault_file().ok().flatten() } else { None };
    let other = here.is_some_and(|here| here.vault_id != vault);
    if other && !wanted.other_records { Err(NotUsed::OtherRecords) } else { Ok(()) }
}

/// How far the records that are here had come, by their anchor; looked at in a copy, for opening it may mend it.
fn former(vault: &Folder, folder: &Folder, unpacked: &Unpacked) -> Result<Option<Mark>, NotUsed> {
    if !vault.anchor().exists() {
        return Ok(None);
    }
    let copy = folder.path().join("former-anchor");
    fs::copy(vault.anchor(), &copy)?;
    // One under another key is of other records, or of these before their key was changed.
    let former = Anchor::open(&copy, unpacked.key.derive("anchor"))?.newest();
    fs::remove_file(&copy)?;
    Ok(former)
}

/// The number that restored records go on from: beyond every backup that lies beside this one, and beyond the former records. Else
/// those that are made from now on would pass for older ones.
fn furthest(file: &Path, unpacked: &Unpacked, former: Option<Mark>) -> i64 {
    let sequence = unpacked.manifest.sequence;
    let beside = file.parent().and_then(|folder| fs::read_dir(folder).ok());
    let names = beside.into_iter().flatten().flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let claimed = names.filter_map(|found| name::sequence(&found)).filter(|claimed| *claimed < sequence.saturating_add(FURTHEST));
    claimed.chain(former.map(|former| former.sequence)).max().unwrap_or(sequence).max(sequence)
}

/// Opens the restored database as it will be opened from now on, which brings its schema up to date, and enters that it was restored.
fn bring_up_to_date(folder: &Folder, unpacked: &Unpacked, moment: Moment, after: i64) -> Result<Mark, NotUsed> {
    let begun_at = DateTime::from_timestamp_millis(unpacked.manifest.begun_at.0).unwrap_or_default();
    let identity = Identity { vault: unpacked.manifest.vault_id, created_at: begun_at };
    let connections = open(&folder.database(), &unpacked.key, &identity, 0)?;
    let mark = store::restored(&connections.writer, moment, &unpacked.about, after)?;
    // The last to close folds the log into the file.
    drop(connections);
    if disk::length(&folder.path().join("practice.db-wal"))? > 0 {
        return Err(damaged(Part::Database));
    }
    Ok(mark)
}
