//! The screens, made of a small practice on Thursday 15 January 2026, 11:12 in London.

use super::client::{details, profile};
use super::list::{ClientFilter, ClientQuery, ClientSort};
use super::session::{note_screen, of as session_page};
use super::today::of as today;
use super::*;
use crate::clients::contacts::{self, ContactDetails};
use crate::clients::{self, AgreedHow, Agreement, ClientDetails, ClientStatus};
use crate::consents::{AssertedBy, ConsentState, Decision, How, NewConsent};
use crate::error::{Error, Refusal};
use crate::homework::{HomeworkState, NewHomework, Repeats};
use crate::id::HomeworkId;
use crate::notes::{Section, SectionKind, Template, approval, drafts, open_or_begin};
use crate::sessions::booking::{self, Cancellation, Move, MoveScope, NewSession, Start};
use crate::sessions::{Attendance, SessionKind};
use crate::settings::Practice;
use crate::testing::{Desk, at, day};
use crate::words::Veil;

const LONDON: chrono_tz::Tz = chrono_tz::Europe::London;

fn desk() -> Desk {
    let mut desk = Desk::new();
    let practice = Practice { usual_place: "Room 2".to_owned(), is_sample: true, ..Practice::of("Maren Holt", "Europe/London") };
    desk.write(|w| settings::set_up(w, &practice)).unwrap();
    desk
}

fn client(desk: &mut Desk, first: &str, last: &str) -> ClientId {
    let phones = vec![clients::ContactPoint { value: "+44 7700 900142".to_owned(), remark: String::new() }];
    let details = ClientDetails { phones, ..ClientDetails::named(last, first) };
    desk.write(|w| clients::add(w, &details, ClientStatus::Active, true)).unwrap()
}

fn start(local: &str) -> Start {
    let (date, time) = local.split_once(' ').unwrap();
    Start { date: day(date), time: time.to_owned(), zone: None, later: None }
}

fn book_times(desk: &mut Desk, who: &[ClientId], local: &str, repeat_times: Option<u32>) -> SessionId {
    let new = NewSession {
        participants: who.to_vec(),
        start: start(local),
        minutes: 50,
        kind: SessionKind::InPerson,
        place: String::new(),
        booked_by: BookedBy::Client,
        booking_source: String::new(),
        repeat_times,
    };
    desk.write(|w| booking::book(w, &new)).unwrap()
}

fn book(desk: &mut Desk, who: &[ClientId], local: &str) -> SessionId {
    book_times(desk, who, local, None)
}

fn draft(desk: &mut Desk, session: SessionId, said: &str, plan: &str) -> NoteId {
    let text = |kind, text: &str| Section { kind, text: text.to_owned() };
    desk.write(|w| {
        let note = open_or_begin(w, session, Template::Soap)?;
        let sections = [
            text(SectionKind::Subjective, said),
            text(SectionKind::Objective, ""),
            text(SectionKind::Assessment, ""),
            text(SectionKind::Plan, plan),
        ];
        drafts::save(w, note, &sections)?;
        Ok(note)
    })
    .unwrap()
}

/// Books a session and approves its note.
fn held(desk: &mut Desk, who: &[ClientId], local: &str, said: &str, plan: &str) -> (SessionId, NoteId) {
    let session = book(desk, who, local);
    let note = draft(desk, session, said, plan);
    desk.write(|w| approval::approve(w, note)).unwrap();
    (session, note)
}

fn cancel(desk: &mut Desk, session: SessionId) {
    let cancellation = Cancellation { attendance: Attendance::CancelledByTherapist, told_at: None, remark: String::new() };
    desk.write(|w| booking::cancel(w, session, &cancellation)).unwrap();
}

fn assign(desk: &mut Desk, client: ClientId, text: &str, due_on: Option<&str>) -> HomeworkId {
    let new = NewHomework {
        text: text.to_owned(),
        detail: String::new(),
        session: None,
        due_on: due_on.map(day),
        repeats: Repeats::Once,
        times: None,
    };
    desk.write(|w| homework::assign(w, client, &new)).unwrap()
}

fn consent(desk: &mut Desk, client: ClientId, decision: Decision) {
    let new = NewConsent {
        purpose: Purpose::AutomaticNoteTaking,
        decision,
        asserted_by: AssertedBy::Client,
        how: How::InSession,
        discussed_on: day("2026-01-08"),
        form_version: String::new(),
        session: None,
        remark: String::new(),
    };
    desk.write(|w| consents::record(w, client, &new)).unwrap();
}

