//! The list as one naive statement over every row there is: what the kept rows must always say.

use rusqlite::{OptionalExtension, named_params};

use super::super::store::list::filled;
use super::super::{ClientPage, ClientQuery, Place};
use crate::error::Result;
use crate::id::ClientId;
use crate::store::Reader;
use crate::store::sql::{Json, Word};
use crate::words::fold;

/// The parts both statements begin with; they read :now, :today, :filter, :words, :sort and :descending.
macro_rules! found {
    ($rest:expr) => {
        concat!(
            "WITH asked AS MATERIALIZED (SELECT value FROM json_each(:words)),
             completed AS MATERIALIZED (
               SELECT p.client_id, s.id, s.starts_at, s.zone
                 FROM notes n
                 JOIN sessions s ON s.id = n.session_id
                 JOIN session_participants p ON p.session_id = s.id
                WHERE n.kind = 'session' AND n.state = 'approved' AND s.attendance = 'attended' AND s.starts_at <= :now),
             -- Where two start at once, the one that was booked first.
             first_completed AS (SELECT client_id, starts_at, zone FROM (
               SELECT client_id, starts_at, zone, row_number() OVER (PARTITION BY client_id ORDER BY starts_at, id) AS nth FROM completed) WHERE nth = 1),
             last_completed AS (SELECT client_id, max(starts_at) AS starts_at FROM completed GROUP BY client_id),
             awaiting AS (
               SELECT p.client_id, count(*) AS sessions
                 FROM sessions s
                 JOIN session_participants p ON p.session_id = s.id
                WHERE s.starts_at + s.minutes * 60000 <= :now AND s.attendance IN ('unknown', 'attended')
                  AND NOT (s.attendance = 'attended' AND EXISTS (
                    SELECT 1 FROM notes n WHERE n.session_id = s.id AND n.kind = 'session' AND n.state = 'approved'))
                GROUP BY p.client_id),
             next_booked AS (SELECT client_id, starts_at, zone, booked_by FROM (
               SELECT p.client_id, s.starts_at, s.zone, s.booked_by,
                      row_number() OVER (PARTITION BY p.client_id ORDER BY s.starts_at, s.id) AS nth
                 FROM sessions s
                 JOIN session_participants p ON p.session_id = s.id
                WHERE s.starts_at > :now
                  AND s.attendance NOT IN ('cancelled_by_client', 'cancelled_late_by_client', 'cancelled_by_therapist')) WHERE nth = 1),
             standing_homework AS (
               SELECT client_id, id, state, state_on, due_on, changed_at,
                      CASE WHEN state IN ('assigned', 'in_progress') THEN CASE WHEN due_on < :today THEN 0 ELSE 1 END
                           WHEN state = 'cancelled' THEN 3 ELSE 2 END AS standing
                 FROM homework),
             ordered_homework AS (
               SELECT client_id, state, due_on, standing,
                      row_number() OVER (PARTITION BY client_id ORDER BY standing,
                        CASE WHEN standing < 2 THEN coalesce(due_on, '9999-12-31') END,
                        CASE WHEN standing >= 2 THEN state_on END DESC, changed_at DESC, id DESC) AS nth
                 FROM standing_homework),
             last_consent AS (
               SELECT client_id, max(seq) AS seq, decision FROM consents WHERE purpose = 'automatic_note_taking' GROUP BY client_id),
             listed AS MATERIALIZED (
               SELECT c.id, c.last_name, c.first_name, c.name_order, c.initials, c.born, c.file_number, c.status, c.sort_key, c.search_key,
                      coalesce(c.started, local_date(f.starts_at, f.zone)) AS started,
                      c.started IS NULL AND f.starts_at IS NOT NULL AS started_derived,
                      l.starts_at AS last_completed, coalesce(a.sessions, 0) AS awaiting,
                      b.starts_at AS next_booked, b.zone AS next_zone, b.booked_by AS next_booked_by,
                      h.state AS homework, h.due_on AS homework_due_on, h.standing AS homework_standing,
                      coalesce(k.decision, 'not_recorded') AS consent,
                      c.status IN ('prospective', 'waiting', 'active') AS current
                 FROM clients c
                 LEFT JOIN first_completed f ON f.client_id = c.id
                 LEFT JOIN last_completed l ON l.client_id = c.id
                 LEFT JOIN awaiting a ON a.client_id = c.id
                 LEFT JOIN next_booked b ON b.client_id = c.id
                 LEFT JOIN ordered_homework h ON h.client_id = c.id AND h.nth = 1
                 LEFT JOIN last_consent k ON k.client_id = c.id),
             found AS NOT MATERIALIZED (
               SELECT id, sort_key,
                      CASE :sort
                        WHEN 'name' THEN sort_key
                        WHEN 'started' THEN started
                        WHEN 'last_completed' THEN last_completed
                        WHEN 'next_booked' THEN next_booked
                        WHEN 'homework' THEN homework_standing
                        WHEN 'consent' THEN CASE consent WHEN 'given' THEN 0 WHEN 'declined' THEN 1 WHEN 'withdrawn' THEN 2 END
                      END AS key
                 FROM listed
                WHERE CASE :filter
                        WHEN 'active' THEN current
                        WHEN 'needs_note' THEN awaiting > 0
                        WHEN 'no_next_session' THEN current AND next_booked IS NULL
                        WHEN 'homework_overdue' THEN homework_standing IS 0
                        WHEN 'consent_not_recorded' THEN current AND consent = 'not_recorded'
                        WHEN 'ended' THEN NOT current
                      END
                  AND NOT EXISTS (SELECT 1 FROM asked w WHERE instr(search_key, ' ' || w.value) = 0)) ",
            $rest
        )
    };
}

