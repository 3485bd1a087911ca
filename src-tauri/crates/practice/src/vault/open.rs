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

use super::file::{Database, VaultFile};
use super::folder::Folder;
use super::slots::{DeviceSlot, random_id};
use super::{Barred, DatabaseKey, KeyringAnswer, KeyringFault, KeyringSecret};
use crate::store::{self, Connections, Identity};

/// What a folder turns out to be at start.
pub enum Standing {
    /// Nothing is there: a vault may be made.
    FirstRun(FirstRun),
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

fn look(path: &Path, load: impl FnMut(&str) -> KeyringAnswer) -> Result<Standing, Barred> {
    let folder = Folder::private(path)?;
    let Some(file) = folder.vault_file()? else {
        if folder.has_traces()? {
            return Err(Barred::VaultFileMissing);
        }
        folder.check_writable()?;
        return Ok(Standing::FirstRun(FirstRun { folder }));
    };
    check_database(&folder, file.database)?;
    folder.check_writable()?;
    let key = unseal(&file, load)?;
    Ok(Standing::Ready(Ready { folder, file, key }))
}

/// The key, from the first slot that opens; else why the last of them did not.
fn unseal(file: &VaultFile, mut load: impl FnMut(&str) -> KeyringAnswer) -> Result<DatabaseKey, Barred> {
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

/// Refuses, before any key is asked for, a database that must not be opened or made.
fn check_database(folder: &Folder, state: Database) -> Result<(), Barred> {
    match (state, folder.database_length()?) {
        (Database::Created, None) => Err(Barred::DatabaseMissing),
        (Database::Created, Some(0)) => Err(Barred::DatabaseEmpty),
        // Work beside a file that is gone or empty was done in a database that once was there.
        (Database::Pending, None) if folder.has_work_beside()? => Err(Barred::DatabaseMissing),
        (Database::Pending, Some(0)) if folder.has_work_beside()? => Err(Barred::DatabaseEmpty),
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
    /// Makes a vault. `store` puts the secret into the password store under the name it is given, reads it back from there, and
    /// says what it read: a store that does not keep is found out before anything depends on it.
    pub fn begin(self, now: DateTime<Utc>, store: impl FnOnce(&str, &KeyringSecret) -> KeyringAnswer) -> Result<Ready, Barred> {
        let (vault_id, key, kept) = (random_id()?, DatabaseKey::generate()?, KeyringSecret::generate()?);
        let slot = DeviceSlot::seal(vault_id, &key, &kept)?;
        let read = match secret(store(&slot.keyring_entry, &kept)) {
            Err(Barred::KeyGone) => Err(Barred::StoreFailed { reason: KeyringFault::NotKept }),
            answer => answer,
        }?;
        if slot.open(vault_id, &read).is_none() {
            return Err(Barred::StoreFailed { reason: KeyringFault::NotKept });
        }
        // The user may have been asked for a password in between, and the folder may not be what it was.
        if self.folder.has_traces()? {
            return Err(Barred::InUse);
        }
        let file = VaultFile::new(vault_id, now, slot);
        self.folder.write(&file)?;
        Ok(Ready { folder: self.folder, file, key })
    }
}

/// A vault whose key is at hand.
pub struct Ready {
    folder: Folder,
    file: VaultFile,
    key: DatabaseKey,
}

impl Ready {
    /// Whether no opening has yet succeeded: the records are about to be made.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.file.database == Database::Pending
    }

    /// Opens the database, with one connection that writes and `readers` that only read, and brings its schema up to date.
    ///
    /// The key is wiped when this returns. An opening that fails changes nothing.
    pub fn open(mut self, readers: usize) -> Result<Connections, Barred> {
        // What was true when the folder was looked at may no longer be.
        check_database(&self.folder, self.file.database)?;
        let (path, identity) = (self.folder.database(), Identity { vault: self.file.vault_id, created_at: self.file.created_at });
        if self.file.database == Database::Created {
            return Ok(store::open(&path, &self.key, &identity, readers)?);
        }
        self.folder.make_database()?;
        let connections = store::create(&path, &self.key, &identity, readers)?;
        self.file.database = Database::Created;
        self.folder.write(&self.file)?;
        Ok(connections)
    }
}

#[cfg(test)]
mod tests;
