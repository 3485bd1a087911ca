//! The power is cut while the records are made, and in the first minutes after: until something was acknowledged the next start may
//! begin again, but it is never barred; from then on the records open with the key that the password store keeps.

use std::path::Path;

use disk::{Change, Disk};
use practice::clients::{self, ClientStatus};
use tempfile::TempDir;

use crate::bench::{self, Bench};
use crate::chance::Chance;
use crate::child::{Ack, lost};
use crate::remains::Remains;
use crate::table::{is_long, row};

/// How often the power is cut at each moment.
const TIMES: (u64, u64) = (1, 12);
const CLIENTS: usize = 4;

struct Begun {
    changes: Vec<Change>,
    kept: String,
    acks: Vec<Ack>,
}

/// Makes records in a folder that is not there yet, and writes the first clients into them.
fn begun() -> Begun {
    let root = TempDir::new().unwrap();
    let disk = Disk::under(root.path()).unwrap();
    disk.record();
    let (connections, kept) = bench::begin(&disk.folder().join("share/anteroom"));
    let mut bench = Bench::recorded(connections);
    let mut acks = Vec::new();
    for number in 1..=CLIENTS {
        let details = bench::details(&format!("Client {number}"));
        let client = bench.write(|w| clients::add(w, &details, ClientStatus::Active, true)).unwrap();
        acks.push(Ack::Row("clients", client.0));
        disk.mark(number);
    }
    drop(bench);
    Begun { changes: disk.recorded(), kept, acks }
}

impl Begun {
    /// What is wrong with the records that remain, of which so many clients were acknowledged.
    fn wrong(&self, folder: &Path, acknowledged: usize) -> Vec<String> {
        match bench::opened(folder, &self.kept) {
            Ok(opened) => lost(&Bench::recorded(opened.connections), &self.acks[..acknowledged]),
            Err(why) if acknowledged == 0 && why == "nothing is there" => Vec::new(),
            Err(why) => vec![why],
        }
    }

    /// Cuts the power so many times at every moment; how often, and what was wrong then.
    fn cut(&self, times: u64, chance: &mut Chance) -> (u64, Vec<String>) {
        let before = TempDir::new().unwrap();
        let mut remains = Remains::of(before.path());
        let (mut tried, mut acknowledged, mut wrong) = (0, 0, Vec::new());
        for (at, change) in self.changes.iter().enumerate() {
            remains.then(change);
            if let Change::Mark(number) = change {
                acknowledged = *number;
            }
            for _ in 0..times {
                let folder = TempDir::new().unwrap();
                remains.lay(folder.path(), chance);
                let found = self.wrong(&folder.path().join("share/anteroom"), acknowledged);
                tried += 1;
                if !found.is_empty() {
                    wrong.push(format!("cut after {at}, {change:.60?}, {acknowledged} clients: {found:?}"));
                }
            }
        }
        (tried, wrong)
    }
}

#[test]
fn a_power_cut_while_the_records_are_made_bars_nobody_and_loses_nothing() {
    let mut chance = Chance(20_260_120);
    let begun = begun();
    let (tried, wrong) = begun.cut(if is_long() { TIMES.1 } else { TIMES.0 }, &mut chance);
    // The control: the same, had nothing ever been synced.
    let changes = begun.changes.iter().filter(|change| !matches!(change, Change::Sync { .. })).cloned().collect();
    let careless = Begun { changes, kept: begun.kept.clone(), acks: begun.acks.clone() };
    let noticed = careless.cut(1, &mut chance).1.len();
    for wrong in wrong.iter().take(30) {
        say(wrong);
    }
    let lost = wrong.len() as u64;
    row("a power cut while the records are made bars nobody and loses nothing", tried, tried - lost, lost, noticed > 20);
}

#[allow(clippy::print_stderr, reason = "figures are asked for")]
fn say(what: &str) {
    eprintln!("{what}");
}
