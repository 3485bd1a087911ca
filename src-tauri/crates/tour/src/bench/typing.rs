//! Nothing waits for anything: frames, and how long a keystroke takes to be saved, while one types in a note and beside it a search over
//! all notes, a backup, an import or a summary is being done. Compared with typing alone.
use super::Bench;
use super::boundary::{PAGE, slowly};
use super::fingers::{Fingers, RETURN};
use super::office::Office;
use crate::guard::room::{titled, xdo};
use crate::window::{Named, SOON, Window};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

const FRAMES: &str = include_str!("../guard/frames.js");
/// A quick typist's, and for how long at least.
const LETTER: Duration = Duration::from_millis(90);
const TYPING: Duration = Duration::from_secs(12);
const BREATH: Duration = Duration::from_secs(2);
const CLIENTS: usize = 5_000;
const SENTENCE: &str = "she said that the week had been quieter than the one before and slept ";

/// A row each.
pub fn beside(bench: &Bench, office: &Office) -> Result<Vec<Value>> {
    let window = office.drive(bench)?;
    window.run(PAGE, json!([]))?;
    window.run(FRAMES, json!([]))?;
    let fingers = Fingers::find()?;
    let title = titled("Anteroom", SOON)?;
    let file = office.room.folder("home").join("clients.csv");
    fs::write(&file, clients())?;
    let draft = office.draft.context("no note is being written")?;
    slowly(&window, "window.bench.go(...it)", json!([format!("#/notes/{draft}")]))?;
    window.run("window.bench.watch_typing()", json!([]))?;
    let mut rows = Vec::new();
    for doing in ["nothing", "search", "backup", "summary", "import"] {
        if doing == "import" {
            chosen(&window, &fingers, &file)?;
        }
        xdo(&["windowfocus", "--sync", &title])?;
        let editor = window.all("textbox", Named::Has(""), None)?.pop().context("nothing to write in")?;
        window.click_on(&editor)?;
        sleep(BREATH);
        window.run(
            "window.bench.forget_typing(); window.framed.begin(); window.bench.doing[arguments[0]](arguments[1])",
            json!([doing, office.client.to_string()]),
        )?;
        let begun = Instant::now();
        while begun.elapsed() < TYPING {
            fingers.type_text(SENTENCE, LETTER)?;
        }
        let frames = window.run("return window.framed.end()", json!([]))?;
        let done = slowly(&window, "window.bench.doing.over()", json!([]))?;
        sleep(BREATH);
        let typed = window.run("return window.bench.typing()", json!([]))?;
        rows.push(json!({
            "n": "typing", "name": format!("typing beside: {doing}"), "counts": {}, "done": done, "typing": typed,
            "frames": { "p95_ms": frames["p95_ms"], "worst_ms": frames["worst_ms"], "over_50_ms": frames["over_50_ms"], "frames": frames["frames"] },
        }));
    }
    Ok(rows)
}

/// Has the application read the file, through the system's own dialog.
fn chosen(window: &Window, fingers: &Fingers, file: &Path) -> Result<()> {
    window.run("window.bench.doing.choose()", json!([]))?;
    let dialog = titled("(Open.*|Select.*|Choose.*)", SOON)?;
    xdo(&["windowfocus", "--sync", &dialog])?;
    sleep(BREATH);
    // A path that begins with a stroke is typed, not looked for.
    fingers.type_text(&file.display().to_string(), Duration::from_millis(30))?;
    sleep(BREATH);
    fingers.press(RETURN)?;
    slowly(window, "window.bench.doing.over()", json!([]))?;
    Ok(())
}

/// Invented people, as another program would write them.
fn clients() -> String {
    let mut text = String::from("First name,Last name,Email,Phone,Date of birth\n");
    for number in 0..CLIENTS {
        let (first, last) = (["Ada", "Ben", "Cleo", "Dov", "Esi"][number % 5], ["Marsh", "Okafor", "Lindqvist", "Teale"][number % 4]);
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "{first}{number},{last},{first}{number}@example.org,020 7946 0{:03},19{:02}-0{}-1{}",
            number % 1000,
            40 + number % 60,
            1 + number % 9,
            number % 9
        );
    }
    text
}
