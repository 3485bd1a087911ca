//! Booking, and what is said beforehand.

use super::super::booking::{BookingCheck, ClockChange, NewSession, Start, book as book_new, check};
use super::super::{Attendance, SessionKind, SessionState};
use super::{acts, book, client, new, one, practise, refused, set, start};
use crate::id::ClientId;
use crate::testing::{Desk, at, day};
use crate::words::Veiled;
use chrono_tz::Tz;

fn said(desk: &Desk, new: &NewSession) -> BookingCheck {
    desk.read(|r| check(r, new, None)).unwrap()
}

#[test]
fn a_booked_session_says_what_was_booked() {
    let mut desk = Desk::new();
    let (amara, jo) = (client(&mut desk, "Nwachukwu"), client(&mut desk, "Whitfield"));
    let id = book(&mut desk, &[jo, amara], "2026-01-20 10:00");
    let session = one(&desk, id);
    assert_eq!(session.participants.iter().map(|p| p.id).collect::<Vec<_>>(), [jo, amara]);
    assert_eq!((session.state, session.attendance), (SessionState::Upcoming, Attendance::Unknown));
    assert_eq!((session.zone.as_str(), session.minutes, session.booked_at), ("Europe/London", 50, desk.moment.at));
    assert_eq!((session.series, session.number, session.place), (None, None, None));
    assert_eq!(acts(&desk, "session_booked"), 1);
}

#[test]
fn a_session_needs_participants_each_once_and_known() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    for participants in [vec![], vec![amara, amara]] {
        refused(desk.write(|w| book_new(w, &new(&participants, "2026-01-20 10:00"))), "the participants are not right");
    }
    let stranger = desk.write(|w| Ok(ClientId(w.id()))).unwrap();
    refused(desk.write(|w| book_new(w, &new(&[amara, stranger], "2026-01-20 10:00"))), "not found");
    assert_eq!(acts(&desk, "session_booked"), 0);
}

#[test]
fn what_is_out_of_range_is_refused_before_anything_is_written() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let usual = || new(&[amara], "2026-01-20 10:00");
    for bad in [
        NewSession { minutes: 4, ..usual() },
        NewSession { minutes: 601, ..usual() },
        NewSession { repeat_times: Some(1), ..usual() },
        NewSession { repeat_times: Some(53), ..usual() },
        NewSession { start: Start { time: "10".to_owned(), ..start("2026-01-20 10:00") }, ..usual() },
    ] {
        refused(desk.write(|w| book_new(w, &bad)), "a field is out of range");
        refused(desk.read(|r| check(r, &bad, None)), "a field is out of range");
    }
    refused(
        desk.write(|w| book_new(w, &NewSession { place: "a\nb".to_owned(), ..usual() })),
        "a field holds characters that cannot be shown",
    );
}

#[test]
fn a_clock_change_is_said_before_and_refused_after() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");

    let gap = new(&[amara], "2026-03-29 01:30");
    assert!(matches!(said(&desk, &gap), BookingCheck { starts_at: None, clock: Some(ClockChange::Gap { .. }), .. }));
    refused(desk.write(|w| book_new(w, &gap)), "the clocks go forward over this time");

    let fold = new(&[amara], "2026-10-25 01:30");
    assert!(matches!(said(&desk, &fold), BookingCheck { starts_at: None, clock: Some(ClockChange::Fold { .. }), .. }));
    refused(desk.write(|w| book_new(w, &fold)), "the clocks go back over this time");

    let chosen = NewSession { start: Start { later: Some(true), ..fold.start.clone() }, ..fold };
    assert!(matches!(said(&desk, &chosen), BookingCheck { starts_at: Some(_), clock: Some(ClockChange::Fold { .. }), .. }));
    let id = desk.write(|w| book_new(w, &chosen)).unwrap();
    assert_eq!(one(&desk, id).starts_at, at("2026-10-25 01:30", Tz::UTC));
}

#[test]
fn a_session_keeps_the_zone_it_was_booked_in() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let there = Start { zone: Some("Asia/Kathmandu".to_owned()), ..start("2026-07-01 09:00") };
    let id = desk.write(|w| book_new(w, &NewSession { start: there, ..new(&[amara], "2026-07-01 09:00") })).unwrap();
    let session = one(&desk, id);
    assert_eq!((session.zone.as_str(), session.starts_at), ("Asia/Kathmandu", at("2026-07-01 03:15", Tz::UTC)));
}

#[test]
fn a_series_books_every_date_and_says_those_that_shift() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let weekly = NewSession { repeat_times: Some(3), ..new(&[amara], "2026-03-22 01:30") };
    assert_eq!(said(&desk, &weekly).shifted, [day("2026-03-29")]);
    let first = desk.write(|w| book_new(w, &weekly)).unwrap();
    let sessions = desk.read(|r| super::super::load(r, super::super::Which::SeriesOf { session: first })).unwrap();
    assert_eq!(sessions.iter().map(|s| s.every_weeks).collect::<Vec<_>>(), [Some(1); 3]);
    assert_eq!(sessions[0].id, first);
    assert_eq!(sessions[1].starts_at, at("2026-03-29 01:00", Tz::UTC));
    assert_eq!(sessions[2].starts_at, at("2026-04-05 00:30", Tz::UTC));
    assert_eq!((acts(&desk, "series_booked"), acts(&desk, "session_booked")), (1, 3));
}

