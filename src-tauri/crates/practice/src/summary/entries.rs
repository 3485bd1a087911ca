//! What the therapist does to single sentences.

use super::offers::offers;
use super::store::{self, New, Passage, Row};
use super::{Grouping, Origin};
use crate::audit::{self, Act, Event};
use crate::error::{Field, Refusal, Result, Thing};
use crate::id::{ClientId, EntryId, VersionId};
use crate::store::Writer;
use crate::words::{self, PARAGRAPH, is_blank};

/// Changes a sentence. One that was chosen becomes the therapist's edition of it, and keeps its sources.
///
/// # Errors
/// `Empty`, `TooLong`, `Unshowable`, `NotFound`.
pub fn edit_entry(w: &mut Writer, id: EntryId, text: &str) -> Result<()> {
    let row = store::row(w, id)?;
    let text = sentence(text)?;
    if text == row.text {
        return Ok(());
    }
    let origin = if row.origin == Origin::Own { Origin::Own } else { Origin::Edited };
    store::set_text(w, id, &text, origin)?;
    record(w, &row, "edited")
}

/// Pins or unpins.
///
/// # Errors
/// `NotFound`.
pub fn pin_entry(w: &mut Writer, id: EntryId, pinned: bool) -> Result<()> {
    let row = store::row(w, id)?;
    store::set_pinned(w, id, pinned)?;
    record(w, &row, if pinned { "pinned" } else { "unpinned" })
}

/// Drops a sentence or takes it back.
///
/// # Errors
/// `NotFound`.
pub fn drop_entry(w: &mut Writer, id: EntryId, dropped: bool) -> Result<()> {
    let row = store::row(w, id)?;
    store::set_dropped(w, id, dropped)?;
    record(w, &row, if dropped { "dropped" } else { "taken_back" })
}

/// Adds the therapist's own sentence.
///
/// # Errors
/// `Empty`, `TooLong`, `Unshowable`, `NotFound`.
pub fn add_own(w: &mut Writer, client: ClientId, grouping: Grouping, text: &str) -> Result<EntryId> {
    store::names(w, client)?;
    let text = sentence(text)?;
    let id = store::insert(w, &New { client, grouping, text: &text, origin: Origin::Own }, &[])?;
    record(w, &store::row(w, id)?, "added")?;
    Ok(id)
}

/// Adds an offered sentence, with its source. One that was added already is only taken back, if it was dropped.
///
/// # Errors
/// `NotFound` where nothing of the kind is offered.
pub fn add_offer(w: &mut Writer, client: ClientId, version: VersionId, text: &str) -> Result<EntryId> {
    let offered = offers(w, client)?.into_iter().find(|offered| offered.version == version && offered.text == text);
    let offered = offered.ok_or(Refusal::NotFound { what: Thing::Entry })?;
    if let Some(row) = offered.entry {
        if row.dropped {
            drop_entry(w, row.id, false)?;
        }
        return Ok(row.id);
    }
    let new = New { client, grouping: offered.grouping, text: &offered.text, origin: Origin::Extracted };
    let id = store::insert(w, &new, &[Passage { version, addendum: offered.addendum, quote: &offered.quote }])?;
    record(w, &store::row(w, id)?, "added")?;
    Ok(id)
}

/// A sentence is one line, however it was typed.
fn sentence(text: &str) -> Result<String> {
    if is_blank(text) {
        return Err(Refusal::Empty { field: Field::Text }.into());
    }
    let text = words::paragraphs(Field::Text, text, PARAGRAPH)?;
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn record(w: &mut Writer, row: &Row, change: &str) -> Result<()> {
    let event = Event::new(Act::SummaryChanged, "entry", Some(row.id.0), Some(row.client));
    audit::record(w, &event.with(serde_json::json!({ "change": change })))
}
