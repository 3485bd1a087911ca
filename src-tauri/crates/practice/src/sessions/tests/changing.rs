//! Moving, cancelling, restoring, attendance.

use super::super::booking::{Cancellation, Move, MoveScope, cancel, move_to, restore};
use super::super::{Attendance, SessionState, set_attendance};
use super::{acts, approve, begin, book, cancellation, client, enter_in_error, one, refused, set, to, try_approve};
use crate::id::SessionId;
use crate::testing::{Desk, at};
use crate::time::Instant;

fn move_one(desk: &mut Desk, id: SessionId, local: &str) -> crate::error::Result<()> {
    desk.write(|w| move_to(w, id, &to(local, MoveScope::One)))
}

#[test]
fn a_move_is_kept_with_where_it_stood_and_who_asked() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let id = book(&mut desk, &[amara], "2026-01-20 10:00");
    let (from, zone) = (one(&desk, id).starts_at, desk.moment.zone);
    let asked = at("2026-01-14 09:00", zone);
    let to = Move { asked_at: Some(asked), minutes: 90, remark: "by email".to_owned(), ..to("2026-01-21 15:00", MoveScope::One) };
    desk.write(|w| move_to(w, id, &to)).unwrap();
    let session = one(&desk, id);
    assert_eq!((session.starts_at, session.minutes), (at("2026-01-21 15:00", zone), 90));
    let kept: (Instant, u32, Instant, u32, String, Instant, String) = desk
        .conn()
        .query_row(
            "SELECT from_starts_at, from_minutes, to_starts_at, to_minutes, asked_by, asked_at, remark FROM session_moves WHERE session_id = ?1",
            [id],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?)),
        )
        .unwrap();
    assert_eq!(kept, (from, 50, session.starts_at, 90, "client".to_owned(), asked, "by email".to_owned()));
    desk.write(|w| move_to(w, id, &to)).unwrap();
    assert_eq!(acts(&desk, "session_moved"), 1, "a move to where it stands is none");
}

#[test]
fn sessions_held_cancelled_or_begun_never_move() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let held = book(&mut desk, &[amara], "2026-01-08 10:00");
    approve(&mut desk, held);
    refused(move_one(&mut desk, held, "2026-01-20 10:00"), "the session was held");
    let cancelled = book(&mut desk, &[amara], "2026-01-20 10:00");
    set(&mut desk, cancelled, Attendance::CancelledByTherapist);
    refused(move_one(&mut desk, cancelled, "2026-01-21 10:00"), "the session was cancelled");
    for begun in ["2026-01-09 10:00", "2026-01-15 11:12"] {
        let begun = book(&mut desk, &[amara], begun);
        refused(move_one(&mut desk, begun, "2026-01-21 10:00"), "the session is past");
    }
    assert_eq!(acts(&desk, "session_moved"), 0);
    assert!(desk.conn().execute("UPDATE sessions SET starts_at = starts_at + 1 WHERE id = ?1", [held]).is_err(), "nor in SQL");
}

#[test]
fn a_move_refuses_what_a_booking_refuses_and_what_was_not_yet_asked() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let id = book(&mut desk, &[amara], "2026-01-20 10:00");
    refused(move_one(&mut desk, id, "2026-03-29 01:30"), "the clocks go forward over this time");
    refused(move_one(&mut desk, id, "2026-10-25 01:30"), "the clocks go back over this time");
    let long = Move { minutes: 601, ..to("2026-01-21 10:00", MoveScope::One) };
    refused(desk.write(|w| move_to(w, id, &long)), "a field is out of range");
    let early = Move { asked_at: Some(desk.moment.at.plus_seconds(1)), ..to("2026-01-21 10:00", MoveScope::One) };
    refused(desk.write(|w| move_to(w, id, &early)), "a date lies in the future");
}

#[test]
fn a_clients_cancellation_within_the_notice_is_a_late_one() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let [in_time, late, by_therapist] =
        ["2026-01-16 11:12", "2026-01-16 11:11", "2026-01-15 12:00"].map(|start| book(&mut desk, &[amara], start));
    let cancelled = |desk: &mut Desk, id, attendance| desk.write(|w| cancel(w, id, &cancellation(attendance)));
    cancelled(&mut desk, in_time, Attendance::CancelledByClient).unwrap();
    refused(cancelled(&mut desk, late, Attendance::CancelledByClient), "too late to be cancelled in time");
    assert_eq!(one(&desk, late).state, SessionState::Upcoming);
    cancelled(&mut desk, late, Attendance::CancelledLateByClient).unwrap();
    cancelled(&mut desk, by_therapist, Attendance::CancelledByTherapist).unwrap();
    for id in [in_time, late, by_therapist] {
        assert_eq!((one(&desk, id).state, one(&desk, id).told_at), (SessionState::Cancelled, Some(desk.moment.at)));
    }
    assert_eq!(acts(&desk, "session_cancelled"), 3);
}