fn everyone() -> ClientQuery {
    ClientQuery { filter: ClientFilter::Active, sort: ClientSort::Name, descending: false, find: String::new(), offset: 0, limit: 50 }
}

fn in_words(text: &str) -> Veiled {
    Veiled::Shown { text: text.to_owned() }
}

fn shown(text: &str) -> Option<Veiled> {
    Some(in_words(text))
}

fn points(plan: &[client::Point]) -> Vec<Veiled> {
    plan.iter().map(|point| point.text.clone()).collect()
}

fn events(desk: &Desk, act: &str) -> i64 {
    desk.conn().query_row("SELECT count(*) FROM audit_events WHERE act = ?1", [act], |row| row.get(0)).unwrap()
}

#[test]
fn today_shows_the_day_in_order_with_what_is_past_and_what_was_cancelled() {
    let mut desk = desk();
    let (amara, yusuf) = (client(&mut desk, "Amara", "Nwachukwu-Reyes"), client(&mut desk, "Yusuf", "al-Khatib"));
    book(&mut desk, &[amara], "2026-01-14 12:00");
    let called_off = book(&mut desk, &[yusuf], "2026-01-15 16:30");
    cancel(&mut desk, called_off);
    let later = book(&mut desk, &[amara], "2026-01-15 14:00");
    let past = book(&mut desk, &[yusuf], "2026-01-15 09:00");
    let midnight = book(&mut desk, &[yusuf], "2026-01-16 00:00");
    let page = desk.read(today).unwrap();
    let shown: Vec<_> = page.slots.iter().map(|slot| (slot.session.id, slot.next)).collect();
    assert_eq!(shown, [(past, false), (later, true), (called_off, false)]);
    assert_eq!((page.date, page.no_clients), (day("2026-01-15"), false));
    assert!(page.slots.iter().all(|slot| slot.session.id != midnight));
}

#[test]
fn the_session_in_progress_comes_before_the_next_one() {
    let mut desk = desk();
    let amara = client(&mut desk, "Amara", "Nwachukwu-Reyes");
    let running = book(&mut desk, &[amara], "2026-01-15 11:00");
    book(&mut desk, &[amara], "2026-01-15 12:00");
    let next = |desk: &Desk| desk.read(today).unwrap().slots.iter().find(|slot| slot.next).map(|slot| slot.session.id);
    assert_eq!(next(&desk), Some(running));
    desk.now("2026-01-15 13:30");
    assert_eq!(next(&desk), None);
}

#[test]
fn a_slot_says_the_last_time_before_it_and_whose_consent_stands_in_the_way() {
    let mut desk = desk();
    let (jo, sam) = (client(&mut desk, "Jo", "Whitfield"), client(&mut desk, "Sam", "Whitfield"));
    held(&mut desk, &[jo], "2025-12-18 12:00", "Spoke of the move.", "");
    let (last, note) = held(&mut desk, &[jo], "2026-01-08 12:00", "Slept well all week.", "");
    held(&mut desk, &[sam], "2026-01-12 12:00", "Not of Jo's.", "");
    consent(&mut desk, jo, Decision::Given);
    book(&mut desk, &[jo, sam], "2026-01-15 12:00");
    let slot = |desk: &Desk| desk.read(today).unwrap().slots.remove(0);
    let first = slot(&desk);
    let time = first.last_time.unwrap();
    assert_eq!((time.session, time.note, time.text), (last, note, shown("Slept well all week.")));
    assert_eq!((first.consent, first.consent_of), (ConsentState::NotRecorded, sam));
    consent(&mut desk, sam, Decision::Given);
    assert_eq!((slot(&desk).consent, slot(&desk).consent_of), (ConsentState::Given, jo));
    desk.veil = Veil::Discreet;
    assert_eq!(slot(&desk).last_time.unwrap().text, Some(Veiled::Hidden));
}

#[test]
fn an_unapproved_note_is_not_the_last_time() {
    let mut desk = desk();
    let amara = client(&mut desk, "Amara", "Nwachukwu-Reyes");
    let past = book(&mut desk, &[amara], "2026-01-08 12:00");
    draft(&mut desk, past, "Not approved.", "");
    assert!(desk.read(|r| last_time(r, amara, r.moment.at)).unwrap().is_none());
}

