//! The application brings itself up to date: it looks, backs up, installs, and starts again.
use super::programs;
use crate::guard::Ground;
use crate::guard::room::until;
use crate::vault::life;
use crate::window::{Named, Window};
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// A package is unpacked meanwhile.
const PATIENCE: Duration = Duration::from_secs(120);

/// Turns looking on, has the next version installed, and ends the program that has started again by itself.
pub fn install(ground: &Ground, room: &Path, window: Window) -> Result<()> {
    life::go_on(&window)?;
    let before = programs(room)?;
    life::go(&window, "/settings/about")?;
    window.screenshot(&ground.out.join("updates-off.png"))?;
    window.click("switch", Named::Starts("Check for updates"))?;
    window.wait_for("is ready to install")?;
    window.screenshot(&ground.out.join("update-ready.png"))?;
    window.click("button", Named::Starts("Back up, then install"))?;
    window.click("button", Named::Is("Back up, then install"))?;
    let again = until("the program that starts again", PATIENCE, || {
        let now = programs(room)?;
        Ok(now.into_iter().find(|id| !before.contains(id)))
    })
    .with_context(|| format!("the window shows: {}", window.page_text().unwrap_or_default()))?;
    until("the end of the program before", PATIENCE, || Ok(programs(room)?.iter().all(|id| !before.contains(id)).then_some(())))?;
    // Nobody drives it: the next part opens a window of its own.
    Command::new("kill").arg(again.to_string()).status()?;
    until("its end", PATIENCE, || Ok(programs(room)?.is_empty().then_some(())))
}
