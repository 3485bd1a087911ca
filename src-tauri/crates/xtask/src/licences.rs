//! `cargo xtask licences`: the licence texts of everything of others that ends up in the product, gathered from the packages
//! themselves into `assets/licences`. `--check` says whether the list is still the one the lock files give; it reads no text.
use crate::place;
use crate::process::{answer, cargo};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What is released, each with the crates of its own.
const TARGETS: &[&str] = &["aarch64-apple-darwin", "x86_64-apple-darwin", "x86_64-pc-windows-msvc", "x86_64-unknown-linux-gnu"];
/// Crates that only build, but whose C is in the product.
const BUILT_IN: &[&str] = &["openssl-src", "sqlcipher-src"];
/// The C that crates bring along, whose text lies deeper than the crate's own.
const DEEPER: &[(&str, &str)] = &[
    ("openssl-src", "openssl/LICENSE.txt"),
    ("sqlcipher-src", "sqlcipher/LICENSE-libtomcrypt"),
    ("sqlcipher-src", "sqlcipher/LICENSE-sqlcipher"),
];
/// The beginnings of the names under which people keep such texts.
const NAMES: &[&str] = &["licen", "copying", "copyright", "notice", "unlicense", "authors"];

/// One package: where it is from, its name, version and licence as it says itself.
type Line = String;

/// Gathers, or compares the list.
pub fn licences(words: &[String]) -> Result<()> {
    match words {
        [] => gather(),
        [word] if word == "--check" => check(),
        _ => bail!("`licences` knows only --check"),
    }
}

/// Compares the committed list with what the lock files give.
pub fn check() -> Result<()> {
    let committed = fs::read_to_string(folder().join("packages.txt")).context("assets/licences/packages.txt is not there")?;
    let before: BTreeSet<&str> = committed.lines().collect();
    let now: BTreeSet<Line> = crates()?.into_iter().chain(npm_packages()?.into_keys()).collect();
    let gone = before.iter().filter(|line| !now.contains(**line)).map(|line| format!("- {line}"));
    let new = now.iter().filter(|line| !before.contains(line.as_str())).map(|line| format!("+ {line}"));
    let changes: Vec<String> = gone.chain(new).collect();
    if !changes.is_empty() {
        bail!("the licence texts are not those of the packages:\n{}\nrun `cargo xtask licences`", changes.join("\n"));
    }
    println!("licences: {} packages, as committed", now.len());
    Ok(())
}

fn gather() -> Result<()> {
    crate::page::packages()?;
    let kept = kept()?;
    let mut packages: BTreeMap<Line, (PathBuf, String)> = BTreeMap::new();
    for line in crates()? {
        let named = line.split(", ").next().unwrap_or_default();
        let place = kept.get(named).with_context(|| format!("cargo keeps no {named}"))?.clone();
        packages.insert(line, place);
    }
    packages.extend(npm_packages()?.into_iter().map(|(line, dir)| (line, (dir, "its contributors".to_owned()))));
    let mut carriers: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    let mut bare = Vec::new();
    for (line, (dir, by)) in &packages {
        let texts = texts(line, dir)?;
        if texts.is_empty() {
            bare.push(format!("{line}; by {by}"));
        }
        for text in texts {
            carriers.entry(text).or_default().push(line.clone());
        }
    }
    for font in fonts()? {
        carriers.entry(fs::read_to_string(&font)?.replace("\r\n", "\n").trim().to_owned()).or_default().push(spell_font(&font));
    }
    fs::create_dir_all(folder())?;
    fs::write(folder().join("packages.txt"), packages.keys().map(|line| format!("{line}\n")).collect::<String>())?;
    fs::write(folder().join("THIRD-PARTY.txt"), write(carriers, &bare))?;
    println!("{} packages, {} of them without a text of their own: {}", packages.len(), bare.len(), folder().display());
    Ok(())
}

