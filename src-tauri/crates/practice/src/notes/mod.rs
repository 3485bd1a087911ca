//! Notes: drafts, versions, approval and its undo, addenda, entered in error.

pub mod addenda;
pub mod approval;
pub mod drafts;
pub mod list;
pub mod page;
pub mod search;

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::id::{NoteId, SessionId};
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
    todo!()
}

/// Begins a psychotherapy (process) note of a session.
pub fn begin_process_note(w: &mut Writer, session: SessionId) -> Result<NoteId> {
    todo!()
}

/// Begins a new note with the text of one entered in error.
///
/// # Errors
/// `NoteNotApproved` unless entered in error, `SessionHasNote`.
pub fn begin_with_text_of(w: &mut Writer, note: NoteId) -> Result<NoteId> {
    todo!()
}

/// The template the therapist last used for this client, else for anyone, else SOAP.
pub fn usual_template(r: &Reader, session: SessionId) -> Result<Template> {
    todo!()
}
