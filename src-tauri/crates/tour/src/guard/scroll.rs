//! 3,000 clients scroll: the list under a real wheel and real keys, from its top to its end and back, every frame looked at.
use super::practice::{Practice, plain};
use super::room::{Room, none_left, titled, xdo};
use super::{Ground, Held};
use crate::window::{Named, Window};
use anyhow::{Context, Result, bail};
use practice::clients::{self, ClientStatus};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const CLIENTS: u32 = 3_000;
const FRAMES: &str = include_str!("frames.js");
/// How much longer a frame of the list may take than one of plain lines under the same wheel, on the same machine, in the same
/// minute. What is drawn without a graphics card, beside other work, says little by itself.
const TIMES_PLAIN: f64 = 2.0;

/// The promise.
pub fn list(ground: &Ground) -> Result<Held> {
    let room = Room::furnish()?;
    let practice = Practice::begin(&room.records(), &plain("Ada Lindqvist"))?;
    practice.write(|w| {
        for number in 0..CLIENTS {
            let text = |field: &'static str, _| match field {
                "last_name" => format!("Okonkwo-Fairweather {:03}", number % 700),
                "first_name" => format!("Maximiliana {}", number % 11),
                "file_number" => format!("F-{number:05}"),
                _ => String::new(),
            };
            let details =
                clients::ClientDetails { phones: Vec::new(), emails: Vec::new(), tags: Vec::new(), ..super::filled::details(&text) };
            clients::add(w, &details, ClientStatus::Active, true)?;
        }
        Ok(())
    })?;
    drop(practice);
    let mut window = room.drive(ground)?;
    window.resize(1280, 800)?;
    let id = titled("Anteroom", Duration::from_secs(20))?;
    window.run(FRAMES, json!([]))?;
    let idle = record(&window, || {
        std::thread::sleep(Duration::from_secs(4));
        Ok(())
    })?;
    window.press("Control+2")?;
    window.arrive("Clients")?;
    window.wait_until("the list", Duration::from_secs(10), || Ok(window.all("row", Named::Has("Okonkwo"), None)?.into_iter().next()))?;
    xdo(&["windowfocus", &id])?;
    xdo(&["mousemove", "--window", &id, "700", "500"])?;

    // Down, until the end is drawn; up again, until the top is.
    let wheel = |button: &str, limit: Duration, arrived: &str| {
        let window = &window;
        let button = button.to_owned();
        let arrived = arrived.to_owned();
        move || -> Result<()> {
            let begun = Instant::now();
            while begun.elapsed() < limit {
                xdo(&["click", "--repeat", "25", "--delay", "12", &button])?;
                if window.run(&format!("return window.framed.{arrived}()"), json!([]))? == json!(true) {
                    return Ok(());
                }
            }
            bail!("{arrived} was not reached by the wheel within {} s", limit.as_secs())
        }
    };
    let limit = Duration::from_secs(120);
    let down = record(&window, wheel("5", limit, "bottom"))?;
    window.screenshot(&ground.out.join("scroll-end.png"))?;
    let up = record(&window, wheel("4", limit, "top"))?;
    window.run("window.framed.plain(arguments[0])", json!([CLIENTS]))?;
    let lines = record(&window, wheel("5", limit, "plain_bottom"))?;
    window.run("window.framed.away()", json!([]))?;
    let keys = record(&window, || {
        window.run("document.querySelector('table.clients tbody tr[tabindex]').focus()", json!([]))?;
        for (key, times) in [("Next", "40"), ("End", "1"), ("Prior", "40"), ("Home", "1"), ("Down", "60")] {
            xdo(&["key", "--repeat", times, "--delay", "60", key])?;
        }
        Ok(())
    })?;
    window.close()?;
    none_left(&ground.binary)?;
    let mut broken = Vec::new();
    let most = lines["p95_ms"].as_f64().context("a figure that is missing")? * TIMES_PLAIN;
    for (name, part) in [("wheel down", &down), ("wheel up", &up), ("keys", &keys)] {
        let figure = |key: &str| part[key].as_f64().context("a figure that is missing");
        if figure("p95_ms")? > most {
            broken.push(format!("{name}: one frame in twenty takes longer than {most} ms, twice what plain lines take: {part}"));
        }
        // A key that jumps to the end may be a frame or two ahead of its rows.
        let allowed = if name == "keys" { 3.0 } else { 0.0 };
        if figure("blank_frames")? > allowed {
            broken.push(format!(
                "{name}: rows are missing in {} of {} frames, {} px at worst",
                part["blank_frames"], part["frames"], part["worst_blank_px"]
            ));
        }
        if figure("most_rows")? > 200.0 {
            broken.push(format!("{name}: {} rows are drawn at once", part["most_rows"]));
        }
    }
    let short = |part: &Value| format!("{}/{}/{} ms", part["median_ms"], part["p95_ms"], part["worst_ms"]);
    let tried = format!(
        "{CLIENTS} clients; frames (median/p95/worst): idle {}, plain lines under the wheel {}, list down {} over {} s, up {}, keys {}; at most {} rows drawn",
        short(&idle),
        short(&lines),
        short(&down),
        down["seconds"],
        short(&up),
        short(&keys),
        down["most_rows"]
    );
    let build = if cfg!(debug_assertions) { "unoptimised" } else { "release" };
    Ok(Held {
        tried,
        count: 1,
        broken,
        control: false,
        figures: json!({ "idle": idle, "plain_lines": lines, "wheel_down": down, "wheel_up": up, "keys": keys, "build": build, "rendering": "software, Xvfb" }),
    })
}

fn record(window: &Window, act: impl FnOnce() -> Result<()>) -> Result<Value> {
    window.run("window.framed.begin()", json!([]))?;
    let acted = act();
    let figures = window.run("return window.framed.end()", json!([]))?;
    acted.with_context(|| format!("{figures}"))?;
    Ok(figures)
}
