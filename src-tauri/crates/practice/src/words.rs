//! Text that people typed: what is accepted, how it is folded for search, and what discreet mode leaves of it.

use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::error::{Field, Refusal, Result};

/// Whether names and texts are given out whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Veil {
    /// Everything is given out.
    Open,
    /// Discreet mode: initials for names, nothing for texts.
    Discreet,
}

/// A text that discreet mode withholds. `Option<Veiled>` is `None` where there is no text at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Veiled {
    /// As written.
    Shown {
        /// The text.
        text: String,
    },
    /// There is a text; it is not given out.
    Hidden,
}

impl Veil {
    /// Veils a text.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Veiled {
        match self {
            Self::Open => Veiled::Shown { text: text.into() },
            Self::Discreet => Veiled::Hidden,
        }
    }

    /// Veils a text; an empty one is none.
    #[must_use]
    pub fn optional(self, text: impl Into<String>) -> Option<Veiled> {
        let text = text.into();
        (!text.is_empty()).then(|| self.text(text))
    }

    /// Whether texts are withheld.
    #[must_use]
    pub fn hides(self) -> bool {
        self == Self::Discreet
    }
}

/// The longest one-line field, in characters.
pub const LINE: usize = 300;
/// The longest text of a remark or an address.
pub const PARAGRAPH: usize = 5_000;
/// The longest note, all sections together: some fifty pages. Longer is a document, not a note.
pub const NOTE: usize = 200_000;

/// A one-line field: trimmed, composed (NFC), without control or direction-turning characters.
///
/// # Errors
/// `TooLong`, `Unshowable`.
pub fn line(field: Field, text: &str) -> Result<String> {
    let text: String = text.trim_matches(blank).nfc().collect();
    limit(field, &text, LINE)?;
    if text.chars().any(|c| c.is_control() || turns(c)) {
        return Err(Refusal::Unshowable { field }.into());
    }
    Ok(text)
}

/// A required one-line field.
///
/// # Errors
/// `Empty`, and those of [`line`].
pub fn required(field: Field, text: &str) -> Result<String> {
    let text = line(field, text)?;
    if text.is_empty() { Err(Refusal::Empty { field }.into()) } else { Ok(text) }
}

/// A text of several lines. Line ends become `\n`; other control characters and those that turn the text around are refused.
///
/// # Errors
/// `TooLong`, `Unshowable`.
pub fn paragraphs(field: Field, text: &str, most: usize) -> Result<String> {
    let text: String = verbatim(field, text, most)?.nfc().collect();
    Ok(text.trim_matches(blank).to_owned())
}

/// As [`paragraphs`], but neither trimmed nor composed: a text that is still being typed comes back as it was written.
///
/// # Errors
/// `TooLong`, `Unshowable`.
pub fn verbatim(field: Field, text: &str, most: usize) -> Result<String> {
    limit(field, text, most)?;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.chars().any(|c| (c.is_control() && c != '\n' && c != '\t') || turns(c)) {
        return Err(Refusal::Unshowable { field }.into());
    }
    Ok(text)
}

/// Whether nothing can be read in a text.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(blank)
}

fn limit(field: Field, text: &str, most: usize) -> Result<()> {
    if text.len() > most && text.chars().count() > most {
        return Err(Refusal::TooLong { field, most: u32::try_from(most).unwrap_or(u32::MAX) }.into());
    }
    Ok(())
}

fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\0')
}

/// Overrides and embeddings, which can make a line read as another. Marks (U+200E, U+200F) and isolates' plain use in
/// right-to-left names are harmless and stay.
fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}')
}

/// Folded for comparison: no case, no accents, no punctuation but the space; letters that do not decompose are spelt out.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ø' => folded.push('o'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            'ŋ' => folded.push('n'),
            'ŧ' => folded.push('t'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            c if c.is_alphanumeric() => folded.push(c),
            '\'' | '’' | 'ʼ' | '`' => {}
            c if is_combining_mark(c) => {}
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    #[test]
    fn folding_drops_case_accents_and_punctuation() {
        assert_eq!(fold("Wiśniewski"), "wisniewski");
        assert_eq!(fold("O’Sullivan, Siobhán"), "osullivan siobhan");
        assert_eq!(fold("Þóra Guðmundsdóttir"), "thora gudmundsdottir");
        assert_eq!(fold("Nguyễn Thị Minh Châu"), "nguyen thi minh chau");
        assert_eq!(fold("Tọ́lá Oyěwùmí"), "tola oyewumi");
        assert_eq!(fold("García Márquez-Iturralde"), "garcia marquez iturralde");
    }

    #[test]
    fn a_line_refuses_what_cannot_be_shown() {
        for bad in ["a\u{202E}b", "a\u{7}b", "a\nb"] {
            assert!(matches!(line(Field::Name, bad), Err(Error::Refused(Refusal::Unshowable { .. }))), "{bad:?}");
        }
        assert_eq!(line(Field::Name, " 🦊 <b>x</b> ").unwrap(), "🦊 <b>x</b>");
        assert!(matches!(line(Field::Name, &"x".repeat(301)), Err(Error::Refused(Refusal::TooLong { most: 300, .. }))));
    }
}
