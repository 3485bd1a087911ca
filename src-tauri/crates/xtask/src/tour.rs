//! `cargo xtask tour`, `vault`, `shots` and `guard`: the real window at a private desk, gone afterwards.
use crate::desk::{Desk, Keep};
use crate::process::{cargo, finish};
use crate::{faults, place, run, system};
use anyhow::{Context, Result};
use std::fs;

/// Provides, builds, sets up a fresh desk and hands over to the `tour` program.
pub fn tour(command: &str, words: &[String]) -> Result<()> {
    let mut packages = system::BUILD.to_vec();
    packages.extend(system::DISPLAY);
    packages.extend(system::KEYRING);
    packages.extend(system::TEST);
    system::provide(&packages)?;
    run::build(profile(command, words))?;
    walk(command, words)
}

/// The window's long forms make a million calls and look at the clock: they want a window that is nearly the released one, and strict.
fn profile(command: &str, words: &[String]) -> &'static str {
    if command == "guard" && !words.iter().any(|word| word == "--brief") { "strict" } else { "debug" }
}

/// The walk itself, on what is built.
pub fn walk(command: &str, words: &[String]) -> Result<()> {
    finish(&mut cargo(&["build", "--locked", "--package", "tour"]))?;
    let mut out = place::target().join(command);
    let mut size = (1280, 800);
    let mut rest = words.iter();
    let mut passed_on = Vec::new();
    let mut rows = None;
    while let Some(word) = rest.next() {
        let mut value = || rest.next().with_context(|| format!("{word} wants a value"));
        match word.as_str() {
            "--out" => out = std::env::current_dir()?.join(value()?),
            "--size" => {
                let value = value()?;
                let (width, height) = value.split_once('x').context("--size is WIDTHxHEIGHT, such as 1280x800")?;
                size = (width.parse()?, height.parse()?);
            }
            "--theme" => passed_on.extend([word.clone(), value()?.clone()]),
            "--axe" => passed_on.extend([word.clone(), place::ui().join("node_modules/axe-core/axe.min.js").display().to_string()]),
            "--rows" => rows = Some(value()?.clone()),
            "--only" => passed_on.extend([word.clone(), value()?.clone()]),
            "--discreet" | "--brief" => passed_on.push(word.clone()),
            other => anyhow::bail!("`{command}` does not know {other:?}"),
        }
    }
    fs::create_dir_all(&out)?;
    let log = out.join("desk.log");
    let scratch = tempfile::Builder::new().prefix("anteroom-tour-").tempdir()?;
    let keep = Keep::passing(scratch.path());
    let desk = Desk::set_up(Some(size), Some(&keep), &log)?;
    let walked = finish(
        desk.command(place::built("tour", "debug"))
            .arg(command)
            .arg("--binary")
            .arg(place::built("anteroom", profile(command, words)))
            .arg("--out")
            .arg(&out)
            .arg("--size")
            .arg(format!("{}x{}", size.0, size.1))
            .arg("--keyring-password")
            .arg(&keep.password)
            .args(passed_on)
            .envs(rows.map(|rows| (faults::ROWS, rows)))
            .env("TAURI_WEBVIEW_AUTOMATION", "true"),
    );
    drop(desk);
    walked.with_context(|| format!("see {}", out.display()))
}
