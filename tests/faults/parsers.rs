//! What comes from outside: whatever its bytes, it is read or refused.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use practice::imports;
use practice::vault::backup;
use practice::vault::{self, KeyringAnswer, RecoveryCode, Standing, Written};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::bench::day;
use crate::table::{is_long, row};
use crate::vaults::Vault;

fn runs(short: u64, long: u64) -> u64 {
    if is_long() { long } else { short }
}

/// Inputs by a fixed seed, each tried; how many made it panic, and whether the careless parser panicked as well.
fn fuzz<T: std::fmt::Debug + Clone>(promise: &str, runs: u64, inputs: impl Strategy<Value = T>, read: impl Fn(&T), careless: impl Fn(&T)) {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[26; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let (mut lost, mut control_failed) = (0, false);
    for _ in 0..runs {
        let input = inputs.new_tree(&mut runner).unwrap().current();
        if catch_unwind(AssertUnwindSafe(|| read(&input))).is_err() {
            say(&format!("{promise}: {input:?}"));
            lost += 1;
        }
        control_failed = control_failed || catch_unwind(AssertUnwindSafe(|| careless(&input))).is_err();
    }
    row(promise, runs, runs - lost, lost, control_failed);
}

#[allow(clippy::print_stderr, reason = "figures are asked for")]
fn say(what: &str) {
    eprintln!("{what}");
}

fn fixtures() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/import");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Bytes at random; text as tables have it; a real file with a few bytes changed.
fn tables() -> impl Strategy<Value = Vec<u8>> {
    let cells = prop_oneof![
        "[a-zA-ZÄß .'@+0-9/:-]{0,12}",
        "\"[^\"]{0,8}(\"\")?[^\"]{0,8}\"?",
        Just("31.02.2026".to_owned()),
        Just("First name".to_owned()),
        Just("Geburtsdatum".to_owned()),
        Just("=HYPERLINK(1)".to_owned()),
        "\\PC{0,6}",
        Just("\u{202e}\u{0}\u{feff}".to_owned()),
    ];
    let ends = prop_oneof![Just(","), Just(";"), Just("\t"), Just("|"), Just("\n"), Just("\r\n"), Just("\r"), Just("\"")];
    let text = vec((cells, ends), 0..40).prop_map(|cells| cells.iter().flat_map(|(cell, end)| [cell.as_str(), end]).collect::<String>());
    let encoded = (text, 0..4_u8).prop_map(|(text, how)| match how {
        0 => [vec![0xff, 0xfe], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
        1 => [vec![0xfe, 0xff], text.encode_utf16().flat_map(u16::to_be_bytes).collect()].concat(),
        _ => text.into_bytes(),
    });
    let changed =
        (prop::sample::select(fixtures()), vec((any::<prop::sample::Index>(), any::<u8>()), 0..6)).prop_map(|(mut bytes, changes)| {
            for (at, byte) in changes {
                if !bytes.is_empty() {
                    let at = at.index(bytes.len());
                    bytes[at] = byte;
                }
            }
            bytes
        });
    prop_oneof![2 => vec(any::<u8>(), 0..300), 4 => encoded, 2 => changed]
}

#[test]
fn any_bytes_are_a_table_or_are_refused() {
    let read = |bytes: &Vec<u8>| {
        let Ok(sheet) = imports::read(bytes) else { return };
        let mapping = imports::guess(&sheet);
        let found = imports::candidates(&sheet, &mapping, day("2026-01-15"));
        assert_eq!(found.len(), sheet.rows.len(), "every row is a candidate, or says why it is none");
    };
    let careless = |bytes: &Vec<u8>| {
        let text = std::str::from_utf8(bytes).unwrap();
        let _head = text.lines().next().unwrap();
    };
    fuzz("any bytes are a table of clients or are refused", runs(10_000, 10_000_000), tables(), read, careless);
}

#[test]
fn any_text_is_a_code_or_is_refused_with_the_place_of_the_slip() {
    let written = RecoveryCode::generate().unwrap().written();
    let group =
        prop_oneof![3 => "[0-9A-Za-z]{4}", 1 => "[0-9A-Z -]{0,6}", 1 => "\\PC{0,5}", 3 => prop::sample::select(written.groups.clone())];
    let check = prop_oneof!["[0-9A-Z]{2}", "\\PC{0,3}", Just(written.check.clone())];
    let inputs = (vec(group, 0..10), check);
    let read = |(groups, check): &(Vec<String>, String)| {
        let typed = Written { groups: groups.clone(), check: check.clone() };
        drop(RecoveryCode::read(&typed));
    };
    let careless = |(groups, _): &(Vec<String>, String)| {
        let _fourth = &groups[7][..4];
    };
    fuzz("any text is a recovery code or is refused", runs(10_000, 10_000_000), inputs, read, careless);
}

#[test]
fn any_vault_file_opens_the_records_or_is_refused_and_is_never_a_first_run() {
    let vault = Vault::made(None);
    let real = fs::read(vault.path().join("vault.json")).unwrap();
    let changes = vec((any::<prop::sample::Index>(), any::<u8>()), 0..4);
    let changed = (changes, any::<prop::sample::Index>(), 0..4_u8).prop_map(move |(changes, at, how)| {
        let mut bytes = real.clone();
        changes.iter().for_each(|(at, byte)| {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        });
        let at = at.index(bytes.len());
        match how {
            0 => bytes.truncate(at),
            1 => bytes.splice(at..at, bytes.clone()).for_each(drop),
            2 => bytes.splice(at..at, std::iter::repeat_n(b'[', 2_000)).for_each(drop),
            _ => {}
        }
        bytes
    });
    let inputs = prop_oneof![4 => changed, 1 => vec(any::<u8>(), 0..200)];
    let path = vault.path().join("vault.json");
    let read = |bytes: &Vec<u8>| {
        fs::write(&path, bytes).unwrap();
        assert!(!matches!(vault::prepare(vault.path(), |entry| vault.keyring.load(entry)), Standing::FirstRun(_)));
        drop(vault::prepare(vault.path(), |_| KeyringAnswer::NoEntry));
        assert!(fs::read(&path).unwrap() == *bytes, "it was changed");
    };
    let careless = |bytes: &Vec<u8>| {
        let file: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        assert!(file["slots"][0]["id"].is_string());
    };
    fuzz("any vault file opens the records or is refused", runs(2_000, 1_000_000), inputs, read, careless);
}

#[test]
fn any_file_is_a_backup_or_is_refused() {
    let (vault, shelf) = (Vault::made(None), tempfile::TempDir::new().unwrap());
    let desk = vault.open();
    let made = backup::make(&desk.records, &desk.held, shelf.path(), desk.moment.get(), "0.1.0", None, &mut |_, _, _| true).unwrap();
    let whole = fs::read(shelf.path().join(made.file)).unwrap();
    // What is read before a code is asked for: the open parts and the head of the rest.
    let real = whole[..16_384.min(whole.len())].to_vec();
    let changes = vec((any::<prop::sample::Index>(), any::<u8>()), 0..6);
    let changed = (changes, any::<prop::sample::Index>(), any::<bool>()).prop_map(move |(changes, at, cut)| {
        let mut bytes = real.clone();
        changes.iter().for_each(|(at, byte)| {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        });
        if cut {
            bytes.truncate(at.index(bytes.len()));
        }
        bytes
    });
    let file = shelf.path().join("trial.anteroom");
    let read = |bytes: &Vec<u8>| {
        fs::write(&file, bytes).unwrap();
        drop(backup::inspect(&file));
    };
    let careless = |bytes: &Vec<u8>| {
        let name = std::str::from_utf8(&bytes[..100]).unwrap();
        assert!(name.starts_with("READ-ME"));
    };
    fuzz("any file is a backup or is refused", runs(2_000, 1_000_000), changed, read, careless);
}
