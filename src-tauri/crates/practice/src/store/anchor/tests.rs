//! What an anchor notices, and what cannot make it forget.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;
use crate::audit::{self, Act, Event};
use crate::testing::Desk;

struct Beside {
    folder: TempDir,
    key: [u8; 32],
}

impl Beside {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap(), key: [7; 32] }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("anchor")
    }

    fn open(&self) -> Anchor {
        Anchor::open(&self.path(), Zeroizing::new(self.key)).unwrap()
    }
}

fn write(desk: &mut Desk, act: Act) {
    desk.write(|w| audit::record(w, &Event::new(act, "records", None, None))).unwrap();
}

#[test]
fn every_transaction_is_counted_and_a_refused_one_is_not() {
    let mut desk = Desk::new();
    let begun = mark(desk.conn()).unwrap();
    write(&mut desk, Act::Unlocked);
    desk.write(|_| Ok(())).unwrap();
    let refused: Result<()> = desk.write(|_| Err(crate::error::Refusal::NotOpen.into()));
    assert!(refused.is_err());
    let now = mark(desk.conn()).unwrap();
    assert_eq!((now.sequence - begun.sequence, now.event - begun.event), (2, 1));
    assert_eq!(now.at, desk.moment.at);
    assert!(desk.conn().execute("UPDATE sequence SET number = 0", []).is_err(), "it never goes back");
}

#[test]
fn new_records_have_no_anchor_and_agree_with_the_first() {
    let (mut desk, beside) = (Desk::new(), Beside::new());
    let mut anchor = beside.open();
    assert_eq!(anchor.compare(desk.conn()).unwrap(), Agreement::Unknown);
    write(&mut desk, Act::Unlocked);
    anchor.set(&mark(desk.conn()).unwrap()).unwrap();
    assert_eq!(beside.open().compare(desk.conn()).unwrap(), Agreement::Agrees);
}

#[test]
fn records_that_go_further_than_their_anchor_agree_with_it() {
    let (mut desk, beside) = (Desk::new(), Beside::new());
    write(&mut desk, Act::Unlocked);
    beside.open().set(&mark(desk.conn()).unwrap()).unwrap();
    write(&mut desk, Act::Locked);
    assert_eq!(beside.open().compare(desk.conn()).unwrap(), Agreement::Agrees, "killed between commit and anchor");
}

#[test]
fn records_that_end_earlier_are_behind_by_so_much() {
    let (mut desk, beside) = (Desk::new(), Beside::new());
    write(&mut desk, Act::Unlocked);
    let ended = mark(desk.conn()).unwrap();
    let later = Mark { sequence: ended.sequence + 25, at: desk.moment.at.plus_minutes(14), ..ended };
    beside.open().set(&later).unwrap();
    assert_eq!(beside.open().compare(desk.conn()).unwrap(), Agreement::Behind { records: ended, anchored: later });
}

#[test]
fn a_draft_that_was_lost_is_noticed_though_it_has_no_event() {
    let (mut desk, beside) = (Desk::new(), Beside::new());
    write(&mut desk, Act::Unlocked);
    let ended = mark(desk.conn()).unwrap();
    beside.open().set(&Mark { sequence: ended.sequence + 1, ..ended }).unwrap();
    assert!(matches!(beside.open().compare(desk.conn()).unwrap(), Agreement::Behind { .. }));
}

#[test]
fn records_with_another_trail_have_parted() {
    let (mut desk, mut other, beside) = (Desk::new(), Desk::new(), Beside::new());
    write(&mut desk, Act::Unlocked);
    write(&mut other, Act::Locked);
    write(&mut other, Act::Locked);
    beside.open().set(&mark(desk.conn()).unwrap()).unwrap();
    assert!(matches!(beside.open().compare(other.conn()).unwrap(), Agreement::Parted { .. }));
}

#[test]
fn counting_goes_on_beyond_an_anchor_that_was_ahead() {
    let mut desk = Desk::new();
    write(&mut desk, Act::Unlocked);
    count(desk.conn(), desk.moment.at, 40).unwrap();
    assert_eq!(mark(desk.conn()).unwrap().sequence, 41);
}

#[test]
fn a_mark_that_is_cut_short_leaves_the_one_before_it() {
    let beside = Beside::new();
    let one = Mark { sequence: 1, at: Instant(10), event: 1, head: [1; 32] };
    let two = Mark { sequence: 2, at: Instant(20), event: 2, head: [2; 32] };
    beside.open().set(&one).unwrap();
    let before = fs::read(beside.path()).unwrap();
    beside.open().set(&two).unwrap();
    let after = fs::read(beside.path()).unwrap();
    let changed: Vec<usize> = (0..after.len()).filter(|at| before[*at] != after[*at]).collect();
    for cut in changed {
        let mut torn = before.clone();
        torn[..cut].copy_from_slice(&after[..cut]);
        fs::write(beside.path(), &torn).unwrap();
        assert_eq!(beside.open().newest(), Some(one), "cut at {cut}");
    }
    fs::write(beside.path(), &after).unwrap();
    assert_eq!(beside.open().newest(), Some(two));
}

#[test]
fn no_altered_bit_makes_another_mark_and_no_other_key_reads_one() {
    let mut beside = Beside::new();
    let one = Mark { sequence: 1, at: Instant(10), event: 1, head: [1; 32] };
    beside.open().set(&one).unwrap();
    let good = fs::read(beside.path()).unwrap();
    for bit in 0..(TEXT + SEAL) * 8 {
        let mut bad = good.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        fs::write(beside.path(), &bad).unwrap();
        assert_eq!(beside.open().newest(), None, "bit {bit}");
    }
    fs::write(beside.path(), &good).unwrap();
    beside.key = [8; 32];
    assert_eq!(beside.open().newest(), None);
}

#[test]
fn a_file_of_any_other_content_is_an_anchor_without_a_mark() {
    let beside = Beside::new();
    for content in [vec![], vec![1; 10], vec![0xff; 2 * BLOCK], vec![9; 3 * BLOCK]] {
        fs::write(beside.path(), &content).unwrap();
        assert_eq!(beside.open().newest(), None);
        beside.open().set(&Mark { sequence: 1, at: Instant(1), event: 0, head: [0; 32] }).unwrap();
        assert_eq!(beside.open().newest().unwrap().sequence, 1);
    }
}
