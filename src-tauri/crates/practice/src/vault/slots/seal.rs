//! The seal that all slots share: the database's key, encrypted under the slot's own key.

use chacha20poly1305::aead::{AeadInPlace, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::hex::Hex;
use crate::vault::key::{self, KEY, SALT};
use crate::vault::{Barred, DatabaseKey};

pub(super) const NONCE: usize = 24;
pub(super) const TAG: usize = 16;

/// What a seal covers beside the key, so that a slot cannot be moved to another vault, relabelled or taken for another version.
#[derive(Clone, Copy)]
pub(super) struct Covered {
    pub vault: Uuid,
    pub slot: Uuid,
    pub kind: &'static str,
    pub version: u32,
}

impl Covered {
    /// The associated data. Lengths are fixed but for the kind, which is last, so no two slots share it.
    pub(super) fn bytes(self) -> Vec<u8> {
        [b"anteroom slot".as_slice(), self.vault.as_bytes(), self.slot.as_bytes(), &self.version.to_le_bytes(), self.kind.as_bytes()]
            .concat()
    }
}

/// The database's key, sealed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seal {
    pub nonce: Hex<NONCE>,
    pub wrapped: Hex<{ KEY + SALT + TAG }>,
}

impl Seal {
    pub fn close(under: &[u8; 32], covered: Covered, key: &DatabaseKey) -> Result<Self, Barred> {
        let mut nonce = [0; NONCE];
        key::fill(&mut nonce)?;
        // Sealed in place: after that it is no longer a secret.
        let mut wrapped = Zeroizing::new([0; KEY + SALT + TAG]);
        let (text, tag) = wrapped.split_at_mut(KEY + SALT);
        text.copy_from_slice(key.bytes());
        let seal = XChaCha20Poly1305::new(under.into())
            .encrypt_in_place_detached(XNonce::from_slice(&nonce), &covered.bytes(), text)
            .map_err(|_| Barred::VaultFileDamaged)?;
        tag.copy_from_slice(&seal);
        Ok(Self { nonce: Hex(nonce), wrapped: Hex(*wrapped) })
    }

    /// The key, if `under` is what it was sealed under and nothing of the slot was altered.
    pub fn open(&self, under: &[u8; 32], covered: Covered) -> Option<DatabaseKey> {
        let mut key = DatabaseKey::blank();
        let (text, tag) = self.wrapped.0.split_at(KEY + SALT);
        key.bytes_mut().copy_from_slice(text);
        XChaCha20Poly1305::new(under.into())
            .decrypt_in_place_detached(XNonce::from_slice(&self.nonce.0), &covered.bytes(), key.bytes_mut(), Tag::from_slice(tag))
            .ok()
            .map(|()| key)
    }
}

/// 32 bytes for one purpose, from secrets that have their entropy already.
pub(in crate::vault) fn derive(secrets: &[&[u8]], purpose: &str) -> Zeroizing<[u8; 32]> {
    let joined = Zeroizing::new(secrets.concat());
    let mut out = Zeroizing::new([0; 32]);
    // 32 bytes are always fewer than the 8,160 that may be asked for.
    let filled = Hkdf::<Sha256>::new(Some(b"anteroom"), &joined).expand(purpose.as_bytes(), out.as_mut_slice());
    debug_assert!(filled.is_ok());
    out
}
