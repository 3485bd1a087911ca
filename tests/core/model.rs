//! Long random lives against a naive model: every act is taken or refused as the model expects and leaves its event, and every
//! few acts the screens say what the model says, and what was approved and agreed is as it was.

use std::collections::BTreeMap;

use practice::consents::{self, ConsentState, Decision, Purpose};
use practice::error::{Error, Result};
use practice::homework::{self, HomeworkState};
use practice::id::{ClientId, HomeworkId, NoteId, SessionId};
use practice::notes::addenda::{self, AddendumReason};
use practice::notes::approval::{self, ErrorReason};
use practice::notes::{self, Template};
use practice::pages::list::{self, ClientFilter, ClientSort};
use practice::sessions::booking::{self, Cancellation, Move, MoveScope, NewSession, Start};
use practice::sessions::{self, Attendance, BookedBy, SessionState};
use practice::time::{Date, Instant};
use proptest::prelude::*;

use crate::bench::{self, Bench};

/// What may happen. Numbers choose among what there is.
#[derive(Clone, Debug)]
enum Act {
    AddClient,
    Book { client: u8, with: Option<u8>, minutes_from_now: i64, by_client: bool },
    Move { session: u8, minutes_from_now: i64 },
    Cancel { session: u8, how: Attendance },
    Attendance { session: u8, attendance: Attendance },
    Write { session: u8, text: String },
    Approve { session: u8 },
    Undo { session: u8 },
    Error { session: u8 },
    Addendum { session: u8 },
    Consent { client: u8, decision: Decision },
    Assign { client: u8, due_in: Option<i64> },
    Homework { homework: u8, state: HomeworkState },
    Pass { seconds: i64 },
}

fn act() -> impl Strategy<Value = Act> {
    let minutes = prop_oneof![-3_000_i64..-60, -60_i64..120, 120_i64..4_000];
    let cancelled =
        prop_oneof![Just(Attendance::CancelledByClient), Just(Attendance::CancelledLateByClient), Just(Attendance::CancelledByTherapist)];
    let came = prop_oneof![Just(Attendance::Unknown), Just(Attendance::Attended), Just(Attendance::NoShow)];
    let text = prop_oneof![1 => Just(String::new()), 1 => Just(" \n".to_owned()), 5 => "[a-f]{2,6}( [a-f]{2,6}){2,9}\\."];
    let decision = prop_oneof![Just(Decision::Given), Just(Decision::Declined), Just(Decision::Withdrawn)];
    let state = prop_oneof![
        Just(HomeworkState::Assigned),
        Just(HomeworkState::InProgress),
        Just(HomeworkState::Done),
        Just(HomeworkState::NotDone),
        Just(HomeworkState::Cancelled)
    ];
    let seconds = prop_oneof![Just(5_i64), Just(25), Just(30), Just(31), 60_i64..7_200, 40_000_i64..200_000];
    prop_oneof![
        1 => Just(Act::AddClient),
        5 => (any::<u8>(), proptest::option::weighted(0.2, any::<u8>()), minutes.clone(), any::<bool>())
            .prop_map(|(client, with, minutes_from_now, by_client)| Act::Book { client, with, minutes_from_now, by_client }),
        2 => (any::<u8>(), minutes).prop_map(|(session, minutes_from_now)| Act::Move { session, minutes_from_now }),
        1 => (any::<u8>(), cancelled).prop_map(|(session, how)| Act::Cancel { session, how }),
        2 => (any::<u8>(), came).prop_map(|(session, attendance)| Act::Attendance { session, attendance }),
        5 => (any::<u8>(), text).prop_map(|(session, text)| Act::Write { session, text }),
        6 => any::<u8>().prop_map(|session| Act::Approve { session }),
        2 => any::<u8>().prop_map(|session| Act::Undo { session }),
        1 => any::<u8>().prop_map(|session| Act::Error { session }),
        1 => any::<u8>().prop_map(|session| Act::Addendum { session }),
        2 => (any::<u8>(), decision).prop_map(|(client, decision)| Act::Consent { client, decision }),
        1 => (any::<u8>(), proptest::option::of(-3_i64..4)).prop_map(|(client, due_in)| Act::Assign { client, due_in }),
        1 => (any::<u8>(), state).prop_map(|(homework, state)| Act::Homework { homework, state }),
        4 => seconds.prop_map(|seconds| Act::Pass { seconds }),
    ]
}

