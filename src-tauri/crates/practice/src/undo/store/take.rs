//! How the rows of a target stand now.

use rusqlite::OptionalExtension;
use serde_json::Value;

use crate::error::Result;
use crate::id::SessionId;
use crate::store::Reader;
use crate::undo::Rows;

/// The rows of a target; `None` where it does not exist.
pub(in crate::undo) fn take(r: &Reader, rows: &Rows) -> Result<Option<Value>> {
    match rows {
        Rows::Client(id) => one(r, CLIENT, id),
        Rows::Contact(id) => one(r, CONTACT, id),
        Rows::Homework(id) => one(r, HOMEWORK, id),
        Rows::Entry(id) => one(r, ENTRY, id),
        Rows::Note(id) => one(r, NOTE, id),
        Rows::Addendum(id) => one(r, ADDENDUM, id),
        Rows::Sessions(ids) if ids.is_empty() => Ok(None),
        Rows::Sessions(ids) => one(r, SESSIONS, &hexadecimal(ids)),
        Rows::Import => Ok(Some(Value::Null)),
    }
}

fn one(r: &Reader, sql: &'static str, id: &dyn rusqlite::ToSql) -> Result<Option<Value>> {
    Ok(r.conn().prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?)
}

/// Ids as SQLite's JSON functions take them.
fn hexadecimal(ids: &[SessionId]) -> Value {
    ids.iter().map(|id| Value::String(id.0.simple().to_string())).collect()
}

const CLIENT: &str = "
  SELECT json_object(
    'last_name', last_name, 'first_name', first_name, 'preferred_name', preferred_name, 'name_order', name_order,
    'initials', initials, 'pronouns', pronouns, 'born', born, 'started', started, 'status', status,
    'file_number', file_number, 'zone', zone, 'address', address, 'remark', remark,
    'sort_key', sort_key, 'search_key', search_key,
    'tags', json((SELECT json_group_array(tag) FROM (SELECT tag FROM client_tags WHERE client_id = ?1 ORDER BY tag))),
    'points', json((
      SELECT json_group_array(json_object('id', hex(id), 'system', system, 'position', position, 'value', value, 'remark', remark))
        FROM (SELECT id, system, position, value, remark FROM contact_points WHERE client_id = ?1 ORDER BY system, position, id))))
    FROM clients WHERE id = ?1";

/// With the order of all the client's contacts, which a removal may close up.
const CONTACT: &str = "
  SELECT json_object(
    'name', name, 'relationship', relationship, 'emergency', emergency, 'may_be_told', may_be_told,
    'release_until', release_until, 'confirmed_on', confirmed_on, 'removed_at', removed_at,
    'order', json((
      SELECT json_group_array(json_object('id', hex(id), 'position', position))
        FROM (SELECT other.id, other.position FROM contacts other WHERE other.client_id = contacts.client_id ORDER BY other.id))),
    'points', json((
      SELECT json_group_array(json_object('id', hex(id), 'system', system, 'position', position, 'value', value, 'remark', remark))
        FROM (SELECT id, system, position, value, remark FROM contact_points WHERE contact_id = ?1 ORDER BY system, position, id))))
    FROM contacts WHERE id = ?1";

const SESSIONS: &str = "
  SELECT json_object(
    'sessions', json((
      SELECT json_group_array(json_object(
          'id', hex(id), 'starts_at', starts_at, 'zone', zone, 'minutes', minutes, 'kind', kind, 'place', place,
          'booked_by', booked_by, 'booking_source', booking_source, 'booked_at', booked_at, 'attendance', attendance,
          'told_at', told_at, 'told_remark', told_remark, 'series_id', hex(series_id)))
        FROM (SELECT id, starts_at, zone, minutes, kind, place, booked_by, booking_source, booked_at, attendance, told_at,
                     told_remark, series_id
                FROM sessions WHERE id IN (SELECT unhex(value) FROM json_each(?1)) ORDER BY id))),
    'series', json((
      SELECT json_group_array(json_object('id', hex(id), 'zone', zone, 'weekday', weekday, 'local_time', local_time,
                                          'minutes', minutes, 'every_weeks', every_weeks))
        FROM (SELECT id, zone, weekday, local_time, minutes, every_weeks
                FROM series
               WHERE id IN (SELECT series_id FROM sessions WHERE id IN (SELECT unhex(value) FROM json_each(?1)))
               ORDER BY id))))";

const HOMEWORK: &str = "
  SELECT json_object(
    'session_id', hex(session_id), 'text', text, 'detail', detail, 'assigned_on', assigned_on, 'due_on', due_on,
    'repeats', repeats, 'times', times, 'state', state, 'state_on', state_on,
    'occurrences', json((
      SELECT json_group_array(json_object('number', number, 'state', state))
        FROM (SELECT number, state FROM homework_occurrences WHERE homework_id = ?1 ORDER BY number))))
    FROM homework WHERE id = ?1";

const ENTRY: &str = "
  SELECT json_object(
    'grouping', grouping, 'position', position, 'text', text, 'origin', origin, 'pinned', pinned, 'dropped_at', dropped_at,
    'sources', json((
      SELECT json_group_array(json_object('position', position, 'version_id', hex(version_id), 'addendum_id', hex(addendum_id),
                                          'quote', quote))
        FROM (SELECT position, version_id, addendum_id, quote FROM summary_sources WHERE entry_id = ?1 ORDER BY position))))
    FROM summary_entries WHERE id = ?1";

/// The words of a note as they stand, for approving the same ones again.
const NOTE: &str = "
  SELECT json_object('template', template, 'body', json(coalesce(
      (SELECT body FROM note_drafts WHERE note_id = ?1),
      (SELECT body FROM note_versions WHERE note_id = ?1 ORDER BY number DESC LIMIT 1),
      '[]')))
    FROM notes WHERE id = ?1";

/// With what decides whether it can be written on: its note, and whether another was begun.
const ADDENDUM: &str = "
  SELECT json_object(
    'reason', d.reason, 'text', d.text, 'discarded_at', d.discarded_at, 'note', n.state,
    'others', (SELECT count(*) FROM addenda other WHERE other.note_id = d.note_id AND other.id <> d.id AND other.discarded_at IS NULL))
    FROM addenda d JOIN notes n ON n.id = d.note_id WHERE d.id = ?1";
