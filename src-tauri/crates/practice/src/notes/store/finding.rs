//! Which notes a list shows, which say what is looked for, and where they say it.

use std::collections::HashMap;

use rusqlite::Row;

use crate::error::Result;
use crate::id::{ClientId, NoteId, SessionId};
use crate::notes::NoteState;
use crate::notes::list::NotesFilter;
use crate::store::Reader;
use crate::store::sql::Word;
use crate::time::Instant;

/// A note that says what is looked for.
pub(in crate::notes) struct Match {
    pub seq: i64,
    pub note: NoteId,
    pub session: SessionId,
    pub state: NoteState,
}

fn found(row: &Row) -> rusqlite::Result<Match> {
    Ok(Match {
        seq: row.get("seq")?,
        note: row.get("id")?,
        session: row.get("session_id")?,
        state: row.get::<_, Word<_>>("state")?.0,
    })
}

/// Those that match a full-text query, newest session first.
pub(in crate::notes) fn matches(r: &Reader, query: &str) -> Result<Vec<Match>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT n.seq, n.id, n.session_id, n.state
           FROM note_search JOIN notes n ON n.seq = note_search.rowid JOIN sessions s ON s.id = n.session_id
          WHERE note_search MATCH ?1 AND n.kind <> 'psychotherapy' AND n.state <> 'entered_in_error'
          ORDER BY s.starts_at DESC, n.seq DESC",
    )?;
    let rows = statement.query_map([query], found)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Those of one client, primary or not.
pub(in crate::notes) fn matches_of(r: &Reader, client: ClientId, query: &str) -> Result<Vec<Match>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT n.seq, n.id, n.session_id, n.state
           FROM note_search JOIN notes n ON n.seq = note_search.rowid
           JOIN session_participants p ON p.session_id = n.session_id AND p.client_id = ?2
          WHERE note_search MATCH ?1 AND n.kind <> 'psychotherapy' AND n.state <> 'entered_in_error'
          ORDER BY n.seq DESC",
    )?;
    let rows = statement.query_map(rusqlite::params![query, client], found)?;
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
                    (SELECT count(*) FROM sessions s
                      WHERE s.starts_at + s.minutes * 60000 <= ?1 AND s.attendance IN ('unknown', 'attended') AND ?2 IS NULL
                        AND NOT EXISTS (SELECT 1 FROM notes n WHERE n.session_id = s.id AND n.kind <> 'psychotherapy'
                                           AND n.state <> 'entered_in_error')),
                    (SELECT count(*) FROM notes n
                      WHERE n.state = 'approved' AND n.kind <> 'psychotherapy'
                        AND (?2 IS NULL OR n.seq IN (SELECT value FROM json_each(?2))))",
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
            "SELECT s.id, NULL FROM sessions s
              WHERE s.starts_at + s.minutes * 60000 <= ?1 AND s.attendance IN ('unknown', 'attended') AND ?2 IS NULL
                AND NOT EXISTS (SELECT 1 FROM notes n WHERE n.session_id = s.id AND n.kind <> 'psychotherapy' AND n.state <> 'entered_in_error')
              ORDER BY s.starts_at DESC, s.id DESC LIMIT ?3 OFFSET ?4"
        }
        NotesFilter::Approved => {
            "SELECT s.id, n.seq FROM notes n JOIN sessions s ON s.id = n.session_id
              WHERE n.state = 'approved' AND n.kind <> 'psychotherapy' AND ?1 IS NOT NULL
                AND (?2 IS NULL OR n.seq IN (SELECT value FROM json_each(?2)))
              ORDER BY s.starts_at DESC, s.id DESC LIMIT ?3 OFFSET ?4"
        }
    };
    let mut statement = r.conn().prepare_cached(sql)?;
    let rows = statement.query_map(rusqlite::params![r.moment.at, as_json(found), limit, offset], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Sessions whose note was approved after `since`, newest session first.
pub(in crate::notes) fn approved_since(r: &Reader, since: Instant, limit: u32) -> Result<Vec<SessionId>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT s.id FROM notes n JOIN sessions s ON s.id = n.session_id
          WHERE n.state = 'approved' AND n.kind <> 'psychotherapy'
            AND EXISTS (SELECT 1 FROM approvals a WHERE a.note_id = n.id AND a.approved_at > ?1
                           AND NOT EXISTS (SELECT 1 FROM approval_undos u WHERE u.approval_id = a.id))
          ORDER BY s.starts_at DESC, s.id DESC LIMIT ?2",
    )?;
    let rows = statement.query_map(rusqlite::params![since, limit], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Completed sessions of a client, primary or not.
pub(in crate::notes) fn completed(r: &Reader, client: ClientId) -> Result<u32> {
    Ok(r.conn()
        .prepare_cached(
            "SELECT count(*) FROM session_participants p JOIN sessions s ON s.id = p.session_id
              WHERE p.client_id = ?1 AND s.attendance = 'attended' AND s.starts_at <= ?2
                AND EXISTS (SELECT 1 FROM notes n WHERE n.session_id = s.id AND n.kind = 'session' AND n.state = 'approved')",
        )?
        .query_row(rusqlite::params![client, r.moment.at], |row| row.get(0))?)
}

fn as_json(rows: Option<&[i64]>) -> Option<String> {
    rows.map(|rows| serde_json::json!(rows).to_string())
}
