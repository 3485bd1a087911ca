//! Restoring: each backup restores, on a bare machine with the code alone; and one that is damaged or made to harm changes nothing.

use std::fs;
use std::path::{Path, PathBuf};

use practice::audit;
use practice::pages::list::{self, ClientFilter, ClientSort};
use practice::vault::RecoveryCode;
use practice::vault::backup::{self, NotUsed, Restored, Wanted};
use tempfile::TempDir;

use crate::bench::query;
use crate::chance::Chance;
use crate::table::{is_long, row};
use crate::vaults::{Desk, Vault, files};

fn make(desk: &Desk, shelf: &Path) -> PathBuf {
    let made = backup::make(&desk.records, &desk.held, shelf, desk.moment.get(), "0.1.0", None, &mut |_, _, _| true).unwrap();
    shelf.join(made.file)
}

/// Restores `file` in the place of what is at `folder`, up to the change-over.
fn restore(vault: &Vault, folder: &Path, file: &Path, code: &RecoveryCode) -> Result<Restored, NotUsed> {
    let moment = practice::time::Moment { at: crate::bench::at("2026-01-16 09:30"), zone: chrono_tz::Europe::London };
    let wanted = Wanted { file, code, vault: folder, other_records: false, moment, passphrase: None };
    backup::restore(&wanted, |entry, secret| vault.keyring.store(entry, secret), &mut |_, _, _| true)
}

fn names(desk: &Desk) -> Vec<String> {
    let page = desk.read(|r| list::page(r, &query(ClientFilter::Active, ClientSort::Name, 0, 1_000))).unwrap();
    page.rows.iter().map(|row| format!("{:?}", row.id)).collect()
}

#[test]
fn every_backup_restores_on_a_bare_machine_with_the_code_alone() {
    let (vault, shelf) = (Vault::made(None), TempDir::new().unwrap());
    let desk = vault.open();
    let times = if is_long() { 200 } else { 40 };
    let mut survived = 0;
    for number in 0..times {
        desk.client(&format!("Lindqvist {number}"));
        let moment = desk.moment.get();
        desk.moment.set(practice::time::Moment { at: moment.at.plus_seconds(3_600), ..moment });
        let file = make(&desk, shelf.path());
        let bare = TempDir::new().unwrap();
        restore(&vault, bare.path(), &file, &vault.code).unwrap();
        backup::swap(bare.path(), moment).unwrap();
        let there = vault.open_at(bare.path(), 1 << 64).unwrap();
        let whole = there.read(|r| audit::verify(r, &mut |_, _| true)).unwrap().is_whole();
        survived += u64::from(whole && names(&there) == names(&desk));
    }
    let file = make(&desk, shelf.path());
    let wrong = restore(&vault, TempDir::new().unwrap().path(), &file, &RecoveryCode::generate().unwrap());
    row("a backup restores whole on a bare machine", times, survived, times - survived, wrong == Err(NotUsed::WrongCode));
}

/// The tar header before the part of this name, to be forged; its sum is made right again, for that is no seal.
fn forged(whole: &[u8], name: &str, change: impl FnOnce(&mut tar::Header)) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    let at = (0..).map(|block| block * 512).find(|at| bytes[*at..].starts_with(format!("{name}\0").as_bytes())).unwrap();
    let mut header = tar::Header::from_byte_slice(&bytes[at..at + 512]).clone();
    change(&mut header);
    header.set_cksum();
    bytes[at..at + 512].copy_from_slice(header.as_bytes());
    bytes
}

