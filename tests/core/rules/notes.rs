//! What never changes in a note, what a summary cites, and that what is typed stays.

use practice::error::{Field, Refusal};
use practice::id::EntryId;
use practice::notes::addenda::{self, AddendumReason};
use practice::notes::approval::{self, ErrorReason};
use practice::notes::page::NoteActKind;
use practice::notes::{NoteState, drafts};
use practice::sessions::{Attendance, SessionState};
use practice::settings::{self, Practice};
use practice::summary::{self, Grouping};
use practice::words::Veiled;
use uuid::Uuid;

use crate::bench::{self, Bench, free, practice_of, refusal};

fn shown(text: &Veiled) -> &str {
    match text {
        Veiled::Shown { text } => text,
        Veiled::Hidden => "",
    }
}

#[test]
fn rule_4_an_approved_version_never_changes_and_its_undo_is_an_act_within_its_seconds() {
    let mut bench = Bench::new();
    let amara = bench.client("Nwachukwu");
    let session = bench.book(&[amara], "2026-01-05 10:00");
    let note = bench.approved(session, "Spoke of the brother");
    let version = bench.note(note).approval.unwrap().version;
    let bytes = |bench: &Bench| bench.value::<String>("SELECT body || hex(sha256) FROM note_versions WHERE id = ?1", [version.0]);
    let before = bytes(&bench);

    assert_eq!(refusal(bench.write(|w| drafts::save(w, note, &free("Something else")))), Refusal::NoteApproved);
    bench.refused_in_sql("never changes", "UPDATE note_versions SET body = '[]' WHERE id = ?1", [version.0]);
    bench.refused_in_sql("never deleted", "DELETE FROM note_versions WHERE id = ?1", [version.0]);
    let replace = "INSERT OR REPLACE INTO note_versions (id, note_id, number, body, sha256, written_at)
                   SELECT id, note_id, number, '[]', sha256, written_at FROM note_versions WHERE id = ?1";
    assert!(bench.sql(replace, [version.0]).is_err());
    bench.refused_in_sql("never changes", "UPDATE approvals SET approved_by = 'x' WHERE note_id = ?1", [note.0]);
    bench.refused_in_sql("never deleted", "DELETE FROM approvals WHERE note_id = ?1", [note.0]);
    let draft = "INSERT INTO note_drafts (note_id, body, saved_at) VALUES (?1, '[]', 0)";
    bench.refused_in_sql("has no draft", draft, [note.0]);

    // Within 30 seconds: an act of its own, and both stay in the trail.
    bench.pass(30);
    bench.write(|w| approval::undo_approval(w, note)).unwrap();
    assert_eq!((bench.events("note_approved"), bench.events("approval_undone")), (1, 1));
    assert_eq!(bench.note(note).state, NoteState::Draft);
    assert_eq!(bench.session(session).attendance, Attendance::Unknown);
    let acts: Vec<NoteActKind> = bench.note(note).record.iter().map(|act| act.act).collect();
    assert_eq!(acts, [NoteActKind::Begun, NoteActKind::Approved, NoteActKind::ApprovalUndone]);

    // A moment later than that it is too late, for the core and for the schema.
    bench.write(|w| drafts::save(w, note, &free("Spoke of the brother, at length"))).unwrap();
    bench.write(|w| approval::approve(w, note)).unwrap();
    bench.moment.at.0 += 30_001;
    assert_eq!(refusal(bench.write(|w| approval::undo_approval(w, note))), Refusal::UndoTooLate);
    let undo = "INSERT INTO approval_undos (approval_id, at) SELECT id, ?2 FROM approvals WHERE note_id = ?1 ORDER BY rowid DESC LIMIT 1";
    bench.refused_in_sql("has passed", undo, (note.0, bench.moment.at.0));
    // Up to two minutes if set, and no longer.
    let with = |undo_seconds| Practice { undo_seconds, ..practice_of("Dr Ruth Adeyemi") };
    assert_eq!(refusal(bench.write(|w| settings::set_practice(w, &with(121)))), Refusal::OutOfRange { field: Field::UndoSeconds });
    bench.refused_in_sql("CHECK", "UPDATE practice SET undo_seconds = 121", []);
    bench.write(|w| settings::set_practice(w, &with(120))).unwrap();

    // What comes later is an addendum, approved by itself, and never changed after.
    let addendum = bench.write(|w| addenda::begin(w, note)).unwrap();
    bench.write(|w| addenda::save(w, addendum, AddendumReason::LeftOut, "He rang on Sunday")).unwrap();
    bench.write(|w| addenda::approve(w, addendum)).unwrap();
    assert_eq!(refusal(bench.write(|w| addenda::save(w, addendum, AddendumReason::LeftOut, "x"))), Refusal::NoteApproved);
    bench.refused_in_sql("never changes", "UPDATE addenda SET text = 'x' WHERE id = ?1", [addendum.0]);
    bench.refused_in_sql("never deleted", "DELETE FROM addenda WHERE id = ?1", [addendum.0]);

    // Entered in error: with a reason, still readable, and the session waits again.
    let blank = bench.write(|w| approval::mark_in_error(w, note, ErrorReason::WrongClient, "  "));
    assert_eq!(refusal(blank), Refusal::Empty { field: Field::Reason });
    let mark = "INSERT INTO note_errors (note_id, at, marked_by, reason_kind, reason) VALUES (?1, 0, 'R', 'other', ' ')";
    bench.refused_in_sql("CHECK", mark, [note.0]);
    bench.in_error(note);
    let page = bench.note(note);
    assert_eq!((page.state, shown(&page.sections[0].text)), (NoteState::EnteredInError, "Spoke of the brother, at length"));
    assert_eq!(shown(&page.error.unwrap().reason), "Written under the wrong day");
    assert_eq!(bench.state(session), SessionState::AwaitingApproval);
    bench.refused_in_sql("never changes", "UPDATE note_errors SET reason = 'x' WHERE note_id = ?1", [note.0]);
    assert_eq!(bytes(&bench), before);
}

