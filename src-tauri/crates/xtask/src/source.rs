//! The repository's own sources, and Rust text with its comments and strings blanked out.
use crate::place;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Folders that hold nothing written here.
const NOT_OURS: &[&str] = &[".git", "dist", "gen", "node_modules", "target"];

/// One file of the repository.
pub struct Source {
    /// Path from the root, with `/` between folders.
    pub path: String,
    /// Its whole text.
    pub text: String,
}

impl Source {
    /// The text of a Rust file without comments, strings and the tests at its end; lines keep their numbers.
    pub fn code(&self) -> String {
        let code = blanked(&self.text);
        // Tests in a file of their own may be named anywhere; what follows the name is code.
        let mut tests = code.match_indices("#[cfg(test)]\nmod ");
        let end = tests
            .find(|(at, found)| code[at + found.len()..].find(['{', ';']).is_some_and(|to| code[at + found.len() + to..].starts_with('{')));
        end.map_or_else(|| code.clone(), |(at, _)| code[..at].to_owned())
    }
}

/// Every file whose name ends in one of `endings`, in the order of their paths.
pub fn files(endings: &[&str]) -> Result<Vec<Source>> {
    let mut found = Vec::new();
    gather(&place::root(), &place::root(), endings, &mut found)?;
    found.sort_by(|one: &Source, other| one.path.cmp(&other.path));
    Ok(found)
}

fn gather(root: &Path, dir: &Path, endings: &[&str], found: &mut Vec<Source>) -> Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !path.is_symlink() {
            if !NOT_OURS.contains(&name.as_str()) {
                gather(root, &path, endings, found)?;
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let path = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            found.push(Source { path, text });
        }
    }
    Ok(())
}

/// Puts spaces in place of comments, strings and characters of Rust text.
fn blanked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let length = match next {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' => quoted(rest),
            'r' if !out.ends_with(is_word) => raw(rest),
            '\'' => character(rest),
            _ => 0,
        };
        if length == 0 {
            out.push(next);
            rest = &rest[next.len_utf8()..];
        } else {
            out.extend(rest[..length].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            rest = &rest[length..];
        }
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn raw(text: &str) -> usize {
    let hashes = text[1..].chars().take_while(|c| *c == '#').count();
    if !text[1 + hashes..].starts_with('"') {
        return 0;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let inside = hashes + 2;
    text[inside..].find(&end).map_or(text.len(), |at| inside + at + end.len())
}

/// A character, as against a lifetime, which stays.
fn character(text: &str) -> usize {
    if let Some(escape) = text.strip_prefix("'\\") {
        let mut ends = escape.char_indices().skip(1).filter(|(_, c)| *c == '\'');
        return ends.next().map_or(0, |(at, _)| at + 3);
    }
    let mut after = text.char_indices().skip(2);
    match after.next() {
        Some((at, '\'')) => at + 1,
        _ => 0,
    }
}

/// The numbers of the lines in which a whole word (or a path of words) stands.
pub fn lines_with<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.lines().enumerate().filter(move |(_, line)| has_word(line, word)).map(|(at, _)| at + 1)
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, found)| {
        let before = line[..at].chars().next_back();
        let after = line[at + found.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_strings_and_characters_are_blanked_and_lines_kept() {
        let text = "a // if\n\"if\\\" if\" 'i' '\\'' r#\"if \" if\"# /* if\nif */ b<'if>";
        let code = blanked(text);
        assert_eq!(code.lines().count(), text.lines().count());
        assert_eq!(code.matches("if").count(), 1, "{code}");
        assert!(code.starts_with('a') && code.ends_with("b<'if>"));
    }

    #[test]
    fn a_word_is_not_found_inside_another() {
        assert!(has_word("use rusqlite::Row;", "rusqlite"));
        assert!(!has_word("my_rusqlite2", "rusqlite"));
        assert_eq!(lines_with("x\nmatch y {\nrematch", "match").collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn the_tests_at_the_end_of_a_file_are_not_its_code() {
        let source = Source { path: "a.rs".into(), text: "one();\n#[cfg(test)]\nmod tests { two(); }".into() };
        assert_eq!(source.code(), "one();\n");
        let named = Source { path: "a.rs".into(), text: "#[cfg(test)]\nmod tests;\nuse crate::one;\n".into() };
        assert!(named.code().contains("crate::one"), "tests in a file of their own end nothing");
    }
}
