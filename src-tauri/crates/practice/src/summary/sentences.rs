//! Markdown to sentences. A sentence is always a verbatim slice of the note, so that it can be quoted and found
//! again; `plain` makes the readable text of it.

use unicode_segmentation::UnicodeSegmentation;

/// How much of one section is read, in bytes. About twenty pages: nobody writes more in a session note, and a
/// pasted book must not hold up the window.
pub(super) const SECTION_BYTES: usize = 32 * 1024;

/// Sentences longer than this (in characters) are cut at a clause: a summary is read at a glance.
pub(super) const SENTENCE_CHARS: usize = 280;

/// Quotation marks that never close must not swallow a page, so joining stops at this many bytes.
const JOINED_BYTES: usize = 600;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Heading,
    Item,
    Paragraph,
}

/// A paragraph, heading or list item, without its marker.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'a> {
    pub kind: Kind,
    pub text: &'a str,
}

/// The blocks of the first `SECTION_BYTES` of a section, in order. Lines without a letter or digit (blank lines,
/// rules, fences) only separate.
pub(super) fn blocks(markdown: &str) -> Vec<Block<'_>> {
    let markdown = &markdown[..markdown.floor_char_boundary(SECTION_BYTES)];
    let mut found = Vec::new();
    let mut open: Option<(Kind, usize, usize)> = None;
    let mut at = 0;
    for line in markdown.split_inclusive('\n') {
        let body = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if !body.chars().any(char::is_alphanumeric) {
            close(markdown, &mut open, &mut found);
            continue;
        }
        let end = start + body.len();
        match marker(body, open.map(|(kind, ..)| kind)) {
            Some((kind, skip)) => {
                close(markdown, &mut open, &mut found);
                open = Some((kind, start + skip, end));
                if kind == Kind::Heading {
                    close(markdown, &mut open, &mut found);
                }
            }
            None => match &mut open {
                Some((_, _, last)) => *last = end,
                None => open = Some((Kind::Paragraph, start, end)),
            },
        }
    }
    close(markdown, &mut open, &mut found);
    found
}

fn close<'a>(markdown: &'a str, open: &mut Option<(Kind, usize, usize)>, found: &mut Vec<Block<'a>>) {
    if let Some((kind, start, end)) = open.take() {
        let text = markdown[start..end].trim();
        if !text.is_empty() {
            found.push(Block { kind, text });
        }
    }
}

/// What a line begins with, and how many bytes of it are the marker. As in CommonMark, a number other than 1
/// does not begin a list in the middle of a paragraph: it is a wrapped line that happens to start with one.
fn marker(line: &str, within: Option<Kind>) -> Option<(Kind, usize)> {
    let hashes = line.len() - line.trim_start_matches('#').len();
    if (1..=6).contains(&hashes) && line[hashes..].starts_with(' ') {
        return Some((Kind::Heading, hashes + 1));
    }
    if let Some(rest) = line.strip_prefix('>') {
        return Some((Kind::Paragraph, line.len() - rest.trim_start().len()));
    }
    for bullet in ["- ", "* ", "+ ", "• ", "– "] {
        if let Some(rest) = line.strip_prefix(bullet) {
            let rest = ["[ ] ", "[x] ", "[X] "].iter().find_map(|box_| rest.strip_prefix(box_)).unwrap_or(rest);
            return Some((Kind::Item, line.len() - rest.len()));
        }
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if !(1..=3).contains(&digits) || (within == Some(Kind::Paragraph) && &line[..digits] != "1") {
        return None;
    }
    let rest = &line[digits..];
    (rest.starts_with(". ") || rest.starts_with(") ")).then_some((Kind::Item, digits + 2))
}

/// The sentences of a block, trimmed, each a slice of it.
pub(super) fn split(block: &str) -> Vec<&str> {
    // A wrapped line is no end of a sentence. Both characters are one byte, so the positions stay true.
    let flat = block.replace(['\n', '\r'], " ");
    let starts: Vec<usize> = flat.split_sentence_bound_indices().map(|(at, _)| at).collect();
    let mut found = Vec::new();
    let mut start = 0;
    for (n, &piece) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(flat.len());
        let after = &flat[end..starts.get(n + 2).copied().unwrap_or(flat.len())];
        if end < flat.len() && goes_on(&flat[start..end], &flat[piece..end], after) {
            continue;
        }
        let text = block[start..end].trim();
        if text.chars().any(char::is_alphanumeric) {
            found.push(text);
        }
        start = end;
    }
    found
}

/// Whether the full stop before `after` did not end the sentence.
fn goes_on(sentence: &str, piece: &str, after: &str) -> bool {
    let Some(next) = after.trim_start().chars().next() else { return false };
    if next.is_lowercase() || abbreviated(piece, next) {
        return sentence.len() < JOINED_BYTES;
    }
    let opened = sentence.matches('“').count() > sentence.matches('”').count() && after.contains('”');
    let straight = sentence.matches('"').count() % 2 == 1 && after.contains('"');
    (opened || straight) && sentence.len() < JOINED_BYTES
}

fn abbreviated(piece: &str, next: char) -> bool {
    let Some(word) = piece.trim_end().strip_suffix('.').and_then(|p| p.split_whitespace().next_back()) else { return false };
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut letters = word.chars();
    if let (Some(only), None) = (letters.next(), letters.next()) {
        return only.is_uppercase() && only != 'I' && next.is_uppercase();
    }
    match word.to_lowercase().as_str() {
        "dr" | "mr" | "mrs" | "ms" | "mx" | "prof" | "st" | "rev" | "hon" | "vs" | "approx" | "e.g" | "i.e" | "cf" | "ca" | "incl"
        | "fr" => true,
        "no" | "nr" | "p" | "pp" | "vol" | "fig" | "jan" | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sep" | "sept" | "oct"
        | "nov" | "dec" => next.is_numeric(),
        _ => false,
    }
}

