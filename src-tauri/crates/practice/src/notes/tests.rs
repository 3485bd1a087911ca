//! Notes through the core, and what the schema refuses whoever asks.

mod fixed;

use rusqlite::params;
use uuid::Uuid;

use super::addenda::AddendumReason;
use super::approval::{Candidate, ErrorReason, approve, mark_in_error, may_approve, undo_approval};
use super::drafts::{self, finish_writing, paragraph, save, save_paragraph, set_template};
use super::list::NotesFilter;
use super::page::{CannotApprove, NoteActKind};
use super::{
    NoteKind, NoteState, Section, SectionKind, Template, addenda, begin_process_note, begin_with_text_of, list, open_or_begin, page,
    search, usual_template,
};
use crate::error::{Error, Fault, Refusal, Result};
use crate::id::{ClientId, NoteId, SessionId};
use crate::sessions::{Attendance, SessionState};
use crate::testing::{Desk, at};
use crate::time::Instant;
use crate::words::{Veil, Veiled};

/// A desk with a practice and one client.
pub(crate) fn desk() -> Desk {
    let desk = Desk::new();
    practice(&desk, 30);
    client(&desk, 1, "Amara");
    desk
}

fn practice(desk: &Desk, undo_seconds: u32) {
    desk.conn()
        .execute(
            "INSERT INTO practice (only, therapist_name, zone, working_hours, undo_seconds, appearance)
             VALUES (1, 'Imogen Vale', 'Europe/London', '[]', ?1, '{}')",
            [undo_seconds],
        )
        .unwrap();
}

pub(crate) fn client(desk: &Desk, number: u128, first: &str) -> ClientId {
    let id = ClientId(Uuid::from_u128(number));
    desk.conn()
        .execute(
            "INSERT INTO clients (id, last_name, first_name, status, sort_key, search_key, created_at, changed_at)
             VALUES (?1, 'Nwachukwu', ?2, 'active', '', '', 0, 0)",
            params![id, first],
        )
        .unwrap();
    id
}

/// The keyboard rests: search finds what was typed.
fn rest(desk: &mut Desk) {
    let until = desk.moment.at;
    while desk.write(|w| drafts::index_one(w, until)).unwrap() {}
}

pub(crate) fn session(desk: &Desk, number: u128, start: &str, clients: &[u128]) -> SessionId {
    let id = SessionId(Uuid::from_u128(0x1000 + number));
    desk.conn()
        .execute(
            "INSERT INTO sessions (id, starts_at, zone, minutes, kind, booked_by, booked_at, created_at)
             VALUES (?1, ?2, 'Europe/London', 50, 'in_person', 'client', 0, 0)",
            params![id, at(start, chrono_tz::Europe::London)],
        )
        .unwrap();
    for (position, client) in (0_u32..).zip(clients) {
        desk.conn()
            .execute(
                "INSERT INTO session_participants (session_id, client_id, position) VALUES (?1, ?2, ?3)",
                params![id, ClientId(Uuid::from_u128(*client)), position],
            )
            .unwrap();
    }
    id
}

fn attendance(desk: &Desk, session: SessionId, attendance: &str) {
    let told = attendance.starts_with("cancelled").then_some(0);
    desk.conn().execute("UPDATE sessions SET attendance = ?2, told_at = ?3 WHERE id = ?1", params![session, attendance, told]).unwrap();
}

pub(crate) fn written(desk: &mut Desk, session: SessionId, text: &str) -> NoteId {
    desk.write(|w| {
        let id = open_or_begin(w, session, Template::Free)?;
        save(w, id, &[part(SectionKind::Text, text)])?;
        Ok(id)
    })
    .unwrap()
}

fn part(kind: SectionKind, text: &str) -> Section {
    Section { kind, text: text.to_owned() }
}

