//! What no concept gives out by itself: a client's card, the last note before a session, who is overdue, where a session stood.

pub(super) mod list;
pub(super) mod trail;

use std::collections::HashMap;

use chrono::NaiveTime;
use rusqlite::{OptionalExtension, Row};

use super::session::Moved;
use super::today::Overdue;
use crate::clients::{ClientStatus, Name};
use crate::consents::{ConsentState, Decision};
use crate::error::{Fault, Result};
use crate::homework::days_over;
use crate::id::{ClientId, NoteId, SeriesId, SessionId};
use crate::notes::Section;
use crate::store::Reader;
use crate::store::sql::{Json, Word};
use crate::summary::extract::Source;
use crate::time::{self, Date, Instant, WallClock, monday_of, wall_clock};

/// What stands on a client's own row, and at the head of their lists.
pub(super) struct Card {
    pub(super) name: Name,
    pub(super) single_name: bool,
    pub(super) preferred_name: String,
    pub(super) pronouns: String,
    pub(super) status: ClientStatus,
    pub(super) started: Option<Date>,
    pub(super) started_derived: bool,
    pub(super) added_at: Instant,
    pub(super) phone: String,
    pub(super) email: String,
    pub(super) emergency_contacts: u32,
}

pub(super) fn card(r: &Reader, client: ClientId) -> Result<Option<Card>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT c.last_name, c.first_name, c.name_order, c.initials, c.preferred_name, c.pronouns, c.status, c.started, c.created_at,
                (SELECT value FROM contact_points WHERE client_id = c.id AND system = 'phone' ORDER BY position LIMIT 1) AS phone,
                (SELECT value FROM contact_points WHERE client_id = c.id AND system = 'email' ORDER BY position LIMIT 1) AS email,
                (SELECT count(*) FROM contacts WHERE client_id = c.id AND emergency = 1 AND removed_at IS NULL) AS emergency_contacts,
                first.starts_at AS first_starts_at, first.zone AS first_zone
           FROM clients c
           LEFT JOIN sessions first ON first.id = (
                SELECT session_id FROM client_sessions WHERE client_id = c.id AND completed = 1 AND starts_at <= ?2
                 ORDER BY starts_at, session_id LIMIT 1)
          WHERE c.id = ?1",
    )?;
    let row = statement
        .query_row(rusqlite::params![client, r.moment.at], |row| {
            let first: Option<(Instant, String)> = row.get::<_, Option<Instant>>("first_starts_at")?.zip(row.get("first_zone")?);
            let card = Card {
                name: name(r, row)?,
                single_name: row.get::<_, String>("first_name")?.is_empty(),
                preferred_name: row.get("preferred_name")?,
                pronouns: row.get("pronouns")?,
                status: row.get::<_, Word<_>>("status")?.0,
                started: row.get("started")?,
                started_derived: false,
                added_at: row.get("created_at")?,
                phone: row.get::<_, Option<_>>("phone")?.unwrap_or_default(),
                email: row.get::<_, Option<_>>("email")?.unwrap_or_default(),
                emergency_contacts: row.get("emergency_contacts")?,
            };
            Ok((card, first))
        })
        .optional()?;
    let Some((mut card, first)) = row else { return Ok(None) };
    if let (None, Some((starts_at, zone))) = (card.started, first) {
        card.started = Some(starts_at.in_zone(time::zone(&zone)?).date());
        card.started_derived = true;
    }
    Ok(Some(card))
}

fn name(r: &Reader, row: &Row) -> rusqlite::Result<Name> {
    let (last, first, initials): (String, String, String) = (row.get("last_name")?, row.get("first_name")?, row.get("initials")?);
    Ok(Name::new(r.veil, &last, &first, row.get::<_, Word<_>>("name_order")?.0, &initials))
}

/// The note of the last completed session before another.
pub(super) struct LastNote {
    pub(super) session: SessionId,
    pub(super) note: NoteId,
    pub(super) starts_at: Instant,
    pub(super) zone: String,
    pub(super) source: Source,
}

/// For each client and start, the note of their last completed session before it. One statement for all of them.
pub(super) fn last_notes(r: &Reader, asked: &[(ClientId, Instant)]) -> Result<Vec<Option<LastNote>>> {
    let pairs: Vec<_> = asked.iter().map(|(client, before)| (client.0.simple().to_string(), before.0)).collect();
    let mut statement = r.conn().prepare_cached(
        "SELECT asked.key AS place, s.id, s.starts_at, s.zone, n.id AS note_id, v.id AS version_id, v.body,
                (SELECT json_group_array(text) FROM (
                   SELECT d.text FROM addenda d WHERE d.note_id = n.id AND d.approved_at IS NOT NULL ORDER BY d.number)) AS addenda
           FROM json_each(?1) asked
           JOIN sessions s ON s.id = (
                SELECT session_id FROM client_sessions
                 WHERE client_id = unhex(asked.value ->> 0) AND completed = 1 AND starts_at < asked.value ->> 1 AND starts_at <= ?2
                 ORDER BY starts_at DESC, session_id DESC LIMIT 1)
           JOIN notes n ON n.session_id = s.id AND n.kind = 'session' AND n.state = 'approved'
           JOIN note_versions v ON v.note_id = n.id AND v.number = (SELECT max(number) FROM note_versions WHERE note_id = n.id)",
    )?;
    let mut rows = statement.query(rusqlite::params![Json(pairs), r.moment.at])?;
    let mut notes: Vec<Option<LastNote>> = asked.iter().map(|_| None).collect();
    while let Some(row) = rows.next()? {
        let (starts_at, zone): (Instant, String) = (row.get("starts_at")?, row.get("zone")?);
        let Json(body): Json<Vec<Section>> = row.get("body")?;
        let Json(addenda): Json<Vec<String>> = row.get("addenda")?;
        let source = Source {
            version_id: row.get("version_id")?,
            held_on: starts_at.in_zone(time::zone(&zone)?).date(),
            sections: body.into_iter().map(|section| (section.kind, section.text)).collect(),
            addenda,
        };
        let place = usize::try_from(row.get::<_, u32>("place")?).ok().and_then(|place| notes.get_mut(place));
        *place.ok_or(Fault::Row("a place that was not asked for"))? =
            Some(LastNote { session: row.get("id")?, note: row.get("note_id")?, starts_at, zone, source });
    }
    Ok(notes)
}