/// What the model expects of an act.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Expected {
    /// It happens, and the trail says so.
    Changed,
    /// It happens, and need not be in the trail: typing, or nothing new.
    Quiet,
    Refused,
}

struct Note {
    id: NoteId,
    text: String,
    no_show: bool,
    approved: Option<Approval>,
}

#[derive(Clone, Copy)]
struct Approval {
    undo_until: i64,
    attendance_before: Attendance,
    addendum: bool,
}

struct Session {
    id: SessionId,
    participants: Vec<usize>,
    starts_at: i64,
    by_client: bool,
    attendance: Attendance,
    /// The note that counts; one entered in error counts no longer.
    note: Option<Note>,
}

impl Session {
    fn decided(&self) -> bool {
        self.note.as_ref().is_some_and(|note| note.approved.is_some())
    }

    /// The rule, said once more.
    fn completed(&self, now: i64) -> bool {
        let approved = self.note.as_ref().is_some_and(|note| note.approved.is_some() && !note.no_show);
        self.attendance == Attendance::Attended && self.starts_at <= now && approved
    }

    fn state(&self, now: i64) -> SessionState {
        match self.attendance {
            attendance if attendance.cancelled() => SessionState::Cancelled,
            Attendance::NoShow => SessionState::NoShow,
            _ if self.completed(now) => SessionState::Completed,
            _ if now < self.starts_at => SessionState::Upcoming,
            _ if now < self.starts_at + 50 * 60_000 => SessionState::InProgress,
            _ => SessionState::AwaitingApproval,
        }
    }
}

struct Homework {
    id: HomeworkId,
    client: usize,
    due_on: Option<Date>,
    state: HomeworkState,
}

struct Life {
    bench: Bench,
    clients: Vec<(ClientId, ConsentState)>,
    sessions: Vec<Session>,
    homework: Vec<Homework>,
    /// The bytes of every version that was ever approved, and of every consent record, as first seen.
    approved: BTreeMap<Vec<u8>, String>,
    consents: Vec<String>,
    trail: (i64, [u8; 32]),
}

fn chosen<T>(list: &[T], number: u8) -> Option<usize> {
    (!list.is_empty()).then(|| usize::from(number) % list.len())
}

fn happened<T>(done: Result<T>) -> Option<T> {
    match done {
        Ok(value) => Some(value),
        Err(Error::Refused(_)) => None,
        Err(Error::Fault(fault)) => panic!("a fault: {fault}"),
    }
}

impl Life {
    fn begin() -> Self {
        let bench = Bench::in_memory();
        let trail = bench.follow_chain((0, [0; 32])).unwrap();
        Self {
            bench,
            clients: Vec::new(),
            sessions: Vec::new(),
            homework: Vec::new(),
            approved: BTreeMap::new(),
            consents: Vec::new(),
            trail,
        }
    }

    fn now(&self) -> i64 {
        self.bench.moment.at.0
    }

    /// A whole minute in UTC, so many minutes from now.
    fn start(&self, minutes: i64) -> (i64, Start) {
        let at = Instant((self.now() / 60_000 + minutes) * 60_000);
        let local = at.in_zone(chrono_tz::UTC);
        let start = Start { date: local.date(), time: local.format("%H:%M").to_string(), zone: Some("UTC".to_owned()), later: None };
        (at.0, start)
    }