#[test]
fn the_notice_counts_from_when_it_was_told() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let id = book(&mut desk, &[amara], "2026-01-15 12:00");
    let told = |at| Cancellation { told_at: Some(at), remark: "On the phone.".to_owned(), ..cancellation(Attendance::CancelledByClient) };
    refused(desk.write(|w| cancel(w, id, &told(w.moment.at.plus_seconds(60)))), "a date lies in the future");
    let yesterday = at("2026-01-14 12:00", desk.moment.zone);
    desk.write(|w| cancel(w, id, &told(yesterday))).unwrap();
    assert_eq!(one(&desk, id).told_at, Some(yesterday));
}

#[test]
fn a_past_session_is_cancelled_only_without_an_approved_note() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let [drafted, held] = ["2026-01-08 10:00", "2026-01-09 10:00"].map(|start| book(&mut desk, &[amara], start));
    begin(&mut desk, drafted, "session", "Not there.");
    let note = approve(&mut desk, held);
    set(&mut desk, drafted, Attendance::CancelledLateByClient);
    let late = cancellation(Attendance::CancelledByTherapist);
    refused(desk.write(|w| cancel(w, held, &late)), "the session was held");
    enter_in_error(&desk, note);
    desk.write(|w| cancel(w, held, &late)).unwrap();
    refused(desk.write(|w| cancel(w, held, &late)), "the session was cancelled");
}

#[test]
fn cancelling_and_attending_are_told_apart() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let id = book(&mut desk, &[amara], "2026-01-08 10:00");
    refused(desk.write(|w| cancel(w, id, &cancellation(Attendance::Attended))), "a field is out of range");
    refused(desk.write(|w| set_attendance(w, id, Attendance::CancelledByTherapist)), "a field is out of range");
}

#[test]
fn a_cancellation_is_taken_back_until_the_session_begins() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let id = book(&mut desk, &[amara], "2026-01-15 12:00");
    refused(desk.write(|w| restore(w, id)), "nothing to undo");
    set(&mut desk, id, Attendance::CancelledByTherapist);
    desk.write(|w| restore(w, id)).unwrap();
    let session = one(&desk, id);
    assert_eq!((session.state, session.told_at, session.told_remark), (SessionState::Upcoming, None, None));
    set(&mut desk, id, Attendance::CancelledByTherapist);
    desk.now("2026-01-15 12:00");
    refused(desk.write(|w| restore(w, id)), "the session is past");
}

#[test]
fn attendance_is_recorded_once_a_session_has_begun_and_until_its_note_is_approved() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let id = book(&mut desk, &[amara], "2026-01-15 12:00");
    refused(desk.write(|w| set_attendance(w, id, Attendance::Attended)), "the session has not started");
    desk.now("2026-01-15 12:00");
    for attendance in [Attendance::Attended, Attendance::NoShow, Attendance::Unknown] {
        set(&mut desk, id, attendance);
        assert_eq!(one(&desk, id).attendance, attendance);
    }
    approve(&mut desk, id);
    set(&mut desk, id, Attendance::Attended);
    refused(desk.write(|w| set_attendance(w, id, Attendance::NoShow)), "the session was held");
    assert!(desk.conn().execute("UPDATE sessions SET attendance = 'no_show' WHERE id = ?1", [id]).is_err(), "nor in SQL");
    assert_eq!(acts(&desk, "attendance_recorded"), 3, "what was so already is no act");
    let cancelled = book(&mut desk, &[amara], "2026-01-15 11:00");
    set(&mut desk, cancelled, Attendance::CancelledByTherapist);
    refused(desk.write(|w| set_attendance(w, cancelled, Attendance::Attended)), "the session was cancelled");
}

#[test]
fn a_draft_is_of_the_kind_its_session_calls_for() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let id = book(&mut desk, &[amara], "2026-01-08 10:00");
    let note = begin(&mut desk, id, "session", "Waited a quarter of an hour.");
    let private = begin(&mut desk, id, "psychotherapy", "Relief.");
    let kind =
        |desk: &Desk, note| -> String { desk.conn().query_row("SELECT kind FROM notes WHERE id = ?1", [note], |row| row.get(0)).unwrap() };
    set(&mut desk, id, Attendance::NoShow);
    assert_eq!(kind(&desk, note), "no_show");
    set(&mut desk, id, Attendance::Attended);
    assert_eq!(kind(&desk, note), "session");
    set(&mut desk, id, Attendance::NoShow);
    assert_eq!(kind(&desk, private), "psychotherapy");
    try_approve(&mut desk, note).unwrap();
    assert_eq!(one(&desk, id).state, SessionState::NoShow, "its note completes nothing");
    refused(desk.write(|w| set_attendance(w, id, Attendance::Attended)), "the session was held");
}
