//! How the records were found at start, as the window shows it.

use serde::Serialize;

/// How the records were found. Each has its own screen, its own sentence and its own way on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs)] // the words say it
pub enum Standing {
    /// Nothing is here yet: set-up begins. Only then is a key made.
    FirstRun,
    /// The records are open.
    Open,
    /// No password store is running.
    NoStore,
    /// The password store is locked.
    StoreLocked,
    /// The key is no longer in the password store.
    KeyGone,
    /// The key in the password store belongs to other records.
    OtherVault,
    /// The file that holds the wrapped key is damaged.
    VaultFileDamaged { path: String },
    /// The file that holds the wrapped key is missing.
    VaultFileMissing { path: String },
    /// Part of the records file cannot be read.
    DatabaseDamaged { path: String },
    /// The records file is empty.
    DatabaseEmpty { path: String },
    /// The records file is missing.
    DatabaseMissing { path: String },
    /// The records were written by a newer Anteroom.
    Newer { path: String },
    /// The folder cannot be written to.
    ReadOnly { path: String },
    /// Something else failed, under a reference in the log.
    Failed { reference: String },
}

/// What the program is.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct About {
    /// The version.
    pub version: String,
    /// Where the records are.
    pub folder: String,
    /// Licence texts of what is bundled: name and text.
    pub licences: Vec<Licence>,
}

/// A licence.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Licence {
    /// Of what.
    pub name: String,
    /// Its text.
    pub text: String,
}
