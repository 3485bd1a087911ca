//! The vault: the folder that holds the records, the key that opens them and how that key is kept.
//!
//! Two files stand side by side: `practice.db`, encrypted with a random [`DatabaseKey`], and `vault.json`, which holds that key
//! wrapped in *slots*: one usual way in (the password store of the computer alone, or with a [`Passphrase`]) and the
//! [`RecoveryCode`]. This crate never talks to the password store, it is told the store's [`KeyringAnswer`] and decides what it means.
//!
//! What holds throughout: opening makes a key only where neither file nor any trace of one exists; another is made only when it is
//! asked for, beside the one before, which opens until the new one is proved; nothing of a vault is ever deleted
//! here, but for what a former key opens once the records are whole, checked and in place under a new one; an opening that fails leaves
//! every byte as it was; and the records of a folder are open once at a time.

pub mod backup;
mod barred;
mod code;
mod file;
mod folder;
mod held;
pub(crate) mod key;
mod keyring;
mod open;
mod passphrase;
mod recover;
mod rotate;
mod slots;
#[cfg(test)]
mod testing;

pub use crate::error::{Barred, KeyringFault, Slip};
pub use code::{GROUPS, RecoveryCode, Written};
pub use folder::length;
pub use held::{Held, NewKit};
pub use key::{DatabaseKey, KeyringSecret};
pub use keyring::KeyringAnswer;
pub use open::{FirstRun, Locked, Opened, Ready, Standing, prepare};
pub use passphrase::{Passphrase, Strength, Weakness, strength};
pub use recover::{Recovered, recover};
pub use rotate::{PasswordStore, Rotated, Rotation};
