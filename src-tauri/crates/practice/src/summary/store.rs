//! The summary in SQL: sentences, the passages they came from, and the acts it takes account of.

use std::collections::HashSet;

use rusqlite::OptionalExtension;
use uuid::Uuid;

use super::{Grouping, Origin};
use crate::error::{Refusal, Result, Thing};
use crate::id::{AddendumId, ApprovalId, ClientId, EntryId, NoteId, VersionId};
use crate::notes::{NoteState, Section};
use crate::store::sql::{Json, Word};
use crate::store::{Reader, Writer};
use crate::time::Instant;

/// A sentence as it is stored.
#[derive(Clone)]
pub(super) struct Row {
    pub id: EntryId,
    pub client: ClientId,
    pub grouping: Grouping,
    pub text: String,
    pub origin: Origin,
    pub pinned: bool,
    pub dropped: bool,
}

fn row_of(row: &rusqlite::Row) -> rusqlite::Result<Row> {
    Ok(Row {
        id: row.get("id")?,
        client: row.get("client_id")?,
        grouping: row.get::<_, Word<_>>("grouping")?.0,
        text: row.get("text")?,
        origin: row.get::<_, Word<_>>("origin")?.0,
        pinned: row.get("pinned")?,
        dropped: row.get("dropped")?,
    })
}

/// All of a client's, dropped ones too, by part, pinned first.
pub(super) fn rows(r: &Reader, client: ClientId) -> Result<Vec<Row>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT id, client_id, grouping, text, origin, pinned, dropped_at IS NOT NULL AS dropped FROM summary_entries
          WHERE client_id = ?1
          ORDER BY CASE grouping WHEN 'standing' THEN 0 WHEN 'recurring' THEN 1 ELSE 2 END, pinned DESC, position, id",
    )?;
    let rows = statement.query_map([client], row_of)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// # Errors
/// `NotFound`.
pub(super) fn row(r: &Reader, id: EntryId) -> Result<Row> {
    let found = r
        .conn()
        .prepare_cached(
            "SELECT id, client_id, grouping, text, origin, pinned, dropped_at IS NOT NULL AS dropped FROM summary_entries WHERE id = ?1",
        )?
        .query_row([id], row_of)
        .optional()?;
    found.ok_or_else(|| Refusal::NotFound { what: Thing::Entry }.into())
}

/// What a sentence cites, as it is stored.
pub(super) struct Cited {
    pub entry: EntryId,
    pub version: VersionId,
    pub addendum: Option<AddendumId>,
    pub quote: String,
    pub note: NoteId,
    pub starts_at: Instant,
    pub state: NoteState,
}

