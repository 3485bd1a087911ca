//! 1: from the start of the process until its lock page is painted, against a bare window of the same engine with a static page.
use super::Bench;
use super::eye::{Eye, Sight};
use super::office::Office;
use crate::guard::room::Program;
use anyhow::Result;
use ratio::Row;
use serde_json::Value;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(30);
/// For a page to come to rest, the first time.
const REST: Duration = Duration::from_secs(5);
/// Until all of a window's processes are gone.
const GONE: Duration = Duration::from_millis(700);

/// Milliseconds, in turns.
pub fn painted(bench: &Bench, office: &Office) -> Result<Vec<Value>> {
    let eye = Eye::open()?;
    let ours = seen(&eye, &mut office.ours(bench)?)?;
    let floor = seen(&eye, &mut office.floor(bench, &["page"]))?;
    let mut pairs = Vec::new();
    for round in 0..=bench.rounds {
        let mut pair = (0.0, 0.0);
        for turn in 0..2 {
            if (round + turn) % 2 == 0 {
                pair.0 = once(&eye, &mut office.ours(bench)?, &ours)?;
            } else {
                pair.1 = once(&eye, &mut office.floor(bench, &["page"]), &floor)?;
            }
        }
        // The first is to warm up.
        if round > 0 {
            pairs.push(pair);
        }
    }
    Ok(vec![Row::new("1", "start to lock page", "ms", 1.15, &pairs).into()])
}

/// What it shows when it has come to rest.
fn seen(eye: &Eye, command: &mut Command) -> Result<Sight> {
    let program = Program::start(command)?;
    sleep(REST);
    let sight = eye.learn(None)?;
    drop(program);
    sleep(GONE);
    Ok(sight)
}

fn once(eye: &Eye, command: &mut Command, sight: &Sight) -> Result<f64> {
    let begun = Instant::now();
    let program = Program::start(command)?;
    let took = eye.painted(sight, begun, PATIENCE)?;
    drop(program);
    sleep(GONE);
    Ok(took.as_secs_f64() * 1e3)
}
