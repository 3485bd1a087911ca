//! The disk fails: the n-th call of a kind, once or for good; it is full; it cannot be written. What was acknowledged is there afterwards,
//! and what was not was refused in so many words.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use disk::{Disk, Fault, Kind, On};
use practice::clients::{self, ClientStatus};
use practice::consents::{self, Decision, NewConsent};
use practice::error::Result;
use practice::homework;
use practice::notes::addenda::{self, AddendumReason};
use practice::notes::{self, Template, approval, drafts};
use practice::sessions::booking;
use tempfile::TempDir;
use uuid::Uuid;

use crate::bench::{self, Bench, free, new_session};
use crate::chance::Chance;
use crate::child::{Ack, STEP, WHOLE, found, kept, lost, reopen, typed};
use crate::table::{is_long, row};

const EIO: i32 = 5;
const ENOSPC: i32 = 28;
const EROFS: i32 = 30;
const EACCES: i32 = 13;

/// How a flow went.
#[derive(Default)]
pub struct Told {
    pub acks: Vec<Ack>,
    /// Backups that were said to be made.
    pub backups: Vec<String>,
    /// Whether a passphrase was said to be set, and what the password store keeps for it.
    pub passphrase: bool,
    pub secret: Option<(String, String)>,
    /// What was refused, by the words of the refusal or fault.
    pub refused: BTreeMap<String, u64>,
}

impl Told {
    /// The value of an act that was done; what was said instead is kept.
    pub fn hear<T, E: std::fmt::Display>(&mut self, done: std::result::Result<T, E>) -> Option<T> {
        done.map_err(|why| *self.refused.entry(why.to_string()).or_default() += 1).ok()
    }

    pub fn row(&mut self, table: &'static str, done: Result<Uuid>) -> Option<Uuid> {
        let id = self.hear(done)?;
        self.acks.push(Ack::Row(table, id));
        Some(id)
    }
}

/// Something that is done on a disk, and how it is looked at afterwards, on a sound one.
pub struct Flow<'f> {
    /// What every run begins with.
    pub template: TempDir,
    pub run: &'f dyn Fn(&Path, &mut Told),
    /// What was acknowledged and is not there.
    pub check: &'f dyn Fn(&Path, &Told) -> Vec<String>,
}

impl Flow<'_> {
    /// How many calls of each kind it makes on a sound disk.
    pub fn calls(&self) -> BTreeMap<Kind, u64> {
        let (folder, mut told) = (self.folder(), Told::default());
        let disk = Disk::under(folder.path()).unwrap();
        (self.run)(disk.folder(), &mut told);
        assert!(told.refused.is_empty(), "on a sound disk: {:?}", told.refused);
        assert_eq!((self.check)(disk.folder(), &told), [""; 0], "on a sound disk");
        disk.calls()
    }

    /// One run with a fault: what was lost, and how it went.
    pub fn with(&self, fault: Fault) -> (Vec<String>, Told) {
        let (folder, mut told) = (self.folder(), Told::default());
        let disk = Disk::under(folder.path()).unwrap();
        disk.fail(fault);
        let ran = catch_unwind(AssertUnwindSafe(|| (self.run)(disk.folder(), &mut told)));
        disk.mend();
        let checked = ran.and_then(|()| catch_unwind(AssertUnwindSafe(|| (self.check)(disk.folder(), &told))));
        (checked.unwrap_or_else(|_| vec!["it panicked".to_owned()]), told)
    }

    fn folder(&self) -> TempDir {
        let folder = TempDir::new().unwrap();
        copy(self.template.path(), folder.path());
        folder
    }
}

pub fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        if path.is_dir() {
            fs::create_dir(&there).unwrap();
            copy(&path, &there);
        } else {
            fs::copy(&path, there).unwrap();
        }
    }
}

/// Which of `calls` calls fail: all of them, or so many evenly spread, from another one on each time.
pub fn spread(calls: u64, most: u64, chance: &mut Chance) -> Vec<u64> {
    if calls <= most {
        return (1..=calls).collect();
    }
    let first = chance.below(calls / most + 1);
    (0..most).map(|number| (1 + first + number * calls / most).min(calls)).collect()
}

/// Every fault that is tried: each kind of call, once and for good.
pub fn faults(calls: &BTreeMap<Kind, u64>, most: u64, chance: &mut Chance) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (kind, calls) in calls {
        for for_good in [false, true] {
            // A disk that is broken for good has said so by then; the later ones differ little.
            let most = if for_good { most.div_ceil(2) } else { most };
            let at = spread(*calls, if is_long() { u64::MAX } else { most }, chance);
            faults.extend(at.into_iter().map(|nth| Fault { on: On::Kind(*kind), nth, errno: Some(EIO), for_good }));
        }
    }
    faults
}

