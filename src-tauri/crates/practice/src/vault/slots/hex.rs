//! Bytes of a fixed number, in hexadecimal.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::vault::key;

/// Bytes of a fixed number, in hexadecimal.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Hex<const N: usize>(pub [u8; N]);

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
