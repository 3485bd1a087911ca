//! The house rules that can be seen in the text of a file. Each rule says what it found and why it stands.
//! The window's own (who may import whom, no word outside the catalogue) stand in `ui/scripts`.
use crate::source::{Source, lines_with};

/// A broken rule: where, and what to do instead.
pub type Fault = String;
type Rule = (&'static str, fn(&Source) -> Vec<Fault>);

/// All of them, by name.
pub const RULES: &[Rule] = &[
    ("every Rust file opens with //!", opening),
    ("no file is over 600 lines", length),
    ("the core's modules use each other in the order of its map", order),
    ("SQL lives in store/ and store.rs", sql),
    ("commands decide nothing", commands),
    ("one file reads the clock", clock),
    ("the page gets no door to the system", capabilities),
    ("text is never markup", markup),
    ("nothing is left for later", later),
];

const LONGEST: usize = 600;
const CORE: &str = "src-tauri/crates/practice/src/";
/// The core's own map of its modules, row by row.
const MAP: &str = include_str!("../../practice/src/lib.rs");

fn opening(file: &Source) -> Vec<Fault> {
    let silent = file.path.ends_with(".rs") && !file.text.starts_with("//!");
    fault_if(silent, || format!("{}: say first, with //!, what the file is for", file.path))
}

fn length(file: &Source) -> Vec<Fault> {
    let lines = file.text.lines().count();
    let written = [".rs", ".ts", ".svelte", ".js", ".css"].iter().any(|ending| file.path.ends_with(ending));
    let generated = file.path.ends_with("bindings.ts");
    fault_if(written && !generated && lines > LONGEST, || format!("{}: {lines} lines; split it", file.path))
}

/// Each module uses those of its own row of the map and of the rows above.
fn order(file: &Source) -> Vec<Fault> {
    let Some(inside) = file.path.strip_prefix(CORE).filter(|inside| *inside != "lib.rs" && !is_test(inside)) else {
        return Vec::new();
    };
    let own = inside.split(['/', '.']).next().unwrap_or_default();
    let rows: Vec<Vec<&str>> = MAP.lines().filter_map(|line| line.strip_prefix("//! | [")).map(modules_of_row).collect();
    let row_of = |module: &str| rows.iter().position(|row| row.contains(&module));
    let Some(row) = row_of(own) else {
        return vec![format!("{}: `{own}` is not in the map of lib.rs", file.path)];
    };
    let code = file.code();
    let late = uses_of_crate(&code).into_iter().filter(|(_, module)| row_of(module).is_none_or(|used| used > row));
    late.map(|(line, module)| format!("{}:{line}: `{own}` uses `{module}`, which stands below it", file.path)).collect()
}

fn modules_of_row(row: &str) -> Vec<&str> {
    let first = row.split('|').next().unwrap_or_default();
    first.split('`').skip(1).step_by(2).collect()
}

/// The modules named after `crate::`, alone or in braces, each with its line.
fn uses_of_crate(code: &str) -> Vec<(usize, &str)> {
    let mut uses = Vec::new();
    for (at, found) in code.match_indices("crate::") {
        let line = code[..at].lines().count().max(1);
        let rest = &code[at + found.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            uses.push((line, first_word(rest)));
            continue;
        };
        let mut depth = 0_i32;
        let end = group.find(|c| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            depth < 0
        });
        let mut depth = 0_i32;
        let parts = group[..end.unwrap_or(group.len())].split(|c| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            c == ',' && depth == 0
        });
        uses.extend(parts.map(|part| (line, first_word(part.trim_start()))).filter(|(_, word)| !word.is_empty()));
    }
    uses
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    &text[..end]
}

fn sql(file: &Source) -> Vec<Fault> {
    let Some(inside) = file.path.strip_prefix(CORE) else {
        return Vec::new();
    };
    let home = inside.starts_with("store/") || inside.ends_with("/store.rs") || inside.contains("/store/");
    if home || is_test(inside) {
        return Vec::new();
    }
    named(file, "rusqlite", "only store/ and store.rs name the database")
}

fn commands(file: &Source) -> Vec<Fault> {
    if !file.path.starts_with("src-tauri/src/commands/") {
        return Vec::new();
    }
    ["if", "match"].iter().flat_map(|word| named(file, word, "a command passes on; the core decides")).collect()
}

fn clock(file: &Source) -> Vec<Fault> {
    let product = file.path.starts_with(CORE) || file.path.starts_with("src-tauri/src/");
    if !product || is_test(&file.path) || file.path == "src-tauri/src/app.rs" {
        return Vec::new();
    }
    let reads = ["Utc::now", "SystemTime::now", "Local::now", "now_v7"];
    reads.iter().flat_map(|read| named(file, read, "only src-tauri/src/app.rs reads the clock; take `now`")).collect()
}

