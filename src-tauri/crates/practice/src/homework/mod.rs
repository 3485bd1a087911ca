//! Homework: what was assigned, and what became of it. *Overdue* is derived: due before today, and still open.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::id::{ClientId, HomeworkId, SessionId};
use crate::store::{Reader, Writer};
use crate::time::{Date, Instant};
use crate::words::Veiled;

/// The stored state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum HomeworkState {
    Assigned,
    InProgress,
    Done,
    PartlyDone,
    NotDone,
    Cancelled,
}

impl HomeworkState {
    /// Whether something is still to be done.
    #[must_use]
    pub fn open(self) -> bool {
        matches!(self, Self::Assigned | Self::InProgress)
    }
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Repeats {
    Once,
    Daily,
    Weekly,
}

/// One occurrence of repeated homework.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum OccurrenceState {
    Assigned,
    Done,
    PartlyDone,
    NotDone,
}

/// Homework to assign or its new text, date and rhythm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct NewHomework {
    /// What, in a line.
    pub text: String,
    /// More of it.
    pub detail: String,
    /// The session it was assigned in.
    pub session: Option<SessionId>,
    /// When it is due; `None`: no date.
    pub due_on: Option<Date>,
    /// How often.
    pub repeats: Repeats,
    /// How many times, for daily and weekly.
    pub times: Option<u32>,
}

/// Worst first, for list, profile and side panels: overdue, open, done, none.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct HomeworkStanding {
    /// The state of the worst piece; `None`: none assigned.
    pub state: Option<HomeworkState>,
    /// It is due before today, and open.
    pub overdue_days: Option<u32>,
    /// How many share that standing.
    pub count: u32,
    /// The worst piece.
    pub homework: Option<HomeworkId>,
    /// What it is.
    pub text: Option<Veiled>,
    /// When it is due.
    pub due_on: Option<Date>,
    /// When it was assigned.
    pub assigned_on: Option<Date>,
    /// When it came to its state.
    pub state_on: Option<Date>,
}

/// One piece.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Homework {
    /// Its id.
    pub id: HomeworkId,
    /// Whose.
    pub client: ClientId,
    /// What.
    pub text: Veiled,
    /// More of it.
    pub detail: Option<Veiled>,
    /// The session it was assigned in: id, start, its completed number.
    pub session: Option<AssignedIn>,
    /// When it was assigned.
    pub assigned_on: Date,
    /// When it is due.
    pub due_on: Option<Date>,
    /// How often.
    pub repeats: Repeats,
    /// How many times.
    pub times: Option<u32>,
    /// Its state.
    pub state: HomeworkState,
    /// Since when.
    pub state_on: Date,
    /// Days over its date, while open.
    pub overdue_days: Option<u32>,
    /// Each occurrence of repeated homework, in order.
    pub occurrences: Vec<OccurrenceState>,
    /// What happened, oldest first.
    pub events: Vec<HomeworkEvent>,
}

/// The session a piece was assigned in.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct AssignedIn {
    /// Its id.
    pub id: SessionId,
    /// Its start.
    pub starts_at: Instant,
    /// Its zone.
    pub zone: String,
}

/// What happened to a piece.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct HomeworkEvent {
    /// When.
    pub at: Instant,
    /// `assigned`, `state`, `due`, `edited`, `occurrence`.
    pub act: HomeworkAct,
    /// The new state.
    pub state: Option<HomeworkState>,
    /// The new date.
    pub due_on: Option<Date>,
    /// What was said of it.
    pub remark: Option<Veiled>,
}

/// What can happen to a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum HomeworkAct {
    Assigned,
    State,
    Due,
    Edited,
    Occurrence,
}

/// Assigns homework.
///
/// # Errors
/// `Empty`, `OutOfRange` (times), text errors, `NotFound`.
pub fn assign(w: &mut Writer, client: ClientId, new: &NewHomework) -> Result<HomeworkId> {
    todo!()
}

/// Changes text, date or rhythm.
pub fn edit(w: &mut Writer, id: HomeworkId, new: &NewHomework) -> Result<()> {
    todo!()
}

/// Records its state.
pub fn record_state(w: &mut Writer, id: HomeworkId, state: HomeworkState, remark: &str) -> Result<()> {
    todo!()
}

/// Records one occurrence, counted from 1. All answered: the state follows (all done: done; none done: not done; else partly done).
pub fn record_occurrence(w: &mut Writer, id: HomeworkId, number: u32, state: OccurrenceState) -> Result<()> {
    todo!()
}

/// Worst first.
pub fn standing(r: &Reader, client: ClientId) -> Result<HomeworkStanding> {
    todo!()
}

/// All of a client's, open first (overdue before the rest), then newest first.
pub fn all(r: &Reader, client: ClientId) -> Result<Vec<Homework>> {
    todo!()
}

/// One piece as it can be edited, and its words, unveiled only in open mode.
pub fn one(r: &Reader, id: HomeworkId) -> Result<Homework> {
    todo!()
}
