//! `cargo xtask icons`: draws the icons of all systems anew from the four SVG files in `assets/icons`.
use crate::process::finish;
use crate::{place, tools};
use anyhow::Result;
use std::process::Command;

/// Writes them beside their sources.
pub fn icons() -> Result<()> {
    let resvg = tools::from_npm("@resvg/resvg-js", "2.6.2")?;
    let dir = place::root().join("assets/icons");
    finish(Command::new("node").arg(dir.join("draw.mjs")).arg(resvg))?;
    println!("drawn: {}", dir.display());
    Ok(())
}
