//! The trail, and that nothing goes away.

use practice::clients::{self, AgreedHow, Agreement, ClientDetails, ClientStatus, ContactPoint, contacts};
use practice::consents::Decision;
use practice::homework::{self, HomeworkState};
use practice::notes::addenda::{self, AddendumReason};
use practice::notes::{Template, approval, drafts, page};
use practice::pages;
use practice::pages::list::{ClientFilter, ClientSort};
use practice::sessions::booking::{self, Move, MoveScope};
use practice::sessions::plan::{self, PlanPoint};
use practice::sessions::{Attendance, BookedBy};
use practice::settings::{self, Practice};
use practice::store::Records;
use practice::summary::{self, Grouping};
use practice::words::Veil;
use uuid::Uuid;

use crate::bench::{self, Bench, day, details, free, homework, practice_of, query, start};

fn agreed(bench: &Bench) -> Agreement {
    Agreement { how: AgreedHow::InSession, on: bench.moment.today() }
}

fn moved(to: &str) -> Move {
    Move {
        start: start(to),
        minutes: 50,
        asked_by: BookedBy::Client,
        asked_at: None,
        remark: "Rang from the station".to_owned(),
        scope: MoveScope::One,
    }
}

#[test]
fn rule_12_every_change_writes_its_event_in_the_same_transaction() {
    let mut bench = Bench::new();
    let agreement = agreed(&bench);
    let (mut count, mut name) = (bench.all_events(), String::new());
    let mut wrote = |bench: &Bench, act: &str| {
        assert_eq!(bench.all_events(), count + 1, "after {act}");
        name = bench.value("SELECT act FROM audit_events ORDER BY seq DESC LIMIT 1", []);
        assert_eq!(name, act);
        count += 1;
    };
    let amara = bench.client("Nwachukwu");
    wrote(&bench, "client_added");
    bench.write(|w| clients::edit(w, amara, &details("Reyes"), &agreement)).unwrap();
    wrote(&bench, "client_changed");
    bench.write(|w| clients::set_status(w, amara, ClientStatus::Waiting)).unwrap();
    wrote(&bench, "client_status_changed");
    bench.write(|w| contacts::disclose_emergency(w, amara)).unwrap();
    wrote(&bench, "contacts_disclosed");
    bench.write(|w| pages::client::details(w, amara)).unwrap();
    wrote(&bench, "details_disclosed");
    let session = bench.book(&[amara], "2026-01-16 10:00");
    wrote(&bench, "session_booked");
    bench.write(|w| booking::move_to(w, session, &moved("2026-01-15 14:00"))).unwrap();
    wrote(&bench, "session_moved");
    bench.attendance(session, Attendance::CancelledByTherapist);
    wrote(&bench, "session_cancelled");
    bench.write(|w| booking::restore(w, session)).unwrap();
    wrote(&bench, "session_restored");
    bench.write(|w| plan::set(w, session, &[PlanPoint { text: "The letter".to_owned(), done: false }])).unwrap();
    wrote(&bench, "plan_changed");
    bench.now("2026-01-15 15:00");
    bench.attendance(session, Attendance::NoShow);
    wrote(&bench, "attendance_recorded");
    bench.attendance(session, Attendance::Attended);
    wrote(&bench, "attendance_recorded");
    let note = bench.draft(session, "Spoke of the wedding");
    wrote(&bench, "note_begun");
    bench.write(|w| drafts::set_template(w, note, Template::Soap)).unwrap();
    wrote(&bench, "note_template_changed");
    bench.write(|w| drafts::finish_writing(w, note)).unwrap();
    wrote(&bench, "note_version_written");
    let before = bench.all_events();
    bench.write(|w| approval::approve(w, note)).unwrap();
    assert_eq!((bench.events("note_approved"), bench.events("summary_brought_up_to_date")), (1, 1));
    bench.write(|w| approval::undo_approval(w, note)).unwrap();
    assert_eq!(bench.events("approval_undone"), 1);
    bench.write(|w| approval::approve(w, note)).unwrap();
    assert!(bench.all_events() >= before + 4);
    let addendum = bench.write(|w| addenda::begin(w, note)).unwrap();
    bench.write(|w| addenda::save(w, addendum, AddendumReason::LeftOut, "And of the rings")).unwrap();
    bench.write(|w| addenda::approve(w, addendum)).unwrap();
    bench.in_error(note);
    bench.consent(amara, Decision::Given).unwrap();
    let diary = bench.write(|w| homework::assign(w, amara, &homework("Sleep diary", None))).unwrap();
    bench.write(|w| homework::edit(w, diary, &homework("Sleep diary, mornings", None))).unwrap();
    bench.write(|w| homework::record_state(w, diary, HomeworkState::Done, "")).unwrap();
    bench.write(|w| summary::add_own(w, amara, Grouping::Next, "Ask about the rings")).unwrap();
    bench.write(|w| settings::set_practice(w, &Practice { usual_place: "Room 2".to_owned(), ..practice_of("Dr Ruth Adeyemi") })).unwrap();
    for act in [
        "addendum_begun",
        "addendum_approved",
        "note_entered_in_error",
        "consent_recorded",
        "homework_assigned",
        "homework_changed",
        "homework_state_recorded",
        "summary_changed",
        "practice_changed",
    ] {
        assert_eq!(bench.events(act), 1, "{act}");
    }
    assert_eq!(bench.chain(), bench.all_events());

    // What is refused leaves no event; what cannot be recorded does not happen.
    let before = bench.all_events();
    bench.write(|w| clients::add(w, &details(" "), ClientStatus::Active, true)).unwrap_err();
    assert_eq!(bench.all_events(), before);
    let stop = "CREATE TRIGGER no_trail BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'no trail'); END";
    bench.sql(stop, []).unwrap();
    bench.write(|w| clients::add(w, &details("Whitfield"), ClientStatus::Active, true)).unwrap_err();
    bench.write(|w| homework::record_state(w, diary, HomeworkState::NotDone, "")).unwrap_err();
    assert_eq!(bench.value::<i64>("SELECT count(*) FROM clients", []), 1);
    assert_eq!(bench.value::<String>("SELECT state FROM homework", []), "done");
    bench.sql("DROP TRIGGER no_trail", []).unwrap();

    bench.refused_in_sql("never changes", "UPDATE audit_events SET act = 'x' WHERE seq = 1", []);
    bench.refused_in_sql("never deleted", "DELETE FROM audit_events WHERE seq = 1", []);
    assert!(bench.sql("INSERT OR REPLACE INTO audit_events SELECT * FROM audit_events WHERE seq = 1", []).is_err());
}

