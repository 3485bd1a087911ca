//! When a session is completed, what approving needs, last and next session, the start of therapy, process notes.

use practice::error::Refusal;
use practice::notes::{self, NoteKind, NoteState, approval, drafts};
use practice::pages;
use practice::sessions::booking;
use practice::sessions::history::{self, HistoryFilter};
use practice::sessions::{Attendance, BookedBy, SessionState};
use practice::summary;
use uuid::Uuid;

use crate::bench::{Bench, NOW, at, day, details, free, new_session, refusal};

#[test]
fn rule_1_a_session_is_completed_if_and_only_if_attended_started_and_approved() {
    let mut bench = Bench::new();
    let amara = bench.client("Nwachukwu");
    let to_come = bench.book(&[amara], "2026-01-16 10:00");
    let running = bench.book(&[amara], "2026-01-15 11:00");
    let bare = bench.book(&[amara], "2026-01-05 10:00");
    let drafted = bench.book(&[amara], "2026-01-06 10:00");
    let attended = bench.book(&[amara], "2026-01-07 10:00");
    let held = bench.book(&[amara], "2026-01-08 10:00");
    let missed = bench.book(&[amara], "2026-01-09 10:00");
    let called_off = bench.book(&[amara], "2026-01-10 10:00");
    bench.draft(to_come, "Plan for the session");
    bench.draft(drafted, "Spoke of the move");
    bench.attendance(attended, Attendance::Attended);
    let note = bench.approved(held, "Spoke of the brother");
    bench.attendance(missed, Attendance::NoShow);
    bench.approved(missed, "Did not come, rang twice");
    bench.attendance(called_off, Attendance::CancelledByTherapist);

    let states = [
        (to_come, SessionState::Upcoming),
        (running, SessionState::InProgress),
        (bare, SessionState::AwaitingApproval),
        (drafted, SessionState::AwaitingApproval),
        (attended, SessionState::AwaitingApproval),
        (held, SessionState::Completed),
        (missed, SessionState::NoShow),
        (called_off, SessionState::Cancelled),
    ];
    for (session, state) in states {
        assert_eq!(bench.state(session), state);
    }
    // Everywhere at once: profile, list, history.
    assert_eq!(bench.facts(amara).completed, 1);
    assert_eq!(bench.row(amara).last_completed, Some(at("2026-01-08 10:00")));
    let completed = bench.read(|r| history::of(r, amara, HistoryFilter::Completed, ""));
    assert_eq!(completed.rows.iter().map(|row| row.session.id).collect::<Vec<_>>(), [held]);

    // Nothing of it is stored, and what it follows from cannot be turned by hand.
    assert_eq!(bench.value::<i64>("SELECT count(*) FROM pragma_table_info('sessions') WHERE name LIKE '%complet%'", []), 0);
    bench.refused_in_sql("follows its approval", "UPDATE notes SET state = 'approved' WHERE session_id = ?1", [drafted.0]);
    bench.refused_in_sql("follows its approval", "UPDATE notes SET state = 'draft' WHERE id = ?1", [note.0]);
    bench.refused_in_sql("does not move", "UPDATE sessions SET attendance = 'no_show' WHERE id = ?1", [held.0]);
    bench.refused_in_sql("does not move", "UPDATE sessions SET starts_at = starts_at + 9000000000 WHERE id = ?1", [held.0]);
    bench.refused_in_sql(
        "begins as a draft",
        "INSERT INTO notes (id, kind, session_id, template, state, begun_at) VALUES (?1, 'session', ?2, 'free', 'approved', 0)",
        (Uuid::from_u128(1), bare.0),
    );

    // A clock that was set back: it has not started.
    bench.now("2026-01-08 09:59");
    assert_ne!(bench.state(held), SessionState::Completed);
    assert_eq!(bench.facts(amara).completed, 0);
    bench.now(NOW);
    bench.in_error(note);
    assert_eq!(bench.state(held), SessionState::AwaitingApproval);
    assert_eq!(bench.facts(amara).completed, 0);
}

