//! Sessions in SQL. [`load`] is the one way in which any screen gets whole sessions: three statements for the whole list.

use std::collections::HashMap;

use chrono::NaiveTime;
use rusqlite::{OptionalExtension, Row};
use uuid::Uuid;

use super::booking::Booking;
use super::clock::Reading;
use super::plan::PlanPoint;
use super::series::SeriesRhythm;
use super::{Around, Attendance, BookedBy, BriefNote, BriefSession, Near, NoteRef, Participant, Session, SessionKind, state};
use crate::clients::{Name, NameOrder};
use crate::error::{Fault, Refusal, Result, Thing};
use crate::id::{ClientId, NoteId, SeriesId, SessionId};
use crate::notes::{NoteKind, NoteState, Section};
use crate::store::sql::{Json, Word};
use crate::store::{Reader, Writer};
use crate::summary;
use crate::time::Instant;

/// Which sessions a screen needs, and in which order they come.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Which<'a> {
    /// These, in the order given; those that do not exist are left out.
    ByIds(&'a [SessionId]),
    /// Starting from `from` on and before `to`, whatever became of them; earliest first.
    Between {
        /// The first instant.
        from: Instant,
        /// The first instant after.
        to: Instant,
    },
    /// A client's that have started or were to have, cancelled ones and no-shows too; newest first.
    PastOf {
        /// Whose, primary or not.
        client: ClientId,
    },
    /// Every session awaiting approval; newest first.
    AwaitingAll,
    /// A client's sessions awaiting approval; newest first.
    AwaitingOf {
        /// Whose, primary or not.
        client: ClientId,
    },
    /// Of the series of this session, every one; earliest first.
    SeriesOf {
        /// One of them.
        session: SessionId,
    },
}

/// What is read of the sessions in `chosen`, and of their counting notes; `?2` is now.
macro_rules! sessions {
    ($chosen:literal, $more:literal) => {
        concat!(
            // CROSS JOIN says in which order: SQLite, which does not know how few are chosen, would begin with the largest table.
            "WITH ",
            $chosen,
            ",
         primaries (client_id) AS MATERIALIZED (
           SELECT DISTINCT p.client_id
             FROM chosen c
             CROSS JOIN sessions s ON s.id = c.id AND s.attendance = 'attended'
             CROSS JOIN session_participants p ON p.session_id = c.id AND p.position = 0),
         ranked (session_id, client_id, number) AS MATERIALIZED (
           SELECT k.session_id, k.client_id, row_number() OVER (PARTITION BY k.client_id ORDER BY k.starts_at, k.session_id)
             FROM primaries
             CROSS JOIN client_sessions k ON k.client_id = primaries.client_id AND k.completed = 1 AND k.starts_at <= ?2)
         SELECT s.id, s.starts_at, s.zone, s.minutes, s.kind, s.place, s.booked_by, s.booked_at, s.booking_source,
                s.attendance, s.told_at, s.told_remark, s.series_id, series.every_weeks, ranked.number,
                n.id AS note_id, n.kind AS note_kind, n.state AS note_state,
                CASE n.state WHEN 'approved' THEN
                  (SELECT a.approved_at FROM approvals a
                    WHERE a.note_id = n.id AND NOT EXISTS (SELECT 1 FROM approval_undos u WHERE u.approval_id = a.id)
                    ORDER BY a.approved_at DESC LIMIT 1) END AS approved_at,
                coalesce((SELECT d.body FROM note_drafts d WHERE d.note_id = n.id),
                         (SELECT v.body FROM note_versions v WHERE v.note_id = n.id ORDER BY v.number DESC LIMIT 1)) AS body",
            $more,
            "
           FROM chosen
           CROSS JOIN sessions s ON s.id = chosen.id
           LEFT JOIN series ON series.id = s.series_id
           LEFT JOIN notes n ON n.session_id = s.id AND n.kind <> 'psychotherapy' AND n.state <> 'entered_in_error'
           LEFT JOIN session_participants p ON p.session_id = s.id AND p.position = 0
           LEFT JOIN ranked ON ranked.session_id = s.id AND ranked.client_id = p.client_id
          ORDER BY chosen.place"
        )
    };
}