#[test]
fn rule_12_a_read_of_a_profile_or_a_note_is_entered_in_the_trail_when_it_is_flushed() {
    let folder = tempfile::tempdir().unwrap();
    let (connections, kept) = bench::begin(folder.path());
    let mut bench = Bench::on(connections.writer, None);
    bench.write(|w| settings::set_up(w, &practice_of("Dr Ruth Adeyemi"))).unwrap();
    let amara = bench.client("Nwachukwu");
    let session = bench.book(&[amara], "2026-01-05 10:00");
    let note = bench.draft(session, "Spoke of the brother");
    let moment = bench.moment;
    drop((bench, connections.readers));

    let records = Records::new(bench::open(folder.path(), &kept).unwrap());
    let within = query(ClientFilter::Active, ClientSort::Name, 0, 9);
    for _ in 0..2 {
        records.read(moment, Veil::Open, |r| pages::client::profile(r, amara, &within)).unwrap();
        records.read(moment, Veil::Open, |r| page::of(r, note)).unwrap();
    }
    let mut ids = Uuid::nil;
    records.flush_reads(moment, &mut ids).unwrap();
    records.flush_reads(moment, &mut ids).unwrap();
    drop(records);
    let bench = Bench::on(bench::open(folder.path(), &kept).unwrap().writer, None);
    assert_eq!((bench.events("client_read"), bench.events("note_read")), (1, 1), "twice within the second is once");
    assert_eq!(bench.chain(), bench.all_events());
}

