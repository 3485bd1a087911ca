//! Search in notes, inside the encryption: what was typed becomes a safe full-text query, matched by prefix.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::id::NoteId;
use crate::sessions::Session;
use crate::store::Reader;
use crate::words::Veiled;

/// A note that says what is looked for.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct FoundNote {
    /// Which.
    pub note: NoteId,
    /// Its session.
    pub session: Session,
    /// It is approved.
    pub approved: bool,
    /// With `[[` and `]]` around each match.
    pub excerpt: Veiled,
}

/// Notes that say all the words of `find`, newest first; psychotherapy notes and those entered in error are left out.
/// Returns the first `limit` and how many there are in all.
pub fn notes(r: &Reader, find: &str, limit: u32) -> Result<(Vec<FoundNote>, u32)> {
    todo!()
}
