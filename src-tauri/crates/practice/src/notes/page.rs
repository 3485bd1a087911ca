//! One note, whole: text, addenda, approval, error and its record.

use serde::{Deserialize, Serialize};

use super::addenda::AddendumReason;
use super::approval::{ErrorReason, candidate, may_approve};
use super::{NoteKind, NoteState, Section, SectionKind, Template, store, text};
use crate::audit::{Act, Event};
use crate::error::{Fault, Refusal, Result};
use crate::id::{AddendumId, NoteId, VersionId};
use crate::sessions::{self, Session};
use crate::store::Reader;
use crate::summary;
use crate::time::Instant;
use crate::words::Veiled;

/// One note.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct NotePage {
    /// Its id.
    pub id: NoteId,
    /// What it is for.
    pub kind: NoteKind,
    /// Draft, approved, entered in error.
    pub state: NoteState,
    /// Its template.
    pub template: Template,
    /// The session it was written of.
    pub session: Session,
    /// Its sections, in the template's order.
    pub sections: Vec<SectionPage>,
    /// It has no words yet.
    pub empty: bool,
    /// When writing began.
    pub begun_at: Instant,
    /// When the draft was last saved.
    pub saved_at: Option<Instant>,
    /// The approval in force.
    pub approval: Option<ApprovalPage>,
    /// Its addenda, oldest first; the last may still be written.
    pub addenda: Vec<AddendumPage>,
    /// Why it was entered in error.
    pub error: Option<ErrorPage>,
    /// Why it cannot be approved now, apart from being unsaved; the kind of the refusal.
    pub cannot_approve: Option<CannotApprove>,
    /// What happened to it, oldest first.
    pub record: Vec<NoteAct>,
    /// Sentences of the summary that come from this note.
    pub in_summary: Vec<Veiled>,
    /// Completed sessions before this note was entered in error; for the dialog: now and after.
    pub completed: u32,
}

/// A section.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct SectionPage {
    /// Which.
    pub kind: SectionKind,
    /// Markdown.
    pub text: Veiled,
    /// How many paragraphs it has (what discreet mode says of it).
    pub paragraphs: u32,
}

/// The approval in force.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct ApprovalPage {
    /// The version approved.
    pub version: VersionId,
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: String,
    /// Until when it can be undone.
    pub undo_until: Instant,
    /// The text still has the hash that was approved.
    pub unchanged: bool,
}

/// An addendum.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct AddendumPage {
    /// Its id.
    pub id: AddendumId,
    /// Counted from 1.
    pub number: u32,
    /// Why.
    pub reason: AddendumReason,
    /// Markdown.
    pub text: Veiled,
    /// When it was saved.
    pub saved_at: Instant,
    /// When it was approved; `None`: still being written.
    pub approved_at: Option<Instant>,
}

/// Entered in error.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct ErrorPage {
    /// When.
    pub at: Instant,
    /// Why.
    pub kind: ErrorReason,
    /// In the therapist's words.
    pub reason: Veiled,
    /// When it had been approved.
    pub approved_at: Instant,
    /// The session can get a new note (has none that counts).
    pub can_begin_again: bool,
}

/// Why a draft cannot be approved now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum CannotApprove {
    NoteEmpty,
    NotStarted,
    SessionCancelled,
    SessionNoShow,
}

/// Something that happened to a note.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct NoteAct {
    /// When.
    pub at: Instant,
    /// What.
    pub act: NoteActKind,
}

/// What can happen to a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum NoteActKind {
    Begun,
    Approved,
    ApprovalUndone,
    AddendumApproved,
    EnteredInError,
}

