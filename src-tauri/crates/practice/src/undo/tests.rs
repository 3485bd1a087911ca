//! Undo writes back exactly what stood before, redo what stood after, and neither touches history.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rusqlite::types::Value as Cell;

use super::*;
use crate::clients::contacts::ContactDetails;
use crate::clients::{AgreedHow, Agreement, ClientDetails, ClientStatus, ContactPoint, NameOrder};
use crate::homework::{self, HomeworkState, NewHomework, OccurrenceState, Repeats};
use crate::sessions::booking::{self, Cancellation, Move, MoveScope, NewSession, Start};
use crate::sessions::{self, Attendance, BookedBy, SessionKind};
use crate::testing::{Desk, day};
use crate::words::Veil;

/// What may be written anew; everything else in the record is only ever added to.
const MUTABLE: [(&str, &str); 10] = [
    ("clients", "id"),
    ("client_tags", "client_id, tag"),
    ("contacts", "id"),
    ("contact_points", "id"),
    ("series", "id"),
    ("sessions", "id"),
    ("homework", "id"),
    ("homework_occurrences", "homework_id, number"),
    ("summary_entries", "id"),
    ("notes", "id"),
];
const HISTORY: [(&str, &str); 4] =
    [("client_changes", "at, id"), ("session_moves", "at, id"), ("homework_events", "at, id"), ("audit_events", "seq")];

type Cells = Vec<Vec<Cell>>;

/// Every row of these tables, without the moment of its last change.
fn dump(desk: &Desk, tables: &[(&'static str, &'static str)]) -> BTreeMap<&'static str, Cells> {
    tables
        .iter()
        .map(|(table, order)| {
            let mut statement = desk.conn().prepare(&format!("SELECT * FROM {table} ORDER BY {order}")).unwrap();
            let shown: Vec<usize> =
                (0..statement.column_count()).filter(|column| statement.column_name(*column).unwrap() != "changed_at").collect();
            let cells = |row: &rusqlite::Row| shown.iter().map(|column| row.get(*column)).collect::<rusqlite::Result<Vec<Cell>>>();
            let rows = statement.query_map([], cells).unwrap().collect::<rusqlite::Result<Cells>>().unwrap();
            (*table, rows)
        })
        .collect()
}

fn history_grew(before: &BTreeMap<&str, Cells>, after: &BTreeMap<&str, Cells>) -> bool {
    before.iter().all(|(table, rows)| after[table].starts_with(rows)) && after["audit_events"].len() > before["audit_events"].len()
}

struct Room {
    desk: Desk,
    client: ClientId,
    contact: ContactId,
    /// Of a series, in the future.
    next: SessionId,
    /// Held last week.
    past: SessionId,
    homework: HomeworkId,
    daily: HomeworkId,
    entry: EntryId,
}

fn details(last_name: &str) -> ClientDetails {
    let point = |value: &str| ContactPoint { value: value.to_owned(), remark: "evenings".to_owned() };
    ClientDetails {
        last_name: last_name.to_owned(),
        first_name: "Amara".to_owned(),
        preferred_name: String::new(),
        name_order: NameOrder::GivenFirst,
        initials: String::new(),
        pronouns: "she/her".to_owned(),
        born: Some(day("1988-04-02")),
        started: None,
        phones: vec![point("+44 7700 900142"), point("+44 7700 900143")],
        emails: vec![point("amara@posteo.example")],
        address: "3 Cedar Row".to_owned(),
        file_number: "A-17".to_owned(),
        zone: None,
        tags: vec!["grief".to_owned(), "couples".to_owned()],
        remark: String::new(),
    }
}

fn contact(name: &str) -> ContactDetails {
    ContactDetails {
        name: name.to_owned(),
        relationship: "brother".to_owned(),
        emergency: true,
        phones: vec![ContactPoint { value: "+44 7700 900199".to_owned(), remark: String::new() }],
        emails: Vec::new(),
        may_be_told: "that she is well".to_owned(),
        release_until: Some(day("2026-12-31")),
        confirmed_on: Some(day("2025-03-06")),
    }
}

