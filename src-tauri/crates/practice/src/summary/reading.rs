//! The summary as it is shown, and as it is edited beside what newer approvals offer.

use super::choosing::in_error;
use super::offers::offers;
use super::store::{self, Cited};
use super::{Entry, Offer, Source, Summary, SummaryEditing};
use crate::audit::{Act, Event};
use crate::error::Result;
use crate::id::ClientId;
use crate::notes::{NoteState, passage};
use crate::store::Reader;

/// The summary. The first approval makes the first one; every later approval, addendum or mark of error leaves it behind.
///
/// # Errors
/// `NotFound`.
pub fn of(r: &Reader, client: ClientId) -> Result<Summary> {
    let mut summary = whole(r, client)?;
    summary.entries.retain(|entry| !entry.dropped);
    Ok(summary)
}

/// The summary while it is edited, with passages of the notes. The read is entered in the trail.
///
/// # Errors
/// `NotFound`.
pub fn editing(r: &Reader, client: ClientId) -> Result<SummaryEditing> {
    let offers = offers(r, client)?.into_iter().map(|offered| Offer {
        version: offered.version,
        session: offered.session,
        note: offered.note,
        starts_at: offered.starts_at,
        zone: offered.zone,
        addendum: offered.addendum.is_some(),
        text: r.veil.text(offered.text),
        added: offered.entry.is_some_and(|row| !row.dropped),
    });
    let editing = SummaryEditing { offers: offers.collect(), summary: whole(r, client)? };
    r.was_read(Event::new(Act::ClientRead, "client", Some(client.0), Some(client)).with(serde_json::json!({ "page": "summary" })));
    Ok(editing)
}

fn whole(r: &Reader, client: ClientId) -> Result<Summary> {
    let standing = store::standing(r, client)?;
    let cited = store::cited(r, client)?;
    let entries = store::rows(r, client)?.into_iter().map(|row| Entry {
        id: row.id,
        in_error: in_error(&row, &cited),
        grouping: row.grouping,
        text: r.veil.text(row.text),
        origin: row.origin,
        pinned: row.pinned,
        dropped: row.dropped,
        sources: cited.iter().filter(|cited| cited.entry == row.id).map(|cited| source(r, cited)).collect(),
    });
    Ok(Summary { entries: entries.collect(), notes: standing.notes, updated_at: standing.updated_at, behind: standing.behind })
}

fn source(r: &Reader, cited: &Cited) -> Source {
    let (section, text) = match &cited.addendum_text {
        Some(text) => (None, text.as_str()),
        None => match cited.sections.iter().find(|section| section.text.contains(&cited.quote)) {
            Some(section) => (Some(section.kind), section.text.as_str()),
            None => (None, cited.quote.as_str()),
        },
    };
    Source {
        version: cited.version,
        note: cited.note,
        session: cited.session,
        starts_at: cited.starts_at,
        zone: cited.zone.clone(),
        number: cited.number,
        section,
        passage: r.veil.text(passage(text, &cited.quote)),
        quote: r.veil.text(cited.quote.as_str()),
        approved_at: cited.approved_at,
        in_error: cited.state == NoteState::EnteredInError,
    }
}
