//! Moving the sessions of a weekly series.

use chrono_tz::Tz;

use super::super::booking::{Move, MoveScope, Start, move_to};
use super::super::series::preview;
use super::super::{Attendance, Which, load};
use super::{acts, approve, book, book_series, client, one, practise, set, start, starts, to};
use crate::testing::{Desk, at};
use crate::time::Instant;

fn london(locals: &[&str]) -> Vec<Instant> {
    locals.iter().map(|local| at(local, chrono_tz::Europe::London)).collect()
}

#[test]
fn those_that_follow_keep_their_distance_on_the_wall_clock_through_the_change() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let ids = book_series(&mut desk, amara, "2026-03-12 12:00", 5);
    desk.write(|w| move_to(w, ids[1], &to("2026-03-20 09:30", MoveScope::Following))).unwrap();
    let moved = london(&["2026-03-12 12:00", "2026-03-20 09:30", "2026-03-27 09:30", "2026-04-03 09:30", "2026-04-10 09:30"]);
    assert_eq!(starts(&desk, &ids), moved);
    assert_eq!(moved[3], at("2026-04-03 08:30", Tz::UTC), "after the clocks went forward");
    assert_eq!(acts(&desk, "session_moved"), 4);
}

#[test]
fn all_to_come_takes_the_earlier_ones_along_and_one_takes_none() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let ids = book_series(&mut desk, amara, "2026-01-22 12:00", 3);
    desk.write(|w| move_to(w, ids[1], &to("2026-01-29 13:00", MoveScope::One))).unwrap();
    assert_eq!(starts(&desk, &ids), london(&["2026-01-22 12:00", "2026-01-29 13:00", "2026-02-05 12:00"]));
    desk.write(|w| move_to(w, ids[2], &to("2026-02-06 12:00", MoveScope::ToCome))).unwrap();
    assert_eq!(starts(&desk, &ids), london(&["2026-01-23 12:00", "2026-01-30 13:00", "2026-02-06 12:00"]));
}

#[test]
fn sessions_held_cancelled_or_begun_stay_when_their_series_moves() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let ids = book_series(&mut desk, amara, "2026-01-01 12:00", 6);
    approve(&mut desk, ids[0]);
    set(&mut desk, ids[4], Attendance::CancelledByTherapist);
    desk.now("2026-01-15 12:10"); // the third is running
    let before = starts(&desk, &ids);
    desk.write(|w| move_to(w, ids[3], &to("2026-01-22 15:00", MoveScope::ToCome))).unwrap();
    let after = starts(&desk, &ids);
    assert_eq!(after[..3], before[..3]);
    assert_eq!(after[3..], london(&["2026-01-22 15:00", "2026-01-29 12:00", "2026-02-05 15:00"]));
}

#[test]
fn none_but_the_chosen_session_comes_to_lie_in_the_past() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let ids = book_series(&mut desk, amara, "2026-01-15 15:00", 3);
    let to = to("2026-01-20 15:00", MoveScope::ToCome);
    let said = desk.read(|r| preview(r, ids[1], &to)).unwrap().unwrap();
    assert_eq!((said.to_come.count, said.to_come.first), (2, Some(london(&["2026-01-20 15:00"])[0])));
    desk.write(|w| move_to(w, ids[1], &to)).unwrap();
    assert_eq!(starts(&desk, &ids), london(&["2026-01-15 15:00", "2026-01-20 15:00", "2026-01-27 15:00"]));
}

#[test]
fn a_session_shifted_by_the_clocks_moves_from_the_time_it_was_meant_for() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let ids = book_series(&mut desk, amara, "2026-03-22 01:30", 3);
    assert_eq!(starts(&desk, &ids)[1], at("2026-03-29 01:00", Tz::UTC));
    desk.write(|w| move_to(w, ids[0], &to("2026-03-22 02:30", MoveScope::Following))).unwrap();
    assert_eq!(starts(&desk, &ids), london(&["2026-03-22 02:30", "2026-03-29 02:30", "2026-04-05 02:30"]));
    desk.write(|w| move_to(w, ids[0], &to("2026-03-22 01:30", MoveScope::Following))).unwrap();
    assert_eq!(starts(&desk, &ids)[1], at("2026-03-29 01:00", Tz::UTC), "and back into the gap");
}

#[test]
fn a_series_moved_to_another_zone_keeps_the_clock_there() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let ids = book_series(&mut desk, amara, "2026-03-19 12:00", 3);
    let there = Start { zone: Some("Asia/Kathmandu".to_owned()), ..start("2026-03-19 18:00") };
    let to = Move { start: there, ..to("2026-03-19 18:00", MoveScope::Following) };
    desk.write(|w| move_to(w, ids[0], &to)).unwrap();
    let kathmandu = ["2026-03-19 18:00", "2026-03-26 18:00", "2026-04-02 18:00"].map(|local| at(local, chrono_tz::Asia::Kathmandu));
    assert_eq!(starts(&desk, &ids), kathmandu);
    assert_eq!(one(&desk, ids[2]).zone, "Asia/Kathmandu");
}

#[test]
fn the_preview_says_what_each_scope_then_does() {
    for scope in [MoveScope::Following, MoveScope::ToCome] {
        let mut desk = Desk::new();
        practise(&desk);
        let (amara, jo) = (client(&mut desk, "Nwachukwu"), client(&mut desk, "Whitfield"));
        let ids = book_series(&mut desk, amara, "2026-01-22 10:00", 4);
        let there = book(&mut desk, &[jo], "2026-02-06 10:20");
        let to = to("2026-01-30 10:00", scope);
        let said = desk.read(|r| preview(r, ids[1], &to)).unwrap().unwrap();
        assert_eq!((said.following.count, said.to_come.count), (3, 4));
        let said = if scope == MoveScope::Following { said.following } else { said.to_come };
        assert_eq!(said.overlaps.iter().map(|o| o.session).collect::<Vec<_>>(), [there]);

        let before = starts(&desk, &ids);
        desk.write(|w| move_to(w, ids[1], &to)).unwrap();
        let moved: Vec<Instant> = starts(&desk, &ids).into_iter().zip(before).filter(|(a, b)| a != b).map(|(a, _)| a).collect();
        assert_eq!(said.count as usize, moved.len());
        assert_eq!((said.first, said.last), (moved.first().copied(), moved.last().copied()));
    }
}

#[test]
fn there_is_no_choice_where_nothing_else_of_the_series_is_to_come() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let alone = book(&mut desk, &[amara], "2026-01-22 10:00");
    let last = *book_series(&mut desk, amara, "2026-01-14 12:00", 2).last().unwrap();
    for id in [alone, last] {
        assert!(desk.read(|r| preview(r, id, &to("2026-01-23 10:00", MoveScope::One))).unwrap().is_none());
    }
}

#[test]
fn a_week_moved_onto_the_next_stays_in_order() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu");
    let ids = book_series(&mut desk, amara, "2026-01-22 12:00", 4);
    desk.write(|w| move_to(w, ids[0], &to("2026-01-29 12:00", MoveScope::Following))).unwrap();
    let order: Vec<_> = desk.read(|r| load(r, Which::SeriesOf { session: ids[0] })).unwrap().into_iter().map(|s| s.id).collect();
    assert_eq!(order, ids);
}
