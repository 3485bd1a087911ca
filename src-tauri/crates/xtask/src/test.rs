//! `cargo xtask test`: everything the build server runs, step by step, ending at the first failure.
use crate::process::{cargo, finish};
use crate::{bench, check, faults, licences, page, system, tour};
use anyhow::{Result, bail};
use std::process::Command;
use std::time::Instant;

type Step = (&'static str, fn() -> Result<()>);

/// From the quickest to the slowest, as far as one builds on the other.
const STEPS: &[Step] = &[
    ("the system's packages", || system::provide(&packages())),
    ("Rust is formatted", || finish(&mut cargo(&["fmt", "--all", "--check"]))),
    ("house rules", check::check),
    ("the licence texts are those of the packages", licences::check),
    ("the page's packages", page::packages),
    ("the page's types and style", || page::npm(&["run", "check"])),
    ("the page's tests", || page::npm(&["test"])),
    ("the page is built", page::build),
    ("clippy", || finish(&mut clippy())),
    ("the core's and the shell's tests", || finish(&mut cargo(&["test", "--locked", "--workspace"]))),
    ("what the operations ask of the records", || bench::gate(&[])),
    ("disk, power and process fail", || faults::faults(&["--fast".to_owned()])),
    ("the application is built", || finish(&mut cargo(&["build", "--locked", "--package", "anteroom"]))),
];
/// What wants the real window.
const WINDOW: &[Step] = &[
    ("the tour of the ten steps", || tour::walk("tour", &[])),
    ("the ways into the records and back to them", || tour::walk("vault", &["--axe".to_owned()])),
    ("every screen, and what axe says of it", || tour::walk("shots", &["--axe".to_owned()])),
    ("what only the window can break", || tour::walk("guard", &["--brief".to_owned()])),
];

/// Runs the steps, says how long each took, and counts them.
pub fn test(words: &[String]) -> Result<()> {
    let fast = match words {
        [] => false,
        [word] if word == "--fast" => true,
        _ => bail!("`test` knows only --fast"),
    };
    let steps: Vec<&Step> = STEPS.iter().chain(if fast { &[] } else { WINDOW }).collect();
    let begun = Instant::now();
    for (at, (name, step)) in steps.iter().enumerate() {
        println!("\n[{}/{}] {name}", at + 1, steps.len());
        let started = Instant::now();
        if let Err(error) = step() {
            println!("[{}/{}] {name}: FAILED after {}", at + 1, steps.len(), spell(started));
            println!("{error:#}");
            println!("{at} passed, 1 failed, {} not run, in {}", steps.len() - at - 1, spell(begun));
            bail!("{name} failed");
        }
        println!("[{}/{}] {name}: passed in {}", at + 1, steps.len(), spell(started));
    }
    println!("\nall steps took {}", spell(begun));
    println!("{} passed, 0 failed", steps.len());
    Ok(())
}

fn packages() -> Vec<&'static str> {
    [system::BUILD, system::DISPLAY, system::KEYRING, system::TEST].concat()
}

fn clippy() -> Command {
    cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "--deny", "warnings"])
}

fn spell(since: Instant) -> String {
    let seconds = since.elapsed().as_secs_f64();
    if seconds < 90.0 { format!("{seconds:.1} s") } else { format!("{:.0} min {:.0} s", (seconds / 60.0).floor(), seconds % 60.0) }
}
