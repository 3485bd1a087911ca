//! What a failure underneath means for a backup.

use std::io::Error;

use crate::error::{NotUsed, Part};
use crate::store::OpenError;

/// Turns a damaged part into its refusal.
pub(super) fn damaged(part: Part) -> NotUsed {
    NotUsed::Damaged { part }
}

/// What a failure to read means: the system's own, or else that `part` is not as it was written.
pub(super) fn unread(error: &Error, part: Part) -> NotUsed {
    if error.raw_os_error().is_some() { NotUsed::from_disk(error) } else { damaged(part) }
}

impl From<OpenError> for NotUsed {
    /// Of a copy whose bytes are those that were sealed: what does not open then was never sound.
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Newer { .. } => Self::Newer,
            OpenError::Io(error) => error.into(),
            OpenError::ReadOnly => Self::ReadOnly,
            OpenError::DiskFull => Self::NoRoom { needed: 0, free: 0 },
            _ => damaged(Part::Database),
        }
    }
}
