//! Why there is no newer version of the program. A closed set; what is installed, and the records, are as they were.

use serde::Serialize;

use super::BackupFailure;
use crate::time::Instant;

/// Why nothing was looked for, downloaded or installed. The program and the records are as they were.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NotUpdated {
    /// This copy was made without an address to ask, or without the key that signs what comes from there.
    #[error("this copy has no address to ask")]
    NoAddress,
    /// The sample practice is open, which asks nobody.
    #[error("the sample practice is open")]
    Sample,
    /// The address, or one that it led to, is not an encrypted one.
    #[error("the address is not over https")]
    NotHttps,
    /// Nobody answered there.
    #[error("no answer")]
    NoServer,
    /// What was answered is not what says which version is current.
    #[error("the answer cannot be read")]
    Unreadable,
    /// There is a newer version, but not for this system.
    #[error("there is no package for this system")]
    NoPackage,
    /// This copy was not installed from a package, so none can take its place.
    #[error("this copy was not installed from a package")]
    NotAPackage,
    /// The download ended before its end.
    #[error("the download broke off")]
    Interrupted,
    /// The package is not, to the byte, the one that was signed.
    #[error("the package is not what was signed")]
    Damaged,
    /// It is signed, by somebody else.
    #[error("the package is signed with another key")]
    OtherKey,
    /// Its signature does not say of which version it is.
    #[error("the signature names no version")]
    VersionNotSigned,
    /// Its signature is that of another version.
    #[error("the package was signed as another version")]
    OtherVersion,
    /// It is this version, or an older one.
    #[error("the version is not newer")]
    NotNewer,
    /// The file has no signature beside it.
    #[error("no signature lies beside the file")]
    NoSignature,
    /// The file, or its signature, cannot be read.
    #[error("the file cannot be read")]
    FileUnreadable,
    /// Nothing newer is known of.
    #[error("nothing newer is known of")]
    NothingNewer,
    /// A session is running.
    #[error("a session is running")]
    SessionNow {
        /// When the last of those that are running ends.
        ends_at: Instant,
    },
    /// There is no backup of the records as they are now.
    #[error("no backup was made first: {why}")]
    NoBackup {
        /// Why.
        why: BackupFailure,
    },
    /// The system's installer did not do it, or was not let.
    #[error("the installer failed or was declined")]
    NotInstalled,
    /// Stopped by the user.
    #[error("stopped")]
    Stopped,
}
