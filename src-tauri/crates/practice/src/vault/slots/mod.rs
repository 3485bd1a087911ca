//! Slots: the database's key, wrapped. One way in is one slot; losing one slot loses one way, not the records.
//!
//! A slot is XChaCha20-Poly1305 with a random nonce, under a key of its kind:
//!
//! | kind | its key |
//! |---|---|
//! | device | the secret that the password store keeps |
//! | passphrase | HKDF of that secret and the passphrase stretched by Argon2id: neither opens it alone |
//! | recovery | HKDF of the recovery code |

mod hex;
mod seal;
#[cfg(test)]
mod tests;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Map, Value};
use uuid::Uuid;

use self::hex::Hex;
pub(super) use self::seal::derive;
use self::seal::{Covered, Seal};
use super::passphrase::Cost;
use super::{Barred, DatabaseKey, KeyringSecret, Passphrase, RecoveryCode, key};

/// The version of each kind that this program writes and reads.
const VERSION: u32 = 1;

/// One way to the key.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Slot {
    /// Under a secret that the password store keeps.
    Device(DeviceSlot),
    /// Under that and a passphrase.
    Passphrase(PassphraseSlot),
    /// Under the recovery code.
    Recovery(RecoverySlot),
    /// Of a kind that this version does not know: kept as it is when the file is written again.
    Other(Map<String, Value>),
}

/// The key under a [`KeyringSecret`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeviceSlot {
    pub id: Uuid,
    pub version: u32,
    /// The name under which the password store keeps the secret.
    pub keyring_entry: String,
    seal: Seal,
}

impl DeviceSlot {
    const KIND: &str = "device";

    /// Wraps `key` for `vault` under `secret`.
    pub fn seal(vault: Uuid, key: &DatabaseKey, secret: &KeyringSecret) -> Result<Self, Barred> {
        let id = random_id()?;
        let seal = Seal::close(secret.bytes(), Self::covered(vault, id, VERSION), key)?;
        Ok(Self { id, version: VERSION, keyring_entry: entry(vault, id), seal })
    }

    /// The key, if `secret` is the one it was sealed under and nothing of the slot was altered.
    pub fn open(&self, vault: Uuid, secret: &KeyringSecret) -> Option<DatabaseKey> {
        self.seal.open(secret.bytes(), Self::covered(vault, self.id, self.version))
    }

    fn covered(vault: Uuid, slot: Uuid, version: u32) -> Covered {
        Covered { vault, slot, kind: Self::KIND, version }
    }
}

/// The key under a [`KeyringSecret`] and a [`Passphrase`] together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PassphraseSlot {
    pub id: Uuid,
    pub version: u32,
    /// The name under which the password store keeps the secret.
    pub keyring_entry: String,
    /// Of the secret alone, so that a secret of other records is told from a wrong passphrase.
    keyring_check: Hex<16>,
    salt: Hex<16>,
    /// KiB of memory and passes over it: the price of one guess.
    memory: u32,
    passes: u32,
    seal: Seal,
}

impl PassphraseSlot {
    const KIND: &str = "passphrase";

    /// Wraps `key` for `vault` under `secret` and `passphrase`.
    pub fn seal(vault: Uuid, key: &DatabaseKey, secret: &KeyringSecret, passphrase: &Passphrase, cost: Cost) -> Result<Self, Barred> {
        let id = random_id()?;
        let mut salt = [0; 16];
        key::fill(&mut salt)?;
        let under = derive(&[secret.bytes(), passphrase.stretch(&salt, cost)?.as_slice()], "passphrase slot");
        let seal = Seal::close(&under, Self::covered(vault, id, VERSION), key)?;
        Ok(Self {
            id,
            version: VERSION,
            keyring_entry: entry(vault, id),
            keyring_check: check(secret),
            salt: Hex(salt),
            memory: cost.memory,
            passes: cost.passes,
            seal,
        })
    }

    /// Whether `secret` is the half that this slot was sealed under.
    pub fn is_half_of(&self, secret: &KeyringSecret) -> bool {
        self.keyring_check == check(secret)
    }

    /// The key, if both halves are right and nothing of the slot was altered.
    pub fn open(&self, vault: Uuid, secret: &KeyringSecret, passphrase: &Passphrase) -> Result<Option<DatabaseKey>, Barred> {
        let cost = self.cost();
        if !cost.is_sane() {
            return Err(Barred::VaultFileDamaged);
        }
        let under = derive(&[secret.bytes(), passphrase.stretch(&self.salt.0, cost)?.as_slice()], "passphrase slot");
        Ok(self.seal.open(&under, Self::covered(vault, self.id, self.version)))
    }