/// The consent of each client for automatic note-taking; those without a record are left out.
pub(super) fn consents(r: &Reader, clients: &[ClientId]) -> Result<HashMap<ClientId, ConsentState>> {
    let clients: Vec<_> = clients.iter().map(|client| client.0.simple().to_string()).collect();
    let mut statement = r.conn().prepare_cached(
        "SELECT k.client_id, k.decision
           FROM consents k
          WHERE k.client_id IN (SELECT unhex(value) FROM json_each(?1)) AND k.purpose = 'automatic_note_taking'
            AND k.seq = (SELECT max(seq) FROM consents WHERE client_id = k.client_id AND purpose = k.purpose)",
    )?;
    let rows = statement.query_map([Json(clients)], |row| {
        let Word(decision): Word<Decision> = row.get("decision")?;
        Ok((row.get("client_id")?, decision.into()))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The first clients with overdue homework, longest first, and how many there are.
pub(super) fn overdue(r: &Reader, limit: u32) -> Result<(Vec<Overdue>, u32)> {
    let today = r.moment.today();
    let mut statement = r.conn().prepare_cached(
        "SELECT c.id, c.last_name, c.first_name, c.name_order, c.initials, min(h.due_on) AS due_on, count(*) OVER () AS total
           FROM homework h JOIN clients c ON c.id = h.client_id
          WHERE h.state IN ('assigned', 'in_progress') AND h.due_on < ?1
          GROUP BY c.id ORDER BY min(h.due_on), c.sort_key, c.id LIMIT ?2",
    )?;
    let mut rows = statement.query(rusqlite::params![today, limit])?;
    let (mut overdue, mut total) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        total = row.get("total")?;
        let days = days_over(row.get("due_on")?, today).unwrap_or(0);
        overdue.push(Overdue { client: row.get("id")?, name: name(r, row)?, days });
    }
    Ok((overdue, total))
}

/// Where a session stood before it was moved, newest first.
pub(super) fn moves(r: &Reader, session: SessionId) -> Result<Vec<Moved>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT at, from_starts_at, to_starts_at, asked_by, asked_at, remark
           FROM session_moves WHERE session_id = ?1 ORDER BY at DESC, id DESC",
    )?;
    let rows = statement.query_map([session], |row| {
        Ok(Moved {
            at: row.get("at")?,
            from: row.get("from_starts_at")?,
            to: row.get("to_starts_at")?,
            asked_by: row.get::<_, Word<_>>("asked_by")?.0,
            asked_at: row.get("asked_at")?,
            remark: r.veil.optional(row.get::<_, String>("remark")?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// When a series usually is.
pub(super) struct Usual {
    pub(super) every_weeks: u32,
    /// Its usual time, in the week of the session asked about: that one may have been moved by itself.
    pub(super) starts_at: Instant,
    pub(super) zone: String,
}

pub(super) fn rhythm(r: &Reader, series: SeriesId, near: Instant) -> Result<Usual> {
    let (zone, weekday, local_time, every_weeks): (String, u32, String, u32) = r
        .conn()
        .prepare_cached("SELECT zone, weekday, local_time, every_weeks FROM series WHERE id = ?1")?
        .query_row([series], |row| Ok((row.get("zone")?, row.get("weekday")?, row.get("local_time")?, row.get("every_weeks")?)))?;
    let tz = time::zone(&zone)?;
    let time = NaiveTime::parse_from_str(&local_time, "%H:%M").map_err(|_| Fault::Row("the time of a series"))?;
    let day = monday_of(near.in_zone(tz).date()) + chrono::Days::new(weekday.into());
    let starts_at = match wall_clock(day.and_time(time), tz) {
        WallClock::Once(at) | WallClock::Twice(at, _) => at,
        WallClock::Never { first_after } => first_after,
    };
    Ok(Usual { every_weeks, starts_at, zone })
}

/// How many notes a search looks through: psychotherapy notes and those entered in error are left out.
pub(super) fn searched(r: &Reader) -> Result<u32> {
    Ok(r.conn()
        // Notes are numbered from 1 and none is ever deleted; those that are not searched are few, and have an index.
        .prepare_cached(
            "SELECT coalesce((SELECT max(seq) FROM notes), 0)
                  - (SELECT count(*) FROM notes WHERE kind = 'psychotherapy' OR state = 'entered_in_error')",
        )?
        .query_row([], |row| row.get(0))?)
}
