//! What the practice refuses, keeps and enters in the trail.

use super::*;
use crate::error::Error;
use crate::testing::Desk;

fn sasha() -> Practice {
    Practice {
        therapist_title: "Counselling psychologist".into(),
        address: "4 Mill Lane\r\nLeeds".into(),
        working_hours: vec![hours(3, "14:00", "18:00"), hours(3, "09:00", "13:00")],
        usual_place: "Room 2".into(),
        ..Practice::of(" Sasha Lindqvist ", "Europe/London")
    }
}

fn hours(weekday: u8, from: &str, to: &str) -> Hours {
    Hours { weekday, from: from.into(), to: to.into() }
}

fn refusal<T: std::fmt::Debug>(answer: Result<T>) -> Refusal {
    match answer {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn there_is_no_practice_before_it_is_set_up_and_one_after() {
    let mut desk = Desk::new();
    assert_eq!(desk.read(practice).unwrap(), None);
    assert_eq!(desk.read(appearance).unwrap(), Appearance::default());
    desk.write(|w| set_up(w, &sasha())).unwrap();
    let kept = desk.read(practice).unwrap().unwrap();
    assert_eq!(kept.therapist_name, "Sasha Lindqvist");
    assert_eq!(kept.address, "4 Mill Lane\nLeeds");
    assert_eq!(kept.working_hours, [hours(3, "09:00", "13:00"), hours(3, "14:00", "18:00")]);
    assert!(matches!(desk.write(|w| set_up(w, &sasha())), Err(Error::Fault(Fault::Program(_)))));
}

#[test]
fn what_makes_no_sense_is_refused_and_changes_nothing() {
    let mut desk = Desk::new();
    type Spoil = fn(&mut Practice);
    let bad: [(Spoil, Refusal); 8] = [
        (|p| p.therapist_name = " ".into(), Refusal::Empty { field: Field::Name }),
        (|p| p.zone = "Mars/Olympus".into(), Refusal::UnknownZone { zone: "Mars/Olympus".into() }),
        (|p| p.session_minutes = 4, Refusal::OutOfRange { field: Field::Minutes }),
        (|p| p.undo_seconds = 121, Refusal::OutOfRange { field: Field::UndoSeconds }),
        (|p| p.working_hours = vec![hours(7, "09:00", "10:00")], Refusal::OutOfRange { field: Field::WorkingHours }),
        (|p| p.working_hours = vec![hours(0, "10:00", "10:00")], Refusal::OutOfRange { field: Field::WorkingHours }),
        (|p| p.working_hours = vec![hours(0, "9:00", "10:00")], Refusal::OutOfRange { field: Field::WorkingHours }),
        (
            |p| p.working_hours = vec![hours(0, "09:00", "11:00"), hours(0, "10:00", "12:00")],
            Refusal::OutOfRange { field: Field::WorkingHours },
        ),
    ];
    for (spoil, expected) in bad {
        let mut practice = sasha();
        spoil(&mut practice);
        assert_eq!(refusal(desk.write(|w| set_up(w, &practice))), expected);
    }
    assert_eq!(desk.read(practice).unwrap(), None);
}

#[test]
fn a_sample_practice_stays_one_and_a_change_is_in_the_trail() {
    let mut desk = Desk::new();
    desk.write(|w| set_up(w, &Practice { is_sample: true, ..sasha() })).unwrap();
    desk.write(|w| set_practice(w, &Practice { undo_seconds: 120, is_sample: false, ..sasha() })).unwrap();
    let kept = desk.read(practice).unwrap().unwrap();
    assert!(kept.is_sample);
    assert_eq!(kept.undo_seconds, 120);
    let detail: String =
        desk.conn().query_row("SELECT detail FROM audit_events WHERE act = 'practice_changed'", [], |row| row.get(0)).unwrap();
    assert_eq!(detail, r#"{"fields":["undo_seconds"]}"#);
}

#[test]
fn the_window_looks_as_it_was_told_within_its_steps() {
    let mut desk = Desk::new();
    let dark = Appearance { theme: Theme::Dark, zoom: 133, ..Appearance::default() };
    assert!(matches!(desk.write(|w| set_appearance(w, &dark)), Err(Error::Fault(Fault::Program(_)))));
    desk.write(|w| set_up(w, &sasha())).unwrap();
    desk.write(|w| set_appearance(w, &dark)).unwrap();
    assert_eq!(desk.read(appearance).unwrap(), dark);
    let odd = Appearance { zoom: 134, ..dark };
    assert_eq!(refusal(desk.write(|w| set_appearance(w, &odd))), Refusal::OutOfRange { field: Field::Appearance });
}
