//! What approvals and addenda that came after the summary would add to it.

use super::Grouping;
use super::choosing::{in_error, of_note};
use super::extract;
use super::store::{self, Row};
use crate::error::Result;
use crate::id::{AddendumId, ClientId, NoteId, SessionId, VersionId};
use crate::notes::{ApprovedNote, SectionKind, approved_of};
use crate::store::Reader;
use crate::time::Instant;

/// A sentence worth adding.
pub(super) struct Offered {
    pub version: VersionId,
    pub note: NoteId,
    pub session: SessionId,
    pub starts_at: Instant,
    pub zone: String,
    pub addendum: Option<AddendumId>,
    pub text: String,
    pub quote: String,
    /// Where it would go.
    pub grouping: Grouping,
    /// The sentence it was added as.
    pub entry: Option<Row>,
}

/// A note's text, or one of its addenda, of which the summary takes no account yet.
struct Newer<'a> {
    note: &'a ApprovedNote,
    addendum: Option<AddendumId>,
    text: extract::Source,
}

/// By note, newest first; a note's own sentences before those of its addenda, if both are newer.
pub(super) fn offers(r: &Reader, client: ClientId) -> Result<Vec<Offered>> {
    let notes = approved_of(r, client)?;
    let newer = newer(r, client, &notes)?;
    if newer.is_empty() {
        return Ok(Vec::new());
    }
    let rows = store::rows(r, client)?;
    let cited = store::cited(r, client)?;
    let added = |row: &Row| {
        let is_newer = |cited: &&store::Cited| newer.iter().any(|n| n.note.version == cited.version && n.addendum == cited.addendum);
        cited.iter().filter(|cited| cited.entry == row.id).any(|cited| is_newer(&cited))
    };
    // What was added from these very notes is offered still, marked as added; what the summary says otherwise is not, unless only a
    // note entered in error said so.
    let said: Vec<&str> = rows.iter().filter(|row| !added(row) && !in_error(row, &cited)).map(|row| row.text.as_str()).collect();
    let texts: Vec<extract::Source> = newer.iter().map(|newer| newer.text.clone()).collect();
    let mut offered: Vec<Offered> = extract::offers(&texts, &said)
        .into_iter()
        .filter_map(|offer| newer.iter().find(|newer| holds(newer, &offer)).map(|newer| (newer, offer)))
        .map(|(newer, offer)| {
            let of_it = |row: &&Row| {
                cited.iter().any(|cited| cited.entry == row.id && cited.version == offer.version_id && cited.quote == offer.quote)
            };
            let planned = |(kind, text): &(SectionKind, String)| *kind == SectionKind::Plan && text.contains(&offer.quote);
            Offered {
                version: offer.version_id,
                note: newer.note.id,
                session: newer.note.session,
                starts_at: newer.note.starts_at,
                zone: newer.note.zone.clone(),
                addendum: newer.addendum,
                grouping: if newer.text.sections.iter().any(planned) { Grouping::Next } else { Grouping::Standing },
                entry: rows.iter().find(of_it).cloned(),
                text: offer.text,
                quote: offer.quote,
            }
        })
        .collect();
    offered.sort_by_key(|offered| (std::cmp::Reverse((offered.starts_at, offered.note)), offered.addendum));
    Ok(offered)
}

fn newer<'a>(r: &Reader, client: ClientId, notes: &'a [ApprovedNote]) -> Result<Vec<Newer<'a>>> {
    let taken = store::taken(r, client)?;
    let mut newer = Vec::new();
    for note in notes {
        let whole = of_note(note)?;
        if !taken.contains(&note.approval.0) {
            newer.push(Newer { note, addendum: None, text: extract::Source { addenda: Vec::new(), ..whole.clone() } });
        }
        for (id, text) in &note.addenda {
            if !taken.contains(&id.0) {
                let text = extract::Source { sections: Vec::new(), addenda: vec![text.clone()], ..whole.clone() };
                newer.push(Newer { note, addendum: Some(*id), text });
            }
        }
    }
    Ok(newer)
}

fn holds(newer: &Newer, offer: &extract::Offer) -> bool {
    let mut texts = newer.text.sections.iter().map(|(_, text)| text).chain(&newer.text.addenda);
    newer.note.version == offer.version_id && texts.any(|text| text.contains(&offer.quote))
}
