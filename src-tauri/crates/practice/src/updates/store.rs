//! Looking for newer versions, and the requests made for it, in SQL.

use rusqlite::{OptionalExtension, Row, named_params};
use serde_json::Value;

use super::{Answered, Outgoing, UpdateRequest};
use crate::error::Result;
use crate::id::RequestId;
use crate::store::sql::{Json, Word};
use crate::store::{Reader, Writer};
use crate::time::Instant;

pub(super) fn since(r: &Reader) -> Result<Option<Instant>> {
    let found = r.conn().prepare_cached("SELECT since FROM update_checks")?.query_row([], |row| row.get(0)).optional()?;
    Ok(found.flatten())
}

pub(super) fn set_since(w: &Writer, since: Option<Instant>) -> Result<()> {
    w.conn()
        .prepare_cached(
            "INSERT INTO update_checks (only, since) VALUES (1, ?1)
             ON CONFLICT (only) DO UPDATE SET since = excluded.since, announced = NULL",
        )?
        .execute([since])?;
    Ok(())
}

pub(super) fn announced(r: &Reader) -> Result<Option<Value>> {
    let found = r
        .conn()
        .prepare_cached("SELECT announced FROM update_checks")?
        .query_row([], |row| row.get::<_, Option<Json<Value>>>("announced"))
        .optional()?;
    Ok(found.flatten().map(|announced| announced.0))
}

pub(super) fn set_announced(w: &Writer, announced: Option<&Value>) -> Result<()> {
    w.conn().prepare_cached("UPDATE update_checks SET announced = ?1 WHERE since IS NOT NULL")?.execute([announced.map(Json)])?;
    Ok(())
}

pub(super) fn looked_between(r: &Reader, from: Instant, to: Instant) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM update_requests WHERE at >= ?1 AND at < ?2 AND sent = 'look')";
    Ok(r.conn().prepare_cached(sql)?.query_row([from, to], |row| row.get(0))?)
}

pub(super) fn count(r: &Reader) -> Result<u32> {
    Ok(r.conn().prepare_cached("SELECT count(*) FROM update_requests")?.query_row([], |row| row.get(0))?)
}

/// In the order in which they were made: a clock can be set back.
pub(super) fn newest(r: &Reader, most: u32) -> Result<Vec<UpdateRequest>> {
    let sql = "SELECT id, at, host, sent, version, system, answer, newer, bytes FROM update_requests ORDER BY rowid DESC LIMIT ?1";
    let rows = r.conn().prepare_cached(sql)?.query_map([most], request)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

fn request(row: &Row) -> rusqlite::Result<UpdateRequest> {
    Ok(UpdateRequest {
        id: row.get("id")?,
        at: row.get("at")?,
        host: row.get("host")?,
        sent: row.get::<_, Word<_>>("sent")?.0,
        version: row.get("version")?,
        system: row.get("system")?,
        answer: row.get::<_, Option<Word<Answered>>>("answer")?.map(|answer| answer.0),
        newer: row.get("newer")?,
        bytes: row.get::<_, Option<i64>>("bytes")?.map(|bytes| u64::try_from(bytes).unwrap_or_default()),
    })
}

pub(super) fn insert(w: &Writer, id: RequestId, outgoing: &Outgoing) -> Result<()> {
    w.conn()
        .prepare_cached(
            "INSERT INTO update_requests (id, at, host, sent, version, system) VALUES (:id, :at, :host, :sent, :version, :system)",
        )?
        .execute(named_params! {
            ":id": id,
            ":at": w.moment.at,
            ":host": outgoing.host,
            ":sent": Word(outgoing.sent),
            ":version": outgoing.version,
            ":system": outgoing.system,
        })?;
    Ok(())
}

pub(super) fn answer(w: &Writer, id: RequestId, answer: Answered, newer: Option<&str>, bytes: Option<u64>) -> Result<()> {
    w.conn()
        .prepare_cached("UPDATE update_requests SET answer = ?2, newer = ?3, bytes = ?4 WHERE id = ?1 AND answer IS NULL")?
        .execute(rusqlite::params![id, Word(answer), newer, bytes.map(|bytes| i64::try_from(bytes).unwrap_or(i64::MAX))])?;
    Ok(())
}