    /// Does it, in the records and in the model; what the model expected, and whether it happened. `None`: there was nothing to do it to.
    fn act(&mut self, act: &Act) -> Option<(Expected, bool)> {
        let now = self.now();
        match act {
            Act::Pass { seconds } => {
                self.bench.pass(*seconds);
                None
            }
            Act::AddClient => {
                let id = self.bench.client(&format!("Client {}", self.clients.len()));
                self.clients.push((id, ConsentState::NotRecorded));
                Some((Expected::Changed, true))
            }
            Act::Book { client, with, minutes_from_now, by_client } => self.book(*client, *with, *minutes_from_now, *by_client),
            Act::Move { session, minutes_from_now } => {
                let (starts_at, start) = self.start(*minutes_from_now);
                let session = chosen(&self.sessions, *session)?;
                let to =
                    Move { start, minutes: 50, asked_by: BookedBy::Client, asked_at: None, remark: String::new(), scope: MoveScope::One };
                let stands = &mut self.sessions[session];
                let expected = match () {
                    () if stands.decided() || stands.attendance.cancelled() || stands.starts_at <= now => Expected::Refused,
                    () if stands.starts_at == starts_at => Expected::Quiet,
                    () => Expected::Changed,
                };
                let done = happened(self.bench.write(|w| booking::move_to(w, stands.id, &to))).is_some();
                if done {
                    stands.starts_at = starts_at;
                }
                Some((expected, done))
            }
            Act::Cancel { session, how } => {
                let session = chosen(&self.sessions, *session)?;
                let stands = &mut self.sessions[session];
                let late = *how == Attendance::CancelledByClient && stands.starts_at < now + 24 * 3_600_000;
                let refused = stands.decided() || stands.attendance.cancelled() || late;
                let cancellation = Cancellation { attendance: *how, told_at: None, remark: String::new() };
                let done = happened(self.bench.write(|w| booking::cancel(w, stands.id, &cancellation))).is_some();
                if done {
                    stands.attendance = *how;
                    stands.note.iter_mut().for_each(|note| note.no_show = false);
                }
                Some((if refused { Expected::Refused } else { Expected::Changed }, done))
            }
            Act::Attendance { session, attendance } => {
                let session = chosen(&self.sessions, *session)?;
                let stands = &mut self.sessions[session];
                let expected = match () {
                    () if stands.attendance.cancelled() || stands.starts_at > now => Expected::Refused,
                    () if stands.attendance == *attendance => Expected::Quiet,
                    () if stands.decided() => Expected::Refused,
                    () => Expected::Changed,
                };
                let done = happened(self.bench.write(|w| sessions::set_attendance(w, stands.id, *attendance))).is_some();
                if done && expected == Expected::Changed {
                    stands.attendance = *attendance;
                    stands.note.iter_mut().for_each(|note| note.no_show = *attendance == Attendance::NoShow);
                }
                Some((expected, done))
            }
            Act::Consent { client, decision } => {
                let client = chosen(&self.clients, *client)?;
                let (id, stands) = self.clients[client];
                let wanted = ConsentState::from(*decision);
                let refused = stands == wanted || (wanted == ConsentState::Withdrawn && stands != ConsentState::Given);
                let done = happened(self.bench.consent(id, *decision)).is_some();
                if done {
                    self.clients[client].1 = wanted;
                }
                Some((if refused { Expected::Refused } else { Expected::Changed }, done))
            }
            Act::Assign { client, due_in } => {
                let client = chosen(&self.clients, *client)?;
                let due_on = due_in.map(|days| self.bench.moment.today() + chrono::Duration::days(days));
                let id = self.clients[client].0;
                let new = bench::homework("Sleep diary", due_on);
                let id = happened(self.bench.write(|w| homework::assign(w, id, &new)))?;
                self.homework.push(Homework { id, client, due_on, state: HomeworkState::Assigned });
                Some((Expected::Changed, true))
            }
            Act::Homework { homework, state } => {
                let piece = chosen(&self.homework, *homework)?;
                let piece = &mut self.homework[piece];
                let expected = if piece.state == *state { Expected::Quiet } else { Expected::Changed };
                let done = happened(self.bench.write(|w| homework::record_state(w, piece.id, *state, ""))).is_some();
                piece.state = *state;
                Some((expected, done))
            }
            of_a_note => self.act_on_note(of_a_note),
        }
    }

    fn book(&mut self, client: u8, with: Option<u8>, minutes: i64, by_client: bool) -> Option<(Expected, bool)> {
        let (starts_at, start) = self.start(minutes);
        let mut participants = vec![chosen(&self.clients, client)?];
        participants.extend(with.and_then(|with| chosen(&self.clients, with)));
        let twice = participants.len() == 2 && participants[0] == participants[1];
        let ids: Vec<ClientId> = participants.iter().map(|client| self.clients[*client].0).collect();
        let booked_by = if by_client { BookedBy::Client } else { BookedBy::Therapist };
        let new = NewSession { start, booked_by, ..bench::new_session(&ids, bench::NOW) };
        let booked = happened(self.bench.write(|w| booking::book(w, &new)));
        if let Some(id) = booked {
            self.sessions.push(Session { id, participants, starts_at, by_client, attendance: Attendance::Unknown, note: None });
        }
        Some((if twice { Expected::Refused } else { Expected::Changed }, booked.is_some()))
    }

