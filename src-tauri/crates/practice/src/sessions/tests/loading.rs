//! The shared loader.

use super::super::booking::{Cancellation, NewSession, cancel};
use super::super::{Attendance, SessionState, Which, load};
use super::{approve, begin, book, client, enter_in_error, new, one, set, try_approve};
use crate::id::SessionId;
use crate::testing::{Desk, at};
use crate::words::{Veil, Veiled};

fn loaded(desk: &Desk, which: Which) -> Vec<SessionId> {
    desk.read(|r| load(r, which)).unwrap().into_iter().map(|s| s.id).collect()
}

#[test]
fn sessions_come_in_the_order_they_were_asked_for() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let ids: Vec<SessionId> = (1..=12).map(|d| book(&mut desk, &[amara], &format!("2026-02-{d:02} 10:00"))).collect();
    let mut asked = ids.clone();
    asked.reverse();
    asked.push(asked[3]);
    assert_eq!(loaded(&desk, Which::ByIds(&asked)), asked);
    let stranger = desk.write(|w| Ok(SessionId(w.id()))).unwrap();
    assert!(loaded(&desk, Which::ByIds(&[stranger])).is_empty());
    assert!(desk.read(|r| super::super::one(r, stranger)).is_err());
    let zone = desk.moment.zone;
    let between = Which::Between { from: at("2026-02-03 10:00", zone), to: at("2026-02-05 10:00", zone) };
    assert_eq!(loaded(&desk, between), ids[2..4], "the end is left out");
}

#[test]
fn what_is_to_come_past_and_awaiting_is_each_of_its_client() {
    let mut desk = Desk::new();
    let (amara, jo) = (client(&mut desk, "Nwachukwu"), client(&mut desk, "Whitfield"));
    let [older, newer, running, cancelled, soon, _] =
        ["2026-01-05 10:00", "2026-01-06 10:00", "2026-01-15 11:00", "2026-01-16 10:00", "2026-01-17 10:00", "2026-01-18 10:00"]
            .map(|start| book(&mut desk, &[amara], start));
    set(&mut desk, cancelled, Attendance::CancelledByTherapist);
    let other = book(&mut desk, &[jo, amara], "2026-01-04 10:00");
    let others = book(&mut desk, &[jo], "2026-01-04 12:00");
    let around = desk.read(|r| super::super::around(r, amara, 2)).unwrap();
    assert_eq!(around.next.unwrap().brief.id, soon);
    assert_eq!(around.recent.iter().map(|s| s.id).collect::<Vec<_>>(), [running, newer]);
    assert_eq!(around.awaiting.iter().map(|s| s.id).collect::<Vec<_>>(), [newer, older, other]);
    assert_eq!(around.past, 4);
    assert_eq!(loaded(&desk, Which::PastOf { client: amara }), [running, newer, older, other]);
    assert_eq!(loaded(&desk, Which::AwaitingOf { client: amara }), [newer, older, other]);
    assert_eq!(loaded(&desk, Which::AwaitingAll), [newer, older, others, other]);
    approve(&mut desk, newer);
    assert_eq!(loaded(&desk, Which::AwaitingAll), [older, others, other]);
    assert_eq!(desk.read(super::super::awaiting_count).unwrap(), 3);
    assert_eq!(desk.read(|r| super::super::around(r, amara, 0)).unwrap().last_completed.unwrap().brief.id, newer);
}

#[test]
fn completed_sessions_are_numbered_for_their_primary_client() {
    let mut desk = Desk::new();
    let (amara, jo) = (client(&mut desk, "Nwachukwu"), client(&mut desk, "Whitfield"));
    let [third, first, unheld] = ["2026-01-07 10:00", "2026-01-05 10:00", "2026-01-06 10:00"].map(|start| book(&mut desk, &[amara], start));
    let shared = book(&mut desk, &[jo, amara], "2026-01-06 12:00");
    let jos = book(&mut desk, &[jo], "2026-01-08 12:00");
    let notes = [third, first, shared, jos].map(|id| approve(&mut desk, id));
    set(&mut desk, unheld, Attendance::Attended);
    let numbers = |desk: &Desk| [first, unheld, shared, third, jos].map(|id| one(desk, id).number);
    assert_eq!(numbers(&desk), [Some(1), None, Some(1), Some(3), Some(2)]);
    let together: Vec<_> = desk.read(|r| load(r, Which::PastOf { client: amara })).unwrap().iter().map(|s| s.number).collect();
    assert_eq!(together, [Some(3), Some(1), None, Some(1)]);

    enter_in_error(&desk, notes[1]);
    assert_eq!(numbers(&desk), [None, None, Some(1), Some(2), Some(2)]);
    let session = one(&desk, first);
    assert_eq!(session.state, SessionState::AwaitingApproval);
    assert!(session.note.is_none(), "a note entered in error counts no more");
    assert_eq!(desk.read(|r| super::super::around(r, amara, 0)).unwrap().completed, 2);
}

#[test]
fn a_psychotherapy_note_is_nowhere_here_and_decides_nothing() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let id = book(&mut desk, &[amara], "2026-01-05 10:00");
    set(&mut desk, id, Attendance::Attended);
    let private = begin(&mut desk, id, "psychotherapy", "Relief.");
    assert!(one(&desk, id).note.is_none());
    try_approve(&mut desk, private).unwrap();
    let session = one(&desk, id);
    assert!(session.note.is_none());
    assert_eq!(session.state, SessionState::AwaitingApproval);
}

#[test]
fn a_note_has_a_heading_as_a_draft_and_once_approved() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let id = book(&mut desk, &[amara], "2026-01-05 10:00");
    let note = begin(&mut desk, id, "session", "Slept badly. Then less so.");
    let heading = Some(Veiled::Shown { text: "Slept badly".to_owned() });
    let draft = one(&desk, id).note.unwrap();
    assert_eq!((draft.id, draft.approved, draft.approved_at, draft.heading), (note, false, None, heading.clone()));
    try_approve(&mut desk, note).unwrap();
    let approved = one(&desk, id).note.unwrap();
    assert_eq!((approved.approved, approved.approved_at, approved.heading), (true, Some(desk.moment.at), heading));

    let empty = book(&mut desk, &[amara], "2026-01-06 10:00");
    begin(&mut desk, empty, "session", "  ");
    assert_eq!(one(&desk, empty).note.unwrap().heading, None);
}

#[test]
fn discreet_mode_gives_out_initials_and_no_text() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let new = NewSession { place: "Room 2".to_owned(), booking_source: "by email".to_owned(), ..new(&[amara], "2026-01-05 10:00") };
    let id = desk.write(|w| super::super::booking::book(w, &new)).unwrap();
    begin(&mut desk, id, "session", "Slept badly.");
    let remark = Cancellation { attendance: Attendance::CancelledByTherapist, told_at: None, remark: "Flu.".to_owned() };
    desk.write(|w| cancel(w, id, &remark)).unwrap();
    desk.veil = Veil::Discreet;
    let session = one(&desk, id);
    for text in [session.place, session.booking_source, session.told_remark, session.note.unwrap().heading] {
        assert_eq!(text, Some(Veiled::Hidden));
    }
    let wire = serde_json::to_string(&one(&desk, id)).unwrap();
    for word in ["Nwachukwu", "Sam", "Room", "email", "Flu", "Slept"] {
        assert!(!wire.contains(word), "{word}");
    }
}
