//! The vault: the folder that holds the records, the key that opens them and how that key is kept.
//!
//! Two files stand side by side: `practice.db`, encrypted with a random [`DatabaseKey`], and `vault.json`, which holds that key
//! wrapped in *slots*. The device slot is wrapped under a [`KeyringSecret`] that the password store of the computer keeps; this
//! crate never talks to that store, it is told the store's [`KeyringAnswer`] and decides what it means.
//!
//! What holds throughout: a key is made only where neither file nor any trace of one exists; nothing of a vault is ever deleted
//! here; and an opening that fails leaves every byte as it was.

mod barred;
mod file;
mod folder;
pub(crate) mod key;
mod keyring;
mod open;
mod slots;

pub use barred::Barred;
pub use key::{DatabaseKey, KeyringSecret};
pub use keyring::{KeyringAnswer, KeyringFault};
pub use open::{FirstRun, Ready, Standing, prepare};
