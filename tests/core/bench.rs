//! Real, encrypted records to try things on, with a clock and ids of the test's own. Both test binaries use it, each a part.
#![allow(dead_code, reason = "each binary uses its own part")]

use std::path::Path;

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use practice::clients::{self, ClientDetails, ClientStatus};
use practice::consents::{self, AssertedBy, Decision, How, NewConsent, Purpose};
use practice::error::{Error, Refusal, Result};
use practice::homework::{NewHomework, Repeats};
use practice::id::{ClientId, NoteId, SessionId};
use practice::notes::approval::{self, ErrorReason};
use practice::notes::page::{self, NotePage};
use practice::notes::{self, Section, SectionKind, Template, search};
use practice::pages::list::{self, ClientFilter, ClientQuery, ClientRow, ClientSort};
use practice::pages::{self, Facts};
use practice::sessions::booking::{self, Cancellation, NewSession, Start};
use practice::sessions::{self, Attendance, BookedBy, Session, SessionKind, SessionState};
use practice::settings::{self, Practice};
use practice::store::anchor::Agreement;
use practice::store::{self, Connections, Reader, Records, Writer};
use practice::time::{Instant, Moment, WallClock, wall_clock};
use practice::vault::{self, DatabaseKey, KeyringAnswer, KeyringSecret, Opened, Standing};
use practice::words::Veil;
use rusqlite::{Connection, Params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The first instant of every test: Thursday 15 January 2026, 11:12 in London.
pub const NOW: &str = "2026-01-15 11:12";

pub struct Bench {
    pub moment: Moment,
    /// What is written goes through these, where they are given, and is marked in the anchor; the connection then only reads.
    records: Option<Records>,
    connection: Connection,
    next_id: u128,
    _folder: Option<tempfile::TempDir>,
}

impl Bench {
    /// New records in a folder of their own, the practice set up.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (connections, _) = begin(folder.path());
        let mut bench = Self::on(connections.writer, Some(folder));
        bench.write(|w| settings::set_up(w, &practice_of("Dr Ruth Adeyemi"))).unwrap();
        bench
    }

    /// The same, encrypted in memory: for what drives thousands of operations.
    pub fn in_memory() -> Self {
        let mut bench = Self::on(store::open_in_memory(&DatabaseKey::generate().unwrap()).unwrap(), None);
        bench.write(|w| settings::set_up(w, &practice_of("Dr Ruth Adeyemi"))).unwrap();
        bench
    }

    pub fn on(connection: Connection, folder: Option<tempfile::TempDir>) -> Self {
        let zone = chrono_tz::Europe::London;
        Self { moment: Moment { at: at(NOW), zone }, records: None, connection, next_id: 0, _folder: folder }
    }

    /// Open records, as the program has them.
    pub fn recorded(connections: Connections) -> Self {
        let Connections { writer, mut readers, anchor, opener } = connections;
        // One for whoever looks past the records, the others for the records.
        let reader = readers.pop().unwrap();
        Self { records: Some(Records::new(Connections { writer, readers, anchor, opener })), ..Self::on(reader, None) }
    }

    /// The open records.
    pub fn records(&self) -> &Records {
        self.records.as_ref().unwrap()
    }

    /// What the anchor says of the records.
    pub fn agreement(&self) -> Result<Agreement> {
        self.records.as_ref().map_or(Ok(Agreement::Unknown), Records::agreement)
    }

    pub fn now(&mut self, local: &str) {
        self.moment.at = at(local);
    }

    pub fn pass(&mut self, seconds: i64) {
        self.moment.at = self.moment.at.plus_seconds(seconds);
    }

    /// Ids from here on: for runs that go on in the same records.
    pub fn ids_from(&mut self, first: u128) {
        self.next_id = first;
    }

    pub fn write<T>(&mut self, act: impl FnOnce(&mut Writer) -> Result<T>) -> Result<T> {
        let next = &mut self.next_id;
        let mut ids = || {
            *next += 1;
            Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + *next)
        };
        match &self.records {
            Some(records) => records.write(self.moment, Veil::Open, &mut ids, act),
            None => store::write(&self.connection, self.moment, Veil::Open, &mut ids, act),
        }
    }

    /// What the program does while nobody writes.
    pub fn rest(&mut self) {
        while self.read(search::is_to_merge) {
            self.write(search::merge).unwrap();
        }
        if let Some(records) = &self.records {
            records.make_room().unwrap();
            records.fold().unwrap();
        }
    }

    pub fn read<T>(&self, look: impl FnOnce(&Reader) -> Result<T>) -> T {
        self.look(look).unwrap()
    }

    /// The same, where it may fail.
    pub fn look<T>(&self, look: impl FnOnce(&Reader) -> Result<T>) -> Result<T> {
        store::read(&self.connection, self.moment, Veil::Open, look).map(|(seen, _)| seen)
    }

    // --- what the schema says ----------------------------------------------------------------------------------------

    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    pub fn sql(&self, sql: &str, values: impl Params) -> rusqlite::Result<usize> {
        self.connection.execute(sql, values)
    }

    /// Tries a statement as one would who goes round the core: the schema refuses it with these words.
    #[track_caller]
    pub fn refused_in_sql(&self, why: &str, sql: &str, values: impl Params) {
        match self.connection.execute(sql, values) {
            Ok(rows) => panic!("the schema let {rows} rows be changed by: {sql}"),
            Err(error) => assert!(error.to_string().contains(why), "{sql}\nwas refused with: {error}\nand not with: {why}"),
        }
    }

    pub fn value<T: rusqlite::types::FromSql>(&self, sql: &str, values: impl Params) -> T {
        self.connection.query_row(sql, values, |row| row.get(0)).unwrap()
    }

    pub fn events(&self, act: &str) -> i64 {
        self.value("SELECT count(*) FROM audit_events WHERE act = ?1", [act])
    }

    pub fn all_events(&self) -> i64 {
        self.value("SELECT count(*) FROM audit_events", [])
    }

    // --- the usual acts ----------------------------------------------------------------------------------------------

    pub fn client(&mut self, last: &str) -> ClientId {
        self.write(|w| clients::add(w, &details(last), ClientStatus::Active, true)).unwrap()
    }

    pub fn book(&mut self, clients: &[ClientId], start: &str) -> SessionId {
        self.write(|w| booking::book(w, &new_session(clients, start))).unwrap()
    }

    /// A draft that says `text`.
    pub fn draft(&mut self, session: SessionId, text: &str) -> NoteId {
        self.write(|w| {
            let note = notes::open_or_begin(w, session, Template::Free)?;
            notes::drafts::save(w, note, &free(text))?;
            Ok(note)
        })
        .unwrap()
    }

    pub fn approved(&mut self, session: SessionId, text: &str) -> NoteId {
        let note = self.draft(session, text);
        self.write(|w| approval::approve(w, note)).unwrap();
        note
    }

    pub fn in_error(&mut self, note: NoteId) {
        self.write(|w| approval::mark_in_error(w, note, ErrorReason::Other, "Written under the wrong day")).unwrap();
    }

    pub fn attendance(&mut self, session: SessionId, attendance: Attendance) {
        let cancellation = Cancellation { attendance, told_at: None, remark: String::new() };
        self.write(|w| match attendance.cancelled() {
            true => booking::cancel(w, session, &cancellation),
            false => sessions::set_attendance(w, session, attendance),
        })
        .unwrap();
    }

    pub fn consent(&mut self, client: ClientId, decision: Decision) -> Result<()> {
        let consent = self.consent_of(decision);
        self.write(|w| consents::record(w, client, &consent))
    }

    pub fn consent_of(&self, decision: Decision) -> NewConsent {
        NewConsent {
            purpose: Purpose::AutomaticNoteTaking,
            decision,
            asserted_by: AssertedBy::Client,
            how: How::InSession,
            discussed_on: self.moment.today(),
            form_version: String::new(),
            session: None,
            remark: String::new(),
        }
    }

    // --- what the screens say ----------------------------------------------------------------------------------------

    pub fn session(&self, id: SessionId) -> Session {
        self.read(|r| sessions::one(r, id))
    }

    pub fn state(&self, id: SessionId) -> SessionState {
        self.session(id).state
    }

    pub fn facts(&self, client: ClientId) -> Facts {
        self.read(|r| pages::facts(r, client))
    }

    pub fn note(&self, id: NoteId) -> NotePage {
        self.read(|r| page::of(r, id))
    }

    pub fn row(&self, client: ClientId) -> ClientRow {
        let page = self.read(|r| list::page(r, &query(ClientFilter::Active, ClientSort::Name, 0, 200)));
        page.rows.into_iter().find(|row| row.id == client).unwrap()
    }

    /// Follows the audit chain after event `from` with hash `previous`, by its published rule; gives its end.
    pub fn follow_chain(&self, from: (i64, [u8; 32])) -> std::result::Result<(i64, [u8; 32]), String> {
        let sql =
            "SELECT seq, at, act, subject, subject_id, client_id, detail, previous, hash FROM audit_events WHERE seq > ?1 ORDER BY seq";
        let mut statement = self.connection.prepare_cached(sql).unwrap();
        let mut rows = statement.query([from.0]).unwrap();
        let (mut last, mut end) = from;
        while let Some(row) = rows.next().unwrap() {
            let seq: i64 = row.get(0).unwrap();
            let (previous, hash): ([u8; 32], [u8; 32]) = (row.get(7).unwrap(), row.get(8).unwrap());
            let text = |column| row.get::<_, String>(column).unwrap();
            let bytes = |column| row.get::<_, Option<Vec<u8>>>(column).unwrap().unwrap_or_default();
            let mut sha = Sha256::new();
            let (act, subject, detail) = (format!("\"{}\"", text(2)), text(3), text(6));
            let (at, subject_id, client) = (row.get::<_, i64>(1).unwrap(), bytes(4), bytes(5));
            let (seq_bytes, at_bytes) = (seq.to_be_bytes(), at.to_be_bytes());
            let fields: [&[u8]; 8] =
                [&previous, &seq_bytes, &at_bytes, act.as_bytes(), subject.as_bytes(), &subject_id, &client, detail.as_bytes()];
            for field in fields {
                sha.update((field.len() as u64).to_be_bytes());
                sha.update(field);
            }
            let computed: [u8; 32] = sha.finalize().into();
            if seq != last + 1 || previous != end || hash != computed {
                return Err(format!("the audit chain breaks at event {seq}"));
            }
            (last, end) = (seq, hash);
        }
        Ok((last, end))
    }

    /// From its beginning; the events there are.
    pub fn chain(&self) -> i64 {
        self.follow_chain((0, [0; 32])).unwrap().0
    }
}

