//! One column of whole names to its parts. Only what the writing shows is used: a comma, small particles, suffixes.

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Name {
    pub last: String,
    pub first: String,
    pub preferred: String,
}

/// Small words that begin a last name.
const PARTICLES: &[&str] = &[
    "van", "von", "vom", "zu", "zum", "zur", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "la", "le", "el", "al",
    "bin", "bint", "ibn", "ben", "ter", "ten", "den", "der", "af", "av",
];

const SUFFIXES: &[&str] = &["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"];

/// "Last, First", "First Middle Last", "First van der Last"; one word is a last name alone. A name in brackets or
/// quotation marks is what the person goes by.
pub(super) fn split(whole: &str) -> Name {
    let (whole, preferred) = without_nickname(whole);
    if let Some((last, first)) = whole.split_once(',') {
        let (last, first) = (joined(last.split_whitespace()), joined(first.split_whitespace()));
        return match (first.rsplit_once(','), is_suffix(&first)) {
            // "Marsh, Jr., Jon" and "Jon Marsh, Jr."
            (Some((suffix, first)), _) if is_suffix(suffix.trim()) => {
                Name { last: format!("{last} {suffix}"), first: first.trim().to_owned(), preferred }
            }
            (_, true) => Name { preferred, ..split(&format!("{last} {first}")) },
            _ if last.is_empty() => Name { last: first, first: String::new(), preferred },
            _ => Name { last, first, preferred },
        };
    }
    let words: Vec<&str> = whole.split_whitespace().collect();
    let mut start = words.len().saturating_sub(1);
    if words.len() > 2 && is_suffix(words[start]) {
        start -= 1;
    }
    if let Some(particle) = (1..start).find(|&n| PARTICLES.contains(&words[n])) {
        start = particle;
    }
    Name { last: joined(words[start..].iter().copied()), first: joined(words[..start].iter().copied()), preferred }
}

fn is_suffix(word: &str) -> bool {
    SUFFIXES.contains(&word.to_lowercase().as_str())
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

fn without_nickname(whole: &str) -> (String, String) {
    for (open, close) in [('(', ')'), ('“', '”'), ('"', '"')] {
        let Some(start) = whole.find(open) else { continue };
        let inner = start + open.len_utf8();
        let Some(end) = whole[inner..].find(close).map(|at| inner + at) else { continue };
        let rest = format!("{} {}", &whole[..start], &whole[end + close.len_utf8()..]);
        if !rest.trim().is_empty() {
            return (rest, whole[inner..end].trim().to_owned());
        }
    }
    (whole.to_owned(), String::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_come_apart_where_the_writing_shows_it() {
        let cases = [
            ("Kurz, Ida Maria", "Kurz", "Ida Maria", ""),
            ("Ida Maria Kurz", "Kurz", "Ida Maria", ""),
            ("Suparman", "Suparman", "", ""),
            ("Pieter van der Berg", "van der Berg", "Pieter", ""),
            ("Jon Marsh Jr.", "Marsh Jr.", "Jon", ""),
            ("Jon Marsh, Jr.", "Marsh Jr.", "Jon", ""),
            ("Marsh, Jr., Jon", "Marsh Jr.", "Jon", ""),
            ("Philippa (Pip) Marsh", "Marsh", "Philippa", "Pip"),
            ("Philippa \"Pip\" Marsh", "Marsh", "Philippa", "Pip"),
            (", Ida", "Ida", "", ""),
            ("Kurz,", "Kurz", "", ""),
            ("山田太郎", "山田太郎", "", ""),
            ("Van Morrow", "Morrow", "Van", ""),
            ("", "", "", ""),
        ];
        for (whole, last, first, preferred) in cases {
            assert_eq!(split(whole), Name { last: last.into(), first: first.into(), preferred: preferred.into() }, "{whole}");
        }
    }
}