    /// The price of one guess, kept when the passphrase changes.
    pub fn cost(&self) -> Cost {
        Cost { memory: self.memory, passes: self.passes }
    }

    fn covered(vault: Uuid, slot: Uuid, version: u32) -> Covered {
        Covered { vault, slot, kind: Self::KIND, version }
    }
}

/// The key under a [`RecoveryCode`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecoverySlot {
    pub(super) id: Uuid,
    version: u32,
    seal: Seal,
}

impl RecoverySlot {
    const KIND: &str = "recovery";

    /// Wraps `key` for `vault` under `code`.
    pub(super) fn seal(vault: Uuid, key: &DatabaseKey, code: &RecoveryCode) -> Result<Self, Barred> {
        let id = random_id()?;
        let seal = Seal::close(&derive(&[code.bytes()], "recovery slot"), Self::covered(vault, id, VERSION), key)?;
        Ok(Self { id, version: VERSION, seal })
    }

    /// The key, if `code` is the one it was sealed under and nothing of the slot was altered.
    pub(super) fn open(&self, vault: Uuid, code: &RecoveryCode) -> Option<DatabaseKey> {
        self.seal.open(&derive(&[code.bytes()], "recovery slot"), Self::covered(vault, self.id, self.version))
    }

    fn covered(vault: Uuid, slot: Uuid, version: u32) -> Covered {
        Covered { vault, slot, kind: Self::KIND, version }
    }
}

fn entry(vault: Uuid, slot: Uuid) -> String {
    format!("vault {vault} slot {slot}")
}

/// Whether it is a name that [`entry`] gives for this vault.
pub(super) fn is_entry_of(vault: Uuid, name: &str) -> bool {
    name.rsplit_once(' ').and_then(|(_, slot)| slot.parse().ok()).is_some_and(|slot| entry(vault, slot) == name)
}

fn check(secret: &KeyringSecret) -> Hex<16> {
    let derived = derive(&[secret.bytes()], "keyring check");
    let mut check = [0; 16];
    check.copy_from_slice(&derived[..16]);
    Hex(check)
}

/// A random id: there is no clock here, and nothing is ordered by it.
pub(super) fn random_id() -> Result<Uuid, Barred> {
    let mut bytes = [0; 16];
    key::fill(&mut bytes)?;
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid())
}

impl Serialize for Slot {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Kinded<'a, T> {
            kind: &'static str,
            #[serde(flatten)]
            slot: &'a T,
        }
        match self {
            Self::Device(slot) => Kinded { kind: DeviceSlot::KIND, slot }.serialize(out),
            Self::Passphrase(slot) => Kinded { kind: PassphraseSlot::KIND, slot }.serialize(out),
            Self::Recovery(slot) => Kinded { kind: RecoverySlot::KIND, slot }.serialize(out),
            Self::Other(fields) => fields.serialize(out),
        }
    }
}

impl<'de> Deserialize<'de> for Slot {
    /// By hand, so that a damaged slot of a known kind is an error and not a slot of another kind.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        fn known<T: DeserializeOwned, E: de::Error>(fields: Map<String, Value>, slot: fn(T) -> Slot) -> Result<Slot, E> {
            T::deserialize(Value::Object(fields)).map(slot).map_err(E::custom)
        }
        let mut fields = Map::deserialize(from)?;
        let kind = match fields.get("kind") {
            Some(Value::String(kind)) => kind.clone(),
            _ => return Err(de::Error::missing_field("kind")),
        };
        if ![DeviceSlot::KIND, PassphraseSlot::KIND, RecoverySlot::KIND].contains(&kind.as_str()) {
            return Ok(Self::Other(fields));
        }
        match fields.get("version").and_then(Value::as_u64) {
            Some(version) if version == u64::from(VERSION) => {}
            // One of a later version is one that we do not know either.
            Some(version) if version > u64::from(VERSION) => return Ok(Self::Other(fields)),
            _ => return Err(de::Error::custom("a slot without a version")),
        }
        fields.remove("kind");
        match kind.as_str() {
            DeviceSlot::KIND => known(fields, Self::Device),
            PassphraseSlot::KIND => known(fields, Self::Passphrase),
            _ => known(fields, Self::Recovery),
        }
    }
}