/// Makes records in `folder`; what the keyring would keep.
pub fn begin(folder: &Path) -> (Connections, String) {
    let Standing::FirstRun(first) = vault::prepare(folder, |_| KeyringAnswer::NoEntry) else { panic!("not a first run") };
    let mut kept = String::new();
    let ready = first.begin(DateTime::UNIX_EPOCH, None, |_, secret| {
        kept = secret.to_text().to_string();
        answer(&kept)
    });
    let Ok(ready) = ready else { panic!("no key") };
    let Ok(opened) = ready.open(1) else { panic!("no records") };
    (opened.connections, kept)
}

/// Opens the records that are there, with what the keyring kept.
pub fn open(folder: &Path, kept: &str) -> std::result::Result<Connections, String> {
    opened(folder, kept).map(|opened| opened.connections)
}

/// The same, with the key that is held.
pub fn opened(folder: &Path, kept: &str) -> std::result::Result<Opened, String> {
    match vault::prepare(folder, |_| answer(kept)) {
        Standing::FirstRun(_) => Err("nothing is there".to_owned()),
        Standing::Barred(why) => Err(why.to_string()),
        Standing::Locked(_) => Err("a passphrase is asked for".to_owned()),
        Standing::Ready(ready) => ready.open(2).map_err(|why| why.to_string()),
    }
}

