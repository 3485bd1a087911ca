//! Approval, its undo, and entered in error.

use serde::{Deserialize, Serialize};

use super::drafts::{hex, version};
use super::{NoteKind, NoteState, addenda, approved, change_kind, kind_for, record, store, text};
use crate::audit::Act;
use crate::error::{Fault, Field, Refusal, Result};
use crate::id::NoteId;
use crate::sessions::Attendance;
use crate::store::{Reader, Writer};
use crate::summary;
use crate::time::Instant;
use crate::words::{self, is_blank};

/// That a note is approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Approved {
    /// When.
    pub at: Instant,
    /// Until when it can be undone.
    pub undo_until: Instant,
}

/// What approving attests; kept with each approval.
pub const ATTESTATION: &str = "I held this session and wrote or checked this note. It is my record of the session.";

/// Of the note of a session to which nobody came.
pub const ATTESTATION_OF_NO_SHOW: &str = "The client did not come. I wrote or checked this note. It is my record of that.";
/// Of a process note.
pub const ATTESTATION_OF_PROCESS_NOTE: &str = "I wrote or checked this note. It is my own, kept apart from the record of the session.";

/// What decides whether a note may be approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What it is for.
    pub kind: NoteKind,
    /// Draft, approved, entered in error.
    pub state: NoteState,
    /// Its session's.
    pub attendance: Attendance,
    /// When its session starts.
    pub starts_at: Instant,
    /// It has no words.
    pub empty: bool,
}

/// The pure rule. A process note decides nothing about its session and asks only that it has begun.
///
/// # Errors
/// `NoteInError`, `NoteApproved`, `SessionCancelled`, `SessionNoShow`, `NotStarted`, `NoteEmpty`, in this order.
pub fn may_approve(note: &Candidate, now: Instant) -> std::result::Result<(), Refusal> {
    let decides = note.kind != NoteKind::Psychotherapy;
    match note.state {
        NoteState::EnteredInError => Err(Refusal::NoteInError),
        NoteState::Approved => Err(Refusal::NoteApproved),
        NoteState::Draft if decides && note.attendance.cancelled() => Err(Refusal::SessionCancelled),
        NoteState::Draft if note.kind == NoteKind::Session && note.attendance == Attendance::NoShow => Err(Refusal::SessionNoShow),
        NoteState::Draft if note.starts_at > now => Err(Refusal::NotStarted),
        NoteState::Draft if note.empty => Err(Refusal::NoteEmpty),
        NoteState::Draft => Ok(()),
    }
}

/// A note as a candidate.
pub(super) fn candidate(note: &store::Note, empty: bool) -> Result<Candidate> {
    match (note.attendance, note.starts_at) {
        (Some(attendance), Some(starts_at)) => Ok(Candidate { kind: note.kind, state: note.state, attendance, starts_at, empty }),
        _ => Err(Fault::Program("a note without a session").into()),
    }
}

/// Approves a note's text as it stands. Attests attendance.
///
/// # Errors
/// `NoteEmpty`, `NotStarted`, `SessionCancelled`, `SessionNoShow`, `NoteApproved`, `NoteInError`.
pub fn approve(w: &mut Writer, id: NoteId) -> Result<Approved> {
    let mut note = store::note(w, id)?;
    let sections = store::sections(w, id)?;
    let candidate = candidate(&note, text::is_empty(&sections))?;
    may_approve(&candidate, w.moment.at)?;
    // Begun when the client had not come, but attendance says by now that they had.
    if note.kind == NoteKind::NoShow && candidate.attendance != Attendance::NoShow {
        note.kind = kind_for(candidate.attendance);
        change_kind(w, &note, note.kind)?;
    }
    let (by, undo_seconds) = store::signature(w)?;
    let version = version(w, &note, &sections)?;
    let undo_until = w.moment.at.plus_seconds(i64::from(undo_seconds));
    let attestation = match note.kind {
        NoteKind::Session => ATTESTATION,
        NoteKind::NoShow => ATTESTATION_OF_NO_SHOW,
        NoteKind::Psychotherapy => ATTESTATION_OF_PROCESS_NOTE,
    };
    let signature = store::Signature { by: &by, attestation, attended_before: candidate.attendance, undo_until };
    // Asked before the draft goes.
    let indexed = store::is_indexed(w, id)?;
    let approval = store::insert_approval(w, id, &version, &signature)?;
    if !indexed {
        store::index(w, &note)?;
    }
    let detail = serde_json::json!({ "approval": approval, "version": version.id, "sha256": hex(&version.sha256) });
    record(w, Act::NoteApproved, &note, detail)?;
    if let (NoteKind::Session, Some(session)) = (note.kind, note.session) {
        for client in store::participants(w, session)? {
            summary::after_approval(w, client)?;
        }
    }
    Ok(Approved { at: w.moment.at, undo_until })
}

/// Takes an approval back within its seconds; both acts stay in the record.
///
/// # Errors
/// `UndoTooLate`, `HasAddendum`, `NoteNotApproved`, `NoteInError`.
pub fn undo_approval(w: &mut Writer, id: NoteId) -> Result<()> {
    let note = approved(w, id)?;
    let in_force = store::approvals(w, id)?.pop().filter(|approval| approval.undone_at.is_none());
    let approval = in_force.ok_or(Fault::Row("an approved note without its approval"))?;
    if w.moment.at > approval.undo_until {
        return Err(Refusal::UndoTooLate.into());
    }
    for addendum in store::addenda(w, id)? {
        if addendum.approved_at.is_some() || !is_blank(&addendum.text) {
            return Err(Refusal::HasAddendum.into());
        }
        addenda::discard(w, addendum.id)?;
    }
    let sections = store::sections(w, id)?;
    store::insert_undo(w, approval.id)?;
    store::write_draft(w, &note, &sections)?;
    let detail = serde_json::json!({ "approval": approval.id, "version": approval.version });
    record(w, Act::ApprovalUndone, &note, detail)?;
    if let (NoteKind::Session, Some(session)) = (note.kind, note.session) {
        for client in store::participants(w, session)? {
            summary::after_undo(w, client, approval.id, approval.version)?;
        }
    }
    Ok(())
}

/// For how many seconds, begun ones included, the approval in force can still be taken back.
pub(crate) fn seconds_to_undo(r: &Reader, id: NoteId) -> Result<u32> {
    let in_force = store::approvals(r, id)?.pop().filter(|approval| approval.undone_at.is_none());
    let left = in_force.map_or(0, |approval| (approval.undo_until.0 - r.moment.at.0).max(0));
    Ok(u32::try_from((left + 999) / 1000).unwrap_or(u32::MAX))
}

/// Why a note was entered in error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ErrorReason {
    WrongClient,
    WrongSession,
    Other,
}

/// Marks an approved note as entered in error: it stays readable and counts for nothing.
///
/// # Errors
/// `Empty` (reason), `NoteNotApproved`, `NoteInError`.
pub fn mark_in_error(w: &mut Writer, id: NoteId, kind: ErrorReason, reason: &str) -> Result<()> {
    approved(w, id)?;
    let reason = words::required(Field::Reason, reason)?;
    let (by, _) = store::signature(w)?;
    store::insert_error(w, id, &by, kind, &reason)?;
    let note = store::note(w, id)?;
    store::index(w, &note)?;
    record(w, Act::NoteEnteredInError, &note, serde_json::json!({ "kind": kind }))
}