#[test]
fn today_lists_the_first_five_that_are_open_and_how_many_there_are() {
    let mut desk = desk();
    let names = ["Ada", "Ben", "Cleo", "Dov", "Eve", "Finn", "Gus"];
    let all: Vec<ClientId> = names.iter().map(|name| client(&mut desk, name, "Marsh")).collect();
    for (n, who) in all.iter().enumerate() {
        book(&mut desk, &[*who], &format!("2026-01-{:02} 10:00", n + 5));
        assign(&mut desk, *who, "Diary", Some(&format!("2026-01-{:02}", 14 - n)));
    }
    assign(&mut desk, all[0], "Older", Some("2026-01-02"));
    let done = assign(&mut desk, all[1], "Oldest", Some("2026-01-01"));
    desk.write(|w| homework::record_state(w, done, HomeworkState::Done, "")).unwrap();
    book(&mut desk, &[all[6]], "2026-01-29 10:00");
    let off = book(&mut desk, &[all[5]], "2026-01-15 18:00");
    cancel(&mut desk, off);

    let page = desk.read(today).unwrap();
    let starts: Vec<Instant> = page.awaiting.iter().map(|session| session.starts_at).collect();
    assert_eq!(starts, [11, 10, 9, 8, 7].map(|n| at(&format!("2026-01-{n:02} 10:00"), LONDON)));
    assert_eq!((page.awaiting_total, desk.read(|r| frame(r, false)).unwrap().awaiting_approval), (7, 7));
    let days: Vec<_> = page.overdue.iter().map(|late| (late.client, late.days)).collect();
    assert_eq!(days, [(all[0], 13), (all[6], 7), (all[5], 6), (all[4], 5), (all[3], 4)]);
    assert_eq!((page.overdue_total, page.no_next_total, page.no_next.len()), (7, 6, 5));
    assert!(page.no_next.iter().all(|row| row.client != all[6] && row.last_held.is_none() && !row.cancelled_today));
    let (session, _) = held(&mut desk, &[all[5]], "2026-01-02 10:00", "Came.", "");
    let first = desk.read(today).unwrap().no_next.remove(0);
    assert!(first.cancelled_today && first.client == all[5]);
    assert_eq!(first.last_held, Some(desk.read(|r| sessions::one(r, session)).unwrap().starts_at));
}

#[test]
fn an_empty_practice_has_no_clients() {
    let page = desk().read(today).unwrap();
    assert!(page.no_clients && page.slots.is_empty() && page.awaiting_total == 0);
}

#[test]
fn the_facts_of_a_client_are_theirs_even_where_another_is_primary() {
    let mut desk = desk();
    let (jo, sam) = (client(&mut desk, "Jo", "Whitfield"), client(&mut desk, "Sam", "Whitfield"));
    held(&mut desk, &[jo], "2025-12-11 12:00", "Jo alone.", "");
    let (together, note) = held(&mut desk, &[jo, sam], "2025-12-18 12:00", "Together.", "");
    book(&mut desk, &[jo], "2026-01-08 12:00");
    let off = book(&mut desk, &[sam], "2026-01-20 12:00");
    cancel(&mut desk, off);
    let next = book(&mut desk, &[jo, sam], "2026-01-22 12:00");
    let facts = desk.read(|r| facts(r, sam)).unwrap();
    let last = facts.last_completed.unwrap();
    assert_eq!((last.session, last.note, last.number, facts.completed), (together, note, 1, 1));
    let started = facts.started.unwrap();
    assert_eq!((started.on, started.derived), (day("2025-12-18"), true));
    let booked = facts.next_booked.unwrap();
    assert_eq!((booked.session, booked.booked_by), (next, BookedBy::Client));
    assert_eq!((facts.consent.state, facts.homework.state, facts.emergency_contacts), (ConsentState::NotRecorded, None, 0));
}

#[test]
fn a_client_who_does_not_exist_is_not_found() {
    let nobody = ClientId(uuid::Uuid::from_u128(9));
    let refused = desk().read(|r| profile(r, nobody, &everyone())).map(drop);
    assert!(matches!(refused, Err(Error::Refused(Refusal::NotFound { what: Thing::Client }))));
}

