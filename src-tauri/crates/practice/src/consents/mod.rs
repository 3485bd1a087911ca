//! The consent ledger: records are added, never edited; the state is that of the latest record.

mod store;

use chrono::Datelike;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::audit::{self, Act, Event};
use crate::clients::must_exist;
use crate::error::{Field, Refusal, Result, Thing};
use crate::id::{ClientId, SessionId};
use crate::store::{Reader, Writer};
use crate::time::{Date, Instant};
use crate::words::{self, Veiled};

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

impl From<Decision> for ConsentState {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Given => Self::Given,
            Decision::Declined => Self::Declined,
            Decision::Withdrawn => Self::Withdrawn,
        }
    }
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

/// No consent is older than the oldest practice.
const EARLIEST: i32 = 1900;

/// Adds a record.
///
/// # Errors
/// `NothingToWithdraw`, `ConsentUnchanged`, `InFuture`, `NotFound`, `Participants` (the session was another client's), the errors
/// of the remark's text.
pub fn record(w: &mut Writer, client: ClientId, consent: &NewConsent) -> Result<()> {
    must_exist(w, client)?;
    if consent.discussed_on > w.moment.today() {
        return Err(Refusal::InFuture { field: Field::DiscussedOn }.into());
    }
    if consent.discussed_on.year() < EARLIEST {
        return Err(Refusal::OutOfRange { field: Field::DiscussedOn }.into());
    }
    if let Some(session) = consent.session {
        let participants = store::decisions(w, session, consent.purpose)?;
        if participants.is_empty() {
            return Err(Refusal::NotFound { what: Thing::Session }.into());
        }
        if participants.iter().all(|(participant, _)| *participant != client) {
            return Err(Refusal::Participants.into());
        }
    }
    let consent = NewConsent {
        form_version: words::line(Field::Source, &consent.form_version)?,
        remark: words::paragraphs(Field::Remark, &consent.remark, words::PARAGRAPH)?,
        ..consent.clone()
    };
    check_step(standing(w, client, consent.purpose)?.state, consent.decision)?;
    let id = store::insert(w, client, &consent)?;
    audit::record(
        w,
        &Event::new(Act::ConsentRecorded, "consent", Some(id), Some(client)).with(json!({
            "purpose": consent.purpose,
            "decision": consent.decision,
            "asserted_by": consent.asserted_by,
            "how": consent.how,
            "discussed_on": consent.discussed_on,
            "session": consent.session,
        })),
    )
}

/// The pure rule: only what was given is withdrawn, and what stands so already is not recorded again.
fn check_step(now: ConsentState, decision: Decision) -> std::result::Result<(), Refusal> {
    if now == ConsentState::from(decision) {
        Err(Refusal::ConsentUnchanged)
    } else if decision == Decision::Withdrawn && now != ConsentState::Given {
        Err(Refusal::NothingToWithdraw)
    } else {
        Ok(())
    }
}

/// Where it stands.
pub fn standing(r: &Reader, client: ClientId, purpose: Purpose) -> Result<ConsentStanding> {
    let newest = store::newest(r, client, purpose)?;
    Ok(ConsentStanding {
        state: newest.as_ref().map_or(ConsentState::NotRecorded, |record| record.decision.into()),
        since: newest.as_ref().map(|record| record.discussed_on),
        how: newest.as_ref().map(|record| record.how),
        asserted_by: newest.map(|record| record.asserted_by),
    })
}

/// All records for one purpose, newest first.
pub fn history(r: &Reader, client: ClientId, purpose: Purpose) -> Result<Vec<ConsentRecord>> {
    store::history(r, client, purpose)
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
/// `ConsentMissing`, `NotFound`.
pub fn leave_to_process(r: &Reader, session: SessionId, purpose: Purpose) -> Result<ProcessingLeave> {
    let participants = store::decisions(r, session, purpose)?;
    if participants.is_empty() {
        return Err(Refusal::NotFound { what: Thing::Session }.into());
    }
    if participants.iter().any(|(_, decision)| *decision != Some(Decision::Given)) {
        return Err(Refusal::ConsentMissing.into());
    }
    Ok(ProcessingLeave { session })
}

#[cfg(test)]
mod tests;
