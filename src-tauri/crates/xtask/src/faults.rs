//! `cargo xtask faults`: breaks disk, power and process under the records, and makes a table of what was promised and what was found.
use crate::process::{cargo, wait};
use crate::{place, tour};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// How a test of the suite learns where to append its rows, and that the long form is asked for.
pub const ROWS: &str = "ANTEROOM_FAULTS_ROWS";
const LONG: &str = "ANTEROOM_FAULTS_LONG";

/// What is asked for.
#[derive(Default)]
struct Wanted {
    long: bool,
    /// The window is left out.
    fast: bool,
    json: Option<PathBuf>,
    /// A folder of rows that others have made: those of the window.
    rows: Option<PathBuf>,
}

/// A promise, as one test kept it.
struct Row {
    promise: String,
    tried: u64,
    survived: u64,
    lost: u64,
    control_failed: bool,
    all: Value,
}

/// Runs the suite, prints the table, writes it where it was asked for; fails if anything was lost or a control did not fail.
pub fn faults(words: &[String]) -> Result<()> {
    let wanted = read(words)?;
    let scratch = tempfile::tempdir()?;
    let folder = wanted.rows.clone().unwrap_or_else(|| scratch.path().to_owned());
    fs::create_dir_all(&folder)?;
    let (core, window) = (std::path::absolute(&folder)?.join("core.jsonl"), std::path::absolute(&folder)?.join("window.jsonl"));
    for before in [&core, &window] {
        if before.exists() {
            fs::remove_file(before)?;
        }
    }
    let mut suite = cargo(&["test", "--locked", "--package", "practice", "--test", "faults"]);
    suite.env(ROWS, &core);
    if wanted.long {
        // Ten million runs of a parser that is not optimised take longer than a night.
        suite.args(["--profile", "strict"]).env(LONG, "1");
    }
    let status = wait(&mut suite)?;
    let guard = if wanted.fast { Ok(()) } else { tour::tour("guard", &words_of_the_window(&window, wanted.long)) };
    let rows = gather(&folder)?;
    print(&rows);
    if let Some(json) = &wanted.json {
        let all: Vec<&Value> = rows.iter().map(|row| &row.all).collect();
        let text = serde_json::to_string_pretty(&json!({ "rows": all }))? + "\n";
        fs::write(json, text).with_context(|| format!("cannot write {}", json.display()))?;
    }
    let broken = rows.iter().filter(|row| !row.is_kept()).count();
    if broken > 0 {
        bail!("{broken} of {} promises do not hold", rows.len());
    }
    if !status.success() {
        bail!("the suite ended with {status}");
    }
    guard?;
    if rows.is_empty() {
        bail!("no test has told of a promise");
    }
    Ok(())
}

fn words_of_the_window(rows: &Path, long: bool) -> Vec<String> {
    let mut words = vec!["--rows".to_owned(), rows.display().to_string()];
    if !long {
        words.push("--brief".to_owned());
    }
    words
}

fn read(words: &[String]) -> Result<Wanted> {
    let mut wanted = Wanted::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut place = || words.next().map(PathBuf::from).with_context(|| format!("{word} wants a place"));
        match word.as_str() {
            "--long" => wanted.long = true,
            "--fast" => wanted.fast = true,
            "--json" => wanted.json = Some(place()?),
            "--rows" => wanted.rows = Some(place()?),
            other => bail!("`faults` does not know {other}"),
        }
    }
    // cargo runs in the root, and so does what is given here.
    for path in [&mut wanted.json, &mut wanted.rows].into_iter().flatten() {
        if path.is_relative() {
            *path = std::env::current_dir().unwrap_or_else(|_| place::root()).join(&*path);
        }
    }
    Ok(wanted)
}

/// The rows of every file in the folder, in the order of the files' names and then of the promises.
fn gather(folder: &Path) -> Result<Vec<Row>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    files.retain(|path| path.extension() == Some(&OsString::from("jsonl")));
    files.sort();
    let mut rows = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file)?;
        let read = text.lines().map(|line| Row::read(line).with_context(|| format!("{}: not a row: {line}", file.display())));
        let mut read = read.collect::<Result<Vec<_>>>()?;
        read.sort_by(|one, other| one.promise.cmp(&other.promise));
        rows.append(&mut read);
    }
    Ok(rows)
}

impl Row {
    fn read(line: &str) -> Option<Self> {
        let all: Value = serde_json::from_str(line).ok()?;
        let number = |name: &str| all[name].as_u64();
        let (promise, control_failed) = (all["promise"].as_str()?.to_owned(), all["control_failed"].as_bool()?);
        Some(Self { promise, tried: number("tried")?, survived: number("survived")?, lost: number("lost")?, control_failed, all })
    }

    fn is_kept(&self) -> bool {
        self.tried > 0 && self.survived == self.tried && self.lost == 0 && self.control_failed
    }
}

fn print(rows: &[Row]) {
    let widest = rows.iter().map(|row| row.promise.chars().count()).max().unwrap_or_default().max("promise".len());
    println!("\n{:widest$}  {:>8}  {:>8}  {:>6}  control", "promise", "tried", "survived", "lost");
    for row in rows {
        let control = if row.control_failed { "failed, as it must" } else { "DID NOT FAIL" };
        println!("{:widest$}  {:>8}  {:>8}  {:>6}  {control}", row.promise, row.tried, row.survived, row.lost);
    }
    println!("{} of {} promises hold", rows.iter().filter(|row| row.is_kept()).count(), rows.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(tried: u64, survived: u64, lost: u64, control_failed: bool) -> Row {
        let line =
            json!({ "promise": "a", "tried": tried, "survived": survived, "lost": lost, "control_failed": control_failed }).to_string();
        Row::read(&line).expect("a row")
    }

    #[test]
    fn a_promise_is_kept_only_where_it_was_tried_nothing_was_lost_and_the_control_failed() {
        assert!(row(500, 500, 0, true).is_kept());
        for broken in [row(500, 499, 1, true), row(500, 499, 0, true), row(500, 500, 0, false), row(0, 0, 0, true)] {
            assert!(!broken.is_kept());
        }
    }

    #[test]
    fn the_rows_of_every_file_in_the_folder_are_gathered_and_a_broken_one_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let line = |promise: &str| json!({ "promise": promise, "tried": 1, "survived": 1, "lost": 0, "control_failed": true }).to_string();
        fs::write(folder.path().join("core.jsonl"), format!("{}\n{}\n", line("b"), line("a"))).expect("written");
        fs::write(folder.path().join("window.jsonl"), format!("{}\n", line("c"))).expect("written");
        fs::write(folder.path().join("notes.txt"), "no row").expect("written");
        let rows = gather(folder.path()).expect("rows");
        assert_eq!(rows.iter().map(|row| row.promise.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
        fs::write(folder.path().join("half.jsonl"), "{\"promise\":").expect("written");
        assert!(gather(folder.path()).is_err());
    }
}
