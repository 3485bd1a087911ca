//! Assigning, states, occurrences, and the order from worst to none.

use super::*;
use crate::testing::rows::{self, acts, client, refusal};
use crate::testing::{Desk, at, day};
use crate::words::Veil;

fn diary(due_on: Option<&str>) -> NewHomework {
    NewHomework {
        text: "Sleep diary".into(),
        detail: String::new(),
        session: None,
        due_on: due_on.map(day),
        repeats: Repeats::Once,
        times: None,
    }
}

fn daily(times: u32) -> NewHomework {
    NewHomework { repeats: Repeats::Daily, times: Some(times), ..diary(None) }
}

fn set(desk: &mut Desk, who: ClientId, new: &NewHomework) -> HomeworkId {
    desk.write(|w| assign(w, who, new)).unwrap()
}

fn stands(desk: &Desk, who: ClientId) -> (Option<HomeworkState>, Option<u32>, u32) {
    let standing = desk.read(|r| standing(r, who)).unwrap();
    (standing.state, standing.overdue_days, standing.count)
}

#[test]
fn the_worst_stands_for_all_overdue_then_open_then_ended_then_none() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu-Reyes", "Amara");
    assert_eq!(stands(&desk, amara), (None, None, 0));
    let given_up = set(&mut desk, amara, &diary(None));
    desk.write(|w| record_state(w, given_up, HomeworkState::Cancelled, "")).unwrap();
    assert_eq!(stands(&desk, amara), (Some(HomeworkState::Cancelled), None, 1));
    let done = set(&mut desk, amara, &diary(None));
    desk.write(|w| record_state(w, done, HomeworkState::Done, "")).unwrap();
    assert_eq!(stands(&desk, amara), (Some(HomeworkState::Done), None, 1));
    set(&mut desk, amara, &diary(Some("2026-01-15")));
    set(&mut desk, amara, &diary(None));
    assert_eq!(stands(&desk, amara), (Some(HomeworkState::Assigned), None, 2));
    set(&mut desk, amara, &diary(Some("2026-01-14")));
    let oldest = set(&mut desk, amara, &diary(Some("2026-01-06")));
    assert_eq!(stands(&desk, amara), (Some(HomeworkState::Assigned), Some(9), 2));
    assert_eq!(desk.read(|r| standing(r, amara)).unwrap().homework, Some(oldest));
    let listed = desk.read(|r| all(r, amara)).unwrap();
    assert_eq!(listed.iter().map(|piece| piece.overdue_days.is_some()).collect::<Vec<_>>(), [true, true, false, false, false, false]);
    assert_eq!(listed.last().unwrap().id, given_up);
}

#[test]
fn homework_is_overdue_from_the_day_after_its_date_where_the_therapist_is() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu-Reyes", "Amara");
    let id = set(&mut desk, amara, &diary(Some("2026-01-15")));
    desk.now("2026-01-15 23:59");
    assert_eq!(desk.read(|r| one(r, id)).unwrap().overdue_days, None);
    desk.now("2026-01-16 00:00");
    assert_eq!(desk.read(|r| one(r, id)).unwrap().overdue_days, Some(1));
    desk.moment.zone = chrono_tz::America::New_York;
    assert_eq!(desk.read(|r| one(r, id)).unwrap().overdue_days, None);
    desk.moment.zone = chrono_tz::Europe::London;
    desk.write(|w| record_state(w, id, HomeworkState::PartlyDone, "")).unwrap();
    assert_eq!(desk.read(|r| one(r, id)).unwrap().overdue_days, None);
}

#[test]
fn it_was_assigned_on_the_day_of_its_session_there() {
    let mut desk = Desk::new();
    let (amara, yusuf) = (client(&mut desk, "Nwachukwu-Reyes", "Amara"), client(&mut desk, "al-Khatib", "Yusuf"));
    let zone = chrono_tz::America::Los_Angeles;
    let session = rows::session(desk.conn(), 1, &[amara], at("2026-01-08 18:00", zone), zone, "attended");
    let within = NewHomework { session: Some(session), ..diary(None) };
    let id = set(&mut desk, amara, &within);
    let piece = desk.read(|r| one(r, id)).unwrap();
    assert_eq!((piece.assigned_on, piece.session.unwrap().id), (day("2026-01-08"), session));
    assert_eq!(refusal(desk.write(|w| assign(w, yusuf, &within))), Refusal::Participants);
    let planned = rows::session(desk.conn(), 2, &[amara], at("2026-01-22 18:00", zone), zone, "unknown");
    let id = set(&mut desk, amara, &NewHomework { session: Some(planned), ..diary(None) });
    assert_eq!(desk.read(|r| one(r, id)).unwrap().assigned_on, day("2026-01-15"));
}

