//! No plaintext: a word that stands in every text of the record, and is then looked for in every file that was left behind.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use practice::clients::contacts::{self, ContactDetails};
use practice::clients::{self, AgreedHow, Agreement, ClientDetails, ClientStatus, ContactPoint};
use practice::consents::{self, Decision, NewConsent};
use practice::homework::{self, HomeworkState, NewHomework, OccurrenceState, Repeats};
use practice::id::{ImportId, NoteId};
use practice::imports::{self, Opened};
use practice::notes::addenda::{self, AddendumReason};
use practice::notes::approval::{self, ErrorReason};
use practice::notes::{self, Section, Template, drafts};
use practice::pages;
use practice::pages::list::{ClientFilter, ClientQuery, ClientSort};
use practice::sessions::booking::{self, Cancellation, Move, MoveScope, NewSession};
use practice::sessions::plan::{self, PlanPoint};
use practice::sessions::{Attendance, BookedBy};
use practice::settings::{self, Practice};
use practice::summary::{self, Grouping};
use uuid::Uuid;

use crate::bench::{self, Bench, day, new_session, practice_of, query};
use crate::child::{self, Ack, found, reopen, start};
use crate::table::row;

/// In no word of the program; in small letters, so that folded keys hold it too.
const CANARY: &str = "qzvkanari";

fn canary(field: &str) -> String {
    format!("{CANARY}{field}")
}

fn point(field: &str) -> Vec<ContactPoint> {
    vec![ContactPoint { value: canary(field), remark: canary("pointremark") }]
}

