//! Tests of sessions on a real, encrypted record. Notes are approved by SQL here: their rules have their own tests.

mod booking;
mod changing;
mod loading;
mod model;
mod series;

use serde_json::json;

use super::booking::{Cancellation, Move, MoveScope, NewSession, Start};
use super::{Attendance, BookedBy, Session, SessionKind};
use crate::error::{Error, Result};
use crate::id::{ClientId, NoteId, SessionId};
use crate::settings::Appearance;
use crate::testing::Desk;
use crate::time::Instant;

pub(super) fn client(desk: &mut Desk, last: &str) -> ClientId {
    let id = desk.write(|w| Ok(ClientId(w.id()))).unwrap();
    desk.conn()
        .execute(
            "INSERT INTO clients (id, last_name, first_name, status, sort_key, search_key, created_at, changed_at)
             VALUES (?1, ?2, 'Sam', 'active', ?2, ?2, 0, 0)",
            (id, last),
        )
        .unwrap();
    id
}

/// A practice that works on Thursdays, with a break.
pub(super) fn practise(desk: &Desk) {
    let hours = json!([{"weekday": 3, "from": "09:00", "to": "12:00"}, {"weekday": 3, "from": "13:00", "to": "18:00"}]);
    let appearance = serde_json::to_string(&Appearance::default()).unwrap();
    desk.conn()
        .execute(
            "INSERT INTO practice (only, therapist_name, zone, working_hours, usual_place, appearance)
             VALUES (1, 'Ruth Abel', 'Europe/London', ?1, 'Room 2', ?2)",
            (hours.to_string(), appearance),
        )
        .unwrap();
}

/// `YYYY-MM-DD HH:MM`, in the therapist's zone.
pub(super) fn start(local: &str) -> Start {
    let (date, time) = local.split_once(' ').unwrap();
    Start { date: date.parse().unwrap(), time: time.to_owned(), zone: None, later: None }
}

pub(super) fn new(participants: &[ClientId], local: &str) -> NewSession {
    NewSession {
        participants: participants.to_vec(),
        start: start(local),
        minutes: 50,
        kind: SessionKind::Video,
        place: String::new(),
        booked_by: BookedBy::Therapist,
        booking_source: String::new(),
        repeat_times: None,
    }
}

pub(super) fn book(desk: &mut Desk, participants: &[ClientId], local: &str) -> SessionId {
    desk.write(|w| super::booking::book(w, &new(participants, local))).unwrap()
}

/// The sessions of a weekly series, in order.
pub(super) fn book_series(desk: &mut Desk, client: ClientId, local: &str, times: u32) -> Vec<SessionId> {
    let weekly = NewSession { repeat_times: Some(times), ..new(&[client], local) };
    let session = desk.write(|w| super::booking::book(w, &weekly)).unwrap();
    desk.read(|r| super::load(r, super::Which::SeriesOf { session })).unwrap().into_iter().map(|s| s.id).collect()
}

pub(super) fn to(local: &str, scope: MoveScope) -> Move {
    Move { start: start(local), minutes: 50, asked_by: BookedBy::Client, asked_at: None, remark: String::new(), scope }
}

pub(super) fn cancellation(attendance: Attendance) -> Cancellation {
    Cancellation { attendance, told_at: None, remark: String::new() }
}

/// Records attendance, or a cancellation told now.
pub(super) fn set(desk: &mut Desk, id: SessionId, attendance: Attendance) {
    desk.write(|w| {
        if attendance.cancelled() {
            super::booking::cancel(w, id, &cancellation(attendance))
        } else {
            super::set_attendance(w, id, attendance)
        }
    })
    .unwrap();
}

pub(super) fn one(desk: &Desk, id: SessionId) -> Session {
    desk.read(|r| super::one(r, id)).unwrap()
}

pub(super) fn starts(desk: &Desk, ids: &[SessionId]) -> Vec<Instant> {
    ids.iter().map(|id| one(desk, *id).starts_at).collect()
}

/// Begins a note, of a kind, with words.
pub(super) fn begin(desk: &mut Desk, session: SessionId, kind: &str, words: &str) -> NoteId {
    let id = desk.write(|w| Ok(NoteId(w.id()))).unwrap();
    let body = json!([{"kind": "subjective", "text": words}]).to_string();
    desk.conn()
        .execute("INSERT INTO notes (id, kind, session_id, template, begun_at) VALUES (?1, ?2, ?3, 'soap', 0)", (id, kind, session))
        .unwrap();
    desk.conn().execute("INSERT INTO note_drafts (note_id, body, saved_at) VALUES (?1, ?2, 0)", (id, &body)).unwrap();
    id
}

/// Approves a note; the error is the schema's.
pub(super) fn try_approve(desk: &mut Desk, note: NoteId) -> Result<()> {
    let at = desk.moment.at;
    let sha = [7_u8; 32];
    desk.write(|w| {
        let (version, approval) = (w.id(), w.id());
        w.conn().execute(
            "INSERT INTO note_versions (id, note_id, number, body, sha256, written_at)
             SELECT ?1, note_id, 1, body, ?3, 0 FROM note_drafts WHERE note_id = ?2",
            (version, note, sha),
        )?;
        w.conn().execute(
            "INSERT INTO approvals (id, note_id, version_id, sha256, approved_at, approved_by, attestation, attended_before, undo_until)
             VALUES (?1, ?2, ?3, ?4, ?5, 'Ruth Abel', 'held', 'unknown', ?5 + 30000)",
            (approval, note, version, sha, at),
        )?;
        Ok(())
    })
}

/// Writes and approves the session's note.
pub(super) fn approve(desk: &mut Desk, session: SessionId) -> NoteId {
    let note = begin(desk, session, "session", "Slept badly; the bridge again.");
    try_approve(desk, note).unwrap();
    note
}

pub(super) fn enter_in_error(desk: &Desk, note: NoteId) {
    desk.conn()
        .execute("INSERT INTO note_errors (note_id, at, marked_by, reason_kind, reason) VALUES (?1, 0, 'Ruth Abel', 'other', 'x')", (note,))
        .unwrap();
}

/// How many events of an act there are.
pub(super) fn acts(desk: &Desk, act: &str) -> u32 {
    desk.conn().query_row("SELECT count(*) FROM audit_events WHERE act = ?1", [act], |row| row.get(0)).unwrap()
}

/// It was refused, with these words.
pub(super) fn refused<T>(result: Result<T>, why: &str) {
    match result {
        Err(Error::Refused(refusal)) => assert_eq!(refusal.to_string(), why),
        Err(Error::Fault(fault)) => panic!("a fault: {fault}"),
        Ok(_) => panic!("it was not refused"),
    }
}