#[test]
fn the_first_date_of_a_series_is_asked_about_like_a_single_one() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let weekly = NewSession { repeat_times: Some(3), ..new(&[amara], "2026-03-29 01:30") };
    refused(desk.write(|w| book_new(w, &weekly)), "the clocks go forward over this time");
    assert!(said(&desk, &weekly).clock.is_some());
}

#[test]
fn only_a_session_in_person_is_at_the_usual_place() {
    let mut desk = Desk::new();
    practise(&desk);
    let amara = client(&mut desk, "Nwachukwu");
    let place = |desk: &mut Desk, kind, place: &str| {
        let new = NewSession { kind, place: place.to_owned(), ..new(&[amara], "2026-01-22 10:00") };
        let id = desk.write(|w| book_new(w, &new)).unwrap();
        one(desk, id).place
    };
    let shown = |text: &str| Some(Veiled::Shown { text: text.to_owned() });
    assert_eq!(place(&mut desk, SessionKind::InPerson, ""), shown("Room 2"));
    assert_eq!(place(&mut desk, SessionKind::InPerson, "The garden"), shown("The garden"));
    assert_eq!(place(&mut desk, SessionKind::Video, ""), None);
}

#[test]
fn an_overlap_is_said_when_time_is_shared_and_only_then() {
    let mut desk = Desk::new();
    let (amara, jo) = (client(&mut desk, "Nwachukwu"), client(&mut desk, "Whitfield"));
    let there = book(&mut desk, &[jo], "2026-01-22 10:00");
    let cancelled = book(&mut desk, &[jo], "2026-01-22 10:00");
    set(&mut desk, cancelled, Attendance::CancelledByTherapist);
    let overlapped = |desk: &Desk, local: &str| said(desk, &new(&[amara], local)).overlaps.iter().map(|o| o.session).collect::<Vec<_>>();
    assert_eq!(overlapped(&desk, "2026-01-22 10:49"), [there]);
    assert_eq!(overlapped(&desk, "2026-01-22 09:11"), [there]);
    assert!(overlapped(&desk, "2026-01-22 10:50").is_empty(), "one ends as the other begins");
    assert!(overlapped(&desk, "2026-01-22 09:10").is_empty(), "one begins as the other ends");
    let itself = desk.read(|r| check(r, &new(&[jo], "2026-01-22 10:10"), Some(there))).unwrap();
    assert!(itself.overlaps.is_empty());

    let past = book(&mut desk, &[jo], "2026-01-08 10:00");
    assert_eq!(overlapped(&desk, "2026-01-08 10:10"), [past]);
    set(&mut desk, past, Attendance::NoShow);
    assert!(overlapped(&desk, "2026-01-08 10:10").is_empty());
}

#[test]
fn a_long_session_is_seen_from_its_end() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    desk.write(|w| book_new(w, &NewSession { minutes: 600, ..new(&[amara], "2026-01-22 08:00") })).unwrap();
    assert_eq!(said(&desk, &new(&[amara], "2026-01-22 17:59")).overlaps.len(), 1);
}

#[test]
fn a_series_says_the_overlaps_of_all_its_dates_and_booking_overlaps_is_allowed() {
    let mut desk = Desk::new();
    practise(&desk);
    let (amara, jo) = (client(&mut desk, "Nwachukwu"), client(&mut desk, "Whitfield"));
    let there = ["2026-02-05 10:20", "2026-01-29 10:20"].map(|start| book(&mut desk, &[jo], start));
    let weekly = NewSession { repeat_times: Some(4), ..new(&[amara], "2026-01-22 10:00") };
    let overlaps = said(&desk, &weekly).overlaps;
    assert_eq!(overlaps.iter().map(|o| o.session).collect::<Vec<_>>(), [there[1], there[0]]);
    assert_eq!(overlaps[0].participants[0].id, jo);
    desk.write(|w| book_new(w, &weekly)).unwrap();

    desk.conn().execute("UPDATE practice SET say_overlaps = 0", ()).unwrap();
    assert!(said(&desk, &weekly).overlaps.is_empty(), "the therapist does not want to be told");
}

#[test]
fn the_past_and_what_lies_outside_working_hours_are_said() {
    let mut desk = Desk::new();
    practise(&desk);
    let amara = client(&mut desk, "Nwachukwu");
    let says = |local: &str| {
        let said = said(&desk, &new(&[amara], local));
        (said.in_past, said.outside_hours)
    };
    assert_eq!(says("2026-01-22 10:00"), (false, false));
    assert_eq!(says("2026-01-22 11:30"), (false, true));
    assert_eq!(says("2026-01-23 10:00"), (false, true));
    assert_eq!(says("2026-01-15 11:10"), (true, false));
}
