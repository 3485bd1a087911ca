//! `cargo xtask run`: from a fresh clone to an open window.
use crate::desk::{Desk, Keep, Lacking};
use crate::process::{cargo, finish};
use crate::{page, place, system};
use anyhow::Result;
use std::fs;

/// The window's first size, and that of a virtual display.
const SIZE: (u32, u32) = (1280, 800);

/// Provides, builds, opens. Words after `--` go to the application.
pub fn run(words: &[String]) -> Result<()> {
    let (ours, theirs) = match words.iter().position(|word| word == "--") {
        Some(at) => (&words[..at], &words[at + 1..]),
        None => (words, &words[words.len()..]),
    };
    let mut release = false;
    for word in ours {
        match word.as_str() {
            "--release" => release = true,
            other => anyhow::bail!("`run` does not know {other:?}; words for the application come after `--`"),
        }
    }
    let lacking = Lacking::look();
    let mut packages = system::BUILD.to_vec();
    if lacking.display {
        packages.extend(system::DISPLAY);
    }
    if lacking.keyring {
        packages.extend(system::KEYRING);
    }
    system::provide(&packages)?;
    let profile = if release { "release" } else { "debug" };
    build(profile)?;

    let folder = place::target().join("virtual-desktop");
    fs::create_dir_all(&folder)?;
    // Looked at again: the package may have given the session a store of its own.
    let keep = if lacking.keyring && Lacking::look().keyring { Some(Keep::lasting(&folder)?) } else { None };
    let desk = Desk::set_up(lacking.display.then_some(SIZE), keep.as_ref(), &folder.join("desk.log"))?;
    if let Some(display) = desk.display() {
        println!("There is no display here, so the window opens on a virtual one, {display}.");
    }
    if let Some(keep) = keep {
        println!("No password store answers here, so a stand-in is used. Its keyring, and whatever this run records,");
        println!("is kept in {} for the next run; `cargo clean` removes both.", keep.home.display());
        println!("The stand-in opens without asking: good for trying Anteroom, not for records of real people.");
    }
    println!("Anteroom is opening. Ctrl-C here ends it, and whatever was brought up for it.");
    finish(desk.command(place::built("anteroom", profile)).args(theirs))
}

/// Builds the page and the application around it under a profile. The unoptimised one, `debug`, is what nearly all uses: its dependencies
/// are optimised all the same, and it is ready in a third of the time, the tests reusing what it built.
pub fn build(profile: &str) -> Result<()> {
    page::packages()?;
    page::build()?;
    // Cargo calls `dev` what it puts in the folder `debug`.
    finish(&mut cargo(&["build", "--locked", "--package", "anteroom", "--profile", if profile == "debug" { "dev" } else { profile }]))
}