/// The readable text of a slice of Markdown: no emphasis marks, links by their words, one line, no control or
/// direction-changing characters (they could make a quotation read otherwise than it was written).
pub(crate) fn plain(markdown: &str) -> String {
    let chars: Vec<char> = markdown.chars().collect();
    let mut text = String::with_capacity(markdown.len());
    let mut address_until = 0;
    for (n, &c) in chars.iter().enumerate() {
        if n < address_until {
            continue;
        }
        let before = n.checked_sub(1).map(|b| chars[b]);
        let after = chars.get(n + 1).copied();
        let spaced = |side: Option<char>| side.is_none_or(char::is_whitespace);
        let inner = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
        let escaped = before == Some('\\');
        match c {
            _ if c.is_whitespace() => text.push(' '),
            _ if c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c) => {}
            '\\' if after.is_some_and(|a| a.is_ascii_punctuation()) && !escaped => {}
            '*' if !(escaped || spaced(before) && spaced(after)) => {}
            '_' if !(escaped || inner(before) && inner(after)) => {}
            '`' if !escaped => {}
            '~' if !escaped && (before == Some('~') || after == Some('~')) => {}
            '[' if !escaped && link_end(&chars, n).is_some() => {}
            ']' if !escaped && after == Some('(') => match address_end(&chars, n + 1) {
                Some(end) => address_until = end,
                None => text.push(c),
            },
            _ => text.push(c),
        }
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Links longer than this are taken as text; it also bounds the search for their end.
const LINK_CHARS: usize = 400;

fn link_end(chars: &[char], open: usize) -> Option<usize> {
    let near = &chars[open..chars.len().min(open + LINK_CHARS)];
    let close = open + near.windows(2).position(|pair| pair == [']', '('])?;
    address_end(chars, close + 1)
}

fn address_end(chars: &[char], open: usize) -> Option<usize> {
    let near = &chars[open..chars.len().min(open + LINK_CHARS)];
    let close = near.iter().position(|&c| c == ')' || c.is_whitespace())?;
    (near[close] == ')').then_some(open + close + 1)
}

/// The longest beginning of `text` of at most `limit` characters that ends at a clause, else at a word, else
/// anywhere. All of it if it fits.
pub(super) fn clip(text: &str, limit: usize) -> &str {
    let Some((cut, next)) = text.char_indices().nth(limit) else { return text };
    let head = &text[..cut];
    let clause = head
        .char_indices()
        .filter(|&(at, c)| {
            let then = head[at + c.len_utf8()..].chars().next().unwrap_or(next);
            matches!(c, ';' | ',' | ':' | '.' | '?' | '!') && then.is_whitespace() || matches!(c, '—' | '–') && then.is_whitespace()
        })
        .map(|(at, _)| at)
        .next_back();
    // A clause in the first third would throw away most of what was said.
    if let Some(at) = clause.filter(|&at| at * 3 >= cut) {
        return head[..at].trim_end();
    }
    if next.is_whitespace() {
        return head.trim_end();
    }
    match head.rfind(char::is_whitespace) {
        Some(at) if !head[..at].trim().is_empty() => head[..at].trim_end(),
        _ => head,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_survive_titles_quotations_and_times() {
        let text = "She saw Dr. Adeyemi on 3 Jan. 2026 about sleep, e.g. waking at four. “Why? I never went there.” He left at 9.30. Then J. Marsh rang.";
        assert_eq!(
            split(text),
            [
                "She saw Dr. Adeyemi on 3 Jan. 2026 about sleep, e.g. waking at four.",
                "“Why? I never went there.”",
                "He left at 9.30.",
                "Then J. Marsh rang."
            ]
        );
    }

    #[test]
    fn a_question_in_a_sentence_does_not_end_it() {
        assert_eq!(split("“Are you sure?” she asked. Nobody was."), ["“Are you sure?” she asked.", "Nobody was."]);
    }

    #[test]
    fn blocks_lose_their_markers_and_keep_wrapped_lines() {
        let text = "# Plan\n\nOne line\nand in\n2019. another.\n\n1. First\n   goes on\n2) Second\n- [ ] Third\n> said\n---\n";
        let found: Vec<_> = blocks(text).iter().map(|b| (b.kind, b.text)).collect();
        assert_eq!(
            found,
            [
                (Kind::Heading, "Plan"),
                (Kind::Paragraph, "One line\nand in\n2019. another."),
                (Kind::Item, "First\n   goes on"),
                (Kind::Item, "Second"),
                (Kind::Item, "Third"),
                (Kind::Paragraph, "said"),
            ]
        );
    }

    #[test]
    fn plain_text_has_no_marks_but_keeps_what_was_written() {
        assert_eq!(
            plain("He **was** _there_ with [Samira](https://a.example/x), 5 * 3 \\*not\\* snake_case"),
            "He was there with Samira, 5 * 3 *not* snake_case"
        );
        assert_eq!(plain("two\n  lines \u{202e}turned"), "two lines turned");
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_clause() {
        assert_eq!(clip("She drove to Leicester by the A-road, alone and afraid", 48), "She drove to Leicester by the A-road");
        assert_eq!(clip("ááááá", 3), "ááá");
        assert_eq!(clip("one two", 3), "one");
    }
}