#[test]
fn rule_2_approval_is_refused_for_an_empty_note_a_future_or_cancelled_session_and_a_no_show() {
    let mut bench = Bench::new();
    let amara = bench.client("Nwachukwu");
    let session = bench.book(&[amara], "2026-01-05 10:00");
    let to_come = bench.book(&[amara], "2026-01-16 10:00");
    let called_off = bench.book(&[amara], "2026-01-06 10:00");
    let missed = bench.book(&[amara], "2026-01-07 10:00");
    let empty = bench.draft(session, " \n\u{200B}\t ");
    let early = bench.draft(to_come, "What is known already");
    let off = bench.draft(called_off, "Begun before it was called off");
    let gone = bench.draft(missed, "Begun before the hour was over");
    for note in [early, off, gone] {
        bench.write(|w| drafts::finish_writing(w, note)).unwrap();
    }
    bench.attendance(called_off, Attendance::CancelledByTherapist);

    assert_eq!(refusal(bench.write(|w| approval::approve(w, empty))), Refusal::NoteEmpty);
    assert_eq!(refusal(bench.write(|w| approval::approve(w, early))), Refusal::NotStarted);
    assert_eq!(refusal(bench.write(|w| approval::approve(w, off))), Refusal::SessionCancelled);
    assert!(bench.value::<i64>("SELECT count(*) FROM approvals", []) == 0);

    // The same past the core. The no-show keeps its note as a session's only where the core is gone round.
    bench.sql("UPDATE sessions SET attendance = 'no_show' WHERE id = ?1", [missed.0]).unwrap();
    assert_eq!(refusal(bench.write(|w| approval::approve(w, gone))), Refusal::SessionNoShow);
    let blank = r#"[{"kind":"text","text":" \n\t "}]"#;
    let version = "INSERT INTO note_versions (id, note_id, number, body, sha256, written_at) VALUES (?1, ?1, 1, ?2, zeroblob(32), 0)";
    bench.sql(version, (empty.0, blank)).unwrap();
    let approve =
        "INSERT INTO approvals (id, note_id, version_id, sha256, approved_at, approved_by, attestation, attended_before, undo_until)
                   SELECT randomblob(16), note_id, id, sha256, ?2, 'R', 'I held it', 'unknown', ?2 + 30000
                     FROM note_versions WHERE note_id = ?1 ORDER BY number DESC LIMIT 1";
    let now = bench.moment.at.0;
    bench.refused_in_sql("an empty note", approve, (empty.0, now));
    bench.refused_in_sql("in the future", approve, (early.0, now));
    bench.refused_in_sql("that was held", approve, (off.0, now));
    bench.refused_in_sql("that was held", approve, (gone.0, now));

    // Approving attests attendance.
    assert_eq!(bench.session(session).attendance, Attendance::Unknown);
    bench.approved(session, "Came, and spoke of the brother");
    assert_eq!(bench.session(session).attendance, Attendance::Attended);

    // A no-show can carry an approved note of its own, which does not complete it.
    let other = bench.book(&[amara], "2026-01-08 10:00");
    bench.attendance(other, Attendance::NoShow);
    let note = bench.approved(other, "Did not come");
    assert_eq!((bench.note(note).kind, bench.note(note).state), (NoteKind::NoShow, NoteState::Approved));
    assert_eq!(bench.state(other), SessionState::NoShow);
    assert_eq!(bench.facts(amara).completed, 1);
}

#[test]
fn rule_3_last_completed_and_next_booked_are_the_latest_and_the_earliest_that_count() {
    let mut bench = Bench::new();
    let amara = bench.client("Nwachukwu");
    let first = bench.book(&[amara], "2026-01-05 10:00");
    let second = bench.book(&[amara], "2026-01-06 10:00");
    let third = bench.book(&[amara], "2026-01-07 10:00");
    // Approved out of order: what counts is when they were held.
    bench.approved(second, "The second");
    bench.pass(60);
    bench.approved(first, "The first");
    bench.draft(third, "Not approved");
    let called_off = bench.book(&[amara], "2026-01-15 12:00");
    bench.book(&[amara], NOW);
    let mut by_client = new_session(&[amara], "2026-01-16 10:00");
    by_client.booked_by = BookedBy::Client;
    let next = bench.write(|w| booking::book(w, &by_client)).unwrap();
    bench.book(&[amara], "2026-01-23 10:00");
    bench.attendance(called_off, Attendance::CancelledLateByClient);

    let facts = bench.facts(amara);
    assert_eq!(facts.last_completed.map(|last| last.session), Some(second));
    let booked = facts.next_booked.unwrap();
    assert_eq!((booked.session, booked.booked_by), (next, BookedBy::Client));
    let row = bench.row(amara);
    assert_eq!((row.last_completed, row.next_booked), (Some(at("2026-01-06 10:00")), Some(at("2026-01-16 10:00"))));
    assert_eq!(row.next_booked_by, Some(BookedBy::Client));

    // After now, not at it.
    bench.now("2026-01-16 10:00");
    assert_eq!(bench.facts(amara).next_booked.map(|next| next.starts_at), Some(at("2026-01-23 10:00")));
}