/// The texts in the order of their first carrier, each once.
fn write(carriers: BTreeMap<String, Vec<Line>>, bare: &[Line]) -> String {
    let rule = "=".repeat(78);
    let mut out = String::from("Anteroom contains the work of others, listed here with its licences.\n");
    let mut parts: Vec<(Vec<Line>, String)> = carriers.into_iter().map(|(text, lines)| (lines, text)).collect();
    parts.sort();
    for (lines, text) in parts {
        out += &format!("\n{rule}\n{}\n{rule}\n\n{text}\n", lines.join("\n"));
    }
    if !bare.is_empty() {
        let bare = bare.join("\n");
        out += &format!("\n{rule}\nThese name their licence and bring no text; the texts of the licences are above.\n{rule}\n\n{bare}\n");
    }
    out
}

/// The crates that are linked into the product on any system, each by its line.
fn crates() -> Result<BTreeSet<Line>> {
    let mut words = vec!["tree", "--locked", "--package", "anteroom", "--features", "vendored-openssl", "--prefix", "none"];
    words.extend(["--format", "{p}|{l}"]);
    words.extend(TARGETS.iter().flat_map(|target| ["--target", target]));
    let linked = answer(cargo(&words).args(["--edges", "normal,no-proc-macro"])).context("`cargo tree` failed")?;
    let built = answer(cargo(&words).args(["--edges", "normal,build"])).context("`cargo tree` failed")?;
    let built_in = built.lines().filter(|line| BUILT_IN.iter().any(|name| line.starts_with(&format!("{name} "))));
    Ok(linked.lines().chain(built_in).filter_map(line_of_crate).collect())
}

/// One line of cargo's tree: name, version, where it lies if it is our own, licence, and a mark where it was listed before.
fn line_of_crate(line: &str) -> Option<Line> {
    let (package, licence) = line.split_once('|')?;
    let (name, version) = package.split_once(" v")?;
    let own = version.contains(' ');
    let licence = licence.trim_end_matches("(*)").trim().replace(" / ", "/").replace('/', " OR ");
    (!own).then(|| format!("crate {name} {version}, {licence}"))
}

/// Where cargo keeps each crate of the lock file, and who wrote it.
fn kept() -> Result<BTreeMap<String, (PathBuf, String)>> {
    let metadata = answer(&mut cargo(&["metadata", "--locked", "--all-features", "--format-version", "1"]));
    let metadata: Value = serde_json::from_str(&metadata.context("`cargo metadata` failed")?)?;
    let mut kept = BTreeMap::new();
    for package in metadata["packages"].as_array().context("cargo names no packages")? {
        let text = |field: &str| package[field].as_str().unwrap_or_default();
        let dir = Path::new(text("manifest_path")).parent().context("a manifest lies in a folder")?;
        let authors: Vec<&str> = package["authors"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let authors: Vec<&str> = authors.iter().filter_map(|author| author.split(" <").next()).collect();
        let by = if authors.is_empty() { text("repository").to_owned() } else { authors.join(", ") };
        kept.insert(format!("crate {} {}", text("name"), text("version")), (dir.to_owned(), by));
    }
    Ok(kept)
}

/// The packages the page is made of, by its lock file.
fn npm_packages() -> Result<BTreeMap<Line, PathBuf>> {
    let lock: Value = serde_json::from_str(&fs::read_to_string(place::ui().join("package-lock.json"))?)?;
    let packages = lock["packages"].as_object().context("the lock file names no packages")?;
    let shipped = packages.iter().filter(|(path, package)| !path.is_empty() && package["dev"] != true && package["devOptional"] != true);
    let line = |(path, package): (&String, &Value)| {
        let name = path.rsplit("node_modules/").next().unwrap_or(path);
        let text = |field: &str| package[field].as_str().unwrap_or_default();
        (format!("npm {name} {}, {}", text("version"), text("license")), place::ui().join(path))
    };
    Ok(shipped.map(line).collect())
}

/// What a package says of its licence. Where it offers MIT in a file of its own among others, that one and its notices.
fn texts(line: &str, dir: &Path) -> Result<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("{} is not there; fetch the packages first", dir.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_file() && NAMES.iter().any(|start| name.to_lowercase().starts_with(start)) {
            names.push(name);
        }
    }
    names.sort();
    let chosen = chosen(line, &names);
    let deeper = DEEPER.iter().filter(|(package, _)| line.starts_with(&format!("crate {package} "))).map(|(_, path)| (*path).to_owned());
    let mut texts = Vec::new();
    for name in chosen.into_iter().chain(deeper) {
        let text = fs::read(dir.join(&name)).with_context(|| format!("{line} has no {name}"))?;
        let text = String::from_utf8_lossy(&text).replace("\r\n", "\n");
        let text: Vec<&str> = text.trim_matches('\u{feff}').lines().map(str::trim_end).collect();
        texts.push(text.join("\n").trim().to_owned());
    }
    Ok(texts)
}