/// Whole sessions, with their participants, counting notes and numbers.
pub(crate) fn load(r: &Reader, which: Which) -> Result<Vec<Session>> {
    let ids = chosen(r, which)?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids = as_json(&ids);
    let participants = participants(r, &ids)?;
    let mut statement =
        r.conn().prepare_cached(sessions!("chosen (place, id) AS MATERIALIZED (SELECT key, unhex(value) FROM json_each(?1))", ""))?;
    let rows = statement.query_map(rusqlite::params![ids, r.moment.at], |row| {
        let id: SessionId = row.get("id")?;
        session(r, row, participants.get(&id).cloned().unwrap_or_default())
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn chosen(r: &Reader, which: Which) -> Result<Vec<SessionId>> {
    let now = r.moment.at;
    match which {
        Which::ByIds(ids) => Ok(ids.to_vec()),
        Which::Between { from, to } => {
            ids(r, "SELECT id FROM sessions WHERE starts_at >= ?1 AND starts_at < ?2 ORDER BY starts_at, id", rusqlite::params![from, to])
        }
        Which::PastOf { client } => ids(
            r,
            "SELECT session_id FROM client_sessions WHERE client_id = ?1 AND starts_at <= ?2 ORDER BY starts_at DESC, session_id DESC",
            rusqlite::params![client, now],
        ),
        Which::AwaitingAll => ids(
            r,
            "SELECT DISTINCT session_id FROM client_sessions WHERE awaits = 1 AND ends_at <= ?1 ORDER BY starts_at DESC, session_id DESC",
            rusqlite::params![now],
        ),
        Which::AwaitingOf { client } => ids(
            r,
            "SELECT session_id FROM client_sessions WHERE client_id = ?1 AND awaits = 1 AND ends_at <= ?2 ORDER BY starts_at DESC, session_id DESC",
            rusqlite::params![client, now],
        ),
        Which::SeriesOf { session } => ids(
            r,
            "SELECT s.id FROM sessions one JOIN sessions s ON s.series_id = one.series_id WHERE one.id = ?1 ORDER BY s.starts_at, s.id",
            rusqlite::params![session],
        ),
    }
}

/// How many sessions await approval.
pub(super) fn count_awaiting(r: &Reader) -> Result<u32> {
    let mut statement =
        r.conn().prepare_cached("SELECT count(DISTINCT session_id) FROM client_sessions WHERE awaits = 1 AND ends_at <= ?1")?;
    Ok(statement.query_row([r.moment.at], |row| row.get(0))?)
}

/// A client's sessions around now: each is read once, whatever parts it has.
pub(super) fn around(r: &Reader, client: ClientId, recent: u32) -> Result<Around> {
    let mut statement = r.conn().prepare_cached(sessions!(
        "parts (part, id, starts_at) AS (
           SELECT * FROM (
             SELECT 'next', session_id, starts_at FROM client_sessions
              WHERE client_id = ?1 AND starts_at > ?2 AND cancelled = 0 ORDER BY starts_at, session_id LIMIT 1)
           UNION ALL SELECT * FROM (
             SELECT 'last_completed', session_id, starts_at FROM client_sessions
              WHERE client_id = ?1 AND completed = 1 AND starts_at <= ?2 ORDER BY starts_at DESC, session_id DESC LIMIT 1)
           UNION ALL SELECT * FROM (
             SELECT 'recent', session_id, starts_at FROM client_sessions
              WHERE client_id = ?1 AND starts_at <= ?2 ORDER BY starts_at DESC, session_id DESC LIMIT ?3)
           UNION ALL
           SELECT 'awaiting', session_id, starts_at FROM client_sessions WHERE client_id = ?1 AND awaits = 1 AND ends_at <= ?2),
         chosen (place, id, parts) AS MATERIALIZED (
           SELECT row_number() OVER (ORDER BY max(starts_at) DESC, id DESC), id, json_group_array(part) FROM parts GROUP BY id)",
        ", p.client_id AS primary_id, chosen.parts,
           (SELECT count(*) FROM client_sessions WHERE client_id = ?1 AND completed = 1 AND starts_at <= ?2) AS completed,
           (SELECT count(*) FROM client_sessions WHERE client_id = ?1 AND starts_at <= ?2) AS past"
    ))?;
    let mut rows = statement.query(rusqlite::params![client, r.moment.at, recent])?;
    let mut around = Around::default();
    while let Some(row) = rows.next()? {
        (around.completed, around.past) = (row.get("completed")?, row.get("past")?);
        let near = near(r, row)?;
        let Json(parts): Json<Vec<String>> = row.get("parts")?;
        for part in parts {
            match part.as_str() {
                "next" => around.next = Some(near.clone()),
                "last_completed" => around.last_completed = Some(near.clone()),
                "recent" => around.recent.push(near.brief.clone()),
                _ => around.awaiting.push(near.brief.clone()),
            }
        }
    }
    Ok(around)
}

fn near(r: &Reader, row: &Row) -> rusqlite::Result<Near> {
    let note = note(r, row)?;
    let (starts_at, minutes) = (row.get("starts_at")?, row.get("minutes")?);
    let Word(attendance): Word<Attendance> = row.get("attendance")?;
    Ok(Near {
        primary: row.get("primary_id")?,
        zone: row.get("zone")?,
        minutes,
        kind: row.get::<_, Word<_>>("kind")?.0,
        booked_by: row.get::<_, Word<_>>("booked_by")?.0,
        booked_at: row.get("booked_at")?,
        series: row.get("series_id")?,
        approved_at: row.get("approved_at")?,
        brief: BriefSession {
            id: row.get("id")?,
            starts_at,
            attendance,
            state: state(attendance, starts_at, minutes, held(note.as_ref()), r.moment.at),
            note: note.map(|(_, note)| BriefNote { id: note.id, heading: note.heading }),
            number: row.get("number")?,
        },
    })
}

/// Whether the note says that the session took place.
fn held(note: Option<&(NoteKind, NoteRef)>) -> bool {
    note.is_some_and(|(kind, note)| *kind == NoteKind::Session && note.approved)
}

fn ids(r: &Reader, sql: &'static str, params: impl rusqlite::Params) -> Result<Vec<SessionId>> {
    let mut statement = r.conn().prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Ids as SQLite's JSON functions take them: hexadecimal, in order.
fn as_json(ids: &[SessionId]) -> String {
    let hex: Vec<String> = ids.iter().map(|id| format!("\"{}\"", id.0.simple())).collect();
    format!("[{}]", hex.join(","))
}

fn participants(r: &Reader, ids: &str) -> Result<HashMap<SessionId, Vec<Participant>>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT p.session_id, c.id, c.last_name, c.first_name, c.name_order, c.initials
           FROM json_each(?1) chosen
           JOIN session_participants p ON p.session_id = unhex(chosen.value)
           JOIN clients c ON c.id = p.client_id
          ORDER BY chosen.key, p.position",
    )?;
    let mut rows = statement.query([ids])?;
    let mut of: HashMap<SessionId, Vec<Participant>> = HashMap::new();
    while let Some(row) = rows.next()? {
        of.entry(row.get("session_id")?).or_default().push(participant(r, row)?);
    }
    Ok(of)
}

/// From the columns of `clients` of these names.
fn participant(r: &Reader, row: &Row) -> rusqlite::Result<Participant> {
    let (last, first, initials): (String, String, String) = (row.get("last_name")?, row.get("first_name")?, row.get("initials")?);
    let Word(order): Word<NameOrder> = row.get("name_order")?;
    Ok(Participant { id: row.get("id")?, name: Name::new(r.veil, &last, &first, order, &initials) })
}

fn session(r: &Reader, row: &Row, participants: Vec<Participant>) -> rusqlite::Result<Session> {
    let Word(attendance): Word<Attendance> = row.get("attendance")?;
    let Word(kind): Word<SessionKind> = row.get("kind")?;
    let Word(booked_by): Word<BookedBy> = row.get("booked_by")?;
    let (starts_at, minutes): (Instant, u32) = (row.get("starts_at")?, row.get("minutes")?);
    let veiled = |text: String| r.veil.optional(text);
    let note = note(r, row)?;
    let held = held(note.as_ref());
    Ok(Session {
        id: row.get("id")?,
        participants,
        starts_at,
        zone: row.get("zone")?,
        minutes,
        kind,
        place: veiled(row.get("place")?),
        booked_by,
        booked_at: row.get("booked_at")?,
        booking_source: veiled(row.get("booking_source")?),
        attendance,
        state: state(attendance, starts_at, minutes, held, r.moment.at),
        told_at: row.get("told_at")?,
        told_remark: veiled(row.get("told_remark")?),
        series: row.get::<_, Option<SeriesId>>("series_id")?,
        every_weeks: row.get("every_weeks")?,
        note: note.map(|(_, note)| note),
        number: row.get("number")?,
    })
}

fn note(r: &Reader, row: &Row) -> rusqlite::Result<Option<(NoteKind, NoteRef)>> {
    let Some(id) = row.get::<_, Option<NoteId>>("note_id")? else { return Ok(None) };
    let Word(kind): Word<NoteKind> = row.get("note_kind")?;
    let Word(state): Word<NoteState> = row.get("note_state")?;
    let body: Option<Json<Vec<Section>>> = row.get("body")?;
    let heading = body.and_then(|Json(sections)| {
        let parts: Vec<_> = sections.into_iter().map(|section| (section.kind, section.text)).collect();
        r.veil.optional(summary::heading(&parts))
    });
    Ok(Some((kind, NoteRef { id, approved: state == NoteState::Approved, approved_at: row.get("approved_at")?, heading })))
}

/// A client as a participant.
pub(super) fn participant_of(r: &Reader, client: ClientId) -> Result<Participant> {
    let mut statement =
        r.conn().prepare_cached("SELECT c.id, c.last_name, c.first_name, c.name_order, c.initials FROM clients c WHERE c.id = ?1")?;
    let found = statement.query_row([client], |row| participant(r, row)).optional()?;
    found.ok_or_else(|| Refusal::NotFound { what: Thing::Client }.into())
}

/// Sessions that share time with any of these stretches, earliest first. Stretches are half open: one that ends as another
/// begins shares nothing with it. Cancelled sessions and no-shows take no time.
pub(super) fn overlapping(r: &Reader, stretches: &[(Instant, Instant)], except: &[SessionId]) -> Result<Vec<Session>> {
    let stretches: Vec<[i64; 2]> = stretches.iter().map(|(from, to)| [from.0, to.0]).collect();
    let mut found = ids(
        r,
        // No session lasts longer than 600 minutes, which lets the index on the start answer.
        "SELECT DISTINCT s.id FROM json_each(?1) stretch
           JOIN sessions s ON s.starts_at > json_extract(stretch.value, '$[0]') - 36000000
                          AND s.starts_at < json_extract(stretch.value, '$[1]')
                          AND s.starts_at + s.minutes * 60000 > json_extract(stretch.value, '$[0]')
          WHERE s.attendance IN ('unknown', 'attended')
          ORDER BY s.starts_at, s.id",
        [Json(stretches)],
    )?;
    found.retain(|id| !except.contains(id));
    load(r, Which::ByIds(&found))
}

pub(super) fn insert_series(w: &Writer, id: SeriesId, reading: &Reading, minutes: u32) -> Result<()> {
    w.conn()
        .prepare_cached(
            "INSERT INTO series (id, zone, weekday, local_time, minutes, every_weeks, created_at) VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6)",
        )?
        .execute(rusqlite::params![id, reading.zone.name(), reading.weekday(), reading.time(), minutes, w.moment.at])?;
    Ok(())
}

pub(super) fn set_rhythm(w: &Writer, id: SeriesId, reading: &Reading, minutes: u32) -> Result<()> {
    w.conn()
        .prepare_cached("UPDATE series SET zone = ?2, weekday = ?3, local_time = ?4, minutes = ?5 WHERE id = ?1")?
        .execute(rusqlite::params![id, reading.zone.name(), reading.weekday(), reading.time(), minutes])?;
    Ok(())
}

pub(super) fn rhythm(r: &Reader, id: SeriesId) -> Result<SeriesRhythm> {
    let (zone, weekday, time): (String, u32, String) = r
        .conn()
        .prepare_cached("SELECT zone, weekday, local_time FROM series WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let time = NaiveTime::parse_from_str(&time, "%H:%M").map_err(|_| Fault::Row("the time of a series"))?;
    Ok(SeriesRhythm { zone: crate::time::zone(&zone)?, weekday, time })
}

pub(super) fn insert(w: &Writer, id: SessionId, booking: &Booking, starts_at: Instant, series: Option<SeriesId>) -> Result<()> {
    w.conn()
        .prepare_cached(
            "INSERT INTO sessions (id, starts_at, zone, minutes, kind, place, booked_by, booking_source, booked_at, series_id, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?9)",
        )?
        .execute(rusqlite::params![
            id,
            starts_at,
            booking.zone,
            booking.minutes,
            Word(booking.kind),
            booking.place,
            Word(booking.booked_by),
            booking.booking_source,
            w.moment.at,
            series
        ])?;
    let mut statement =
        w.conn().prepare_cached("INSERT INTO session_participants (session_id, client_id, position) VALUES (?1, ?2, ?3)")?;
    for (position, client) in (0_i64..).zip(booking.participants) {
        statement.execute(rusqlite::params![id, client, position])?;
    }
    Ok(())
}

/// Where a session goes, and who asked.
pub(super) struct Moved<'a> {
    pub(super) id: Uuid,
    pub(super) session: &'a Session,
    pub(super) starts_at: Instant,
    pub(super) zone: &'static str,
    pub(super) minutes: u32,
    pub(super) asked_by: BookedBy,
    pub(super) asked_at: Instant,
    pub(super) remark: &'a str,
}

pub(super) fn move_to(w: &Writer, moved: &Moved) -> Result<()> {
    w.conn().prepare_cached("UPDATE sessions SET starts_at = ?2, zone = ?3, minutes = ?4 WHERE id = ?1")?.execute(rusqlite::params![
        moved.session.id,
        moved.starts_at,
        moved.zone,
        moved.minutes
    ])?;
    w.conn()
        .prepare_cached(
            "INSERT INTO session_moves (id, session_id, at, from_starts_at, from_minutes, to_starts_at, to_minutes, asked_by, asked_at, remark)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(rusqlite::params![
            moved.id,
            moved.session.id,
            w.moment.at,
            moved.session.starts_at,
            moved.session.minutes,
            moved.starts_at,
            moved.minutes,
            Word(moved.asked_by),
            moved.asked_at,
            moved.remark
        ])?;
    Ok(())
}

