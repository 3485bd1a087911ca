//! A client's part of the trail in SQL.

use rusqlite::named_params;

use crate::audit::Act;
use crate::error::Result;
use crate::id::ClientId;
use crate::pages::trail::TrailMore;
use crate::store::Reader;
use crate::store::sql::{Json, Word};
use crate::time::{Date, Instant};

/// An event of a client, with the day of the session it concerns.
pub(in crate::pages) struct Entry {
    pub(in crate::pages) number: u32,
    pub(in crate::pages) at: Instant,
    pub(in crate::pages) act: Act,
    pub(in crate::pages) session_on: Option<Date>,
    pub(in crate::pages) more: TrailMore,
}

/// How many events there are of each act, and when the first of them was.
pub(in crate::pages) fn counts(r: &Reader, client: ClientId) -> Result<Vec<(Act, u32, Instant)>> {
    let mut statement =
        r.conn().prepare_cached("SELECT act, count(*) AS count, min(at) AS first FROM audit_events WHERE client_id = ?1 GROUP BY act")?;
    let rows = statement.query_map([client], |row| Ok((row.get::<_, Word<Act>>("act")?.0, row.get("count")?, row.get("first")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// At most `limit` events of these acts, newest first, before one where it is given.
pub(in crate::pages) fn entries(r: &Reader, client: ClientId, acts: &[Act], before: Option<u32>, limit: u32) -> Result<Vec<Entry>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT e.seq, e.at, e.act, e.detail, local_date(s.starts_at, s.zone) AS session_on
           FROM audit_events e
           LEFT JOIN notes n ON e.subject = 'note' AND n.id = e.subject_id
           LEFT JOIN sessions s ON s.id = CASE e.subject WHEN 'session' THEN e.subject_id ELSE n.session_id END
          WHERE e.client_id = :client AND e.seq < :before AND e.act IN (SELECT value FROM json_each(:acts))
          ORDER BY e.seq DESC LIMIT :limit",
    )?;
    let before = before.map_or(i64::MAX, i64::from);
    let given = named_params! { ":client": client, ":before": before, ":acts": Json(acts), ":limit": limit };
    let rows = statement.query_map(given, |row| {
        Ok(Entry {
            number: row.get("seq")?,
            at: row.get("at")?,
            act: row.get::<_, Word<Act>>("act")?.0,
            session_on: row.get("session_on")?,
            more: row.get::<_, Json<TrailMore>>("detail")?.0,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
