//! Looking, its requests, and when a newer version may be installed, on a real record.

use super::*;
use crate::testing::rows::{acts, client, refusal, session};
use crate::testing::{Desk, at};

fn look(desk: &mut Desk) -> RequestId {
    let outgoing = Outgoing { host: "updates.example.org", sent: Sent::Look, version: "0.1.0", system: "linux-x86_64" };
    desk.write(|w| begin_request(w, &outgoing)).unwrap()
}

#[test]
fn nothing_is_looked_for_until_it_is_turned_on_and_then_once_a_day_whatever_came_of_it() {
    let mut desk = Desk::new();
    assert!(!desk.read(is_due).unwrap());
    assert_eq!(desk.read(looking_since).unwrap(), None);
    desk.write(|w| set_looking(w, true)).unwrap();
    assert_eq!(desk.read(looking_since).unwrap(), Some(desk.moment.at));
    assert!(desk.read(is_due).unwrap());
    look(&mut desk);
    assert!(!desk.read(is_due).unwrap(), "nobody answered; it waits for tomorrow all the same");
    desk.now("2026-01-15 23:59");
    assert!(!desk.read(is_due).unwrap());
    desk.now("2026-01-16 00:00");
    assert!(desk.read(is_due).unwrap());
    desk.write(|w| set_looking(w, false)).unwrap();
    assert!(!desk.read(is_due).unwrap());
}

#[test]
fn the_day_is_the_therapists_and_a_clock_that_was_ahead_stops_nothing() {
    let mut desk = Desk::new();
    desk.write(|w| set_looking(w, true)).unwrap();
    // A summer's evening in London is the next day nowhere in London.
    desk.now("2026-07-01 23:30");
    look(&mut desk);
    assert!(!desk.read(is_due).unwrap());
    desk.now("2026-07-02 00:10");
    assert!(desk.read(is_due).unwrap());
    desk.now("2031-01-01 10:00");
    look(&mut desk);
    desk.now("2026-07-03 10:00");
    assert!(desk.read(is_due).unwrap());
}

#[test]
fn turning_it_on_and_off_is_entered_once_each_and_off_forgets_what_was_announced() {
    let mut desk = Desk::new();
    let told = serde_json::json!({ "version": "0.2.0" });
    desk.write(|w| set_announced(w, Some(&told))).unwrap();
    assert_eq!(desk.read(announced).unwrap(), None, "while it is off nothing is kept");
    for on in [true, true, false, false, true] {
        desk.write(|w| set_looking(w, on)).unwrap();
        desk.write(|w| set_announced(w, Some(&told))).unwrap();
        assert_eq!(desk.read(announced).unwrap(), on.then(|| told.clone()));
    }
    desk.write(|w| set_announced(w, None)).unwrap();
    assert_eq!(desk.read(announced).unwrap(), None);
    assert_eq!((acts(&desk, "updates_turned_on"), acts(&desk, "updates_turned_off")), (2, 1));
}

#[test]
fn a_request_is_there_before_its_answer_and_is_answered_once() {
    let mut desk = Desk::new();
    assert_eq!(desk.read(|r| requests(r, 9)).unwrap(), UpdateRequests { count: 0, newest: Vec::new() });
    let (first, second) = (look(&mut desk), look(&mut desk));
    desk.write(|w| answered(w, second, Answered::Newer, Some("0.2.0"), None)).unwrap();
    desk.write(|w| answered(w, second, Answered::Current, None, None)).unwrap();
    let seen = desk.read(|r| requests(r, 1)).unwrap();
    assert_eq!((seen.count, seen.newest.len(), seen.newest[0].id), (2, 1, second));
    assert_eq!((seen.newest[0].answer, seen.newest[0].newer.as_deref()), (Some(Answered::Newer), Some("0.2.0")));
    let before = &desk.read(|r| requests(r, 9)).unwrap().newest[1];
    assert_eq!((before.id, before.answer, before.host.as_str()), (first, None, "updates.example.org"));
}

#[test]
fn the_schema_keeps_every_request_as_it_was_made() {
    let mut desk = Desk::new();
    let open = look(&mut desk);
    let done = look(&mut desk);
    desk.write(|w| answered(w, done, Answered::Downloaded, None, Some(5_500_000))).unwrap();
    for forbidden in [
        "DELETE FROM update_requests",
        "UPDATE update_requests SET host = 'other.example.org', answer = 'current'",
        "UPDATE update_requests SET answer = NULL",
        "UPDATE update_requests SET answer = 'current' WHERE answer IS NOT NULL",
        "UPDATE update_requests SET answer = 'perhaps'",
        "UPDATE update_requests SET bytes = 7",
    ] {
        assert!(desk.conn().execute(forbidden, []).is_err(), "{forbidden}");
    }
    desk.write(|w| answered(w, open, Answered::Stopped, None, None)).unwrap();
    let seen = desk.read(|r| requests(r, 9)).unwrap().newest;
    assert_eq!((seen[0].bytes, seen[1].answer), (Some(5_500_000), Some(Answered::Stopped)));
}

#[test]
fn nothing_is_installed_while_a_session_is_running() {
    let mut desk = Desk::new();
    let (zone, may) = (desk.moment.zone, "2026-01-15 11:12");
    let jo = client(&mut desk, "Whitfield", "Jo");
    for (id, start, attendance) in
        [(1, "2026-01-15 10:00", "attended"), (2, "2026-01-15 11:00", "cancelled_by_client"), (3, "2026-01-15 12:00", "unknown")]
    {
        session(desk.conn(), id, &[jo], at(start, zone), zone, attendance);
    }
    for (now, ends) in [(may, None), ("2026-01-15 12:00", Some("2026-01-15 12:50")), ("2026-01-15 12:49", Some("2026-01-15 12:50"))] {
        desk.now(now);
        let asked = desk.write(|w| begin_installing(w, "0.1.0", "0.2.0"));
        match ends {
            None => assert!(asked.is_ok()),
            Some(ends) => {
                let why = NotUpdated::SessionNow { ends_at: at(ends, zone) };
                assert_eq!(refusal(asked), Refusal::NoUpdate { why: why.clone() });
                assert_eq!(refusal(desk.read(may_install)), Refusal::NoUpdate { why });
            }
        }
    }
    desk.now("2026-01-15 12:50");
    desk.write(|w| begin_installing(w, "0.1.0", "0.2.0")).unwrap();
    desk.write(|w| not_installed(w, "0.2.0")).unwrap();
    assert_eq!((acts(&desk, "update_begun"), acts(&desk, "update_failed")), (2, 1));
}
