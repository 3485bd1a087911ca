//! A target's rows as JSON, and back. Ids are written in hexadecimal. What only says when a row was last written stays
//! out, so that a change and its undo leave the same snapshot.

mod put;
mod take;

pub(super) use put::{agreed_change, homework_event, moved, put};
pub(super) use take::take;

use rusqlite::{OptionalExtension, Row};

use super::Target;
use crate::clients::{Name, NameOrder};
use crate::error::Result;
use crate::id::{ClientId, SessionId};
use crate::store::Reader;
use crate::store::sql::Word;

/// Whose a target is, and the words it goes by.
pub(super) struct Subject {
    pub(super) client: ClientId,
    pub(super) name: Name,
    /// Its own words; `None`: the client's name stands for it.
    pub(super) text: Option<String>,
}

/// Whom and what a target is about; `None` for an import, and for what does not exist.
pub(super) fn subject(r: &Reader, target: Target) -> Result<Option<Subject>> {
    let (sql, id) = match target {
        Target::Client(id) => {
            ("SELECT c.id, c.last_name, c.first_name, c.name_order, c.initials, NULL AS text FROM clients c WHERE c.id = ?1", id.0)
        }
        Target::Contact(id) => (
            "SELECT c.id, c.last_name, c.first_name, c.name_order, c.initials, t.name AS text
               FROM contacts t JOIN clients c ON c.id = t.client_id WHERE t.id = ?1",
            id.0,
        ),
        Target::Session(id) => (
            "SELECT c.id, c.last_name, c.first_name, c.name_order, c.initials, NULL AS text
               FROM session_participants p JOIN clients c ON c.id = p.client_id WHERE p.session_id = ?1 AND p.position = 0",
            id.0,
        ),
        Target::Homework(id) => (
            "SELECT c.id, c.last_name, c.first_name, c.name_order, c.initials, h.text
               FROM homework h JOIN clients c ON c.id = h.client_id WHERE h.id = ?1",
            id.0,
        ),
        Target::Entry(id) => (
            "SELECT c.id, c.last_name, c.first_name, c.name_order, c.initials, e.text
               FROM summary_entries e JOIN clients c ON c.id = e.client_id WHERE e.id = ?1",
            id.0,
        ),
        Target::Approval(id) => (
            "SELECT c.id, c.last_name, c.first_name, c.name_order, c.initials, NULL AS text
               FROM notes n
               LEFT JOIN session_participants p ON p.session_id = n.session_id AND p.position = 0
               JOIN clients c ON c.id = coalesce(n.client_id, p.client_id)
              WHERE n.id = ?1",
            id.0,
        ),
        Target::Addendum(id) => (
            "SELECT c.id, c.last_name, c.first_name, c.name_order, c.initials, NULL AS text
               FROM addenda d
               JOIN notes n ON n.id = d.note_id
               LEFT JOIN session_participants p ON p.session_id = n.session_id AND p.position = 0
               JOIN clients c ON c.id = coalesce(n.client_id, p.client_id)
              WHERE d.id = ?1",
            id.0,
        ),
        Target::Import(_) => return Ok(None),
    };
    let subject = |row: &Row| {
        let (last, first, initials): (String, String, String) = (row.get("last_name")?, row.get("first_name")?, row.get("initials")?);
        let Word(order): Word<NameOrder> = row.get("name_order")?;
        Ok(Subject { client: row.get("id")?, name: Name::new(r.veil, &last, &first, order, &initials), text: row.get("text")? })
    };
    Ok(r.conn().prepare_cached(sql)?.query_row([id], subject).optional()?)
}

/// A session and the others of its series.
pub(super) fn series_of(r: &Reader, session: SessionId) -> Result<Vec<SessionId>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT id FROM sessions WHERE id = ?1 OR series_id = (SELECT series_id FROM sessions WHERE id = ?1) ORDER BY id",
    )?;
    let ids = statement.query_map([session], |row| row.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// Whether a session has an approved note, which settles what became of it.
pub(super) fn settled(r: &Reader, session: SessionId) -> Result<bool> {
    Ok(r.conn()
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM notes WHERE session_id = ?1 AND kind <> 'psychotherapy' AND state = 'approved')")?
        .query_row([session], |row| row.get(0))?)
}
