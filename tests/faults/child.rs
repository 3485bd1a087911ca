//! The process that is killed: this test binary once more, told by its environment what to do.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use practice::consents::{self, Decision, NewConsent};
use practice::error::{Error, Refusal};
use practice::homework;
use practice::notes::addenda::{self, AddendumReason};
use practice::notes::page::{self, NotePage};
use practice::notes::{NoteState, approval};
use practice::sessions::booking;
use practice::settings;
use practice::store::anchor::Agreement;
use practice::store::is_sound;
use practice::words::Veiled;
use uuid::Uuid;

use crate::bench::{self, Bench, new_session, practice_of};
use crate::canaries;

const ROLE: &str = "ANTEROOM_FAULTS_ROLE";
const FOLDER: &str = "ANTEROOM_FAULTS_FOLDER";
const ROUND: &str = "ANTEROOM_FAULTS_ROUND";
/// Beside the records stands what a keyring would keep.
const KEPT: &str = "keyring.txt";

/// Starts this binary again as the one that writes, with `home` for all it may leave behind.
pub fn start(role: &str, folder: &Path, home: &Path, round: u64) -> (Child, BufReader<ChildStdout>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child::it_writes_and_acknowledges_until_it_is_stopped", "--nocapture", "--test-threads=1"])
        .envs([(ROLE, role), (ROUND, &round.to_string())])
        .env(FOLDER, folder)
        .envs(
            [("HOME", ""), ("TMPDIR", "tmp"), ("XDG_CACHE_HOME", ".cache"), ("XDG_CONFIG_HOME", ".config")].map(|(k, v)| (k, home.join(v))),
        )
        .envs([("XDG_DATA_HOME", ".local/share"), ("SQLITE_TMPDIR", "tmp")].map(|(k, v)| (k, home.join(v))))
        .current_dir(home)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    (child, out)
}

/// Makes the records that all processes then work in.
pub fn found(folder: &Path) {
    let (connections, kept) = bench::begin(folder);
    std::fs::write(folder.join(KEPT), kept).unwrap();
    Bench::recorded(connections).write(|w| settings::set_up(w, &practice_of("Dr Ruth Adeyemi"))).unwrap();
}

/// Opens them after whatever has happened.
pub fn reopen(folder: &Path) -> Result<Bench, String> {
    bench::open(folder, &kept(folder)).map(Bench::recorded)
}

/// What the keyring would keep.
pub fn kept(folder: &Path) -> String {
    std::fs::read_to_string(folder.join(KEPT)).unwrap()
}

/// The same, to be damaged: what is written goes past the anchor.
pub fn bare(folder: &Path) -> Bench {
    Bench::on(bench::open(folder, &kept(folder)).unwrap().writer, None)
}

/// A write that has returned.
#[derive(Clone, Debug, PartialEq)]
pub enum Ack {
    /// So many characters of a draft.
    Typed(Uuid, usize),
    Approved(Uuid),
    /// A row of a table, by its id.
    Row(&'static str, Uuid),
    /// A consent record, by its remark.
    Consent(String),
}

const TABLES: [&str; 4] = ["clients", "sessions", "homework", "addenda"];

impl Ack {
    fn line(&self) -> String {
        match self {
            Self::Typed(note, length) => format!("ack typed {note} {length}"),
            Self::Approved(note) => format!("ack approved {note}"),
            Self::Row(table, id) => format!("ack {table} {id}"),
            Self::Consent(remark) => format!("ack consent {remark}"),
        }
    }

