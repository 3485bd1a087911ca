//! From a folder to open records: what can be met on the way, and what each means.
//!
//! A first run takes three steps, and may be killed between any two:
//!
//! 1. the secret is put into the password store. Killed here: an entry that no file names; the next run is a first run again;
//! 2. `vault.json` is written, its database *pending*. Killed here: the next run takes the key from the slot and goes on;
//! 3. the database is made, and only then called *created*. Killed between: the same, for a pending database is one in which the
//!    user has never written.
//!
//! Once it is called created, a database that is missing or empty is never made again.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::backup::{disk, is_begun, settle, sweep_rotated};
use super::file::{Database, VaultFile};
use super::folder::Folder;
use super::held::Held;
use super::passphrase::Cost;
use super::slots::{DeviceSlot, PassphraseSlot, Slot, random_id};
use super::{Barred, DatabaseKey, KeyringAnswer, KeyringFault, KeyringSecret, Passphrase};
use crate::store::anchor::Anchor;
use crate::store::{self, Connections, Identity, Steps};

/// What a folder turns out to be at start.
pub enum Standing {
    /// Nothing is there: a vault may be made.
    FirstRun(FirstRun),
    /// A passphrase is needed; the password store has its half.
    Locked(Locked),
    /// The key is there; the database has not been opened yet.
    Ready(Ready),
    /// Something stands in the way, and was left as it is.
    Barred(Barred),
}

/// Looks at the folder and asks the password store, through `load`, for what the vault names.
///
/// Makes the folder if it is missing and closes it to others. Changes nothing in it.
pub fn prepare(path: &Path, load: impl FnMut(&str) -> KeyringAnswer) -> Standing {
    look(path, load).unwrap_or_else(Standing::Barred)
}

fn look(path: &Path, mut load: impl FnMut(&str) -> KeyringAnswer) -> Result<Standing, Barred> {
    let folder = Folder::private(path)?;
    settle(path)?;
    let Some(file) = folder.vault_file()? else {
        if folder.has_traces()? {
            return Err(Barred::VaultFileMissing);
        }
        folder.check_writable()?;
        return Ok(Standing::FirstRun(FirstRun { folder }));
    };
    check_database(&folder, file.database)?;
    folder.check_writable()?;
    // Found out before a passphrase is asked for; what counts is the claim at the opening itself.
    drop(folder.claim()?);
    if file.device_slots().next().is_none() && file.passphrase_slots().next().is_some() {
        // The store's half is looked for now, so that nobody types a passphrase in vain; it is not kept.
        half(&file, &mut load)?;
        return Ok(Standing::Locked(Locked { folder, file }));
    }
    let key = unseal(&file, load)?;
    Ok(Standing::Ready(Ready { folder, file, key }))
}

/// The key, from the first slot that opens; else why the last of them did not.
pub(super) fn unseal(file: &VaultFile, mut load: impl FnMut(&str) -> KeyringAnswer) -> Result<DatabaseKey, Barred> {
    let mut barred = file.beyond_us();
    for slot in file.device_slots() {
        match secret(load(&slot.keyring_entry)) {
            Err(why) => barred = why,
            Ok(secret) => match slot.open(file.vault_id, &secret) {
                Some(key) => return Ok(key),
                None => barred = Barred::OtherVault,
            },
        }
    }
    Err(barred)
}

/// The first passphrase slot whose half the password store has, with that half; else why there is none.
fn half<'f>(file: &'f VaultFile, load: &mut impl FnMut(&str) -> KeyringAnswer) -> Result<(&'f PassphraseSlot, KeyringSecret), Barred> {
    let mut barred = file.beyond_us();
    for slot in file.passphrase_slots() {
        match secret(load(&slot.keyring_entry)) {
            Err(why) => barred = why,
            Ok(secret) if slot.is_half_of(&secret) => return Ok((slot, secret)),
            Ok(_) => barred = Barred::OtherVault,
        }
    }
    Err(barred)
}

/// The key that `passphrase` opens with the password store's half; `None` if it is the wrong one.
pub(super) fn unlock(
    file: &VaultFile,
    passphrase: &Passphrase,
    mut load: impl FnMut(&str) -> KeyringAnswer,
) -> Result<Option<DatabaseKey>, Barred> {
    let (slot, secret) = half(file, &mut load)?;
    slot.open(file.vault_id, &secret, passphrase)
}

/// A slot for the usual way in: the password store alone, or with a passphrase. `store` puts the secret into the password store under
/// the name it is given, reads it back from there, and says what it read: a store that does not keep is found out before anything
/// depends on it.
pub(super) fn usual_way(
    file_id: uuid::Uuid,
    key: &DatabaseKey,
    passphrase: Option<&Passphrase>,
    store: impl FnOnce(&str, &KeyringSecret) -> KeyringAnswer,
) -> Result<Slot, Barred> {
    let kept = KeyringSecret::generate()?;
    let slot = match passphrase {
        None => Slot::Device(DeviceSlot::seal(file_id, key, &kept)?),
        Some(passphrase) => Slot::Passphrase(PassphraseSlot::seal(file_id, key, &kept, passphrase, Cost::USUAL)?),
    };
    let read = |entry: &str| match secret(store(entry, &kept)) {
        Err(Barred::KeyGone) => Err(Barred::StoreFailed { reason: KeyringFault::NotKept }),
        answer => answer,
    };
    let opens = match &slot {
        Slot::Device(slot) => slot.open(file_id, &read(&slot.keyring_entry)?).is_some(),
        Slot::Passphrase(slot) => slot.is_half_of(&read(&slot.keyring_entry)?),
        Slot::Recovery(_) | Slot::Other(_) => false,
    };
    if opens { Ok(slot) } else { Err(Barred::StoreFailed { reason: KeyringFault::NotKept }) }
}

