//! `vault.json`: which vault this is, how far its making has come, and its slots.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::Barred;
use super::slots::{DeviceSlot, PassphraseSlot, RecoverySlot, Slot, is_entry_of};

const FORMAT: u32 = 1;
/// Far above any honest file.
const LONGEST: usize = 1 << 20;

/// The content of `vault.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VaultFile {
    format: u32,
    pub vault_id: Uuid,
    pub created_at: DateTime<Utc>,
    pub database: Database,
    pub slots: Vec<Slot>,
    /// Names in the password store that slots before these had, and that may still be kept there: written in the same moment as the
    /// slots that need them no more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub superseded: Vec<String>,
}

/// How far the database has come. Only a pending one may be absent, empty or half made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Database {
    /// The first opening has not yet succeeded, so nothing was ever written by the user.
    Pending,
    /// It has; from here on the file must be there.
    Created,
}

impl VaultFile {
    /// Of a vault whose database is still to be made.
    pub fn new(vault_id: Uuid, created_at: DateTime<Utc>, slots: Vec<Slot>) -> Self {
        Self { format: FORMAT, vault_id, created_at, database: Database::Pending, slots, superseded: Vec::new() }
    }

    /// Strict: whatever is not wholly as written here is damaged, unless it says that it is newer.
    pub fn parse(bytes: &[u8]) -> Result<Self, Barred> {
        if bytes.len() > LONGEST {
            return Err(Barred::VaultFileDamaged);
        }
        let value: Value = serde_json::from_slice(bytes).map_err(|_| Barred::VaultFileDamaged)?;
        let format = value.get("format").and_then(Value::as_u64).ok_or(Barred::VaultFileDamaged)?;
        let format = u32::try_from(format).map_err(|_| Barred::VaultFileDamaged)?;
        if format > FORMAT {
            return Err(Barred::VaultFileNewer { format });
        }
        // Read again from the bytes, so that a field given twice is noticed.
        let file: Self = serde_json::from_slice(bytes).map_err(|_| Barred::VaultFileDamaged)?;
        if file.format == FORMAT && !file.slots.is_empty() { Ok(file) } else { Err(Barred::VaultFileDamaged) }
    }

