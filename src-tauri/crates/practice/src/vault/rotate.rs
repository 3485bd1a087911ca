//! Another key for the records: for when somebody may have had the key, or the kit.
//!
//! The records are never rewritten where they lie. They are copied, the copy is given the new key, and only when all of a new vault
//! lies beside them, opened and checked (the database, its anchor, and a `vault.json` whose every slot was tried), does one rename say
//! that it takes their place. Before that rename the former key opens records that nobody has touched; after it the next opening
//! exchanges the files, as after a restore, and drops what the former key opens. There is no moment at which neither opens, and none
//! at which a file is half under one key and half under another: which is why `PRAGMA rekey` is not let near the records themselves,
//! whose pages and write-ahead log it would have to change together.
//!
//! The recovery slot's key comes from a code that we do not hold, so with the key comes a new recovery kit, as [`Held::add_kit`] makes
//! one. Deliberately absent: anything for the backups made before. Each opens with the code that was in force when it was made, to
//! whoever holds that code; and records restored from one have the key of that time.

use std::fs;
use std::path::Path;

use uuid::Uuid;

use super::backup::disk::{self, PassingFolder};
use super::backup::store::Copy;
use super::backup::{NotUsed, Progress, Step, is_begun, swap, verify};
use super::file::{Database, VaultFile};
use super::folder::Folder;
use super::held::{NewKit, kit};
use super::open::{unlock, unseal, usual_way};
use super::slots::Slot;
use super::{Barred, DatabaseKey, Held, KeyringAnswer, KeyringSecret, Passphrase, RecoveryCode};
use crate::audit::{self, Act, Event};
use crate::error::{Error, Fault, Refusal, Result};
use crate::security;
use crate::store::anchor::{Anchor, Mark, mark};
use crate::store::{self, Identity, Records};
use crate::time::Moment;
use crate::words::Veil;

/// What stands beside the database: vault file, anchor, and room for a log.
const AROUND: u64 = 8 << 20;

/// What a new key needs.
pub struct Rotation<'a> {
    /// Of the kit that comes into force with it.
    pub code: &'a RecoveryCode,
    /// The passphrase as it is, where one is asked for: it stays the same.
    pub passphrase: Option<&'a Passphrase>,
    /// When.
    pub moment: Moment,
}

/// What is known of the records once they are open again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// The kit that is then in force: its code is shown only if the records name it, and they say that nobody has read it back.
    pub kit: Uuid,
}

/// What the password store is asked and told.
pub struct PasswordStore<'a> {
    /// As for [`prepare`](super::prepare).
    pub load: &'a mut dyn FnMut(&str) -> KeyringAnswer,
    /// As for [`Held::set_lock`].
    pub store: &'a mut dyn FnMut(&str, &KeyringSecret) -> KeyringAnswer,
}

impl Held {
    /// Writes the records once more under a new key, with a new usual way in and a new kit, and says that they take the place of those
    /// that are open. After that nothing is read or written any more: the caller closes the records and opens them anew, with the same
    /// passphrase, and only then shows the code.
    ///
    /// # Errors
    /// `WrongPassphrase` (whoever counts attempts says how long to wait), `Behind`, `Stopped`, `DiskFull`, `ReadOnly`, `WayIn`, and
    /// faults. The records are as they were, open, and under the key they had; what may be left is an entry in the password store that
    /// nothing names.
    pub fn rotate(
        &self,
        records: &Records,
        wanted: &Rotation,
        ids: &mut dyn FnMut() -> Uuid,
        keyring: &mut PasswordStore,
        progress: Progress,
    ) -> Result<Rotated> {
        let file = self.file().map_err(Refusal::from)?;
        let passphrase = match (self.asks_passphrase().map_err(Refusal::from)?, wanted.passphrase) {
            (false, _) => None,
            (true, Some(typed)) if self.is_passphrase(typed, &mut *keyring.load).map_err(Refusal::from)? => Some(typed),
            (true, _) => return Err(Refusal::WrongPassphrase { wait_seconds: 0 }.into()),
        };
        records.end_with(wanted.moment, ids, |ids, now| {
            let path = self.folder.path();
            if is_begun(path).map_err(Refusal::from)? {
                return Err(Refusal::from(Barred::InUse).into());
            }
            let beside = swap::rotating(path);
            // What an attempt left that was killed.
            if beside.exists() {
                fs::remove_dir_all(&beside).map_err(disk_failed)?;
            }
            let expected = disk::length(&self.folder.database()).map_err(disk_failed)?;
            let needed = 2 * (expected + AROUND);
            if disk::free(path).map_err(disk_failed)? < needed {
                return Err(Refusal::DiskFull.into());
            }
            let passing = PassingFolder::new(beside.clone());
            let next =
                Next { folder: Folder::private(&beside).map_err(Refusal::from)?, key: DatabaseKey::generate().map_err(Refusal::from)? };
            next.copy(records, &self.key, (&now, expected), progress)?;
            let (recovery, kit) = kit(self.vault, &next.key, wanted.code).map_err(Refusal::from)?;
            next.enter(&file, &kit, wanted.moment, ids)?;
            next.check(progress)?;
            let usual = usual_way(self.vault, &next.key, passphrase, &mut *keyring.store).map_err(Refusal::from)?;
            let mut ways = VaultFile::new(self.vault, file.created_at, vec![usual, Slot::Recovery(recovery)]);
            ways.database = Database::Created;
            ways.superseded = file.superseded_by_others();
            next.folder.write(&ways).map_err(Refusal::from)?;
            next.try_ways(wanted.code, passphrase, &mut *keyring.load)?;
            disk::sync_folder(&beside).map_err(disk_failed)?;
            if !progress(Step::Check, 1, 1) {
                return Err(Refusal::Stopped.into());
            }
            let begun = swap::begin_rotated(path);
            // Where only the last wait for the disk failed, the next opening may find it begun: nothing may be written any more.
            if let Err(error) = begun
                && is_begun(path) == Ok(false)
            {
                return Err(disk_failed(error));
            }
            passing.keep();
            Ok(Rotated { kit: kit.slot })
        })
    }
}