/// Writes a canary into every text that the record can hold; the draft that can be typed on.
pub fn write_everywhere(bench: &mut Bench) -> NoteId {
    let today = Agreement { how: AgreedHow::InSession, on: bench.moment.today() };
    let practice = Practice {
        therapist_title: canary("title"),
        practice_name: canary("practice"),
        registration: canary("registration"),
        address: canary("practiceaddress"),
        usual_place: canary("usualplace"),
        ..practice_of(&canary("therapist"))
    };
    bench.write(|w| settings::set_practice(w, &practice)).unwrap();
    let details = ClientDetails {
        first_name: canary("first"),
        preferred_name: canary("preferred"),
        initials: canary("initials"),
        pronouns: canary("pronouns"),
        phones: point("phone"),
        emails: point("email"),
        address: canary("address"),
        file_number: canary("file"),
        tags: vec![canary("tag")],
        remark: canary("remark"),
        ..bench::details(&canary("last"))
    };
    let client = bench.write(|w| clients::add(w, &details, ClientStatus::Active, true)).unwrap();
    let renamed = ClientDetails { last_name: canary("married"), ..details };
    bench.write(|w| clients::edit(w, client, &renamed, &today)).unwrap();
    let mother = ContactDetails {
        name: canary("contact"),
        relationship: canary("relationship"),
        emergency: true,
        phones: point("contactphone"),
        emails: point("contactemail"),
        may_be_told: canary("maybetold"),
        release_until: None,
        confirmed_on: None,
    };
    bench.write(|w| contacts::add(w, client, &mother, &today)).unwrap();

    let booked = |start: &str| NewSession { place: canary("place"), booking_source: canary("source"), ..new_session(&[client], start) };
    let book = |bench: &mut Bench, start: &str| bench.write(|w| booking::book(w, &booked(start))).unwrap();
    let moved = book(bench, "2026-01-20 10:00");
    let to = Move {
        start: bench::start("2026-01-21 10:00"),
        minutes: 50,
        asked_by: BookedBy::Client,
        asked_at: None,
        remark: canary("moveremark"),
        scope: MoveScope::One,
    };
    bench.write(|w| booking::move_to(w, moved, &to)).unwrap();
    for word in ["formerpoint", "point"] {
        bench.write(|w| plan::set(w, moved, &[PlanPoint { text: canary(word), done: false }])).unwrap();
    }
    let called_off = book(bench, "2026-01-19 10:00");
    let cancellation = Cancellation { attendance: Attendance::CancelledByTherapist, told_at: None, remark: canary("told") };
    bench.write(|w| booking::cancel(w, called_off, &cancellation)).unwrap();

    // A note of every template; one approved with an addendum, one in error, one private, one still a draft.
    let mut written = Vec::new();
    let templates = [Template::Soap, Template::Dap, Template::Birp, Template::Free, Template::Free, Template::Soap];
    for (template, start) in templates.into_iter().zip(5..) {
        let session = book(bench, &format!("2026-01-{start:02} 10:00"));
        let sections: Vec<Section> = template
            .sections()
            .iter()
            .map(|kind| Section { kind: *kind, text: format!("The {} {kind:?} kept her awake in the new flat again.", canary("section")) })
            .collect();
        let begun = bench.write(|w| {
            let note = notes::open_or_begin(w, session, template)?;
            drafts::save(w, note, &sections)?;
            drafts::finish_writing(w, note)?;
            Ok(note)
        });
        written.push((session, begun.unwrap()));
    }
    for (_, note) in &written[..5] {
        bench.write(|w| approval::approve(w, *note)).unwrap();
    }
    bench
        .write(|w| {
            let addendum = addenda::begin(w, written[0].1)?;
            addenda::save(w, addendum, AddendumReason::LeftOut, &canary("addendum"))?;
            addenda::approve(w, addendum)?;
            approval::mark_in_error(w, written[4].1, ErrorReason::Other, &canary("errorreason"))?;
            let private = notes::begin_process_note(w, written[1].0)?;
            drafts::save(w, private, &bench::free(&canary("private")))?;
            summary::bring_up_to_date(w, client)?;
            summary::add_own(w, client, Grouping::Next, &canary("own"))?;
            Ok(())
        })
        .unwrap();

    let consent = NewConsent { form_version: canary("form"), remark: canary("consentremark"), ..bench.consent_of(Decision::Given) };
    bench.write(|w| consents::record(w, client, &consent)).unwrap();
    let diary = NewHomework {
        detail: canary("detail"),
        repeats: Repeats::Daily,
        times: Some(3),
        ..bench::homework(&canary("homework"), Some(day("2026-01-10")))
    };
    bench
        .write(|w| {
            let diary = homework::assign(w, client, &diary)?;
            homework::record_occurrence(w, diary, 1, OccurrenceState::Done)?;
            homework::record_state(w, diary, HomeworkState::PartlyDone, &canary("stateremark"))
        })
        .unwrap();
    let table = format!("Last Name,First Name,Notes\n{0},{0},{0}\n", canary("imported"));
    let opened = bench.read(|r| Opened::open(r, &format!("{}.csv", canary("filename")), table.as_bytes()));
    imports::run(|act| bench.write(|w| act(w)), ImportId(Uuid::from_u128(9)), &opened, |_| true).unwrap();

    // What sorts, searches and gathers may want room of its own.
    for sort in [ClientSort::Name, ClientSort::Homework] {
        let find = ClientQuery { find: CANARY.to_owned(), ..query(ClientFilter::Active, sort, 0, 100) };
        assert_eq!(bench.read(|r| practice::pages::list::page(r, &find)).total, 2);
        bench.read(|r| pages::client::profile(r, client, &find));
    }
    assert!(!bench.read(|r| pages::find::of(r, CANARY)).notes.is_empty());
    written[5].1
}

/// Types on in the draft, canary upon canary.
pub fn type_on(bench: &mut Bench, note: NoteId, length: usize) {
    let kind = Template::Soap.sections()[0];
    let text = canary("typed ").repeat(length);
    bench.write(|w| drafts::save(w, note, &[Section { kind, text }])).unwrap();
}

// --- looking for it --------------------------------------------------------------------------------------------------

