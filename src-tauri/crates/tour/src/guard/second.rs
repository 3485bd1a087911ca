//! A second start brings the first window forward: seen on the display, with another program's window in front before.
use super::plaintext::picture;
use super::practice::{Practice, plain};
use super::room::{Program, Room, manager, none_left, running, titled, until, xdo};
use super::{Ground, Held};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_secs(20);
/// How long the second start may take to hand over and end.
const HANDED_OVER: Duration = Duration::from_secs(5);
/// How long the first window is watched staying behind.
const STAYS: Duration = Duration::from_secs(2);
const TIMES: usize = 3;

/// The promise.
pub fn start(ground: &Ground) -> Result<Held> {
    let room = Room::furnish()?;
    drop(Practice::begin(&room.records(), &plain("Ada Lindqvist"))?);
    let watch = manager()?;
    let mut first = room.open(ground, &[])?;
    let ours = titled("Anteroom", SOON)?;
    // A window exists before it can be brought forward.
    sleep(Duration::from_secs(2));
    let other = Program::start(
        Command::new("xmessage")
            .args(["-title", "Another program", "-geometry", "700x500+200+100", "Another window"])
            .stdin(Stdio::null())
            .stderr(Stdio::null()),
    )?;
    let theirs = titled("Another program", SOON)?;
    let mut broken = Vec::new();
    let mut ended = Vec::new();
    let mut came = Vec::new();
    // The control: without a second start the first window stays behind.
    xdo(&["windowactivate", "--sync", &theirs])?;
    sleep(STAYS);
    ensure!(xdo(&["getactivewindow"])? == theirs, "the first window comes forward by itself");
    for time in 0..TIMES {
        // The last time it lies in the taskbar.
        if time + 1 == TIMES {
            xdo(&["windowminimize", &ours])?;
        }
        xdo(&["windowactivate", "--sync", &theirs])?;
        until("the other window in front", SOON, || Ok((xdo(&["getactivewindow"])? == theirs).then_some(())))?;
        if time == 0 {
            picture(ground, "second-before")?;
        }
        let begun = Instant::now();
        let mut second = room.open(ground, &[])?;
        match second.ended(HANDED_OVER) {
            Ok(status) if status.success() => ended.push(begun.elapsed().as_millis()),
            Ok(status) => broken.push(format!("the second start ended with {status}")),
            Err(error) => broken.push(format!("the second start stays: {error:#}")),
        }
        match until("the first window in front", HANDED_OVER, || Ok((xdo(&["getactivewindow"]).unwrap_or_default() == ours).then_some(())))
        {
            Ok(()) => came.push(begun.elapsed().as_millis()),
            Err(error) => broken.push(format!("start {}: {error:#}", time + 2)),
        }
        sleep(Duration::from_millis(500));
    }
    let top = xdo(&["getactivewindow", "getwindowname"])?;
    picture(ground, "second-after")?;
    ensure!(running(&ground.binary)?.len() == 1, "more than one is running");
    let windows = xdo(&["search", "--onlyvisible", "--name", "^Anteroom$"])?.lines().count();
    if windows != 1 {
        broken.push(format!("{windows} windows are open"));
    }
    drop(other);
    xdo(&["windowactivate", "--sync", &ours])?;
    xdo(&["key", "alt+F4"])?;
    first.ended(SOON).context("the first window does not close")?;
    none_left(&ground.binary)?;
    drop(watch);
    let tried = format!(
        "{TIMES} further starts, the last with the window minimised; ended after {ended:?} ms, in front after {came:?} ms, one window"
    );
    Ok(Held {
        tried,
        count: TIMES as u64,
        broken,
        control: true,
        figures: json!({ "ended_ms": ended, "in_front_ms": came, "in_front": top, "windows": windows }),
    })
}
