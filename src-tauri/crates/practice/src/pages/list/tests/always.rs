//! Whatever is done, and however time goes, the kept rows say what the naive statement says: every row, count, filter and order.

use proptest::prelude::*;

use super::oracle;
use crate::clients::{self, AgreedHow, Agreement, ClientDetails, ClientStatus};
use crate::consents::{self, AssertedBy, Decision, How, NewConsent, Purpose};
use crate::error::{Error, Result};
use crate::homework::{self, HomeworkState, NewHomework, Repeats};
use crate::id::{ClientId, HomeworkId, ImportId, NoteId, SessionId};
use crate::imports::{self, Opened};
use crate::notes::{self, Section, SectionKind, Template, approval};
use crate::pages::list::{self, ClientFilter, ClientQuery, ClientSort};
use crate::sessions::booking::{self, Cancellation, Move, MoveScope, NewSession, Start};
use crate::sessions::{self, Attendance, BookedBy, SessionKind};
use crate::store::Writer;
use crate::testing::Desk;
use crate::time::{Instant, Moment};
use crate::undo::{self, Change, Deed, Target};

/// What may happen. Numbers choose among what there is.
#[derive(Clone, Debug)]
enum Act {
    Add {
        name: usize,
        status: ClientStatus,
    },
    Rename {
        client: usize,
        name: usize,
        started: Option<i64>,
    },
    Status {
        client: usize,
        status: ClientStatus,
    },
    Book {
        client: usize,
        with: Option<usize>,
        minutes: i64,
        zone: &'static str,
        by: BookedBy,
        times: Option<u32>,
    },
    Move {
        session: usize,
        minutes: i64,
        scope: MoveScope,
    },
    Cancel {
        session: usize,
        how: Attendance,
    },
    Attend {
        session: usize,
        attendance: Attendance,
    },
    Begin {
        session: usize,
    },
    Approve {
        session: usize,
    },
    Wrong {
        note: usize,
    },
    Assign {
        client: usize,
        due: Option<i64>,
    },
    Homework {
        homework: usize,
        state: HomeworkState,
    },
    Due {
        homework: usize,
        due: Option<i64>,
    },
    Consent {
        client: usize,
        decision: Decision,
        purpose: Purpose,
    },
    Import {
        rows: usize,
    },
    Undo,
    Redo,
    /// Straight in SQL, for which the core has no act.
    Participant {
        session: usize,
        client: usize,
        leaves: bool,
    },
    Forget {
        homework: usize,
    },
    Pass {
        minutes: i64,
    },
    /// The clock alone, without a write.
    Wait {
        minutes: i64,
    },
    Travel {
        zone: &'static str,
    },
}

const NAMES: [(&str, &str); 5] = [("Ito", "Haruka"), ("Kaur", "Jo"), ("Itō", "Haruka"), ("Abebe", ""), ("Silva Ito", "Ana")];
const ZONES: [&str; 4] = ["Europe/London", "America/Los_Angeles", "Pacific/Auckland", "Pacific/Kiritimati"];

