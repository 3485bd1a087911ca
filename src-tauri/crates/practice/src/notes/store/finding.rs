//! Which notes a list shows, which say what is looked for, and where they say it.

use std::collections::HashMap;

use crate::error::Result;
use crate::id::{ClientId, NoteId, SessionId};
use crate::notes::NoteState;
use crate::notes::list::NotesFilter;
use crate::store::Reader;
use crate::store::sql::Word;
use crate::time::Instant;

/// A note that says what is looked for.
pub(in crate::notes) struct Match {
    pub note: NoteId,
    pub session: SessionId,
    pub state: NoteState,
    /// Where it says so, with `[[` and `]]` around each match.
    pub excerpt: String,
}

/// The first that match a full-text query, the one begun last first: in the order of the index, which is not walked to its end.
pub(in crate::notes) fn matches(r: &Reader, query: &str, limit: u32) -> Result<Vec<Match>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT n.id, n.session_id, n.state, snippet(note_search, 0, '[[', ']]', '…', 16) AS excerpt
           FROM note_search JOIN notes n ON n.seq = note_search.rowid
          WHERE note_search MATCH ?1 AND n.kind <> 'psychotherapy' AND n.state <> 'entered_in_error'
          ORDER BY note_search.rowid DESC LIMIT ?2",
    )?;
    let rows = statement.query_map(rusqlite::params![query, limit], |row| {
        Ok(Match {
            note: row.get("id")?,
            session: row.get("session_id")?,
            state: row.get::<_, Word<_>>("state")?.0,
            excerpt: row.get("excerpt")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many match.
pub(in crate::notes) fn many(r: &Reader, query: &str) -> Result<u32> {
    let mut statement = r.conn().prepare_cached("SELECT count(*) FROM note_search WHERE note_search MATCH ?1")?;
    Ok(statement.query_row([query], |row| row.get(0))?)
}

/// Those of one client, primary or not, each with where it says so.
pub(in crate::notes) fn matches_of(r: &Reader, client: ClientId, query: &str) -> Result<Vec<(NoteId, String)>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT n.id, snippet(note_search, 0, '[[', ']]', '…', 16) AS excerpt
           FROM note_search JOIN notes n ON n.seq = note_search.rowid
          WHERE note_search MATCH ?1
            AND note_search.rowid IN (SELECT t.seq FROM session_participants p JOIN notes t ON t.session_id = p.session_id WHERE p.client_id = ?2)
            AND n.kind <> 'psychotherapy' AND n.state <> 'entered_in_error'",
    )?;
    let rows = statement.query_map(rusqlite::params![query, client], |row| Ok((row.get("id")?, row.get("excerpt")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The rows of all that match: for a list that has an order of its own.
pub(in crate::notes) fn rows_of(r: &Reader, query: &str) -> Result<Vec<i64>> {
    let mut statement = r.conn().prepare_cached("SELECT rowid FROM note_search WHERE note_search MATCH ?1")?;
    let rows = statement.query_map([query], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Where the notes of these rows say it, with `[[` and `]]` around each match.
pub(in crate::notes) fn excerpts(r: &Reader, query: &str, rows: &[i64]) -> Result<HashMap<i64, String>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT rowid, snippet(note_search, 0, '[[', ']]', '…', 16) FROM note_search
          WHERE note_search MATCH ?1 AND rowid IN (SELECT value FROM json_each(?2))",
    )?;
    let rows = statement.query_map(rusqlite::params![query, serde_json::json!(rows).to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many notes await approval, sessions have none, notes are approved. `found`: only the notes of these rows.
pub(in crate::notes) fn counts(r: &Reader, found: Option<&[i64]>) -> Result<(u32, u32, u32)> {
    Ok(r.conn()
        .prepare_cached(
            "SELECT (SELECT count(*) FROM notes n JOIN sessions s ON s.id = n.session_id
                      WHERE n.state = 'draft' AND n.kind <> 'psychotherapy' AND s.starts_at + s.minutes * 60000 <= ?1
                        AND (s.attendance IN ('unknown', 'attended') OR (n.kind = 'no_show' AND s.attendance = 'no_show'))
                        AND (?2 IS NULL OR n.seq IN (SELECT value FROM json_each(?2)))),
                    (SELECT count(DISTINCT c.session_id) FROM client_sessions c
                      WHERE c.awaits = 1 AND c.ends_at <= ?1 AND ?2 IS NULL
                        AND NOT EXISTS (SELECT 1 FROM notes n WHERE n.session_id = c.session_id AND n.kind <> 'psychotherapy'
                                           AND n.state <> 'entered_in_error')),
                    -- Notes are numbered from 1 and never deleted: all of them, less those that are not approved, which are few.
                    CASE WHEN ?2 IS NULL THEN
                      coalesce((SELECT max(seq) FROM notes), 0)
                        - (SELECT count(*) FROM notes WHERE kind = 'psychotherapy' OR state = 'entered_in_error')
                        - (SELECT count(*) FROM notes WHERE state = 'draft' AND kind <> 'psychotherapy')
                    ELSE
                      (SELECT count(*) FROM json_each(?2) found JOIN notes n ON n.seq = found.value
                        WHERE n.state = 'approved' AND n.kind <> 'psychotherapy') END",
        )?
        .query_row(rusqlite::params![r.moment.at, as_json(found)], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
}

/// A row of the list: the session, and the search row of its note.
pub(in crate::notes) type Listed = (SessionId, Option<i64>);

/// A page of one filter, newest session first.
pub(in crate::notes) fn listed(r: &Reader, filter: NotesFilter, found: Option<&[i64]>, offset: u32, limit: u32) -> Result<Vec<Listed>> {
    let sql = match filter {
        NotesFilter::AwaitingApproval => {
            "SELECT s.id, n.seq FROM notes n JOIN sessions s ON s.id = n.session_id
              WHERE n.state = 'draft' AND n.kind <> 'psychotherapy' AND s.starts_at + s.minutes * 60000 <= ?1
                AND (s.attendance IN ('unknown', 'attended') OR (n.kind = 'no_show' AND s.attendance = 'no_show'))
                AND (?2 IS NULL OR n.seq IN (SELECT value FROM json_each(?2)))
              ORDER BY s.starts_at DESC, s.id DESC LIMIT ?3 OFFSET ?4"
        }
        NotesFilter::NotBegun => {
            "SELECT DISTINCT c.session_id, NULL FROM client_sessions c
              WHERE c.awaits = 1 AND c.ends_at <= ?1 AND ?2 IS NULL
                AND NOT EXISTS (SELECT 1 FROM notes n WHERE n.session_id = c.session_id AND n.kind <> 'psychotherapy' AND n.state <> 'entered_in_error')
              ORDER BY c.starts_at DESC, c.session_id DESC LIMIT ?3 OFFSET ?4"
        }
        NotesFilter::Approved => {
            match found {
                // From the newest session on, so that a page ends where it is full.
                None => {
                    "SELECT s.id, n.seq FROM sessions s CROSS JOIN notes n ON n.session_id = s.id
                      WHERE n.state = 'approved' AND n.kind <> 'psychotherapy' AND ?1 IS NOT NULL AND ?2 IS NULL
                      ORDER BY s.starts_at DESC, s.id DESC LIMIT ?3 OFFSET ?4"
                }
                Some(_) => {
                    "SELECT s.id, n.seq FROM json_each(?2) found CROSS JOIN notes n ON n.seq = found.value JOIN sessions s ON s.id = n.session_id
                      WHERE n.state = 'approved' AND n.kind <> 'psychotherapy' AND ?1 IS NOT NULL
                      ORDER BY s.starts_at DESC, s.id DESC LIMIT ?3 OFFSET ?4"
                }
            }
        }
    };
    let mut statement = r.conn().prepare_cached(sql)?;
    let rows = statement.query_map(rusqlite::params![r.moment.at, as_json(found), limit, offset], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Sessions whose note was approved after `since`, newest session first.
pub(in crate::notes) fn approved_since(r: &Reader, since: Instant, limit: u32) -> Result<Vec<SessionId>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT s.id FROM approvals a CROSS JOIN notes n ON n.id = a.note_id JOIN sessions s ON s.id = n.session_id
          WHERE a.approved_at > ?1 AND NOT EXISTS (SELECT 1 FROM approval_undos u WHERE u.approval_id = a.id)
            AND n.state = 'approved' AND n.kind <> 'psychotherapy'
          ORDER BY s.starts_at DESC, s.id DESC LIMIT ?2",
    )?;
    let rows = statement.query_map(rusqlite::params![since, limit], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Completed sessions of a client, primary or not.
pub(in crate::notes) fn completed(r: &Reader, client: ClientId) -> Result<u32> {
    Ok(r.conn()
        .prepare_cached("SELECT count(*) FROM client_sessions WHERE client_id = ?1 AND completed = 1 AND starts_at <= ?2")?
        .query_row(rusqlite::params![client, r.moment.at], |row| row.get(0))?)
}

fn as_json(rows: Option<&[i64]>) -> Option<String> {
    rows.map(|rows| serde_json::json!(rows).to_string())
}
