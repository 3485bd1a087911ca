//! The places of backups, in SQL.

use rusqlite::{OptionalExtension, Row as SqlRow, named_params};
use uuid::Uuid;

use crate::error::Result;
use crate::store::sql::{Json, Word};
use crate::store::{Reader, Writer};
use crate::time::Instant;
use crate::vault::backup::{BackupFailure, LastBackup, Made, Tested, Which};

/// A place as it stands in the records.
pub(in super::super) struct Row {
    pub place: Which,
    pub folder: String,
    pub label: String,
    pub last: Option<LastBackup>,
    /// Changes that are in the last one.
    pub changes: i64,
    pub seen_at: Option<Instant>,
    pub failure: Option<BackupFailure>,
}

fn row(row: &SqlRow) -> rusqlite::Result<Row> {
    let last = match row.get::<_, Option<Instant>>("verified_at")? {
        None => None,
        Some(verified_at) => Some(LastBackup {
            verified_at,
            file: row.get("file")?,
            sequence: row.get("sequence")?,
            bytes: u64::try_from(row.get::<_, i64>("bytes")?).unwrap_or_default(),
            kept: row.get("kept")?,
        }),
    };
    Ok(Row {
        place: row.get::<_, Word<Which>>("place")?.0,
        folder: row.get("folder")?,
        label: row.get("label")?,
        last,
        changes: row.get::<_, Option<i64>>("changes")?.unwrap_or_default(),
        seen_at: row.get("seen_at")?,
        failure: row.get::<_, Option<Json<BackupFailure>>>("failure")?.map(|failure| failure.0),
    })
}

pub(in super::super) fn places(r: &Reader) -> Result<Vec<Row>> {
    let sql = "SELECT place, folder, label, verified_at, file, sequence, changes, bytes, kept, seen_at, failure FROM backup_places ORDER BY place";
    let rows = r.conn().prepare_cached(sql)?.query_map([], row)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

pub(in super::super) fn place(r: &Reader, which: Which) -> Result<Option<Row>> {
    Ok(places(r)?.into_iter().find(|row| row.place == which))
}

/// What was known of another folder is not true of this one.
pub(in super::super) fn set_place(w: &Writer, which: Which, folder: &str, label: &str) -> Result<()> {
    forget_place(w, which)?;
    w.conn().prepare_cached("INSERT INTO backup_places (place, folder, label) VALUES (?1, ?2, ?3)")?.execute((
        Word(which),
        folder,
        label,
    ))?;
    Ok(())
}

pub(in super::super) fn forget_place(w: &Writer, which: Which) -> Result<()> {
    w.conn().prepare_cached("DELETE FROM backup_places WHERE place = ?1")?.execute([Word(which)])?;
    Ok(())
}

pub(in super::super) fn set_made(w: &Writer, which: Which, made: &Made) -> Result<()> {
    w.conn()
        .prepare_cached(
            "UPDATE backup_places SET verified_at = :at, file = :file, sequence = :sequence, changes = :changes, bytes = :bytes,
               kept = :kept, seen_at = :now, failure = NULL WHERE place = :place",
        )?
        .execute(named_params! {
            ":place": Word(which),
            ":at": made.at,
            ":file": made.file,
            ":sequence": made.sequence,
            ":changes": made.changes,
            ":bytes": i64::try_from(made.bytes).unwrap_or(i64::MAX),
            ":kept": made.kept,
            ":now": w.moment.at,
        })?;
    Ok(())
}

pub(in super::super) fn set_failed(w: &Writer, which: Which, failure: &BackupFailure) -> Result<()> {
    w.conn().prepare_cached("UPDATE backup_places SET failure = ?2 WHERE place = ?1")?.execute((Word(which), Json(failure)))?;
    Ok(())
}

pub(in super::super) fn set_seen(w: &Writer, which: Which) -> Result<()> {
    w.conn().prepare_cached("UPDATE backup_places SET seen_at = ?2 WHERE place = ?1")?.execute((Word(which), w.moment.at))?;
    Ok(())
}

pub(in super::super) fn set_tested(w: &Writer, id: Uuid, tested: &Tested) -> Result<()> {
    w.conn().prepare_cached("INSERT INTO restore_tests (id, at, file, sequence, records) VALUES (?1, ?2, ?3, ?4, ?5)")?.execute((
        id,
        w.moment.at,
        &tested.file,
        tested.about.sequence,
        i64::try_from(tested.records).unwrap_or(i64::MAX),
    ))?;
    Ok(())
}

/// When, of which file, and how many records.
pub(in super::super) fn last_test(r: &Reader) -> Result<Option<(Instant, String, u64)>> {
    let sql = "SELECT at, file, records FROM restore_tests ORDER BY rowid DESC LIMIT 1";
    let found = r
        .conn()
        .prepare_cached(sql)?
        .query_row([], |row| Ok((row.get("at")?, row.get("file")?, u64::try_from(row.get::<_, i64>("records")?).unwrap_or_default())));
    Ok(found.optional()?)
}

/// Counts this transaction as the backups' own: it is no change that would ask for another backup.
pub(in super::super) fn count_own(w: &Writer) -> Result<()> {
    w.conn().prepare_cached("UPDATE backup_writes SET number = number + 1")?.execute([])?;
    Ok(())
}