fn act() -> impl Strategy<Value = Act> {
    use ClientStatus::{Active, Archived, Discharged, Prospective, Waiting};
    let status = prop::sample::select(vec![Prospective, Waiting, Active, Active, Discharged, Archived]);
    let zone = prop::sample::select(ZONES.to_vec());
    let by = prop::sample::select(vec![BookedBy::Client, BookedBy::Therapist]);
    // On the half hour, so that sessions begin and end at once.
    let minutes = (-200_i64..200).prop_map(|halves| halves * 30);
    let near = (-8_i64..8).prop_map(|halves| halves * 30);
    let minutes = prop_oneof![minutes, near];
    let scope = prop::sample::select(vec![MoveScope::One, MoveScope::Following, MoveScope::ToCome]);
    let cancelled =
        prop::sample::select(vec![Attendance::CancelledByClient, Attendance::CancelledLateByClient, Attendance::CancelledByTherapist]);
    let came = prop::sample::select(vec![Attendance::Unknown, Attendance::Attended, Attendance::NoShow]);
    let due = prop::option::weighted(0.8, -3_i64..4);
    let state = prop::sample::select(vec![
        HomeworkState::Assigned,
        HomeworkState::InProgress,
        HomeworkState::Done,
        HomeworkState::PartlyDone,
        HomeworkState::Cancelled,
    ]);
    let decision = prop::sample::select(vec![Decision::Given, Decision::Declined, Decision::Withdrawn]);
    let purpose = prop::sample::select(vec![Purpose::AutomaticNoteTaking, Purpose::AutomaticNoteTaking, Purpose::Recording]);
    let pass = prop_oneof![Just(0_i64), -3_000_i64..0, 1_i64..60, 60_i64..3_000, Just(-40_000_i64), Just(40_000_i64)];
    let n = 0..64_usize;
    prop_oneof![
        2 => (n.clone(), status.clone()).prop_map(|(name, status)| Act::Add { name, status }),
        2 => (n.clone(), n.clone(), prop::option::of(-20_i64..0)).prop_map(|(client, name, started)| Act::Rename { client, name, started }),
        3 => (n.clone(), status).prop_map(|(client, status)| Act::Status { client, status }),
        6 => (n.clone(), prop::option::weighted(0.3, n.clone()), minutes.clone(), zone.clone(), by, prop::option::weighted(0.15, 2..4_u32))
            .prop_map(|(client, with, minutes, zone, by, times)| Act::Book { client, with, minutes, zone, by, times }),
        3 => (n.clone(), minutes, scope).prop_map(|(session, minutes, scope)| Act::Move { session, minutes, scope }),
        2 => (n.clone(), cancelled).prop_map(|(session, how)| Act::Cancel { session, how }),
        3 => (n.clone(), came).prop_map(|(session, attendance)| Act::Attend { session, attendance }),
        2 => n.clone().prop_map(|session| Act::Begin { session }),
        6 => n.clone().prop_map(|session| Act::Approve { session }),
        2 => n.clone().prop_map(|note| Act::Wrong { note }),
        3 => (n.clone(), due.clone()).prop_map(|(client, due)| Act::Assign { client, due }),
        3 => (n.clone(), state).prop_map(|(homework, state)| Act::Homework { homework, state }),
        2 => (n.clone(), due).prop_map(|(homework, due)| Act::Due { homework, due }),
        2 => (n.clone(), decision, purpose).prop_map(|(client, decision, purpose)| Act::Consent { client, decision, purpose }),
        1 => (1..4_usize).prop_map(|rows| Act::Import { rows }),
        5 => Just(Act::Undo),
        2 => Just(Act::Redo),
        1 => (n.clone(), n.clone(), any::<bool>()).prop_map(|(session, client, leaves)| Act::Participant { session, client, leaves }),
        1 => n.prop_map(|homework| Act::Forget { homework }),
        3 => pass.clone().prop_map(|minutes| Act::Pass { minutes }),
        3 => pass.prop_map(|minutes| Act::Wait { minutes }),
        1 => zone.prop_map(|zone| Act::Travel { zone }),
    ]
}

struct Life {
    desk: Desk,
    clients: Vec<ClientId>,
    sessions: Vec<SessionId>,
    homework: Vec<HomeworkId>,
    imports: u128,
    undo: Option<Change>,
    redo: Option<Change>,
}

fn chosen<T: Copy>(list: &[T], number: usize) -> Option<T> {
    (!list.is_empty()).then(|| list[number % list.len()])
}

fn taken<T>(done: Result<T>) -> Option<T> {
    match done {
        Ok(value) => Some(value),
        Err(Error::Refused(_)) => None,
        Err(Error::Fault(fault)) => panic!("a fault: {fault}"),
    }
}

impl Life {
    fn begin() -> Self {
        let mut desk = Desk::new();
        desk.conn().set_prepared_statement_cache_capacity(128);
        let practice = crate::settings::Practice::of("Dr Ruth Adeyemi", "Europe/London");
        desk.write(|w| crate::settings::set_up(w, &practice)).unwrap();
        let mut life = Self { desk, clients: Vec::new(), sessions: Vec::new(), homework: Vec::new(), imports: 0, undo: None, redo: None };
        for (name, zone) in ZONES.into_iter().take(3).enumerate() {
            life.act(&Act::Add { name, status: ClientStatus::Active });
            let with = (name == 0).then_some(1);
            for minutes in [-1_500, -90, 60, 1_500] {
                life.act(&Act::Book { client: name, with, minutes, zone, by: BookedBy::Client, times: None });
            }
            life.act(&Act::Assign { client: name, due: Some(0) });
        }
        life
    }

