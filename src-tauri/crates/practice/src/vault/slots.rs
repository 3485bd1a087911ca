//! Slots: the database's key, wrapped. One way in is one slot; losing one slot loses one way, not the records.
//!
//! A slot is XChaCha20-Poly1305 with a random nonce. What the seal covers beside the key: vault, slot, kind and version, so that a
//! slot cannot be moved to another vault, relabelled or taken for another version.

use chacha20poly1305::aead::{AeadInPlace, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Map, Value};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::key::{self, KEY, SALT};
use super::{Barred, DatabaseKey, KeyringSecret};

const NONCE: usize = 24;
const TAG: usize = 16;
const DEVICE: &str = "device";
const DEVICE_VERSION: u32 = 1;

/// One way to the key.
#[derive(Debug, PartialEq)]
pub(super) enum Slot {
    /// Under a secret that the password store keeps.
    Device(DeviceSlot),
    /// Of a kind that this version does not know: kept as it is when the file is written again.
    Other(Map<String, Value>),
}

/// The database's key under a [`KeyringSecret`].
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeviceSlot {
    pub id: Uuid,
    pub version: u32,
    /// The name under which the password store keeps the secret.
    pub keyring_entry: String,
    nonce: Hex<NONCE>,
    wrapped: Hex<{ KEY + SALT + TAG }>,
}

impl DeviceSlot {
    /// Wraps `key` for `vault` under `secret`.
    pub fn seal(vault: Uuid, key: &DatabaseKey, secret: &KeyringSecret) -> Result<Self, Barred> {
        let id = random_id()?;
        let mut nonce = [0; NONCE];
        key::fill(&mut nonce)?;
        // Sealed in place: after that it is no longer a secret.
        let mut wrapped = Zeroizing::new([0; KEY + SALT + TAG]);
        let (text, tag) = wrapped.split_at_mut(KEY + SALT);
        text.copy_from_slice(key.bytes());
        let seal = cipher(secret)
            .encrypt_in_place_detached(XNonce::from_slice(&nonce), &covered(vault, id, DEVICE, DEVICE_VERSION), text)
            .map_err(|_| Barred::VaultFileDamaged)?;
        tag.copy_from_slice(&seal);
        let keyring_entry = format!("vault {vault} slot {id}");
        Ok(Self { id, version: DEVICE_VERSION, keyring_entry, nonce: Hex(nonce), wrapped: Hex(*wrapped) })
    }

    /// The key, if `secret` is the one it was sealed under and nothing of the slot was altered.
    pub fn open(&self, vault: Uuid, secret: &KeyringSecret) -> Option<DatabaseKey> {
        let mut key = DatabaseKey::blank();
        let (text, tag) = self.wrapped.0.split_at(KEY + SALT);
        key.bytes_mut().copy_from_slice(text);
        cipher(secret)
            .decrypt_in_place_detached(
                XNonce::from_slice(&self.nonce.0),
                &covered(vault, self.id, DEVICE, self.version),
                key.bytes_mut(),
                Tag::from_slice(tag),
            )
            .ok()
            .map(|()| key)
    }
}

fn cipher(secret: &KeyringSecret) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(secret.bytes().into())
}

/// The associated data. Lengths are fixed but for the kind, which is last, so no two slots share it.
fn covered(vault: Uuid, slot: Uuid, kind: &str, version: u32) -> Vec<u8> {
    [b"anteroom slot".as_slice(), vault.as_bytes(), slot.as_bytes(), &version.to_le_bytes(), kind.as_bytes()].concat()
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
        struct Kinded<'a> {
            kind: &'a str,
            #[serde(flatten)]
            slot: &'a DeviceSlot,
        }
        match self {
            Self::Device(slot) => Kinded { kind: DEVICE, slot }.serialize(out),
            Self::Other(fields) => fields.serialize(out),
        }
    }
}

impl<'de> Deserialize<'de> for Slot {
    /// By hand, so that a damaged device slot is an error and not a slot of another kind.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut fields = Map::deserialize(from)?;
        match fields.get("kind").and_then(Value::as_str) {
            Some(DEVICE) if fields.get("version").and_then(Value::as_u64) == Some(u64::from(DEVICE_VERSION)) => {
                fields.remove("kind");
                DeviceSlot::deserialize(Value::Object(fields)).map(Self::Device).map_err(de::Error::custom)
            }
            // A device slot of a later version is one that we do not know either.
            Some(DEVICE) if fields.get("version").and_then(Value::as_u64).is_none_or(|version| version < 1) => {
                Err(de::Error::custom("a device slot without a version"))
            }
            Some(_) => Ok(Self::Other(fields)),
            None => Err(de::Error::missing_field("kind")),
        }
    }
}