fn agreed() -> Agreement {
    Agreement { how: AgreedHow::InSession, on: day("2026-01-15") }
}

fn start(date: &str, time: &str) -> Start {
    Start { date: day(date), time: time.to_owned(), zone: None, later: None }
}

fn booked(client: ClientId, start: Start, repeat_times: Option<u32>) -> NewSession {
    NewSession {
        participants: vec![client],
        start,
        minutes: 50,
        kind: SessionKind::InPerson,
        place: String::new(),
        booked_by: BookedBy::Client,
        booking_source: "email".to_owned(),
        repeat_times,
    }
}

fn piece(text: &str, times: Option<u32>) -> NewHomework {
    NewHomework {
        text: text.to_owned(),
        detail: String::new(),
        session: None,
        due_on: Some(day("2026-01-20")),
        repeats: if times.is_some() { Repeats::Daily } else { Repeats::Once },
        times,
    }
}

impl Room {
    fn new() -> Self {
        let mut desk = Desk::new();
        let (client, contact, past, next, homework, daily, entry) = desk
            .write(|w| {
                let client = crate::clients::add(w, &details("Nwachukwu-Reyes"), ClientStatus::Active, false)?;
                contacts::add(w, client, &contact("Ada Reyes"), &agreed())?;
                let contact = contacts::add(w, client, &contact("Emeka Nwachukwu"), &agreed())?;
                contacts::add(w, client, &self::contact("Ifeoma Nwachukwu"), &agreed())?;
                let past = booking::book(w, &booked(client, start("2026-01-08", "12:00"), None))?;
                let next = booking::book(w, &booked(client, start("2026-01-22", "12:00"), Some(6)))?;
                let homework = homework::assign(w, client, &piece("Sleep diary, seven nights", None))?;
                let daily = homework::assign(w, client, &piece("Ten minutes outside", Some(3)))?;
                let entry = EntryId(w.id());
                w.conn().execute(
                    "INSERT INTO summary_entries (id, client_id, grouping, position, text, origin, created_at, changed_at)
                     VALUES (?1, ?2, 'standing', 0, 'Back on full hours.', 'own', 0, 0)",
                    rusqlite::params![entry, client],
                )?;
                Ok((client, contact, past, next, homework, daily, entry))
            })
            .unwrap();
        Self { desk, client, contact, next, past, homework, daily, entry }
    }

    /// Begins the note of the past session, and approves it if asked.
    fn note(&mut self, kind: &str, approved: bool) -> NoteId {
        let past = self.past;
        self.desk
            .write(|w| {
                let (note, version, approval) = (NoteId(w.id()), w.id(), w.id());
                w.conn().execute(
                    "INSERT INTO notes (id, kind, session_id, template, begun_at) VALUES (?1, ?2, ?3, 'free', 0)",
                    rusqlite::params![note, kind, past],
                )?;
                w.conn().execute(
                    "INSERT INTO note_versions (id, note_id, number, body, sha256, written_at)
                     VALUES (?1, ?2, 1, '[{\"kind\": \"text\", \"text\": \"She came.\"}]', zeroblob(32), 0)",
                    rusqlite::params![version, note],
                )?;
                if approved {
                    w.conn().execute(
                        "INSERT INTO approvals (id, note_id, version_id, sha256, approved_at, approved_by, attestation, attended_before, undo_until)
                         VALUES (?1, ?2, ?3, zeroblob(32), ?4, 'A. Therapist', 'mine', 'unknown', ?4 + 30000)",
                        rusqlite::params![approval, note, version, w.moment.at],
                    )?;
                }
                Ok(note)
            })
            .unwrap()
    }

    fn make(&mut self, deed: Deed, target: Target, act: impl FnOnce(&mut Writer) -> Result<()>) -> Result<Change> {
        self.desk.write(|w| remembering(w, deed, target, act)).map(|(_, change)| change)
    }