fn capabilities(file: &Source) -> Vec<Fault> {
    if !file.path.starts_with("src-tauri/capabilities/") {
        return Vec::new();
    }
    let read: Result<serde_json::Value, _> = serde_json::from_str(&file.text);
    let Ok(read) = read else {
        return vec![format!("{}: is not JSON", file.path)];
    };
    let granted = read["permissions"].as_array().cloned().unwrap_or_default();
    let names = granted.iter().filter_map(|one| one.as_str().or_else(|| one["identifier"].as_str()));
    names
        .filter(|name| ["fs:", "shell:", "http:", "opener:", "clipboard"].iter().any(|door| name.starts_with(door)))
        .map(|name| format!("{}: grants {name}", file.path))
        .collect()
}

fn markup(file: &Source) -> Vec<Fault> {
    if !file.path.starts_with("ui/src/") {
        return Vec::new();
    }
    let ways = ["{@html", ".innerHTML =", ".outerHTML =", "insertAdjacentHTML("];
    let lines = file.text.lines().enumerate();
    lines
        .filter(|(_, line)| ways.iter().any(|way| line.contains(way)))
        .map(|(at, _)| format!("{}:{}: makes markup of text", file.path, at + 1))
        .collect()
}

fn later(file: &Source) -> Vec<Fault> {
    // Spelt in two halves, so that this file keeps the rule itself.
    let words = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("to", "do!"), concat!("unimpl", "emented!")];
    let found = words.iter().flat_map(|word| {
        let word = word.trim_end_matches('!').to_owned() + if word.ends_with('!') { "!" } else { "" };
        lines_with(&file.text, &word).collect::<Vec<_>>()
    });
    found.map(|line| format!("{}:{line}: finish it, or leave it out", file.path)).collect()
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs")
        || path.ends_with("testing.rs")
        || path.contains("testing/")
        || path.contains("/tests/")
        || path.starts_with("tests/")
}

fn named(file: &Source, word: &str, why: &str) -> Vec<Fault> {
    lines_with(&file.code(), word).map(|line| format!("{}:{line}: `{word}`: {why}", file.path)).collect()
}

fn fault_if(wrong: bool, fault: impl FnOnce() -> Fault) -> Vec<Fault> {
    if wrong { vec![fault()] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> Source {
        Source { path: path.into(), text: text.into() }
    }

    #[test]
    fn a_command_that_decides_is_found_and_its_comment_is_not() {
        let text = "//! if\n// match\nfn a() { if b {} }\n";
        assert_eq!(commands(&file("src-tauri/src/commands/notes.rs", text)).len(), 1);
        assert!(commands(&file("src-tauri/src/app.rs", text)).is_empty());
    }

    #[test]
    fn the_database_is_named_in_its_own_files_only() {
        let text = "//! a\nuse rusqlite::Row;\n";
        for (path, faults) in [("notes/mod.rs", 1), ("notes/store.rs", 0), ("store/open.rs", 0), ("notes/tests.rs", 0)] {
            assert_eq!(sql(&file(&format!("{CORE}{path}"), text)).len(), faults, "{path}");
        }
    }

    #[test]
    fn a_module_that_uses_one_below_it_is_found() {
        let uses = "//! a\n//! [`crate::undo`]\nuse crate::notes::drafts;\nfn a() { crate::undo::undo() }\n#[cfg(test)]\nmod tests {\n use crate::undo;\n}\n";
        for (path, faults) in
            [("clients/mod.rs", 2), ("sessions/store.rs", 1), ("imports/run.rs", 1), ("undo/mod.rs", 0), ("clients/tests.rs", 0)]
        {
            assert_eq!(order(&file(&format!("{CORE}{path}"), uses)).len(), faults, "{path}");
        }
        let grouped = "//! a\nuse crate::{\n    error::{Fault, Result},\n    pages::{list, today},\n    clients, undo,\n};\n";
        let found = order(&file(&format!("{CORE}consents/mod.rs"), grouped));
        assert!(found.len() == 2 && found[0].contains("`pages`") && found[1].contains("`undo`"), "{found:?}");
        let stranger = order(&file(&format!("{CORE}billing/mod.rs"), "//! a\n"));
        assert!(stranger.len() == 1 && stranger[0].contains("not in the map"), "{stranger:?}");
        let unknown = order(&file(&format!("{CORE}undo/mod.rs"), "//! a\nuse crate::billing;\n"));
        assert_eq!(unknown.len(), 1, "a module that the map does not name");
    }

    #[test]
    fn the_clock_is_read_in_one_file_only() {
        let text = "//! a\nlet now = Utc::now();\n";
        assert_eq!(clock(&file(&format!("{CORE}time.rs"), text)).len(), 1);
        assert!(clock(&file("src-tauri/src/app.rs", text)).is_empty());
    }

    #[test]
    fn a_door_to_the_system_is_found_in_both_spellings() {
        let text = r#"{"permissions":["core:default","fs:default",{"identifier":"shell:allow-open"}]}"#;
        assert_eq!(capabilities(&file("src-tauri/capabilities/main.json", text)).len(), 2);
    }

    #[test]
    fn what_is_left_for_later_is_found() {
        assert_eq!(later(&file("a.rs", concat!("//! a\n// TO", "DO more\n"))).len(), 1);
        assert!(later(&file("a.rs", "//! a\nlet todos = 1;\n")).is_empty());
    }
}
