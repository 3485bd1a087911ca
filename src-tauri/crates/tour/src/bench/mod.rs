//! The operations of the benchmark that only the real window shows: start, unlocking, the boundary, the list, memory when idle, and
//! typing while something else is done. Each is measured beside its floor, in the same run and in turns, in what is as fast as the released program.
//!
//! Only the ratio of the two says anything: the machine is shared, and nothing in it draws but the processor.
mod boundary;
mod eye;
mod fingers;
mod list;
mod memory;
mod office;
mod start;
mod typing;
mod unlock;

use crate::guard::Ground;
use anyhow::{Context, Result, bail};
use office::Office;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What all operations share.
pub struct Bench {
    ground: Ground,
    /// The program of the floors.
    floor: PathBuf,
    rounds: usize,
    /// Words for the application's surroundings, to measure one choice against another.
    besides: Vec<(String, String)>,
}

/// An operation, on one data set.
type Operation = fn(&Bench, &Office) -> Result<Vec<Value>>;

const OPERATIONS: [(&str, Operation); 6] = [
    ("1", start::painted),
    ("2", unlock::listed),
    ("8", boundary::screens),
    ("9", list::drawn),
    ("10", memory::idle),
    ("typing", typing::beside),
];

/// Measures, and writes the rows where it was told to.
pub fn bench(words: &[String]) -> Result<()> {
    let (mut binary, mut floor, mut out, mut password) = (PathBuf::new(), PathBuf::new(), PathBuf::new(), String::new());
    let (mut rounds, mut only, mut rows_to, mut sets, mut besides) = (7, Vec::new(), None, Vec::new(), Vec::new());
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words.next().with_context(|| format!("{word} wants a value"))?;
        match word.as_str() {
            "--binary" => binary = value.into(),
            "--floor" => floor = value.into(),
            "--out" => out = value.into(),
            "--keyring-password" => password = value.clone(),
            "--rounds" => rounds = value.parse()?,
            "--only" => only = value.split(',').map(str::to_owned).collect(),
            "--rows" => rows_to = Some(PathBuf::from(value)),
            "--set" => sets.push(PathBuf::from(value)),
            "--env" => besides.push(value.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())).context("NAME=VALUE")?),
            other => bail!("unknown word {other:?}"),
        }
    }
    let bench = Bench { ground: Ground { binary, out, password, brief: false }, floor, rounds, besides };
    let mut rows = Vec::new();
    for set in &sets {
        let office = Office::furnish(&bench, set)?;
        for (name, operation) in OPERATIONS {
            if !only.is_empty() && !only.iter().any(|one| one == name) {
                continue;
            }
            let begun = Instant::now();
            let measured = operation(&bench, &office).with_context(|| format!("operation {name} on {}", office.about.set))?;
            println!("{name} on {}: {:.0} s", office.about.set, begun.elapsed().as_secs_f64());
            for mut row in measured {
                row["set"] = json!(office.about.set);
                println!("  {row}");
                rows.push(row);
            }
            write(rows_to.as_deref(), &rows)?;
        }
    }
    rows.extend(memory::growth(&rows));
    write(rows_to.as_deref(), &rows)
}

fn write(to: Option<&Path>, rows: &[Value]) -> Result<()> {
    let Some(to) = to else { return Ok(()) };
    fs::write(to, serde_json::to_string_pretty(rows)? + "\n").with_context(|| format!("cannot write {}", to.display()))
}
