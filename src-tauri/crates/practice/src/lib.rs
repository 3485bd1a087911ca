//! The records of a therapy practice: rules, storage, keys.

pub mod store;
pub mod vault;
