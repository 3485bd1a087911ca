//! Files damaged, cut short, exchanged or set back: every one of them is noticed, or has changed nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use practice::clients::{self, ClientDetails, ClientStatus};
use practice::settings;
use practice::store::Records;
use practice::store::anchor::Agreement;
use practice::time::Moment;
use practice::words::Veil;
use rusqlite::Connection;
use tempfile::TempDir;
use uuid::Uuid;

use crate::bench::{self, at, practice_of};
use crate::chance::Chance;
use crate::table::{self, row};

/// Flipped bits in the short form and in the long one.
const FLIPS: (u64, u64) = (400, 10_000);
const CUTS: usize = 60;
const COMMITS: u32 = 24;

/// How damage was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Met {
    /// The records did not open, and say why.
    Refused,
    /// They opened for reading only: they end earlier than what had been confirmed.
    Behind,
    /// They opened, and the check that the health page and every backup make says that they are damaged.
    Unsound,
    /// Nothing was noticed, and nothing is missing.
    Harmless,
    /// Nothing was noticed, and something is missing.
    Silent,
}

/// A vault as a crash leaves it: the newest work is in the log beside the file.
struct Vault {
    files: BTreeMap<String, Vec<u8>>,
    kept: String,
    content: Vec<(i64, Vec<u8>)>,
}

fn moment() -> Moment {
    Moment { at: at("2026-01-15 11:12"), zone: chrono_tz::Europe::London }
}

/// Writes `commits` clients into records at `folder`, each acknowledged and anchored; gives the files as they lie then.
fn write(records: &Records, next: &mut u128, commits: u32) {
    for _ in 0..commits {
        let name = format!("Whitfield {next}");
        let mut id = || {
            *next += 1;
            Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + *next)
        };
        let details = ClientDetails::named(&name, "Jo");
        records.write(moment(), Veil::Open, &mut id, |w| clients::add(w, &details, ClientStatus::Active, true)).unwrap();
    }
}

fn read_files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    // The index of the log is made anew at each opening.
    let files = files.filter(|path| path.is_file() && !path.to_string_lossy().ends_with("-shm"));
    files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap())).collect()
}

