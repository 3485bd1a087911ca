//! 8: what each screen asks of the core, how many bytes go to and fro, and how long that takes, against one bare fetch of as many
//! bytes from a scheme of the bare window's own. What is counted are bodies; headers are the engine's.
use super::Bench;
use super::office::Office;
use crate::window::Window;
use anyhow::{Context, Result};
use ratio::Row;
use serde_json::{Value, json};
use std::process::Stdio;

pub const PAGE: &str = include_str!("page.js");
/// Together, because the engine's clock ticks in whole milliseconds.
const TIMES: usize = 40;

/// A screen: its name, where it is, and from where one comes.
type Screen = (&'static str, String, &'static str);

/// A row a screen.
pub fn screens(bench: &Bench, office: &Office) -> Result<Vec<Value>> {
    let window = office.drive(bench)?;
    window.run(PAGE, json!([]))?;
    let all: [Screen; 5] = [
        ("Today", "#/today".into(), "#/settings/practice"),
        ("Clients", "#/clients".into(), "#/settings/practice"),
        ("profile", format!("#/clients/{}", office.client), "#/clients"),
        ("note", format!("#/notes/{}", office.note), "#/today"),
        ("session", format!("#/sessions/{}", office.session), "#/today"),
    ];
    let mut rows = Vec::new();
    for (name, place, from) in all {
        // Once before: its code is loaded by the first look.
        screen(&window, &place, from)?;
        let seen = screen(&window, &place, from)?;
        let calls = seen["calls"].as_array().context("no calls")?;
        let total = |key: &str| calls.iter().filter_map(|call| call[key].as_u64()).sum::<u64>();
        let (asked, answered) = (total("asked"), total("answered"));
        let commands: Vec<&str> = calls.iter().filter_map(|call| call["command"].as_str()).collect();
        let mut pairs = Vec::new();
        // Only what reads is asked again; what listens was counted.
        let again: Vec<&Value> =
            calls.iter().filter(|call| !call["command"].as_str().is_some_and(|it| it.starts_with("plugin:"))).collect();
        for round in 0..=bench.rounds {
            let mut pair = (0.0, 0.0);
            for turn in 0..2 {
                if (round + turn) % 2 == 0 {
                    pair.0 = slowly(&window, "window.bench.repeat(...it)", json!([again, TIMES]))?.as_f64().context("no time")?;
                } else {
                    pair.1 = bare(bench, office, asked, answered)?;
                }
            }
            if round > 0 {
                pairs.push(pair);
            }
        }
        let row = Row::new("8", &format!("boundary: {name}"), "ms", 1.5, &pairs).with("calls", calls.len()).with("commands", commands);
        rows.push(row.with("bytes_out", asked).with("bytes_back", answered).with("dom_nodes", seen["nodes"].clone()).into());
    }
    Ok(rows)
}

fn screen(window: &Window, place: &str, from: &str) -> Result<Value> {
    slowly(window, "window.bench.screen(...it)", json!([place, from]))
}

/// What a promise of the page's comes to.
pub fn slowly(window: &Window, expression: &str, given: Value) -> Result<Value> {
    let script = format!(
        "const it = arguments[0], done = arguments[1]; Promise.resolve({expression}).then((value) => done({{ value }}), (error) => done({{ error: JSON.stringify(error) + error }}))"
    );
    let mut said = window.run_slowly(&script, json!([given]))?;
    if let Some(error) = said.get("error") {
        anyhow::bail!("{expression}: {error}");
    }
    Ok(said["value"].take())
}

fn bare(bench: &Bench, office: &Office, asked: u64, answered: u64) -> Result<f64> {
    let words = ["fetch".to_owned(), asked.to_string(), answered.to_string(), TIMES.to_string()];
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let said = office.floor(bench, &words).stdout(Stdio::piped()).output()?;
    String::from_utf8_lossy(&said.stdout).trim().parse().with_context(|| format!("the floor said {said:?}"))
}
