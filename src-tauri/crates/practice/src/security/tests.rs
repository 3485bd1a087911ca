//! Lock and kit, on a real record.

use uuid::Uuid;

use super::*;
use crate::error::Error;
use crate::testing::{Desk, day};

fn new_kit(slot: u128) -> NewKit {
    NewKit { slot: Uuid::from_u128(slot), recipient: "age1x".into(), identity: "sealed".into() }
}

#[test]
fn the_lock_is_five_minutes_until_it_is_changed() {
    let mut desk = Desk::new();
    assert_eq!(desk.read(security).unwrap(), Security::default());
    let other = Security { lock_after_minutes: 15, begin_discreet: true, discreet_on_second_screen: false, hide_from_capture: false };
    desk.write(|w| set_security(w, &other)).unwrap();
    assert_eq!(desk.read(security).unwrap(), other);
    desk.write(|w| set_security(w, &Security::default())).unwrap();
    assert_eq!(desk.read(security).unwrap(), Security::default());
}

#[test]
fn a_lock_of_no_minutes_or_of_an_hour_is_refused_here_and_by_the_schema() {
    let mut desk = Desk::new();
    for minutes in [0, 16, 60] {
        let refused = desk.write(|w| set_security(w, &Security { lock_after_minutes: minutes, ..Security::default() }));
        assert!(matches!(refused, Err(Error::Refused(Refusal::OutOfRange { field: Field::LockAfter }))));
        let row = "INSERT INTO security (only, lock_after_minutes, begin_discreet, discreet_on_second_screen, hide_from_capture) VALUES (1, ?1, 0, 0, 0)";
        assert!(desk.conn().execute(row, [minutes]).is_err());
    }
}

#[test]
fn one_kit_is_in_force_the_newest() {
    let mut desk = Desk::new();
    assert_eq!(desk.read(kit).unwrap(), None);
    desk.write(|w| set_kit(w, &new_kit(1))).unwrap();
    desk.now("2026-01-16 09:00");
    desk.write(|w| set_kit(w, &new_kit(2))).unwrap();
    assert_eq!(desk.read(kit).unwrap().unwrap().slot, Uuid::from_u128(2));
    assert_eq!(desk.read(ways_in).unwrap(), WaysIn { passphrase_changed_on: None, kit_made_on: Some(day("2026-01-16")) });
}

#[test]
fn the_kit_of_a_new_key_is_unread_until_that_is_entered_or_another_is_made() {
    let mut desk = Desk::new();
    assert!(!desk.read(kit_is_unread).unwrap(), "there is none");
    desk.write(|w| set_kit(w, &new_kit(1))).unwrap();
    assert!(!desk.read(kit_is_unread).unwrap());
    desk.write(|w| set_kit_unread(w, &new_kit(2))).unwrap();
    assert!(desk.read(kit_is_unread).unwrap());
    desk.write(kit_read_back).unwrap();
    assert!(!desk.read(kit_is_unread).unwrap());
    desk.write(|w| set_kit_unread(w, &new_kit(3))).unwrap();
    desk.write(|w| set_kit(w, &new_kit(4))).unwrap();
    assert!(!desk.read(kit_is_unread).unwrap());
}

#[test]
fn the_day_of_the_last_passphrase_is_the_therapists() {
    let mut desk = Desk::new();
    desk.now("2026-07-01 23:30");
    desk.write(|w| passphrase_changed(w, true)).unwrap();
    assert_eq!(desk.read(ways_in).unwrap().passphrase_changed_on, Some(day("2026-07-01")));
}