fn content(connection: &Connection) -> rusqlite::Result<Vec<(i64, Vec<u8>)>> {
    let mut statement = connection.prepare("SELECT seq, hash FROM audit_events ORDER BY seq")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

impl Vault {
    /// Half of the work folded into the file, the newest in the log; and the same vault as it was before the newest.
    fn made() -> (Self, Self) {
        let folder = TempDir::new().unwrap();
        let (connections, kept) = bench::begin(folder.path());
        let records = Records::new(connections);
        let mut next = 0;
        let mut id = || Uuid::from_u128(1);
        records.write(moment(), Veil::Open, &mut id, |w| settings::set_up(w, &practice_of("Dr Ruth Adeyemi"))).unwrap();
        write(&records, &mut next, COMMITS);
        drop(records);
        let again = Records::new(bench::open(folder.path(), &kept).unwrap());
        write(&again, &mut next, COMMITS / 2);
        let before = Self::of(folder.path(), &kept);
        write(&again, &mut next, COMMITS / 2);
        (Self::of(folder.path(), &kept), before)
    }

    fn of(folder: &Path, kept: &str) -> Self {
        let files = read_files(folder);
        let lies = Self { files, kept: kept.to_owned(), content: Vec::new() };
        let copy = lies.lay();
        let opened = bench::open(copy.path(), kept).unwrap();
        let content = content(&opened.writer).unwrap();
        Self { content, ..lies }
    }

    fn lay(&self) -> TempDir {
        let folder = TempDir::new().unwrap();
        for (name, bytes) in &self.files {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        folder
    }

    /// Lays the files out, damages them, and opens what is there.
    fn meet(&self, damage: impl FnOnce(&Path)) -> Met {
        let folder = self.lay();
        damage(folder.path());
        let Ok(opened) = bench::open(folder.path(), &self.kept) else { return Met::Refused };
        let sound = is_sound(&opened.writer);
        let now = content(&opened.writer);
        match Records::new(opened).agreement() {
            Ok(Agreement::Behind { .. } | Agreement::Parted { .. }) => Met::Behind,
            // An anchor that cannot be read is told on the health page; the records themselves are compared here.
            Ok(_) if !sound => Met::Unsound,
            Ok(_) if now.is_ok_and(|now| now == self.content) => Met::Harmless,
            Ok(_) => Met::Silent,
            Err(_) => Met::Refused,
        }
    }
}

/// What the health page and every backup ask.
fn is_sound(connection: &Connection) -> bool {
    let pages = connection.prepare("PRAGMA cipher_integrity_check").and_then(|mut check| check.query([])?.next().map(|row| row.is_none()));
    let rows = connection.query_row("PRAGMA quick_check", [], |row| row.get::<_, String>(0));
    pages.unwrap_or(false) && rows.is_ok_and(|said| said == "ok")
}

fn path(folder: &Path, name: &str) -> PathBuf {
    folder.join(name)
}

#[allow(clippy::print_stderr, reason = "figures are asked for")]
fn say(promise: &str, met: &BTreeMap<Met, u64>) {
    eprintln!("{promise}: {met:?}");
}

#[test]
fn flipped_bits_are_noticed_or_harmless() {
    let (vault, _) = Vault::made();
    let flips = if table::is_long() { FLIPS.1 } else { FLIPS.0 };
    let mut chance = Chance(20_260_115);
    let (mut met, mut silent): (BTreeMap<Met, u64>, _) = (BTreeMap::new(), Vec::new());
    for flip in 0..flips {
        // The file, its log, the vault file and the anchor in turn, so that the small ones are met too.
        let name = ["practice.db", "practice.db-wal", "practice.db-wal", "vault.json", "anchor"][usize::try_from(flip % 5).unwrap()];
        let length = vault.files[name].len() as u64;
        let (byte, bit) = (chance.below(length), chance.below(8));
        let found = vault.meet(|folder| {
            let mut bytes = vault.files[name].clone();
            bytes[usize::try_from(byte).unwrap()] ^= 1 << bit;
            fs::write(path(folder, name), bytes).unwrap();
        });
        if found == Met::Silent {
            silent.push(format!("bit {bit} of byte {byte} of {name}"));
        }
        *met.entry(found).or_default() += 1;
    }
    say("flipped bits", &met);
    let lost = silent.len() as u64;
    row("a flipped bit is noticed, or has changed nothing", flips, flips - lost, lost, is_silent_without_the_anchor(&vault));
    assert_eq!(silent, [""; 0]);
    assert!(met[&Met::Refused] > 0 && met[&Met::Behind] > 0, "{met:?}");
}

#[test]
fn a_log_that_is_cut_short_or_gone_is_noticed_wherever_it_is_cut() {
    let (vault, _) = Vault::made();
    let log = &vault.files["practice.db-wal"];
    let mut noticed = 0;
    for part in 0..CUTS {
        let length = log.len() * part / CUTS;
        let found = vault.meet(|folder| fs::write(path(folder, "practice.db-wal"), &log[..length]).unwrap());
        assert_eq!(found, Met::Behind, "cut to {length} of {}", log.len());
        noticed += 1;
    }
    assert_eq!(vault.meet(|folder| fs::remove_file(path(folder, "practice.db-wal")).unwrap()), Met::Behind);
    let tried = CUTS as u64 + 1;
    row("a log cut short or gone is noticed", tried, noticed + 1, tried - noticed - 1, is_silent_without_the_anchor(&vault));
}

#[test]
fn an_older_copy_of_file_log_or_page_is_noticed() {
    let (vault, before) = Vault::made();
    let put = |folder: &Path, name: &str| fs::write(path(folder, name), &before.files[name]).unwrap();
    let older = vault.meet(|folder| {
        put(folder, "practice.db");
        put(folder, "practice.db-wal");
    });
    assert_eq!(older, Met::Behind);
    assert_eq!(vault.meet(|folder| put(folder, "practice.db-wal")), Met::Behind);
    // The whole folder set back, its anchor with it, is a copy like any other: nothing in it can tell.
    let all = vault.meet(|folder| ["practice.db", "practice.db-wal", "anchor"].iter().for_each(|name| put(folder, name)));
    row("an older copy of file or log is noticed", 2, 2, 0, all == Met::Silent);
}

#[test]
fn an_empty_a_missing_and_a_foreign_database_are_refused() {
    let (vault, _) = Vault::made();
    let (other, _) = Vault::made();
    assert_eq!(vault.meet(|folder| fs::write(path(folder, "practice.db"), b"").unwrap()), Met::Refused);
    assert_eq!(vault.meet(|folder| fs::remove_file(path(folder, "practice.db")).unwrap()), Met::Refused);
    assert_eq!(vault.meet(|folder| fs::write(path(folder, "practice.db"), &other.files["practice.db"]).unwrap()), Met::Refused);
    assert_eq!(vault.meet(|folder| fs::write(path(folder, "vault.json"), &other.files["vault.json"]).unwrap()), Met::Refused);
    // The same files, laid out as they were, open.
    row("an empty, missing or foreign database is refused", 4, 4, 0, vault.meet(|_| {}) == Met::Harmless);
}

/// The control: without the anchor, a log that is gone is not noticed by anything else.
fn is_silent_without_the_anchor(vault: &Vault) -> bool {
    let found = vault.meet(|folder| {
        fs::remove_file(path(folder, "practice.db-wal")).unwrap();
        fs::remove_file(path(folder, "anchor")).unwrap();
    });
    found == Met::Silent
}
