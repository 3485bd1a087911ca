//! For tests of what is read from sessions and notes: rows of them, written as they stand.

use chrono_tz::Tz;
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::clients::{ClientDetails, ClientStatus, ContactPoint, add};
use crate::error::{Error, Refusal, Result};
use crate::id::{ClientId, SessionId};
use crate::testing::Desk;
use crate::time::Instant;

/// A phone number or address without a remark.
pub(crate) fn point(value: &str) -> ContactPoint {
    ContactPoint { value: value.into(), remark: String::new() }
}

/// An active client of that name.
pub(crate) fn client(desk: &mut Desk, last: &str, first: &str) -> ClientId {
    desk.write(|w| add(w, &ClientDetails::named(last, first), ClientStatus::Active, true)).unwrap()
}

/// A session of 50 minutes booked by the client, the primary one first.
pub(crate) fn session(conn: &Connection, id: u128, clients: &[ClientId], starts_at: Instant, zone: Tz, attendance: &str) -> SessionId {
    let id = Uuid::from_u128(0x5E55_0000_0000_7000_8000_0000_0000_0000 + id);
    let told = attendance.starts_with("cancelled").then_some(starts_at);
    conn.prepare_cached(
        "INSERT INTO sessions (id, starts_at, zone, minutes, kind, booked_by, booked_at, attendance, told_at, created_at)
         VALUES (?1, ?2, ?3, 50, 'in_person', 'client', 0, ?4, ?5, 0)",
    )
    .unwrap()
    .execute(params![id, starts_at, zone.name(), attendance, told])
    .unwrap();
    for (position, client) in (0_i64..).zip(clients) {
        conn.prepare_cached("INSERT INTO session_participants (session_id, client_id, position) VALUES (?1, ?2, ?3)")
            .unwrap()
            .execute(params![id, client, position])
            .unwrap();
    }
    SessionId(id)
}

/// A session note with words, a draft.
pub(crate) fn draft(conn: &Connection, session: SessionId) -> Uuid {
    let id = Uuid::from_u128(session.0.as_u128() ^ (1 << 80));
    conn.prepare_cached("INSERT INTO notes (id, kind, session_id, template, begun_at) VALUES (?1, 'session', ?2, 'free', 0)")
        .unwrap()
        .execute(params![id, session])
        .unwrap();
    id
}

/// A session note, approved, as the note's own operations would leave it; the triggers of the schema agree.
pub(crate) fn approve(conn: &Connection, session: SessionId, at: Instant) -> Uuid {
    let note = draft(conn, session);
    let version = Uuid::from_u128(note.as_u128() ^ (2 << 80));
    conn.prepare_cached(
        r#"INSERT INTO note_versions (id, note_id, number, body, sha256, written_at)
           VALUES (?1, ?2, 1, '[{"kind": "free", "text": "She slept better."}]', zeroblob(32), 0)"#,
    )
    .unwrap()
    .execute(params![version, note])
    .unwrap();
    conn.prepare_cached(
        "INSERT INTO approvals (id, note_id, version_id, sha256, approved_at, approved_by, attestation, attended_before, undo_until)
         VALUES (?1, ?2, ?3, zeroblob(32), ?4, 'Sasha Lindqvist', 'Attended and complete', 'unknown', ?4 + 30000)",
    )
    .unwrap()
    .execute(params![Uuid::from_u128(note.as_u128() ^ (4 << 80)), note, version, at])
    .unwrap();
    note
}

/// Marks a note as entered in error.
pub(crate) fn mark_wrong(conn: &Connection, note: Uuid) {
    conn.execute(
        "INSERT INTO note_errors (note_id, at, marked_by, reason_kind, reason) VALUES (?1, 0, 'Sasha Lindqvist', 'other', 'Another day')",
        [note],
    )
    .unwrap();
}

/// So many active clients, "Family 0001" and on, each with a phone and a session that was held and approved, in a few statements.
pub(crate) fn many(conn: &Connection, clients: u32, held: Instant) {
    let numbered = |insert: &str| {
        let sql = format!("WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?1) {insert}");
        conn.execute(&sql, params![clients, held]).unwrap();
    };
    conn.execute_batch("BEGIN").unwrap();
    numbered(
        "INSERT INTO clients (id, last_name, first_name, status, sort_key, search_key, created_at, changed_at)
         SELECT CAST(printf('c%015d', n) AS BLOB), printf('Family %04d', n), 'Jo', 'active', printf('family %04d' || char(1) || 'jo', n),
                printf(' jo family %04d jo  ', n), ?2, ?2 FROM numbers",
    );
    numbered(
        "INSERT INTO contact_points (id, client_id, system, position, value)
         SELECT CAST(printf('p%015d', n) AS BLOB), CAST(printf('c%015d', n) AS BLOB), 'phone', 0, printf('0113 %07d', n + (?2 - ?2))
           FROM numbers",
    );
    numbered(
        "INSERT INTO sessions (id, starts_at, zone, minutes, kind, booked_by, booked_at, attendance, created_at)
         SELECT CAST(printf('s%015d', n) AS BLOB), ?2, 'Europe/London', 50, 'video', 'therapist', ?2, 'attended', ?2 FROM numbers",
    );
    numbered(
        "INSERT INTO session_participants (session_id, client_id, position)
         SELECT CAST(printf('s%015d', n) AS BLOB), CAST(printf('c%015d', n) AS BLOB), ?2 - ?2 FROM numbers",
    );
    numbered(
        "INSERT INTO notes (id, kind, session_id, template, begun_at)
         SELECT CAST(printf('n%015d', n) AS BLOB), 'session', CAST(printf('s%015d', n) AS BLOB), 'free', ?2 FROM numbers",
    );
    numbered(
        r#"INSERT INTO note_versions (id, note_id, number, body, sha256, written_at)
           SELECT CAST(printf('v%015d', n) AS BLOB), CAST(printf('n%015d', n) AS BLOB), 1, '[{"kind": "free", "text": "Held."}]',
                  zeroblob(32), ?2 FROM numbers"#,
    );
    numbered(
        "INSERT INTO approvals (id, note_id, version_id, sha256, approved_at, approved_by, attestation, attended_before, undo_until)
         SELECT CAST(printf('a%015d', n) AS BLOB), CAST(printf('n%015d', n) AS BLOB), CAST(printf('v%015d', n) AS BLOB), zeroblob(32),
                ?2, 'Sasha Lindqvist', 'Attended and complete', 'attended', ?2 + 30000 FROM numbers",
    );
    conn.execute_batch("COMMIT").unwrap();
}

