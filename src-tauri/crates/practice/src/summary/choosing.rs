//! When sentences are chosen, and what of the therapist's own hand stays.

use super::extract::{self, Citation, Source, summarise};
use super::store::{self, Cited, New, Passage, Row};
use super::{Origin, plain};
use crate::audit::{self, Act, Event};
use crate::error::Result;
use crate::id::{AddendumId, ApprovalId, ClientId, VersionId};
use crate::notes::{ApprovedNote, NoteState, approved_of};
use crate::store::Writer;
use crate::time;

/// Chooses anew from all approved notes. What the therapist pinned, edited, wrote or dropped stays.
///
/// # Errors
/// `NotFound`.
pub fn bring_up_to_date(w: &mut Writer, client: ClientId) -> Result<()> {
    choose(w, client)?;
    audit::record(w, &Event::new(Act::SummaryBroughtUpToDate, "client", Some(client.0), Some(client)))
}

/// The therapist has looked through what is newer: no longer behind, nothing chosen. Sentences chosen from a note entered in error go.
///
/// # Errors
/// `NotFound`.
pub fn mark_up_to_date(w: &mut Writer, client: ClientId) -> Result<()> {
    store::names(w, client)?;
    let cited = store::cited(w, client)?;
    for row in store::rows(w, client)? {
        if !by_hand(&row) && in_error(&row, &cited) {
            store::delete(w, row.id)?;
        }
    }
    take_all(w, client, &approved_of(w, client)?)?;
    let event = Event::new(Act::SummaryBroughtUpToDate, "client", Some(client.0), Some(client));
    audit::record(w, &event.with(serde_json::json!({ "chosen": false })))
}

/// After an approval of a client's note: makes the first summary where there is none; a later one leaves it behind. Called in the
/// approval's transaction.
///
/// # Errors
/// Faults only.
pub fn after_approval(w: &mut Writer, client: ClientId) -> Result<()> {
    if store::exists(w, client)? { Ok(()) } else { bring_up_to_date(w, client) }
}

/// After an approval was undone: what was chosen from it goes, and the whole summary with the last approved note. Called in the
/// undo's transaction.
pub(crate) fn after_undo(w: &mut Writer, client: ClientId, approval: ApprovalId, version: VersionId) -> Result<()> {
    let cited = store::cited(w, client)?;
    for row in store::rows(w, client)? {
        let affected = cited.iter().any(|cited| cited.entry == row.id && cited.version == version);
        let stands = cited.iter().any(|cited| cited.entry == row.id && cited.version != version && is_said_by(&row.text, &cited.quote));
        // A dropped sentence stays dropped, or it would come back with the next approval.
        if affected && row.origin == Origin::Extracted && !row.dropped && !stands {
            store::delete(w, row.id)?;
        }
    }
    store::uncite(w, client, version)?;
    store::forget_approval(w, client, approval)?;
    if approved_of(w, client)?.is_empty() {
        store::remove(w, client)?;
    }
    Ok(())
}

fn choose(w: &mut Writer, client: ClientId) -> Result<()> {
    let names = store::names(w, client)?;
    let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let notes = approved_of(w, client)?;
    let sources = notes.iter().map(of_note).collect::<Result<Vec<Source>>>()?;
    let cited = store::cited(w, client)?;
    let (kept, gone): (Vec<Row>, Vec<Row>) = store::rows(w, client)?.into_iter().partition(by_hand);
    for row in gone {
        store::delete(w, row.id)?;
    }
    for entry in summarise(&sources, &names) {
        let passages: Vec<Passage> = entry.sources.iter().map(|citation| passage(&notes, citation)).collect();
        match kept.iter().find(|row| row.text == entry.text) {
            // What only a note entered in error said, a note that stands says now.
            Some(row) if !row.dropped && in_error(row, &cited) => store::cite(w, row.id, &passages)?,
            Some(_) => {}
            None if was_kept(&kept, &cited, &entry) => {}
            None => {
                let new = New { client, grouping: entry.group, text: &entry.text, origin: Origin::Extracted };
                store::insert(w, &new, &passages)?;
            }
        }
    }
    take_all(w, client, &notes)
}

/// Whether the therapist pinned, edited, wrote or dropped a sentence.
fn by_hand(row: &Row) -> bool {
    row.origin != Origin::Extracted || row.pinned || row.dropped
}

/// Whether what a sentence says was said only by notes entered in error: where its own words are quoted, those decide; else all it cites.
pub(super) fn in_error(row: &Row, cited: &[Cited]) -> bool {
    let (own, others): (Vec<&Cited>, Vec<&Cited>) =
        cited.iter().filter(|cited| cited.entry == row.id).partition(|cited| is_said_by(&row.text, &cited.quote));
    let decisive = if own.is_empty() { others } else { own };
    !decisive.is_empty() && decisive.iter().all(|cited| cited.state == NoteState::EnteredInError)
}

/// Whether a sentence that stays was this one, before it was edited.
fn was_kept(kept: &[Row], cited: &[Cited], entry: &extract::Entry) -> bool {
    let own = entry.sources.iter().find(|citation| is_said_by(&entry.text, &citation.quote));
    own.is_some_and(|own| {
        cited
            .iter()
            .any(|cited| cited.version == own.version_id && cited.quote == own.quote && kept.iter().any(|row| row.id == cited.entry))
    })
}

/// Whether a chosen sentence is the one quoted, which may have lost its end or gained a full stop.
fn is_said_by(text: &str, quote: &str) -> bool {
    let bare = |text: &str| text.trim_end_matches(['.', '…']).to_lowercase();
    bare(text) == bare(&plain(quote))
}

fn take_all(w: &mut Writer, client: ClientId, notes: &[ApprovedNote]) -> Result<()> {
    if notes.is_empty() {
        return store::remove(w, client);
    }
    let addenda = notes.iter().flat_map(|note| &note.addenda).map(|(id, _)| id.0);
    let marks = store::marked(w, client)?.into_iter().map(|note| note.0);
    store::set_taken(w, client, notes.iter().map(|note| note.approval.0).chain(addenda).chain(marks))
}

/// A note as sentences are chosen from it.
pub(super) fn of_note(note: &ApprovedNote) -> Result<Source> {
    Ok(Source {
        version_id: note.version,
        held_on: note.starts_at.in_zone(time::zone(&note.zone)?).date(),
        sections: note.sections.iter().map(|section| (section.kind, section.text.clone())).collect(),
        addenda: note.addenda.iter().map(|(_, text)| text.clone()).collect(),
    })
}

fn passage<'a>(notes: &[ApprovedNote], citation: &'a Citation) -> Passage<'a> {
    let note = notes.iter().find(|note| note.version == citation.version_id);
    let addendum: Option<AddendumId> = note
        .filter(|note| !note.sections.iter().any(|section| section.text.contains(&citation.quote)))
        .and_then(|note| note.addenda.iter().find(|(_, text)| text.contains(&citation.quote)).map(|(id, _)| *id));
    Passage { version: citation.version_id, addendum, quote: &citation.quote }
}
