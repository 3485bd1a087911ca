//! The disk fails while backups are made: none is said to be made that does not open, none has a name that does not, and the records
//! are as they were.

use std::fs;
use std::path::Path;

use practice::clients::{self, ClientStatus};
use practice::security;
use practice::vault::backup::{self, Which};
use practice::vault::{Opened, RecoveryCode};
use tempfile::TempDir;

use crate::bench::{self, Bench};
use crate::chance::Chance;
use crate::child::{found, kept};
use crate::failing::{Flow, Told, checked, faults, say, survives};

const RECORDS: &str = "records";
const BACKUPS: &str = "backups";
const VERSION: &str = "0.1.0";

fn opened(root: &Path, told: &mut Told, kept: &str) -> Option<Opened> {
    told.hear(bench::opened(&root.join(RECORDS), kept))
}

/// Two backups with work before each, and a test restore of the newer.
fn make(root: &Path, kept: &str, code: &RecoveryCode, told: &mut Told) {
    let Some(Opened { connections, held }) = opened(root, told, kept) else { return };
    let mut bench = Bench::recorded(connections);
    bench.ids_from(1 << 40);
    let (folder, moment) = (root.join(BACKUPS), bench.moment);
    for last in ["Okonkwo", "Lindqvist"] {
        let added = bench.write(|w| clients::add(w, &bench::details(last), ClientStatus::Active, true)).map(|id| id.0);
        told.row("clients", added);
        if let Some(made) = told.hear(backup::make(bench.records(), &held, &folder, moment, VERSION, None, &mut |_, _, _| true)) {
            told.hear(bench.write(|w| backup::made(w, Which::First, &made)));
            told.backups.push(made.file);
        }
    }
    if let Some(newest) = told.backups.last().cloned() {
        told.hear(backup::test_restore(&folder.join(newest), code, &root.join("scratch"), &mut |_, _, _| true));
    }
}

/// On a sound disk: whatever has the name of a backup opens, what was said to be made is there, the records lost nothing, and the next
/// backup is made.
fn stands(root: &Path, code: &RecoveryCode, told: &Told) -> Vec<String> {
    let (records, folder, scratch) = (root.join(RECORDS), root.join(BACKUPS), root.join("scratch"));
    if scratch.exists() {
        fs::remove_dir_all(&scratch).unwrap();
    }
    let mut lost = checked(&records, told);
    let named = backup::list(&folder, None).unwrap();
    let there = |file: &String| named.iter().any(|found| found.file == *file);
    lost.extend(told.backups.iter().filter(|file| !there(file)).map(|file| format!("{file} was made and is not there")));
    let mut files: Vec<String> = named.into_iter().map(|found| found.file).collect();
    let opened = bench::opened(&records, &kept(&records)).map(|Opened { connections, held }| {
        let bench = Bench::recorded(connections);
        backup::make(bench.records(), &held, &folder, bench.moment, VERSION, None, &mut |_, _, _| true)
    });
    match opened {
        Ok(Ok(made)) => files.push(made.file),
        other => lost.push(format!("the next backup is not made: {other:?}")),
    }
    for file in files {
        if let Err(why) = backup::test_restore(&folder.join(&file), code, &scratch, &mut |_, _, _| true) {
            lost.push(format!("{file}: {why}"));
        }
    }
    lost
}

#[test]
fn a_disk_that_fails_while_backups_are_made_loses_nothing_and_is_told_of() {
    let template = TempDir::new().unwrap();
    let records = template.path().join(RECORDS);
    found(&records);
    fs::create_dir(template.path().join(BACKUPS)).unwrap();
    let (kept, code) = (kept(&records), RecoveryCode::generate().unwrap());
    let Opened { connections, held } = bench::opened(&records, &kept).unwrap();
    let kit = held.add_kit(&code).unwrap();
    Bench::recorded(connections).write(|w| security::set_kit(w, &kit)).unwrap();
    let run = |root: &Path, told: &mut Told| make(root, &kept, &code, told);
    let check = |root: &Path, told: &Told| stands(root, &code, told);
    let flow = Flow { template, run: &run, check: &check };
    let calls = flow.calls();
    say(&format!("two backups: {calls:?}"));
    survives("a failing disk never lies: backups", &flow, &faults(&calls, 10, &mut Chance(20_260_119)));
}