    fn made(&mut self, act: &Doing) -> Result<Change> {
        let Self { client, contact, next, past, homework, daily, entry, .. } = *self;
        match act.clone() {
            Doing::EditClient(name) => self.make(Deed::ClientChanged, Target::Client(client), |w| {
                let mut new = details(&name);
                new.phones.truncate(name.len() % 3);
                new.tags = vec![name.clone()];
                crate::clients::edit(w, client, &new, &agreed())
            }),
            Doing::Status(status) => {
                self.make(Deed::StatusChanged, Target::Client(client), |w| crate::clients::set_status(w, client, status))
            }
            Doing::EditContact(name, emergency) => self.make(Deed::ContactChanged, Target::Contact(contact), |w| {
                contacts::edit(w, contact, &ContactDetails { emergency, phones: Vec::new(), ..self::contact(&name) }, &agreed())
            }),
            Doing::RemoveContact => self.make(Deed::ContactRemoved, Target::Contact(contact), |w| contacts::remove(w, contact, &agreed())),
            Doing::Move(scope, days, time) => self.make(Deed::SessionMoved, Target::Session(next), |w| {
                let mut to = start("2026-01-19", &time);
                to.date = to.date + chrono::Days::new(days);
                booking::move_to(
                    w,
                    next,
                    &Move { start: to, minutes: 60, asked_by: BookedBy::Client, asked_at: None, remark: "train".to_owned(), scope },
                )
            }),
            Doing::Cancel(attendance) => self.make(Deed::SessionCancelled, Target::Session(next), |w| {
                booking::cancel(w, next, &Cancellation { attendance, told_at: None, remark: "ill".to_owned() })
            }),
            Doing::Attend(attendance) => {
                self.make(Deed::AttendanceRecorded, Target::Session(past), |w| sessions::set_attendance(w, past, attendance))
            }
            Doing::EditHomework(text, due) => self.make(Deed::HomeworkChanged, Target::Homework(homework), |w| {
                let due_on = due.map(|days| day("2026-01-01") + chrono::Days::new(days));
                homework::edit(w, homework, &NewHomework { due_on, ..piece(&text, None) })
            }),
            Doing::HomeworkState(state) => self.make(Deed::HomeworkStateRecorded, Target::Homework(homework), |w| {
                homework::record_state(w, homework, state, "said on the phone")
            }),
            Doing::Occurrence(number, state) => {
                self.make(Deed::HomeworkStateRecorded, Target::Homework(daily), |w| homework::record_occurrence(w, daily, number, state))
            }
            Doing::DropEntry => self.make(Deed::EntryDropped, Target::Entry(entry), |w| {
                let now = w.moment.at;
                w.conn().execute("UPDATE summary_entries SET dropped_at = ?2, pinned = 1 WHERE id = ?1", rusqlite::params![entry, now])?;
                audit::record(w, &Event::new(Act::SummaryChanged, "entry", Some(entry.0), Some(client)))
            }),
        }
    }
}

#[derive(Clone, Debug)]
enum Doing {
    EditClient(String),
    Status(ClientStatus),
    EditContact(String, bool),
    RemoveContact,
    Move(MoveScope, u64, String),
    Cancel(Attendance),
    Attend(Attendance),
    EditHomework(String, Option<u64>),
    HomeworkState(HomeworkState),
    Occurrence(u32, OccurrenceState),
    DropEntry,
}

