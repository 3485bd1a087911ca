//! The other way in: the recovery code, when password store or passphrase are lost. Ends with a new usual way in.

use std::path::Path;

use super::backup::settle;
use super::file::VaultFile;
use super::folder::Folder;
use super::open::{check_database, usual_way};
use super::{Barred, DatabaseKey, KeyringAnswer, KeyringSecret, Passphrase, Ready, RecoveryCode};

/// Records that a recovery code has opened, and that need a new usual way in.
pub struct Recovered {
    folder: Folder,
    file: VaultFile,
    key: DatabaseKey,
}

/// Looks at the folder with a recovery code; `None` if the code is not of these records. Changes nothing.
///
/// # Errors
/// `NoKit` where no code was ever made, and what else can stand in the way.
pub fn recover(path: &Path, code: &RecoveryCode) -> Result<Option<Recovered>, Barred> {
    let folder = Folder::private(path)?;
    settle(path)?;
    let file = folder.vault_file()?.ok_or(Barred::VaultFileMissing)?;
    check_database(&folder, file.database)?;
    folder.check_writable()?;
    if file.recovery_slots().next().is_none() {
        return Err(Barred::NoKit);
    }
    let key = file.recovery_slots().find_map(|slot| slot.open(file.vault_id, code));
    Ok(key.map(|key| Recovered { folder, file, key }))
}

impl Recovered {
    /// Puts a new key into the password store and makes it, alone or with `passphrase`, the usual way in; see
    /// [`Held::set_lock`](super::Held::set_lock) for `store`. What the slots before it named in the password store is left there.
    ///
    /// # Errors
    /// Nothing was changed.
    pub fn renew(
        mut self,
        passphrase: Option<&Passphrase>,
        store: impl FnOnce(&str, &KeyringSecret) -> KeyringAnswer,
    ) -> Result<Ready, Barred> {
        // Other slots beside open records would be lost when those change theirs.
        drop(self.folder.claim()?);
        let slot = usual_way(self.file.vault_id, &self.key, passphrase, store)?;
        self.file.set_usual_way(slot);
        self.folder.write(&self.file)?;
        Ok(Ready { folder: self.folder, file: self.file, key: self.key })
    }
}
