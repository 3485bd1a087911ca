//! The installed application, part by part: `cargo xtask dist --verify` installs, upgrades and removes in between.
mod update;

use crate::guard::Ground;
use crate::guard::room::{Room, until};
use crate::vault::{Album, life};
use crate::window::{Named, Window};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::Path;
use std::time::Duration;

/// A last backup may be made meanwhile.
const PATIENCE: Duration = Duration::from_secs(60);

/// One part: the first start, an update, or the next start.
pub fn walk(ground: &Ground, place: &Path, part: &str, version: &str) -> Result<()> {
    let room = Room::at(place)?;
    let mut window = room.drive(ground)?;
    match part {
        "first" => life::begin(&Album::begin(ground, None), &window)?,
        "update" => return update::install(ground, place, window),
        "again" => life::go_on(&window)?,
        other => bail!("there is no part {other:?}"),
    }
    window.screenshot(&ground.out.join(format!("{part}.png")))?;
    ensure!(shown_version(&window)? == version, "it says that it is {}", shown_version(&window)?);
    window.close()?;
    // The next start is not to meet this one leaving.
    until("the end of the program", PATIENCE, || Ok(programs(place)?.is_empty().then_some(())))
}

/// The version that the settings name.
fn shown_version(window: &Window) -> Result<String> {
    window.run("location.hash = '/settings/about'", serde_json::json!([]))?;
    window.find("heading", Named::Is("Licences"))?;
    let said = window.page_text()?;
    let after = said.split_once("Anteroom ").map(|(_, after)| after).unwrap_or_default();
    Ok(after.chars().take_while(|letter| letter.is_ascii_digit() || *letter == '.').collect::<String>().trim_end_matches('.').to_owned())
}

/// Who runs the application on the records of this room.
fn programs(room: &Path) -> Result<Vec<u32>> {
    let room = room.to_str().context("a room with a name in Unicode")?;
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let entry = entry?;
        // A process may end while it is looked at.
        if let Ok(id) = entry.file_name().to_string_lossy().parse()
            && fs::read_link(entry.path().join("exe")).is_ok_and(|exe| exe.ends_with("usr/bin/anteroom"))
            && fs::read(entry.path().join("cmdline")).is_ok_and(|words| String::from_utf8_lossy(&words).contains(room))
        {
            found.push(id);
        }
    }
    Ok(found)
}
