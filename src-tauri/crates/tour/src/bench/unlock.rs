//! 2: from Enter behind the passphrase until the list of clients is painted, against stretching the passphrase alone and one frame.
use super::Bench;
use super::eye::Eye;
use super::fingers::{Fingers, RETURN};
use super::office::Office;
use crate::guard::room::{Program, titled, xdo};
use anyhow::{Context, Result, ensure};
use data::PASSPHRASE;
use ratio::Row;
use serde_json::Value;
use std::thread::sleep;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(30);
const REST: Duration = Duration::from_secs(4);
/// Between two letters, and before Enter: a hand is no quicker.
const LETTER: Duration = Duration::from_millis(20);
const BREATH: Duration = Duration::from_millis(400);
/// Of a display that shows sixty pictures a second.
const FRAME: f64 = 1e3 / 60.0;

/// Milliseconds; locked and unlocked again and again in one window, which stands at the list.
pub fn listed(bench: &Bench, office: &Office) -> Result<Vec<Value>> {
    let (eye, fingers) = (Eye::open()?, Fingers::find()?);
    let program = Program::start(&mut office.ours(bench)?)?;
    let id = titled("Anteroom", PATIENCE)?;
    sleep(REST);
    xdo(&["windowfocus", "--sync", &id])?;
    let lock = eye.learn(None)?;
    fingers.type_text(PASSPHRASE, LETTER)?;
    fingers.press(RETURN)?;
    sleep(REST);
    ensure!(!eye.shows(&lock)?, "the records did not open");
    fingers.control('2')?;
    sleep(REST);
    let list = eye.learn(Some(super::list::ROWS))?;
    ensure!(!eye.shows(&lock)?, "the list looks like the lock page");
    let mut pairs = Vec::new();
    for round in 0..=bench.rounds {
        let floor = if round % 2 == 0 { Some(stretched(bench, office)?) } else { None };
        let begun = fingers.control('l')?;
        // Locked since another time: that line of the page is not as it was.
        until_gone(&eye, &list, begun)?;
        sleep(REST);
        fingers.type_text(PASSPHRASE, LETTER)?;
        sleep(BREATH);
        let begun = fingers.press(RETURN)?;
        let ours = eye.painted(&list, begun, PATIENCE)?.as_secs_f64() * 1e3;
        sleep(REST);
        let floor = floor.map_or_else(|| stretched(bench, office), Ok)?;
        if round > 0 {
            pairs.push((ours, floor + FRAME));
        }
    }
    drop(program);
    Ok(vec![Row::new("2", "unlock to client list", "ms", 1.15, &pairs).into()])
}

fn until_gone(eye: &Eye, sight: &super::eye::Sight, begun: std::time::Instant) -> Result<()> {
    while eye.shows(sight)? {
        ensure!(begun.elapsed() < PATIENCE, "the records were not locked");
        sleep(Duration::from_millis(5));
    }
    Ok(())
}

fn stretched(bench: &Bench, office: &Office) -> Result<f64> {
    let (memory, passes) = (office.cost.0.to_string(), office.cost.1.to_string());
    let said = office.floor(bench, &["derive", &memory, &passes]).stdout(std::process::Stdio::piped()).output()?;
    String::from_utf8_lossy(&said.stdout).trim().parse().context("the floor said no number")
}