/// Bytes of a fixed number, in hexadecimal.
#[derive(Debug, PartialEq)]
struct Hex<const N: usize>([u8; N]);

impl<const N: usize> Serialize for Hex<N> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&key::hex(&self.0))
    }
}

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let mut bytes = [0; N];
        if key::unhex(text.as_bytes(), &mut bytes) { Ok(Self(bytes)) } else { Err(de::Error::custom("not bytes in hexadecimal")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed() -> (Uuid, DatabaseKey, KeyringSecret, DeviceSlot) {
        let (vault, key, secret) = (random_id().unwrap(), DatabaseKey::generate().unwrap(), KeyringSecret::generate().unwrap());
        let slot = DeviceSlot::seal(vault, &key, &secret).unwrap();
        (vault, key, secret, slot)
    }

    #[test]
    fn a_slot_gives_back_the_key_it_was_given() {
        let (vault, key, secret, slot) = sealed();
        assert!(slot.open(vault, &secret).unwrap().bytes() == key.bytes());
        let written = serde_json::to_string(&Slot::Device(slot)).unwrap();
        let Slot::Device(read) = serde_json::from_str(&written).unwrap() else { panic!("not a device slot") };
        assert!(read.open(vault, &secret).unwrap().bytes() == key.bytes());
    }

    #[test]
    fn the_wrapped_key_does_not_show_the_key() {
        let (_, key, secret, slot) = sealed();
        let written = serde_json::to_string(&Slot::Device(slot)).unwrap();
        assert!(!written.contains(key::hex(&key.bytes()[..8]).as_str()));
        assert!(!written.contains(&secret.to_text()[..16]));
    }

    #[test]
    fn another_secret_opens_nothing() {
        let (vault, _, _, slot) = sealed();
        assert!(slot.open(vault, &KeyringSecret::generate().unwrap()).is_none());
    }

    #[test]
    fn a_slot_of_another_vault_opens_nothing() {
        let (_, _, secret, slot) = sealed();
        assert!(slot.open(random_id().unwrap(), &secret).is_none());
    }

    #[test]
    fn no_single_altered_bit_of_a_slot_goes_unnoticed() {
        let (vault, _, secret, mut slot) = sealed();
        for bit in 0..NONCE * 8 {
            slot.nonce.0[bit / 8] ^= 1 << (bit % 8);
            assert!(slot.open(vault, &secret).is_none(), "bit {bit} of the nonce");
            slot.nonce.0[bit / 8] ^= 1 << (bit % 8);
        }
        for bit in 0..(KEY + SALT + TAG) * 8 {
            slot.wrapped.0[bit / 8] ^= 1 << (bit % 8);
            assert!(slot.open(vault, &secret).is_none(), "bit {bit} of the wrapped key");
            slot.wrapped.0[bit / 8] ^= 1 << (bit % 8);
        }
        slot.version = 2;
        assert!(slot.open(vault, &secret).is_none());
        slot.version = DEVICE_VERSION;
        let id = slot.id;
        slot.id = random_id().unwrap();
        assert!(slot.open(vault, &secret).is_none());
        slot.id = id;
        assert!(slot.open(vault, &secret).is_some());
    }

    #[test]
    fn the_seal_covers_the_kind() {
        let (vault, slot) = (random_id().unwrap(), random_id().unwrap());
        assert_ne!(covered(vault, slot, "device", 1), covered(vault, slot, "recovery", 1));
    }

    #[test]
    fn a_damaged_device_slot_is_not_taken_for_one_of_another_kind() {
        let (_, _, _, slot) = sealed();
        let good = serde_json::to_value(Slot::Device(slot)).unwrap();
        for field in ["id", "version", "keyring_entry", "nonce", "wrapped"] {
            let mut bad = good.clone();
            bad[field] = Value::from("zz");
            if field == "keyring_entry" {
                bad[field] = Value::Null;
            }
            assert!(serde_json::from_value::<Slot>(bad).is_err(), "{field} altered");
            let mut bad = good.clone();
            bad.as_object_mut().unwrap().remove(field);
            assert!(serde_json::from_value::<Slot>(bad).is_err(), "{field} missing");
        }
        let mut more = good.clone();
        more["surprise"] = Value::from(1);
        assert!(serde_json::from_value::<Slot>(more).is_err());
    }

    #[test]
    fn a_device_slot_of_a_later_version_is_kept_as_one_of_another_kind() {
        let (_, _, _, slot) = sealed();
        let mut later = serde_json::to_value(Slot::Device(slot)).unwrap();
        later["version"] = Value::from(2);
        later["more"] = Value::from("yes");
        let read: Slot = serde_json::from_value(later.clone()).unwrap();
        assert!(matches!(read, Slot::Other(_)));
        assert_eq!(serde_json::to_value(read).unwrap(), later);
    }
}
