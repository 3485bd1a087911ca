//! A client's part of the trail, made by acts of a small practice.

use super::*;
use crate::clients::{self, ClientDetails, ClientStatus};
use crate::error::Error;
use crate::sessions::BookedBy;
use crate::sessions::SessionKind;
use crate::sessions::booking::{self, NewSession, Start};
use crate::settings::{self, Practice};
use crate::testing::{Desk, day};

fn practice(desk: &mut Desk) {
    desk.write(|w| settings::set_up(w, &Practice::of("Maren Holt", "Europe/London"))).unwrap();
}

fn client(desk: &mut Desk, last: &str) -> ClientId {
    desk.write(|w| clients::add(w, &ClientDetails::named(last, "Jo"), ClientStatus::Active, true)).unwrap()
}

fn book(desk: &mut Desk, who: ClientId) {
    let new = NewSession {
        participants: vec![who],
        start: Start { date: day("2026-01-20"), time: "12:00".to_owned(), zone: None, later: None },
        minutes: 50,
        kind: SessionKind::InPerson,
        place: String::new(),
        booked_by: BookedBy::Client,
        booking_source: String::new(),
        repeat_times: None,
    };
    desk.write(|w| booking::book(w, &new)).unwrap();
}

#[test]
fn the_trail_of_a_client_is_theirs_alone_newest_first_with_the_day_of_the_session() {
    let mut desk = Desk::new();
    practice(&mut desk);
    let (one, other) = (client(&mut desk, "Whitfield"), client(&mut desk, "Okafor"));
    desk.now("2026-01-15 12:00");
    book(&mut desk, one);
    book(&mut desk, other);
    let seen = desk.read(|r| trail(r, one, None, None)).unwrap();
    let acts: Vec<Act> = seen.entries.iter().map(|entry| entry.act).collect();
    assert_eq!(acts, [Act::SessionBooked, Act::ClientAdded]);
    assert_eq!(seen.entries[0].session_on, Some(day("2026-01-20")));
    assert_eq!((seen.entries[0].on, seen.since), (day("2026-01-15"), Some(seen.entries[1].at)));
    assert!(!seen.more);
    let count = |kind| seen.counts.iter().find(|count| count.kind == kind).unwrap().count;
    assert_eq!((count(Kind::Written), count(Kind::Details), count(Kind::Read)), (1, 1, 0));
}

#[test]
fn one_kind_alone_can_be_asked_for_and_the_next_page_after_the_last() {
    let mut desk = Desk::new();
    practice(&mut desk);
    let one = client(&mut desk, "Whitfield");
    book(&mut desk, one);
    let details = desk.read(|r| trail(r, one, Some(Kind::Details), None)).unwrap();
    assert_eq!(details.entries.len(), 1);
    assert_eq!(details.entries[0].act, Act::ClientAdded);
    let all = desk.read(|r| trail(r, one, None, None)).unwrap();
    let before = desk.read(|r| trail(r, one, None, Some(all.entries[0].number))).unwrap();
    assert_eq!(before.entries, all.entries[1..]);
}

#[test]
fn nobody_has_no_trail() {
    let desk = Desk::new();
    let nobody = ClientId(uuid::Uuid::from_u128(7));
    let asked = desk.read(|r| trail(r, nobody, None, None));
    assert!(matches!(asked, Err(Error::Refused(Refusal::NotFound { what: Thing::Client }))));
}
