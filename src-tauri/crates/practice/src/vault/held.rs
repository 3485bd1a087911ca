//! What is held while the records are open: the key, and the folder whose slots can be changed with it.

use std::fmt;
use std::io::Write;

use uuid::Uuid;
use zeroize::Zeroizing;

use super::file::VaultFile;
use super::folder::{Claim, Folder};
use super::open::{unlock, usual_way};
use super::slots::{RecoverySlot, Slot};
use super::{Barred, DatabaseKey, KeyringAnswer, KeyringSecret, Passphrase, RecoveryCode};

/// The key of open records. Wiped when it goes.
pub struct Held {
    pub(super) folder: Folder,
    pub(super) vault: Uuid,
    pub(super) key: DatabaseKey,
    /// Goes last, when everything else is closed.
    pub(super) _claim: Claim,
}

impl fmt::Debug for Held {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Held").field("vault", &self.vault).finish_non_exhaustive()
    }
}

/// A kit that is about to come into force: its slot is in `vault.json` beside the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewKit {
    /// The slot that its code opens.
    pub slot: Uuid,
    /// To whom backups are encrypted: an `age` recipient.
    pub recipient: String,
    /// The `age` identity that opens them, encrypted by `age` with the code as its passphrase.
    pub identity: String,
}

impl Held {
    /// Which vault this is.
    #[must_use]
    pub fn vault(&self) -> Uuid {
        self.vault
    }

    /// Whether a passphrase is asked for.
    ///
    /// # Errors
    /// If `vault.json` cannot be read.
    pub fn asks_passphrase(&self) -> Result<bool, Barred> {
        let file = self.file()?;
        Ok(file.device_slots().next().is_none() && file.passphrase_slots().next().is_some())
    }

    /// Whether this is the passphrase now.
    ///
    /// # Errors
    /// What the password store, or the file, says.
    pub fn is_passphrase(&self, passphrase: &Passphrase, load: impl FnMut(&str) -> KeyringAnswer) -> Result<bool, Barred> {
        Ok(unlock(&self.file()?, passphrase, load)?.is_some())
    }

    /// Changes the usual way in: to another passphrase, or to the password store alone.
    ///
    /// `store` puts a new secret into the password store under the name it is given, reads it back from there and says what it read;
    /// for `forget` see [`Held::forget_superseded`]. Killed before the new slot is on the disk, the old way still opens; killed after,
    /// the new one.
    ///
    /// # Errors
    /// Nothing was changed.
    pub fn set_lock(
        &self,
        passphrase: Option<&Passphrase>,
        store: impl FnOnce(&str, &KeyringSecret) -> KeyringAnswer,
        forget: impl FnMut(&str) -> KeyringAnswer,
    ) -> Result<(), Barred> {
        let slot = usual_way(self.vault, &self.key, passphrase, store)?;
        let mut file = self.file()?;
        file.superseded = file.superseded_by_others();
        file.set_usual_way(slot);
        self.folder.write(&file)?;
        // The new way is in force; what could not be forgotten now is at the next opening.
        let _later = self.forget_superseded(forget);
        Ok(())
    }

    /// Has the password store forget what it keeps for ways in that others have taken the place of: called once the records are open, so
    /// that nothing goes before what is in its place has opened them. `forget` is told each such name that this vault wrote down, and
    /// says what is kept there then; one that is still kept stays written down.
    ///
    /// # Errors
    /// If `vault.json` cannot be read or written; then the names are told again.
    pub fn forget_superseded(&self, mut forget: impl FnMut(&str) -> KeyringAnswer) -> Result<(), Barred> {
        let mut file = self.file()?;
        let named = std::mem::take(&mut file.superseded);
        if named.is_empty() {
            return Ok(());
        }
        let mut still = |entry: &String| file.is_unneeded(entry) && !matches!(forget(entry), KeyringAnswer::NoEntry);
        let kept: Vec<String> = named.iter().filter(|entry| still(entry)).cloned().collect();
        let fewer = kept.len() < named.len();
        file.superseded = kept;
        if fewer { self.folder.write(&file) } else { Ok(()) }
    }

    /// Adds a slot for `code` beside those that are there. It comes into force when the records say so and [`Held::settle`] is called.
    ///
    /// # Errors
    /// Nothing was changed.
    pub fn add_kit(&self, code: &RecoveryCode) -> Result<NewKit, Barred> {
        let (slot, kit) = kit(self.vault, &self.key, code)?;
        let mut file = self.file()?;
        file.slots.push(Slot::Recovery(slot));
        self.folder.write(&file)?;
        Ok(kit)
    }

    /// Drops every recovery slot but the one in force: those of kits before it, and of one whose making was cut short.
    ///
    /// # Errors
    /// Nothing was changed.
    pub fn settle(&self, in_force: Option<Uuid>) -> Result<(), Barred> {
        let mut file = self.file()?;
        // A kit that the records name and the file lacks: whatever happened, the slots that are there are not made fewer.
        if in_force.is_some_and(|kit| file.recovery_slots().all(|slot| slot.id != kit)) {
            return Ok(());
        }
        let before = file.slots.len();
        file.slots.retain(|slot| !matches!(slot, Slot::Recovery(slot) if Some(slot.id) != in_force));
        if file.slots.len() < before { self.folder.write(&file) } else { Ok(()) }
    }

    /// The slot of the kit in force, as it goes into a backup.
    pub(super) fn recovery_slot(&self, in_force: Uuid) -> Result<RecoverySlot, Barred> {
        self.file()?.recovery_slots().find(|slot| slot.id == in_force).cloned().ok_or(Barred::NoKit)
    }

    pub(super) fn file(&self) -> Result<VaultFile, Barred> {
        let file = self.folder.vault_file()?.ok_or(Barred::VaultFileMissing)?;
        if file.vault_id == self.vault { Ok(file) } else { Err(Barred::OtherVault) }
    }
}

/// A slot for `code`, and the kit that it belongs to.
pub(super) fn kit(vault: Uuid, key: &DatabaseKey, code: &RecoveryCode) -> Result<(RecoverySlot, NewKit), Barred> {
    let slot = RecoverySlot::seal(vault, key, code)?;
    let (recipient, identity) = identity(code)?;
    let kit = NewKit { slot: slot.id, recipient, identity };
    Ok((slot, kit))
}

/// A new `age` identity: its recipient, and itself encrypted with the code.
fn identity(code: &RecoveryCode) -> Result<(String, String), Barred> {
    use age::secrecy::{ExposeSecret, SecretString};
    let made = age::x25519::Identity::generate();
    let mut to_code = age::scrypt::Recipient::new(SecretString::from(code.line().to_string()));
    // The code has 160 bits of its own: stretching it would only cost time.
    to_code.set_work_factor(10);
    let text = Zeroizing::new(format!("{}\n", made.to_string().expose_secret()));
    let sealed = (|| {
        let mut sealed = Vec::new();
        let encryptor = age::Encryptor::with_recipients(std::iter::once(&to_code as &dyn age::Recipient)).ok()?;
        let armoured = age::armor::ArmoredWriter::wrap_output(&mut sealed, age::armor::Format::AsciiArmor).ok()?;
        let mut out = encryptor.wrap_output(armoured).ok()?;
        out.write_all(text.as_bytes()).ok()?;
        out.finish().ok()?.finish().ok()?;
        String::from_utf8(sealed).ok()
    })();
    // Nothing here touches a disk; what can fail is the system's randomness.
    Ok((made.to_public().to_string(), sealed.ok_or(Barred::NoRandomness)?))
}

#[cfg(test)]
mod tests;
