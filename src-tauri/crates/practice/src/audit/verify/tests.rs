//! The chain followed, whole and broken.

use super::*;
use crate::clients::{ClientDetails, ClientStatus, add};
use crate::testing::Desk;
use crate::testing::rows;

fn desk() -> Desk {
    let mut desk = Desk::new();
    for name in ["Okafor", "Whitfield", "Lindqvist"] {
        desk.write(|w| add(w, &ClientDetails::named(name, ""), ClientStatus::Active, true)).unwrap();
    }
    desk
}

fn verified(desk: &Desk) -> Verified {
    desk.read(|r| verify(r, &mut |_, _| true)).unwrap()
}

/// Goes round the triggers, as whoever holds the key can.
fn force(desk: &Desk, statement: &str) {
    desk.conn().execute_batch("DROP TRIGGER IF EXISTS audit_events_stay; DROP TRIGGER IF EXISTS audit_events_remain").unwrap();
    desk.conn().execute_batch(statement).unwrap();
}

#[test]
fn a_whole_chain_is_counted_from_its_first_event() {
    let desk = desk();
    let expected = Verified { events: 3, since: Some(desk.moment.at), broken_at: None, altered_note: None };
    assert_eq!(verified(&desk), expected);
    assert!(expected.is_whole());
    assert_eq!(verified(&Desk::new()), Verified { events: 0, since: None, broken_at: None, altered_note: None });
}

#[test]
fn every_way_to_alter_the_chain_is_found_where_it_begins() {
    let ways = [
        ("UPDATE audit_events SET at = at + 1 WHERE seq = 2", Some(2)),
        ("UPDATE audit_events SET act = 'locked' WHERE seq = 1", Some(1)),
        ("UPDATE audit_events SET detail = '{\"x\":1}' WHERE seq = 3", Some(3)),
        ("UPDATE audit_events SET client_id = NULL WHERE seq = 2", Some(2)),
        ("UPDATE audit_events SET subject_id = zeroblob(16) WHERE seq = 2", Some(2)),
        ("UPDATE audit_events SET hash = zeroblob(32) WHERE seq = 2", Some(2)),
        ("DELETE FROM audit_events WHERE seq = 2", Some(3)),
        ("DELETE FROM audit_events WHERE seq = 1", Some(2)),
        // The end can be cut off unnoticed here: that is what the anchor is for.
        ("DELETE FROM audit_events WHERE seq = 3", None),
    ];
    for (way, broken_at) in ways {
        let desk = desk();
        force(&desk, way);
        assert_eq!(verified(&desk).broken_at, broken_at, "{way}");
    }
}

#[test]
fn a_note_that_says_something_else_is_found() {
    let mut desk = Desk::new();
    let client = rows::client(&mut desk, "Okafor", "");
    desk.write(|w| crate::settings::set_up(w, &crate::settings::Practice::of("Dr Ruth Adeyemi", "Europe/London"))).unwrap();
    let session = rows::session(desk.conn(), 1, &[client], desk.moment.at, desk.moment.zone, "unknown");
    let note = desk
        .write(|w| {
            let note = crate::notes::open_or_begin(w, session, crate::notes::Template::Free)?;
            let text = vec![crate::notes::Section { kind: crate::notes::SectionKind::Text, text: "She slept better.".into() }];
            crate::notes::drafts::save(w, note, &text)?;
            crate::notes::approval::approve(w, note)?;
            Ok(note)
        })
        .unwrap();
    assert!(verified(&desk).is_whole());
    desk.conn().execute_batch("DROP TRIGGER note_versions_stay; UPDATE note_versions SET body = replace(body, 'better', 'worse')").unwrap();
    assert_eq!(verified(&desk).altered_note, Some(note));
}

#[test]
fn following_the_chain_can_be_stopped() {
    let stopped = desk().read(|r| verify(r, &mut |_, _| false));
    assert!(matches!(stopped, Err(crate::error::Error::Refused(Refusal::Stopped))));
}
