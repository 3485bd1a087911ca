//! The schema as it is after every migration, and records that an older schema wrote.

use std::path::{Path, PathBuf};

use practice::consents::{self, ConsentState, Decision, Purpose};
use practice::homework;
use practice::notes::NoteState;
use practice::pages;
use practice::pages::list::{ClientFilter, ClientSort};
use practice::sessions::history::{self, HistoryFilter};
use practice::sessions::{Attendance, SessionState};
use practice::settings;
use practice::summary;
use practice::words::Veiled;

use crate::bench::{self, Bench, at, day, homework as assigned, practice_of, query};

fn in_core(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every statement of the schema, in an order of its own.
fn dump(bench: &Bench) -> String {
    let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL
                ORDER BY CASE type WHEN 'table' THEN 1 WHEN 'index' THEN 2 WHEN 'view' THEN 3 ELSE 4 END, name";
    let mut statement = bench.connection().prepare(sql).unwrap();
    let statements = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let head = "-- What the migrations lead to. Written by a test (ANTEROOM_WRITE_SCHEMA=1), never by hand.\n".to_owned();
    statements.fold(head, |text, statement| text + "\n" + &statement.unwrap() + ";\n")
}

#[test]
fn schema_sql_is_what_the_migrations_lead_to() {
    let (path, now) = (in_core("src/store/schema.sql"), dump(&Bench::in_memory()));
    if std::env::var_os("ANTEROOM_WRITE_SCHEMA").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        kept == now,
        "src/store/schema.sql is not what the migrations lead to. If the migration is meant, write it anew:\n\
         ANTEROOM_WRITE_SCHEMA=1 cargo test -p practice --test core schema_sql"
    );
}

const FIXTURE: &str = "../../../tests/fixtures/schema-1";
/// What the keyring keeps for the fixture, in which nobody is real.
const KEPT: &str = "keyring.txt";

/// Writes the records of schema 1: run once, by hand, while the newest schema is that one.
fn write_fixture(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    for old in ["practice.db", "vault.json", "anchor", KEPT] {
        let path = folder.join(old);
        if path.exists() {
            std::fs::remove_file(path).unwrap();
        }
    }
    let (connections, kept) = bench::begin(folder);
    std::fs::write(folder.join(KEPT), kept).unwrap();
    drop(connections.readers);
    let mut bench = Bench::on(connections.writer, None);
    bench.write(|w| settings::set_up(w, &practice_of("Dr Ruth Adeyemi"))).unwrap();
    let (amara, jo) = (bench.client("Nwachukwu"), bench.client("Wiśniewski"));
    let held = bench.book(&[amara], "2026-01-05 10:00");
    bench.approved(held, "Sleep has been poor since the move to the new flat in October. She keeps a diary of the nights.");
    let wrong = bench.book(&[amara, jo], "2026-01-06 10:00");
    let note = bench.approved(wrong, "Written of someone else.");
    bench.in_error(note);
    let missed = bench.book(&[jo], "2026-01-07 10:00");
    bench.attendance(missed, Attendance::NoShow);
    let drafted = bench.book(&[jo], "2026-01-08 10:00");
    bench.draft(drafted, "Half a sentence");
    bench.book(&[amara], "2026-01-22 10:00");
    bench.consent(amara, Decision::Given).unwrap();
    bench.consent(jo, Decision::Declined).unwrap();
    bench.write(|w| homework::assign(w, amara, &assigned("Sleep diary", Some(day("2026-01-10"))))).unwrap();
}

#[test]
fn records_of_schema_1_open_with_their_facts_unchanged() {
    let fixture = in_core(FIXTURE);
    if std::env::var_os("ANTEROOM_WRITE_FIXTURE").is_some() {
        write_fixture(&fixture);
    }
    let folder = tempfile::tempdir().unwrap();
    for name in ["vault.json", "practice.db"] {
        std::fs::copy(fixture.join(name), folder.path().join(name)).unwrap();
    }
    let kept = std::fs::read_to_string(fixture.join(KEPT)).unwrap();
    let opened = bench::open(folder.path(), kept.trim());
    let connections = opened.unwrap_or_else(|why| {
        panic!(
            "records of schema 1 do not open: {why}. A released migration never changes: add another. Only while no schema 1 is \
             released may they be written anew: ANTEROOM_WRITE_FIXTURE=1 cargo test -p practice --test core schema_1"
        )
    });
    drop(connections.readers);
    let mut bench = Bench::on(connections.writer, None);
    bench.ids_from(1_000_000);
    assert_eq!(bench.read(settings::practice).unwrap().therapist_name, "Dr Ruth Adeyemi");
    let rows = bench.read(|r| practice::pages::list::page(r, &query(ClientFilter::Active, ClientSort::Name, 0, 9))).rows;
    let (amara, jo) = (rows[0].id, rows[1].id);
    assert_eq!((rows[0].name.last.as_str(), rows[1].name.last.as_str()), ("Nwachukwu", "Wiśniewski"));
    let facts = bench.facts(amara);
    assert_eq!(facts.completed, 1);
    assert_eq!(facts.last_completed.unwrap().starts_at, at("2026-01-05 10:00"));
    assert_eq!(facts.next_booked.unwrap().starts_at, at("2026-01-22 10:00"));
    assert_eq!((facts.consent.state, facts.homework.overdue_days), (ConsentState::Given, Some(5)));
    assert_eq!(bench.facts(jo).consent.state, ConsentState::Declined);
    let past = bench.read(|r| history::of(r, jo, HistoryFilter::All, "")).rows;
    let states: Vec<SessionState> = past.iter().map(|row| row.session.state).collect();
    assert_eq!(states, [SessionState::AwaitingApproval, SessionState::NoShow, SessionState::AwaitingApproval]);
    let draft = bench.note(past[0].session.note.as_ref().unwrap().id);
    assert_eq!(draft.sections[0].text, Veiled::Shown { text: "Half a sentence".to_owned() });
    let summed = bench.read(|r| summary::of(r, amara));
    assert!(!summed.entries.is_empty() && summed.behind == 0);
    let held = bench.read(|r| history::of(r, amara, HistoryFilter::Completed, "diary")).rows.remove(0).session;
    let note = bench.note(held.note.unwrap().id);
    assert!(note.state == NoteState::Approved && note.approval.unwrap().unchanged);
    assert_eq!(bench.chain(), bench.all_events());

    // They can be worked with.
    bench.approved(past[0].session.id, "The whole sentence.");
    bench.consent(jo, Decision::Given).unwrap();
    assert_eq!(bench.read(|r| consents::history(r, jo, Purpose::AutomaticNoteTaking)).len(), 2);
    assert_eq!(bench.facts(jo).completed, 1);
    assert!(bench.read(|r| pages::find::of(r, "wisniewski")).clients.iter().any(|found| found.id == jo));
    assert_eq!(bench.chain(), bench.all_events());
}
