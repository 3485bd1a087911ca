//! `cargo xtask bench`: how long things take, each beside its floor in the same run.
//!
//! Two halves: the core's operations (`bench`, in the crate of that name), and the application in the real window at a private
//! desk (`tour`). And the gate: counts that do not wobble, against a committed table.
use crate::desk::{Desk, Keep};
use crate::process::{cargo, finish};
use crate::{page, place, report, system};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// What is asked for.
struct Wanted {
    /// The data set by whose name the operations are measured.
    set: String,
    /// Where the data sets lie.
    sets: PathBuf,
    json: Option<PathBuf>,
    out: PathBuf,
    /// Which halves.
    core: bool,
    window: bool,
    only: Option<String>,
    rounds: Option<String>,
    /// Passed on to the window: what else is in its surroundings.
    passed_on: Vec<String>,
    /// Memory is measured on the smallest and the greatest set too.
    growth: bool,
    /// Nothing is measured: what was measured before is made into a page.
    report: bool,
}

/// The numbers of the operations of each half.
const CORE: [&str; 8] = ["3", "4", "5", "5b", "6", "7", "11", "12"];
const WINDOW: [&str; 6] = ["1", "2", "8", "9", "10", "typing"];
/// The counts that are compared.
const COUNTS: &str = "src-tauri/crates/bench/counts.json";
/// The profile in which all is measured and the data sets are made: as fast as the released program, and built in a third of the time.
const PROFILE: [&str; 2] = ["--profile", "measured"];

impl Wanted {
    fn has_any(&self, of: &[&str]) -> bool {
        self.only.as_deref().is_none_or(|only| only.split(',').any(|one| of.contains(&one)))
    }
}

/// Compares what the operations ask of SQLite, and give to the page, with the committed table; with `--write`, writes it anew.
pub fn gate(words: &[String]) -> Result<()> {
    if words.iter().any(|word| word != "--write") {
        bail!("`bench --gate` knows only --write");
    }
    finish(cargo(&["run", "--quiet", "--locked", "--package", "bench", "--", "gate", COUNTS]).args(words))
}

/// `cargo xtask data NAME --out DIR`: makes a data set.
pub fn data(words: &[String]) -> Result<()> {
    let [name, out, folder] = words else { bail!("it wants: data NAME --out DIR") };
    // cargo runs in the root, and so does what is given here.
    let folder = std::env::current_dir()?.join(folder);
    finish(cargo(&["run", "--quiet", "--locked", "--package", "data"]).args(PROFILE).args(["--", name, out]).arg(folder))
}

/// Measures, prints the table, writes it where it was asked for.
pub fn bench(words: &[String]) -> Result<()> {
    if let Some((word, rest)) = words.split_first()
        && word == "--gate"
    {
        return gate(rest);
    }
    let wanted = read(words)?;
    fs::create_dir_all(&wanted.out)?;
    if wanted.report {
        return report::report(&wanted.out);
    }
    let mut rows = Vec::new();
    if wanted.core && wanted.has_any(&CORE) {
        rows.extend(core(&wanted)?);
    }
    if wanted.window && wanted.has_any(&WINDOW) {
        rows.extend(window(&wanted)?);
    }
    print(&rows);
    let text = serde_json::to_string_pretty(&json!({ "set": wanted.set, "rows": rows }))? + "\n";
    // The first is what `--report` reads.
    for json in std::iter::once(&wanted.out.join(format!("{}.json", wanted.set))).chain(&wanted.json) {
        fs::write(json, &text).with_context(|| format!("cannot write {}", json.display()))?;
    }
    Ok(())
}

fn read(words: &[String]) -> Result<Wanted> {
    let target = place::target();
    let mut wanted = Wanted {
        set: "career".into(),
        sets: target.join("sets"),
        json: None,
        out: target.join("bench"),
        core: true,
        window: true,
        only: None,
        rounds: None,
        passed_on: Vec::new(),
        growth: false,
        report: false,
    };
    let here = std::env::current_dir()?;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().with_context(|| format!("{word} wants a value"));
        match word.as_str() {
            "--window" => wanted.core = false,
            "--core" => wanted.window = false,
            "--growth" => wanted.growth = true,
            "--report" => wanted.report = true,
            "--set" => wanted.set = value()?.clone(),
            "--sets" => wanted.sets = here.join(value()?),
            "--json" => wanted.json = Some(here.join(value()?)),
            "--out" => wanted.out = here.join(value()?),
            "--only" => wanted.only = Some(value()?.clone()),
            "--rounds" => wanted.rounds = Some(value()?.clone()),
            "--env" => wanted.passed_on.extend([word.clone(), value()?.clone()]),
            other => bail!("`bench` does not know {other:?}"),
        }
    }
    Ok(wanted)
}

