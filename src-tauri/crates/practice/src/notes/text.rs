//! A note's text: which section a word lives in, what a paragraph is, what search reads of it. Pure.

use super::{Section, SectionKind, Template};
use crate::error::{Field, Refusal, Result};
use crate::summary::plain;
use crate::words::{self, NOTE, is_blank};

/// Whether a note has no words yet.
pub(super) fn is_empty(sections: &[Section]) -> bool {
    sections.iter().all(|section| is_blank(&section.text))
}

/// What is stored after a save: the sections given, in the template's order; what is not given stays as it was.
///
/// # Errors
/// `OutOfRange` for a section that the template lacks or that comes twice; `TooLong`, `Unshowable`.
pub(super) fn merged(stored: Vec<Section>, given: &[Section], template: Template) -> Result<Vec<Section>> {
    let kinds = template.sections();
    let twice = given.iter().enumerate().any(|(n, section)| given[..n].iter().any(|before| before.kind == section.kind));
    if twice || given.iter().any(|section| !kinds.contains(&section.kind)) {
        return Err(Refusal::OutOfRange { field: Field::Text }.into());
    }
    // Told by its bytes before any of it is looked at: a pasted library must not hold up the window.
    if given.iter().map(|section| section.text.len()).sum::<usize>() > NOTE * 4 {
        return Err(too_long());
    }
    let mut sections = in_template(Vec::new(), template);
    for section in stored {
        put(&mut sections, section);
    }
    for section in given {
        put(&mut sections, Section { kind: section.kind, text: words::verbatim(Field::Text, &section.text, NOTE)? });
    }
    if sections.iter().map(|section| section.text.chars().count()).sum::<usize>() > NOTE {
        return Err(too_long());
    }
    Ok(sections)
}

fn too_long() -> crate::error::Error {
    Refusal::TooLong { field: Field::Text, most: u32::try_from(NOTE).unwrap_or(u32::MAX) }.into()
}

fn put(sections: &mut Vec<Section>, section: Section) {
    match sections.iter_mut().find(|place| place.kind == section.kind) {
        Some(place) => place.text = section.text,
        None => sections.push(section),
    }
}

/// The same words under the sections of `template`: what has no section there goes to the first, in order.
pub(super) fn in_template(sections: Vec<Section>, template: Template) -> Vec<Section> {
    let kinds = template.sections();
    let mut placed: Vec<Section> = kinds.iter().map(|&kind| Section { kind, text: String::new() }).collect();
    for section in sections {
        let place = kinds.iter().position(|&kind| kind == section.kind).unwrap_or(0);
        let text = &mut placed[place].text;
        if text.is_empty() {
            *text = section.text;
        } else if !section.text.is_empty() {
            text.push_str(BETWEEN);
            text.push_str(&section.text);
        }
    }
    placed
}

/// The text of one section.
pub(super) fn section(sections: &[Section], kind: SectionKind) -> &str {
    sections.iter().find(|section| section.kind == kind).map_or("", |section| section.text.as_str())
}

/// A blank line.
const BETWEEN: &str = "\n\n";

/// What blank lines part. An emptied paragraph still counts, so that those after it keep their numbers while it is written anew.
pub(super) fn paragraphs(text: &str) -> Vec<&str> {
    if text.is_empty() { Vec::new() } else { text.split(BETWEEN).collect() }
}

/// The text with one paragraph written anew, or added at the end. A blank line within it would be two: it becomes a line break.
pub(super) fn with_paragraph(text: &str, number: usize, paragraph: &str) -> String {
    let lines: Vec<&str> = paragraph.lines().filter(|line| !line.is_empty()).collect();
    let paragraph = lines.join("\n");
    let mut all = paragraphs(text);
    match all.get_mut(number) {
        Some(old) => *old = &paragraph,
        None => all.push(&paragraph),
    }
    all.join(BETWEEN)
}

/// The paragraph around the first place where `quote` stands; the quote itself where it stands nowhere.
pub(crate) fn passage<'a>(text: &'a str, quote: &'a str) -> &'a str {
    let Some(at) = text.find(quote) else { return quote };
    let start = text[..at].rfind(BETWEEN).map_or(0, |gap| gap + BETWEEN.len());
    let end = text[at + quote.len()..].find(BETWEEN).map_or(text.len(), |gap| at + quote.len() + gap);
    text[start..end].trim()
}

/// What search reads: no markers, no emphasis, and no double bracket but those that mark a match.
pub(super) fn searchable<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut found = String::new();
    for line in texts.flat_map(str::lines) {
        let line = plain(unmarked(line.trim()));
        if !line.is_empty() {
            if !found.is_empty() {
                found.push(' ');
            }
            found.push_str(&line);
        }
    }
    while found.contains("[[") || found.contains("]]") {
        found = found.replace("[[", "[ [").replace("]]", "] ]");
    }
    found
}

