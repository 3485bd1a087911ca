//! Imports in SQL.

use rusqlite::OptionalExtension;

use crate::error::Result;
use crate::id::{ClientId, ImportId};
use crate::store::{Reader, Writer};
use crate::time::Instant;

pub(super) fn begin(w: &Writer, id: ImportId, file_name: &str) -> Result<()> {
    w.conn().prepare_cached("INSERT INTO imports (id, at, file_name) VALUES (?1, ?2, ?3)")?.execute((id, w.moment.at, file_name))?;
    Ok(())
}

pub(super) fn add_row(w: &Writer, id: ImportId, row: u32, client: ClientId) -> Result<()> {
    w.conn().prepare_cached("INSERT INTO import_rows (import_id, row, client_id) VALUES (?1, ?2, ?3)")?.execute((id, row, client))?;
    Ok(())
}

/// All of it is there.
pub(super) fn end(w: &Writer, id: ImportId) -> Result<()> {
    w.conn().prepare_cached("UPDATE imports SET ended_at = ?2 WHERE id = ?1")?.execute((id, w.moment.at))?;
    Ok(())
}

/// Those of which not all is there, and nothing was taken back.
pub(super) fn not_ended(r: &Reader) -> Result<Vec<ImportId>> {
    let mut statement = r.conn().prepare_cached("SELECT id FROM imports WHERE ended_at IS NULL AND undone_at IS NULL ORDER BY id")?;
    let found = statement.query_map([], |row| row.get(0))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn in_force(r: &Reader, id: ImportId) -> Result<bool> {
    let found =
        r.conn().prepare_cached("SELECT 1 FROM imports WHERE id = ?1 AND undone_at IS NULL")?.query_row([id], |_| Ok(())).optional()?;
    Ok(found.is_some())
}

/// How many clients of an import were worked with since, and when last.
pub(super) fn touched(r: &Reader, id: ImportId) -> Result<(u32, Option<Instant>)> {
    Ok(r.conn()
        .prepare_cached(
            "WITH mine AS (SELECT client_id FROM import_rows WHERE import_id = :id),
                  work (client_id, at) AS (
                    SELECT id, changed_at FROM clients WHERE id IN mine AND changed_at > created_at
                    UNION ALL SELECT client_id, at FROM client_changes WHERE client_id IN mine
                    UNION ALL SELECT client_id, changed_at FROM contacts WHERE client_id IN mine
                    UNION ALL SELECT client_id, at FROM consents WHERE client_id IN mine
                    UNION ALL SELECT client_id, changed_at FROM homework WHERE client_id IN mine
                    UNION ALL SELECT client_id, changed_at FROM summary_entries WHERE client_id IN mine
                    UNION ALL SELECT client_id, updated_at FROM summaries WHERE client_id IN mine
                    UNION ALL SELECT client_id, begun_at FROM notes WHERE client_id IN mine
                    UNION ALL SELECT p.client_id, s.created_at FROM session_participants p JOIN sessions s ON s.id = p.session_id
                               WHERE p.client_id IN mine)
             SELECT count(DISTINCT client_id), max(at) FROM work",
        )?
        .query_row(&[(":id", &id)], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Takes the clients away again. Their rows hold nothing but what the file said.
pub(super) fn take_back(w: &Writer, id: ImportId) -> Result<u32> {
    for each in [
        "DELETE FROM contact_points WHERE client_id IN (SELECT client_id FROM import_rows WHERE import_id = ?1)",
        "DELETE FROM client_tags WHERE client_id IN (SELECT client_id FROM import_rows WHERE import_id = ?1)",
    ] {
        w.conn().prepare_cached(each)?.execute([id])?;
    }
    let clients = w
        .conn()
        .prepare_cached("DELETE FROM clients WHERE id IN (SELECT client_id FROM import_rows WHERE import_id = ?1)")?
        .execute([id])?;
    w.conn().prepare_cached("UPDATE imports SET undone_at = ?2 WHERE id = ?1")?.execute((id, w.moment.at))?;
    Ok(u32::try_from(clients).unwrap_or(u32::MAX))
}
