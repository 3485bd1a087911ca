//! Notes: drafts, versions, approval and its undo, addenda, entered in error.

pub mod addenda;
pub mod approval;
pub mod drafts;
pub mod list;
pub mod page;
pub mod search;
mod store;
mod text;

#[cfg(test)]
mod tests;

pub(crate) use store::{ApprovedNote, approved_of};
pub(crate) use text::passage;

use serde::{Deserialize, Serialize};

use crate::audit::{self, Act, Event};
use crate::error::{Refusal, Result};
use crate::id::{NoteId, SessionId};
use crate::sessions::Attendance;
use crate::store::{Reader, Writer};

/// Which sections a note has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Template {
    Soap,
    Dap,
    Birp,
    Free,
}

/// A section's kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum SectionKind {
    Subjective,
    Objective,
    Assessment,
    Plan,
    Data,
    Behaviour,
    Intervention,
    Response,
    Text,
}

impl Template {
    /// Its sections, in order.
    #[must_use]
    pub fn sections(self) -> &'static [SectionKind] {
        use SectionKind::{Assessment, Behaviour, Data, Intervention, Objective, Plan, Response, Subjective, Text};
        match self {
            Self::Soap => &[Subjective, Objective, Assessment, Plan],
            Self::Dap => &[Data, Assessment, Plan],
            Self::Birp => &[Behaviour, Intervention, Response, Plan],
            Self::Free => &[Text],
        }
    }
}

/// A section: Markdown of paragraphs, lists, bold and italic. In SQL a note's body is a JSON array of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Section {
    /// Which.
    pub kind: SectionKind,
    /// What is written.
    pub text: String,
}

/// What a note is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// Decides whether its session is complete.
    Session,
    /// Of a session to which nobody came; completes nothing.
    NoShow,
    /// Private process note, kept apart.
    Psychotherapy,
}

/// Draft, approved, or entered in error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum NoteState {
    Draft,
    Approved,
    EnteredInError,
}

/// Opens the counting note of a session, or begins one with `template` (a no-show's is a no-show note). A draft can be begun before the session.
///
/// # Errors
/// `SessionCancelled`, `NotFound`.
pub fn open_or_begin(w: &mut Writer, session: SessionId, template: Template) -> Result<NoteId> {
    let (attendance, _) = store::session(w, session)?;
    if let Some(id) = store::counting(w, session)? {
        let note = store::note(w, id)?;
        let kind = kind_for(attendance);
        // A draft begun before the client did not come goes on as the no-show's note, and the other way round.
        if note.state == NoteState::Draft && note.kind != kind && !attendance.cancelled() {
            change_kind(w, &note, kind)?;
        }
        return Ok(id);
    }
    if attendance.cancelled() {
        return Err(Refusal::SessionCancelled.into());
    }
    begin(w, kind_for(attendance), session, template)
}

/// Opens the psychotherapy (process) note of a session, or begins it.
///
/// # Errors
/// `NotFound`.
pub fn begin_process_note(w: &mut Writer, session: SessionId) -> Result<NoteId> {
    match store::process_note(w, session)? {
        Some(id) => Ok(id),
        None => begin(w, NoteKind::Psychotherapy, session, Template::Free),
    }
}

/// Which note decides about a session.
fn kind_for(attendance: Attendance) -> NoteKind {
    if attendance == Attendance::NoShow { NoteKind::NoShow } else { NoteKind::Session }
}

fn begin(w: &mut Writer, kind: NoteKind, session: SessionId, template: Template) -> Result<NoteId> {
    let (_, client) = store::session(w, session)?;
    let id = store::insert(w, kind, session, template)?;
    let detail = serde_json::json!({ "session": session, "kind": kind, "template": template });
    audit::record(w, &Event::new(Act::NoteBegun, "note", Some(id.0), Some(client)).with(detail))?;
    Ok(id)
}

fn change_kind(w: &mut Writer, note: &store::Note, kind: NoteKind) -> Result<()> {
    store::set_kind(w, note.id, kind)?;
    record(w, Act::NoteTemplateChanged, note, serde_json::json!({ "kind": kind }))
}

/// An act on a note, in the trail.
fn record(w: &mut Writer, act: Act, note: &store::Note, detail: serde_json::Value) -> Result<()> {
    audit::record(w, &Event::new(act, "note", Some(note.id.0), note.client).with(detail))
}

/// A note whose text can be written.
///
/// # Errors
/// `NotFound`, `NoteApproved`, `NoteInError`.
fn draft(r: &Reader, id: NoteId) -> Result<store::Note> {
    let note = store::note(r, id)?;
    match note.state {
        NoteState::Draft => Ok(note),
        NoteState::Approved => Err(Refusal::NoteApproved.into()),
        NoteState::EnteredInError => Err(Refusal::NoteInError.into()),
    }
}

/// A note that is approved.
///
/// # Errors
/// `NotFound`, `NoteNotApproved`, `NoteInError`.
fn approved(r: &Reader, id: NoteId) -> Result<store::Note> {
    let note = store::note(r, id)?;
    match note.state {
        NoteState::Draft => Err(Refusal::NoteNotApproved.into()),
        NoteState::Approved => Ok(note),
        NoteState::EnteredInError => Err(Refusal::NoteInError.into()),
    }
}

/// Begins a new note with the text of one entered in error.
///
/// # Errors
/// `NoteNotApproved` unless entered in error, `SessionHasNote`, `SessionCancelled`.
pub fn begin_with_text_of(w: &mut Writer, note: NoteId) -> Result<NoteId> {
    let old = store::note(w, note)?;
    let (NoteState::EnteredInError, Some(session)) = (old.state, old.session) else {
        return Err(Refusal::NoteNotApproved.into());
    };
    let (attendance, _) = store::session(w, session)?;
    let kind = match old.kind {
        NoteKind::Psychotherapy => NoteKind::Psychotherapy,
        _ if store::counting(w, session)?.is_some() => return Err(Refusal::SessionHasNote.into()),
        _ if attendance.cancelled() => return Err(Refusal::SessionCancelled.into()),
        _ => kind_for(attendance),
    };
    let id = begin(w, kind, session, old.template)?;
    let sections = text::in_template(store::sections(w, note)?, old.template);
    store::write_draft(w, &store::note(w, id)?, &sections)?;
    Ok(id)
}

/// The template the therapist last used for this client, else for anyone, else SOAP.
pub fn usual_template(r: &Reader, session: SessionId) -> Result<Template> {
    let (_, client) = store::session(r, session)?;
    Ok(store::last_template(r, client)?.unwrap_or(Template::Soap))
}