/// A key that is empty comes last in either direction; where keys agree, names decide, and then ids.
macro_rules! in_order {
    () => {
        "ORDER BY key IS NULL, CASE WHEN NOT :descending THEN key END, CASE WHEN :descending THEN key END DESC, sort_key, id"
    };
}

const PAGE: &str = found!(concat!(
    "SELECT l.id, l.last_name, l.first_name, l.name_order, l.initials,
                EXISTS (SELECT 1 FROM clients o WHERE o.sort_key = l.sort_key AND o.id <> l.id) AS alike,
                l.file_number, l.born, l.started, l.started_derived, l.last_completed, l.awaiting, l.next_booked, l.next_zone,
                l.next_booked_by, l.homework, l.homework_due_on, l.homework_standing, l.consent,
                t.active, t.needs_note, t.no_next_session, t.homework_overdue, t.consent_not_recorded, t.ended, t.total
           FROM (SELECT (SELECT count(*) FROM found) AS total,
                        count(*) FILTER (WHERE current) AS active,
                        count(*) FILTER (WHERE awaiting > 0) AS needs_note,
                        count(*) FILTER (WHERE current AND next_booked IS NULL) AS no_next_session,
                        count(*) FILTER (WHERE homework_standing = 0) AS homework_overdue,
                        count(*) FILTER (WHERE current AND consent = 'not_recorded') AS consent_not_recorded,
                        count(*) FILTER (WHERE NOT current) AS ended
                   FROM listed) t
           LEFT JOIN (SELECT id AS found_id, key FROM found ",
    in_order!(),
    " LIMIT :limit OFFSET :offset)
           LEFT JOIN listed l ON l.id = found_id ",
    in_order!()
));

pub(super) fn page(r: &Reader, query: &ClientQuery) -> Result<ClientPage> {
    let mut statement = r.conn().prepare_cached(PAGE)?;
    let answers = statement.query(named_params! {
        ":now": r.moment.at,
        ":today": r.moment.today(),
        ":filter": Word(query.filter),
        ":sort": Word(query.sort),
        ":descending": query.descending,
        ":words": words(query),
        ":limit": query.limit.min(200),
        ":offset": query.offset,
    })?;
    filled(r, query, answers)
}

pub(super) fn place(r: &Reader, id: ClientId, query: &ClientQuery) -> Result<Place> {
    let place = r
        .conn()
        .prepare_cached(found!(concat!(
            "SELECT t.total, f.nth, f.previous, f.next
               FROM (SELECT count(*) AS total FROM found) t
               LEFT JOIN (SELECT id, row_number() OVER sorted AS nth, lag(id) OVER sorted AS previous, lead(id) OVER sorted AS next
                            FROM found WINDOW sorted AS (",
            in_order!(),
            ")) f ON f.id = :id"
        )))?
        .query_row(
            named_params! {
                ":now": r.moment.at,
                ":today": r.moment.today(),
                ":filter": Word(query.filter),
                ":sort": Word(query.sort),
                ":descending": query.descending,
                ":words": words(query),
                ":id": id,
            },
            |answer| {
                Ok(Place {
                    position: answer.get("nth")?,
                    total: answer.get("total")?,
                    previous: answer.get("previous")?,
                    next: answer.get("next")?,
                })
            },
        )
        .optional()?;
    Ok(place.unwrap_or(Place { position: None, total: 0, previous: None, next: None }))
}

/// What is looked for, word by word: letters and digits only, so nothing in them has a meaning of its own.
fn words(query: &ClientQuery) -> Json<Vec<String>> {
    Json(fold(&query.find).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect())
}
