//! 10: what an idle window keeps in memory: the proportional share of all its processes, after half a minute on a page, against a bare
//! window after as long.
use super::Bench;
use super::fingers::{Fingers, RETURN};
use super::office::Office;
use crate::guard::room::{Program, titled, xdo};
use crate::guard::traces::family;
use anyhow::{Context, Result, ensure};
use data::PASSPHRASE;
use ratio::Row;
use serde_json::{Value, json};
use std::fs;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

const IDLE: Duration = Duration::from_secs(30);
const REST: Duration = Duration::from_secs(4);
/// Memory hardly wobbles, and each look takes half a minute.
const ROUNDS: usize = 3;

/// Megabytes, on the lock page and on the list of clients.
pub fn idle(bench: &Bench, office: &Office) -> Result<Vec<Value>> {
    let (mut lock, mut list) = (Vec::new(), Vec::new());
    let mut programs = 0;
    for _ in 0..bench.rounds.min(ROUNDS) {
        let (floor, _) = kept(&mut office.floor(bench, &["page"]), |_| Ok(()))?;
        let (at_lock, _) = kept(&mut office.ours(bench)?, |_| Ok(()))?;
        let (at_list, count) = kept(&mut office.ours(bench)?, open)?;
        programs = count;
        lock.push((at_lock, floor));
        list.push((at_list, floor));
    }
    let row = |name: &str, pairs: &[(f64, f64)]| Row::new("10", name, "MB", 1.15, pairs).with("processes", programs).into();
    Ok(vec![row("memory when idle: lock page", &lock), row("memory when idle: Clients", &list)])
}

/// How much *ten* keeps above *year*, on the list.
pub fn growth(rows: &[Value]) -> Option<Value> {
    let of = |set: &str| {
        let row = rows.iter().find(|row| row["set"] == set && row["name"] == "memory when idle: Clients")?;
        row["ours"]["median"].as_f64()
    };
    let (year, ten) = (of("year")?, of("ten")?);
    Some(json!({
        "n": "10", "name": "memory when idle: ten less year", "set": "ten", "ours": { "median": ratio::round(ten - year), "unit": "MB" }, "target": 5,
        "counts": {},
    }))
}

fn open(title: &str) -> Result<()> {
    let fingers = Fingers::find()?;
    xdo(&["windowfocus", "--sync", title])?;
    fingers.type_text(PASSPHRASE, Duration::from_millis(20))?;
    fingers.press(RETURN)?;
    sleep(REST);
    fingers.control('2')?;
    Ok(())
}

fn kept(command: &mut Command, act: impl FnOnce(&str) -> Result<()>) -> Result<(f64, usize)> {
    let program = Program::start(command)?;
    let title = titled("(Anteroom|Floor)", Duration::from_secs(20))?;
    sleep(REST);
    act(&title)?;
    sleep(IDLE);
    let all = family(&[program.child.id()])?;
    let mut kib = 0;
    for id in &all {
        // Closed to other users, and to the user's own other programs.
        let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).context("only the system's administrator sees it")?;
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).context("no Pss")?;
        kib += line.trim().trim_end_matches(" kB").parse::<u64>()?;
    }
    ensure!(all.len() > 1, "the window has no processes of its own");
    drop(program);
    sleep(Duration::from_secs(1));
    Ok((kib as f64 / 1024.0, all.len()))
}
