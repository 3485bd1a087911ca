//! Homework, its occurrences and its events in SQL.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{OptionalExtension, Row, named_params, params};

use super::{AssignedIn, HomeworkAct, HomeworkEvent, HomeworkState, NewHomework, OccurrenceState, Piece};
use crate::error::Result;
use crate::id::{ClientId, HomeworkId, SessionId};
use crate::store::sql::Word;
use crate::store::{Reader, Writer};
use crate::time::{Date, Instant};

/// When a session begins, and the date there and then.
pub(super) fn session_start(r: &Reader, session: SessionId) -> Result<Option<(Instant, Date)>> {
    let start = r
        .conn()
        .prepare_cached("SELECT starts_at, local_date(starts_at, zone) AS starts_on FROM sessions WHERE id = ?1")?
        .query_row([session], |row| Ok((row.get("starts_at")?, row.get("starts_on")?)))
        .optional()?;
    Ok(start)
}

pub(super) fn takes_part(r: &Reader, session: SessionId, client: ClientId) -> Result<bool> {
    Ok(r.conn()
        .prepare_cached("SELECT session_id FROM session_participants WHERE session_id = ?1 AND client_id = ?2")?
        .exists(params![session, client])?)
}

pub(super) fn insert(w: &mut Writer, client: ClientId, new: &NewHomework, on: Date) -> Result<HomeworkId> {
    let id = HomeworkId(w.id());
    w.conn()
        .prepare_cached(
            "INSERT INTO homework (id, client_id, session_id, text, detail, assigned_on, due_on, repeats, times, state, state_on,
                                   created_at, changed_at)
             VALUES (:id, :client, :session, :text, :detail, :on, :due_on, :repeats, :times, :state, :on, :now, :now)",
        )?
        .execute(named_params! {
            ":id": id,
            ":client": client,
            ":session": new.session,
            ":text": new.text,
            ":detail": new.detail,
            ":on": on,
            ":due_on": new.due_on,
            ":repeats": Word(new.repeats),
            ":times": new.times,
            ":state": Word(HomeworkState::Assigned),
            ":now": w.moment.at,
        })?;
    Ok(id)
}

pub(super) fn update(w: &Writer, id: HomeworkId, new: &NewHomework) -> Result<()> {
    w.conn()
        .prepare_cached(
            "UPDATE homework
                SET session_id = :session, text = :text, detail = :detail, due_on = :due_on, repeats = :repeats, times = :times,
                    changed_at = :now
              WHERE id = :id",
        )?
        .execute(named_params! {
            ":id": id,
            ":session": new.session,
            ":text": new.text,
            ":detail": new.detail,
            ":due_on": new.due_on,
            ":repeats": Word(new.repeats),
            ":times": new.times,
            ":now": w.moment.at,
        })?;
    Ok(())
}

pub(super) fn set_state(w: &Writer, id: HomeworkId, state: HomeworkState) -> Result<()> {
    w.conn().prepare_cached("UPDATE homework SET state = ?2, state_on = ?3, changed_at = ?4 WHERE id = ?1")?.execute(params![
        id,
        Word(state),
        w.moment.today(),
        w.moment.at
    ])?;
    Ok(())
}

pub(super) fn set_occurrence(w: &Writer, id: HomeworkId, number: u32, state: OccurrenceState) -> Result<()> {
    w.conn()
        .prepare_cached(
            "INSERT INTO homework_occurrences (homework_id, number, state) VALUES (?1, ?2, ?3)
             ON CONFLICT (homework_id, number) DO UPDATE SET state = excluded.state",
        )?
        .execute(params![id, number, Word(state)])?;
    Ok(())
}

