//! The two secrets: what opens the database, and what opens the slot in which that lies.
//!
//! Deliberately absent: `Debug`, `Clone`, `Display`, `Serialize`. The bytes live in one place on the heap, so that moving a key
//! leaves no copy on the stack, and are wiped when it goes.

use zeroize::{Zeroize, Zeroizing};

use super::Barred;
use super::slots::derive;

/// Bytes of the database's key.
pub(crate) const KEY: usize = 32;
/// Bytes of the salt at the head of the database file.
pub(crate) const SALT: usize = 16;
const SECRET: usize = 32;

/// The key of the database: 32 random bytes, and the 16 bytes of salt at the head of the file, without which a damaged head
/// would make the whole file unreadable.
pub struct DatabaseKey(Box<[u8; KEY + SALT]>);

impl DatabaseKey {
    /// A new key. Called on a first run and by tests, nowhere else.
    pub fn generate() -> Result<Self, Barred> {
        let mut key = Self::blank();
        fill(key.0.as_mut_slice())?;
        Ok(key)
    }

    /// To be filled in place by whoever unwraps it.
    pub(super) fn blank() -> Self {
        Self(Box::new([0; KEY + SALT]))
    }

    /// A key of a test's own choosing.
    #[cfg(test)]
    pub(crate) fn chosen(bytes: [u8; KEY + SALT]) -> Self {
        Self(Box::new(bytes))
    }

    pub(super) fn bytes_mut(&mut self) -> &mut [u8; KEY + SALT] {
        &mut self.0
    }

    /// Key, then salt.
    pub(crate) fn bytes(&self) -> &[u8; KEY + SALT] {
        &self.0
    }

    /// A key for one purpose beside the database, which tells nothing of this one.
    pub(super) fn derive(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        derive(&[self.bytes()], purpose)
    }

    /// The same key once more, for whoever must hold it longer.
    pub(crate) fn copy(&self) -> Self {
        let mut copy = Self::blank();
        copy.0.copy_from_slice(self.0.as_slice());
        copy
    }

    /// The salt alone, which is no secret: it is the first 16 bytes of the file.
    pub(crate) fn salt(&self) -> &[u8] {
        &self.0[KEY..]
    }
}

impl Drop for DatabaseKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// What the password store keeps: 32 random bytes that wrap the database's key in the device slot.
pub struct KeyringSecret(Box<[u8; SECRET]>);

impl KeyringSecret {
    /// A new secret. Called on a first run and by tests, nowhere else.
    pub fn generate() -> Result<Self, Barred> {
        let mut secret = Self(Box::new([0; SECRET]));
        fill(secret.0.as_mut_slice())?;
        Ok(secret)
    }

    /// As it is put into the password store: 64 hexadecimal digits, because some stores alter what is not text.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        hex(self.0.as_slice())
    }

    /// As it came from the password store; `None` if it is not one of ours.
    #[must_use]
    pub fn from_text(text: &[u8]) -> Option<Self> {
        let mut secret = Self(Box::new([0; SECRET]));
        unhex(text, secret.0.as_mut_slice()).then_some(secret)
    }

    pub(super) fn bytes(&self) -> &[u8; SECRET] {
        &self.0
    }
}

impl Drop for KeyringSecret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Random bytes from the operating system.
pub(super) fn fill(bytes: &mut [u8]) -> Result<(), Barred> {
    getrandom::fill(bytes).map_err(|_| Barred::NoRandomness)
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Writes `bytes` in hexadecimal behind `text`, which must have the room: growing would leave an unwiped copy behind.
pub(crate) fn push_hex(text: &mut String, bytes: &[u8]) {
    debug_assert!(text.capacity() - text.len() >= bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}

pub(super) fn hex(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 2));
    push_hex(&mut text, bytes);
    text
}

/// Fills `bytes` from exactly as many lower-case digits; false if `text` is anything else.
pub(super) fn unhex(text: &[u8], bytes: &mut [u8]) -> bool {
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    text.len() == bytes.len() * 2
        && bytes.iter_mut().zip(text.chunks_exact(2)).all(|(byte, pair)| match (value(pair[0]), value(pair[1])) {
            (Some(high), Some(low)) => {
                *byte = high << 4 | low;
                true
            }
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_and_every_secret_is_new() {
        let (one, two) = (DatabaseKey::generate().unwrap(), DatabaseKey::generate().unwrap());
        assert_ne!(one.bytes(), two.bytes());
        assert_ne!(one.bytes()[..KEY], [0; KEY]);
        let (one, two) = (KeyringSecret::generate().unwrap(), KeyringSecret::generate().unwrap());
        assert_ne!(one.bytes(), two.bytes());
    }

    #[test]
    fn a_secret_survives_the_way_through_the_password_store() {
        let secret = KeyringSecret::generate().unwrap();
        let text = secret.to_text();
        assert_eq!(text.len(), 64);
        assert!(KeyringSecret::from_text(text.as_bytes()).unwrap().bytes() == secret.bytes());
    }

    #[test]
    fn what_is_not_a_secret_of_ours_is_not_read_as_one() {
        for text in ["", "00", &"0".repeat(63), &"0".repeat(65), &"g".repeat(64), &"A".repeat(64), &"é".repeat(32)] {
            assert!(KeyringSecret::from_text(text.as_bytes()).is_none(), "{text}");
        }
    }
}
