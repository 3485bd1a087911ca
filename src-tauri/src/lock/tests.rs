//! Locking by time, on clocks of the test's own.

use super::*;
use crate::app::tick;

fn later(from: Tick, steady: u64, wall: i64) -> Tick {
    Tick { steady: from.steady + Duration::from_secs(steady), wall: from.wall + chrono::Duration::seconds(wall) }
}

fn watch(minutes: u32) -> (Watch, Tick) {
    let begun = tick();
    let watch = Watch::new(begun);
    watch.open(begun, Some(minutes));
    (watch, begun)
}

/// Looked at every second, as the program does.
fn looked_at(watch: &Watch, from: Tick, seconds: u64) -> Option<Because> {
    (1..=seconds).find_map(|second| watch.due(later(from, second, i64::try_from(second).unwrap())))
}

#[test]
fn five_quiet_minutes_lock_and_a_touch_begins_them_anew() {
    let (watch, begun) = watch(5);
    assert_eq!(looked_at(&watch, begun, 299), None);
    let touched = later(begun, 299, 299);
    watch.active(touched);
    assert_eq!(looked_at(&watch, touched, 299), None);
    assert_eq!(looked_at(&watch, touched, 300), Some(Because::Quiet));
}

#[test]
fn a_program_that_was_stopped_past_its_time_is_locked_at_the_first_look() {
    let (watch, begun) = watch(5);
    assert_eq!(watch.due(later(begun, 301, 301)), Some(Because::Quiet));
}

#[test]
fn a_machine_that_slept_for_less_than_the_quiet_minutes_is_locked_too() {
    let (watch, begun) = watch(15);
    assert_eq!(watch.due(later(begun, 1, 60)), Some(Because::Slept));
}

#[test]
fn a_clock_set_back_keeps_nothing_open() {
    let (watch, begun) = watch(1);
    assert_eq!(watch.due(later(begun, 30, -86_400)), None);
    assert_eq!(watch.due(later(begun, 60, -86_370)), Some(Because::Quiet));
}

#[test]
fn a_clock_that_is_put_right_by_seconds_locks_nothing() {
    let (watch, begun) = watch(5);
    assert_eq!(watch.due(later(begun, 1, 16)), None);
}

#[test]
fn what_is_locked_or_never_locks_by_itself_is_not_due() {
    let (watch, begun) = watch(1);
    watch.lock(begun.wall.into(), Because::Asked);
    assert!(watch.is_locked());
    assert_eq!(watch.due(later(begun, 3600, 3600)), None);
    watch.open(begun, None);
    assert!(!watch.is_locked());
    assert_eq!(watch.due(later(begun, 3600, 3600)), None);
}

#[test]
fn a_thousand_wrong_passphrases_take_most_of_a_day() {
    let (watch, mut now) = watch(5);
    let mut waited = 0;
    for tried in 0..1000 {
        assert!(watch.may_try(now));
        watch.wrong(now);
        let wait = u64::from(watch.wait(now));
        assert_eq!(watch.may_try(now), wait == 0, "after {tried}");
        waited += wait;
        now = later(now, wait, i64::try_from(wait).unwrap());
    }
    assert!(waited > 16 * 3600, "{waited} s");
    watch.wrong(now);
    watch.open(now, None);
    assert!(!watch.may_try(now), "other records open, and the wait stays");
    watch.right();
    assert!(watch.may_try(now));
}