/// One note. The read is entered in the trail.
///
/// # Errors
/// `NotFound`.
pub fn of(r: &Reader, id: NoteId) -> Result<NotePage> {
    let note = store::note(r, id)?;
    r.was_read(Event::new(Act::NoteRead, "note", Some(id.0), note.client));
    let session_id = note.session.ok_or(Fault::Program("a note without a session"))?;
    let session = sessions::one(r, session_id)?;
    let sections = store::sections(r, id)?;
    let empty = text::is_empty(&sections);
    let approvals = store::approvals(r, id)?;
    let addenda = store::addenda(r, id)?;
    let error = store::in_error(r, id)?;
    let cannot_approve = match may_approve(&candidate(&note, empty)?, r.moment.at) {
        Err(Refusal::NoteEmpty) => Some(CannotApprove::NoteEmpty),
        Err(Refusal::NotStarted) => Some(CannotApprove::NotStarted),
        Err(Refusal::SessionCancelled) => Some(CannotApprove::SessionCancelled),
        Err(Refusal::SessionNoShow) => Some(CannotApprove::SessionNoShow),
        // Approved or in error: it says so by its state.
        Ok(()) | Err(_) => None,
    };
    let record = record(note.begun_at, &approvals, &addenda, error.as_ref());
    let in_force = approvals.into_iter().next_back().filter(|approval| approval.undone_at.is_none());
    let can_begin_again = match note.kind {
        NoteKind::Psychotherapy => store::process_note(r, session_id)?.is_none(),
        NoteKind::Session | NoteKind::NoShow => session.note.is_none() && !session.attendance.cancelled(),
    };
    Ok(NotePage {
        id,
        kind: note.kind,
        state: note.state,
        template: note.template,
        empty,
        begun_at: note.begun_at,
        saved_at: store::saved_at(r, id)?,
        error: error.map(|error| ErrorPage {
            at: error.at,
            kind: error.kind,
            reason: r.veil.text(error.reason),
            approved_at: in_force.as_ref().map_or(error.at, |approval| approval.at),
            can_begin_again,
        }),
        approval: in_force.map(|approval| ApprovalPage {
            version: approval.version,
            at: approval.at,
            unchanged: store::sha256(&approval.body) == approval.sha256,
            by: approval.by,
            undo_until: approval.undo_until,
        }),
        addenda: (1..).zip(addenda).map(|(number, addendum)| addendum_page(r, number, addendum)).collect(),
        cannot_approve,
        record,
        in_summary: summary::sentences_from(r, id)?.into_iter().map(|sentence| r.veil.text(sentence)).collect(),
        completed: note.client.map_or(Ok(0), |client| store::completed(r, client))?,
        sections: section_pages(r, note.template, &sections),
        session,
    })
}

fn section_pages(r: &Reader, template: Template, sections: &[Section]) -> Vec<SectionPage> {
    let kinds = template.sections();
    // A section of another template is shown after them, while it has words.
    let others = sections.iter().filter(|section| !kinds.contains(&section.kind) && !section.text.is_empty()).map(|section| section.kind);
    let page = |kind| {
        let text = text::section(sections, kind);
        SectionPage { kind, text: r.veil.text(text), paragraphs: u32::try_from(text::paragraphs(text).len()).unwrap_or(u32::MAX) }
    };
    kinds.iter().copied().chain(others).map(page).collect()
}

fn addendum_page(r: &Reader, number: u32, addendum: store::Addendum) -> AddendumPage {
    AddendumPage {
        id: addendum.id,
        number,
        reason: addendum.reason,
        text: r.veil.text(addendum.text),
        saved_at: addendum.saved_at,
        approved_at: addendum.approved_at,
    }
}

/// In the order in which things happened, whatever the clock said: an addendum follows the last approval, an error follows all.
fn record(begun_at: Instant, approvals: &[store::Approval], addenda: &[store::Addendum], error: Option<&store::InError>) -> Vec<NoteAct> {
    let act = |at, act| NoteAct { at, act };
    let mut acts = vec![act(begun_at, NoteActKind::Begun)];
    for approval in approvals {
        acts.push(act(approval.at, NoteActKind::Approved));
        acts.extend(approval.undone_at.map(|at| act(at, NoteActKind::ApprovalUndone)));
    }
    acts.extend(addenda.iter().filter_map(|addendum| addendum.approved_at).map(|at| act(at, NoteActKind::AddendumApproved)));
    acts.extend(error.map(|error| act(error.at, NoteActKind::EnteredInError)));
    acts
}