/// All that a client's sentences cite, newest session first.
pub(super) fn cited(r: &Reader, client: ClientId) -> Result<Vec<Cited>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT c.entry_id, c.version_id, c.addendum_id, c.quote, n.id AS note_id, s.starts_at, n.state
           FROM summary_entries e
           JOIN summary_sources c ON c.entry_id = e.id
           JOIN note_versions v ON v.id = c.version_id
           JOIN notes n ON n.id = v.note_id
           JOIN sessions s ON s.id = n.session_id
          WHERE e.client_id = ?1 ORDER BY c.entry_id, s.starts_at DESC, c.position",
    )?;
    let rows = statement.query_map([client], |row| {
        Ok(Cited {
            entry: row.get("entry_id")?,
            version: row.get("version_id")?,
            addendum: row.get("addendum_id")?,
            quote: row.get("quote")?,
            note: row.get("note_id")?,
            starts_at: row.get("starts_at")?,
            state: row.get::<_, Word<_>>("state")?.0,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What a sentence cites, with the text it stands in.
pub(super) struct Quoted {
    pub entry: EntryId,
    pub quote: String,
    pub note: NoteId,
    pub starts_at: Instant,
    /// The number of the session among the primary client's completed ones.
    pub number: Option<u32>,
    pub state: NoteState,
    pub approved_at: Instant,
    pub sections: Vec<Section>,
    pub addendum_text: Option<String>,
}

/// The same as [`cited`], in the same order, with the texts.
pub(super) fn quoted(r: &Reader, client: ClientId) -> Result<Vec<Quoted>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT c.entry_id, c.quote, n.id AS note_id, s.starts_at, n.state, v.body, d.text,
                (SELECT nullif(count(*), 0)
                   FROM session_participants p
                   JOIN client_sessions held ON held.client_id = p.client_id AND held.starts_at = s.starts_at AND held.session_id = s.id
                   JOIN client_sessions k ON k.client_id = p.client_id AND k.completed = 1
                    AND (k.starts_at, k.session_id) <= (s.starts_at, s.id)
                  WHERE p.session_id = s.id AND p.position = 0 AND held.completed = 1 AND held.starts_at <= ?2) AS number,
                (SELECT max(a.approved_at) FROM approvals a WHERE a.version_id = c.version_id) AS approved_at
           FROM summary_entries e
           JOIN summary_sources c ON c.entry_id = e.id
           JOIN note_versions v ON v.id = c.version_id
           JOIN notes n ON n.id = v.note_id
           JOIN sessions s ON s.id = n.session_id
           LEFT JOIN addenda d ON d.id = c.addendum_id
          WHERE e.client_id = ?1 ORDER BY c.entry_id, s.starts_at DESC, c.position",
    )?;
    let rows = statement.query_map(rusqlite::params![client, r.moment.at], |row| {
        let Json(sections) = row.get("body")?;
        Ok(Quoted {
            entry: row.get("entry_id")?,
            quote: row.get("quote")?,
            note: row.get("note_id")?,
            starts_at: row.get("starts_at")?,
            number: row.get("number")?,
            state: row.get::<_, Word<_>>("state")?.0,
            approved_at: row.get("approved_at")?,
            sections,
            addendum_text: row.get("text")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How a summary stands: when it was brought up to date, how many notes it takes account of, how many acts came after: approvals,
/// addenda, and marks of error on notes it took account of or cites.
pub(super) struct Standing {
    pub updated_at: Option<Instant>,
    pub notes: u32,
    pub behind: u32,
}

/// # Errors
/// `NotFound`.
pub(super) fn standing(r: &Reader, client: ClientId) -> Result<Standing> {
    let found = r
        .conn()
        .prepare_cached(
            "WITH in_force (act_id, what) AS (
               SELECT a.id, 0
                 FROM session_participants p
                 JOIN notes n ON n.session_id = p.session_id AND n.kind = 'session' AND n.state = 'approved'
                 JOIN approvals a ON a.note_id = n.id AND NOT EXISTS (SELECT 1 FROM approval_undos u WHERE u.approval_id = a.id)
                WHERE p.client_id = ?1
               UNION ALL
               SELECT d.id, 1
                 FROM session_participants p
                 JOIN notes n ON n.session_id = p.session_id AND n.kind = 'session' AND n.state = 'approved'
                 JOIN addenda d ON d.note_id = n.id AND d.approved_at IS NOT NULL
                WHERE p.client_id = ?1
               UNION ALL
               SELECT n.id, 2
                 FROM session_participants p
                 JOIN notes n ON n.session_id = p.session_id AND n.kind = 'session' AND n.state = 'entered_in_error'
                WHERE p.client_id = ?1 AND EXISTS (SELECT 1 FROM summaries WHERE client_id = ?1)
                  AND (EXISTS (SELECT 1 FROM approvals a JOIN summary_acts t ON t.client_id = ?1 AND t.act_id = a.id WHERE a.note_id = n.id)
                       OR EXISTS (SELECT 1 FROM note_versions v
                                    JOIN summary_sources c ON c.version_id = v.id
                                    JOIN summary_entries e ON e.id = c.entry_id AND e.client_id = ?1
                                   WHERE v.note_id = n.id)))
             SELECT (SELECT updated_at FROM summaries WHERE client_id = ?1) AS updated_at,
                    count(*) FILTER (WHERE t.act_id IS NOT NULL AND f.what = 0) AS notes,
                    count(f.act_id) FILTER (WHERE t.act_id IS NULL) AS behind
               FROM clients c
               LEFT JOIN in_force f ON true
               LEFT JOIN summary_acts t ON t.client_id = ?1 AND t.act_id = f.act_id
              WHERE c.id = ?1
              GROUP BY c.id",
        )?
        .query_row([client], |row| {
            Ok(Standing { updated_at: row.get("updated_at")?, notes: row.get("notes")?, behind: row.get("behind")? })
        })
        .optional()?;
    found.ok_or_else(|| Refusal::NotFound { what: Thing::Client }.into())
}

/// The acts a summary takes account of.
pub(super) fn taken(r: &Reader, client: ClientId) -> Result<HashSet<Uuid>> {
    let mut statement = r.conn().prepare_cached("SELECT act_id FROM summary_acts WHERE client_id = ?1")?;
    let rows = statement.query_map([client], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Brought up to date now, with account taken of these.
pub(super) fn set_taken(w: &Writer, client: ClientId, acts: impl Iterator<Item = Uuid>) -> Result<()> {
    w.conn()
        .prepare_cached(
            "INSERT INTO summaries (client_id, updated_at) VALUES (?1, ?2)
             ON CONFLICT (client_id) DO UPDATE SET updated_at = excluded.updated_at",
        )?
        .execute(rusqlite::params![client, w.moment.at])?;
    let mut statement = w.conn().prepare_cached("INSERT INTO summary_acts (client_id, act_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
    for act in acts {
        statement.execute(rusqlite::params![client, act])?;
    }
    Ok(())
}

/// The notes of a client's sessions that were entered in error; a note's id stands for its mark.
pub(super) fn marked(r: &Reader, client: ClientId) -> Result<Vec<NoteId>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT n.id FROM session_participants p
           JOIN notes n ON n.session_id = p.session_id AND n.kind = 'session' AND n.state = 'entered_in_error'
          WHERE p.client_id = ?1",
    )?;
    let rows = statement.query_map([client], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// There is a summary.
pub(super) fn exists(r: &Reader, client: ClientId) -> Result<bool> {
    Ok(r.conn().prepare_cached("SELECT 1 FROM summaries WHERE client_id = ?1")?.exists([client])?)
}

/// There is none any more; the therapist's own sentences wait for the next.
pub(super) fn remove(w: &Writer, client: ClientId) -> Result<()> {
    w.conn().prepare_cached("DELETE FROM summaries WHERE client_id = ?1")?.execute([client])?;
    Ok(())
}

pub(super) struct New<'a> {
    pub client: ClientId,
    pub grouping: Grouping,
    pub text: &'a str,
    pub origin: Origin,
}

/// A passage to cite.
pub(super) struct Passage<'a> {
    pub version: VersionId,
    pub addendum: Option<AddendumId>,
    pub quote: &'a str,
}

/// Adds a sentence at the end of its part.
pub(super) fn insert(w: &mut Writer, new: &New, passages: &[Passage]) -> Result<EntryId> {
    let id = EntryId(w.id());
    w.conn()
        .prepare_cached(
            "INSERT INTO summary_entries (id, client_id, grouping, position, text, origin, created_at, changed_at)
             SELECT ?1, ?2, ?3, 1 + coalesce(max(position), 0), ?4, ?5, ?6, ?6 FROM summary_entries WHERE client_id = ?2",
        )?
        .execute(rusqlite::params![id, new.client, Word(new.grouping), new.text, Word(new.origin), w.moment.at])?;
    cite(w, id, passages)?;
    Ok(id)
}

/// The passages of a sentence, in place of those it had.
pub(super) fn cite(w: &Writer, id: EntryId, passages: &[Passage]) -> Result<()> {
    w.conn().prepare_cached("DELETE FROM summary_sources WHERE entry_id = ?1")?.execute([id])?;
    let mut statement = w
        .conn()
        .prepare_cached("INSERT INTO summary_sources (entry_id, position, version_id, addendum_id, quote) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (position, passage) in (0_u32..).zip(passages) {
        statement.execute(rusqlite::params![id, position, passage.version, passage.addendum, passage.quote])?;
    }
    Ok(())
}

pub(super) fn set_text(w: &Writer, id: EntryId, text: &str, origin: Origin) -> Result<()> {
    w.conn()
        .prepare_cached("UPDATE summary_entries SET text = ?2, origin = ?3, changed_at = ?4 WHERE id = ?1")?
        .execute(rusqlite::params![id, text, Word(origin), w.moment.at])?;
    Ok(())
}

pub(super) fn set_pinned(w: &Writer, id: EntryId, pinned: bool) -> Result<()> {
    w.conn().prepare_cached("UPDATE summary_entries SET pinned = ?2, changed_at = ?3 WHERE id = ?1")?.execute(rusqlite::params![
        id,
        pinned,
        w.moment.at
    ])?;
    Ok(())
}

pub(super) fn set_dropped(w: &Writer, id: EntryId, dropped: bool) -> Result<()> {
    w.conn()
        .prepare_cached("UPDATE summary_entries SET dropped_at = CASE WHEN ?2 THEN ?3 END, changed_at = ?3 WHERE id = ?1")?
        .execute(rusqlite::params![id, dropped, w.moment.at])?;
    Ok(())
}

/// Takes a sentence away, with its passages.
pub(super) fn delete(w: &Writer, id: EntryId) -> Result<()> {
    w.conn().prepare_cached("DELETE FROM summary_entries WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// Nothing of this client's summary cites the version any more.
pub(super) fn uncite(w: &Writer, client: ClientId, version: VersionId) -> Result<()> {
    w.conn()
        .prepare_cached(
            "DELETE FROM summary_sources WHERE version_id = ?2 AND entry_id IN (SELECT id FROM summary_entries WHERE client_id = ?1)",
        )?
        .execute(rusqlite::params![client, version])?;
    Ok(())
}

pub(super) fn forget_approval(w: &Writer, client: ClientId, approval: ApprovalId) -> Result<()> {
    w.conn()
        .prepare_cached("DELETE FROM summary_acts WHERE client_id = ?1 AND act_id = ?2")?
        .execute(rusqlite::params![client, approval])?;
    Ok(())
}

/// The client's own names, which are in every note and no theme.
///
/// # Errors
/// `NotFound`.
pub(super) fn names(r: &Reader, client: ClientId) -> Result<Vec<String>> {
    let found = r
        .conn()
        .prepare_cached("SELECT last_name, first_name, preferred_name FROM clients WHERE id = ?1")?
        .query_row([client], |row| Ok(vec![row.get(0)?, row.get(1)?, row.get(2)?]))
        .optional()?;
    found.ok_or_else(|| Refusal::NotFound { what: Thing::Client }.into())
}

/// Sentences that come from a note, dropped ones left out.
pub(crate) fn sentences_from(r: &Reader, note: NoteId) -> Result<Vec<String>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT DISTINCT e.text FROM note_versions v
           JOIN summary_sources c ON c.version_id = v.id
           JOIN summary_entries e ON e.id = c.entry_id AND e.dropped_at IS NULL
          WHERE v.note_id = ?1
          ORDER BY CASE e.grouping WHEN 'standing' THEN 0 WHEN 'recurring' THEN 1 ELSE 2 END, e.pinned DESC, e.position",
    )?;
    let rows = statement.query_map([note], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