    /// An act that can be taken back.
    fn remember(&mut self, deed: Deed, target: Target, act: impl FnOnce(&mut Writer) -> Result<()>) {
        if let Some((_, change)) = taken(self.desk.write(|w| undo::remembering(w, deed, target, act))) {
            (self.undo, self.redo) = (Some(change), None);
        }
    }

    fn start(&self, minutes: i64, zone: &str) -> Start {
        let half_hour = 30 * 60_000;
        let at = Instant((self.desk.moment.at.0 / half_hour) * half_hour + minutes * 60_000);
        let local = at.in_zone(zone.parse().unwrap());
        Start { date: local.date(), time: local.format("%H:%M").to_string(), zone: Some(zone.to_owned()), later: Some(false) }
    }

    fn day(&self, days: i64) -> chrono::NaiveDate {
        self.desk.moment.today() + chrono::Duration::days(days)
    }

    fn details(&self, name: usize) -> ClientDetails {
        let (last, first) = NAMES[name % NAMES.len()];
        ClientDetails {
            file_number: if name.is_multiple_of(2) { format!("F-{name}") } else { String::new() },
            ..ClientDetails::named(last, first)
        }
    }

    fn approved(&self) -> Vec<NoteId> {
        let mut approved = self.desk.conn().prepare_cached("SELECT id FROM notes WHERE state = 'approved' ORDER BY id").unwrap();
        approved.query_map([], |row| row.get(0)).unwrap().map(rusqlite::Result::unwrap).collect()
    }

