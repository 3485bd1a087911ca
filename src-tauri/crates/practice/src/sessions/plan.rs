//! Points to take up in a session. Until the therapist writes some, they are those of the last approved note's Plan.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::id::SessionId;
use crate::store::Writer;

/// A point, as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PlanPoint {
    /// What.
    pub text: String,
    /// It was taken up.
    pub done: bool,
}

/// Writes a session's points, all of them.
///
/// # Errors
/// `NotFound`, text errors.
pub fn set(w: &mut Writer, id: SessionId, points: &[PlanPoint]) -> Result<()> {
    todo!()
}
