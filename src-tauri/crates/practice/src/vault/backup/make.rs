//! Making a backup: copy, write, read back, check, and only then a name that counts.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::str::FromStr;

use age::x25519::{Identity, Recipient};
use hmac::Mac;
use zeroize::Zeroizing;

use super::about::{Manifest, format, label, sealing};
use super::container::Packer;
use super::disk::{self, Passing};
use super::store::Copy;
use super::unpack::{Opener, seconds, unpack};
use super::{Progress, Step, keep, name, verify};
use crate::error::BackupFailure;
use crate::security::{self, Kit};
use crate::store::Records;
use crate::time::{Instant, Moment};
use crate::vault::slots::RecoverySlot;
use crate::vault::{DatabaseKey, Held, key};
use crate::words::Veil;

const READ_ME: &[u8] = include_bytes!("READ-ME.txt");
/// What a backup takes beside the database, amply.
const AROUND: u64 = 1 << 20;

/// A backup that was written, read back and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its name in the folder.
    pub file: String,
    /// When.
    pub at: Instant,
    /// The number of the last commit in it.
    pub sequence: i64,
    /// How many of those commits were not the backups' own.
    pub changes: i64,
    /// Its length.
    pub bytes: u64,
    /// How many records are in it.
    pub records: u64,
    /// How many backups of these records the folder has now.
    pub kept: u32,
    /// How many older ones were taken away.
    pub removed: u32,
}

/// Makes a backup in `folder`. Reading and writing go on meanwhile; it holds the records as they were at one moment.
/// `spare` is an older one that is just being used: it stays, even if it would not be kept any longer.
///
/// # Errors
/// There is no new backup, nothing is left of it, and no older one was taken away.
pub fn make(
    records: &Records,
    held: &Held,
    folder: &Path,
    moment: Moment,
    app_version: &str,
    spare: Option<&Path>,
    progress: Progress,
) -> Result<Made, BackupFailure> {
    let records_folder = held.folder.path();
    check_place(folder, records_folder)?;
    records.read(moment, Veil::Open, security::kit)?.ok_or(BackupFailure::NoKit)?;
    sweep(folder, held)?;
    let needed = 2 * database_bytes(records_folder)? + AROUND;
    let free = disk::free(folder)?;
    if free < needed {
        return Err(BackupFailure::PlaceFull { needed, free });
    }
    write(records, held, folder, moment, app_version, spare, progress).map_err(|failure| match failure {
        BackupFailure::PlaceFull { .. } => BackupFailure::PlaceFull { needed, free: disk::free(folder).unwrap_or_default() },
        failure => failure,
    })
}

fn write(
    records: &Records,
    held: &Held,
    folder: &Path,
    moment: Moment,
    app_version: &str,
    spare: Option<&Path>,
    progress: Progress,
) -> Result<Made, BackupFailure> {
    let path = |kind: &str| folder.join(name::unfinished(held.vault, kind));
    let (database, container) = (path("practice.db"), path("anteroom"));
    let mut passing = Passing::default();

    drop(passing.create(database.clone())?);
    let expected = database_bytes(held.folder.path())?;
    records.copy_into(&database, || {
        let done = disk::length(&database).unwrap_or_default();
        progress(Step::Copy, done.min(expected), expected)
    })?;
    disk::sync(&database)?;
    let (manifest, kit, changes) = describe(&database, &held.key, folder, moment, app_version, progress)?;
    let slot = held.recovery_slot(kit.slot).map_err(|_| BackupFailure::NoKit)?;

    // An identity for this one run, so that what was written can be read back without the recovery code.
    let own = Identity::generate();
    let file = passing.create(container.clone())?;
    let manifest = pack(file, &database, manifest, &kit, &slot, &own, &held.key, progress)?;
    passing.remove(&database)?;

    let opener = Opener::Maker { identity: &own, key: &held.key };
    passing.expect(database.clone());
    unpack(&container, &opener, &database, progress)?;
    verify::verify(&database, &held.key, &manifest, progress)?;
    passing.remove(&database)?;

    let made = name::of(manifest.made_at, manifest.sequence);
    let bytes = disk::length(&container)?;
    fs::rename(&container, folder.join(&made))?;
    passing.kept(&container);
    disk::sync_folder(folder)?;
    let (kept, removed) = keep::tidy(folder, held.vault, spare)?;
    Ok(Made {
        file: made,
        at: manifest.made_at,
        sequence: manifest.sequence,
        changes,
        bytes,
        records: verify::records(&manifest.counts),
        kept,
        removed,
    })
}