/// Runs a flow with every fault, and with a disk that lies as its control; makes a row of it.
pub fn survives(promise: &str, flow: &Flow, faults: &[Fault]) {
    let (mut lost, mut refused) = (0, BTreeMap::<String, u64>::new());
    for fault in faults {
        let (found, told) = flow.with(*fault);
        if !found.is_empty() {
            lost += 1;
            say(&format!("{promise}: {fault:?}: {found:?}"));
        }
        for (why, times) in told.refused {
            *refused.entry(why).or_default() += times;
        }
    }
    say(&format!("{promise}: refused: {refused:?}"));
    let tried = faults.len() as u64;
    row(promise, tried, tried - lost, lost, lies_are_noticed(flow));
}

/// The control: a disk that drops a write and says that all is well does lose what was acknowledged, and that is seen.
fn lies_are_noticed(flow: &Flow) -> bool {
    let writes = flow.calls().get(&Kind::Write).copied().unwrap_or_default();
    let lies = [1, 2, 3].map(|part| Fault { on: On::Kind(Kind::Write), nth: writes * part / 4, errno: None, for_good: true });
    lies.into_iter().any(|lie| !flow.with(lie).0.is_empty())
}

#[allow(clippy::print_stderr, reason = "figures are asked for")]
pub fn say(what: &str) {
    eprintln!("{what}");
}

// --- a day's work ----------------------------------------------------------------------------------------------------------------

/// Types a text into a note, step by step, as the page saves it.
fn type_into(bench: &mut Bench, told: &mut Told, note: Uuid, lengths: impl Iterator<Item = usize>) -> bool {
    let mut whole = true;
    for length in lengths {
        bench.pass(2);
        let saved = bench.write(|w| drafts::save(w, note.into(), &free(&typed(note, length))));
        whole = told.hear(saved).is_some();
        if whole {
            told.acks.push(Ack::Typed(note, length));
        }
    }
    whole
}

fn open(folder: &Path, kept: &str, told: &mut Told) -> Option<Bench> {
    let mut bench = Bench::recorded(told.hear(bench::open(folder, kept))?);
    bench.ids_from((1 << 40) + told.acks.len() as u128 * 1_000);
    Some(bench)
}

/// Two sittings: a client, a session, a note typed and approved, what follows, and another note that stays a draft.
fn day(folder: &Path, kept: &str, told: &mut Told) {
    let Some(mut bench) = open(folder, kept, told) else { return };
    bench.pass(3_600);
    let b = &mut bench;
    let added = b.write(|w| clients::add(w, &bench::details("Okonkwo"), ClientStatus::Active, true)).map(|id| id.0);
    let Some(client) = told.row("clients", added).map(practice::id::ClientId) else {
        drop(bench);
        return again(folder, kept, told, None);
    };
    let note = |b: &mut Bench, told: &mut Told, start: &str| {
        let booked = b.write(|w| booking::book(w, &new_session(&[client], start)));
        let session = told.row("sessions", booked.map(|id| id.0))?;
        told.hear(b.write(|w| notes::open_or_begin(w, session.into(), Template::Free)))
    };
    if let Some(first) = note(b, told, "2026-01-05 10:00") {
        let whole = type_into(b, told, first.0, (STEP..=WHOLE).step_by(STEP));
        if whole && told.hear(b.write(|w| approval::approve(w, first))).is_some() {
            told.acks.push(Ack::Approved(first.0));
            let added = b.write(|w| {
                let addendum = addenda::begin(w, first)?;
                addenda::save(w, addendum, AddendumReason::LaterNews, "Rang on Sunday.")?;
                addenda::approve(w, addendum)?;
                Ok(addendum.0)
            });
            told.row("addenda", added);
        }
    }
    let consent = NewConsent { remark: "asked".to_owned(), ..b.consent_of(Decision::Given) };
    if told.hear(b.write(|w| consents::record(w, client, &consent))).is_some() {
        told.acks.push(Ack::Consent("asked".to_owned()));
    }
    let diary = b.write(|w| homework::assign(w, client, &bench::homework("Sleep diary", None)));
    told.row("homework", diary.map(|id| id.0));
    let second = note(b, told, "2026-01-06 10:00");
    if let Some(second) = second {
        type_into(b, told, second.0, (STEP..=WHOLE / 2).step_by(STEP));
        told.hear(b.look(|r| notes::page::of(r, second)));
    }
    drop(bench);
    again(folder, kept, told, second.map(|note| note.0));
}

