//! Killed at any moment, the records lose nothing that was acknowledged.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::bench::Bench;
use crate::chance::Chance;
use crate::child::{self, Ack, found, live, lost, reopen, start, typed};

const KILLS: u64 = 200;

/// Figures for whoever runs the tests with --nocapture.
#[allow(clippy::print_stderr, reason = "figures are asked for")]
fn say(figure: &str) {
    eprintln!("{figure}");
}

#[test]
fn two_hundred_kills_at_random_moments_lose_no_acknowledged_write() {
    let root = tempfile::tempdir().unwrap();
    let (folder, home) = (root.path().join("records"), root.path().join("home"));
    std::fs::create_dir_all(home.join("tmp")).unwrap();
    found(&folder);
    let (mut chance, begun) = (Chance(20_260_115), Instant::now());
    let (mut all, mut while_typing, mut before_any) = (Vec::new(), 0, 0);
    let mut chain = (0, [0; 32]);
    for round in 0..KILLS {
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

        let bench = reopen(&folder).unwrap_or_else(|why| panic!("after kill {round} the records do not open: {why}"));
        assert_eq!(lost(&bench, &acks), [""; 0], "kill {round}");
        chain = bench.follow_chain(chain).unwrap();
        before_any += u64::from(acks.is_empty());
        while_typing += u64::from(matches!(acks.last(), Some(Ack::Typed(..))));
        all.append(&mut acks);
    }
    let bench = reopen(&folder).unwrap();
    assert_eq!(lost(&bench, &all), [""; 0]);
    assert_eq!(bench.chain(), bench.all_events());
    assert!(while_typing > KILLS / 4 && before_any < KILLS / 2, "{while_typing} while typing, {before_any} before any write");
    say(&format!(
        "{KILLS} kills in {:?}: {} acknowledged writes, all there; {while_typing} kills while typing, {before_any} before the first write",
        begun.elapsed(),
        all.len()
    ));
}

fn copy(from: &Path, to: &Path) {
    for file in std::fs::read_dir(from).unwrap() {
        let path = file.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

/// The control: the same check, on records from which one acknowledged write is missing.
#[test]
fn a_lost_write_of_any_kind_is_noticed() {
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
    let lose = |what: &str, lose: &dyn Fn(&Bench)| {
        let damaged = tempfile::tempdir().unwrap();
        copy(root.path(), damaged.path());
        assert_eq!(lost(&reopen(damaged.path()).unwrap(), &acks), [""; 0], "the copy is whole");
        let bench = child::bare(damaged.path());
        bench.connection().execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        lose(&bench);
        drop(bench);
        let bench = reopen(damaged.path()).unwrap();
        assert!(!lost(&bench, &acks).is_empty() || bench.follow_chain((0, [0; 32])).is_err(), "the loss of {what} was not noticed");
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
}
