//! The summary as it is shown, and as it is edited beside what newer approvals offer.

use super::choosing::in_error;
use super::offers::offers;
use super::store::{self, Quoted};
use super::{Entry, Offer, Passage, Source, Summary, SummaryEditing};
use crate::audit::{Act, Event};
use crate::clients::must_exist;
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

/// The summary while it is edited. The read is entered in the trail.
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
    r.was_read(summary_read(client));
    Ok(editing)
}

/// The passages behind the sentences of a summary, all of them. The read is entered in the trail.
///
/// # Errors
/// `NotFound`.
pub fn passages(r: &Reader, client: ClientId) -> Result<Vec<Passage>> {
    must_exist(r, client)?;
    let passages = store::quoted(r, client)?.into_iter().map(|quoted| read(r, &quoted)).collect();
    r.was_read(summary_read(client));
    Ok(passages)
}

fn summary_read(client: ClientId) -> Event {
    Event::new(Act::ClientRead, "client", Some(client.0), Some(client)).with(serde_json::json!({ "page": "summary" }))
}

fn whole(r: &Reader, client: ClientId) -> Result<Summary> {
    let standing = store::standing(r, client)?;
    let cited = store::cited(r, client)?;
    let entries = store::rows(r, client)?.into_iter().map(|row| Entry {
        id: row.id,
        in_error: in_error(&row, &cited),
        grouping: row.grouping,
        text: r.veil.text(row.text),
        pinned: row.pinned,
        dropped: row.dropped,
        sources: (cited.iter().filter(|cited| cited.entry == row.id))
            .map(|cited| Source { note: cited.note, starts_at: cited.starts_at })
            .collect(),
    });
    Ok(Summary { entries: entries.collect(), notes: standing.notes, updated_at: standing.updated_at, behind: standing.behind })
}

fn read(r: &Reader, quoted: &Quoted) -> Passage {
    let (section, text) = match &quoted.addendum_text {
        Some(text) => (None, text.as_str()),
        None => match quoted.sections.iter().find(|section| section.text.contains(&quoted.quote)) {
            Some(section) => (Some(section.kind), section.text.as_str()),
            None => (None, quoted.quote.as_str()),
        },
    };
    Passage {
        entry: quoted.entry,
        note: quoted.note,
        starts_at: quoted.starts_at,
        number: quoted.number,
        section,
        text: r.veil.text(passage(text, &quoted.quote)),
        quote: r.veil.text(quoted.quote.as_str()),
        approved_at: quoted.approved_at,
        in_error: quoted.state == NoteState::EnteredInError,
    }
}
