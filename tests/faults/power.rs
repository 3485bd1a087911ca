//! The power is cut at any moment: of all that was acknowledged nothing is lost, and nothing is said to be missing that is not.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use disk::{Change, Disk};
use tempfile::TempDir;

use crate::chance::Chance;
use crate::child::{Ack, bare, found, live, lost, reopen};
use crate::remains::Remains;
use crate::table::{is_long, row};

const CUTS: (usize, usize) = (500, 5_000);
/// How often the records are opened, worked in and closed while the disk is recorded; how long each time.
const SITTINGS: u64 = 3;
const WRITES: usize = 120;

/// A while of work: how the folder lay before it, what was done to it, what was acknowledged. A mark says that so many were by then.
struct Recorded {
    before: TempDir,
    changes: Vec<Change>,
    acks: Vec<Ack>,
    after: TempDir,
}

fn recorded(settings: &str, bare_of_anchor: bool) -> Recorded {
    let root = TempDir::new().unwrap();
    found(root.path());
    let (before, after) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    copy(root.path(), before.path());
    let disk = Disk::under(root.path()).unwrap();
    disk.record();
    let mut acks = Vec::new();
    for sitting in 0..SITTINGS {
        let mut bench = if bare_of_anchor { bare(disk.folder()) } else { reopen(disk.folder()).unwrap() };
        bench.connection().execute_batch(settings).unwrap();
        let mut left = WRITES;
        live(&mut bench, sitting, |ack| {
            acks.push(ack);
            disk.mark(acks.len());
            left -= 1;
            left > 0
        });
    }
    let changes = disk.recorded();
    copy(root.path(), after.path());
    Recorded { before, changes, acks, after }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let named = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let named = named.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()));
    named.filter(|(name, _)| !name.ends_with("-shm")).collect()
}

impl Recorded {
    /// Cuts the power so many times, each time at another moment; what was lost by it.
    fn cut(&self, times: usize, chance: &mut Chance) -> Vec<String> {
        let moments = self.changes.len() as u64 + 1;
        let mut cuts: Vec<usize> = (0..times).map(|_| usize::try_from(chance.below(moments)).unwrap()).collect();
        cuts.sort_unstable();
        let mut remains = Remains::of(self.before.path());
        let (mut done, mut acknowledged, mut all) = (0, 0, Vec::new());
        for cut in cuts {
            for change in &self.changes[done..cut] {
                remains.then(change);
                if let Change::Mark(number) = change {
                    acknowledged = *number;
                }
            }
            done = cut;
            let folder = TempDir::new().unwrap();
            remains.lay(folder.path(), chance);
            let found = reopen(folder.path()).map(|bench| {
                let mut found = lost(&bench, &self.acks[..acknowledged]);
                found.extend(bench.follow_chain((0, [0; 32])).err());
                found
            });
            let found = found.unwrap_or_else(|why| vec![format!("the records do not open: {why}")]);
            if !found.is_empty() {
                all.push(format!("cut at {cut} of {moments}, after {acknowledged} writes: {found:?}"));
            }
        }
        all
    }
}

/// The control of what all of this stands on: nothing is done to the disk that is not seen, so that what is seen makes the same files.
#[test]
fn what_is_recorded_makes_the_same_files_byte_for_byte() {
    let work = recorded("", false);
    let written: usize = work.changes.iter().map(|change| if let Change::Write { bytes, .. } = change { bytes.len() } else { 0 }).sum();
    let made: u64 = files(work.after.path()).values().map(|bytes| bytes.len() as u64).sum();
    assert!(written as u64 > made, "{written} bytes were written, {made} are there");
    let mut remains = Remains::of(work.before.path());
    work.changes.iter().for_each(|change| remains.then(change));
    let folder = TempDir::new().unwrap();
    remains.lay_whole(folder.path());
    assert!(files(folder.path()) == files(work.after.path()), "the files differ");
}

#[test]
fn a_power_cut_at_any_moment_loses_no_acknowledged_write() {
    let mut chance = Chance(20_260_116);
    let careless = recorded("PRAGMA synchronous = OFF", true);
    let noticed = careless.cut(60, &mut chance);
    let times = if is_long() { CUTS.1 } else { CUTS.0 };
    let found = recorded("", false).cut(times, &mut chance);
    let lost = found.len() as u64;
    for cut in found.iter().take(20) {
        say(cut);
    }
    row("a power cut loses no acknowledged write", times as u64, times as u64 - lost, lost, noticed.len() > 10);
}

#[allow(clippy::print_stderr, reason = "figures are asked for")]
fn say(what: &str) {
    eprintln!("{what}");
}
