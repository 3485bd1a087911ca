//! The page inside the window: its packages and its build, each only when something changed.
use crate::place;
use crate::process::finish;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// Puts the locked packages in place, if they are not.
pub fn packages() -> Result<()> {
    let lock = changed(&place::ui().join("package-lock.json"))?;
    // npm writes this list last, so its age is that of a finished installation.
    let installed = changed(&place::ui().join("node_modules/.package-lock.json")).ok();
    if installed.is_none_or(|installed| installed < lock) {
        npm(&["ci", "--no-audit", "--no-fund"])?;
    }
    Ok(())
}

/// Builds `ui/dist`, if a source is newer: an unchanged page spares the shell a compilation.
pub fn build() -> Result<()> {
    let built = changed(&place::ui().join("dist/index.html")).ok();
    let mut newest = SystemTime::UNIX_EPOCH;
    for entry in fs::read_dir(place::ui())? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !["dist", "node_modules"].contains(&name.as_str()) && !name.starts_with('.') {
            newest = newest.max(newest_within(&path)?);
        }
    }
    for beside in ["assets", "docs/guide"] {
        newest = newest.max(newest_within(&place::root().join(beside))?);
    }
    if built.is_none_or(|built| built < newest) {
        npm(&["run", "build"])?;
    }
    Ok(())
}

/// One npm command in the window's folder.
pub fn npm(words: &[&str]) -> Result<()> {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    finish(Command::new(program).args(words).current_dir(place::ui()))
}

fn changed(path: &Path) -> Result<SystemTime> {
    fs::metadata(path).and_then(|found| found.modified()).with_context(|| format!("cannot look at {}", path.display()))
}

fn newest_within(path: &Path) -> Result<SystemTime> {
    let mut newest = changed(path)?;
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            newest = newest.max(newest_within(&entry?.path())?);
        }
    }
    Ok(newest)
}