    #[allow(clippy::too_many_lines, reason = "an arm for each act")]
    fn act(&mut self, act: &Act) -> Option<()> {
        match *act {
            Act::Add { name, status } => {
                let details = self.details(name);
                self.clients.push(taken(self.desk.write(|w| clients::add(w, &details, status, true)))?);
            }
            Act::Rename { client, name, started } => {
                let client = chosen(&self.clients, client)?;
                let details = ClientDetails { started: started.map(|days| self.day(days)), ..self.details(name) };
                let agreement = Agreement { how: AgreedHow::Phone, on: self.desk.moment.today() };
                self.remember(Deed::ClientChanged, Target::Client(client), |w| clients::edit(w, client, &details, &agreement));
            }
            Act::Status { client, status } => {
                let client = chosen(&self.clients, client)?;
                self.remember(Deed::StatusChanged, Target::Client(client), |w| clients::set_status(w, client, status));
            }
            Act::Book { client, with, minutes, zone, by, times } => {
                let mut participants = vec![chosen(&self.clients, client)?];
                participants.extend(with.and_then(|with| chosen(&self.clients, with)));
                let new = NewSession {
                    participants,
                    start: self.start(minutes, zone),
                    minutes: 60,
                    kind: SessionKind::Video,
                    place: String::new(),
                    booked_by: by,
                    booking_source: String::new(),
                    repeat_times: times,
                };
                taken(self.desk.write(|w| booking::book(w, &new)))?;
                let mut all = self.desk.conn().prepare_cached("SELECT id FROM sessions ORDER BY id").unwrap();
                self.sessions = all.query_map([], |row| row.get(0)).unwrap().map(rusqlite::Result::unwrap).collect();
            }
            Act::Move { session, minutes, scope } => {
                let session = chosen(&self.sessions, session)?;
                let start = self.start(minutes, "UTC");
                let to = Move { start, minutes: 30, asked_by: BookedBy::Client, asked_at: None, remark: String::new(), scope };
                self.remember(Deed::SessionMoved, Target::Session(session), |w| booking::move_to(w, session, &to).map(drop));
            }
            Act::Cancel { session, how } => {
                let session = chosen(&self.sessions, session)?;
                let cancellation = Cancellation { attendance: how, told_at: None, remark: String::new() };
                self.remember(Deed::SessionCancelled, Target::Session(session), |w| booking::cancel(w, session, &cancellation));
            }
            Act::Attend { session, attendance } => {
                let session = chosen(&self.sessions, session)?;
                self.remember(Deed::AttendanceRecorded, Target::Session(session), |w| sessions::set_attendance(w, session, attendance));
            }
            Act::Begin { session } => {
                let session = chosen(&self.sessions, session)?;
                taken(self.desk.write(|w| notes::open_or_begin(w, session, Template::Free)))?;
            }
            Act::Approve { session } => {
                let session = chosen(&self.sessions, session)?;
                let text = vec![Section { kind: SectionKind::Text, text: "She slept better.".to_owned() }];
                let note = taken(self.desk.write(|w| {
                    let note = notes::open_or_begin(w, session, Template::Free)?;
                    notes::drafts::save(w, note, &text).map(|_| note)
                }))?;
                self.remember(Deed::NoteApproved, Target::Approval(note), |w| approval::approve(w, note).map(drop));
            }
            Act::Wrong { note } => {
                let note = chosen(&self.approved(), note)?;
                taken(self.desk.write(|w| approval::mark_in_error(w, note, approval::ErrorReason::Other, "Another's session")))?;
            }
            Act::Assign { client, due } => {
                let (client, new) = (chosen(&self.clients, client)?, self.piece(due));
                self.homework.push(taken(self.desk.write(|w| homework::assign(w, client, &new)))?);
            }
            Act::Homework { homework, state } => {
                let homework = chosen(&self.homework, homework)?;
                let target = Target::Homework(homework);
                self.remember(Deed::of_homework(state), target, |w| homework::record_state(w, homework, state, ""));
            }
            Act::Due { homework, due } => {
                let (homework, new) = (chosen(&self.homework, homework)?, self.piece(due));
                self.remember(Deed::HomeworkChanged, Target::Homework(homework), |w| homework::edit(w, homework, &new));
            }
            Act::Consent { client, decision, purpose } => {
                let client = chosen(&self.clients, client)?;
                let new = NewConsent {
                    purpose,
                    decision,
                    asserted_by: AssertedBy::Client,
                    how: How::Phone,
                    discussed_on: self.desk.moment.today(),
                    form_version: String::new(),
                    session: None,
                    remark: String::new(),
                };
                taken(self.desk.write(|w| consents::record(w, client, &new)))?;
            }
            Act::Import { rows } => {
                let mut file = "Last Name,First Name\n".to_owned();
                (0..rows).for_each(|row| file += &format!("Ito,{}\n", ["Haruka", "Ada", "Bo"][row]));
                let opened = self.desk.read(|r| Opened::open(r, "clients.csv", file.as_bytes())).unwrap();
                self.imports += 1;
                let id = ImportId(uuid::Uuid::from_u128(self.imports));
                if taken(imports::run(|act| self.desk.write(|w| act(w)), id, &opened, |_| true)).is_some() {
                    (self.undo, self.redo) = (Some(Change::of_import(id)), None);
                }
            }
            Act::Undo => {
                let change = self.undo.take()?;
                taken(self.desk.write(|w| undo::undo(w, &change)))?;
                self.redo = change.can_redo().then_some(change);
            }
            Act::Redo => {
                let change = self.redo.take()?;
                taken(self.desk.write(|w| undo::redo(w, &change)))?;
                self.undo = Some(change);
            }
            Act::Participant { session, client, leaves } => {
                let (session, client) = (chosen(&self.sessions, session)?, chosen(&self.clients, client)?);
                let sql = if leaves {
                    "DELETE FROM session_participants WHERE session_id = ?1 AND client_id = ?2 AND position > 0"
                } else {
                    "INSERT OR IGNORE INTO session_participants (session_id, client_id, position) VALUES (?1, ?2, 9)"
                };
                self.desk.conn().execute(sql, rusqlite::params![session, client]).unwrap();
            }
            Act::Forget { homework } => {
                // Refused where something refers to it.
                let homework = chosen(&self.homework, homework)?;
                let _ = self.desk.conn().execute("DELETE FROM homework WHERE id = ?1", [homework]);
            }
            Act::Pass { minutes } => {
                self.desk.moment.at = self.desk.moment.at.plus_seconds(minutes * 60);
                // Nothing of the list is written, but the time is told.
                self.desk.write(|_| Ok(())).unwrap();
            }
            Act::Wait { minutes } => self.desk.moment.at = self.desk.moment.at.plus_seconds(minutes * 60),
            Act::Travel { zone } => self.desk.moment = Moment { zone: zone.parse().unwrap(), ..self.desk.moment },
        }
        Some(())
    }

