//! The installed application, part by part: `cargo xtask dist --verify` installs, upgrades and removes in between.
mod update;

use crate::guard::Ground;
use crate::guard::room::Room;
use crate::vault::{Album, life};
use crate::window::{Named, Window};
use anyhow::{Result, bail, ensure};
use std::path::Path;

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
    window.close()
}

/// The version that the settings name.
fn shown_version(window: &Window) -> Result<String> {
    window.run("location.hash = '/settings/about'", serde_json::json!([]))?;
    window.find("heading", Named::Is("Licences"))?;
    let said = window.page_text()?;
    let after = said.split_once("Anteroom ").map(|(_, after)| after).unwrap_or_default();
    Ok(after.chars().take_while(|letter| letter.is_ascii_digit() || *letter == '.').collect::<String>().trim_end_matches('.').to_owned())
}
