//! `cargo xtask bench`: how long things take, each beside its floor in the same run.
//!
//! The window's half: what is built for release, in the real window at a private desk (`tour`, in the crate of that name).
use crate::desk::{Desk, Keep};
use crate::process::{cargo, finish};
use crate::{page, place, system};
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
    /// Passed on to the window: which operations, how many rounds, what else is in its surroundings.
    passed_on: Vec<String>,
    /// Memory is measured on the smallest and the greatest set too.
    growth: bool,
}

/// Measures, prints the table, writes it where it was asked for.
pub fn bench(words: &[String]) -> Result<()> {
    let wanted = read(words)?;
    let rows = window(&wanted)?;
    print(&rows);
    if let Some(json) = &wanted.json {
        let text = serde_json::to_string_pretty(&json!({ "set": wanted.set, "rows": rows }))? + "\n";
        fs::write(json, text).with_context(|| format!("cannot write {}", json.display()))?;
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
        passed_on: Vec::new(),
        growth: false,
    };
    let here = std::env::current_dir()?;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().with_context(|| format!("{word} wants a value"));
        match word.as_str() {
            // The only half there is so far.
            "--window" => {}
            "--growth" => wanted.growth = true,
            "--set" => wanted.set = value()?.clone(),
            "--sets" => wanted.sets = here.join(value()?),
            "--json" => wanted.json = Some(here.join(value()?)),
            "--out" => wanted.out = here.join(value()?),
            "--only" | "--rounds" | "--env" => wanted.passed_on.extend([word.clone(), value()?.clone()]),
            other => bail!("`bench` does not know {other:?}"),
        }
    }
    Ok(wanted)
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
    finish(&mut cargo(&["build", "--locked", "--release", "--package", "anteroom", "--package", "floor"]))?;
    finish(&mut cargo(&["build", "--locked", "--package", "tour"]))?;
    let mut sets = vec![set(wanted, &wanted.set)?];
    if wanted.growth {
        sets = ["year", "ten"].iter().map(|name| set(wanted, name)).collect::<Result<_>>()?;
    }
    fs::create_dir_all(&wanted.out)?;
    let scratch = tempfile::Builder::new().prefix("anteroom-bench-").tempdir()?;
    let keep = Keep::passing(scratch.path());
    let desk = Desk::set_up(Some((1280, 800)), Some(&keep), &wanted.out.join("desk.log"))?;
    let rows = scratch.path().join("rows.json");
    let mut command = desk.command(place::built("tour", false));
    command.arg("bench").arg("--binary").arg(place::built("anteroom", true)).arg("--floor").arg(place::built("floor", true));
    command.arg("--out").arg(&wanted.out).arg("--rows").arg(&rows).arg("--keyring-password").arg(&keep.password);
    for set in &sets {
        command.arg("--set").arg(set);
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
        finish(cargo(&["run", "--locked", "--release", "--package", "data", "--", name, "--out"]).arg(&folder))?;
    }
    Ok(folder)
}

fn print(rows: &[Value]) {
    println!(
        "\n{:7} {:3} {:42} {:>7}  {:>15}  {:>6}  {:>10}  {:>10}",
        "set", "n", "operation", "ratio", "middle half", "target", "ours", "floor"
    );
    for row in rows {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let number = |value: &Value| value.as_f64().map_or_else(String::new, |number| format!("{number:.2}"));
        let spread = row["spread"].as_array().map(|ends| ends.iter().map(number).collect::<Vec<_>>().join("–")).unwrap_or_default();
        let figure = |of: &Value| of["median"].as_f64().map_or_else(String::new, |median| format!("{median:.1} {}", text(&of["unit"])));
        println!(
            "{:7} {:3} {:42} {:>7}  {spread:>15}  {:>6}  {:>10}  {:>10}",
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
