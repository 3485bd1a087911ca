//! Chords in words, such as `Control+Shift+c`, as the protocol's key codes.
use anyhow::{Result, bail};
use serde_json::{Value, json};

const NAMED: &[(&str, char)] = &[
    ("Alt", '\u{E00A}'),
    ("Backspace", '\u{E003}'),
    ("Control", '\u{E009}'),
    ("Delete", '\u{E017}'),
    ("Down", '\u{E015}'),
    ("End", '\u{E010}'),
    ("Enter", '\u{E007}'),
    ("Escape", '\u{E00C}'),
    ("Home", '\u{E011}'),
    ("Left", '\u{E012}'),
    ("PageDown", '\u{E00F}'),
    ("PageUp", '\u{E00E}'),
    ("Plus", '+'),
    ("Right", '\u{E014}'),
    ("Shift", '\u{E008}'),
    ("Space", ' '),
    ("Tab", '\u{E004}'),
    ("Up", '\u{E013}'),
];

/// The actions of pressing a chord: down in order, up in reverse.
pub fn chord(words: &str) -> Result<Value> {
    let keys = words.split('+').map(key).collect::<Result<Vec<char>>>()?;
    let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key }));
    let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
    Ok(json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": down.chain(up).collect::<Vec<_>>() }] }))
}

fn key(word: &str) -> Result<char> {
    let mut letters = word.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return Ok(letter);
    }
    match NAMED.iter().find(|(name, _)| *name == word) {
        Some((_, code)) => Ok(*code),
        None => bail!("no key is called {word:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chord_goes_down_in_order_and_up_in_reverse() {
        let actions = chord("Control+Shift+c").expect("three known keys");
        let values: Vec<&str> =
            actions["actions"][0]["actions"].as_array().expect("a list").iter().filter_map(|a| a["value"].as_str()).collect();
        assert_eq!(values, ["\u{E009}", "\u{E008}", "c", "c", "\u{E008}", "\u{E009}"]);
    }

    #[test]
    fn an_unknown_key_is_refused() {
        assert!(chord("Hyper+x").is_err());
    }
}