/// The forms in which a text may lie about.
fn forms(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let mut forms = vec![
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-16LE", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16BE", text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ("hexadecimal", text.bytes().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect()),
    ];
    // Base64 differs with what stands before it: three ways, without the letters that neighbours share.
    for before in 0..3 {
        let padded = [vec![0; before], text.as_bytes().to_vec()].concat();
        let whole = base64(&padded[..padded.len() - padded.len() % 3]);
        forms.push(("base64", whole[(before * 8).div_ceil(6)..].to_vec()));
    }
    forms
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |three: &[u8]| {
        let bits = three.iter().chain([&0; 2]).take(3).fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        [18, 12, 6, 0].map(|shift| LETTERS[(bits >> shift & 63) as usize])
    };
    bytes.chunks(3).flat_map(group).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// Every file under `folder` that holds the canary in some form, by its bytes or by its name.
fn seen_in(folder: &Path) -> Vec<String> {
    let forms = forms(CANARY);
    let mut seen = Vec::new();
    for path in files(folder) {
        let bytes = std::fs::read(&path).unwrap();
        let holds = |form: &[u8]| bytes.windows(form.len()).any(|window| window == form);
        seen.extend(forms.iter().filter(|(_, form)| holds(form)).map(|(name, _)| format!("{} as {name}", path.display())));
        if path.to_string_lossy().contains(CANARY) {
            seen.push(format!("{} by name", path.display()));
        }
    }
    seen
}

/// Columns of text that hold nothing a person typed: closed words, dates, zones, places on the disk, what the program says of itself.
const CLOSED: &[&str] = &[
    "addenda.reason",
    "approvals.attended_before",
    "approvals.attestation",
    "audit_events.act",
    "audit_events.detail",
    "audit_events.subject",
    "backup_places.failure",
    "backup_places.file",
    "backup_places.folder",
    "backup_places.label",
    "backup_places.place",
    "client_changes.agreed_how",
    "client_changes.agreed_on",
    "client_list.born",
    "client_list.consent",
    "client_list.due_next",
    "client_list.due_passed",
    "client_list.first_zone",
    "client_list.homework",
    "client_list.homework_due_on",
    "client_list.name_order",
    "client_list.next_booked_by",
    "client_list.next_zone",
    "client_list.started",
    "client_list.status",
    "client_list_whole.today",
    "client_sessions.booked_by",
    "client_sessions.zone",
    "clients.born",
    "clients.name_order",
    "clients.started",
    "clients.status",
    "clients.zone",
    "consents.asserted_by",
    "consents.decision",
    "consents.discussed_on",
    "consents.how",
    "consents.purpose",
    "contact_points.system",
    "contacts.confirmed_on",
    "contacts.release_until",
    "homework.assigned_on",
    "homework.due_on",
    "homework.repeats",
    "homework.state",
    "homework.state_on",
    "homework_events.act",
    "homework_events.due_on",
    "homework_events.state",
    "homework_occurrences.state",
    "kit.identity",
    "kit.recipient",
    "note_errors.reason_kind",
    "notes.kind",
    "notes.state",
    "notes.template",
    "practice.appearance",
    "practice.working_hours",
    "practice.zone",
    "refinery_schema_history.applied_on",
    "refinery_schema_history.checksum",
    "refinery_schema_history.name",
    "restore_tests.file",
    "series.local_time",
    "series.zone",
    "session_moves.asked_by",
    "sessions.attendance",
    "sessions.booked_by",
    "sessions.kind",
    "sessions.zone",
    "summary_entries.grouping",
    "summary_entries.origin",
    "update_checks.announced",
    "update_requests.answer",
    "update_requests.host",
    "update_requests.newer",
    "update_requests.sent",
    "update_requests.system",
    "update_requests.version",
    "vault.canary",
];

/// The text columns of the open records.
fn text_columns(bench: &Bench) -> Vec<(String, String)> {
    let columns = "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c
                    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND c.type IN ('TEXT', 'VARCHAR(255)')";
    let mut statement = bench.connection().prepare(columns).unwrap();
    let named = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    named.map(Result::unwrap).collect()
}

/// Those in which no canary stands.
fn without_canary(bench: &Bench) -> BTreeSet<String> {
    let without = |(table, column): &(String, String)| {
        !bench.value::<bool>(&format!("SELECT EXISTS (SELECT 1 FROM {table} WHERE instr({column}, ?1))"), [CANARY])
    };
    text_columns(bench).into_iter().filter(without).map(|(table, column)| format!("{table}.{column}")).collect()
}

/// How many columns held a canary when the process ended, and the files in which one was found.
fn left_in_the_clear(role: &str) -> (u64, Vec<String>) {
    let root = tempfile::tempdir().unwrap();
    let (folder, home) = (root.path().join("home/.local/share/anteroom"), root.path().join("home"));
    for place in ["tmp", ".cache", ".config"] {
        std::fs::create_dir_all(home.join(place)).unwrap();
    }
    found(&folder);
    let (mut process, mut out) = start(role, &folder, &home, 0);
    if role == "close" {
        while child::next(&mut out).is_some() {}
        assert!(process.wait().unwrap().success());
    } else {
        let typed = std::iter::from_fn(|| child::next(&mut out)).take(25).last();
        assert!(matches!(typed, Some(Ack::Typed(..))), "{typed:?}");
        process.kill().unwrap();
        process.wait().unwrap();
        let log = folder.join("practice.db-wal").metadata().unwrap().len();
        assert!(log > 10_000, "the newest work lies in the log: {log} bytes");
    }
    let mut seen = seen_in(root.path());

    // It was all there, in every column that can hold what a person typed, and nowhere in the trail.
    let bench = reopen(&folder).unwrap();
    let closed: BTreeSet<String> = CLOSED.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(without_canary(&bench), closed, "left: columns without a canary; right: columns that hold no typed text");
    // Not while they are read either.
    seen.extend(seen_in(root.path()));
    (text_columns(&bench).len() as u64 - closed.len() as u64, seen)
}

#[test]
fn neither_a_kill_nor_closing_in_order_leaves_anything_in_the_clear() {
    let is_found = a_canary_in_the_clear_is_found_in_every_form();
    for (role, promise) in [("canaries", "nothing in the clear after a kill"), ("close", "nothing in the clear after closing")] {
        let (canaries, seen) = left_in_the_clear(role);
        let hits = seen.len() as u64;
        row(promise, canaries, canaries.saturating_sub(hits), hits, is_found);
        assert_eq!(seen, [""; 0]);
    }
}

/// The control: what is looked for is found, in every form and wherever it stands.
fn a_canary_in_the_clear_is_found_in_every_form() -> bool {
    assert_eq!(base64(b"any carnal pleasur"), b"YW55IGNhcm5hbCBwbGVhc3Vy");
    let texts = [
        ("utf-8", format!("x{}", canary("a")).into_bytes()),
        ("utf-16le", canary("a").encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("utf-16be", canary("a").encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ("hex", canary("a").bytes().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect()),
        ("base64-0", base64(format!("xyz{}", canary("a")).as_bytes())),
        ("base64-1", base64(format!("wxyz{}", canary("ab")).as_bytes())),
        ("base64-2", base64(format!("vwxyz{}", canary("abc")).as_bytes())),
    ];
    for (name, bytes) in texts {
        let root = tempfile::tempdir().unwrap();
        let deep = root.path().join(".cache/deep");
        std::fs::create_dir_all(&deep).unwrap();
        assert_eq!(seen_in(root.path()), [""; 0]);
        std::fs::write(deep.join(name), [vec![0; 9_000], bytes, vec![7; 9_000]].concat()).unwrap();
        assert!(!seen_in(root.path()).is_empty(), "{name}");
    }
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join(canary("file")), "").unwrap();
    seen_in(root.path()).len() == 1
}
