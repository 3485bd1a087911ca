//! What the password store of the computer can answer. A closed list: the shell maps each system's errors to it.

use super::{KeyringFault, KeyringSecret};

/// The answer to "what is kept under this entry?", asked when loading and, to be sure, right after storing.
pub enum KeyringAnswer {
    /// This is kept there.
    Secret(KeyringSecret),
    /// The store is there and open, and keeps nothing under that entry.
    NoEntry,
    /// No password store is running.
    NoService,
    /// The store is there and closed, and was not opened when asked.
    Locked,
    /// Something else.
    Failed(KeyringFault),
}