#[test]
fn what_makes_no_sense_is_not_assigned() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu-Reyes", "Amara");
    let mut attempt = |new: NewHomework| refusal(desk.write(|w| assign(w, amara, &new)));
    assert_eq!(attempt(NewHomework { text: " ".into(), ..diary(None) }), Refusal::Empty { field: Field::Text });
    assert_eq!(attempt(daily(0)), Refusal::OutOfRange { field: Field::Times });
    assert_eq!(attempt(daily(61)), Refusal::OutOfRange { field: Field::Times });
    let nowhere = SessionId(uuid::Uuid::from_u128(7));
    assert_eq!(attempt(NewHomework { session: Some(nowhere), ..diary(None) }), Refusal::NotFound { what: Thing::Session });
    assert_eq!(desk.read(|r| all(r, amara)).unwrap().len(), 0);
    let once = NewHomework { times: Some(7), ..diary(None) };
    let id = set(&mut desk, amara, &once);
    assert_eq!(desk.read(|r| one(r, id)).unwrap().times, None);
}

#[test]
fn a_change_says_what_changed_and_one_that_changes_nothing_leaves_no_trace() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu-Reyes", "Amara");
    let id = set(&mut desk, amara, &diary(None));
    desk.now("2026-01-15 12:00");
    desk.write(|w| edit(w, id, &diary(None))).unwrap();
    desk.write(|w| edit(w, id, &diary(Some("2026-01-20")))).unwrap();
    desk.now("2026-01-15 13:00");
    desk.write(|w| edit(w, id, &NewHomework { text: "Sleep diary, seven nights".into(), ..diary(Some("2026-01-20")) })).unwrap();
    desk.now("2026-01-15 14:00");
    desk.write(|w| record_state(w, id, HomeworkState::Done, "Every night")).unwrap();
    desk.write(|w| record_state(w, id, HomeworkState::Done, "")).unwrap();
    let piece = desk.read(|r| one(r, id)).unwrap();
    let acts_of: Vec<HomeworkAct> = piece.events.iter().map(|event| event.act).collect();
    assert_eq!(acts_of, [HomeworkAct::Assigned, HomeworkAct::Due, HomeworkAct::Edited, HomeworkAct::State]);
    assert_eq!(piece.events[1].due_on, Some(day("2026-01-20")));
    assert_eq!((acts(&desk, "homework_changed"), acts(&desk, "homework_state_recorded")), (2, 1));
    let details: String = desk.conn().query_row("SELECT group_concat(detail) FROM audit_events", [], |row| row.get(0)).unwrap();
    assert!(!details.contains("diary") && !details.contains("night"));
    desk.veil = Veil::Discreet;
    let veiled = desk.read(|r| one(r, id)).unwrap();
    assert_eq!((veiled.text, veiled.events[3].remark.clone()), (Veiled::Hidden, Some(Veiled::Hidden)));
}

#[test]
fn when_every_occurrence_is_answered_the_state_follows() {
    use OccurrenceState::{Assigned, Done, NotDone, PartlyDone};
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu-Reyes", "Amara");
    let id = set(&mut desk, amara, &daily(3));
    let mut answer = |number, state| {
        desk.write(|w| record_occurrence(w, id, number, state)).unwrap();
        let piece = desk.read(|r| one(r, id)).unwrap();
        (piece.state, piece.occurrences)
    };
    assert_eq!(answer(1, Done), (HomeworkState::InProgress, vec![Done, Assigned, Assigned]));
    assert_eq!(answer(3, Done).0, HomeworkState::InProgress);
    assert_eq!(answer(2, Done).0, HomeworkState::Done);
    assert_eq!(answer(2, NotDone).0, HomeworkState::PartlyDone);
    assert_eq!(answer(1, Assigned).0, HomeworkState::InProgress);
    assert_eq!(answer(1, NotDone).0, HomeworkState::PartlyDone);
    assert_eq!(answer(3, NotDone).0, HomeworkState::NotDone);
    assert_eq!(answer(3, PartlyDone).0, HomeworkState::PartlyDone);
    for number in [0, 4] {
        assert_eq!(refusal(desk.write(|w| record_occurrence(w, id, number, Done))), Refusal::OutOfRange { field: Field::Times });
    }
    let once = set(&mut desk, amara, &diary(None));
    assert_eq!(refusal(desk.write(|w| record_occurrence(w, once, 1, Done))), Refusal::OutOfRange { field: Field::Times });
}

#[test]
fn cancelled_homework_stays_cancelled_and_fewer_times_lose_no_answer() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu-Reyes", "Amara");
    let id = set(&mut desk, amara, &daily(3));
    desk.write(|w| record_occurrence(w, id, 3, OccurrenceState::Done)).unwrap();
    desk.write(|w| edit(w, id, &daily(2))).unwrap();
    assert_eq!(desk.read(|r| one(r, id)).unwrap().occurrences, [OccurrenceState::Assigned; 2]);
    desk.write(|w| edit(w, id, &daily(3))).unwrap();
    assert_eq!(desk.read(|r| one(r, id)).unwrap().occurrences[2], OccurrenceState::Done);
    desk.write(|w| record_state(w, id, HomeworkState::Cancelled, "")).unwrap();
    desk.write(|w| record_occurrence(w, id, 1, OccurrenceState::Done)).unwrap();
    assert_eq!(desk.read(|r| one(r, id)).unwrap().state, HomeworkState::Cancelled);
}
