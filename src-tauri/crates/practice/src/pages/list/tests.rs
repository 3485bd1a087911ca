//! The list against a naive model, its order, what is found, and that it is one statement.

mod always;
mod oracle;

use std::cmp::Ordering;
use std::sync::{Arc, Mutex};

use chrono_tz::Tz;
use proptest::prelude::*;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

use super::*;
use crate::clients::{ClientDetails, ClientStatus, add, set_status};
use crate::consents::{self, AssertedBy, Decision, How, NewConsent, Purpose};
use crate::homework::{self, NewHomework, Repeats};
use crate::testing::rows::{self, client};
use crate::testing::{Desk, at, day};
use crate::words::Veil;

fn all(filter: ClientFilter) -> ClientQuery {
    ClientQuery { filter, sort: ClientSort::Name, descending: false, find: String::new(), offset: 0, limit: 200 }
}

fn finding(find: &str) -> ClientQuery {
    ClientQuery { find: find.into(), ..all(ClientFilter::Active) }
}

fn names(desk: &Desk, query: &ClientQuery) -> Vec<String> {
    desk.read(|r| page(r, query)).unwrap().rows.into_iter().map(|row| row.name.display).collect()
}

fn row(desk: &Desk, id: ClientId) -> ClientRow {
    let rows = desk.read(|r| page(r, &all(ClientFilter::Active))).unwrap().rows;
    rows.into_iter().find(|row| row.id == id).unwrap()
}

#[test]
fn a_name_is_found_by_the_start_of_any_of_its_words_without_case_or_accents() {
    let mut desk = Desk::new();
    client(&mut desk, "Wiśniewski", "Tomasz");
    client(&mut desk, "García Márquez-Iturralde", "Íñigo");
    let filed =
        ClientDetails { file_number: "C-0412".into(), preferred_name: "Tola".into(), ..ClientDetails::named("Oyěwùmí", "Tọ́lá") };
    desk.write(|w| add(w, &filed, ClientStatus::Active, true)).unwrap();
    for (find, expected) in [
        ("Wisniewski", "Tomasz Wiśniewski"),
        ("tomasz wis", "Tomasz Wiśniewski"),
        ("WIŚ, tom", "Tomasz Wiśniewski"),
        ("marquez", "Íñigo García Márquez-Iturralde"),
        ("0412", "Tọ́lá Oyěwùmí"),
        ("c-04", "Tọ́lá Oyěwùmí"),
    ] {
        assert_eq!(names(&desk, &finding(find)), [expected], "{find}");
    }
    for find in ["niewski", "tomasz garcia", "%", "to_asz"] {
        let expected = if find == "%" { 3 } else { 0 };
        assert_eq!(names(&desk, &finding(find)).len(), expected, "{find}");
    }
    let found = desk.read(|r| page(r, &finding("wis"))).unwrap();
    assert_eq!((found.total, found.counts.active), (1, 3), "the counts are of all, whatever is being found");
}

#[test]
fn a_couples_session_counts_for_both_and_starts_their_therapy_on_its_own_date() {
    let mut desk = Desk::new();
    let (amara, daniel) = (client(&mut desk, "Reyes", "Amara"), client(&mut desk, "Reyes", "Daniel"));
    let zone = chrono_tz::America::Los_Angeles;
    let held = rows::session(desk.conn(), 1, &[amara, daniel], at("2026-01-07 18:00", zone), zone, "attended");
    assert_eq!((row(&desk, daniel).awaiting, row(&desk, daniel).last_completed), (Some(1), None));
    let note = rows::approve(desk.conn(), held, desk.moment.at);
    rows::session(desk.conn(), 2, &[daniel, amara], at("2026-01-21 18:00", zone), zone, "unknown");
    for id in [amara, daniel] {
        let row = row(&desk, id);
        assert_eq!((row.started, row.started_derived, row.awaiting), (Some(day("2026-01-07")), true, None));
        assert_eq!(row.last_completed, Some(at("2026-01-07 18:00", zone)));
        assert_eq!((row.next_booked, row.next_zone.as_deref()), (Some(at("2026-01-21 18:00", zone)), Some("America/Los_Angeles")));
        assert_eq!(row.next_booked_by, Some(BookedBy::Client));
    }
    rows::mark_wrong(desk.conn(), note);
    assert_eq!((row(&desk, amara).awaiting, row(&desk, amara).last_completed, row(&desk, amara).started), (Some(1), None, None));
}