#[test]
fn rule_10_the_start_of_therapy_is_the_therapists_entry_or_else_derived_and_said_to_be() {
    let mut bench = Bench::new();
    let amara = bench.client("Nwachukwu");
    assert!(bench.facts(amara).started.is_none());
    let later = bench.book(&[amara], "2026-01-09 10:00");
    bench.approved(later, "The second");
    let first = bench.book(&[amara], "2026-01-05 10:00");
    bench.draft(first, "Not approved yet");
    let started = bench.facts(amara).started.unwrap();
    assert_eq!((started.on, started.derived), (day("2026-01-09"), true));
    bench.approved(first, "The first");
    let started = bench.facts(amara).started.unwrap();
    assert_eq!((started.on, started.derived), (day("2026-01-05"), true));
    assert_eq!((bench.row(amara).started, bench.row(amara).started_derived), (Some(day("2026-01-05")), true));

    let entered = practice::clients::ClientDetails { started: Some(day("2024-03-01")), ..details("Nwachukwu") };
    let agreement = practice::clients::Agreement { how: practice::clients::AgreedHow::Correction, on: bench.moment.today() };
    bench.write(|w| practice::clients::edit(w, amara, &entered, &agreement)).unwrap();
    let started = bench.facts(amara).started.unwrap();
    assert_eq!((started.on, started.derived), (day("2024-03-01"), false));
    assert!(!bench.row(amara).started_derived);
}

#[test]
fn rule_11_psychotherapy_notes_never_decide_completion() {
    let mut bench = Bench::new();
    let amara = bench.client("Nwachukwu");
    let session = bench.book(&[amara], "2026-01-05 10:00");
    bench.attendance(session, Attendance::Attended);
    let private = bench
        .write(|w| {
            let note = notes::begin_process_note(w, session)?;
            drafts::save(w, note, &free("My own irritation with the cormorant"))?;
            approval::approve(w, note)?;
            Ok(note)
        })
        .unwrap();
    assert_eq!(bench.note(private).state, NoteState::Approved);
    assert_eq!(bench.state(session), SessionState::AwaitingApproval);
    assert_eq!((bench.facts(amara).completed, bench.row(amara).last_completed), (0, None));
    assert!(bench.session(session).note.is_none());
    // Nor is it found, nor summed up.
    assert!(bench.read(|r| notes::search::notes(r, "cormorant", 9)).0.is_empty());
    assert!(bench.read(|r| pages::find::of(r, "cormorant")).notes.is_empty());
    let indexed = "SELECT count(*) FROM note_search WHERE note_search MATCH 'cormorant'";
    assert_eq!(bench.value::<i64>(indexed, []), 0, "not even the index holds it");
    assert!(bench.read(|r| summary::of(r, amara)).entries.is_empty());
    // It becomes no session note, and no session note stands where one does.
    bench.refused_in_sql("only a draft", "UPDATE notes SET kind = 'session' WHERE id = ?1", [private.0]);
    bench.approved(session, "What the client told");
    assert_eq!(bench.state(session), SessionState::Completed);
    bench.refused_in_sql(
        "UNIQUE",
        "INSERT INTO notes (id, kind, session_id, template, begun_at) VALUES (?1, 'session', ?2, 'free', 0)",
        (Uuid::from_u128(1), session.0),
    );
}
