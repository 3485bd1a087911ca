//! What can go wrong: a backup that was not made, and one that was not used. Closed sets; no text here holds a path or a client's word.

use std::io::{Error, ErrorKind};

use serde::{Deserialize, Serialize};

use super::{Barred, Refusal};

/// A part of a backup that does not agree with the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The frame that holds the parts: cut short, or with something too much.
    Frame,
    /// What it says of itself.
    About,
    /// The instructions.
    ReadMe,
    /// The identity that the code opens.
    Identity,
    /// What is encrypted.
    Content,
    /// The seal under the records' own key: changed, or never made by these records.
    Seal,
    /// The database's key.
    Key,
    /// The database.
    Database,
    /// The number of records.
    Count,
    /// The trail, or the text of a note.
    Trail,
}

/// Why there is no new backup. Those before it are as they were, and so are the records.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BackupFailure {
    /// There is no recovery kit, so nobody could open it.
    #[error("there is no recovery kit")]
    NoKit,
    /// The folder is not there: a drive that is not plugged in.
    #[error("the place is not there")]
    PlaceMissing,
    /// The folder cannot be written.
    #[error("the place cannot be written")]
    PlaceReadOnly,
    /// No room is left there.
    #[error("the place has {free} bytes left and {needed} are needed")]
    PlaceFull {
        /// Bytes.
        #[specta(type = u32)]
        needed: u64,
        /// Bytes.
        #[specta(type = u32)]
        free: u64,
    },
    /// The folder lies inside that of the records.
    #[error("the place is inside the records' own folder")]
    InsideRecords,
    /// The folder is the other place already: both would be lost together.
    #[error("the place is the other place already")]
    SamePlace,
    /// Stopped by the user.
    #[error("stopped")]
    Stopped,
    /// What was written is not what was read back.
    #[error("what was written did not stand the check: {what:?}")]
    NotVerified {
        /// Which part of it.
        what: Part,
    },
    /// The file system failed in another way.
    #[error("the file system failed ({code:?})")]
    Disk {
        /// The system's own number.
        code: Option<i32>,
    },
    /// The database failed: a fault of ours, to be logged.
    #[error("the database failed")]
    Database,
}

/// Why a backup was not used. The records are as they were, to the byte.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NotUsed {
    /// The file is not there.
    #[error("there is no such file")]
    Missing,
    /// It is no backup at all.
    #[error("this is not a backup")]
    NotABackup,
    /// It was changed or damaged after it was written, or is a forgery.
    #[error("the backup is damaged: {part:?}")]
    Damaged {
        /// Where that showed.
        part: Part,
    },
    /// The code does not open it.
    #[error("the code does not open this backup")]
    WrongCode,
    /// It was made by a newer Anteroom.
    #[error("the backup was made by a newer version")]
    Newer,
    /// It is of other records than those that are here, and nobody has said that they may take their place.
    #[error("the backup is of other records")]
    OtherRecords,
    /// No room is left for it.
    #[error("{free} bytes are left and {needed} are needed")]
    NoRoom {
        /// Bytes.
        #[specta(type = u32)]
        needed: u64,
        /// Bytes.
        #[specta(type = u32)]
        free: u64,
    },
    /// The records' folder cannot be written.
    #[error("the folder cannot be written")]
    ReadOnly,
    /// Stopped by the user.
    #[error("stopped")]
    Stopped,
    /// No way in could be made for the restored records, or the folder is not as it should be.
    #[error("{why}")]
    Barred {
        /// Why.
        why: Barred,
    },
    /// The file system failed in another way.
    #[error("the file system failed ({code:?})")]
    Disk {
        /// The system's own number.
        code: Option<i32>,
    },
}

impl NotUsed {
    /// What a failure of the file system means.
    pub(crate) fn from_disk(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::NoRoom { needed: 0, free: 0 },
            _ => Self::Disk { code: error.raw_os_error() },
        }
    }
}

impl From<Error> for NotUsed {
    fn from(error: Error) -> Self {
        Self::from_disk(&error)
    }
}

impl From<Barred> for NotUsed {
    fn from(why: Barred) -> Self {
        match why {
            Barred::ReadOnly => Self::ReadOnly,
            Barred::DiskFull => Self::NoRoom { needed: 0, free: 0 },
            Barred::Disk { code } => Self::Disk { code },
            why => Self::Barred { why },
        }
    }
}

impl From<super::Error> for NotUsed {
    fn from(error: super::Error) -> Self {
        match error {
            super::Error::Refused(Refusal::Stopped) => Self::Stopped,
            super::Error::Refused(Refusal::DiskFull) => Self::NoRoom { needed: 0, free: 0 },
            super::Error::Refused(Refusal::ReadOnly) => Self::ReadOnly,
            _ => Self::Damaged { part: Part::Database },
        }
    }
}

impl From<NotUsed> for BackupFailure {
    /// Of a backup that was read back right after it was written.
    fn from(why: NotUsed) -> Self {
        match why {
            NotUsed::Damaged { part } => Self::NotVerified { what: part },
            NotUsed::Missing | NotUsed::NotABackup => Self::NotVerified { what: Part::Frame },
            NotUsed::WrongCode => Self::NotVerified { what: Part::Identity },
            NotUsed::Newer | NotUsed::OtherRecords | NotUsed::Barred { .. } => Self::NotVerified { what: Part::Database },
            NotUsed::NoRoom { needed, free } => Self::PlaceFull { needed, free },
            NotUsed::ReadOnly => Self::PlaceReadOnly,
            NotUsed::Stopped => Self::Stopped,
            NotUsed::Disk { code } => Self::Disk { code },
        }
    }
}

impl From<Error> for BackupFailure {
    fn from(error: Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::PlaceMissing,
            _ => NotUsed::from_disk(&error).into(),
        }
    }
}

impl From<super::Error> for BackupFailure {
    fn from(error: super::Error) -> Self {
        match error {
            super::Error::Refused(Refusal::Stopped) => Self::Stopped,
            super::Error::Refused(Refusal::DiskFull) => Self::PlaceFull { needed: 0, free: 0 },
            super::Error::Refused(Refusal::ReadOnly) => Self::PlaceReadOnly,
            _ => Self::Database,
        }
    }
}
