//! 9: the list of clients: how long it takes from the core's answer until it is laid out, against the same page as bare markup; and its
//! frames under the wheel, against plain lines under the same wheel. All of it is drawn by the processor here.
use super::Bench;
use super::boundary::{PAGE, slowly};
use super::eye::Part;
use super::fingers::Fingers;
use super::office::Office;
use crate::guard::room::{titled, xdo};
use crate::window::Window;
use anyhow::{Context, Result};
use ratio::Row;
use serde_json::{Value, json};
use std::thread::sleep;
use std::time::Duration;

const FRAMES: &str = include_str!("../guard/frames.js");
/// Where the first rows are in a window of 1280 by 800.
pub const ROWS: Part = Part(300, 200, 1240, 300);
/// Looks together.
const TIMES: usize = 8;
const TURNING: Duration = Duration::from_secs(4);
const BREATH: Duration = Duration::from_millis(500);

/// Two rows: the first look, and the frames.
pub fn drawn(bench: &Bench, office: &Office) -> Result<Vec<Value>> {
    let window = office.drive(bench)?;
    window.run(PAGE, json!([]))?;
    window.run(FRAMES, json!([]))?;
    let mut pairs = Vec::new();
    let mut shown = 0;
    for round in 0..=bench.rounds {
        let both = slowly(&window, "window.bench.drawn(...it)", json!([TIMES]))?;
        let figure = |key: &str| both[key].as_f64().with_context(|| format!("no {key} in {both}"));
        shown = both["rows"].as_u64().unwrap_or_default();
        if round > 0 {
            pairs.push((figure("ours")?, figure("plain")?));
        }
    }
    let first = Row::new("9", "list: first look", "ms", 1.25, &pairs).with("rows_drawn", shown);
    Ok(vec![first.into(), scrolled(bench, &window)?])
}

/// The longest list there is: those whose treatment has ended.
fn scrolled(bench: &Bench, window: &Window) -> Result<Value> {
    let fingers = Fingers::find()?;
    xdo(&["windowfocus", &titled("Anteroom", Duration::from_secs(20))?])?;
    slowly(window, "window.bench.go(...it)", json!(["#/today"]))?;
    slowly(window, "window.bench.go(...it)", json!(["#/clients?filter=ended"]))?;
    fingers.point(700, 500)?;
    let clients = window.run("return Number(document.querySelector('table.clients').getAttribute('aria-rowcount'))", json!([]))?;
    let mut pairs = Vec::new();
    let (mut worst, mut plain_worst, mut rows, mut blank) = (0.0_f64, 0.0_f64, 0, 0);
    for round in 0..=bench.rounds {
        let mut pair = (0.0, 0.0);
        for turn in 0..2 {
            let ours = (round + turn) % 2 == 0;
            if !ours {
                window.run("window.framed.plain(arguments[0])", json!([clients]))?;
            }
            sleep(BREATH);
            window.run("window.framed.begin()", json!([]))?;
            fingers.wheel(round % 2 == 0, TURNING)?;
            let seen = window.run("return window.framed.end()", json!([]))?;
            let figure = |key: &str| seen[key].as_f64().with_context(|| format!("no {key} in {seen}"));
            if ours {
                pair.0 = figure("p95_ms")?;
                worst = worst.max(figure("worst_ms")?);
                rows = rows.max(seen["most_rows"].as_u64().unwrap_or_default());
                blank = blank.max(seen["blank_frames"].as_u64().unwrap_or_default());
            } else {
                pair.1 = figure("p95_ms")?;
                plain_worst = plain_worst.max(figure("worst_ms")?);
                window.run("window.framed.away()", json!([]))?;
            }
        }
        if round > 0 {
            pairs.push(pair);
        }
    }
    let row = Row::new("9", "list: frames under the wheel, p95", "ms", 1.25, &pairs);
    let mut row = Value::from(row.with("clients", clients).with("most_rows", rows));
    row["worst"] = json!({ "ours": worst, "floor": plain_worst, "most_blank_frames": blank });
    Ok(row)
}
