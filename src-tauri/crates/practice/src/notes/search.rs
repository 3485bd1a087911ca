//! Search in notes, inside the encryption: what was typed becomes a safe full-text query, matched by prefix.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::id::{ClientId, NoteId};
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

/// The notes of a client that say all the words of `find`, each with its excerpt.
pub(crate) fn matching_of(r: &Reader, client: ClientId, find: &str) -> Result<HashMap<NoteId, Veiled>> {
    todo!()
}