    fn piece(&self, due: Option<i64>) -> NewHomework {
        NewHomework {
            text: "Walk".into(),
            detail: String::new(),
            session: None,
            due_on: due.map(|days| self.day(days)),
            repeats: Repeats::Once,
            times: None,
        }
    }

    fn check(&self, turn: usize) {
        let filters = [
            ClientFilter::Active,
            ClientFilter::Ended,
            ClientFilter::NeedsNote,
            ClientFilter::NoNextSession,
            ClientFilter::HomeworkOverdue,
            ClientFilter::ConsentNotRecorded,
        ];
        let sorts = [
            ClientSort::Name,
            ClientSort::Started,
            ClientSort::LastCompleted,
            ClientSort::NextBooked,
            ClientSort::Homework,
            ClientSort::Consent,
        ];
        let by_name =
            |filter| ClientQuery { filter, sort: ClientSort::Name, descending: false, find: String::new(), offset: 0, limit: 200 };
        // The two lists that lie in order, one of the filters in turn, and that by another column, in part, and for a name.
        let (sort, descending) = (sorts[turn / 6 % 6], turn.is_multiple_of(2));
        let in_turn = ClientQuery { sort, descending, ..by_name(filters[turn % 6]) };
        let part = ClientQuery { offset: 1, limit: 2, ..in_turn.clone() };
        let found = ClientQuery { find: ["ito", "har it", "f-2", "-"][turn % 4].into(), ..in_turn.clone() };
        for query in [by_name(ClientFilter::Active), by_name(ClientFilter::Ended), in_turn, part, found] {
            let says = self.desk.read(|r| list::page(r, &query)).unwrap();
            let should = self.desk.read(|r| oracle::page(r, &query)).unwrap();
            assert_eq!(format!("{says:#?}"), format!("{should:#?}"), "{query:?}");
            let client = self.clients[turn % self.clients.len()];
            let stands = self.desk.read(|r| list::place(r, client, &query)).unwrap();
            let should = self.desk.read(|r| oracle::place(r, client, &query)).unwrap();
            assert_eq!(format!("{stands:?}"), format!("{should:?}"), "{query:?}");
        }
    }

    /// The counters of the ended ones are what they count.
    fn check_counters(&self) {
        let counted: String = self
            .desk
            .conn()
            .query_row(
                "SELECT (SELECT json_array(ended, ended_awaiting, ended_overdue, ended_changing) FROM client_list_whole)
                     || json_array(count(*), count(*) FILTER (WHERE awaiting > 0), count(due_passed),
                                   count(*) FILTER (WHERE changes_at < 253402300800000)) FROM client_list WHERE current = 0",
                [],
                |row| row.get(0),
            )
            .unwrap();
        let (kept, are) = counted.split_at(counted.len() / 2);
        assert_eq!(kept, are);
    }

    /// After a write, every row is true of the moment of the write, so that the next look finds nothing to look up.
    fn check_settled(&self) {
        let stale: u32 = self
            .desk
            .conn()
            .query_row(
                "SELECT count(*) FROM client_list
                  WHERE true_from > ?1 OR true_until <= ?1 OR due_passed >= ?2 OR due_next < ?2",
                rusqlite::params![self.desk.moment.at, self.desk.moment.today()],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(stale, 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_kept_rows_always_say_what_the_naive_statement_says(acts in prop::collection::vec(act(), 20..60)) {
        let mut life = Life::begin();
        for (turn, act) in acts.iter().enumerate() {
            let done = life.act(act);
            life.check(turn);
            life.check_counters();
            if matches!(act, Act::Pass { .. } | Act::Add { .. }) && done.is_some() {
                life.check_settled();
            }
        }
    }
}