/// The next sitting goes on in the draft.
fn again(folder: &Path, kept: &str, told: &mut Told, draft: Option<Uuid>) {
    let Some(mut bench) = open(folder, kept, told) else { return };
    bench.pass(7_200);
    let added = bench.write(|w| clients::add(w, &bench::details("Lindqvist"), ClientStatus::Active, true)).map(|id| id.0);
    told.row("clients", added);
    if let Some(draft) = draft {
        let so_far = told.acks.iter().rev().find_map(|ack| if let Ack::Typed(_, length) = ack { Some(*length) } else { None });
        type_into(&mut bench, told, draft, (so_far.unwrap_or(0) + STEP..=WHOLE).step_by(STEP));
    }
}

pub fn checked(folder: &Path, told: &Told) -> Vec<String> {
    let look = |bench: Bench| {
        let mut found = lost(&bench, &told.acks);
        found.extend(bench.follow_chain((0, [0; 32])).err());
        found
    };
    reopen(folder).map(look).unwrap_or_else(|why| vec![format!("the records do not open: {why}")])
}

/// Runs something with a flow of a day's work.
fn with_day(act: impl FnOnce(&Flow)) {
    let template = TempDir::new().unwrap();
    found(template.path());
    let kept = kept(template.path());
    let run = |folder: &Path, told: &mut Told| day(folder, &kept, told);
    act(&Flow { template, run: &run, check: &checked });
}

#[test]
fn a_disk_that_fails_during_a_days_work_loses_nothing_and_is_told_of() {
    with_day(|flow| {
        let calls = flow.calls();
        say(&format!("a day's work: {calls:?}"));
        let faults = faults(&calls, 40, &mut Chance(20_260_117));
        survives("a failing disk never lies: a day's work", flow, &faults);
    });
}

#[test]
fn a_full_disk_and_one_that_cannot_be_written_are_told_as_what_they_are() {
    with_day(|flow| {
        let calls = flow.calls();
        let changes = calls.iter().filter(|(kind, _)| !matches!(kind, Kind::Read | Kind::Sync)).map(|(_, calls)| calls).sum();
        let mut chance = Chance(20_260_118);
        // In its own words: but SQLite does not say why a write failed, or a file did not open, where there is room.
        let full = ["refused: the disk is full", "the disk is full"];
        let closed = ["the folder cannot be written", "fault: database error 778 (sqlite)", "the database failed: database error 14"];
        for (promise, errno, words, on) in [
            ("a full disk never lies: no byte can be written", ENOSPC, full.as_slice(), On::Kind(Kind::Write)),
            ("a full disk never lies: no file can grow", ENOSPC, &full, On::Growth),
            ("a disk that became read-only never lies", EROFS, &closed, On::Change),
            ("a folder that became forbidden never lies", EACCES, &closed, On::Change),
        ] {
            let most = if is_long() { u64::MAX } else { 30 };
            let at = spread(changes, most, &mut chance);
            let (mut tried, mut lost) = (0, 0);
            for nth in at {
                let (mut found, told) = flow.with(Fault { on, nth, errno: Some(errno), for_good: true });
                found.extend(told.refused.into_keys().filter(|why| !words.contains(&why.as_str())));
                tried += 1;
                if !found.is_empty() {
                    lost += 1;
                    say(&format!("{promise}: from {nth}: {found:?}"));
                }
            }
            row(promise, tried, tried - lost, lost, lies_are_noticed(flow));
        }
    });
}

/// What SQLite and the file system call a read that failed must not be taken for what was read: whoever then put back a backup would
/// throw away sound records for the sake of a loose plug.
#[test]
fn a_disk_that_cannot_be_read_at_the_opening_is_told_as_that_and_not_as_damage() {
    let template = TempDir::new().unwrap();
    found(template.path());
    let kept = kept(template.path());
    let opened = |folder: &Path| bench::open(folder, &kept).map(drop);
    let with = |fault: Option<Fault>| {
        let folder = TempDir::new().unwrap();
        copy(template.path(), folder.path());
        let disk = Disk::under(folder.path()).unwrap();
        fault.into_iter().for_each(|fault| disk.fail(fault));
        let (met, calls) = (opened(disk.folder()), disk.calls());
        disk.mend();
        assert_eq!(opened(disk.folder()), Ok(()), "{fault:?}: once it is mended");
        (met, calls)
    };
    let (sound, calls) = with(None);
    assert_eq!(sound, Ok(()));
    let mut told = BTreeMap::<String, u64>::new();
    for kind in [Kind::Open, Kind::Read] {
        for (nth, for_good) in (1..=calls[&kind]).flat_map(|nth| [(nth, false), (nth, true)]) {
            if let (Err(why), _) = with(Some(Fault { on: On::Kind(kind), nth, errno: Some(EIO), for_good })) {
                *told.entry(why).or_default() += 1;
            }
        }
    }
    assert_eq!(told.keys().collect::<Vec<_>>(), ["the file system failed (Some(5))"], "{told:?}");
}
