//! The text as it is typed: saved at most a second behind the keyboard, durable when `save` returns.

use serde::{Deserialize, Serialize};

use super::{Section, SectionKind, Template};
use crate::error::Result;
use crate::id::NoteId;
use crate::store::{Reader, Writer};
use crate::time::Instant;

/// Saves the whole draft. Sections must be those of the note's template; the sections of another are kept as they are.
///
/// # Errors
/// `NoteApproved`, `NoteInError`, `TooLong` (all sections together), `Unshowable`.
pub fn save(w: &mut Writer, id: NoteId, sections: &[Section]) -> Result<Saved> {
    todo!()
}

/// That a draft is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Saved {
    /// When.
    pub at: Instant,
}

/// Saves one paragraph of a section, counted from 0 (discreet mode holds no more in the window). Beyond the last: added.
pub fn save_paragraph(w: &mut Writer, id: NoteId, section: SectionKind, paragraph: u32, text: &str) -> Result<Saved> {
    todo!()
}

/// One paragraph of a draft's section, for writing in discreet mode: given out whole, on purpose.
pub fn paragraph(r: &Reader, id: NoteId, section: SectionKind, paragraph: u32) -> Result<String> {
    todo!()
}

/// Changes the template of a draft. No word is lost: text of sections the new template lacks goes to its first section.
pub fn set_template(w: &mut Writer, id: NoteId, template: Template) -> Result<()> {
    todo!()
}

/// Writing has ended for now: the draft becomes a version where it differs from the last.
pub fn finish_writing(w: &mut Writer, id: NoteId) -> Result<()> {
    todo!()
}