    fn read(line: &str) -> Option<Self> {
        let mut words = line.strip_prefix("ack ")?.split(' ');
        let (what, which) = (words.next()?, words.next()?);
        let id = which.parse();
        Some(match what {
            "typed" => Self::Typed(id.ok()?, words.next()?.parse().ok()?),
            "approved" => Self::Approved(id.ok()?),
            "consent" => Self::Consent(which.to_owned()),
            table => Self::Row(TABLES.into_iter().find(|known| *known == table)?, id.ok()?),
        })
    }
}

/// The next acknowledgement of a process; `None` when it is gone.
pub fn next(out: &mut BufReader<ChildStdout>) -> Option<Ack> {
    let mut line = String::new();
    loop {
        line.clear();
        if out.read_line(&mut line).unwrap() == 0 {
            return None;
        }
        // A line that was cut off acknowledges nothing.
        if let Some(ack) = line.strip_suffix('\n').and_then(Ack::read) {
            return Some(ack);
        }
    }
}

/// How long each note becomes.
pub const WHOLE: usize = 240;
pub const STEP: usize = 20;

/// What is typed into a note: of every note something else, and always the same.
pub fn typed(note: Uuid, length: usize) -> String {
    const WORDS: [&str; 8] = ["sleep ", "the brother ", "a letter, ", "October\n\n", "nights ", "and then ", "worry. ", "walks "];
    let mut seed = note.as_u128() as u64;
    let mut text = String::new();
    while text.len() < length {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text.push_str(WORDS[(seed >> 61) as usize]);
    }
    text.truncate(length);
    text
}

/// Works as a therapist does, and tells of every write once it has returned; goes on for as long as `told` says.
pub fn live(bench: &mut Bench, round: u64, mut told: impl FnMut(Ack) -> bool) {
    bench.ids_from(u128::from(round + 1) << 32);
    bench.pass(i64::try_from(round).unwrap() * 3_600);
    let client = bench.client(&format!("Client {round}"));
    if !told(Ack::Row("clients", client.0)) {
        return;
    }
    for n in 0_u64.. {
        bench.pass(60);
        let session = bench.write(|w| booking::book(w, &new_session(&[client], "2026-01-05 10:00"))).unwrap();
        if !told(Ack::Row("sessions", session.0)) {
            return;
        }
        let note = bench.draft(session, "");
        for length in (STEP..=WHOLE).step_by(STEP) {
            bench.draft(session, &typed(note.0, length));
            if !told(Ack::Typed(note.0, length)) {
                return;
            }
        }
        bench.write(|w| approval::approve(w, note)).unwrap();
        if !told(Ack::Approved(note.0)) {
            return;
        }
        let addendum = bench
            .write(|w| {
                let addendum = addenda::begin(w, note)?;
                addenda::save(w, addendum, AddendumReason::LaterNews, "Rang on Sunday.")?;
                addenda::approve(w, addendum)?;
                Ok(addendum)
            })
            .unwrap();
        let remark = format!("r{round}.{n}");
        let decision = if n % 2 == 0 { Decision::Given } else { Decision::Withdrawn };
        let consent = NewConsent { remark: remark.clone(), ..bench.consent_of(decision) };
        bench.write(|w| consents::record(w, client, &consent)).unwrap();
        let diary = bench.write(|w| homework::assign(w, client, &bench::homework("Sleep diary", None))).unwrap();
        bench.rest();
        if !(told(Ack::Row("addenda", addendum.0)) && told(Ack::Consent(remark)) && told(Ack::Row("homework", diary.0))) {
            return;
        }
    }
}

/// What was acknowledged and is not there; what is damaged.
pub fn lost(bench: &Bench, acks: &[Ack]) -> Vec<String> {
    compared(bench, acks).unwrap_or_else(|why| vec![format!("it cannot be read: {why}")])
}

fn compared(bench: &Bench, acks: &[Ack]) -> Result<Vec<String>, Error> {
    let mut lost = Vec::new();
    let there = |sql: &str, id: &dyn rusqlite::ToSql| {
        bench.connection().query_row(&format!("SELECT EXISTS ({sql})"), [id], |row| row.get::<_, bool>(0))
    };
    // What is typed is one text for each note, and then approved: the last that was told of a note holds.
    let mut drafts: BTreeMap<Uuid, usize> = BTreeMap::new();
    for ack in acks {
        let found = match ack {
            Ack::Typed(note, length) => {
                drafts.insert(*note, *length);
                true
            }
            Ack::Approved(note) => {
                let whole = written(bench, *note)?.is_some_and(|page| {
                    let text = page.sections.first().is_some_and(|one| one.text == Veiled::Shown { text: typed(*note, WHOLE) });
                    text && page.state == NoteState::Approved && page.approval.is_some_and(|one| one.unchanged)
                });
                whole && there("SELECT 1 FROM audit_events WHERE act = 'note_approved' AND subject_id = ?1", note)?
            }
            Ack::Row(table, id) => there(&format!("SELECT 1 FROM {table} WHERE id = ?1"), id)?,
            Ack::Consent(remark) => there("SELECT 1 FROM consents WHERE remark = ?1", remark)?,
        };
        if !found {
            lost.push(format!("{ack:?}"));
        }
    }
    for (note, length) in drafts {
        let page = written(bench, note)?;
        let text = page.and_then(|page| page.sections.into_iter().next()).map(|one| one.text);
        match text {
            Some(Veiled::Shown { text }) if text.len() >= length && text == typed(note, text.len()) => {}
            Some(Veiled::Shown { text }) => lost.push(format!("{length} characters were typed, {} are there", text.len())),
            Some(_) => {}
            None => lost.push(format!("{length} characters were typed in {note}, which is gone")),
        }
    }
    // What was written was marked: records that end early, or lost their anchor, are told from those that do not.
    match bench.agreement() {
        Ok(Agreement::Agrees) => {}
        Ok(Agreement::Unknown) if acks.is_empty() => {}
        said => lost.push(format!("the anchor says {said:?}")),
    }
    if !bench.look(|r| is_sound(r, |_| true))? {
        lost.push("the records are damaged".to_owned());
    }
    Ok(lost)
}

/// The note, if it is there.
fn written(bench: &Bench, note: Uuid) -> Result<Option<NotePage>, Error> {
    match bench.look(|r| page::of(r, note.into())) {
        Ok(page) => Ok(Some(page)),
        Err(Error::Refused(Refusal::NotFound { .. })) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The process itself. Run without being told what to do, it works a while in records of its own and finds all of it.
#[test]
fn it_writes_and_acknowledges_until_it_is_stopped() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        let folder = tempfile::tempdir().unwrap();
        found(folder.path());
        let mut acks = Vec::new();
        let mut bench = reopen(folder.path()).unwrap();
        live(&mut bench, 0, |ack| {
            acks.push(ack);
            acks.len() < 40
        });
        drop(bench);
        assert_eq!(lost(&reopen(folder.path()).unwrap(), &acks), [""; 0]);
        return;
    };
    let folder = Path::new(&folder);
    let mut out = std::io::stdout().lock();
    writeln!(out).unwrap();
    let mut bench = reopen(folder).unwrap();
    let mut tell = |ack: Ack| writeln!(out, "{}", ack.line()).is_ok();
    match std::env::var(ROLE).unwrap().as_str() {
        "work" => live(&mut bench, std::env::var(ROUND).unwrap().parse().unwrap(), tell),
        role => {
            let note = canaries::write_everywhere(&mut bench);
            tell(Ack::Approved(note.0));
            for length in 1.. {
                canaries::type_on(&mut bench, note, length);
                // To be closed in order, or to be killed as it types.
                if !tell(Ack::Typed(note.0, length)) || (role == "close" && length == 20) {
                    break;
                }
            }
        }
    }
}