#[test]
fn the_profile_shows_the_clients_thread_and_its_read_is_in_the_trail() {
    let mut desk = desk();
    let amara = client(&mut desk, "Amara", "Nwachukwu-Reyes");
    let dov = client(&mut desk, "Dov", "Marsh");
    for week in ["2025-12-04", "2025-12-11", "2025-12-18", "2026-01-01"] {
        book(&mut desk, &[amara], &format!("{week} 12:00"));
    }
    held(&mut desk, &[amara], "2026-01-08 12:00", "Back on full hours.", "1. How to mark 2 February.\n2. Look at the diary together.");
    let waiting = book(&mut desk, &[amara], "2026-01-12 12:00");
    let next = book(&mut desk, &[amara], "2026-01-15 12:00");
    let done = assign(&mut desk, amara, "Diary", None);
    let page = |desk: &Desk| desk.read(|r| profile(r, amara, &everyone())).unwrap();

    let first = page(&desk);
    assert_eq!(first.upcoming.as_ref().map(|session| session.id), Some(next));
    let plan: Vec<_> = ["How to mark 2 February", "Look at the diary together"].map(in_words).to_vec();
    assert_eq!(points(&first.plan), plan);
    assert_eq!((first.past, first.recent.len(), first.recent[0].id), (6, 5, waiting));
    assert_eq!(first.awaiting.len(), 5);
    assert_eq!((first.place.position, first.place.previous, first.place.total), (Some(2), Some(dov), 2));
    assert_eq!((first.phone, first.email), (shown("+44 7700 900142"), None));
    assert!(first.rhythm.is_none());
    desk.write(|w| homework::record_state(w, done, HomeworkState::Done, "")).unwrap();
    let last = page(&desk).homework;
    assert_eq!(last.iter().map(|piece| piece.id).collect::<Vec<_>>(), [done]);
    let soon = assign(&mut desk, amara, "Soon", Some("2026-01-20"));
    let undated = assign(&mut desk, amara, "Some day", None);
    let late = assign(&mut desk, amara, "Late", Some("2026-01-13"));
    let open: Vec<_> = page(&desk).homework.iter().map(|piece| piece.id).collect();
    assert_eq!(open, [late, soon, undated]);

    desk.write(|w| profile(w, amara, &everyone())).unwrap();
    assert_eq!(events(&desk, "client_read"), 1);
}

#[test]
fn the_rhythm_is_that_of_the_series_even_where_the_next_session_was_moved_by_itself() {
    let mut desk = desk();
    let amara = client(&mut desk, "Amara", "Nwachukwu-Reyes");
    let first = book_times(&mut desk, &[amara], "2026-01-22 12:00", Some(4));
    let to = Move {
        start: start("2026-01-20 17:00"),
        minutes: 50,
        asked_by: BookedBy::Client,
        asked_at: None,
        remark: "a train".to_owned(),
        scope: MoveScope::One,
    };
    desk.write(|w| booking::move_to(w, first, &to)).unwrap();
    let rhythm = desk.read(|r| profile(r, amara, &everyone())).unwrap().rhythm.unwrap();
    assert_eq!((rhythm.every_weeks, rhythm.starts_at), (1, at("2026-01-22 12:00", LONDON)));
    let moves = desk.read(|r| session_page(r, first)).unwrap().moves;
    assert_eq!((moves[0].from, moves[0].to), (at("2026-01-22 12:00", LONDON), at("2026-01-20 17:00", LONDON)));
}

#[test]
fn the_page_of_details_is_a_disclosure_and_gives_nothing_in_discreet_mode() {
    let mut desk = desk();
    let amara = client(&mut desk, "Amara", "Nwachukwu-Reyes");
    let emeka = ContactDetails {
        name: "Emeka Nwachukwu".to_owned(),
        relationship: "brother".to_owned(),
        emergency: true,
        phones: Vec::new(),
        emails: Vec::new(),
        may_be_told: String::new(),
        release_until: None,
        confirmed_on: None,
    };
    let agreed = Agreement { how: AgreedHow::Phone, on: day("2026-01-14") };
    desk.write(|w| contacts::add(w, amara, &emeka, &agreed)).unwrap();
    let page = desk.write(|w| details(w, amara)).unwrap();
    assert_eq!(page.details.unwrap().last_name, "Nwachukwu-Reyes");
    assert_eq!((page.contacts.len(), page.facts.emergency_contacts), (1, 1));
    assert_eq!(page.last_change.unwrap().on, day("2026-01-14"));
    assert_eq!(events(&desk, "details_disclosed"), 1);
    desk.veil = Veil::Discreet;
    let page = desk.write(|w| details(w, amara)).unwrap();
    assert!(page.details.is_none() && page.contacts.is_empty());
    assert_eq!(page.facts.name.display, "A. N.-R.");
    assert_eq!(events(&desk, "details_disclosed"), 1);
}