    fn act_on_note(&mut self, act: &Act) -> Option<(Expected, bool)> {
        let now = self.now();
        let (Act::Write { session, .. }
        | Act::Approve { session }
        | Act::Undo { session }
        | Act::Error { session }
        | Act::Addendum { session }) = act
        else {
            return None;
        };
        let session = chosen(&self.sessions, *session)?;
        let stands = &mut self.sessions[session];
        if let Act::Write { text, .. } = act {
            let refused = stands.decided() || (stands.note.is_none() && stands.attendance.cancelled());
            let expected = match stands.note {
                _ if refused => Expected::Refused,
                Some(_) => Expected::Quiet,
                None => Expected::Changed,
            };
            let written = self.bench.write(|w| {
                let note = notes::open_or_begin(w, stands.id, Template::Free)?;
                notes::drafts::save(w, note, &bench::free(text))?;
                Ok(note)
            });
            let written = happened(written);
            if let Some(id) = written {
                let no_show = stands.attendance == Attendance::NoShow;
                stands.note = Some(Note { id, text: text.clone(), no_show, approved: None });
            }
            return Some((expected, written.is_some()));
        }
        let (attendance, started) = (stands.attendance, stands.starts_at <= now);
        let note = stands.note.as_mut()?;
        let (id, approved) = (note.id, note.approved);
        let expect = |refused: bool| if refused { Expected::Refused } else { Expected::Changed };
        Some(match act {
            Act::Approve { .. } => {
                let blank = note.text.trim().is_empty();
                let missed = attendance == Attendance::NoShow && !note.no_show;
                let done = happened(self.bench.write(|w| approval::approve(w, id))).is_some();
                if done {
                    note.approved = Some(Approval { undo_until: now + 30_000, attendance_before: attendance, addendum: false });
                    if !note.no_show && attendance == Attendance::Unknown {
                        stands.attendance = Attendance::Attended;
                    }
                }
                (expect(approved.is_some() || attendance.cancelled() || missed || !started || blank), done)
            }
            Act::Undo { .. } => {
                let done = happened(self.bench.write(|w| approval::undo_approval(w, id))).is_some();
                if done {
                    note.approved = None;
                    stands.attendance = approved.map_or(attendance, |approval| approval.attendance_before);
                }
                (expect(approved.is_none_or(|approval| now > approval.undo_until || approval.addendum)), done)
            }
            Act::Error { .. } => {
                let mark = |w: &mut practice::store::Writer| approval::mark_in_error(w, id, ErrorReason::Other, "Another's session");
                let done = happened(self.bench.write(mark)).is_some();
                if done {
                    stands.note = None;
                }
                (expect(approved.is_none()), done)
            }
            _ => {
                let added = self.bench.write(|w| {
                    let addendum = addenda::begin(w, id)?;
                    addenda::save(w, addendum, AddendumReason::LaterNews, "Rang on Sunday.")?;
                    addenda::approve(w, addendum)
                });
                let done = happened(added).is_some();
                if let Some(approval) = note.approved.as_mut().filter(|_| done) {
                    approval.addendum = true;
                }
                (expect(approved.is_none()), done)
            }
        })
    }

    fn step(&mut self, act: &Act) {
        let before = self.trail.0;
        let done = self.act(act);
        self.trail = self.bench.follow_chain(self.trail).unwrap();
        match done {
            None => assert_eq!(self.trail.0, before, "nothing was done"),
            Some((expected, happened)) => {
                assert_eq!(happened, expected != Expected::Refused, "{act:?}: the model expects {expected:?}");
                match expected {
                    Expected::Changed => assert!(self.trail.0 > before, "{act:?} left no event"),
                    Expected::Refused => assert_eq!(self.trail.0, before, "{act:?} was refused and left an event"),
                    Expected::Quiet => {}
                }
            }
        }
    }

    fn check(&mut self) {
        self.screens_say_what_the_model_says();
        self.nothing_kept_has_changed();
    }

