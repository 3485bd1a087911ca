//! The text as it is typed: saved at most a second behind the keyboard, durable when `save` returns.

use serde::{Deserialize, Serialize};

use super::{Section, SectionKind, Template, draft, record, store, text};
use crate::audit::{Act, Event};
use crate::error::{Field, Result};
use crate::id::NoteId;
use crate::store::{Reader, Writer};
use crate::time::Instant;
use crate::words::{self, NOTE};

/// Saves the whole draft; search finds it once writing has ended for now, or rests ([`index_one`]). Sections must be those of the note's template; the sections of another are kept as they are.
///
/// # Errors
/// `NoteApproved`, `NoteInError`, `TooLong` (all sections together), `Unshowable`, `OutOfRange` for a section of another template.
pub fn save(w: &mut Writer, id: NoteId, sections: &[Section]) -> Result<Saved> {
    let note = draft(w, id)?;
    let sections = text::merged(store::sections(w, id)?, sections, note.template)?;
    store::write_draft(w, &note, &sections)?;
    Ok(Saved { at: w.moment.at })
}

/// That a draft is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Saved {
    /// When.
    pub at: Instant,
}

/// Saves one paragraph of a section, counted from 0 (discreet mode holds no more in the window). Beyond the last: added.
/// An emptied one keeps its number. Blank lines within it become line breaks.
///
/// # Errors
/// Those of [`save`].
pub fn save_paragraph(w: &mut Writer, id: NoteId, section: SectionKind, paragraph: u32, text: &str) -> Result<Saved> {
    let stored = store::sections(w, id)?;
    let text = words::verbatim(Field::Text, text, NOTE)?;
    let text = text::with_paragraph(text::section(&stored, section), paragraph as usize, &text);
    save(w, id, &[Section { kind: section, text }])
}

/// One paragraph of a draft's section, for writing in discreet mode: given out whole, on purpose. Beyond the last: empty.
///
/// # Errors
/// `NoteApproved`, `NoteInError`.
pub fn paragraph(r: &Reader, id: NoteId, section: SectionKind, paragraph: u32) -> Result<String> {
    let note = draft(r, id)?;
    r.was_read(Event::new(Act::NoteRead, "note", Some(id.0), note.client));
    let sections = store::sections(r, id)?;
    let paragraphs = text::paragraphs(text::section(&sections, section));
    Ok(paragraphs.get(paragraph as usize).map(|text| text.trim_matches('\n').to_owned()).unwrap_or_default())
}

/// Changes the template of a draft. No word is lost: text of sections the new template lacks goes to its first section.
///
/// # Errors
/// `NoteApproved`, `NoteInError`.
pub fn set_template(w: &mut Writer, id: NoteId, template: Template) -> Result<()> {
    let note = draft(w, id)?;
    if note.template == template {
        return Ok(());
    }
    store::set_template(w, id, template)?;
    let sections = store::sections(w, id)?;
    if !sections.is_empty() {
        store::write_draft(w, &note, &text::in_template(sections, template))?;
    }
    record(w, Act::NoteTemplateChanged, &note, serde_json::json!({ "from": note.template, "to": template }))
}

/// Writing has ended for now: the draft becomes a version where it differs from the last.
///
/// # Errors
/// `NoteApproved`, `NoteInError`.
pub fn finish_writing(w: &mut Writer, id: NoteId) -> Result<()> {
    let note = draft(w, id)?;
    let sections = store::sections(w, id)?;
    // A note that was only opened has nothing to remember.
    if store::saved_at(w, id)?.is_none() || (text::is_empty(&sections) && store::last_version(w, id)?.is_none()) {
        return Ok(());
    }
    version(w, &note, &sections)?;
    if store::is_indexed(w, id)? { Ok(()) } else { store::index(w, &note) }
}

/// Lets search find a draft that was saved `until` then; says whether there was one. Called again and again while nobody types.
///
/// # Errors
/// Faults only.
pub fn index_one(w: &mut Writer, until: Instant) -> Result<bool> {
    let Some(id) = store::not_indexed(w, until)? else { return Ok(false) };
    store::index(w, &store::note(w, id)?)?;
    Ok(true)
}

/// Whether [`index_one`] would find one.
///
/// # Errors
/// Faults only.
pub fn is_any_to_index(r: &Reader, until: Instant) -> Result<bool> {
    Ok(store::not_indexed(r, until)?.is_some())
}

/// The version that says what the note says now.
pub(super) fn version(w: &mut Writer, note: &store::Note, sections: &[Section]) -> Result<store::Version> {
    let (version, new) = store::append_version(w, note.id, sections)?;
    if new {
        record(w, Act::NoteVersionWritten, note, serde_json::json!({ "version": version.id, "sha256": hex(&version.sha256) }))?;
    }
    Ok(version)
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
