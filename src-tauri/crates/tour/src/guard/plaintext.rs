//! Nothing in the clear on the disk: a canary in every field, the window open on it, driven and not; then every file is looked
//! through that the window could have written, while it runs, after it was closed, and after it was killed.
use super::canaries::{CANARY, canary, needles, planted};
use super::filled::{Filled, fill};
use super::practice::{Practice, plain};
use super::room::{Room, manager, none_left, running, titled, until, xdo};
use super::traces::{self, Seen, family};
use super::{Ground, Held};
use crate::records::Records;
use crate::window::Window;
use anyhow::{Context, Result, ensure};
use practice::settings::Practice as Settings;
use serde_json::{Value, json};
use std::cell::Cell;
use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long the window nobody drives stands open before it is looked at.
const STANDS: Duration = Duration::from_secs(10);
const SOON: Duration = Duration::from_secs(20);
const PATIENCE: Duration = Duration::from_secs(60);

/// The promise.
pub fn disk(ground: &Ground) -> Result<Held> {
    let control = every_form_is_found()?;
    let room = Room::furnish()?;
    let (client, fields) = canaries(&room)?;
    let mut broken = Vec::new();
    let mut looks = Vec::new();

    let watch = manager()?;
    undriven(ground, &room, &mut broken, &mut looks)?;
    drop(watch);
    driven(ground, &room, &client, &mut broken, &mut looks)?;

    let bytes: u64 = looks.iter().filter_map(|look| look["bytes"].as_u64()).sum();
    let tried = format!(
        "canaries in {fields} fields; {} looks at {:.1} MB in {} encodings, gzip, zlib and brotli; 0 may be found",
        looks.len(),
        bytes as f64 / 1e6,
        needles().len()
    );
    let encodings: Vec<&str> = needles().iter().map(|(name, _)| *name).chain(["gzip", "zlib", "brotli"]).collect();
    let folders = [
        "HOME",
        "TMPDIR",
        "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_RUNTIME_DIR",
        "XDG_STATE_HOME",
        "the records",
        "files held open for writing anywhere else, deleted ones too",
        "the keyring's own home",
    ];
    Ok(Held {
        tried,
        count: fields as u64,
        broken,
        control: true,
        figures: json!({ "fields": fields, "looks": looks, "encodings": encodings, "folders": folders, "control": control }),
    })
}

/// Plants a canary in every form, and finds each.
fn every_form_is_found() -> Result<Value> {
    let planted = planted();
    for (name, bytes) in &planted {
        let room = Room::furnish()?;
        let deep = room.folder("cache").join("deep");
        fs::create_dir(&deep)?;
        ensure!(traces::below(room.path())?.found.is_empty(), "something is found where nothing is");
        fs::write(deep.join(name), [vec![0; 9_000], bytes.clone(), vec![7; 9_000]].concat())?;
        let whole = name == "brotli";
        if whole {
            fs::write(deep.join(name), bytes)?;
        }
        ensure!(!traces::below(room.path())?.found.is_empty(), "a canary as {name} is not found");
    }
    // One in a file that is deleted and still held open.
    let room = Room::furnish()?;
    let file = room.folder("tmp").join("gone");
    let script = format!("exec 5>'{}'; printf %s {CANARY} >&5; rm '{}'; read line", file.display(), file.display());
    let mut child = Command::new("sh").args(["-c", &script]).stdin(Stdio::piped()).spawn()?;
    let found = until("a deleted file that is held open", SOON, || {
        Ok(Some(traces::held_open(&[child.id()], room.path())?.found).filter(|found| !found.is_empty()))
    });
    child.kill()?;
    child.wait()?;
    found?;
    Ok(json!({ "planted": planted.len() + 1, "found": planted.len() + 1 }))
}

/// One client, a canary in every field of theirs and of the practice.
fn canaries(room: &Room) -> Result<(Filled, usize)> {
    let settings = Settings {
        therapist_name: canary("therapist"),
        therapist_title: canary("title"),
        practice_name: canary("practice"),
        registration: canary("registration"),
        address: canary("practice_address"),
        usual_place: canary("usual_place"),
        ..plain("")
    };
    let practice = Practice::begin(&room.records(), &settings)?;
    let fields = Cell::new(6);
    let client = fill(&practice, 1, &|name, _| {
        fields.set(fields.get() + 1);
        canary(name)
    })?;
    Ok((client, fields.get()))
}

/// As people have it: nobody drives it, and it keeps nothing.
fn undriven(ground: &Ground, room: &Room, broken: &mut Vec<String>, looks: &mut Vec<Value>) -> Result<()> {
    let mut window = room.open(ground, &[])?;
    let title = titled("Anteroom", SOON)?;
    sleep(STANDS);
    look("undriven, on Today", room, &[window.child.id()], broken, looks)?;
    stroll(room, &title)?;
    // Types the canary into Find, and into the note that waits.
    for keys in [["key", "ctrl+k"], ["type", CANARY], ["key", "Escape"]] {
        xdo(&keys)?;
        sleep(Duration::from_millis(700));
    }
    picture(ground, "plaintext-undriven")?;
    look("undriven, client and Find", room, &[window.child.id()], broken, looks)?;
    xdo(&["windowactivate", "--sync", &title])?;
    xdo(&["key", "alt+F4"])?;
    window.ended(SOON).context("the window does not close")?;
    look("undriven, closed", room, &[], broken, looks)?;

    let mut window = room.open(ground, &[])?;
    let title = titled("Anteroom", SOON)?;
    stroll(room, &title)?;
    let whole = family(&[window.child.id()])?;
    window.kill()?;
    until("the end of what was killed", SOON, || {
        Ok(whole.iter().all(|id| !fs::exists(format!("/proc/{id}/exe")).unwrap_or(false)).then_some(()))
    })?;
    look("undriven, killed", room, &[], broken, looks)
}