    fn screens_say_what_the_model_says(&self) {
        let now = self.now();
        for session in &self.sessions {
            let shown = self.bench.session(session.id);
            assert_eq!(shown.state, session.state(now));
            assert_eq!(shown.state == SessionState::Completed, session.completed(now));
            assert_eq!((shown.starts_at.0, shown.attendance), (session.starts_at, session.attendance));
        }
        let page = self.bench.read(|r| list::page(r, &bench::query(ClientFilter::Active, ClientSort::Name, 0, 200)));
        assert_eq!(page.rows.len(), self.clients.len());
        for (number, (id, consent)) in self.clients.iter().enumerate() {
            let mine = || self.sessions.iter().filter(|session| session.participants.contains(&number));
            let completed: Vec<i64> = mine().filter(|session| session.completed(now)).map(|session| session.starts_at).collect();
            let to_come = || mine().filter(|session| session.starts_at > now && !session.attendance.cancelled());
            let next = to_come().map(|session| session.starts_at).min();
            let by_client = |by: BookedBy| to_come().any(|s| Some(s.starts_at) == next && s.by_client == (by == BookedBy::Client));
            let facts = self.bench.facts(*id);
            assert_eq!(facts.completed as usize, completed.len());
            assert_eq!(facts.last_completed.map(|last| last.starts_at.0), completed.iter().max().copied());
            assert_eq!(facts.next_booked.as_ref().map(|booked| booked.starts_at.0), next);
            assert!(facts.next_booked.is_none_or(|booked| by_client(booked.booked_by)));
            assert_eq!(facts.consent.state, *consent);
            let row = page.rows.iter().find(|row| row.id == *id).unwrap();
            assert_eq!(row.last_completed.map(|at| at.0), completed.iter().max().copied());
            assert_eq!(row.next_booked.map(|at| at.0), next);
            assert!(row.next_booked_by.is_none_or(by_client));
            assert_eq!(row.consent, *consent);
            let awaiting = mine().filter(|session| session.state(now) == SessionState::AwaitingApproval).count();
            assert_eq!(row.awaiting.unwrap_or_default() as usize, awaiting);
            let given = consents::Decision::Given;
            for session in mine() {
                let all = session.participants.iter().all(|client| self.clients[*client].1 == given.into());
                let leave = self.bench.read(|r| Ok(consents::leave_to_process(r, session.id, Purpose::AutomaticNoteTaking).is_ok()));
                assert_eq!(leave, all);
            }
            self.homework_stands(number, &facts.homework, row);
        }
    }

    fn homework_stands(&self, client: usize, standing: &homework::HomeworkStanding, row: &list::ClientRow) {
        let today = self.bench.moment.today();
        let mine: Vec<&Homework> = self.homework.iter().filter(|piece| piece.client == client).collect();
        let open: Vec<_> = mine.iter().filter(|piece| piece.state.open()).collect();
        let overdue: Vec<Date> = open.iter().filter_map(|piece| piece.due_on).filter(|due| *due < today).collect();
        let days = overdue.iter().min().map(|due| u32::try_from((today - *due).num_days()).unwrap());
        assert_eq!((standing.overdue_days, row.homework_overdue_days), (days, days));
        assert_eq!(standing.state, row.homework);
        match (overdue.len(), open.len(), mine.len()) {
            (0, 0, 0) => assert_eq!(standing.state, None),
            (0, 0, _) => assert!(!standing.state.unwrap().open()),
            (0, open, _) => assert_eq!((standing.state.unwrap().open(), standing.count as usize), (true, open)),
            (overdue, ..) => assert_eq!(standing.count as usize, overdue),
        }
    }

    fn nothing_kept_has_changed(&mut self) {
        let rows = |sql: &str| -> Vec<(Vec<u8>, String)> {
            let mut statement = self.bench.connection().prepare_cached(sql).unwrap();
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
            rows.map(rusqlite::Result::unwrap).collect()
        };
        let versions: BTreeMap<Vec<u8>, String> = rows(
            "SELECT id, body || hex(sha256) FROM note_versions WHERE id IN (SELECT version_id FROM approvals)
             UNION ALL SELECT id, text || hex(sha256) FROM addenda WHERE approved_at IS NOT NULL",
        )
        .into_iter()
        .collect();
        for (id, bytes) in &self.approved {
            assert_eq!(versions.get(id), Some(bytes), "what was approved has changed");
        }
        let consents: Vec<String> = rows(
            "SELECT id, hex(client_id) || purpose || decision || asserted_by || how || discussed_on || remark || at FROM consents ORDER BY seq",
        )
        .into_iter()
        .map(|(id, record)| format!("{id:?} {record}"))
        .collect();
        assert!(consents.starts_with(&self.consents), "the history of consent has changed");
        (self.approved, self.consents) = (versions, consents);
        for note in self.sessions.iter().filter_map(|session| session.note.as_ref()) {
            let page = self.bench.note(note.id);
            assert_eq!(page.sections[0].text, practice::words::Veil::Open.text(note.text.clone()));
            assert!(page.approval.is_none_or(|approval| approval.unchanged));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_rules_hold(acts in proptest::collection::vec(act(), 20..60)) {
        let mut life = Life::begin();
        life.step(&Act::AddClient);
        life.step(&Act::AddClient);
        for few in acts.chunks(4) {
            few.iter().for_each(|act| life.step(act));
            life.check();
        }
    }
}
