//! Small values of a cell: clean text, email addresses, phone numbers, lists.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The cell's text: composed, trimmed of every kind of space, without control characters. Says whether any had to
/// be taken out. Line breaks stay: an address may need them. A formula is text like any other.
pub(super) fn clean(cell: &str) -> (String, bool) {
    let mut taken = false;
    let kept = |c: &char| {
        let control = c.is_control() && !matches!(c, '\n' | '\t') || matches!(*c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        taken |= control;
        !control && !matches!(*c, '\u{200b}' | '\u{2060}' | '\u{feff}')
    };
    // Joiners belong to some scripts' words, so they go only from the ends, as the direction marks do.
    let edge = |c: char| c.is_whitespace() || matches!(c, '\u{200c}'..='\u{200f}' | '\u{00ad}');
    let text: String = cell.chars().filter(kept).map(|c| if c.is_whitespace() && c != '\n' { ' ' } else { c }).nfc().collect();
    (text.trim_matches(edge).to_owned(), taken)
}

/// For comparing: small letters without accents, everything else a single space.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            c if c.is_alphanumeric() => folded.push(c),
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// What people and programs write into a cell to say that there is nothing.
pub(super) fn is_nothing(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '-' | '–' | '—' | '0' | '/' | '.' | ' '))
        || matches!(fold(text).as_str(), "n a" | "na" | "none" | "null" | "nil" | "unknown" | "keine" | "k a")
}

/// The text inside `="…"` or after a leading apostrophe, with which spreadsheets keep a number from being reckoned with.
fn unguarded(text: &str) -> &str {
    let text = text.strip_prefix("=\"").and_then(|t| t.strip_suffix('"')).unwrap_or(text);
    text.strip_prefix('\'').unwrap_or(text).trim()
}

/// The addresses of a cell, each with whether it is doubtful.
pub(super) fn emails(text: &str) -> Vec<(String, bool)> {
    // "Ida Kurz <ida@kurz.example>" holds one address; "ida @ home" is one doubtful one.
    let pieces = text.split([';', ',', '\n', '|']).map(|piece| match (piece.find('<'), piece.rfind('>')) {
        (Some(open), Some(close)) if open < close => piece[open + 1..close].trim(),
        _ => piece.trim(),
    });
    let one = |piece: &str| {
        let address = piece.strip_prefix("mailto:").unwrap_or(piece);
        let parts: Vec<&str> = if address.matches('@').count() > 1 { address.split_whitespace().collect() } else { vec![address] };
        parts.into_iter().map(|p| (p.to_owned(), !likely_email(p))).collect::<Vec<_>>()
    };
    pieces.filter(|p| !p.is_empty() && !is_nothing(p)).flat_map(one).collect()
}

fn likely_email(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    let labels = domain.split('.').all(|l| !l.is_empty() && l.chars().all(|c| c.is_alphanumeric() || c == '-'));
    !local.is_empty() && !local.contains(['@', ' ', '<', '>', '"']) && labels && domain.contains('.')
}

/// The numbers of a cell, each with whether it is doubtful.
pub(super) fn phones(text: &str) -> Vec<(String, bool)> {
    let text = unguarded(text);
    let pieces = text.split([';', '\n', '|']).flat_map(|piece| piece.split(" / ")).map(|piece| unguarded(piece.trim()));
    let doubtful = |number: &str| number.chars().filter(|c| c.is_numeric()).count() < 5 || number.to_uppercase().contains("E+");
    pieces.filter(|p| !p.is_empty() && !is_nothing(p)).map(|p| (p.to_owned(), doubtful(p))).collect()
}

/// A cell that lists short things.
pub(super) fn list(text: &str) -> Vec<String> {
    let pieces = text.split([';', ',', '\n', '|']).map(str::trim);
    pieces.filter(|p| !p.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_of_every_kind_are_trimmed_and_formulas_stay_text() {
        assert_eq!(clean("\u{a0}\u{200b} Ida\u{a0}Kurz\u{feff} "), ("Ida Kurz".to_owned(), false));
        assert_eq!(clean("=HYPERLINK(\"x\")"), ("=HYPERLINK(\"x\")".to_owned(), false));
        assert_eq!(clean("I\u{0}da\u{202e}"), ("Ida".to_owned(), true));
        assert_eq!(clean("e\u{301}"), ("é".to_owned(), false));
    }

    #[test]
    fn headers_fold_case_accents_and_punctuation() {
        assert_eq!(fold(" Prénom_du-Client (*) "), "prenom du client");
        assert_eq!(fold("Straße"), "strasse");
    }

    #[test]
    fn addresses_and_numbers_are_split_and_doubted() {
        assert_eq!(
            emails("Ida <ida@kurz.example>; second@kurz"),
            [("ida@kurz.example".to_owned(), false), ("second@kurz".to_owned(), true)]
        );
        assert!(emails("n/a").is_empty());
        assert_eq!(phones("=\"+44 7700 900142\"; 4.4770E+11"), [("+44 7700 900142".to_owned(), false), ("4.4770E+11".to_owned(), true)]);
        assert_eq!(phones("+44 7700 900142"), [("+44 7700 900142".to_owned(), false)]);
    }
}