fn refused<T: std::fmt::Debug>(result: Result<T>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn shown(text: &Veiled) -> &str {
    match text {
        Veiled::Shown { text } => text,
        Veiled::Hidden => panic!("hidden"),
    }
}

fn text_of(desk: &Desk, note: NoteId) -> String {
    shown(&desk.read(|r| page::of(r, note)).unwrap().sections[0].text).to_owned()
}

fn state_of(desk: &Desk, session: SessionId) -> SessionState {
    desk.read(|r| crate::sessions::one(r, session)).unwrap().state
}

fn count(desk: &Desk, sql: &str) -> u32 {
    desk.conn().query_row(sql, [], |row| row.get(0)).unwrap()
}

fn events(desk: &Desk, act: &str) -> u32 {
    desk.conn().query_row("SELECT count(*) FROM audit_events WHERE act = ?1", [act], |row| row.get(0)).unwrap()
}

#[test]
fn approving_completes_the_session_and_locks_the_text() {
    let mut desk = desk();
    let session = session(&desk, 1, "2026-01-15 09:00", &[1]);
    let note = written(&mut desk, session, "He came early.");
    assert_eq!(state_of(&desk, session), SessionState::AwaitingApproval);
    let approved = desk.write(|w| approve(w, note)).unwrap();
    assert_eq!(approved.undo_until, desk.moment.at.plus_seconds(30));
    assert_eq!(state_of(&desk, session), SessionState::Completed);
    let page = desk.read(|r| page::of(r, note)).unwrap();
    let approval = page.approval.unwrap();
    assert!(approval.unchanged && approval.by == "Imogen Vale");
    assert_eq!((page.state, page.completed, page.cannot_approve), (NoteState::Approved, 1, None));
    assert_eq!(refused(desk.write(|w| save(w, note, &[part(SectionKind::Text, "other")]))), Refusal::NoteApproved);
    assert_eq!(refused(desk.write(|w| set_template(w, note, Template::Dap))), Refusal::NoteApproved);
    assert_eq!(refused(desk.write(|w| finish_writing(w, note))), Refusal::NoteApproved);
    assert_eq!(refused(desk.write(|w| approve(w, note))), Refusal::NoteApproved);
    assert_eq!((events(&desk, "note_approved"), events(&desk, "note_begun"), events(&desk, "note_version_written")), (1, 1, 1));
}

#[test]
fn each_reason_not_to_approve_is_said_in_its_order() {
    let now = Instant(1_000);
    let fine =
        Candidate { kind: NoteKind::Session, state: NoteState::Draft, attendance: Attendance::Unknown, starts_at: now, empty: false };
    assert_eq!(may_approve(&fine, now), Ok(()));
    let mut worst = Candidate {
        state: NoteState::EnteredInError,
        attendance: Attendance::CancelledByClient,
        starts_at: Instant(1_001),
        empty: true,
        ..fine
    };
    assert_eq!(may_approve(&worst, now), Err(Refusal::NoteInError));
    worst.state = NoteState::Approved;
    assert_eq!(may_approve(&worst, now), Err(Refusal::NoteApproved));
    worst.state = NoteState::Draft;
    assert_eq!(may_approve(&worst, now), Err(Refusal::SessionCancelled));
    worst.attendance = Attendance::NoShow;
    assert_eq!(may_approve(&worst, now), Err(Refusal::SessionNoShow));
    worst.attendance = Attendance::Attended;
    assert_eq!(may_approve(&worst, now), Err(Refusal::NotStarted));
    worst.starts_at = now;
    assert_eq!(may_approve(&worst, now), Err(Refusal::NoteEmpty));
    let no_show = Candidate { kind: NoteKind::NoShow, attendance: Attendance::NoShow, ..fine };
    assert_eq!(may_approve(&no_show, now), Ok(()));
    let process = Candidate { kind: NoteKind::Psychotherapy, attendance: Attendance::CancelledByTherapist, ..fine };
    assert_eq!(may_approve(&process, now), Ok(()));
}

#[test]
fn every_refusal_comes_through_the_core_and_stands_on_the_page() {
    let mut desk = desk();
    let past = session(&desk, 1, "2026-01-14 09:00", &[1]);
    let future = session(&desk, 2, "2026-01-16 09:00", &[1]);
    let empty = written(&mut desk, past, " \n\u{200b}\t");
    assert_eq!(refused(desk.write(|w| approve(w, empty))), Refusal::NoteEmpty);
    assert_eq!(desk.read(|r| page::of(r, empty)).unwrap().cannot_approve, Some(CannotApprove::NoteEmpty));
    let early = written(&mut desk, future, "To be.");
    assert_eq!(refused(desk.write(|w| approve(w, early))), Refusal::NotStarted);
    assert_eq!(desk.read(|r| page::of(r, early)).unwrap().cannot_approve, Some(CannotApprove::NotStarted));
    attendance(&desk, past, "no_show");
    assert_eq!(refused(desk.write(|w| approve(w, empty))), Refusal::SessionNoShow);
    attendance(&desk, past, "cancelled_by_client");
    assert_eq!(refused(desk.write(|w| approve(w, empty))), Refusal::SessionCancelled);
    assert_eq!(desk.read(|r| page::of(r, empty)).unwrap().cannot_approve, Some(CannotApprove::SessionCancelled));
    assert_eq!(count(&desk, "SELECT count(*) FROM approvals"), 0);
    attendance(&desk, future, "cancelled_by_client");
    let other = session(&desk, 3, "2026-01-13 09:00", &[1]);
    attendance(&desk, other, "cancelled_by_therapist");
    assert_eq!(refused(desk.write(|w| open_or_begin(w, other, Template::Dap))), Refusal::SessionCancelled);
}

#[test]
fn without_a_practice_nothing_is_approved() {
    let mut desk = Desk::new();
    client(&desk, 1, "Amara");
    let session = session(&desk, 1, "2026-01-14 09:00", &[1]);
    let note = written(&mut desk, session, "Words.");
    assert!(matches!(desk.write(|w| approve(w, note)), Err(Error::Fault(Fault::Program(_)))));
    assert_eq!(count(&desk, "SELECT count(*) FROM note_versions"), 0);
}

#[test]
fn an_approval_is_undone_within_its_seconds_and_not_after() {
    for seconds in [30, 120] {
        let mut desk = Desk::new();
        practice(&desk, seconds);
        client(&desk, 1, "Amara");
        let session = session(&desk, 1, "2026-01-14 09:00", &[1]);
        let note = written(&mut desk, session, "Words.");
        desk.write(|w| approve(w, note)).unwrap();
        desk.moment.at = desk.moment.at.plus_seconds(i64::from(seconds));
        desk.write(|w| undo_approval(w, note)).unwrap();
        assert_eq!(text_of(&desk, note), "Words.");
        let session = desk.read(|r| crate::sessions::one(r, session)).unwrap();
        assert_eq!((session.attendance, session.state), (Attendance::Unknown, SessionState::AwaitingApproval));
        assert_eq!(refused(desk.write(|w| undo_approval(w, note))), Refusal::NoteNotApproved);
        desk.write(|w| save(w, note, &[part(SectionKind::Text, "Words, mended.")])).unwrap();
        desk.write(|w| approve(w, note)).unwrap();
        desk.moment.at.0 += i64::from(seconds) * 1000 + 1;
        assert_eq!(refused(desk.write(|w| undo_approval(w, note))), Refusal::UndoTooLate);
        let direct = "INSERT INTO approval_undos (approval_id, at) SELECT id, undo_until + 1 FROM approvals ORDER BY rowid DESC LIMIT 1";
        assert!(desk.conn().execute(direct, []).is_err());
        let record: Vec<_> = desk.read(|r| page::of(r, note)).unwrap().record.iter().map(|act| act.act).collect();
        assert_eq!(record, [NoteActKind::Begun, NoteActKind::Approved, NoteActKind::ApprovalUndone, NoteActKind::Approved]);
        assert_eq!((events(&desk, "note_approved"), events(&desk, "approval_undone")), (2, 1));
    }
}

#[test]
fn the_attendance_recorded_before_an_approval_comes_back_with_its_undo() {
    let mut desk = desk();
    let session = session(&desk, 1, "2026-01-14 09:00", &[1]);
    attendance(&desk, session, "attended");
    let note = written(&mut desk, session, "Words.");
    desk.write(|w| approve(w, note)).unwrap();
    desk.write(|w| undo_approval(w, note)).unwrap();
    assert_eq!(desk.read(|r| crate::sessions::one(r, session)).unwrap().attendance, Attendance::Attended);
}

#[test]
fn a_no_shows_note_is_approved_and_completes_nothing() {
    let mut desk = desk();
    let session = session(&desk, 1, "2026-01-14 09:00", &[1]);
    let note = written(&mut desk, session, "Begun before.");
    attendance(&desk, session, "no_show");
    // Opening it again is to write the no-show's note.
    assert_eq!(desk.write(|w| open_or_begin(w, session, Template::Soap)).unwrap(), note);
    let awaiting = desk.read(|r| list::page(r, NotesFilter::AwaitingApproval, "", 0, 50)).unwrap();
    assert_eq!((awaiting.rows.len(), awaiting.awaiting_approval), (1, 1));
    desk.write(|w| approve(w, note)).unwrap();
    let page = desk.read(|r| page::of(r, note)).unwrap();
    assert_eq!((page.kind, page.session.state, page.completed), (NoteKind::NoShow, SessionState::NoShow, 0));
    assert!(desk.read(|r| crate::summary::of(r, ClientId(Uuid::from_u128(1)))).unwrap().entries.is_empty());
}

#[test]
fn a_process_note_stays_out_of_completion_search_list_and_summary() {
    let mut desk = desk();
    let session = session(&desk, 1, "2026-01-14 09:00", &[1]);
    let note = desk.write(|w| begin_process_note(w, session)).unwrap();
    assert_eq!(desk.write(|w| begin_process_note(w, session)).unwrap(), note);
    desk.write(|w| save(w, note, &[part(SectionKind::Text, "My own countertransference with her.")])).unwrap();
    desk.write(|w| approve(w, note)).unwrap();
    assert_eq!(state_of(&desk, session), SessionState::AwaitingApproval);
    assert_eq!(desk.read(|r| search::notes(r, "countertransference", 9)).unwrap().1.count, 0);
    assert_eq!(count(&desk, "SELECT count(*) FROM note_search"), 0);
    let listed = desk.read(|r| list::page(r, NotesFilter::Approved, "", 0, 50)).unwrap();
    assert_eq!((listed.approved, listed.not_begun), (0, 1));
    assert!(desk.read(|r| crate::summary::of(r, ClientId(Uuid::from_u128(1)))).unwrap().entries.is_empty());
}

#[test]
fn versions_are_made_when_writing_ends_and_form_a_chain() {
    let mut desk = desk();
    let session = session(&desk, 1, "2026-01-14 09:00", &[1]);
    let note = written(&mut desk, session, "One.");
    desk.write(|w| finish_writing(w, note)).unwrap();
    desk.write(|w| finish_writing(w, note)).unwrap();
    for text in ["Two.", "Three."] {
        desk.write(|w| save(w, note, &[part(SectionKind::Text, text)])).unwrap();
        desk.write(|w| finish_writing(w, note)).unwrap();
    }
    desk.write(|w| approve(w, note)).unwrap();
    assert_eq!(count(&desk, "SELECT count(*) FROM note_versions"), 3);
    chain_holds(&desk);
}

fn chain_holds(desk: &Desk) {
    let mut statement =
        desk.conn().prepare("SELECT note_id, body, sha256, previous_sha256 FROM note_versions ORDER BY note_id, number").unwrap();
    let rows = statement
        .query_map([], |row| {
            Ok((row.get::<_, NoteId>(0)?, row.get::<_, String>(1)?, row.get::<_, [u8; 32]>(2)?, row.get::<_, Option<[u8; 32]>>(3)?))
        })
        .unwrap();
    let mut last: Option<(NoteId, [u8; 32])> = None;
    for row in rows {
        let (note, body, sha256, previous) = row.unwrap();
        assert_eq!(super::store::sha256(&body), sha256);
        assert_eq!(previous, last.filter(|(of, _)| *of == note).map(|(_, sha)| sha));
        last = Some((note, sha256));
    }
}

#[test]
fn a_note_of_ten_megabytes_is_refused_and_the_draft_before_it_stays() {
    let mut desk = desk();
    let session = session(&desk, 1, "2026-01-14 09:00", &[1]);
    let note = written(&mut desk, session, "Kept.");
    let huge = "x".repeat(10_000_000);
    assert!(matches!(refused(desk.write(|w| save(w, note, &[part(SectionKind::Text, &huge)]))), Refusal::TooLong { most: 200_000, .. }));
    assert_eq!(text_of(&desk, note), "Kept.");
}

#[test]
fn hostile_text_comes_back_as_it_was_written_or_is_refused() {
    let mut desk = desk();
    let session = session(&desk, 1, "2026-01-14 09:00", &[1]);
    for text in [
        "<script>alert(1)</script> & \"quotes\" ' -- ; DROP TABLE notes",
        "  leading and trailing  \n\n",
        "e\u{301}cole \u{200f}שלום\u{200f} 👩‍👩‍👧 \u{2066}x\u{2069}",
        "[[not a match]] **bold** \\u0000 {\"kind\":\"plan\"}",
    ] {
        let note = written(&mut desk, session, text);
        assert_eq!(text_of(&desk, note), text);
    }
    let note = written(&mut desk, session, "Kept.");
    for bad in ["a\u{202e}b", "a\0b", "bell\u{7}"] {
        assert!(matches!(refused(desk.write(|w| save(w, note, &[part(SectionKind::Text, bad)]))), Refusal::Unshowable { .. }));
    }
    assert_eq!(text_of(&desk, note), "Kept.");
}

#[test]
fn another_template_keeps_every_word() {
    let mut desk = desk();
    let session = session(&desk, 1, "2026-01-14 09:00", &[1]);
    let note = desk.write(|w| open_or_begin(w, session, Template::Soap)).unwrap();
    let parts = [part(SectionKind::Subjective, "s"), part(SectionKind::Objective, "o"), part(SectionKind::Plan, "p")];
    desk.write(|w| save(w, note, &parts)).unwrap();
    for template in [Template::Dap, Template::Soap, Template::Dap, Template::Soap] {
        desk.write(|w| set_template(w, note, template)).unwrap();
    }
    let page = desk.read(|r| page::of(r, note)).unwrap();
    let texts: Vec<&str> = page.sections.iter().map(|section| shown(&section.text)).collect();
    assert_eq!(texts, ["s\n\no", "", "", "p"]);
    // A save that was still under way with the sections of the template before changes nothing.
    assert!(matches!(refused(desk.write(|w| save(w, note, &[part(SectionKind::Data, "late")]))), Refusal::OutOfRange { .. }));
}

#[test]
fn a_paragraph_is_written_by_itself_in_discreet_mode() {
    let mut desk = desk();
    let session = session(&desk, 1, "2026-01-14 09:00", &[1]);
    let note = written(&mut desk, session, "one\n\ntwo\n\nthree");
    desk.veil = Veil::Discreet;
    assert_eq!(desk.read(|r| paragraph(r, note, SectionKind::Text, 1)).unwrap(), "two");
    desk.write(|w| save_paragraph(w, note, SectionKind::Text, 1, "")).unwrap();
    desk.write(|w| save_paragraph(w, note, SectionKind::Text, 1, "2\n\nmore")).unwrap();
    desk.write(|w| save_paragraph(w, note, SectionKind::Text, 3, "four")).unwrap();
    let page = desk.read(|r| page::of(r, note)).unwrap();
    assert_eq!((&page.sections[0].text, page.sections[0].paragraphs), (&Veiled::Hidden, 4));
    desk.veil = Veil::Open;
    assert_eq!(text_of(&desk, note), "one\n\n2\nmore\n\nthree\n\nfour");
}

#[test]
fn an_addendum_is_approved_by_itself_and_then_fixed() {
    let mut desk = desk();
    let session = session(&desk, 1, "2026-01-14 09:00", &[1]);
    let note = written(&mut desk, session, "Words.");
    assert_eq!(refused(desk.write(|w| addenda::begin(w, note))), Refusal::NoteNotApproved);
    desk.write(|w| approve(w, note)).unwrap();
    let id = desk.write(|w| addenda::begin(w, note)).unwrap();
    assert_eq!(desk.write(|w| addenda::begin(w, note)).unwrap(), id);
    assert_eq!(refused(desk.write(|w| addenda::approve(w, id))), Refusal::NoteEmpty);
    desk.write(|w| addenda::save(w, id, AddendumReason::Correction, "Five hours, not six.")).unwrap();
    assert_eq!(refused(desk.write(|w| undo_approval(w, note))), Refusal::HasAddendum);
    desk.write(|w| addenda::approve(w, id)).unwrap();
    assert_eq!(refused(desk.write(|w| undo_approval(w, note))), Refusal::HasAddendum);
    assert_eq!(refused(desk.write(|w| addenda::save(w, id, AddendumReason::LeftOut, "x"))), Refusal::NoteApproved);
    assert_eq!(refused(desk.write(|w| addenda::discard(w, id))), Refusal::NoteApproved);
    let next = desk.write(|w| addenda::begin(w, note)).unwrap();
    desk.write(|w| addenda::save(w, next, AddendumReason::LaterNews, "The ferry was late.")).unwrap();
    desk.write(|w| addenda::discard(w, next)).unwrap();
    assert!(matches!(refused(desk.write(|w| addenda::save(w, next, AddendumReason::LeftOut, "x"))), Refusal::NotFound { .. }));
    assert_eq!(desk.read(|r| search::notes(r, "ferry", 9)).unwrap().1.count, 0);
    assert_eq!(count(&desk, "SELECT count(*) FROM addenda WHERE text = 'The ferry was late.'"), 1, "its words are kept");
    assert!(desk.conn().execute("DELETE FROM addenda", []).is_err());
    let page = desk.read(|r| page::of(r, note)).unwrap();
    assert_eq!((page.addenda.len(), page.addenda[0].number), (1, 1));
    assert_eq!(desk.read(|r| search::notes(r, "five", 9)).unwrap().1.count, 1);
    assert_eq!((events(&desk, "addendum_approved"), events(&desk, "addendum_discarded")), (1, 1));
}

#[test]
fn an_addendum_only_opened_does_not_stand_in_the_way_of_the_undo() {
    let mut desk = desk();
    let session = session(&desk, 1, "2026-01-14 09:00", &[1]);
    let note = written(&mut desk, session, "Words.");
    desk.write(|w| approve(w, note)).unwrap();
    desk.write(|w| addenda::begin(w, note)).unwrap();
    desk.write(|w| undo_approval(w, note)).unwrap();
    assert!(desk.read(|r| page::of(r, note)).unwrap().addenda.is_empty());
}

#[test]
fn a_note_entered_in_error_counts_for_nothing_and_can_be_begun_again() {
    let mut desk = desk();
    let session = session(&desk, 1, "2026-01-14 09:00", &[1]);
    let note = written(&mut desk, session, "Of someone else.");
    assert_eq!(refused(desk.write(|w| mark_in_error(w, note, ErrorReason::WrongClient, "x"))), Refusal::NoteNotApproved);
    desk.write(|w| approve(w, note)).unwrap();
    assert!(matches!(refused(desk.write(|w| mark_in_error(w, note, ErrorReason::WrongClient, " "))), Refusal::Empty { .. }));
    desk.write(|w| mark_in_error(w, note, ErrorReason::WrongClient, "Written about someone else.")).unwrap();
    assert_eq!(refused(desk.write(|w| mark_in_error(w, note, ErrorReason::Other, "x"))), Refusal::NoteInError);
    assert_eq!(refused(desk.write(|w| approve(w, note))), Refusal::NoteInError);
    assert_eq!(refused(desk.write(|w| undo_approval(w, note))), Refusal::NoteInError);
    assert_eq!(refused(desk.write(|w| addenda::begin(w, note))), Refusal::NoteInError);
    assert_eq!(state_of(&desk, session), SessionState::AwaitingApproval);
    assert_eq!(desk.read(|r| search::notes(r, "someone", 9)).unwrap().1.count, 0);
    let page = desk.read(|r| page::of(r, note)).unwrap();
    assert_eq!(text_of(&desk, note), "Of someone else.");
    assert!(page.error.unwrap().can_begin_again && page.completed == 0);
    let again = desk.write(|w| begin_with_text_of(w, note)).unwrap();
    assert_eq!(text_of(&desk, again), "Of someone else.");
    assert_eq!(refused(desk.write(|w| begin_with_text_of(w, note))), Refusal::SessionHasNote);
    assert_eq!(refused(desk.write(|w| begin_with_text_of(w, again))), Refusal::NoteNotApproved);
    desk.write(|w| approve(w, again)).unwrap();
    assert_eq!(state_of(&desk, session), SessionState::Completed);
}

#[test]
fn search_finds_by_prefix_without_accents_newest_first_and_marks_the_match() {
    let mut desk = desk();
    let first = session(&desk, 1, "2026-01-12 09:00", &[1]);
    let second = session(&desk, 2, "2026-01-14 09:00", &[1]);
    let old = written(&mut desk, first, "## Nights\n\nShe **sleeps** at the café.");
    let new = written(&mut desk, second, "Sleep is better; the diary helps.");
    rest(&mut desk);
    let (found, many) = desk.read(|r| search::notes(r, "sleep", 9)).unwrap();
    assert_eq!((found.iter().map(|f| f.note).collect::<Vec<_>>(), many.count, many.more), (vec![new, old], 2, false));
    assert_eq!(shown(&found[1].excerpt), "Nights She [[sleeps]] at the café.");
    assert_eq!(desk.read(|r| search::notes(r, "sleep cafe", 9)).unwrap().0[0].note, old);
    assert_eq!(desk.read(|r| search::notes(r, "sleep", 1)).unwrap().0.len(), 1);
    let of_client = desk.read(|r| search::matching_of(r, ClientId(Uuid::from_u128(1)), "diary")).unwrap();
    assert_eq!(of_client.keys().collect::<Vec<_>>(), [&new]);
    assert!(desk.read(|r| search::matching_of(r, ClientId(Uuid::from_u128(9)), "diary")).unwrap().is_empty());
    // The index follows the text.
    desk.write(|w| save(w, new, &[part(SectionKind::Text, "Changed.")])).unwrap();
    rest(&mut desk);
    assert_eq!(desk.read(|r| search::notes(r, "diary", 9)).unwrap().1.count, 0);
    desk.veil = Veil::Discreet;
    assert_eq!(desk.read(|r| search::notes(r, "sleep", 9)).unwrap().0[0].excerpt, Veiled::Hidden);
}

#[test]
fn search_finds_a_draft_when_the_keyboard_rests_or_writing_ends_or_the_note_is_approved() {
    let mut desk = desk();
    let many = |desk: &Desk| desk.read(|r| search::notes(r, "sleep", 9)).unwrap().1.count;
    let sessions: Vec<_> = (1..=3).map(|day| session(&desk, day, &format!("2026-01-0{day} 09:00"), &[1])).collect();
    let notes: Vec<_> = sessions.iter().map(|session| written(&mut desk, *session, "Sleep.")).collect();
    assert_eq!(many(&desk), 0);
    desk.write(|w| finish_writing(w, notes[0])).unwrap();
    assert_eq!(many(&desk), 1);
    desk.write(|w| approve(w, notes[1])).unwrap();
    assert_eq!(many(&desk), 2);
    let before = Instant(desk.moment.at.0 - 1);
    assert!(!desk.write(|w| drafts::index_one(w, before)).unwrap(), "it is still being typed");
    let typed = desk.moment;
    desk.moment.at = Instant(typed.at.0 - 3_600_000);
    let now = desk.moment.at;
    assert!(desk.read(|r| drafts::is_any_to_index(r, now)).unwrap(), "a clock that was set back keeps nothing from being found");
    rest(&mut desk);
    assert_eq!(many(&desk), 3);
    assert!(!desk.read(|r| drafts::is_any_to_index(r, typed.at)).unwrap());
}

#[test]
fn of_the_notes_found_the_one_begun_last_comes_first_whenever_its_session_was() {
    let mut desk = desk();
    let earlier = session(&desk, 1, "2026-01-12 09:00", &[1]);
    let later = session(&desk, 2, "2026-01-14 09:00", &[1]);
    let first = written(&mut desk, later, "Sleep is better.");
    let last = written(&mut desk, earlier, "Sleepless.");
    rest(&mut desk);
    let found = |find: &str| desk.read(|r| search::notes(r, find, 9)).unwrap().0.into_iter().map(|found| found.note).collect::<Vec<_>>();
    assert_eq!((found("sle"), found("sleep"), found("sleep better")), (vec![last, first], vec![last, first], vec![first]));
    let page = desk.read(|r| list::page(r, NotesFilter::AwaitingApproval, "sleep", 0, 9)).unwrap();
    assert_eq!(page.rows.iter().map(|row| row.session.id).collect::<Vec<_>>(), [earlier, later]);
}

#[test]
fn what_is_found_is_counted_to_a_hundred_and_given_to_the_last() {
    let mut desk = desk();
    for number in 1..=103 {
        let session = session(&desk, number, "2026-01-12 09:00", &[1]);
        let note = written(&mut desk, session, "Sleep.");
        desk.write(|w| approve(w, note)).unwrap();
    }
    let many = desk.read(|r| search::notes(r, "sleep", 6)).unwrap().1;
    assert_eq!((many.count, many.more), (100, true));
    let page = |offset| desk.read(|r| list::page(r, NotesFilter::Approved, "sleep", offset, 20)).unwrap();
    assert_eq!((page(0).rows.len(), page(0).total, page(0).approved_more), (20, 100, true));
    assert_eq!((page(100).rows.len(), page(100).total, page(100).approved_more), (3, 103, false));
}

#[test]
fn the_list_pages_and_counts_each_filter() {
    let mut desk = desk();
    for number in 1..=5 {
        let session = session(&desk, number, &format!("2026-01-0{number} 09:00"), &[1]);
        if number <= 4 {
            let note = written(&mut desk, session, if number % 2 == 0 { "Even sleep." } else { "Odd." });
            if number <= 2 {
                desk.write(|w| approve(w, note)).unwrap();
            }
        }
    }
    session(&desk, 6, "2026-01-16 09:00", &[1]);
    rest(&mut desk);
    let page = desk.read(|r| list::page(r, NotesFilter::AwaitingApproval, "", 0, 1)).unwrap();
    assert_eq!((page.rows.len(), page.total, page.not_begun, page.approved, page.approved_lately.len()), (1, 2, 1, 2, 2));
    let second = desk.read(|r| list::page(r, NotesFilter::AwaitingApproval, "", 1, 1)).unwrap();
    assert!(second.rows[0].session.starts_at < page.rows[0].session.starts_at);
    assert_eq!(desk.read(|r| list::page(r, NotesFilter::NotBegun, "", 0, 9)).unwrap().rows.len(), 1);
    let found = desk.read(|r| list::page(r, NotesFilter::Approved, "sleep", 0, 9)).unwrap();
    assert_eq!((found.total, found.awaiting_approval, found.not_begun, found.approved_lately.len()), (1, 1, 0, 0));
    assert_eq!(shown(found.rows[0].excerpt.as_ref().unwrap()), "Even [[sleep]].");
}

#[test]
fn the_usual_template_is_the_clients_last_else_anyones_else_soap() {
    let mut desk = desk();
    client(&desk, 2, "Yusuf");
    let sessions: Vec<_> = (1..=4).map(|n| session(&desk, n, &format!("2026-01-0{n} 09:00"), &[if n <= 2 { 1 } else { 2 }])).collect();
    assert_eq!(desk.read(|r| usual_template(r, sessions[0])).unwrap(), Template::Soap);
    desk.write(|w| open_or_begin(w, sessions[0], Template::Birp)).unwrap();
    assert_eq!(desk.read(|r| usual_template(r, sessions[2])).unwrap(), Template::Birp);
    desk.write(|w| open_or_begin(w, sessions[2], Template::Dap)).unwrap();
    assert_eq!(desk.read(|r| usual_template(r, sessions[1])).unwrap(), Template::Birp);
    assert_eq!(desk.read(|r| usual_template(r, sessions[3])).unwrap(), Template::Dap);
}