fn answer(kept: &str) -> KeyringAnswer {
    KeyringSecret::from_text(kept.as_bytes()).map_or(KeyringAnswer::NoEntry, KeyringAnswer::Secret)
}

/// `YYYY-MM-DD HH:MM` in London.
pub fn at(local: &str) -> Instant {
    let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap();
    match wall_clock(local, chrono_tz::Europe::London) {
        WallClock::Once(at) | WallClock::Twice(at, _) => at,
        WallClock::Never { first_after } => first_after,
    }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The refusal of an act that must be refused.
#[track_caller]
pub fn refusal<T>(done: Result<T>) -> Refusal {
    match done {
        Err(Error::Refused(refusal)) => refusal,
        Err(Error::Fault(fault)) => panic!("a fault and not a refusal: {fault}"),
        Ok(_) => panic!("it was not refused"),
    }
}

pub fn practice_of(therapist: &str) -> Practice {
    Practice::of(therapist, "Europe/London")
}

pub fn details(last: &str) -> ClientDetails {
    ClientDetails::named(last, "")
}

/// `YYYY-MM-DD HH:MM` as a form gives it.
pub fn start(local: &str) -> Start {
    let (date, time) = local.split_once(' ').unwrap();
    Start { date: day(date), time: time.to_owned(), zone: None, later: Some(false) }
}

pub fn new_session(clients: &[ClientId], local: &str) -> NewSession {
    NewSession {
        participants: clients.to_vec(),
        start: start(local),
        minutes: 50,
        kind: SessionKind::InPerson,
        place: String::new(),
        booked_by: BookedBy::Therapist,
        booking_source: String::new(),
        repeat_times: None,
    }
}

pub fn free(text: &str) -> Vec<Section> {
    vec![Section { kind: SectionKind::Text, text: text.to_owned() }]
}

pub fn homework(text: &str, due_on: Option<NaiveDate>) -> NewHomework {
    NewHomework { text: text.to_owned(), detail: String::new(), session: None, due_on, repeats: Repeats::Once, times: None }
}

pub fn query(filter: ClientFilter, sort: ClientSort, offset: u32, limit: u32) -> ClientQuery {
    ClientQuery { filter, sort, descending: false, find: String::new(), offset, limit }
}