fn doing() -> impl Strategy<Value = Doing> {
    use Attendance::{Attended, CancelledByClient, CancelledByTherapist, NoShow};
    let name = "[A-Z][a-zé]{1,8}";
    prop_oneof![
        name.prop_map(Doing::EditClient),
        prop_oneof![Just(ClientStatus::Waiting), Just(ClientStatus::Discharged), Just(ClientStatus::Archived)].prop_map(Doing::Status),
        (name, any::<bool>()).prop_map(|(name, emergency)| Doing::EditContact(name, emergency)),
        Just(Doing::RemoveContact),
        (prop_oneof![Just(MoveScope::One), Just(MoveScope::Following), Just(MoveScope::ToCome)], 0..12_u64, "(0[89]|1[0-9]):[0-5]0")
            .prop_map(|(scope, days, time)| Doing::Move(scope, days, time)),
        prop_oneof![Just(CancelledByClient), Just(CancelledByTherapist)].prop_map(Doing::Cancel),
        prop_oneof![Just(Attended), Just(NoShow)].prop_map(Doing::Attend),
        (name, prop::option::of(0..60_u64)).prop_map(|(text, due)| Doing::EditHomework(text, due)),
        prop_oneof![Just(HomeworkState::Done), Just(HomeworkState::NotDone), Just(HomeworkState::Cancelled)].prop_map(Doing::HomeworkState),
        (1..=3_u32, prop_oneof![Just(OccurrenceState::Done), Just(OccurrenceState::NotDone)])
            .prop_map(|(number, state)| Doing::Occurrence(number, state)),
        Just(Doing::DropEntry),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn undo_restores_what_stood_before_and_redo_what_stood_after(first in doing(), second in doing()) {
        let mut room = Room::new();
        room.note("session", false);
        // A change that came earlier makes for rows that were changed before.
        room.made(&first).unwrap();
        room.desk.now("2026-01-15 11:30");
        let (before, told) = (dump(&room.desk, &MUTABLE), dump(&room.desk, &HISTORY));
        // Some are refused after the first, such as moving what it cancelled.
        let Ok(change) = room.made(&second) else { return Ok(()) };
        let after = dump(&room.desk, &MUTABLE);
        room.desk.now("2026-01-15 11:31");
        room.desk.write(|w| undo(w, &change)).unwrap();
        prop_assert_eq!(&dump(&room.desk, &MUTABLE), &before);
        let undone = dump(&room.desk, &HISTORY);
        prop_assert!(history_grew(&told, &undone));
        room.desk.write(|w| redo(w, &change)).unwrap();
        prop_assert_eq!(&dump(&room.desk, &MUTABLE), &after);
        prop_assert!(history_grew(&undone, &dump(&room.desk, &HISTORY)));
        room.desk.write(|w| undo(w, &change)).unwrap();
        prop_assert_eq!(&dump(&room.desk, &MUTABLE), &before);
    }
}

fn refused<T: std::fmt::Debug>(result: Result<T>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn count(desk: &Desk, sql: &str) -> i64 {
    desk.conn().query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn what_was_changed_since_is_not_undone() {
    let mut room = Room::new();
    for (first, since) in [
        (Doing::EditClient("Okafor".into()), Doing::Status(ClientStatus::Waiting)),
        (Doing::HomeworkState(HomeworkState::Done), Doing::HomeworkState(HomeworkState::NotDone)),
        (Doing::Move(MoveScope::ToCome, 4, "15:00".into()), Doing::Cancel(Attendance::CancelledByTherapist)),
        (Doing::Attend(Attendance::Attended), Doing::Attend(Attendance::NoShow)),
        (Doing::EditContact("Ada".into(), true), Doing::RemoveContact),
    ] {
        let change = room.made(&first).unwrap();
        room.made(&since).unwrap();
        let stands = dump(&room.desk, &MUTABLE);
        assert_eq!(refused(room.desk.write(|w| undo(w, &change))), Refusal::ChangedSince, "{first:?}");
        assert_eq!(dump(&room.desk, &MUTABLE), stands);
    }
}

#[test]
fn what_was_undone_and_changed_since_is_not_made_again() {
    let mut room = Room::new();
    let change = room.made(&Doing::Status(ClientStatus::Archived)).unwrap();
    room.desk.write(|w| undo(w, &change)).unwrap();
    room.made(&Doing::Status(ClientStatus::Waiting)).unwrap();
    assert_eq!(refused(room.desk.write(|w| redo(w, &change))), Refusal::ChangedSince);
}

#[test]
fn a_cancellation_and_a_move_are_undone_only_until_the_session_begins() {
    for doing in [Doing::Cancel(Attendance::CancelledByTherapist), Doing::Move(MoveScope::One, 3, "12:00".into())] {
        let mut room = Room::new();
        let change = room.made(&doing).unwrap();
        room.desk.now("2026-01-22 11:59");
        room.desk.write(|w| undo(w, &change)).unwrap();
        room.desk.write(|w| redo(w, &change)).unwrap();
        room.desk.now("2026-01-22 12:00");
        assert_eq!(refused(room.desk.write(|w| undo(w, &change))), Refusal::SessionPast, "{doing:?}");
    }
}

#[test]
fn a_cancellation_is_made_again_only_until_the_session_begins() {
    let mut room = Room::new();
    let change = room.made(&Doing::Cancel(Attendance::CancelledByTherapist)).unwrap();
    room.desk.write(|w| undo(w, &change)).unwrap();
    room.desk.now("2026-01-22 12:10");
    assert_eq!(refused(room.desk.write(|w| redo(w, &change))), Refusal::SessionPast);
}

#[test]
fn attendance_settled_by_an_approved_note_is_not_undone() {
    let mut room = Room::new();
    let change = room.made(&Doing::Attend(Attendance::Attended)).unwrap();
    room.note("session", true);
    assert_eq!(refused(room.desk.write(|w| undo(w, &change))), Refusal::SessionHeld);
}

#[test]
fn a_draft_follows_the_attendance_that_is_undone() {
    let mut room = Room::new();
    room.note("session", false);
    let change = room.made(&Doing::Attend(Attendance::NoShow)).unwrap();
    let no_shows = "SELECT count(*) FROM notes WHERE kind = 'no_show'";
    assert_eq!(count(&room.desk, no_shows), 1);
    room.desk.write(|w| undo(w, &change)).unwrap();
    assert_eq!(count(&room.desk, no_shows), 0);
}

#[test]
fn an_undone_move_of_a_series_leaves_both_moves_of_every_session() {
    let mut room = Room::new();
    let change = room.made(&Doing::Move(MoveScope::ToCome, 4, "15:00".into())).unwrap();
    room.desk.write(|w| undo(w, &change)).unwrap();
    assert_eq!(count(&room.desk, "SELECT count(*) FROM session_moves"), 12);
    assert_eq!(
        count(
            &room.desk,
            "SELECT count(*) FROM session_moves m JOIN session_moves b ON b.session_id = m.session_id
              WHERE m.from_starts_at = b.to_starts_at AND m.to_starts_at = b.from_starts_at AND m.asked_by = 'therapist'"
        ),
        6
    );
}

#[test]
fn an_undo_is_an_act_of_its_own_in_every_history() {
    let mut room = Room::new();
    let edited = room.made(&Doing::EditClient("Okafor".into())).unwrap();
    let done = room.made(&Doing::HomeworkState(HomeworkState::Done)).unwrap();
    room.desk.write(|w| undo(w, &done)).unwrap();
    room.desk.write(|w| undo(w, &edited)).unwrap();
    room.desk.write(|w| redo(w, &edited)).unwrap();
    let of = |sql: &str| count(&room.desk, sql);
    assert_eq!(of("SELECT count(*) FROM client_changes WHERE agreed_how = 'correction' AND agreed_on = '2026-01-15'"), 2);
    assert_eq!(of("SELECT count(*) FROM client_changes WHERE agreed_how = 'correction' AND after ->> 'last_name' = 'Nwachukwu-Reyes'"), 1);
    assert_eq!(of("SELECT count(*) FROM homework_events WHERE act = 'state' AND state = 'assigned'"), 1);
    assert_eq!(of("SELECT count(*) FROM audit_events WHERE act = 'change_undone' AND detail ->> 'deed' = 'homework_state_recorded'"), 1);
    assert_eq!(of("SELECT count(*) FROM audit_events WHERE act = 'change_redone' AND subject = 'client' AND client_id IS NOT NULL"), 1);
}

#[test]
fn a_status_is_undone_without_an_agreement() {
    let mut room = Room::new();
    let told = "SELECT count(*) FROM client_changes";
    let agreed = count(&room.desk, told);
    let change = room.made(&Doing::Status(ClientStatus::Discharged)).unwrap();
    room.desk.write(|w| undo(w, &change)).unwrap();
    assert_eq!(count(&room.desk, told), agreed);
}

#[test]
fn an_undone_removal_shows_the_contact_again_and_says_so() {
    let mut room = Room::new();
    let change = room.made(&Doing::RemoveContact).unwrap();
    room.desk.write(|w| undo(w, &change)).unwrap();
    let (client, contact) = (room.client, room.contact);
    assert!(room.desk.read(|r| contacts::of(r, client)).unwrap().iter().any(|shown| shown.id == contact));
    let said = "SELECT count(*) FROM client_changes
                 WHERE before ->> '$.details' IS NULL AND after ->> '$.details.name' = 'Emeka Nwachukwu' AND agreed_how = 'correction'";
    assert_eq!(count(&room.desk, said), 1);
}

#[test]
fn what_does_not_exist_is_refused_by_the_act_itself() {
    let mut room = Room::new();
    let nobody = ClientId(uuid::Uuid::from_u128(7));
    let made = room.make(Deed::StatusChanged, Target::Client(nobody), |w| crate::clients::set_status(w, nobody, ClientStatus::Active));
    assert_eq!(refused(made), Refusal::NotFound { what: Thing::Client });
}

#[test]
fn an_import_is_not_made_again() {
    let mut room = Room::new();
    let change = Change::of_import(ImportId(uuid::Uuid::from_u128(7)));
    assert!(!change.can_redo());
    assert_eq!(refused(room.desk.write(|w| redo(w, &change))), Refusal::NothingToUndo);
}

#[test]
fn discreet_mode_names_by_initials_and_withholds_words() {
    let mut room = Room::new();
    let moved = room.made(&Doing::Move(MoveScope::One, 3, "12:00".into())).unwrap();
    let done = room.made(&Doing::HomeworkState(HomeworkState::Done)).unwrap();
    let removed = room.made(&Doing::RemoveContact).unwrap();
    let said = |room: &Room, change: &Change| room.desk.read(|r| describe(r, change, false)).unwrap().unwrap().what;
    let shown = |text: &str| Some(Veiled::Shown { text: text.to_owned() });
    assert_eq!(said(&room, &moved), shown("Amara Nwachukwu-Reyes"));
    assert_eq!(said(&room, &done), shown("Sleep diary, seven nights"));
    assert_eq!(said(&room, &removed), shown("Emeka Nwachukwu"));
    room.desk.veil = Veil::Discreet;
    assert_eq!(said(&room, &moved), shown("A. N.-R."));
    assert_eq!(said(&room, &done), Some(Veiled::Hidden));
    assert_eq!(said(&room, &removed), Some(Veiled::Hidden));
}

#[test]
fn a_change_says_nothing_of_a_client_when_it_is_printed_for_debugging() {
    let change = Room::new().made(&Doing::EditClient("Okafor".into())).unwrap();
    let printed = format!("{change:?}");
    assert!(!printed.contains("Okafor") && !printed.contains("Amara"), "{printed}");
}

fn written(room: &mut Room, text: &str) -> NoteId {
    use crate::notes::{Section, SectionKind, Template, drafts, open_or_begin};
    let past = room.past;
    room.desk
        .write(|w| {
            let note = open_or_begin(w, past, Template::Free)?;
            drafts::save(w, note, &[Section { kind: SectionKind::Text, text: text.to_owned() }])?;
            Ok(note)
        })
        .unwrap()
}

fn practice(desk: &mut Desk) {
    let practice = crate::settings::Practice::of("Maren Holt", "Europe/London");
    desk.write(|w| crate::settings::set_up(w, &practice)).unwrap();
}

#[test]
fn an_approval_is_undone_and_made_again_only_of_the_same_words() {
    let mut room = Room::new();
    practice(&mut room.desk);
    let note = written(&mut room, "She came.");
    let past = room.past;
    let approved = |room: &Room| room.desk.read(|r| sessions::one(r, past)).unwrap().note.unwrap().approved;
    let change = room.make(Deed::NoteApproved, Target::Approval(note), |w| notes::approval::approve(w, note).map(drop)).unwrap();
    room.desk.write(|w| undo(w, &change)).unwrap();
    assert!(!approved(&room));
    room.desk.write(|w| redo(w, &change)).unwrap();
    assert!(approved(&room));
    room.desk.write(|w| undo(w, &change)).unwrap();
    written(&mut room, "She came late.");
    assert_eq!(refused(room.desk.write(|w| redo(w, &change))), Refusal::ChangedSince);
    assert!(!approved(&room));
}

#[test]
fn an_approval_is_undone_only_within_its_seconds() {
    let mut room = Room::new();
    practice(&mut room.desk);
    let note = written(&mut room, "She came.");
    let change = room.make(Deed::NoteApproved, Target::Approval(note), |w| notes::approval::approve(w, note).map(drop)).unwrap();
    let offered = |room: &Room| room.desk.read(|r| describe(r, &change, false)).unwrap();
    assert_eq!(offered(&room).unwrap().seconds, Some(30));
    room.desk.now("2026-01-15 11:13");
    assert_eq!(refused(room.desk.write(|w| undo(w, &change))), Refusal::UndoTooLate);
    assert!(offered(&room).is_none(), "what cannot be undone any more is not offered");
}

#[test]
fn a_discarded_addendum_comes_back_with_its_words_unless_another_was_begun() {
    use crate::notes::addenda::{self, AddendumReason};
    let mut room = Room::new();
    practice(&mut room.desk);
    let note = written(&mut room, "She came.");
    room.desk.write(|w| notes::approval::approve(w, note)).unwrap();
    let addendum = room.desk.write(|w| addenda::begin(w, note)).unwrap();
    room.desk.write(|w| addenda::save(w, addendum, AddendumReason::LaterNews, "Her letter came by ferry.")).unwrap();
    let shown = |room: &Room| {
        let page = room.desk.read(|r| notes::page::of(r, note)).unwrap();
        page.addenda.into_iter().map(|addendum| addendum.text).collect::<Vec<_>>()
    };
    let words = Veiled::Shown { text: "Her letter came by ferry.".to_owned() };
    let change = room.make(Deed::AddendumDiscarded, Target::Addendum(addendum), |w| addenda::discard(w, addendum)).unwrap();
    assert!(shown(&room).is_empty());
    let said = room.desk.read(|r| describe(r, &change, false)).unwrap().unwrap();
    assert_eq!(said.what, Some(Veiled::Shown { text: "Amara Nwachukwu-Reyes".to_owned() }));
    room.desk.write(|w| undo(w, &change)).unwrap();
    assert_eq!(shown(&room), std::slice::from_ref(&words));
    assert_eq!(room.desk.read(|r| notes::search::notes(r, "ferry", 9)).unwrap().1.count, 1);
    room.desk.write(|w| redo(w, &change)).unwrap();
    assert!(shown(&room).is_empty());
    let another = room.desk.write(|w| addenda::begin(w, note)).unwrap();
    assert_eq!(refused(room.desk.write(|w| undo(w, &change))), Refusal::ChangedSince);
    let open = "UPDATE addenda SET discarded_at = NULL WHERE id = ?1";
    assert!(room.desk.conn().execute(open, [addendum]).unwrap_err().to_string().contains("before the next begins"));
    room.desk.write(|w| addenda::discard(w, another)).unwrap();
    room.desk.write(|w| undo(w, &change)).unwrap();
    assert_eq!(shown(&room), [words]);
    assert_eq!(count(&room.desk, "SELECT count(*) FROM audit_events WHERE act = 'addendum_restored'"), 2);
}

#[test]
fn homework_marked_as_done_is_said_to_be_done() {
    assert_eq!(Deed::of_homework(HomeworkState::Done), Deed::HomeworkDone);
    assert_eq!(Deed::of_homework(HomeworkState::PartlyDone), Deed::HomeworkStateRecorded);
}
