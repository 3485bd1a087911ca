//! Which notes a list shows, which say what is looked for, and where they say it.

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

/// How many match, counted no further than `most`.
pub(in crate::notes) fn many(r: &Reader, query: &str, most: u32) -> Result<u32> {
    let mut statement = r.conn().prepare_cached("SELECT count(*) FROM (SELECT 1 FROM note_search WHERE note_search MATCH ?1 LIMIT ?2)")?;
    Ok(statement.query_row(rusqlite::params![query, most], |row| row.get(0))?)
}

/// The words in the index that begin like this, of small letters and digits, but no more than `most`. Looked up word by word: what stands
/// between one word and the next is every place that says it.
pub(in crate::notes) fn words(r: &Reader, beginning: &str, most: u32) -> Result<Vec<String>> {
    let mut statement = r.conn().prepare_cached(
        "WITH RECURSIVE words (word) AS (
           SELECT (SELECT term FROM temp.note_words WHERE term >= ?1 AND term < ?1 || char(0x10ffff) LIMIT 1)
           UNION ALL
           SELECT (SELECT term FROM temp.note_words WHERE term >= words.word || char(1) AND term < ?1 || char(0x10ffff) LIMIT 1)
             FROM words WHERE words.word IS NOT NULL)
         SELECT word FROM words WHERE word IS NOT NULL LIMIT ?2",
    )?;
    let rows = statement.query_map(rusqlite::params![beginning, most], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Those of one client, primary or not, each with where it says so. The index is gone through once: asked note by note, it begins anew each time.
pub(in crate::notes) fn matches_of(r: &Reader, client: ClientId, query: &str) -> Result<Vec<(NoteId, String)>> {
    let mut statement = r.conn().prepare_cached(
        "WITH theirs (seq) AS MATERIALIZED (
           SELECT t.seq FROM session_participants p JOIN notes t ON t.session_id = p.session_id WHERE p.client_id = ?2)
         SELECT n.id, snippet(note_search, 0, '[[', ']]', '…', 16) AS excerpt
           FROM note_search CROSS JOIN notes n ON n.seq = note_search.rowid
          WHERE note_search MATCH ?1
            AND note_search.rowid >= (SELECT min(seq) FROM theirs) AND note_search.rowid <= (SELECT max(seq) FROM theirs)
            AND +note_search.rowid IN (SELECT seq FROM theirs)
            AND n.kind <> 'psychotherapy' AND n.state <> 'entered_in_error'",
    )?;
    let rows = statement.query_map(rusqlite::params![query, client], |row| Ok((row.get("id")?, row.get("excerpt")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many notes await approval, sessions have none, notes are approved.
pub(in crate::notes) fn counts(r: &Reader) -> Result<(u32, u32, u32)> {
    Ok(r.conn()
        .prepare_cached(
            "SELECT (SELECT count(*) FROM notes n JOIN sessions s ON s.id = n.session_id
                      WHERE n.state = 'draft' AND n.kind <> 'psychotherapy' AND s.starts_at + s.minutes * 60000 <= ?1
                        AND (s.attendance IN ('unknown', 'attended') OR (n.kind = 'no_show' AND s.attendance = 'no_show'))),
                    (SELECT count(DISTINCT c.session_id) FROM client_sessions c
                      WHERE c.awaits = 1 AND c.ends_at <= ?1
                        AND NOT EXISTS (SELECT 1 FROM notes n WHERE n.session_id = c.session_id AND n.kind <> 'psychotherapy'
                                           AND n.state <> 'entered_in_error')),
                    -- Notes are numbered from 1 and never deleted: all of them, less those that are not approved, which are few.
                    coalesce((SELECT max(seq) FROM notes), 0)
                      - (SELECT count(*) FROM notes WHERE kind = 'psychotherapy' OR state = 'entered_in_error')
                      - (SELECT count(*) FROM notes WHERE state = 'draft' AND kind <> 'psychotherapy')",
        )?
        .query_row([r.moment.at], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
}

/// A session of the list, newest first.
pub(in crate::notes) fn listed(r: &Reader, filter: NotesFilter, offset: u32, limit: u32) -> Result<Vec<SessionId>> {
    let sql = match filter {
        NotesFilter::AwaitingApproval => {
            "SELECT s.id FROM notes n JOIN sessions s ON s.id = n.session_id
              WHERE n.state = 'draft' AND n.kind <> 'psychotherapy' AND s.starts_at + s.minutes * 60000 <= ?1
                AND (s.attendance IN ('unknown', 'attended') OR (n.kind = 'no_show' AND s.attendance = 'no_show'))
              ORDER BY s.starts_at DESC, s.id DESC LIMIT ?2 OFFSET ?3"
        }
        NotesFilter::NotBegun => {
            "SELECT DISTINCT c.session_id FROM client_sessions c
              WHERE c.awaits = 1 AND c.ends_at <= ?1
                AND NOT EXISTS (SELECT 1 FROM notes n WHERE n.session_id = c.session_id AND n.kind <> 'psychotherapy' AND n.state <> 'entered_in_error')
              ORDER BY c.starts_at DESC, c.session_id DESC LIMIT ?2 OFFSET ?3"
        }
        // From the newest session on, so that a page ends where it is full.
        NotesFilter::Approved => {
            "SELECT s.id FROM sessions s CROSS JOIN notes n ON n.session_id = s.id
              WHERE n.state = 'approved' AND n.kind <> 'psychotherapy' AND ?1 IS NOT NULL
              ORDER BY s.starts_at DESC, s.id DESC LIMIT ?2 OFFSET ?3"
        }
    };
    let mut statement = r.conn().prepare_cached(sql)?;
    let rows = statement.query_map(rusqlite::params![r.moment.at, limit, offset], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The notes of one filter that match, in the order of the index. Drafts are few and mostly new: nothing before the first of them is looked at.
macro_rules! matching {
    (awaiting) => {
        "FROM note_search CROSS JOIN notes n ON n.seq = note_search.rowid JOIN sessions s ON s.id = n.session_id
          WHERE note_search MATCH :query
            AND note_search.rowid >= (SELECT min(+seq) FROM notes WHERE state = 'draft' AND kind <> 'psychotherapy')
            AND n.state = 'draft' AND n.kind <> 'psychotherapy' AND s.starts_at + s.minutes * 60000 <= :now
            AND (s.attendance IN ('unknown', 'attended') OR (n.kind = 'no_show' AND s.attendance = 'no_show')) "
    };
    (approved) => {
        "FROM note_search CROSS JOIN notes n ON n.seq = note_search.rowid
          WHERE note_search MATCH :query AND n.state = 'approved' AND n.kind <> 'psychotherapy' "
    };
}

/// How many that await approval match, and how many approved, these counted no further than `most`.
pub(in crate::notes) fn counts_matching(r: &Reader, query: &str, most: u32) -> Result<(u32, u32)> {
    let mut statement = r.conn().prepare_cached(concat!(
        "SELECT (SELECT count(*) ",
        matching!(awaiting),
        "), (SELECT count(*) FROM (SELECT 1 ",
        matching!(approved),
        "LIMIT :most))"
    ))?;
    let named = rusqlite::named_params! { ":query": query, ":now": r.moment.at, ":most": most };
    Ok(statement.query_row(named, |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// A page of those that match, the one begun last first, each with where it says so.
pub(in crate::notes) fn listed_matching(
    r: &Reader,
    filter: NotesFilter,
    query: &str,
    offset: u32,
    limit: u32,
) -> Result<Vec<(SessionId, String)>> {
    macro_rules! listed {
        ($of:ident) => {
            concat!(
                "SELECT n.session_id, snippet(note_search, 0, '[[', ']]', '…', 16) ",
                matching!($of),
                "AND :now IS NOT NULL ORDER BY note_search.rowid DESC LIMIT :limit OFFSET :offset"
            )
        };
    }
    let sql = match filter {
        NotesFilter::AwaitingApproval => listed!(awaiting),
        NotesFilter::Approved => listed!(approved),
        // What has no note says nothing.
        NotesFilter::NotBegun => return Ok(Vec::new()),
    };
    let mut statement = r.conn().prepare_cached(sql)?;
    let named = rusqlite::named_params! { ":query": query, ":now": r.moment.at, ":limit": limit, ":offset": offset };
    let rows = statement.query_map(named, |row| Ok((row.get(0)?, row.get(1)?)))?;
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