#[test]
fn only_sessions_that_are_over_and_may_have_been_held_await_a_note() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Reyes", "Amara");
    let zone = desk.moment.zone;
    for (n, local, attendance) in [
        (1, "2026-01-15 10:22", "unknown"),
        (2, "2026-01-15 10:23", "unknown"),
        (3, "2026-01-14 10:00", "no_show"),
        (4, "2026-01-13 10:00", "cancelled_by_client"),
        (5, "2026-01-20 10:00", "cancelled_by_therapist"),
    ] {
        rows::session(desk.conn(), n, &[amara], at(local, zone), zone, attendance);
    }
    let row = row(&desk, amara);
    assert_eq!((row.awaiting, row.next_booked), (Some(1), None));
    assert_eq!(names(&desk, &all(ClientFilter::NeedsNote)).len(), 1);
}

#[test]
fn two_who_look_alike_are_told_apart_by_file_number_or_else_by_birth_date() {
    let mut desk = Desk::new();
    let born = Some(day("1990-02-01"));
    let with = |details: ClientDetails, desk: &mut Desk, status| desk.write(|w| add(w, &details, status, true)).unwrap();
    let filed = with(
        ClientDetails { file_number: "C-7".into(), born, ..ClientDetails::named("Petrova", "Ekaterina") },
        &mut desk,
        ClientStatus::Active,
    );
    assert_eq!(row(&desk, filed).told_apart_by, None);
    with(ClientDetails { born, ..ClientDetails::named("Petrová", "Ekaterina") }, &mut desk, ClientStatus::Archived);
    assert_eq!(row(&desk, filed).told_apart_by, Some(ToldApartBy::FileNumber { file_number: "C-7".into() }));
    let ended = desk.read(|r| page(r, &all(ClientFilter::Ended))).unwrap();
    assert_eq!(ended.rows[0].told_apart_by, Some(ToldApartBy::Born { born: day("1990-02-01") }));
    desk.veil = Veil::Discreet;
    let ended = desk.read(|r| page(r, &all(ClientFilter::Ended))).unwrap();
    assert_eq!((ended.rows[0].told_apart_by.clone(), ended.rows[0].name.display.as_str()), (None, "E. P."));
}

#[test]
fn a_page_past_the_end_has_no_rows_but_still_the_counts() {
    let mut desk = Desk::new();
    let empty = desk.read(|r| page(r, &all(ClientFilter::Active))).unwrap();
    assert_eq!((empty.rows.len(), empty.total, empty.counts), (0, 0, ClientCounts::default()));
    client(&mut desk, "Ito", "Haruka");
    let past = desk.read(|r| page(r, &ClientQuery { offset: 5, ..all(ClientFilter::Active) })).unwrap();
    assert_eq!((past.rows.len(), past.total, past.counts.active), (0, 1, 1));
}

#[test]
fn among_three_thousand_clients_a_page_is_one_statement_of_at_most_two_hundred_rows() {
    let mut desk = Desk::new();
    rows::many(desk.conn(), 3000, at("2026-01-07 10:00", desk.moment.zone));
    let query = ClientQuery { sort: ClientSort::LastCompleted, limit: 5000, offset: 100, ..all(ClientFilter::Active) };
    let one = asked(&mut desk, |desk| drop(desk.conn().prepare(store::list::statement(&query)).unwrap()));
    let page_asks = asked(&mut desk, |desk| drop(desk.read(|r| page(r, &query)).unwrap()));
    // Once as it is prepared, and once more where SQLite plans again with the values bound: nothing else in between.
    assert!(!one.is_empty() && page_asks.len() <= 2 * one.len());
    assert!(page_asks.chunks(one.len()).all(|asks| asks == one), "a page prepares its statement and no other");
    let listed = desk.read(|r| page(r, &query)).unwrap();
    assert_eq!((listed.rows.len(), listed.total, listed.counts.active), (200, 3000, 3000));
    assert_eq!(listed.rows[0].name.last, "Family 0101");
    let place = desk.read(|r| place(r, listed.rows[1].id, &query)).unwrap();
    assert_eq!((place.position, place.total), (Some(102), 3000));
    assert_eq!((place.previous, place.next), (Some(listed.rows[0].id), Some(listed.rows[2].id)));
}