const TELLING: &str = "Sleep has been poor since the move to the new flat in October.\n\n\
    She keeps a diary of the nights and brings it along each week.\n\n\
    Arguments with her brother about the inheritance keep her awake.";

#[test]
fn rule_7_a_summary_cites_approved_versions_only_and_falls_behind() {
    let mut bench = Bench::new();
    let amara = bench.client("Nwachukwu");
    let [first, second, third] = ["2026-01-05 10:00", "2026-01-06 10:00", "2026-01-07 10:00"].map(|start| bench.book(&[amara], start));
    let draft = bench.draft(third, TELLING);
    bench.write(|w| drafts::finish_writing(w, draft)).unwrap();
    assert!(bench.read(|r| summary::of(r, amara)).entries.is_empty(), "a draft is not summed up");
    let note = bench.approved(first, TELLING);
    let of = |bench: &Bench| bench.read(|r| summary::of(r, amara));
    let summed = of(&bench);
    assert!(!summed.entries.is_empty());
    assert_eq!(summed.behind, 0);
    let approved = bench.note(note).approval.unwrap().version;
    assert!(summed.entries.iter().all(|entry| !entry.sources.is_empty()), "{:?}", summed.entries);
    let others = "UPDATE summary_sources SET position = position WHERE version_id <> ?1";
    assert_eq!(bench.sql(others, [approved.0]).unwrap(), 0, "no other version is cited");

    // A newer approval, and an addendum, leave it behind until it is brought up to date.
    bench.approved(second, "The diary shows four good nights after the letter to her brother.");
    assert_eq!(of(&bench).behind, 1);
    bench.write(|w| summary::bring_up_to_date(w, amara)).unwrap();
    assert_eq!(of(&bench).behind, 0);
    let addendum = bench.write(|w| addenda::begin(w, note)).unwrap();
    bench.write(|w| addenda::save(w, addendum, AddendumReason::LaterNews, "The flat is to be sold.")).unwrap();
    assert_eq!(of(&bench).behind, 0, "an addendum counts once it is approved");
    bench.write(|w| addenda::approve(w, addendum)).unwrap();
    assert_eq!(of(&bench).behind, 1);
    bench.write(|w| summary::bring_up_to_date(w, amara)).unwrap();
    assert_eq!(of(&bench).behind, 0);

    // The therapist can edit every entry, and add their own.
    let edited: Vec<EntryId> = of(&bench).entries.iter().map(|entry| entry.id).collect();
    for entry in &edited {
        bench.write(|w| summary::edit_entry(w, *entry, "In my words")).unwrap();
    }
    bench.write(|w| summary::add_own(w, amara, Grouping::Standing, "My own sentence")).unwrap();
    bench.write(|w| summary::bring_up_to_date(w, amara)).unwrap();
    let entries = of(&bench).entries;
    assert!(entries.iter().any(|entry| entry.sources.is_empty() && shown(&entry.text) == "My own sentence"));
    assert!(entries.iter().filter(|entry| edited.contains(&entry.id)).all(|entry| shown(&entry.text) == "In my words"));

    // Past the core no source but an approved version is taken.
    let cite = "INSERT INTO summary_sources (entry_id, position, version_id, quote)
                SELECT ?1, 90, id, 'x' FROM note_versions WHERE note_id = ?2";
    bench.refused_in_sql("approved versions only", cite, (entries[0].id.0, draft.0));
    bench.in_error(note);
    bench.refused_in_sql("approved versions only", cite, (entries[0].id.0, note.0));
    // A note entered in error leaves it behind, and what rests on it alone is marked.
    let marked = of(&bench);
    assert_eq!(marked.behind, 1);
    for entry in &marked.entries {
        assert_eq!(entry.in_error, !entry.sources.is_empty() && entry.sources.iter().all(|source| source.note == note), "{entry:?}");
    }
    assert!(marked.entries.iter().any(|entry| entry.in_error));
    bench.write(|w| summary::bring_up_to_date(w, amara)).unwrap();
    assert_eq!(of(&bench).behind, 0);
}