/// Writes the attendance, and when and how a cancellation was told. A draft is of the kind its session calls for.
pub(super) fn set_attendance(w: &Writer, id: SessionId, attendance: Attendance, told_at: Option<Instant>, remark: &str) -> Result<()> {
    w.conn()
        .prepare_cached("UPDATE sessions SET attendance = ?2, told_at = ?3, told_remark = ?4 WHERE id = ?1")?
        .execute(rusqlite::params![id, Word(attendance), told_at, remark])?;
    let kind = if attendance == Attendance::NoShow { NoteKind::NoShow } else { NoteKind::Session };
    w.conn()
        .prepare_cached(
            "UPDATE notes SET kind = ?2 WHERE session_id = ?1 AND kind IN ('session', 'no_show') AND kind <> ?2 AND state = 'draft'",
        )?
        .execute(rusqlite::params![id, Word(kind)])?;
    Ok(())
}

pub(super) fn plan(r: &Reader, id: SessionId) -> Result<Vec<PlanPoint>> {
    let mut statement = r.conn().prepare_cached("SELECT text, done FROM plan_points WHERE session_id = ?1 ORDER BY position")?;
    let rows = statement.query_map([id], |row| Ok(PlanPoint { text: row.get(0)?, done: row.get(1)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Keeps what the plan says now, before it says something else.
pub(super) fn keep_plan(w: &Writer, id: SessionId) -> Result<()> {
    w.conn()
        .prepare_cached(
            "INSERT INTO plan_versions (session_id, number, points, replaced_at)
             SELECT ?1, 1 + (SELECT count(*) FROM plan_versions WHERE session_id = ?1),
                    json_group_array(json_object('text', text, 'done', json(iif(done, 'true', 'false')))), ?2
               FROM (SELECT text, done FROM plan_points WHERE session_id = ?1 ORDER BY position)",
        )?
        .execute(rusqlite::params![id, w.moment.at])?;
    Ok(())
}

pub(super) fn set_plan(w: &Writer, id: SessionId, points: &[PlanPoint]) -> Result<()> {
    w.conn().prepare_cached("DELETE FROM plan_points WHERE session_id = ?1")?.execute([id])?;
    let mut statement = w.conn().prepare_cached("INSERT INTO plan_points (session_id, position, text, done) VALUES (?1, ?2, ?3, ?4)")?;
    for (position, point) in (0_i64..).zip(points) {
        statement.execute(rusqlite::params![id, position, point.text, point.done])?;
    }
    Ok(())
}
