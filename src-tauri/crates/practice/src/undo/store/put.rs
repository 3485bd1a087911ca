//! Writing rows back as they stood. What is history (notes, approvals, moves, agreed changes) is only ever added to.

use rusqlite::{ToSql, params};
use serde_json::Value;

use crate::error::{Fault, Result};
use crate::homework::HomeworkAct;
use crate::id::{ClientId, HomeworkId, SessionId};
use crate::store::Writer;
use crate::store::sql::Word;
use crate::undo::Rows;

/// Writes the rows of a target as `rows` says.
pub(in crate::undo) fn put(w: &Writer, rows: &Rows, stood: &Value) -> Result<()> {
    match rows {
        Rows::Client(id) => all(w, &id.0, stood, CLIENT),
        Rows::Contact(id) => all(w, &id.0, stood, CONTACT),
        Rows::Homework(id) => all(w, &id.0, stood, HOMEWORK),
        Rows::Entry(id) => {
            all(w, &id.0, stood, ENTRY)?;
            // Sources are written only where they differ: a passage of a note entered in error since cannot be cited anew.
            let now = super::take(w, rows)?.ok_or(Fault::Program("a row that was just written"))?;
            if now["sources"] == stood["sources"] { Ok(()) } else { all(w, &id.0, stood, SOURCES) }
        }
        Rows::Sessions(_) => all(w, &rusqlite::types::Null, stood, SESSIONS),
        Rows::Note(_) | Rows::Addendum(_) | Rows::Import => Err(Fault::Program("undone by its own concept").into()),
    }
}