/// To the client's profile, by real keys; until the trail says that it was read. Keys that come before the window listens are
/// pressed again.
pub fn stroll(room: &Room, title: &str) -> Result<()> {
    let before = reads(room)?;
    let deadline = Instant::now() + PATIENCE;
    loop {
        xdo(&["windowactivate", "--sync", title])?;
        for key in ["ctrl+1", "ctrl+2", "slash", "Down", "Return"] {
            xdo(&["key", key])?;
            sleep(Duration::from_millis(900));
        }
        sleep(Duration::from_secs(2));
        if reads(room)? > before {
            return Ok(());
        }
        ensure!(Instant::now() < deadline, "the profile does not open by its keys");
    }
}

/// How often a profile was read, as the trail says.
fn reads(room: &Room) -> Result<i64> {
    let records = Records::below(&room.records())?;
    Ok(records.now()?.query_row("SELECT count(*) FROM audit_events WHERE act = 'client_read'", [], |row| row.get(0))?)
}

/// Under WebKit's driver, which makes the window keep a folder of its own: the harder case.
fn driven(ground: &Ground, room: &Room, client: &Filled, broken: &mut Vec<String>, looks: &mut Vec<Value>) -> Result<()> {
    let open = |ground| -> Result<Window> {
        let window = room.drive(ground)?;
        let wire = client.wire();
        let id = |name: &str| wire[name].as_str().unwrap_or_default().to_owned();
        let profile = format!("/clients/{}", id("client"));
        let parts = ["details", "summary", "history", "homework"].map(|part| format!("{profile}/{part}"));
        let notes = ["approved", "wrong", "draft"].map(|note| format!("/notes/{}", id(note)));
        let sessions = ["past", "next"].map(|session| format!("/sessions/{}", id(session)));
        let places = ["/clients".to_owned(), profile.clone()]
            .into_iter()
            .chain(parts)
            .chain(sessions)
            .chain(["/notes".into(), "/calendar".into()])
            .chain(notes);
        for place in places {
            window.run("location.hash = arguments[0]", json!([place]))?;
            window.wait_for(CANARY)?;
        }
        Ok(window)
    };
    let mut window = open(ground)?;
    // Now in the draft, the last place: typed as a person would.
    window.run("document.querySelector('[contenteditable=true]').focus()", json!([]))?;
    window.press("Control+End")?;
    window.type_text(&format!(" {} and on", canary("typed")))?;
    window.wait_for(&canary("typed"))?;
    sleep(Duration::from_secs(2));
    window.screenshot(&ground.out.join("plaintext-driven.png"))?;
    look("driven, all screens", room, &[window.process()], broken, looks)?;
    window.close()?;
    none_left(&ground.binary)?;
    look("driven, closed", room, &[], broken, looks)?;
    let records = Records::below(&room.records())?;
    let kept: bool =
        records.now()?.query_row("SELECT EXISTS (SELECT 1 FROM note_drafts WHERE instr(body, ?1))", [canary("typed")], |row| row.get(0))?;
    ensure!(kept, "what was typed is not in the records, so the look at it says nothing");

    let window = open(ground)?;
    for id in running(&ground.binary)? {
        ensure!(Command::new("kill").args(["-KILL", &id.to_string()]).status()?.success(), "{id} cannot be killed");
    }
    drop(window);
    none_left(&ground.binary)?;
    look("driven, killed", room, &[], broken, looks)
}

fn look(when: &str, room: &Room, roots: &[u32], broken: &mut Vec<String>, looks: &mut Vec<Value>) -> Result<()> {
    let mut seen: Seen = traces::below(room.path())?;
    if let Some(home) = std::env::var_os("HOME") {
        seen.add(traces::below(home.as_ref())?);
    }
    seen.add(traces::held_open(roots, room.path())?);
    ensure!(seen.files > 3 && seen.bytes > 50_000, "{when}: only {} files were there to look at", seen.files);
    broken.extend(seen.found.iter().map(|what| format!("{when}: {what}")));
    looks.push(json!({ "when": when, "files": seen.files, "bytes": seen.bytes, "unpacked": seen.packed, "found": seen.found.len() }));
    Ok(())
}

/// A picture of the display, where something is there to take it.
pub fn picture(ground: &Ground, name: &str) -> Result<()> {
    let path = ground.out.join(format!("{name}.png"));
    // For looking at; nothing depends on it, and not every system has it.
    if let Ok(status) = Command::new("import").args(["-window", "root"]).arg(&path).stderr(Stdio::null()).status() {
        ensure!(status.success(), "no picture could be taken");
    }
    Ok(())
}