/// What the copy holds, but for the hashes of the parts that are made of it.
fn describe(
    database: &Path,
    key: &DatabaseKey,
    folder: &Path,
    moment: Moment,
    app_version: &str,
    progress: Progress,
) -> Result<(Manifest, Kit, i64), BackupFailure> {
    let copy = Copy::open(database, key).map_err(super::NotUsed::from)?;
    let facts = copy.facts()?;
    let kit = copy.kit()?.ok_or(BackupFailure::NoKit)?;
    let counts = copy.counts(|_| true)?;
    drop(copy);
    let bytes = disk::length(database)?;
    let hash = disk::digest(database, |_| if progress(Step::Copy, bytes, bytes) { Ok(()) } else { Err(BackupFailure::Stopped) })?;
    let manifest = Manifest {
        format: format(),
        vault_id: facts.vault,
        made_at: free_second(folder, moment.at, facts.mark.sequence),
        sequence: facts.mark.sequence,
        schema: facts.schema,
        app_version: app_version.to_owned(),
        begun_at: facts.begun_at,
        kit: kit.slot,
        counts,
        event: facts.mark.event,
        head: disk::hex(&facts.mark.head),
        about_sha256: String::new(),
        recovery_sha256: String::new(),
        database_bytes: bytes,
        database_sha256: hash,
    };
    Ok((manifest, kit, facts.changes))
}

/// A second in which no other backup has this name: a file that is there is never written over.
fn free_second(folder: &Path, at: Instant, sequence: i64) -> Instant {
    let mut at = at;
    while folder.join(name::of(at, sequence)).exists() {
        at = at.plus_seconds(1);
    }
    at
}

/// Writes the whole container and waits until it is on the disk.
#[allow(clippy::too_many_arguments, reason = "one writing, taken out of the one above for its length")]
fn pack(
    file: File,
    database: &Path,
    mut manifest: Manifest,
    kit: &Kit,
    slot: &RecoverySlot,
    own: &Identity,
    key: &DatabaseKey,
    progress: Progress,
) -> Result<Manifest, BackupFailure> {
    let label = label(&manifest, READ_ME, kit.identity.as_bytes());
    let about = json(&label)?;
    let recovery = json(slot)?;
    manifest.about_sha256 = disk::sha256(&about);
    manifest.recovery_sha256 = disk::sha256(&recovery);
    let sealed = json(&manifest)?;
    let mac = format!("{}\n", disk::hex(&sealing(key, &sealed).finalize().into_bytes()));
    let mut key_text = Zeroizing::new(String::with_capacity(key.bytes().len() * 2 + 1));
    key::push_hex(&mut key_text, key.bytes());
    key_text.push('\n');

    let theirs = Recipient::from_str(&kit.recipient).map_err(|_| BackupFailure::NoKit)?;
    let mine = own.to_public();
    let recipients: [&dyn age::Recipient; 2] = [&theirs, &mine];
    let encryptor = age::Encryptor::with_recipients(recipients.into_iter()).map_err(|_| BackupFailure::NoKit)?;

    let mut outer = Packer::new(BufWriter::with_capacity(1 << 16, file), seconds(&label));
    outer.whole("READ-ME.txt", READ_ME)?;
    outer.whole("about.json", &about)?;
    outer.whole("identity.age", kit.identity.as_bytes())?;
    outer.streamed("content.age", |out| -> Result<(), BackupFailure> {
        let mut inner = Packer::new(encryptor.wrap_output(out)?, seconds(&label));
        inner.whole("manifest.json", &sealed)?;
        inner.whole("manifest.mac", mac.as_bytes())?;
        inner.whole("recovery.json", &recovery)?;
        inner.whole("key.txt", key_text.as_bytes())?;
        let size = manifest.database_bytes;
        inner.begin("practice.db", size)?;
        let mut done = 0;
        disk::digest(database, |bytes| {
            inner.out().write_all(bytes)?;
            done += bytes.len() as u64;
            if progress(Step::Write, done, size) { Ok(()) } else { Err(BackupFailure::Stopped) }
        })?;
        inner.end(size)?;
        inner.finish()?.finish()?;
        Ok(())
    })?;
    let file = outer.finish()?.into_inner().map_err(|error| error.into_error())?;
    file.sync_all()?;
    Ok(manifest)
}

fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, BackupFailure> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|_| BackupFailure::Database)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// That the folder is there, is not the records' own, and can be written; nothing is made that is not there.
fn check_place(folder: &Path, records: &Path) -> Result<(), BackupFailure> {
    if !fs::metadata(folder)?.is_dir() {
        return Err(BackupFailure::PlaceMissing);
    }
    if fs::canonicalize(folder)?.starts_with(fs::canonicalize(records)?) {
        return Err(BackupFailure::InsideRecords);
    }
    Ok(())
}

/// Takes away what a backup of these records left here that was killed.
fn sweep(folder: &Path, held: &Held) -> Result<(), BackupFailure> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(|found| name::is_unfinished(held.vault, found)) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// The database and what is still in its log.
fn database_bytes(records: &Path) -> Result<u64, BackupFailure> {
    let length = |name: &str| -> Result<u64, BackupFailure> { Ok(disk::length(&records.join(name))?) };
    Ok(length("practice.db")? + length("practice.db-wal")?)
}
