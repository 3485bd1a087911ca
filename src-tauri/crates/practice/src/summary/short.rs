//! Short forms of one note: "last time, in short", its heading, the points of its plan.

use super::extract::{Source, Text};
use super::sentences::{self, Kind, blocks, clip, plain};
use super::words;
use crate::notes::SectionKind;

/// Three lines beside the plan for today.
const SHORT_CHARS: usize = 240;
const SHORT_SENTENCES: usize = 3;
/// One line of the session history.
const HEADING_CHARS: usize = 48;
/// A clause shorter than this is not a heading ("On Tuesday,").
const CLAUSE_CHARS: usize = 12;
/// More points than this are not a plan for an hour.
const POINTS: usize = 20;

/// "Last time, in short": the two or three most telling sentences of a note, in the order they were written, at
/// most 240 characters. Empty for a note without words.
pub fn in_short(note: &Source) -> String {
    let notes = std::slice::from_ref(note);
    let mut text = Text::read(notes, &[]);
    text.rank();
    let narrative: Vec<usize> = (0..text.sentences.len()).filter(|&s| !text.is_plan(s)).collect();
    let mut best = if narrative.is_empty() { (0..text.sentences.len()).collect() } else { narrative };
    text.sort(&mut best, |s| text.worth(s));
    let mut picked: Vec<usize> = Vec::new();
    let mut room = SHORT_CHARS;
    for s in best {
        let length = text.sentences[s].text.chars().count() + usize::from(!picked.is_empty());
        if picked.len() < SHORT_SENTENCES && length > 1 && length <= room && !text.repeats(s, &picked) {
            room -= length;
            picked.push(s);
        }
    }
    if picked.is_empty() {
        // Every sentence is longer than the room there is.
        return text.sentences.first().map(|s| ellipsis(clip(&s.text, SHORT_CHARS - 1))).unwrap_or_default();
    }
    picked.sort_unstable();
    let words: Vec<&str> = picked.iter().map(|&s| text.sentences[s].text.as_str()).collect();
    words.join(" ")
}

fn ellipsis(text: &str) -> String {
    format!("{}…", text.trim_end_matches(['.', ',', ';', ':', '…']))
}

/// A heading for a note: the first clause of its first sentence, at most 48 characters, without a stop at its end.
/// Empty for a note without words.
pub fn heading(sections: &[(SectionKind, String)]) -> String {
    let narrative = sections.iter().filter(|(kind, _)| *kind != SectionKind::Plan);
    let plan = sections.iter().filter(|(kind, _)| *kind == SectionKind::Plan);
    narrative.chain(plan).find_map(|(_, text)| first_clause(text)).unwrap_or_default()
}

fn first_clause(markdown: &str) -> Option<String> {
    let block = blocks(markdown).into_iter().find(|b| b.kind != Kind::Heading)?;
    let sentence = plain(sentences::split(block.text).first()?);
    let mut clause = sentence.as_str();
    // A semicolon or colon ends the clause even where more would fit.
    if let Some(at) = clause.find([';', ':', '—']).filter(|&at| clause[..at].chars().count() >= CLAUSE_CHARS && !within_quote(&clause[..at])) {
        clause = &clause[..at];
    }
    let whole = clause;
    clause = clip(clause, HEADING_CHARS);
    // A quotation that would be left open goes, unless nothing would be left.
    if within_quote(clause) {
        let before = clause.rfind('“').map_or("", |at| clause[..at].trim_end());
        if before.chars().count() >= CLAUSE_CHARS {
            clause = before;
        }
    }
    clause = bare_end(clause);
    if clause.len() < bare_end(whole).len() {
        // Cut inside a clause: not after "the" or "with".
        while let Some((rest, last)) = clause.rsplit_once(' ') {
            if !words::is_stop(last) || rest.chars().count() < CLAUSE_CHARS {
                break;
            }
            clause = bare_end(rest);
        }
    }
    let clause = clause.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '“');
    (!clause.is_empty()).then(|| clause.to_owned())
}

fn within_quote(text: &str) -> bool {
    text.matches('“').count() > text.matches('”').count()
}

fn bare_end(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '!' | '…' | '—' | '–' | '-'))
}

/// The points of a note's plan: its list items, or its sentences where it has no list. Without the full stop, as
/// they stand in a list.
pub fn plan_points(sections: &[(SectionKind, String)]) -> Vec<String> {
    let mut points = Vec::new();
    for (_, markdown) in sections.iter().filter(|(kind, _)| *kind == SectionKind::Plan) {
        for block in blocks(markdown).into_iter().filter(|b| b.kind != Kind::Heading) {
            let pieces = if block.kind == Kind::Item { vec![block.text] } else { sentences::split(block.text) };
            for piece in pieces {
                let text = plain(piece);
                let cut = clip(&text, sentences::SENTENCE_CHARS);
                points.push(if cut.len() < text.len() { ellipsis(cut) } else { bare_point(cut) });
            }
        }
    }
    points.retain(|point| !point.is_empty());
    points.truncate(POINTS);
    points
}

/// One full stop less, if it ends the only sentence.
fn bare_point(point: &str) -> String {
    match point.strip_suffix('.') {
        Some(rest) if !rest.ends_with('.') && sentences::split(point).len() == 1 => rest.to_owned(),
        _ => point.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(text: &str) -> Vec<(SectionKind, String)> {
        vec![(SectionKind::Plan, text.to_owned())]
    }

    fn headed(text: &str) -> String {
        heading(&[(SectionKind::Plan, "Later.".to_owned()), (SectionKind::Data, text.to_owned())])
    }

    #[test]
    fn a_heading_is_the_first_clause() {
        assert_eq!(headed("Amara came in with her lanyard still on. First full week."), "Amara came in with her lanyard still on");
        assert_eq!(headed("Sleep is around six hours; she still wakes at four."), "Sleep is around six hours");
        assert_eq!(headed("First full week at the dispensary since the leave: “less like drowning”."), "First full week at the dispensary");
        assert_eq!(headed("## Today\n\n**He** drove to Leicester by the A-road, alone, for the first time since August."), "He drove to Leicester by the A-road");
        assert_eq!(headed("Yusuf arrived five minutes early and said the week had been “mostly ordinary, which is new”."), "Yusuf arrived five minutes early");
    }

    #[test]
    fn a_note_without_words_has_no_heading_and_nothing_in_short() {
        assert_eq!(headed("---\n\n***"), "Later");
        assert_eq!(heading(&[]), "");
        let note = Source { version_id: crate::id::VersionId(uuid::Uuid::nil()), held_on: chrono::NaiveDate::default(), sections: vec![], addenda: vec![] };
        assert_eq!(in_short(&note), "");
    }

    #[test]
    fn plan_points_are_items_or_else_sentences() {
        assert_eq!(
            plan_points(&plan("1. How to mark 2 February, and with whom.\n2. Look at the sleep diary together, in the room.\n")),
            ["How to mark 2 February, and with whom", "Look at the sleep diary together, in the room"]
        );
        assert_eq!(plan_points(&plan("Continue weekly. Ask about the letter, e.g. who sent it.")), ["Continue weekly", "Ask about the letter, e.g. who sent it"]);
        assert_eq!(plan_points(&plan("- Ring the GP. Ask for Dr. Osei.\n- Bring the list")), ["Ring the GP. Ask for Dr. Osei.", "Bring the list"]);
        assert!(plan_points(&[(SectionKind::Data, "- no".to_owned())]).is_empty());
    }
}
