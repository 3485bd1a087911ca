//! `cargo xtask check`: the house rules a machine can see, all of them said at once.
use crate::house::RULES;
use crate::process::{answer, cargo};
use crate::source::files;
use anyhow::{Context, Result, bail};

/// What the core must not reach, whoever brings it in: a window, a keyring, a network.
const BEYOND_THE_CORE: &[&str] =
    &["hyper", "keyring", "keyring-core", "reqwest", "secret-service", "tao", "tauri", "tokio", "ureq", "wry", "zbus"];
const KINDS: &[&str] = &[".rs", ".ts", ".js", ".svelte", ".css", ".json", ".sql", ".ftl", ".toml"];

/// Applies every rule; prints each fault; fails if there was one.
pub fn check() -> Result<()> {
    let files = files(KINDS)?;
    let mut faults: Vec<String> = core_reaches_too_far()?;
    for (rule, find) in RULES {
        let found: Vec<String> = files.iter().flat_map(find).collect();
        faults.extend(found.into_iter().map(|fault| format!("{fault} [{rule}]")));
    }
    for fault in &faults {
        println!("{fault}");
    }
    println!("{} rules over {} files, {} faults", RULES.len() + 1, files.len(), faults.len());
    if !faults.is_empty() {
        bail!("the house rules do not hold");
    }
    Ok(())
}

fn core_reaches_too_far() -> Result<Vec<String>> {
    let words = ["tree", "--locked", "--package", "practice", "--edges", "normal,build", "--prefix", "none"];
    let tree = answer(&mut cargo(&words)).context("`cargo tree --package practice` failed")?;
    let mut names: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    names.sort_unstable();
    names.dedup();
    let reached = names.into_iter().filter(|name| BEYOND_THE_CORE.contains(name));
    Ok(reached.map(|name| format!("practice reaches {name} [the core has no window, keyring or network]")).collect())
}
