//! What a likely duplicate is looked for in: names and points of every client; and the little that is shown of those found.

use std::collections::HashMap;

use rusqlite::named_params;

use super::{EMAIL, PHONE};
use crate::clients::{Name, alike::Known};
use crate::error::Result;
use crate::id::ClientId;
use crate::store::Reader;
use crate::store::sql::Word;
use crate::time::Date;

/// Every client, ended ones too: people come back.
pub(in crate::clients) fn everyone(r: &Reader) -> Result<Vec<Known>> {
    let mut known: Vec<Known> = r
        .conn()
        .prepare_cached("SELECT id, sort_key, born FROM clients ORDER BY sort_key, id")?
        .query_map([], |row| {
            Ok(Known { id: row.get("id")?, sort_key: row.get("sort_key")?, born: row.get("born")?, phones: Vec::new(), emails: Vec::new() })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let at: HashMap<ClientId, usize> = known.iter().enumerate().map(|(index, client)| (client.id, index)).collect();
    let mut points = r.conn().prepare_cached(
        "SELECT client_id, system, value FROM contact_points WHERE client_id IS NOT NULL ORDER BY client_id, system, position",
    )?;
    let mut rows = points.query([])?;
    while let Some(row) = rows.next()? {
        let Some(&index) = at.get(&row.get("client_id")?) else { continue };
        match row.get_ref("system")?.as_str().map_err(rusqlite::Error::from)? {
            PHONE => known[index].phones.push(row.get("value")?),
            EMAIL => known[index].emails.push(row.get("value")?),
            _ => {}
        }
    }
    Ok(known)
}

/// What the question shows of one.
pub(in crate::clients) struct Shown {
    pub(in crate::clients) name: Name,
    pub(in crate::clients) file_number: String,
    pub(in crate::clients) started: Option<Date>,
    pub(in crate::clients) completed: u32,
}

pub(in crate::clients) fn shown(r: &Reader, id: ClientId) -> Result<Shown> {
    let shown = r
        .conn()
        .prepare_cached(
            "WITH completed AS (
               SELECT s.starts_at, s.zone
                 FROM session_participants p
                 JOIN sessions s ON s.id = p.session_id
                 JOIN notes n ON n.session_id = s.id AND n.kind = 'session' AND n.state = 'approved'
                WHERE p.client_id = :id AND s.attendance = 'attended' AND s.starts_at <= :now)
             SELECT c.last_name, c.first_name, c.name_order, c.initials, c.file_number,
                    coalesce(c.started, (SELECT local_date(starts_at, zone) FROM completed ORDER BY starts_at LIMIT 1)) AS started,
                    (SELECT count(*) FROM completed) AS completed
               FROM clients c WHERE c.id = :id",
        )?
        .query_row(named_params! { ":id": id, ":now": r.moment.at }, |row| {
            let (last, first, initials): (String, String, String) = (row.get("last_name")?, row.get("first_name")?, row.get("initials")?);
            Ok(Shown {
                name: Name::new(r.veil, &last, &first, row.get::<_, Word<_>>("name_order")?.0, &initials),
                file_number: row.get("file_number")?,
                started: row.get("started")?,
                completed: row.get("completed")?,
            })
        })?;
    Ok(shown)
}