/// The operations of the core.
fn core(wanted: &Wanted) -> Result<Vec<Value>> {
    let (set, rows) = (set(wanted, &wanted.set)?, wanted.out.join("core.json"));
    let mut command = cargo(&["run", "--quiet", "--locked", "--package", "bench"]);
    command.args(PROFILE).arg("--").arg("--set").arg(&set).arg("--json").arg(&rows);
    for (word, value) in [("--only", &wanted.only), ("--rounds", &wanted.rounds)] {
        if let Some(value) = value {
            command.args([word, value]);
        }
    }
    finish(&mut command)?;
    let mut told: Value = serde_json::from_str(&fs::read_to_string(&rows)?)?;
    let mut rows = told["rows"].as_array_mut().map(std::mem::take).unwrap_or_default();
    for row in &mut rows {
        row["set"] = json!(wanted.set);
    }
    Ok(rows)
}

/// The operations of the window: 1, 2, 8, 9, 10, and typing beside others.
fn window(wanted: &Wanted) -> Result<Vec<Value>> {
    let mut packages = system::BUILD.to_vec();
    packages.extend(system::DISPLAY);
    packages.extend(system::KEYRING);
    packages.extend(system::TEST);
    system::provide(&packages)?;
    page::packages()?;
    page::build()?;
    // Together, so that both windows are made of the very same libraries.
    finish(cargo(&["build", "--locked", "--package", "anteroom", "--package", "floor"]).args(PROFILE))?;
    finish(&mut cargo(&["build", "--locked", "--package", "tour"]))?;
    let mut sets = vec![set(wanted, &wanted.set)?];
    if wanted.growth {
        sets = ["year", "ten"].iter().map(|name| set(wanted, name)).collect::<Result<_>>()?;
    }
    let scratch = tempfile::Builder::new().prefix("anteroom-bench-").tempdir()?;
    let keep = Keep::passing(scratch.path());
    let desk = Desk::set_up(Some((1280, 800)), Some(&keep), &wanted.out.join("desk.log"))?;
    let rows = scratch.path().join("rows.json");
    let mut command = desk.command(place::built("tour", "debug"));
    command.arg("bench").arg("--binary").arg(place::built("anteroom", PROFILE[1])).arg("--floor").arg(place::built("floor", PROFILE[1]));
    command.arg("--out").arg(&wanted.out).arg("--rows").arg(&rows).arg("--keyring-password").arg(&keep.password);
    for set in &sets {
        command.arg("--set").arg(set);
    }
    for (word, value) in [("--only", &wanted.only), ("--rounds", &wanted.rounds)] {
        if let Some(value) = value {
            command.args([word, value]);
        }
    }
    let measured = finish(command.args(&wanted.passed_on).env("TAURI_WEBVIEW_AUTOMATION", "true"));
    drop(desk);
    measured.with_context(|| format!("see {}", wanted.out.display()))?;
    Ok(serde_json::from_str(&fs::read_to_string(&rows)?)?)
}

/// A data set's folder; made if it is not there.
fn set(wanted: &Wanted, name: &str) -> Result<PathBuf> {
    let folder = wanted.sets.join(name);
    if !Path::new(&folder).join("data.json").is_file() {
        println!("Making the data set {name}.");
        finish(cargo(&["run", "--locked", "--package", "data"]).args(PROFILE).args(["--", name, "--out"]).arg(&folder))?;
    }
    Ok(folder)
}

fn print(rows: &[Value]) {
    println!(
        "\n{:7} {:9} {:48} {:>7}  {:>15}  {:>6}  {:>10}  {:>10}",
        "set", "n", "operation", "ratio", "spread", "target", "ours", "floor"
    );
    for row in rows {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let number = |value: &Value| value.as_f64().map_or_else(String::new, |number| format!("{number:.2}"));
        let spread = row["spread"].as_array().map(|ends| ends.iter().map(number).collect::<Vec<_>>().join("–")).unwrap_or_default();
        let figure = |of: &Value| of["median"].as_f64().map_or_else(String::new, |median| format!("{median:.2} {}", text(&of["unit"])));
        println!(
            "{:7} {:9} {:48} {:>7}  {spread:>15}  {:>6}  {:>10}  {:>10}",
            text(&row["set"]),
            text(&row["n"]),
            text(&row["name"]),
            number(&row["ratio"]),
            number(&row["target"]),
            figure(&row["ours"]),
            figure(&row["floor"])
        );
        if row["typing"].is_object() {
            println!("        frames {}; typing {}; {}", row["frames"], row["typing"], row["done"]);
        } else if row["counts"].as_object().is_some_and(|counts| !counts.is_empty()) {
            println!("        {}", row["counts"]);
        }
    }
}
