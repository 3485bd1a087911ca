//! The consent ledger: records are added, never edited; the state is that of the latest record.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::id::{ClientId, SessionId};
use crate::store::{Reader, Writer};
use crate::time::{Date, Instant};
use crate::words::Veiled;

/// What the consent is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Purpose {
    AutomaticNoteTaking,
    Recording,
    Email,
    Release,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Decision {
    Given,
    Declined,
    Withdrawn,
}

/// The derived state: absence of a record is "not recorded", never "no".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ConsentState {
    NotRecorded,
    Given,
    Declined,
    Withdrawn,
}

/// How it was discussed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum How {
    InSession,
    Phone,
    Video,
    Writing,
}

/// Who asserts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum AssertedBy {
    Client,
    Therapist,
}

/// A consent to record.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct NewConsent {
    /// What for.
    pub purpose: Purpose,
    /// What was decided.
    pub decision: Decision,
    /// Who asserts it.
    pub asserted_by: AssertedBy,
    /// How it was discussed.
    pub how: How,
    /// When; not in the future.
    pub discussed_on: Date,
    /// The form used, where there was one.
    pub form_version: String,
    /// The session it was discussed in.
    pub session: Option<SessionId>,
    /// In the client's words, perhaps.
    pub remark: String,
}

/// Where a client's consent stands for one purpose.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct ConsentStanding {
    /// The state.
    pub state: ConsentState,
    /// Since when, by the date it was discussed.
    pub since: Option<Date>,
    /// How it was discussed.
    pub how: Option<How>,
    /// Who asserted it.
    pub asserted_by: Option<AssertedBy>,
}

/// One record of the ledger.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct ConsentRecord {
    /// What was decided.
    pub decision: Decision,
    /// Who asserted it.
    pub asserted_by: AssertedBy,
    /// How it was discussed.
    pub how: How,
    /// When it was discussed.
    pub discussed_on: Date,
    /// When it was recorded.
    pub at: Instant,
    /// The remark.
    pub remark: Option<Veiled>,
}

/// Adds a record.
///
/// # Errors
/// `NothingToWithdraw`, `ConsentUnchanged`, `InFuture`, `NotFound`, the errors of the remark's text.
pub fn record(w: &mut Writer, client: ClientId, consent: &NewConsent) -> Result<()> {
    todo!()
}

/// Where it stands.
pub fn standing(r: &Reader, client: ClientId, purpose: Purpose) -> Result<ConsentStanding> {
    todo!()
}

/// All records for one purpose, newest first.
pub fn history(r: &Reader, client: ClientId, purpose: Purpose) -> Result<Vec<ConsentRecord>> {
    todo!()
}

/// A leave to process a session automatically; nothing else makes one. [Rule 6: the core hands out no handle without
/// the consent of every participant.] The session's participants are given by the caller's transaction.
#[derive(Debug)]
pub struct ProcessingLeave {
    session: SessionId,
}

impl ProcessingLeave {
    /// The session it holds for.
    #[must_use]
    pub fn session(&self) -> SessionId {
        self.session
    }
}

/// Checks every participant's current decision.
///
/// # Errors
/// `ConsentMissing`.
pub fn leave_to_process(r: &Reader, session: SessionId, purpose: Purpose) -> Result<ProcessingLeave> {
    todo!()
}