/// Each statement takes what it names of the target's id, its rows and now.
fn all(w: &Writer, id: &dyn ToSql, stood: &Value, statements: &[&'static str]) -> Result<()> {
    let named: [(&str, &dyn ToSql); 3] = [(":id", id), (":stood", stood), (":now", &w.moment.at)];
    for sql in statements {
        let mut statement = w.conn().prepare_cached(sql)?;
        for (name, value) in named {
            if let Some(place) = statement.parameter_index(name)? {
                statement.raw_bind_parameter(place, value)?;
            }
        }
        statement.raw_execute()?;
    }
    Ok(())
}

const CLIENT: &[&str] = &[
    "UPDATE clients
        SET last_name = :stood ->> 'last_name', first_name = :stood ->> 'first_name', preferred_name = :stood ->> 'preferred_name',
            name_order = :stood ->> 'name_order', initials = :stood ->> 'initials', pronouns = :stood ->> 'pronouns', born = :stood ->> 'born',
            started = :stood ->> 'started', status = :stood ->> 'status', file_number = :stood ->> 'file_number', zone = :stood ->> 'zone',
            address = :stood ->> 'address', remark = :stood ->> 'remark', sort_key = :stood ->> 'sort_key', search_key = :stood ->> 'search_key',
            changed_at = :now
      WHERE id = :id",
    "DELETE FROM client_tags WHERE client_id = :id",
    "INSERT INTO client_tags (client_id, tag) SELECT :id, value FROM json_each(:stood, '$.tags')",
    "DELETE FROM contact_points WHERE client_id = :id",
    "INSERT INTO contact_points (id, client_id, system, position, value, remark)
     SELECT unhex(value ->> 'id'), :id, value ->> 'system', value ->> 'position', value ->> 'value', value ->> 'remark'
       FROM json_each(:stood, '$.points')",
];

const CONTACT: &[&str] = &[
    "UPDATE contacts
        SET name = :stood ->> 'name', relationship = :stood ->> 'relationship', emergency = :stood ->> 'emergency',
            may_be_told = :stood ->> 'may_be_told', release_until = :stood ->> 'release_until', confirmed_on = :stood ->> 'confirmed_on',
            removed_at = :stood ->> 'removed_at', changed_at = :now
      WHERE id = :id",
    "UPDATE contacts SET position = stood.value ->> 'position' FROM json_each(:stood, '$.order') stood
      WHERE contacts.id = unhex(stood.value ->> 'id')",
    "DELETE FROM contact_points WHERE contact_id = :id",
    "INSERT INTO contact_points (id, contact_id, system, position, value, remark)
     SELECT unhex(value ->> 'id'), :id, value ->> 'system', value ->> 'position', value ->> 'value', value ->> 'remark'
       FROM json_each(:stood, '$.points')",
];

const SESSIONS: &[&str] = &[
    "UPDATE series
        SET zone = stood.value ->> 'zone', weekday = stood.value ->> 'weekday', local_time = stood.value ->> 'local_time',
            minutes = stood.value ->> 'minutes', every_weeks = stood.value ->> 'every_weeks'
       FROM json_each(:stood, '$.series') stood
      WHERE series.id = unhex(stood.value ->> 'id')",
    "UPDATE sessions
        SET starts_at = stood.value ->> 'starts_at', zone = stood.value ->> 'zone', minutes = stood.value ->> 'minutes',
            kind = stood.value ->> 'kind', place = stood.value ->> 'place', booked_by = stood.value ->> 'booked_by',
            booking_source = stood.value ->> 'booking_source', booked_at = stood.value ->> 'booked_at',
            attendance = stood.value ->> 'attendance', told_at = stood.value ->> 'told_at',
            told_remark = stood.value ->> 'told_remark', series_id = unhex(nullif(stood.value ->> 'series_id', ''))
       FROM json_each(:stood, '$.sessions') stood
      WHERE sessions.id = unhex(stood.value ->> 'id')",
    // A draft is of the kind its session calls for.
    "UPDATE notes
        SET kind = CASE stood.value ->> 'attendance' WHEN 'no_show' THEN 'no_show' ELSE 'session' END
       FROM json_each(:stood, '$.sessions') stood
      WHERE notes.session_id = unhex(stood.value ->> 'id') AND notes.kind <> 'psychotherapy' AND notes.state = 'draft'",
];

const HOMEWORK: &[&str] = &[
    "UPDATE homework
        SET session_id = unhex(nullif(:stood ->> 'session_id', '')), text = :stood ->> 'text', detail = :stood ->> 'detail',
            assigned_on = :stood ->> 'assigned_on', due_on = :stood ->> 'due_on', repeats = :stood ->> 'repeats', times = :stood ->> 'times',
            state = :stood ->> 'state', state_on = :stood ->> 'state_on', changed_at = :now
      WHERE id = :id",
    "DELETE FROM homework_occurrences WHERE homework_id = :id",
    "INSERT INTO homework_occurrences (homework_id, number, state)
     SELECT :id, value ->> 'number', value ->> 'state' FROM json_each(:stood, '$.occurrences')",
];

const ENTRY: &[&str] = &["UPDATE summary_entries
        SET grouping = :stood ->> 'grouping', position = :stood ->> 'position', text = :stood ->> 'text', origin = :stood ->> 'origin',
            pinned = :stood ->> 'pinned', dropped_at = :stood ->> 'dropped_at', changed_at = :now
      WHERE id = :id"];

const SOURCES: &[&str] = &[
    "DELETE FROM summary_sources WHERE entry_id = :id",
    "INSERT INTO summary_sources (entry_id, position, version_id, addendum_id, quote)
     SELECT :id, value ->> 'position', unhex(value ->> 'version_id'), unhex(nullif(value ->> 'addendum_id', '')), value ->> 'quote'
       FROM json_each(:stood, '$.sources')",
];

/// That a session stands again where it stood, at the therapist's wish.
pub(in crate::undo) fn moved(w: &mut Writer, session: SessionId, from: (i64, i64), to: (i64, i64)) -> Result<()> {
    let id = w.id();
    w.conn()
        .prepare_cached(
            "INSERT INTO session_moves (id, session_id, at, from_starts_at, from_minutes, to_starts_at, to_minutes, asked_by, asked_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'therapist', ?3)",
        )?
        .execute(params![id, session, w.moment.at, from.0, from.1, to.0, to.1])?;
    Ok(())
}

/// That identity or contact details stand again as they stood: the correction of a slip.
pub(in crate::undo) fn agreed_change(w: &mut Writer, client: ClientId, before: &Value, after: &Value) -> Result<()> {
    let id = w.id();
    w.conn()
        .prepare_cached(
            "INSERT INTO client_changes (id, client_id, at, agreed_how, agreed_on, before, after)
             VALUES (?1, ?2, ?3, 'correction', ?4, ?5, ?6)",
        )?
        .execute(params![id, client, w.moment.at, w.moment.today(), before, after])?;
    Ok(())
}

/// What became of a piece of homework: that it has its former state, date or words again.
pub(in crate::undo) fn homework_event(w: &mut Writer, homework: HomeworkId, act: HomeworkAct) -> Result<()> {
    let id = w.id();
    w.conn()
        .prepare_cached(
            "INSERT INTO homework_events (id, homework_id, at, act, state, due_on)
             SELECT ?1, id, ?3, ?4, CASE ?4 WHEN 'state' THEN state END, CASE ?4 WHEN 'due' THEN due_on END FROM homework WHERE id = ?2",
        )?
        .execute(params![id, homework, w.moment.at, Word(act)])?;
    Ok(())
}