/// Refuses, before any key is asked for, a database that must not be opened or made.
pub(super) fn check_database(folder: &Folder, state: Database) -> Result<(), Barred> {
    match (state, folder.database_length()?) {
        (Database::Created, None) => Err(Barred::DatabaseMissing),
        (Database::Created, Some(0)) => Err(Barred::DatabaseEmpty),
        // Work beside a file that is gone or empty was done in a database that once was there.
        (Database::Pending, None) if folder.has_work_beside()? => Err(Barred::DatabaseMissing),
        // A journal without a log is of the making itself, which was cut short before the first page: it is gone on with.
        (Database::Pending, Some(0)) if folder.has_log_beside()? => Err(Barred::DatabaseEmpty),
        _ => Ok(()),
    }
}

fn secret(answer: KeyringAnswer) -> Result<KeyringSecret, Barred> {
    match answer {
        KeyringAnswer::Secret(secret) => Ok(secret),
        KeyringAnswer::NoEntry => Err(Barred::KeyGone),
        KeyringAnswer::NoService => Err(Barred::NoStore),
        KeyringAnswer::Locked => Err(Barred::StoreLocked),
        KeyringAnswer::Failed(reason) => Err(Barred::StoreFailed { reason }),
    }
}

/// A folder in which nothing is: the only place where a key is ever made.
pub struct FirstRun {
    folder: Folder,
}

impl FirstRun {
    /// Makes a vault that opens with the password store, or with it and `passphrase`; see [`Held::set_lock`] for `store`.
    pub fn begin(
        self,
        now: DateTime<Utc>,
        passphrase: Option<&Passphrase>,
        store: impl FnOnce(&str, &KeyringSecret) -> KeyringAnswer,
    ) -> Result<Ready, Barred> {
        let (vault_id, key) = (random_id()?, DatabaseKey::generate()?);
        let slot = usual_way(vault_id, &key, passphrase, store)?;
        // The user may have been asked for a password in between, and the folder may not be what it was.
        if self.folder.has_traces()? {
            return Err(Barred::InUse);
        }
        let file = VaultFile::new(vault_id, now, vec![slot]);
        self.folder.write(&file)?;
        Ok(Ready { folder: self.folder, file, key })
    }
}

/// A vault that waits for its passphrase. Holds no key and no half of one.
#[derive(Debug)]
pub struct Locked {
    folder: Folder,
    file: VaultFile,
}

impl Locked {
    /// The way in, if `passphrase` is right; `None` if it is not. Takes as long as one guess costs.
    ///
    /// # Errors
    /// What the password store, or the file, now says.
    pub fn unlock(&self, passphrase: &Passphrase, load: impl FnMut(&str) -> KeyringAnswer) -> Result<Option<Ready>, Barred> {
        let key = unlock(&self.file, passphrase, load)?;
        Ok(key.map(|key| Ready { folder: self.folder.clone(), file: self.file.clone(), key }))
    }
}

/// A vault whose key is at hand.
pub struct Ready {
    pub(super) folder: Folder,
    pub(super) file: VaultFile,
    pub(super) key: DatabaseKey,
}

/// An open database, and what is held while it is.
#[derive(Debug)]
pub struct Opened {
    /// The connections.
    pub connections: Connections,
    /// The key and its folder; wiped when it goes.
    pub held: Held,
}

impl Ready {
    /// Whether no opening has yet succeeded: the records are about to be made.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.file.database == Database::Pending
    }

    /// Opens the database, with one connection that writes and `readers` that only read, and brings its schema up to date.
    ///
    /// An opening that fails changes nothing and wipes the key.
    pub fn open(self, readers: usize) -> Result<Opened, Barred> {
        self.open_to(readers, &Steps::ours())
    }

    /// The same, with records that are there brought up to the newest schema of `steps`.
    ///
    /// Deliberately absent: a backup before that. With one schema there is nothing to bring up to date; whoever adds the second makes one
    /// here, of the file as it lies, before it is opened for writing.
    pub fn open_to(mut self, readers: usize, steps: &Steps) -> Result<Opened, Barred> {
        let claim = self.folder.claim()?;
        // What was true when the folder was looked at may no longer be; and this key may have been replaced.
        if is_begun(self.folder.path())? {
            return Err(Barred::InUse);
        }
        check_database(&self.folder, self.file.database)?;
        let (path, identity) = (self.folder.database(), Identity { vault: self.file.vault_id, created_at: self.file.created_at });
        let mut connections = if self.file.database == Database::Created {
            store::open_to(&path, &self.key, &identity, readers, steps).map_err(|error| self.said_by_the_folder(error.into()))?
        } else {
            self.folder.make_database()?;
            let connections = store::create(&path, &self.key, &identity, readers)?;
            self.file.database = Database::Created;
            self.folder.write(&self.file)?;
            connections
        };
        // Whoever changes the key next takes away what could not be taken away now.
        let _left = sweep_rotated(self.folder.path());
        let is_anchored = self.folder.anchor().exists();
        connections.anchor = Some(Anchor::open(&self.folder.anchor(), self.key.derive("anchor"))?);
        if !is_anchored {
            disk::sync_folder(self.folder.path())?;
        }
        Ok(Opened { connections, held: Held { folder: self.folder, vault: self.file.vault_id, key: self.key, _claim: claim } })
    }

    /// SQLite says only that it could not make, or lengthen, a file beside the database; the folder knows why.
    fn said_by_the_folder(&self, why: Barred) -> Barred {
        match why {
            Barred::Database { code: Some(store::CANNOT_OPEN), .. } | Barred::Disk { .. } | Barred::DiskFull => {
                self.folder.check_writable().err().unwrap_or(why)
            }
            why => why,
        }
    }
}

#[cfg(test)]
mod tests;