/// The vault that is being made beside the records.
struct Next {
    folder: Folder,
    key: DatabaseKey,
}

impl Next {
    /// The records as they are at this moment, `now`, under the new key: nothing more, nothing less, and no longer under the former.
    fn copy(&self, records: &Records, former: &DatabaseKey, (now, expected): (&Mark, u64), progress: Progress) -> Result<()> {
        let path = self.folder.database();
        self.folder.make_database().map_err(Refusal::from)?;
        records.copy_into(&path, || progress(Step::Copy, disk::length(&path).unwrap_or_default().min(expected), expected))?;
        let (facts, counts) = look(&path, former)?;
        if !progress(Step::Write, 0, 1) {
            return Err(Refusal::Stopped.into());
        }
        store::rekey_copy(&path, former, &self.key).map_err(|error| Refusal::from(Barred::from(error)))?;
        disk::sync(&path).map_err(disk_failed)?;
        if !progress(Step::Write, 1, 1) {
            return Err(Refusal::Stopped.into());
        }
        let whole = facts.mark == *now && look(&path, &self.key)? == (facts, counts);
        if whole && Copy::open(&path, former).is_err() { Ok(()) } else { Err(not_whole()) }
    }

    /// Opens it as it will be opened from now on, and enters there that it has another key, and which kit is in force.
    fn enter(&self, file: &VaultFile, kit: &NewKit, moment: Moment, ids: &mut dyn FnMut() -> Uuid) -> Result<()> {
        let identity = Identity { vault: file.vault_id, created_at: file.created_at };
        let opened = store::open(&self.folder.database(), &self.key, &identity, 0).map_err(|error| Refusal::from(Barred::from(error)))?;
        store::write(&opened.writer, moment, Veil::Open, ids, |w| {
            audit::record(w, &Event::new(Act::KeyReplaced, "records", None, None))?;
            security::set_kit_unread(w, kit)
        })?;
        let mark = mark(&opened.writer)?;
        // The last to close folds the log into the file.
        drop(opened);
        if self.folder.has_work_beside().map_err(Refusal::from)? {
            return Err(not_whole());
        }
        let mut anchor = Anchor::open(&self.folder.anchor(), self.key.derive("anchor")).map_err(disk_failed)?;
        anchor.set(&mark).map_err(disk_failed)
    }

    fn check(&self, progress: Progress) -> Result<()> {
        let copy = Copy::open(&self.folder.database(), &self.key).map_err(|error| Refusal::from(Barred::from(error)))?;
        verify::check(&copy, progress).map_err(|why| match why {
            NotUsed::Stopped => Refusal::Stopped.into(),
            _ => not_whole(),
        })
    }

    /// That each slot, as it lies on the disk, opens to the new key.
    fn try_ways(&self, code: &RecoveryCode, passphrase: Option<&Passphrase>, load: &mut dyn FnMut(&str) -> KeyringAnswer) -> Result<()> {
        let file = self.folder.vault_file().map_err(Refusal::from)?.ok_or_else(not_whole)?;
        let usual = match passphrase {
            Some(passphrase) => unlock(&file, passphrase, load),
            None => unseal(&file, load).map(Some),
        };
        let usual = usual.map_err(Refusal::from)?;
        let by_code = file.recovery_slots().find_map(|slot| slot.open(file.vault_id, code));
        let is_ours = |key: Option<DatabaseKey>| key.is_some_and(|key| key.bytes() == self.key.bytes());
        if is_ours(usual) && is_ours(by_code) { Ok(()) } else { Err(not_whole()) }
    }
}

type Looked = (super::backup::store::Facts, std::collections::BTreeMap<String, u64>);

fn look(path: &Path, key: &DatabaseKey) -> Result<Looked> {
    let copy = Copy::open(path, key).map_err(|error| Refusal::from(Barred::from(error)))?;
    Ok((copy.facts()?, copy.counts(|_| true)?))
}

/// What was written is not what was read back.
fn not_whole() -> Error {
    Fault::Program("the records under the new key did not stand the check").into()
}

fn disk_failed(error: std::io::Error) -> Error {
    Refusal::from(Barred::from(error)).into()
}

#[cfg(test)]
mod tests;