/// A practice of many years: clients of whom only the last `current` are not discharged, each seen `weeks` weeks in a row until now. All but
/// one of those sessions are completed; the current ones have another to come, and homework.
pub(crate) fn years(conn: &Connection, clients: u32, current: u32, weeks: u32, now: Instant) {
    let numbered = |insert: &str| {
        let sql = format!(
            "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?1),
             weeks (w) AS (SELECT 0 UNION ALL SELECT w + 1 FROM weeks WHERE w < ?3),
             here (clients, current, weeks, now) AS (SELECT ?1, ?2, ?3, ?4),
             booked (c, n, w, at) AS MATERIALIZED (
               SELECT CAST(printf('c%015d', n) AS BLOB), n, w, ?4 + CAST(3600000 * (n % 7 - 9) - 604800000 * (w - 1) AS INTEGER)
                 FROM numbers, weeks WHERE w > 0 OR n > ?1 - ?2)
             {insert}"
        );
        conn.execute(&sql, params![clients, current, weeks, now]).unwrap();
    };
    conn.execute_batch("BEGIN").unwrap();
    numbered(
        "INSERT INTO clients (id, last_name, first_name, status, sort_key, search_key, created_at, changed_at)
         SELECT CAST(printf('c%015d', n) AS BLOB), printf('Family %05d', n), 'Jo', CASE WHEN n > clients - current THEN 'active' ELSE 'discharged' END,
                printf('family %05d' || char(1) || 'jo', n), printf(' jo family %05d jo  ', n), now, now FROM numbers, here",
    );
    numbered(
        "INSERT INTO sessions (id, starts_at, zone, minutes, kind, booked_by, booked_at, attendance, created_at)
         SELECT CAST(printf('s%06d%09d', w, n) AS BLOB), at, 'Europe/London', 50, 'video', 'therapist', at,
                CASE WHEN w > 1 THEN 'attended' ELSE 'unknown' END, at FROM booked",
    );
    numbered(
        "INSERT INTO session_participants (session_id, client_id, position) SELECT CAST(printf('s%06d%09d', w, n) AS BLOB), c, 0 FROM booked",
    );
    numbered(
        "INSERT INTO notes (id, kind, session_id, template, begun_at)
         SELECT CAST(printf('n%06d%09d', w, n) AS BLOB), 'session', CAST(printf('s%06d%09d', w, n) AS BLOB), 'free', at FROM booked WHERE w > 1",
    );
    numbered(
        r#"INSERT INTO note_versions (id, note_id, number, body, sha256, written_at)
           SELECT CAST(printf('v%06d%09d', w, n) AS BLOB), CAST(printf('n%06d%09d', w, n) AS BLOB), 1, '[{"kind": "free", "text": "Held."}]',
                  zeroblob(32), at FROM booked WHERE w > 1"#,
    );
    numbered(
        "INSERT INTO approvals (id, note_id, version_id, sha256, approved_at, approved_by, attestation, attended_before, undo_until)
         SELECT CAST(printf('a%06d%09d', w, n) AS BLOB), CAST(printf('n%06d%09d', w, n) AS BLOB), CAST(printf('v%06d%09d', w, n) AS BLOB),
                zeroblob(32), at, 'Sasha Lindqvist', 'Attended and complete', 'attended', at + 30000 FROM booked WHERE w > 1",
    );
    numbered(
        "INSERT INTO homework (id, client_id, text, assigned_on, due_on, state, state_on, created_at, changed_at)
         SELECT CAST(printf('h%015d', n) AS BLOB), c, 'Walk', '2026-01-02', date('2026-01-10', n % 9 || ' days'),
                CASE WHEN n > clients - current THEN 'assigned' ELSE 'done' END, '2026-01-02', at, at FROM booked, here WHERE w = 1",
    );
    conn.execute_batch("COMMIT").unwrap();
}

/// The refusal that was given.
pub(crate) fn refusal<T: std::fmt::Debug>(answer: Result<T>) -> Refusal {
    match answer {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

/// How many events of an act the trail holds.
pub(crate) fn acts(desk: &Desk, act: &str) -> u32 {
    desk.conn().query_row("SELECT count(*) FROM audit_events WHERE act = ?1", [act], |row| row.get(0)).unwrap()
}
