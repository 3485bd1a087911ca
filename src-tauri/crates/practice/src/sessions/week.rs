//! The sessions of a stretch of days.

use serde::{Deserialize, Serialize};

use super::Session;
use crate::error::Result;
use crate::settings::Hours;
use crate::store::Reader;
use crate::time::{Date, Instant};

/// A week.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Week {
    /// Its first day.
    pub from: Date,
    /// Today.
    pub today: Date,
    /// Now.
    pub now: Instant,
    /// The therapist's zone.
    pub zone: String,
    /// Its sessions, in order.
    pub sessions: Vec<Session>,
    /// Working hours.
    pub working_hours: Vec<Hours>,
}

/// The week that holds `date`, beginning as the settings say.
pub fn of(r: &Reader, date: Date) -> Result<Week> {
    todo!()
}