pub(super) fn event(
    w: &mut Writer,
    homework: HomeworkId,
    act: HomeworkAct,
    state: Option<HomeworkState>,
    due_on: Option<Date>,
    remark: &str,
) -> Result<()> {
    let id = w.id();
    w.conn()
        .prepare_cached(
            "INSERT INTO homework_events (id, homework_id, at, act, state, due_on, remark) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![id, homework, w.moment.at, Word(act), state.map(Word), due_on, remark])?;
    Ok(())
}

macro_rules! pieces_where {
    ($which:literal) => {
        concat!(
            "SELECT h.id, h.client_id, h.session_id, h.text, h.detail, h.assigned_on, h.due_on, h.repeats, h.times, h.state, h.state_on,
                    h.created_at, h.changed_at, s.starts_at, s.zone,
                    CASE WHEN h.times IS NULL THEN 0 ELSE (
                      SELECT count(*) FROM homework_occurrences o WHERE o.homework_id = h.id AND o.number <= h.times AND o.state = 'done')
                    END AS done
               FROM homework h LEFT JOIN sessions s ON s.id = h.session_id
              WHERE ",
            $which
        )
    };
}

pub(super) fn piece(r: &Reader, id: HomeworkId) -> Result<Option<Piece>> {
    let piece = r.conn().prepare_cached(pieces_where!("h.id = ?1"))?.query_row([id], read).optional()?;
    Ok(piece)
}

pub(super) fn pieces(r: &Reader, client: ClientId) -> Result<Vec<Piece>> {
    let pieces = r.conn().prepare_cached(pieces_where!("h.client_id = ?1"))?.query_map([client], read)?.collect::<rusqlite::Result<_>>()?;
    Ok(pieces)
}

fn read(row: &Row) -> rusqlite::Result<Piece> {
    let session = match row.get::<_, Option<SessionId>>("session_id")? {
        Some(id) => Some(AssignedIn { id, starts_at: row.get("starts_at")?, zone: row.get("zone")? }),
        None => None,
    };
    Ok(Piece {
        id: row.get("id")?,
        client: row.get("client_id")?,
        session,
        text: row.get("text")?,
        detail: row.get("detail")?,
        assigned_on: row.get("assigned_on")?,
        due_on: row.get("due_on")?,
        repeats: row.get::<_, Word<_>>("repeats")?.0,
        times: row.get("times")?,
        done: row.get("done")?,
        state: row.get::<_, Word<_>>("state")?.0,
        state_on: row.get("state_on")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
    })
}

/// The answers to repeated homework of a client, by number.
pub(super) fn occurrences(r: &Reader, client: ClientId) -> Result<HashMap<HomeworkId, BTreeMap<u32, OccurrenceState>>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT o.homework_id, o.number, o.state
           FROM homework h JOIN homework_occurrences o ON o.homework_id = h.id
          WHERE h.client_id = ?1",
    )?;
    let mut rows = statement.query([client])?;
    let mut occurrences: HashMap<HomeworkId, BTreeMap<u32, OccurrenceState>> = HashMap::new();
    while let Some(row) = rows.next()? {
        occurrences.entry(row.get("homework_id")?).or_default().insert(row.get("number")?, row.get::<_, Word<_>>("state")?.0);
    }
    Ok(occurrences)
}

/// What happened to each piece of a client, oldest first.
pub(super) fn events(r: &Reader, client: ClientId) -> Result<HashMap<HomeworkId, Vec<HomeworkEvent>>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT e.homework_id, e.at, e.act, e.state, e.due_on, e.remark
           FROM homework h JOIN homework_events e ON e.homework_id = h.id
          WHERE h.client_id = ?1
          ORDER BY e.at, e.id",
    )?;
    let mut rows = statement.query([client])?;
    let mut events: HashMap<HomeworkId, Vec<HomeworkEvent>> = HashMap::new();
    while let Some(row) = rows.next()? {
        events.entry(row.get("homework_id")?).or_default().push(HomeworkEvent {
            at: row.get("at")?,
            act: row.get::<_, Word<_>>("act")?.0,
            state: row.get::<_, Option<Word<_>>>("state")?.map(|state| state.0),
            due_on: row.get("due_on")?,
            remark: r.veil.optional(row.get::<_, String>("remark")?),
        });
    }
    Ok(events)
}
