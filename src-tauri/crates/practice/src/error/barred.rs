//! Everything that can stand between the user and the records at start, each with a way on. None of it changes anything.

use std::io::{Error, ErrorKind};

use serde::Serialize;

/// Why the records are not open. Nothing has been changed or deleted; no text here holds a key or a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Barred {
    /// No password store is running, so half of the key cannot be had.
    #[error("no password store is running")]
    NoStore,
    /// The password store is closed.
    #[error("the password store is locked")]
    StoreLocked,
    /// The password store is there but failed.
    #[error("the password store failed: {reason}")]
    StoreFailed {
        /// In what way.
        reason: KeyringFault,
    },
    /// The store keeps nothing under the entry that this vault names.
    #[error("the key is no longer in the password store")]
    KeyGone,
    /// The key, or the database, is of other records.
    #[error("this key belongs to other records")]
    OtherVault,
    /// No recovery kit was ever made for these records.
    #[error("there is no recovery kit")]
    NoKit,
    /// `vault.json` cannot be read as one.
    #[error("the vault file is damaged")]
    VaultFileDamaged,
    /// There is a database and no `vault.json`.
    #[error("the vault file is missing")]
    VaultFileMissing,
    /// `vault.json` was written by a newer Anteroom, or opens only by a means that this one does not know.
    #[error("the vault file was written by a newer version (format {format})")]
    VaultFileNewer {
        /// The format it states.
        format: u32,
    },
    /// The database does not authenticate, or is cut short.
    #[error("the database is damaged")]
    DatabaseDamaged,
    /// The database has no bytes at all.
    #[error("the database is empty")]
    DatabaseEmpty,
    /// `vault.json` is there and its database is not.
    #[error("the database is missing")]
    DatabaseMissing,
    /// The records were written by a newer Anteroom.
    #[error("the records have schema {found}, this version knows {known}")]
    Newer {
        /// The schema of the records.
        found: i32,
        /// The newest schema that this version knows.
        known: i32,
    },
    /// The folder, or a file in it, cannot be written.
    #[error("the folder cannot be written")]
    ReadOnly,
    /// Another process has the records open.
    #[error("the records are open elsewhere")]
    InUse,
    /// No room is left on the disk.
    #[error("the disk is full")]
    DiskFull,
    /// The system gave no random bytes, so no key was made.
    #[error("the system gave no random bytes")]
    NoRandomness,
    /// The file system failed in another way.
    #[error("the file system failed ({code:?})")]
    Disk {
        /// The system's own number.
        code: Option<i32>,
    },
    /// The database failed in another way: a fault of ours, to be logged.
    #[error("the database failed: {what}")]
    Database {
        /// SQLite's extended result code, where there is one.
        code: Option<i32>,
        /// What of it failed, for the log: the library, a setting, a migration, or the code again. Never a statement.
        #[serde(skip)]
        what: String,
    },
}

impl From<Error> for Barred {
    fn from(error: Error) -> Self {
        match error.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Disk { code: error.raw_os_error() },
        }
    }
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