#[test]
fn the_list_of_the_current_clients_costs_no_more_however_many_there_once_were() {
    let [few, many] = [(50, 20), (500, 20)].map(|(clients, weeks)| {
        let mut desk = Desk::new();
        rows::years(desk.conn(), clients, 30, weeks, desk.moment.at);
        desk.write(|_| Ok(())).unwrap();
        let ask = |query: &ClientQuery| {
            let listed = desk.read(|r| page(r, query)).unwrap();
            assert_eq!((listed.counts.active, listed.counts.ended, listed.counts.needs_note), (30, clients - 30, clients));
            desk.read(|r| Ok(store::list::steps(r, query, listed.rows[7].id)?)).unwrap()
        };
        (ask(&all(ClientFilter::Active)), ask(&ClientQuery { limit: 20, ..all(ClientFilter::Ended) })[0])
    });
    let grown = |few: i32, many: i32| f64::from(many) / f64::from(few);
    let ([page, place], ended) = ((0..2).map(|n| grown(few.0[n], many.0[n])).collect::<Vec<_>>().try_into().unwrap(), grown(few.1, many.1));
    let [page, place]: [f64; 2] = [page, place];
    assert!(page < 1.05 && place < 1.05 && ended < 1.05, "page {page}, place {place}, ended {ended}: {few:?} {many:?}");
}

#[test]
fn a_page_of_either_list_in_order_is_looked_up_and_not_searched_for() {
    let desk = Desk::new();
    for (filter, index) in [(ClientFilter::Active, "client_list_current"), (ClientFilter::Ended, "client_list_ended")] {
        let sql = format!("EXPLAIN QUERY PLAN {}", store::list::statement(&all(filter)));
        let mut statement = desk.conn().prepare(&sql).unwrap();
        let plan: Vec<String> = statement.raw_query().mapped(|row| row.get("detail")).map(rusqlite::Result::unwrap).collect();
        let scans: Vec<&String> = plan.iter().filter(|step| step.starts_with("SCAN ")).collect();
        let allowed = |step: &str| {
            // The current clients, who are few; the ended ones in order, until the page is full, or where time went back; what was gathered.
            step.contains("COVERING INDEX client_list_current")
                || step.contains(index)
                || step == "SCAN m USING COVERING INDEX client_list_ended"
                || ["SCAN t", "SCAN e", "SCAN p LEFT-JOIN", "SCAN m"].contains(&step)
        };
        assert!(scans.iter().all(|step| allowed(step)), "{plan:#?}");
    }
}