/// A line without the mark of a heading, a list or a quotation.
fn unmarked(line: &str) -> &str {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = (digits.len() < line.len()).then(|| digits.strip_prefix(". ").or_else(|| digits.strip_prefix(") "))).flatten();
    numbered.unwrap_or_else(|| line.trim_start_matches(['#', '>', '-', '+', '•', '–']).trim_start_matches("* ").trim_start())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::error::Error;
    use SectionKind::{Assessment, Data, Objective, Plan, Subjective};

    fn of(parts: &[(SectionKind, &str)]) -> Vec<Section> {
        parts.iter().map(|(kind, text)| Section { kind: *kind, text: (*text).to_owned() }).collect()
    }

    #[test]
    fn another_template_loses_no_word_and_going_back_doubles_none() {
        let soap = of(&[(Subjective, "s"), (Objective, "o"), (Assessment, "a"), (Plan, "p")]);
        let dap = in_template(soap, Template::Dap);
        assert_eq!(dap, of(&[(Data, "s\n\no"), (Assessment, "a"), (Plan, "p")]));
        let back = in_template(dap, Template::Soap);
        assert_eq!(back, of(&[(Subjective, "s\n\no"), (Objective, ""), (Assessment, "a"), (Plan, "p")]));
    }

    #[test]
    fn a_save_keeps_what_it_does_not_name_and_refuses_what_the_template_lacks() {
        let stored = of(&[(Subjective, "s"), (Plan, "p")]);
        let saved = merged(stored.clone(), &of(&[(Plan, "q")]), Template::Soap).unwrap();
        assert_eq!(saved, of(&[(Subjective, "s"), (Objective, ""), (Assessment, ""), (Plan, "q")]));
        for wrong in [of(&[(Data, "d")]), of(&[(Plan, "1"), (Plan, "2")])] {
            let refused = merged(stored.clone(), &wrong, Template::Soap);
            assert!(matches!(refused, Err(Error::Refused(Refusal::OutOfRange { field: Field::Text }))));
        }
    }

    #[test]
    fn the_limit_is_of_all_sections_together() {
        let half = "é".repeat(NOTE / 2);
        assert!(merged(Vec::new(), &of(&[(Subjective, &half), (Plan, &half)]), Template::Soap).is_ok());
        let more = merged(of(&[(Objective, "x")]), &of(&[(Subjective, &half), (Plan, &half)]), Template::Soap);
        assert!(matches!(more, Err(Error::Refused(Refusal::TooLong { most: 200_000, .. }))));
    }

    #[test]
    fn a_passage_is_the_paragraph_around_the_quote() {
        assert_eq!(passage("one\n\ntwo three\nfour\n\nfive", "three"), "two three\nfour");
        assert_eq!(passage("one", "elsewhere"), "elsewhere");
    }

    #[test]
    fn search_reads_words_without_marks() {
        let found = searchable(["## Sleep\n\n- **still** wakes\n1. First\n> said [[twice]]"].into_iter());
        assert_eq!(found, "Sleep still wakes First said [ [twice] ]");
    }

    proptest! {
        #[test]
        fn no_word_is_lost_by_any_change_of_template(texts in prop::collection::vec("[a-z\n]{0,12}", 4), turns in prop::collection::vec(0..4_usize, 0..6)) {
            let all = [Template::Soap, Template::Dap, Template::Birp, Template::Free];
            let mut sections = of(&[(Subjective, &texts[0]), (Objective, &texts[1]), (Assessment, &texts[2]), (Plan, &texts[3])]);
            let words = |sections: &[Section]| {
                let mut words: Vec<String> = sections.iter().flat_map(|s| s.text.split_whitespace()).map(str::to_owned).collect();
                words.sort();
                words
            };
            let before = words(&sections);
            for turn in turns {
                sections = in_template(sections, all[turn]);
                prop_assert_eq!(&words(&sections), &before);
            }
        }

        #[test]
        fn writing_a_paragraph_touches_no_other_and_can_be_repeated(text in "[ab\n]{0,30}", number in 0..6_usize, new in "[xy\n]{0,10}") {
            let before = paragraphs(&text);
            let place = number.min(before.len());
            let once = with_paragraph(&text, place, &new);
            prop_assert_eq!(&with_paragraph(&once, place, &new), &once);
            let after = paragraphs(&once);
            for (n, paragraph) in before.iter().enumerate().filter(|(n, _)| *n != place) {
                prop_assert_eq!(after.get(n).map(|p| p.trim_matches('\n')), Some(paragraph.trim_matches('\n')));
            }
        }
    }
}