#[test]
fn rule_14_what_is_typed_is_on_the_disk_as_it_was_typed_when_saving_returns() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("records");
    let (connections, kept) = bench::begin(&there);
    let mut bench = Bench::on(connections.writer, None);
    bench.write(|w| settings::set_up(w, &practice_of("Dr Ruth Adeyemi"))).unwrap();
    assert_eq!(bench.value::<i64>("PRAGMA synchronous", []), 2, "full: a write returns when it is on the disk");
    assert_eq!(bench.value::<String>("PRAGMA journal_mode", []), "wal");
    let amara = bench.client("Nwachukwu");
    let session = bench.book(&[amara], "2026-01-05 10:00");
    let mut note = None;
    for typed in ["S", "Slept  ", "Slept  badly,\n\n  and then e\u{301}"] {
        note = Some(bench.draft(session, typed));
        // As a kill would leave it: the files as they lie, taken while the records are open.
        let killed = tempfile::tempdir().unwrap();
        for name in ["vault.json", "practice.db", "practice.db-wal"] {
            std::fs::copy(there.join(name), killed.path().join(name)).unwrap();
        }
        let reopened = Bench::on(bench::open(killed.path(), &kept).unwrap().writer, None);
        let page = reopened.note(note.unwrap());
        assert_eq!((page.state, shown(&page.sections[0].text)), (NoteState::Draft, typed));
    }
    // And it outlives a lock: the records closed and opened again.
    drop((bench, connections.readers));
    let reopened = Bench::on(bench::open(&there, &kept).unwrap().writer, None);
    assert_eq!(shown(&reopened.note(note.unwrap()).sections[0].text), "Slept  badly,\n\n  and then e\u{301}");
    let body: Uuid = reopened.value("SELECT note_id FROM note_drafts", []);
    assert_eq!(body, note.unwrap().0);
}