#[test]
fn rule_13_nothing_is_deleted_by_an_edit() {
    let mut bench = Bench::new();
    let agreement = agreed(&bench);
    let before = ClientDetails {
        phones: vec![ContactPoint { value: "020 7946 0958".to_owned(), remark: String::new() }],
        remark: "Referred by Dr Osei".to_owned(),
        ..details("Nwachukwu")
    };
    let amara = bench.write(|w| clients::add(w, &before, ClientStatus::Active, true)).unwrap();
    bench.write(|w| clients::edit(w, amara, &details("Reyes"), &agreement)).unwrap();
    let kept: String = bench.value("SELECT before FROM client_changes", []);
    assert!(kept.contains("020 7946 0958") && kept.contains("Dr Osei") && kept.contains("Nwachukwu"), "{kept}");

    let mother = contacts::ContactDetails {
        name: "Ada Nwachukwu".to_owned(),
        relationship: "Mother".to_owned(),
        emergency: true,
        phones: vec![ContactPoint { value: "020 7946 0111".to_owned(), remark: String::new() }],
        emails: Vec::new(),
        may_be_told: String::new(),
        release_until: None,
        confirmed_on: None,
    };
    let contact = bench.write(|w| contacts::add(w, amara, &mother, &agreement)).unwrap();
    bench.write(|w| contacts::remove(w, contact, &agreement)).unwrap();
    assert!(bench.read(|r| contacts::of(r, amara)).is_empty());
    assert_eq!(bench.value::<String>("SELECT name FROM contacts WHERE id = ?1", [contact.0]), "Ada Nwachukwu");

    let session = bench.book(&[amara], "2026-01-16 10:00");
    bench.write(|w| booking::move_to(w, session, &moved("2026-01-15 14:00"))).unwrap();
    assert_eq!(bench.value::<i64>("SELECT from_starts_at FROM session_moves", []), bench::at("2026-01-16 10:00").0);
    bench.attendance(session, Attendance::CancelledByTherapist);
    assert_eq!(bench.session(session).attendance, Attendance::CancelledByTherapist);

    let held = bench.book(&[amara], "2026-01-05 10:00");
    let note = bench.draft(held, "One thing");
    bench.write(|w| drafts::finish_writing(w, note)).unwrap();
    bench.write(|w| drafts::save(w, note, &free("Quite another"))).unwrap();
    bench.write(|w| drafts::finish_writing(w, note)).unwrap();
    assert_eq!(bench.value::<i64>("SELECT count(*) FROM note_versions WHERE note_id = ?1", [note.0]), 2);
    bench.write(|w| drafts::set_template(w, note, Template::Soap)).unwrap();
    let body: String = bench.value("SELECT body FROM note_drafts WHERE note_id = ?1", [note.0]);
    assert!(body.contains("Quite another"), "{body}");

    bench.write(|w| approval::approve(w, note)).unwrap();
    let addendum = bench.write(|w| addenda::begin(w, note)).unwrap();
    bench.write(|w| addenda::save(w, addendum, AddendumReason::LaterNews, "The flat is to be sold")).unwrap();
    bench.write(|w| addenda::discard(w, addendum)).unwrap();
    assert_eq!(bench.value::<String>("SELECT text FROM addenda WHERE id = ?1", [addendum.0]), "The flat is to be sold");

    let point = |text: &str| [PlanPoint { text: text.to_owned(), done: false }];
    bench.write(|w| plan::set(w, held, &point("The letter to her brother"))).unwrap();
    bench.write(|w| plan::set(w, held, &point("The flat"))).unwrap();
    let kept: String = bench.value("SELECT points FROM plan_versions WHERE session_id = ?1", [held.0]);
    assert_eq!(kept, r#"[{"text":"The letter to her brother","done":false}]"#);

    let diary = bench.write(|w| homework::assign(w, amara, &homework("Sleep diary", Some(day("2026-01-20"))))).unwrap();
    bench.write(|w| homework::record_state(w, diary, HomeworkState::Cancelled, "")).unwrap();
    assert_eq!(bench.read(|r| homework::one(r, diary)).events.len(), 2);
    let entry = bench.write(|w| summary::add_own(w, amara, Grouping::Next, "Ask about the rings")).unwrap();
    bench.write(|w| summary::drop_entry(w, entry, true)).unwrap();
    assert!(bench.read(|r| summary::editing(r, amara)).summary.entries.iter().any(|kept| kept.id == entry && kept.dropped));

    for (why, sql) in [
        ("never deleted", "DELETE FROM sessions"),
        ("never deleted", "DELETE FROM notes"),
        ("never deleted", "DELETE FROM session_moves"),
        ("never deleted", "DELETE FROM note_versions"),
        ("never deleted", "DELETE FROM clients"),
        ("never deleted", "DELETE FROM homework_events"),
        ("never deleted", "DELETE FROM addenda"),
        ("never deleted", "DELETE FROM plan_versions"),
        ("FOREIGN KEY", "DELETE FROM homework"),
    ] {
        bench.refused_in_sql(why, sql, []);
    }
}
