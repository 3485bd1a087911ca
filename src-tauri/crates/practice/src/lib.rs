//! The records of a therapy practice: rules, storage, keys. No window, no keyring, no network, no clock.

pub mod imports;
pub mod summary;
