//! What the password store of the computer can answer. A closed list: the shell maps each system's errors to it.

use serde::Serialize;

use super::KeyringSecret;

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

/// Why a password store that is there did not do what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum KeyringFault {
    /// It did not answer in time.
    TimedOut,
    /// It has no keyring in which anything could be kept.
    NoKeyring,
    /// More than one thing is kept under the entry.
    Ambiguous,
    /// What is kept under the entry is not a secret of ours.
    NotASecret,
    /// What was stored is not what is then kept.
    NotKept,
    /// The store's own failure.
    Platform,
}

impl std::fmt::Display for KeyringFault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::TimedOut => "no answer in time",
            Self::NoKeyring => "no keyring to keep anything in",
            Self::Ambiguous => "more than one entry",
            Self::NotASecret => "an entry of another form",
            Self::NotKept => "what was stored is not kept",
            Self::Platform => "a failure of its own",
        })
    }
}
