//! `cargo xtask release VERSION`: raises the one version number, writes what changed, commits and tags. Nothing leaves this
//! machine: the tag, once pushed, starts the pipeline.
use crate::place;
use crate::process::{cargo, finish};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

const LOG: &str = "CHANGELOG.md";
const HEAD: &str = "# What changed\n\nWritten from the commits by `cargo xtask release`, the newest version first.\n";

/// Releases, or with `--dry-run` prints what a release would write; `--notes` prints what the change log says of a version.
pub fn release(words: &[String]) -> Result<()> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["--notes", version] => {
            println!("{}", notes(version)?);
            Ok(())
        }
        [version] => make(version, false),
        [version, "--dry-run"] | ["--dry-run", version] => make(version, true),
        _ => bail!("`release` wants VERSION [--dry-run], or --notes VERSION"),
    }
}

/// What the committed change log says of this version.
pub fn notes(version: &str) -> Result<String> {
    let log = fs::read_to_string(place::root().join(LOG)).context("there is no change log")?;
    section(&log, version).with_context(|| format!("the change log says nothing of {version}"))
}

fn make(wanted: &str, dry: bool) -> Result<()> {
    let manifest = fs::read_to_string(place::root().join("Cargo.toml"))?;
    let present = version_in(&manifest).context("Cargo.toml names no version")?;
    let tags = git(&["tag", "--list", "v*"])?;
    let state = State {
        present,
        branch: &git(&["branch", "--show-current"])?,
        dirty: !git(&["status", "--porcelain"])?.is_empty(),
        tags: tags.lines().collect(),
    };
    let faults = refusals(wanted, &state);
    for fault in &faults {
        println!("{fault}");
    }
    if !faults.is_empty() && !dry {
        bail!("{wanted} is not released");
    }
    let since = git(&["describe", "--tags", "--abbrev=0", "--match", "v*"]).ok();
    let range = since.map_or("HEAD".to_owned(), |tag| format!("{tag}..HEAD"));
    let lines = git(&["log", "--no-merges", "--reverse", "--format=%s", &range])?;
    let date = git(&["log", "-1", "--format=%cs"])?;
    let entry = entry(wanted, &date, lines.lines());
    if dry {
        println!("{present} → {wanted}, from the commits of {range}\n\n{entry}");
        return Ok(());
    }
    let log = fs::read_to_string(place::root().join(LOG)).unwrap_or_else(|_| HEAD.to_owned());
    fs::write(place::root().join(LOG), with_entry(&log, &entry))?;
    fs::write(place::root().join("Cargo.toml"), with_version(&manifest, present, wanted))?;
    // Our own crates alone follow; nothing of others moves.
    finish(&mut cargo(&["update", "--workspace", "--offline", "--quiet"]))?;
    git(&["add", LOG, "Cargo.toml", "Cargo.lock"])?;
    git(&["commit", "--quiet", "--message", &format!("release: {wanted}")])?;
    git(&["tag", "--annotate", &format!("v{wanted}"), "--message", &format!("Anteroom {wanted}")])?;
    println!("v{wanted} is committed and tagged. `git push --follow-tags` starts the release.");
    Ok(())
}

/// How the repository stands.
struct State<'a> {
    present: &'a str,
    branch: &'a str,
    dirty: bool,
    tags: Vec<&'a str>,
}

/// Everything that speaks against releasing this version now.
fn refusals(wanted: &str, state: &State) -> Vec<String> {
    let mut faults = Vec::new();
    match (numbers(wanted), numbers(state.present)) {
        (None, _) => faults.push(format!("{wanted} is not a version: three numbers, with dots between")),
        (Some(wanted_numbers), present) if Some(wanted_numbers) <= present => {
            faults.push(format!("{wanted} is not greater than {}", state.present));
        }
        _ => {}
    }
    if state.tags.contains(&format!("v{wanted}").as_str()) {
        faults.push(format!("the tag v{wanted} is there already"));
    }
    if state.branch != "main" {
        faults.push(format!("a release is made on main, not on {}", if state.branch.is_empty() { "no branch" } else { state.branch }));
    }
    if state.dirty {
        faults.push("there are changes that are not committed".to_owned());
    }
    faults
}

/// The three numbers of a version. Nothing may follow them: Windows' installer takes numbers alone.
fn numbers(version: &str) -> Option<[u16; 3]> {
    let parts: Vec<&str> = version.split('.').collect();
    let plain = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit()) && (*part == "0" || !part.starts_with('0'));
    if !parts.iter().all(plain) {
        return None;
    }
    let numbers: Option<Vec<u16>> = parts.iter().map(|part| part.parse().ok()).collect();
    numbers?.try_into().ok()
}

