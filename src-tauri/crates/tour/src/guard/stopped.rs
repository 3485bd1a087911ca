//! A machine that slept, or a program that was stopped, past its time: the first thing it does again is to lock.
use super::canaries::{CANARY, canary};
use super::filled::fill;
use super::practice::{Practice, plain};
use super::room::{Room, none_left, running};
use super::traces::family;
use super::{Ground, Held};
use anyhow::{Context, Result, ensure};
use practice::security::{self, Security};
use serde_json::json;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Longer than the shortest time there is, a minute.
const STOPPED: Duration = Duration::from_secs(66);
/// The lock page comes as soon as after any lock.
const LOCK: Duration = Duration::from_secs(1);
const TIMES: usize = 3;
/// Asks for a profile and says how it was answered, and whether the page still shows anything of the records.
const ASK: &str = "
const [client, done] = arguments
const within = { filter: 'active', sort: 'name', descending: false, find: '', offset: 0, limit: 50 }
const shown = document.body.innerText
window.__TAURI_INTERNALS__.invoke('client_profile', { id: client, within }).then(
  () => done({ answer: 'ok', shown }), (error) => done({ answer: error?.refusal?.kind ?? String(error), shown }))";

/// The promise.
pub fn stopped(ground: &Ground) -> Result<Held> {
    let room = Room::furnish()?;
    let practice = Practice::begin(&room.records(), &plain("Ada Lindqvist"))?;
    let client = fill(&practice, 1, &|name, _| canary(name))?.wire();
    practice.write(|w| {
        let rules = Security { lock_after_minutes: 1, ..security::security(w)? };
        security::set_security(w, &rules)
    })?;
    drop(practice);
    let mut window = room.drive(ground)?;
    let shell = *running(&ground.binary)?.first().context("the window does not run")?;
    let (mut broken, mut took) = (Vec::new(), Vec::new());
    for time in 1..=TIMES {
        window.run("location.hash = arguments[0]", json!([format!("/clients/{}", client["client"].as_str().unwrap_or_default())]))?;
        window.wait_for(CANARY)?;
        window.run_slowly("window.__TAURI_INTERNALS__.invoke('active').then(arguments[0])", json!([]))?;
        let answer = window.run_slowly(ASK, json!([client["client"]]))?;
        ensure!(answer["answer"] == json!("ok"), "the profile is not even answered while the records are open: {answer}");
        let whole = family(&[shell])?;
        signal("STOP", &whole)?;
        sleep(STOPPED);
        signal("CONT", &whole)?;
        let begun = Instant::now();
        // Whoever is first: the window's own watch, or this question.
        if let Ok(answer) = window.run_slowly(ASK, json!([client["client"]]))
            && answer["answer"] != json!("locked")
        {
            broken.push(format!("stop {time}: the first question after it was answered: {answer}"));
        }
        window.wait_until("the lock page", Duration::from_secs(20), || {
            let text = window.page_text().unwrap_or_default();
            Ok((text.contains("Locked") && !text.contains(CANARY)).then_some(()))
        })?;
        let shown = begun.elapsed();
        took.push(shown.as_millis());
        if shown > LOCK {
            broken.push(format!("stop {time}: the lock page was there after {} ms", shown.as_millis()));
        }
        window.click("button", crate::window::Named::Starts("Unlock"))?;
        window.wait_for(CANARY)?;
    }
    window.close()?;
    none_left(&ground.binary)?;
    let tried = format!(
        "{TIMES} times stopped for {} s with a minute allowed: the first question refused, the lock page there after {took:?} ms",
        STOPPED.as_secs()
    );
    Ok(Held { tried, count: TIMES as u64, broken, control: true, figures: json!({ "stopped_s": STOPPED.as_secs(), "lock_page_ms": took }) })
}

fn signal(name: &str, to: &[u32]) -> Result<()> {
    let ids = to.iter().map(u32::to_string);
    ensure!(Command::new("kill").arg(format!("-{name}")).args(ids).status()?.success(), "a process of the window is gone");
    Ok(())
}
