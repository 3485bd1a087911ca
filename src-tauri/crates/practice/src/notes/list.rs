//! Notes across clients: awaiting approval, not begun, approved; and search in all of them.

use serde::{Deserialize, Serialize};

use std::collections::HashMap;

use super::{search, store};
use crate::audit::{Act, Event};
use crate::error::Result;
use crate::id::SessionId;
use crate::sessions::{self, Session, Which};
use crate::store::Reader;
use crate::words::Veiled;

/// Which notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum NotesFilter {
    /// Past sessions with a draft.
    AwaitingApproval,
    /// Past sessions without a note.
    NotBegun,
    /// Approved notes, newest first.
    Approved,
}

/// A page of notes.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct NotesPage {
    /// Rows: with `AwaitingApproval` and nothing to find, those approved in the last seven days follow in `approved_lately`.
    pub rows: Vec<NoteRow>,
    /// Approved in the last seven days, newest first.
    pub approved_lately: Vec<NoteRow>,
    /// Rows of the whole answer.
    pub total: u32,
    /// Among those found.
    pub awaiting_approval: u32,
    /// Among those found.
    pub not_begun: u32,
    /// Among those found.
    pub approved: u32,
}

/// A row: the session (its `note` is the note, if begun) and where it says what is looked for.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct NoteRow {
    /// The session.
    pub session: Session,
    /// With `[[` and `]]` around each match.
    pub excerpt: Option<Veiled>,
}

/// A page of notes. `limit` at most 200.
pub fn page(r: &Reader, filter: NotesFilter, find: &str, offset: u32, limit: u32) -> Result<NotesPage> {
    let query = search::query(find);
    let found: Option<Vec<i64>> = match &query {
        Some(query) => {
            r.was_read(Event::new(Act::NotesSearched, "note", None, None));
            Some(store::rows_of(r, query)?)
        }
        None => None,
    };
    let (awaiting_approval, not_begun, approved) = store::counts(r, found.as_deref())?;
    let listed = store::listed(r, filter, found.as_deref(), offset, limit.min(MOST))?;
    let excerpts = match &query {
        Some(query) => store::excerpts(r, query, &listed.iter().filter_map(|(_, note)| *note).collect::<Vec<_>>())?,
        None => HashMap::new(),
    };
    let ids: Vec<SessionId> = listed.iter().map(|(session, _)| *session).collect();
    let rows = sessions::load(r, Which::ByIds(&ids))?.into_iter().zip(listed).map(|(session, (_, note))| NoteRow {
        session,
        excerpt: note.and_then(|note| excerpts.get(&note)).map(|excerpt| r.veil.text(excerpt)),
    });
    let rows = rows.collect();
    let approved_lately = match (filter, &found) {
        (NotesFilter::AwaitingApproval, None) => {
            let lately = store::approved_since(r, r.moment.at.plus_seconds(-7 * 24 * 60 * 60), MOST)?;
            sessions::load(r, Which::ByIds(&lately))?.into_iter().map(|session| NoteRow { session, excerpt: None }).collect()
        }
        _ => Vec::new(),
    };
    let total = match filter {
        NotesFilter::AwaitingApproval => awaiting_approval,
        NotesFilter::NotBegun => not_begun,
        NotesFilter::Approved => approved,
    };
    Ok(NotesPage { rows, approved_lately, total, awaiting_approval, not_begun, approved })
}

/// The most rows of a page.
const MOST: u32 = 200;
