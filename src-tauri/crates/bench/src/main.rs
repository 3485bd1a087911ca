//! `bench`: the operations of the core on a data set, each beside its floor in the same run. `cargo xtask bench` calls it.
//!
//! Absolute times say nothing on a shared machine: what is printed is how many times longer an operation takes than what cannot be beaten,
//! the same SQL on a bare connection, one flush of the disk, a search in plain memory. Counts do not wobble, and are what the gate compares.

mod bare;
mod counted;
mod gate;
mod places;
mod reading;
mod rounds;
mod searching;
mod whole;
mod writing;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use places::Places;
use ratio::Row;

/// What is asked for.
struct Wanted {
    set: PathBuf,
    rounds: usize,
    json: PathBuf,
    only: Option<String>,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match words.split_first() {
        Some((word, rest)) if word == "gate" => gate::gate(rest),
        Some((word, rest)) if word == "counts" => gate::show(rest),
        Some((word, rest)) if word == "once" => reading::once(rest),
        _ => run(&words),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn read(words: &[String]) -> Result<Wanted> {
    let mut wanted = Wanted { set: PathBuf::new(), rounds: 7, json: PathBuf::new(), only: None };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().with_context(|| format!("{word} wants a value"));
        match word.as_str() {
            "--set" => wanted.set = value()?.into(),
            "--rounds" => wanted.rounds = value()?.parse().context("--rounds wants a number")?,
            "--json" => wanted.json = value()?.into(),
            "--only" => wanted.only = Some(value()?.clone()),
            other => bail!("`bench` does not know {other}"),
        }
    }
    if wanted.rounds == 0 || wanted.set.as_os_str().is_empty() || wanted.json.as_os_str().is_empty() {
        bail!("it wants: --set DIR --json FILE [--rounds N] [--only N,N]");
    }
    Ok(wanted)
}

fn run(words: &[String]) -> Result<()> {
    let wanted = read(words)?;
    let asked = |n: &str| wanted.only.as_deref().is_none_or(|only| only.split(',').any(|one| one == n));
    let places = Places::of(&wanted.set)?;
    let mut rows: Vec<Row> = Vec::new();
    type Part = fn(&Places, usize) -> Result<Vec<Row>>;
    let parts: [(&[&str], Part); 4] = [
        (&["3", "4"], reading::measure),
        (&["6", "7"], searching::measure),
        (&["5", "5b"], writing::measure),
        (&["11", "12"], whole::measure),
    ];
    for (numbers, part) in parts {
        if numbers.iter().any(|n| asked(n)) {
            rows.extend(part(&places, wanted.rounds)?.into_iter().filter(|row| asked(row.n.split(' ').next().unwrap_or_default())));
        }
    }
    let all = serde_json::json!({ "set": places.about.set, "data": places.about, "rounds": wanted.rounds, "rows": rows });
    std::fs::write(&wanted.json, serde_json::to_string_pretty(&all)? + "\n")
        .with_context(|| format!("cannot write {}", wanted.json.display()))
}
