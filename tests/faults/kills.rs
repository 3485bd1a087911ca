//! Killed at any moment, the records lose nothing that was acknowledged.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::bench::Bench;
use crate::chance::Chance;
use crate::child::{self, Ack, found, live, lost, reopen, start, typed};
use crate::table::{is_long, row};

/// In the short form and in the long one.
const KILLS: (u64, u64) = (500, 10_000);
/// Kills in the same records; then new ones are begun, for looking through them takes longer and longer.
const IN_ONE: u64 = 50;

/// Figures for whoever runs the tests with --nocapture.
#[allow(clippy::print_stderr, reason = "figures are asked for")]
fn say(figure: &str) {
    eprintln!("{figure}");
}

/// What became of so many kills in the same records.
#[derive(Default)]
struct Killed {
    lost: Vec<String>,
    acknowledged: usize,
    while_typing: u64,
    before_any: u64,
}

fn kill(kills: u64, chance: &mut Chance, killed: &mut Killed) {
    let root = tempfile::tempdir().unwrap();
    let (folder, home) = (root.path().join("records"), root.path().join("home"));
    std::fs::create_dir_all(home.join("tmp")).unwrap();
    found(&folder);
    let (mut all, mut chain) = (Vec::new(), (0, [0; 32]));
    for round in 0..kills {
        let (mut process, mut out) = start("work", &folder, &home, round);
        let mut acks: Vec<Ack> = Vec::new();
        // One in eight while it starts and opens; the others after so many writes and a little.
        if chance.below(8) == 0 {
            std::thread::sleep(Duration::from_millis(chance.below(120)));
        } else {
            let enough = 1 + chance.below(24);
            acks.extend(std::iter::from_fn(|| child::next(&mut out)).take(enough.try_into().unwrap()));
            std::thread::sleep(Duration::from_micros(chance.below(12_000)));
        }
        process.kill().unwrap();
        acks.extend(std::iter::from_fn(|| child::next(&mut out)));
        let ended = process.wait().unwrap();
        assert!(ended.code().is_none(), "it was to be killed and ended by itself: {ended}");

        let after = match reopen(&folder) {
            Ok(bench) => {
                let mut after = lost(&bench, &acks);
                match bench.follow_chain(chain) {
                    Ok(end) => chain = end,
                    Err(why) => after.push(why),
                }
                after
            }
            Err(why) => vec![format!("the records do not open: {why}")],
        };
        if !after.is_empty() {
            killed.lost.push(format!("kill {round}: {after:?}"));
        }
        killed.before_any += u64::from(acks.is_empty());
        killed.while_typing += u64::from(matches!(acks.last(), Some(Ack::Typed(..))));
        killed.acknowledged += acks.len();
        all.append(&mut acks);
    }
    let bench = reopen(&folder).unwrap();
    killed.lost.extend(lost(&bench, &all));
    assert_eq!(bench.chain(), bench.all_events());
}

#[test]
fn kills_at_random_moments_lose_no_acknowledged_write() {
    let kills = if is_long() { KILLS.1 } else { KILLS.0 };
    let (mut chance, mut killed, begun) = (Chance(20_260_115), Killed::default(), Instant::now());
    for _ in 0..kills / IN_ONE {
        kill(IN_ONE, &mut chance, &mut killed);
    }
    let Killed { lost, acknowledged, while_typing, before_any } = killed;
    lost.iter().for_each(|lost| say(lost));
    say(&format!(
        "{kills} kills in {:?}: {acknowledged} acknowledged writes; {while_typing} kills while typing, {before_any} before the first write",
        begun.elapsed()
    ));
    assert!(while_typing > kills / 4 && before_any < kills / 2, "{while_typing} while typing, {before_any} before any write");
    let gone = lost.len() as u64;
    row("a kill loses no acknowledged write", kills, kills.saturating_sub(gone), gone, a_lost_write_of_any_kind_is_noticed());
}

fn copy(from: &Path, to: &Path) {
    for file in std::fs::read_dir(from).unwrap() {
        let path = file.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

/// The control: the same check, on records from which one acknowledged write is missing.
fn a_lost_write_of_any_kind_is_noticed() -> bool {
    let root = tempfile::tempdir().unwrap();
    found(root.path());
    let mut acks = Vec::new();
    let mut bench = reopen(root.path()).unwrap();
    // One note approved, with all that follows, and another half typed.
    live(&mut bench, 0, |ack| {
        acks.push(ack);
        acks.len() < 25
    });
    let Some(Ack::Typed(note, length)) = acks.last().cloned() else { panic!("it was to stop while typing") };
    let client = bench.client("Whitfield");
    let session = bench.book(&[client], "2026-02-05 10:00").0;
    acks.push(Ack::Row("sessions", session));
    drop(bench);
    let shorter = serde_json::to_string(&crate::bench::free(&typed(note, length - 1))).unwrap();
    let unnoticed = std::cell::Cell::new(0);
    let lose = |what: &str, lose: &dyn Fn(&Bench)| {
        let damaged = tempfile::tempdir().unwrap();
        copy(root.path(), damaged.path());
        assert_eq!(lost(&reopen(damaged.path()).unwrap(), &acks), [""; 0], "the copy is whole");
        let bench = child::bare(damaged.path());
        bench.connection().execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        lose(&bench);
        drop(bench);
        let bench = reopen(damaged.path()).unwrap();
        if lost(&bench, &acks).is_empty() && bench.follow_chain((0, [0; 32])).is_ok() {
            say(&format!("the loss of {what} was not noticed"));
            unnoticed.set(unnoticed.get() + 1);
        }
    };
    lose("a character", &|bench| {
        bench.sql("UPDATE note_drafts SET body = ?2 WHERE note_id = ?1", (note, &shorter)).unwrap();
    });
    lose("a draft", &|bench| {
        bench.sql("DELETE FROM note_drafts WHERE note_id = ?1", [note]).unwrap();
    });
    lose("an approval", &|bench| {
        let batch =
            "DROP TRIGGER approvals_remain; DELETE FROM approvals; DROP TRIGGER note_state_follows_acts; UPDATE notes SET state = 'draft'";
        bench.connection().execute_batch(batch).unwrap();
    });
    lose("a booking", &|bench| {
        bench.sql("DROP TRIGGER sessions_remain", []).unwrap();
        bench.sql("DELETE FROM sessions WHERE id = ?1", [session]).unwrap();
    });
    lose("homework", &|bench| {
        bench.sql("DELETE FROM homework", []).unwrap();
    });
    lose("a consent", &|bench| {
        bench.connection().execute_batch("DROP TRIGGER consents_remain; DELETE FROM consents").unwrap();
    });
    lose("an event", &|bench| {
        bench.connection().execute_batch("DROP TRIGGER audit_events_remain; DELETE FROM audit_events WHERE seq = 5").unwrap();
    });
    unnoticed.get() == 0
}