/// The commits under the concept each names before its colon, those that name none at the end, each list in the order of time.
fn entry<'a>(version: &str, date: &str, commits: impl Iterator<Item = &'a str>) -> String {
    let mut concepts: BTreeMap<(bool, String), Vec<String>> = BTreeMap::new();
    for line in commits.map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("release: ")) {
        let (concept, change) = match line.split_once(": ") {
            Some((concept, change)) if concept.len() <= 40 => (capital(concept), change),
            _ => ("Also".to_owned(), line),
        };
        concepts.entry((concept == "Also", concept)).or_default().push(change.to_owned());
    }
    let mut entry = format!("## {version}, {date}\n");
    for ((_, concept), changes) in concepts {
        entry += &format!("\n### {concept}\n\n");
        for change in changes {
            entry += &format!("- {change}\n");
        }
    }
    entry
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The change log with the new version before the older ones.
fn with_entry(log: &str, entry: &str) -> String {
    match log.find("\n## ") {
        Some(at) => format!("{}\n{entry}{}", &log[..at], &log[at..]),
        None => format!("{}\n\n{entry}", log.trim_end()),
    }
}

/// What stands under a version's heading.
fn section(log: &str, version: &str) -> Option<String> {
    let heading = format!("## {version}, ");
    let mut lines = log.lines().skip_while(|line| !line.starts_with(&heading));
    lines.next()?;
    let own: Vec<&str> = lines.take_while(|line| !line.starts_with("## ")).collect();
    Some(own.join("\n").trim().to_owned())
}

fn version_in(manifest: &str) -> Option<&str> {
    let table = &manifest[manifest.find("[workspace.package]")?..];
    table.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
}

fn with_version(manifest: &str, present: &str, wanted: &str) -> String {
    // The first such line is the workspace's: every package takes its own from there.
    manifest.replacen(&format!("\nversion = \"{present}\"\n"), &format!("\nversion = \"{wanted}\"\n"), 1)
}

fn git(words: &[&str]) -> Result<String> {
    let output = Command::new("git").args(words).current_dir(place::root()).output().context("cannot start git")?;
    if !output.status.success() {
        bail!("`git {}` failed: {}", words.join(" "), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const READY: State = State { present: "0.9.0", branch: "main", dirty: false, tags: Vec::new() };

    #[test]
    fn a_greater_version_on_a_clean_main_is_released() {
        assert!(refusals("0.10.0", &READY).is_empty());
        assert!(refusals("1.0.0", &READY).is_empty());
    }

    #[test]
    fn a_version_that_is_not_greater_or_no_version_is_refused() {
        for wanted in ["0.9.0", "0.8.9", "1.0", "1.0.0-beta", "v1.0.0", "01.0.0", "1..0", "", "70000.0.0"] {
            assert_eq!(refusals(wanted, &READY).len(), 1, "{wanted}");
        }
    }

    #[test]
    fn a_tag_that_is_there_another_branch_and_open_changes_are_refused_all_at_once() {
        let state = State { branch: "notes", dirty: true, tags: vec!["v0.9.0", "v1.0.0"], ..READY };
        assert_eq!(refusals("1.0.0", &state).len(), 3);
        assert_eq!(refusals("1.0.0", &State { branch: "", ..READY }), ["a release is made on main, not on no branch"]);
    }

    #[test]
    fn commits_stand_under_their_concept_in_the_order_of_time() {
        let commits =
            ["notes: refuse to approve twice", "Say what holds", "clients: found by city", "notes: a page wraps", "release: 0.1.0"];
        let expected = "## 1.0.0, 2026-11-23\n\n### Clients\n\n- found by city\n\n### Notes\n\n- refuse to approve twice\n\
                        - a page wraps\n\n### Also\n\n- Say what holds\n";
        assert_eq!(entry("1.0.0", "2026-11-23", commits.into_iter()), expected);
    }

    #[test]
    fn the_newest_version_comes_first_in_the_log_and_each_is_found_again() {
        let first = with_entry(HEAD, "## 1.0.0, 2026-01-01\n\n- a\n");
        let second = with_entry(&first, "## 1.1.0, 2026-02-01\n\n- b\n");
        assert!(second.starts_with(HEAD));
        assert!(second.find("## 1.1.0") < second.find("## 1.0.0"), "{second}");
        assert_eq!(section(&second, "1.0.0").as_deref(), Some("- a"));
        assert_eq!(section(&second, "1.1.0").as_deref(), Some("- b"));
        assert_eq!(section(&second, "1.1"), None);
    }

    #[test]
    fn the_one_version_number_is_found_and_raised_and_nothing_else() {
        let manifest =
            "[workspace]\n\n[workspace.package]\nversion = \"0.9.0\"\n\n[workspace.dependencies]\nage = { version = \"0.9.0\" }\n";
        assert_eq!(version_in(manifest), Some("0.9.0"));
        assert_eq!(with_version(manifest, "0.9.0", "1.0.0").matches("1.0.0").count(), 1);
        assert_eq!(version_in(&with_version(manifest, "0.9.0", "1.0.0")), Some("1.0.0"));
    }
}