/// What SQLite asks leave for while statements are prepared, in order: every table, column and function of each statement.
fn asked(desk: &mut Desk, act: impl FnOnce(&Desk)) -> Vec<String> {
    // Nothing is kept prepared, so that everything asks.
    desk.conn().set_prepared_statement_cache_capacity(0);
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    let watch = move |asks: AuthContext<'_>| {
        if !matches!(asks.action, AuthAction::Transaction { .. }) {
            seen.lock().unwrap().push(format!("{:?}", asks.action));
        }
        Authorization::Allow
    };
    desk.conn_mut().authorizer(Some(watch)).unwrap();
    act(desk);
    desk.conn_mut().authorizer(None::<fn(AuthContext<'_>) -> Authorization>).unwrap();
    desk.conn().set_prepared_statement_cache_capacity(16);
    std::mem::take(&mut *asked.lock().unwrap())
}

/// A session of a random practice.
#[derive(Clone, Debug)]
struct Held {
    participants: Vec<usize>,
    hours_from_now: i64,
    zone: Tz,
    attendance: &'static str,
    approved: bool,
    wrong: bool,
}

/// A random practice: statuses and given starts, sessions, homework, consents.
#[derive(Clone, Debug)]
struct Small {
    clients: Vec<(ClientStatus, Option<i64>)>,
    sessions: Vec<Held>,
    homework: Vec<(usize, Option<i64>, HomeworkState)>,
    consents: Vec<(usize, Decision)>,
}

fn small() -> impl Strategy<Value = Small> {
    let zone = prop::sample::select(vec![
        chrono_tz::Europe::London,
        chrono_tz::America::Los_Angeles,
        chrono_tz::Asia::Tokyo,
        chrono_tz::Pacific::Auckland,
    ]);
    let attendance =
        prop::sample::select(vec!["unknown", "unknown", "attended", "no_show", "cancelled_by_client", "cancelled_by_therapist"]);
    let held = (prop::sample::subsequence((0..5_usize).collect::<Vec<_>>(), 1..3), -900..400_i64, zone, attendance, any::<bool>(), 0..6_u8)
        .prop_map(|(participants, hours_from_now, zone, attendance, approved, wrong)| Held {
            participants,
            hours_from_now,
            zone,
            // No one has missed what is still to come.
            attendance: if hours_from_now > 0 && attendance == "no_show" { "unknown" } else { attendance },
            approved,
            wrong: wrong == 0,
        });
    let status = prop::sample::select(vec![
        ClientStatus::Prospective,
        ClientStatus::Waiting,
        ClientStatus::Active,
        ClientStatus::Active,
        ClientStatus::Discharged,
        ClientStatus::Archived,
    ]);
    let state = prop::sample::select(vec![
        HomeworkState::Assigned,
        HomeworkState::InProgress,
        HomeworkState::Done,
        HomeworkState::PartlyDone,
        HomeworkState::NotDone,
        HomeworkState::Cancelled,
    ]);
    let decision = prop::sample::select(vec![Decision::Given, Decision::Declined, Decision::Withdrawn]);
    (
        prop::collection::vec((status, prop::option::of(-40..2_i64)), 5),
        prop::collection::vec(held, 0..14),
        prop::collection::vec((0..5_usize, prop::option::of(-5..5_i64), state), 0..10),
        prop::collection::vec((0..5_usize, decision), 0..8),
    )
        .prop_map(|(clients, sessions, homework, consents)| Small { clients, sessions, homework, consents })
}

/// What a naive reading says of a client.
#[derive(Clone, Debug, Default, PartialEq)]
struct Naive {
    current: bool,
    started: Option<(Date, bool)>,
    last_completed: Option<Instant>,
    awaiting: u32,
    next_booked: Option<Instant>,
    consent: Option<Decision>,
}

fn build(desk: &mut Desk, practice: &Small) -> (Vec<ClientId>, Vec<Naive>) {
    let now = desk.moment.at;
    let today = desk.moment.today();
    let day_from_now = |days: i64| today + chrono::Duration::days(days);
    let mut ids = Vec::new();
    let mut naive = Vec::new();
    // Two of them share a name, so that ids decide.
    for (n, (status, started)) in practice.clients.iter().enumerate() {
        let started = started.map(day_from_now);
        let details = ClientDetails { started, ..ClientDetails::named(["Ito", "Kaur", "Abebe", "Ito", "Silva"][n], "Jo") };
        let id = desk.write(|w| add(w, &details, ClientStatus::Active, true)).unwrap();
        desk.write(|w| set_status(w, id, *status)).unwrap();
        ids.push(id);
        let current = matches!(status, ClientStatus::Prospective | ClientStatus::Waiting | ClientStatus::Active);
        naive.push(Naive { current, started: started.map(|date| (date, false)), ..Naive::default() });
    }
    let mut first = vec![None::<(Instant, Date)>; ids.len()];
    for (n, held) in practice.sessions.iter().enumerate() {
        let starts_at = now.plus_seconds(held.hours_from_now * 3600);
        let participants: Vec<ClientId> = held.participants.iter().map(|who| ids[*who]).collect();
        let session = rows::session(desk.conn(), n as u128, &participants, starts_at, held.zone, held.attendance);
        let may_be_held = matches!(held.attendance, "unknown" | "attended");
        let approved = held.approved && may_be_held && starts_at <= now;
        if approved {
            let note = rows::approve(desk.conn(), session, now);
            if held.wrong {
                rows::mark_wrong(desk.conn(), note);
            }
        }
        let completed = approved && !held.wrong;
        for who in &held.participants {
            let client = &mut naive[*who];
            if completed {
                client.last_completed = client.last_completed.max(Some(starts_at));
                let date = starts_at.in_zone(held.zone).date();
                if first[*who].is_none_or(|(at, _)| starts_at < at) {
                    first[*who] = Some((starts_at, date));
                }
            } else if may_be_held && starts_at.plus_minutes(50) <= now {
                client.awaiting += 1;
            }
            if starts_at > now && !held.attendance.starts_with("cancelled") {
                client.next_booked = Some(client.next_booked.map_or(starts_at, |next| next.min(starts_at)));
            }
        }
    }
    for (client, first) in naive.iter_mut().zip(first) {
        client.started = client.started.or(first.map(|(_, date)| (date, true)));
    }
    for (minute, (who, due, state)) in practice.homework.iter().enumerate() {
        desk.now(&format!("2026-01-{:02} 11:{minute:02}", 10 + minute % 6));
        let new = NewHomework {
            text: "Walk".into(),
            detail: String::new(),
            session: None,
            due_on: due.map(day_from_now),
            repeats: Repeats::Once,
            times: None,
        };
        let id = desk.write(|w| homework::assign(w, ids[*who], &new)).unwrap();
        desk.write(|w| homework::record_state(w, id, *state, "")).unwrap();
    }
    desk.moment.at = now;
    for (who, decision) in &practice.consents {
        let new = NewConsent {
            purpose: Purpose::AutomaticNoteTaking,
            decision: *decision,
            asserted_by: AssertedBy::Client,
            how: How::Phone,
            discussed_on: today,
            form_version: String::new(),
            session: None,
            remark: String::new(),
        };
        if desk.write(|w| consents::record(w, ids[*who], &new)).is_ok() {
            naive[*who].consent = Some(*decision);
        }
    }
    (ids, naive)
}

fn standing_of(row: &ClientRow) -> Option<u8> {
    row.homework.map(|state| match state {
        _ if row.homework_overdue_days.is_some() => 0,
        HomeworkState::Cancelled => 3,
        state if state.open() => 1,
        _ => 2,
    })
}

/// Empty ones last either way; then names, then ids.
fn ordered(sort: ClientSort, descending: bool, a: &ClientRow, b: &ClientRow) -> Ordering {
    fn by<K: Ord>(a: Option<K>, b: Option<K>, descending: bool) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) if descending => b.cmp(&a),
            (Some(a), Some(b)) => a.cmp(&b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        }
    }
    let consent = |row: &ClientRow| match row.consent {
        ConsentState::Given => Some(0),
        ConsentState::Declined => Some(1),
        ConsentState::Withdrawn => Some(2),
        ConsentState::NotRecorded => None,
    };
    let key = match sort {
        ClientSort::Name => by(Some(&a.name.last), Some(&b.name.last), descending),
        ClientSort::Started => by(a.started, b.started, descending),
        ClientSort::LastCompleted => by(a.last_completed, b.last_completed, descending),
        ClientSort::NextBooked => by(a.next_booked, b.next_booked, descending),
        ClientSort::Homework => by(standing_of(a), standing_of(b), descending),
        ClientSort::Consent => by(consent(a), consent(b), descending),
    };
    key.then_with(|| a.name.last.cmp(&b.name.last)).then_with(|| a.id.cmp(&b.id))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// What the one statement says of each client is what a naive reading of the same practice says.
    #[test]
    fn the_list_says_what_a_naive_model_says(practice in small()) {
        let mut desk = Desk::new();
        let (ids, naive) = build(&mut desk, &practice);
        let current = desk.read(|r| page(r, &all(ClientFilter::Active))).unwrap();
        let ended = desk.read(|r| page(r, &all(ClientFilter::Ended))).unwrap();
        prop_assert_eq!(current.rows.len() + ended.rows.len(), ids.len());
        let mut overdue = 0;
        for (listed, rows) in [(true, &current.rows), (false, &ended.rows)] {
            for row in rows {
                let expected = &naive[ids.iter().position(|id| *id == row.id).unwrap()];
                let read = Naive {
                    current: listed,
                    started: row.started.map(|date| (date, row.started_derived)),
                    last_completed: row.last_completed,
                    awaiting: row.awaiting.unwrap_or(0),
                    next_booked: row.next_booked,
                    consent: expected.consent,
                };
                prop_assert_eq!(&read, expected);
                prop_assert_eq!(row.consent, expected.consent.map_or(ConsentState::NotRecorded, ConsentState::from));
                let standing = desk.read(|r| homework::standing(r, row.id)).unwrap();
                let set = standing.state == Some(HomeworkState::Assigned) && standing.overdue_days.is_none();
                prop_assert_eq!(
                    (row.homework, row.homework_overdue_days, row.homework_due_on),
                    (standing.state, standing.overdue_days, standing.due_on.filter(|_| set))
                );
                overdue += u32::from(row.homework_overdue_days.is_some());
            }
        }
        let count = |holds: fn(&Naive) -> bool| naive.iter().filter(|client| holds(client)).count() as u32;
        let counts = ClientCounts {
            active: count(|client| client.current),
            needs_note: count(|client| client.awaiting > 0),
            no_next_session: count(|client| client.current && client.next_booked.is_none()),
            homework_overdue: overdue,
            consent_not_recorded: count(|client| client.current && client.consent.is_none()),
            ended: count(|client| !client.current),
        };
        prop_assert_eq!(current.counts, counts);
        for (filter, expected) in [
            (ClientFilter::Active, counts.active),
            (ClientFilter::NeedsNote, counts.needs_note),
            (ClientFilter::NoNextSession, counts.no_next_session),
            (ClientFilter::HomeworkOverdue, counts.homework_overdue),
            (ClientFilter::ConsentNotRecorded, counts.consent_not_recorded),
            (ClientFilter::Ended, counts.ended),
        ] {
            let listed = desk.read(|r| page(r, &all(filter))).unwrap();
            prop_assert_eq!((listed.total, listed.rows.len() as u32), (expected, expected));
        }
    }

    /// Every column orders the list both ways, and the place of a client agrees with the page.
    #[test]
    fn every_column_orders_the_list_and_places_agree(practice in small(), descending: bool) {
        let mut desk = Desk::new();
        let (ids, _) = build(&mut desk, &practice);
        for sort in [
            ClientSort::Name, ClientSort::Started, ClientSort::LastCompleted, ClientSort::NextBooked, ClientSort::Homework, ClientSort::Consent,
        ] {
            let query = ClientQuery { sort, descending, ..all(ClientFilter::Active) };
            let rows = desk.read(|r| page(r, &query)).unwrap().rows;
            prop_assert!(rows.windows(2).all(|pair| ordered(sort, descending, &pair[0], &pair[1]) == Ordering::Less), "{sort:?} {rows:#?}");
            for id in &ids {
                let at = rows.iter().position(|row| row.id == *id);
                let place = desk.read(|r| place(r, *id, &query)).unwrap();
                prop_assert_eq!(place.total as usize, rows.len());
                prop_assert_eq!(place.position.map(|n| n as usize), at.map(|n| n + 1));
                prop_assert_eq!(place.previous, at.and_then(|n| n.checked_sub(1)).map(|n| rows[n].id));
                prop_assert_eq!(place.next, at.and_then(|n| rows.get(n + 1)).map(|row| row.id));
            }
            let second = desk.read(|r| page(r, &ClientQuery { offset: 1, limit: 1, ..query.clone() })).unwrap();
            prop_assert_eq!(second.rows.first().map(|row| row.id), rows.get(1).map(|row| row.id));
        }
    }
}