fn chosen(line: &str, names: &[String]) -> Vec<String> {
    let mit = |name: &String| name.to_uppercase().contains("MIT");
    let offered = line.contains("MIT") && line.contains(" OR ") && !line.contains(" AND ");
    let choice = |name: &String| name.to_lowercase().starts_with("licen") || name.to_lowercase().starts_with("unlicense");
    let take = |name: &&String| !(offered && names.iter().any(mit)) || mit(name) || !choice(name);
    names.iter().filter(take).cloned().collect()
}

fn fonts() -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(place::root().join("assets/fonts"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "txt") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn spell_font(path: &Path) -> Line {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    format!("typeface {}, OFL-1.1", name.trim_start_matches("OFL-").replace('-', " "))
}

fn folder() -> PathBuf {
    place::root().join("assets/licences")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn where_mit_is_offered_its_text_is_enough_and_notices_stay() {
        let files = names(&["LICENSE-APACHE", "LICENSE-MIT", "NOTICE"]);
        assert_eq!(chosen("crate a 1.0.0, MIT OR Apache-2.0", &files), names(&["LICENSE-MIT", "NOTICE"]));
    }

    #[test]
    fn where_two_licences_hold_together_both_texts_stay() {
        let files = names(&["LICENSE-MIT", "LICENSE-UNICODE"]);
        assert_eq!(chosen("crate a 1.0.0, (MIT OR Apache-2.0) AND Unicode-3.0", &files), files);
        assert_eq!(chosen("crate a 1.0.0, MIT OR Apache-2.0", &names(&["LICENSE"])), names(&["LICENSE"]));
    }

    #[test]
    fn a_line_of_cargos_tree_is_read_and_our_own_crates_are_left_out() {
        assert_eq!(line_of_crate("age v0.12.1|MIT OR Apache-2.0 (*)").as_deref(), Some("crate age 0.12.1, MIT OR Apache-2.0"));
        assert_eq!(line_of_crate("phf v0.1.0|MIT / BSD-3-Clause").as_deref(), Some("crate phf 0.1.0, MIT OR BSD-3-Clause"));
        assert_eq!(line_of_crate("practice v0.1.0 (/a/practice)|MIT OR Apache-2.0"), None);
        assert_eq!(line_of_crate(""), None);
    }

    #[test]
    fn each_text_is_written_once_in_the_order_of_its_carriers() {
        let carriers = BTreeMap::from([("A".to_owned(), vec!["crate z".to_owned()]), ("B".to_owned(), vec!["crate a".to_owned()])]);
        let text = write(carriers, &["crate bare".to_owned()]);
        let at = |part: &str| text.find(part).unwrap();
        assert!(at("crate a") < at("\nB\n") && at("\nB\n") < at("crate z") && at("crate z") < at("crate bare"), "{text}");
    }
}