#[test]
fn a_session_takes_up_what_was_written_for_it_before_what_the_last_note_planned() {
    let mut desk = desk();
    let (jo, sam) = (client(&mut desk, "Jo", "Whitfield"), client(&mut desk, "Sam", "Whitfield"));
    held(&mut desk, &[jo], "2026-01-08 12:00", "Slept well.", "- Ask about the move");
    let waiting = book(&mut desk, &[jo], "2026-01-12 12:00");
    let session = book(&mut desk, &[jo, sam], "2026-01-15 12:00");
    let page = desk.read(|r| session_page(r, session)).unwrap();
    assert_eq!(points(&page.plan), [in_words("Ask about the move")]);
    assert_eq!(page.plan_from, Some(at("2026-01-08 12:00", LONDON)));
    assert_eq!(page.facts.iter().map(|facts| facts.client).collect::<Vec<_>>(), [jo, sam]);
    assert_eq!(page.awaiting.iter().map(|other| other.id).collect::<Vec<_>>(), [waiting]);
    desk.write(|w| plan::set(w, session, &[PlanPoint { text: "The keys".to_owned(), done: true }])).unwrap();
    let page = desk.read(|r| session_page(r, session)).unwrap();
    assert_eq!((points(&page.plan), page.plan[0].done, page.plan_from), (vec![in_words("The keys")], true, None));
    assert_eq!(page.last_time.unwrap().text, shown("Slept well."));
}

#[test]
fn a_note_leads_on_to_the_next_session_awaiting_approval() {
    let mut desk = desk();
    let amara = client(&mut desk, "Amara", "Nwachukwu-Reyes");
    let old = book(&mut desk, &[amara], "2026-01-08 12:00");
    let middle = book(&mut desk, &[amara], "2026-01-12 12:00");
    let new = book(&mut desk, &[amara], "2026-01-15 09:00");
    for (this, next) in [(new, middle), (middle, old), (old, new)] {
        let note = draft(&mut desk, this, "Came.", "");
        let screen = desk.read(|r| note_screen(r, note)).unwrap();
        assert_eq!(screen.next_awaiting.map(|session| session.id), Some(next));
        assert_eq!(screen.facts.len(), 1);
    }
    let note = draft(&mut desk, middle, "Came.", "");
    desk.write(|w| approval::approve(w, note)).unwrap();
    let screen = desk.read(|r| note_screen(r, note)).unwrap();
    assert_eq!(screen.next_awaiting.map(|session| session.id), Some(old));
    assert!(screen.last_time.is_none());
}

#[test]
fn finding_shows_eight_clients_the_ended_last_and_notes_from_three_letters_on() {
    let mut desk = desk();
    let ended = client(&mut desk, "Aaron", "Marsh");
    desk.write(|w| clients::set_status(w, ended, ClientStatus::Archived)).unwrap();
    let ada = client(&mut desk, "Ada", "Marsh");
    held(&mut desk, &[ada], "2026-01-08 12:00", "She lets the phone ring on Sundays.", "");
    let found = |desk: &Desk, find: &str| desk.read(|r| super::find::of(r, find)).unwrap();
    let clients = found(&desk, "mar").clients;
    assert_eq!(clients.iter().map(|row| (row.id, row.ended)).collect::<Vec<_>>(), [(ada, false), (ended, true)]);
    assert_eq!(clients[0].started, Some(day("2026-01-08")));
    for n in 0..9 {
        client(&mut desk, &format!("Bo{n}"), "Marsh");
    }
    let many = found(&desk, "marsh").clients;
    assert!(many.len() == 8 && many.iter().all(|row| !row.ended));
    assert_eq!((found(&desk, "su").notes_total, found(&desk, "sun").notes_total), (0, 1));
    assert_eq!(found(&desk, "sun").searched, 1);
    assert!(found(&desk, "  ").clients.is_empty());
}

#[test]
fn the_frame_says_what_is_awaited_and_whose_records_these_are() {
    let desk = desk();
    let frame = desk.read(|r| frame(r, true)).unwrap();
    assert!(frame.is_sample && frame.discreet);
    assert_eq!((frame.awaiting_approval, frame.zone.as_str()), (0, "Europe/London"));
}