/// What somebody may have made of a backup who does not know its code.
fn hostile(whole: &[u8], other: &[u8]) -> Vec<Vec<u8>> {
    let parts = ["READ-ME.txt", "about.json", "identity.age", "content.age"];
    let mut made = Vec::new();
    for part in parts {
        for name in ["../practice.db", "/tmp/x", "../../vault.json", "..\\vault.json", "vault.json", "a/b", ""] {
            made.push(forged(whole, part, |header| {
                header.as_mut_bytes()[..100].fill(0);
                header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
            }));
        }
        for size in [u64::MAX, u64::MAX - 511, 1 << 62, 1 << 45, 1 << 33, 0] {
            made.push(forged(whole, part, |header| header.set_size(size)));
        }
        for kind in
            [tar::EntryType::Symlink, tar::EntryType::Link, tar::EntryType::Directory, tar::EntryType::GNUSparse, tar::EntryType::XHeader]
        {
            made.push(forged(whole, part, |header| header.set_entry_type(kind)));
        }
    }
    // A newer version's, another practice's, one inside another, much of nothing, nothing.
    let newer = find(whole, b"\"format\": 1").map(|at| [&whole[..at], b"\"format\": 2", &whole[at + 11..]].concat());
    made.extend(newer);
    made.push(other.to_vec());
    made.push([whole, whole].concat());
    made.push([&whole[..512], other].concat());
    made.push(vec![0; 1 << 20]);
    made.push(Vec::new());
    made
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|found| found == what)
}

/// Damage as it happens: bits, sectors, a file cut short, one that two were mixed in.
fn mutated(whole: &[u8], second: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    let mut pick = |end: usize| usize::try_from(chance.below(end as u64)).unwrap();
    let (at, length) = (pick(bytes.len()), 1 + pick(4_096));
    let end = (at + length).min(bytes.len());
    match pick(6) {
        0 | 1 => bytes[at] ^= 1 << (length % 8),
        2 => bytes.truncate(at),
        // Zeros where zeros are is no damage.
        3 => bytes[at..end].iter_mut().for_each(|byte| *byte = !*byte),
        4 => drop(bytes.drain(at..end)),
        _ => {
            let (half, rest) = (at / 512 * 512, second.get(at / 512 * 512..).unwrap_or_default());
            bytes.truncate(half);
            bytes.extend_from_slice(rest);
        }
    }
    bytes
}

#[test]
fn a_damaged_or_hostile_backup_changes_nothing() {
    let (vault, shelf) = (Vault::made(None), TempDir::new().unwrap());
    let desk = vault.open();
    let whole = fs::read(make(&desk, shelf.path())).unwrap();
    desk.client("Whitfield");
    let second = fs::read(make(&desk, shelf.path())).unwrap();
    drop(desk);
    let others = Vault::made(None);
    let other = fs::read(make(&others.open(), shelf.path())).unwrap();
    let mut chance = Chance(20_260_123);
    let mut corpus = hostile(&whole, &other);
    let made_to_harm = corpus.len() as u64;
    let damaged = if is_long() { 5_000 } else { 250 };
    corpus.extend((0..damaged).map(|_| mutated(&whole, &second, &mut chance)).filter(|bytes| *bytes != whole && *bytes != second));
    let before = files(vault.path());
    let file = shelf.path().join("trial.anteroom");
    let (mut tried, mut lost) = (0, 0);
    for bytes in &corpus {
        fs::write(&file, bytes).unwrap();
        let done = restore(&vault, vault.path(), &file, &vault.code);
        tried += 1;
        if done.is_ok() || files(vault.path()) != before {
            say(&format!("{done:?} of {} bytes, number {tried}", bytes.len()));
            lost += 1;
        }
    }
    say(&format!("{made_to_harm} made to harm, {} damaged", tried - made_to_harm));
    // The control: the one that nobody touched is restored, and that is seen.
    fs::write(&file, &whole).unwrap();
    let seen = restore(&vault, vault.path(), &file, &vault.code).is_ok() && files(vault.path()) != before;
    row("a damaged or hostile backup changes nothing", tried, tried - lost, lost, seen);
}

#[allow(clippy::print_stderr, reason = "figures are asked for")]
fn say(what: &str) {
    eprintln!("{what}");
}
