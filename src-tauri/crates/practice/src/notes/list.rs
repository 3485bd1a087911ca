//! Notes across clients: awaiting approval, not begun, approved; and search in all of them.

use serde::{Deserialize, Serialize};

use super::search::{self, Many};
use super::store;
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
    /// More than `approved` were found, which are counted no further than needed.
    pub approved_more: bool,
}

/// A row: the session (its `note` is the note, if begun) and where it says what is looked for.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct NoteRow {
    /// The session.
    pub session: Session,
    /// With `[[` and `]]` around each match.
    pub excerpt: Option<Veiled>,
}

/// A page of notes, newest session first; of those found, the one begun last first. `limit` at most 200.
pub fn page(r: &Reader, filter: NotesFilter, find: &str, offset: u32, limit: u32) -> Result<NotesPage> {
    let limit = limit.min(MOST);
    let Some(query) = search::query(r, find)? else { return all(r, filter, offset, limit) };
    r.was_read(Event::new(Act::NotesSearched, "note", None, None));
    let most = search::COUNTED.max(offset.saturating_add(limit));
    let (awaiting_approval, approved) = store::counts_matching(r, &query, most.saturating_add(1))?;
    let Many { count: approved, more: approved_more } = Many::of(approved, most);
    let (ids, excerpts): (Vec<SessionId>, Vec<String>) = store::listed_matching(r, filter, &query, offset, limit)?.into_iter().unzip();
    let rows = sessions::load(r, Which::ByIds(&ids))?.into_iter().zip(excerpts);
    let rows = rows.map(|(session, excerpt)| NoteRow { session, excerpt: Some(r.veil.text(excerpt)) }).collect();
    Ok(NotesPage {
        rows,
        approved_lately: Vec::new(),
        total: filter.of(awaiting_approval, 0, approved),
        awaiting_approval,
        not_begun: 0,
        approved,
        approved_more,
    })
}

/// A page of all.
fn all(r: &Reader, filter: NotesFilter, offset: u32, limit: u32) -> Result<NotesPage> {
    let (awaiting_approval, not_begun, approved) = store::counts(r)?;
    let rows = of(r, &store::listed(r, filter, offset, limit)?)?;
    let approved_lately = match filter {
        NotesFilter::AwaitingApproval => of(r, &store::approved_since(r, r.moment.at.plus_seconds(-7 * 24 * 60 * 60), MOST)?)?,
        _ => Vec::new(),
    };
    let total = filter.of(awaiting_approval, not_begun, approved);
    Ok(NotesPage { rows, approved_lately, total, awaiting_approval, not_begun, approved, approved_more: false })
}

/// The rows of these sessions.
fn of(r: &Reader, ids: &[SessionId]) -> Result<Vec<NoteRow>> {
    Ok(sessions::load(r, Which::ByIds(ids))?.into_iter().map(|session| NoteRow { session, excerpt: None }).collect())
}

impl NotesFilter {
    /// How many are of this filter.
    fn of(self, awaiting_approval: u32, not_begun: u32, approved: u32) -> u32 {
        match self {
            Self::AwaitingApproval => awaiting_approval,
            Self::NotBegun => not_begun,
            Self::Approved => approved,
        }
    }
}

/// The most rows of a page.
const MOST: u32 = 200;