    pub fn to_bytes(&self) -> Result<Vec<u8>, Barred> {
        let mut bytes = serde_json::to_vec_pretty(self).map_err(|_| Barred::VaultFileDamaged)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// The slots that the password store can open.
    pub fn device_slots(&self) -> impl Iterator<Item = &DeviceSlot> {
        self.slots.iter().filter_map(|slot| if let Slot::Device(slot) = slot { Some(slot) } else { None })
    }

    /// The slots that password store and passphrase open together.
    pub fn passphrase_slots(&self) -> impl Iterator<Item = &PassphraseSlot> {
        self.slots.iter().filter_map(|slot| if let Slot::Passphrase(slot) = slot { Some(slot) } else { None })
    }

    /// The slots that a recovery code opens.
    pub fn recovery_slots(&self) -> impl Iterator<Item = &RecoverySlot> {
        self.slots.iter().filter_map(|slot| if let Slot::Recovery(slot) = slot { Some(slot) } else { None })
    }

    /// The names under which the password store keeps what these slots need.
    pub fn keyring_entries(&self) -> Vec<String> {
        let device = self.device_slots().map(|slot| slot.keyring_entry.clone());
        device.chain(self.passphrase_slots().map(|slot| slot.keyring_entry.clone())).collect()
    }

    /// The names that nothing needs once these slots have opened the records: those that were superseded, and those that these slots have.
    pub fn superseded_by_others(&self) -> Vec<String> {
        self.superseded.iter().cloned().chain(self.keyring_entries()).collect()
    }

    /// Whether a superseded name may be forgotten: it is one that we give for these records, and no slot has it.
    pub fn is_unneeded(&self, entry: &str) -> bool {
        is_entry_of(self.vault_id, entry) && !self.keyring_entries().iter().any(|needed| needed == entry)
    }

    /// Puts `slot` in the place of every slot that needs the password store: there is one usual way in.
    pub fn set_usual_way(&mut self, slot: Slot) {
        self.slots.retain(|slot| !matches!(slot, Slot::Device(_) | Slot::Passphrase(_)));
        self.slots.insert(0, slot);
    }

    /// What to say if none of the slots is of a kind that this version knows.
    pub fn beyond_us(&self) -> Barred {
        Barred::VaultFileNewer { format: self.format }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::slots::random_id;
    use crate::vault::{DatabaseKey, KeyringSecret};

    fn file() -> VaultFile {
        let vault = random_id().unwrap();
        let slot = DeviceSlot::seal(vault, &DatabaseKey::generate().unwrap(), &KeyringSecret::generate().unwrap()).unwrap();
        VaultFile::new(vault, DateTime::UNIX_EPOCH, vec![Slot::Device(slot)])
    }

    #[test]
    fn what_is_written_is_read_back() {
        let file = file();
        assert_eq!(VaultFile::parse(&file.to_bytes().unwrap()).unwrap(), file);
    }

    #[test]
    fn slots_of_kinds_we_do_not_know_are_kept_when_the_file_is_written_again() {
        let mut value = serde_json::to_value(file()).unwrap();
        let phone = serde_json::json!({ "kind": "phone", "id": "x", "version": 3, "deep": { "er": [1, null, "ü"] } });
        value["slots"].as_array_mut().unwrap().insert(0, phone.clone());
        let read = VaultFile::parse(&serde_json::to_vec(&value).unwrap()).unwrap();
        assert_eq!(read.device_slots().count(), 1);
        let again: Value = serde_json::from_slice(&read.to_bytes().unwrap()).unwrap();
        assert_eq!(again, value);
        assert_eq!(again["slots"][0], phone);
    }

    #[test]
    fn a_newer_format_is_said_to_be_newer_and_not_damaged() {
        let mut value = serde_json::to_value(file()).unwrap();
        value["format"] = Value::from(2);
        value["unheard_of"] = Value::from(true);
        assert_eq!(VaultFile::parse(&serde_json::to_vec(&value).unwrap()), Err(Barred::VaultFileNewer { format: 2 }));
    }

    #[test]
    fn every_truncation_is_damaged() {
        let bytes = file().to_bytes().unwrap();
        for length in 0..bytes.len() - 2 {
            assert_eq!(VaultFile::parse(&bytes[..length]), Err(Barred::VaultFileDamaged), "{length} bytes");
        }
    }

    #[test]
    fn what_is_not_a_vault_file_is_damaged() {
        let good = serde_json::to_value(file()).unwrap();
        let mut bad = vec![b"null".to_vec(), b"[]".to_vec(), b"{}".to_vec(), vec![0; 512], vec![b' '; LONGEST + 1]];
        for field in ["format", "vault_id", "created_at", "database", "slots"] {
            let mut without = good.clone();
            without.as_object_mut().unwrap().remove(field);
            bad.push(serde_json::to_vec(&without).unwrap());
            let mut wrong = good.clone();
            wrong[field] = Value::from(-1);
            bad.push(serde_json::to_vec(&wrong).unwrap());
        }
        let mut more = good.clone();
        more["more"] = Value::from(1);
        bad.push(serde_json::to_vec(&more).unwrap());
        let mut none = good.clone();
        none["slots"] = Value::Array(Vec::new());
        bad.push(serde_json::to_vec(&none).unwrap());
        let twice = String::from_utf8(serde_json::to_vec(&good).unwrap()).unwrap().replacen('{', "{\"database\":\"pending\",", 1);
        bad.push(twice.into_bytes());
        for bytes in bad {
            assert_eq!(
                VaultFile::parse(&bytes),
                Err(Barred::VaultFileDamaged),
                "{}",
                String::from_utf8_lossy(&bytes[..bytes.len().min(200)])
            );
        }
    }
}
