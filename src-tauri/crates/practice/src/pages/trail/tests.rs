//! A client's part of the trail, made by acts of a small practice.

use super::*;
use crate::clients::{self, AgreedHow, Agreement, ClientDetails, ClientStatus};
use crate::consents::{self, AssertedBy, How, NewConsent};
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

#[test]
fn an_entry_says_what_was_changed_how_it_was_agreed_and_which_page_was_read() {
    let mut desk = Desk::new();
    practice(&mut desk);
    let one = client(&mut desk, "Whitfield");
    let agreed = Agreement { how: AgreedHow::Phone, on: day("2026-01-14") };
    let details = ClientDetails { preferred_name: "Joey".into(), ..ClientDetails::named("Whitfield", "Jo") };
    desk.now("2026-01-15 12:00");
    desk.write(|w| clients::edit(w, one, &details, &agreed)).unwrap();
    let consent = NewConsent {
        purpose: Purpose::AutomaticNoteTaking,
        decision: Decision::Declined,
        asserted_by: AssertedBy::Client,
        how: How::InSession,
        discussed_on: day("2026-01-15"),
        form_version: "2025-1".into(),
        session: None,
        remark: String::new(),
    };
    desk.write(|w| consents::record(w, one, &consent)).unwrap();
    let seen = desk.read(|r| trail(r, one, None, None)).unwrap();
    let more: Vec<&TrailMore> = seen.entries.iter().map(|entry| &entry.more).collect();
    assert_eq!((more[0].purpose, more[0].decision), (Some(Purpose::AutomaticNoteTaking), Some(Decision::Declined)));
    assert_eq!((more[1].fields.as_slice(), &more[1].agreed), (["preferred_name".to_owned()].as_slice(), &Some(agreed)));
    assert_eq!(more[2], &TrailMore::default());
}

#[test]
fn what_every_other_act_says_of_itself_can_be_read_too() {
    let mut desk = Desk::new();
    practice(&mut desk);
    let one = client(&mut desk, "Whitfield");
    book(&mut desk, one);
    desk.write(|w| clients::set_status(w, one, ClientStatus::Discharged)).unwrap();
    for detail in [
        r#"{"page":"summary"}"#,
        r#"{"from":1,"to":2}"#,
        r#"{"times":6,"from":"2026-01-20","minutes":50}"#,
        r#"{"agreed":null,"emergency":true}"#,
    ] {
        let said: TrailMore = serde_json::from_str(detail).unwrap();
        assert_eq!(said.page.is_some(), detail.contains("page"));
        assert_eq!(said.times.is_some(), detail.contains("times"));
    }
    assert_eq!(desk.read(|r| trail(r, one, None, None)).unwrap().entries.len(), 3);
}
