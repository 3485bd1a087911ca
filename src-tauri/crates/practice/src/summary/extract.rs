//! The summary without any model: sentences chosen from approved notes, in the notes' own words.
//!
//! "Where things stand" comes from the newest notes, "what keeps coming back" from words that return in at least
//! three sessions, "to pick up next" from the newest plan. The same notes give the same summary, byte for byte:
//! nothing here iterates in an order that is not the notes' own, and ties go to the newer, then the earlier sentence.
//! Whether a summary is shown, edited or kept is not decided here.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Grouping;
use super::rank::{likeness, rank, shared};
use super::sentences::{self, Kind, blocks, clip, plain};
use super::words::Vocabulary;
use crate::id::VersionId;
use crate::notes::SectionKind;

/// Two years of weekly sessions. What has not come back in two years does not keep coming back, and the work of a
/// summary stays the same however long the therapy.
const NOTES: usize = 104;
/// Sentences read of one note: three times what a long note holds.
const NOTE_SENTENCES: usize = 80;
/// Sentences compared with each other, the newest ones: the comparison is quadratic. About twenty notes.
const RANKED: usize = 400;

const STANDING: usize = 3;
const RECURRING: usize = 4;
const NEXT: usize = 3;
const OFFERS: usize = 3;
/// Sessions cited for what keeps coming back.
const CITED: usize = 3;
/// A theme is what came up in at least this many sessions.
const RETURNS: usize = 3;
/// From here on two sentences say the same.
const ALIKE: f64 = 0.55;

/// One approved note: its sections in Markdown and its addenda, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub version_id: VersionId,
    pub held_on: NaiveDate,
    pub sections: Vec<(SectionKind, String)>,
    pub addenda: Vec<String>,
}

/// The passage a sentence rests on: `quote` is a verbatim piece of one section or addendum of that version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    pub version_id: VersionId,
    pub quote: String,
}

/// One sentence of the summary with its sources, oldest first, never none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub group: Grouping,
    pub text: String,
    pub sources: Vec<Citation>,
}

/// A sentence of a newer approval that the summary does not yet say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub version_id: VersionId,
    pub text: String,
    pub quote: String,
}

/// The summary of a client's approved notes. `names` are the client's own, which are in every note and no theme.
/// Entries come in the order they are shown; a group may be empty.
pub fn summarise(notes: &[Source], names: &[&str]) -> Vec<Entry> {
    let mut text = Text::read(notes, names);
    text.rank();
    let mut chosen = Vec::new();
    let mut entries = text.standing(&mut chosen);
    // What comes next is fixed by the plan, so it is chosen before the themes, which have more to choose from.
    let next = text.next(&mut chosen);
    entries.extend(text.recurring(&mut chosen));
    entries.extend(next);
    entries
}

/// Up to three sentences of each newer approval or addendum worth adding, newest note first, in the order they
/// were written. Nothing that `existing` already says.
pub fn offers(newer: &[Source], existing: &[&str]) -> Vec<Offer> {
    let mut text = Text::read(newer, &[]);
    text.rank();
    let said: Vec<Vec<u32>> = existing.iter().map(|e| text.vocabulary.read(e).stems).collect();
    let mut chosen: Vec<usize> = Vec::new();
    for age in 0..text.notes.len() {
        let mut best: Vec<usize> = (0..text.sentences.len()).filter(|&s| text.sentences[s].age == age).collect();
        text.sort(&mut best, |s| text.worth(s));
        let mut of_note = Vec::new();
        for s in best {
            let sentence = &text.sentences[s];
            let new = said.iter().all(|stems| likeness(stems, &sentence.stems) < ALIKE) && !existing.contains(&sentence.text.as_str());
            if new && sentence.tells && of_note.len() < OFFERS && !text.repeats(s, &chosen) {
                of_note.push(s);
                chosen.push(s);
            }
        }
    }
    chosen.sort_unstable();
    chosen
        .iter()
        .map(|&s| {
            let citation = text.citation(s);
            Offer { version_id: citation.version_id, text: text.sentences[s].text.clone(), quote: citation.quote }
        })
        .collect()
}

/// Where in a note a sentence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Section(SectionKind),
    Addendum,
}

impl Place {
    fn is_plan(self) -> bool {
        self == Place::Section(SectionKind::Plan)
    }

    /// How much this part of a note says about where things stand. Conclusions before observations, and what the
    /// therapist did last of all.
    fn weight(self) -> f64 {
        match self {
            Place::Addendum => 1.3,
            Place::Section(kind) => match kind {
                SectionKind::Assessment | SectionKind::Response => 1.25,
                SectionKind::Subjective | SectionKind::Data | SectionKind::Text => 1.0,
                SectionKind::Behaviour => 0.9,
                SectionKind::Objective => 0.7,
                SectionKind::Plan => 0.6,
                SectionKind::Intervention => 0.5,
            },
        }
    }
}

#[derive(Debug)]
pub(super) struct Sentence<'a> {
    /// 0 for the newest note.
    age: usize,
    place: Place,
    pub text: String,
    quote: &'a str,
    stems: Vec<u32>,
    words: usize,
    /// Says something by itself: long enough, and not a heading-like fragment.
    tells: bool,
    /// How much it tells by itself, within these notes.
    worth: f64,
}

/// The sentences of the newest notes, newest note first, each note in reading order.
pub(super) struct Text<'a> {
    notes: Vec<&'a Source>,
    pub sentences: Vec<Sentence<'a>>,
    vocabulary: Vocabulary,
}

impl<'a> Text<'a> {
    pub(super) fn read(notes: &'a [Source], names: &[&str]) -> Text<'a> {
        let mut newest: Vec<&Source> = notes.iter().rev().collect();
        newest.sort_by_key(|note| std::cmp::Reverse(note.held_on));
        newest.truncate(NOTES);
        let mut vocabulary = Vocabulary::new(names);
        let mut found = Vec::new();
        for (age, note) in newest.iter().enumerate() {
            let sections = note.sections.iter().map(|(kind, text)| (Place::Section(*kind), text));
            let addenda = note.addenda.iter().map(|text| (Place::Addendum, text));
            let start = found.len();
            for (place, markdown) in sections.chain(addenda) {
                for block in blocks(markdown).into_iter().filter(|b| b.kind != Kind::Heading) {
                    // A plan's point is one thing to do, even in two sentences.
                    let whole = place.is_plan() && block.kind == Kind::Item;
                    let pieces = if whole { vec![block.text] } else { sentences::split(block.text) };
                    for piece in pieces {
                        if found.len() - start == NOTE_SENTENCES {
                            break;
                        }
                        found.push(sentence(&mut vocabulary, age, place, piece));
                    }
                }
            }
        }
        Text { notes: newest, sentences: found, vocabulary }
    }

    /// Sets the rank of the newest sentences; older ones keep the average.
    pub(super) fn rank(&mut self) {
        let near = &self.sentences[..self.sentences.len().min(RANKED)];
        let stems: Vec<&[u32]> = near.iter().map(|s| s.stems.as_slice()).collect();
        let trust: Vec<f64> = near.iter().map(|s| recency(s.age)).collect();
        let ranks = rank(&stems, &trust);
        for (n, sentence) in self.sentences.iter_mut().enumerate() {
            sentence.worth = worth(sentence, ranks.get(n).copied().unwrap_or(1.0));
        }
    }

    pub(super) fn worth(&self, s: usize) -> f64 {
        self.sentences[s].worth
    }

    /// Best first; ties in reading order, newest note first.
    pub(super) fn sort(&self, sentences: &mut [usize], worth: impl Fn(usize) -> f64) {
        sentences.sort_unstable();
        sentences.sort_by_cached_key(|&s| std::cmp::Reverse(Worth(worth(s))));
    }

    pub(super) fn is_plan(&self, s: usize) -> bool {
        self.sentences[s].place.is_plan()
    }

    pub(super) fn repeats(&self, s: usize, chosen: &[usize]) -> bool {
        let this = &self.sentences[s];
        chosen.iter().any(|&c| self.sentences[c].text == this.text || likeness(&self.sentences[c].stems, &this.stems) >= ALIKE)
    }

    fn citation(&self, s: usize) -> Citation {
        let sentence = &self.sentences[s];
        Citation { version_id: self.notes[sentence.age].version_id, quote: sentence.quote.to_owned() }
    }

    fn entry(&self, group: Grouping, s: usize) -> Entry {
        let text = self.sentences[s].text.clone();
        Entry { group, text: if group == Grouping::Next { as_sentence(text) } else { text }, sources: vec![self.citation(s)] }
    }

    fn standing(&self, chosen: &mut Vec<usize>) -> Vec<Entry> {
        let worth = |s: usize| {
            let near = [1.0, 0.55, 0.35].get(self.sentences[s].age).copied().unwrap_or(0.0);
            // A list this short wants sentences that carry much.
            let content = 0.4 + 0.6 * self.sentences[s].stems.len().min(10) as f64 / 10.0;
            self.worth(s) * near * content * state(&self.sentences[s].text)
        };
        let mut best: Vec<usize> =
            (0..self.sentences.len()).filter(|&s| !self.is_plan(s) && self.sentences[s].tells && worth(s) > 0.0).collect();
        self.sort(&mut best, worth);
        let mut picked: Vec<usize> = Vec::new();
        for s in best {
            // Two sentences on one subject in so short a list would hide another subject.
            let apart = picked.iter().all(|&p| likeness(&self.sentences[p].stems, &self.sentences[s].stems) < 0.3);
            // A third only if it tells nearly as much as the first.
            let enough = picked.len() < 2 || worth(s) > 0.6 * worth(picked[0]);
            if picked.len() < STANDING && apart && enough && !self.repeats(s, chosen) {
                picked.push(s);
                chosen.push(s);
            }
        }
        picked.sort_unstable();
        picked.into_iter().map(|s| self.entry(Grouping::Standing, s)).collect()
    }

    fn next(&self, chosen: &mut Vec<usize>) -> Vec<Entry> {
        let mut picked: Vec<usize> = Vec::new();
        // The newest plan; then what the two notes before it left open, if that leaves room.
        for age in 0..3 {
            for s in (0..self.sentences.len()).filter(|&s| self.sentences[s].age == age) {
                let sentence = &self.sentences[s];
                let planned = sentence.place.is_plan() || (age == 0 && intends(&sentence.text) && sentence.tells);
                let open = age == 0 || (picked.len() < 2 && !self.superseded(s));
                if planned && open && picked.len() < NEXT && !sentence.text.is_empty() && !self.repeats(s, chosen) {
                    picked.push(s);
                    chosen.push(s);
                }
            }
        }
        // What was planned stands before what the client would like.
        picked.sort_by_key(|&s| (self.sentences[s].age, !self.is_plan(s), s));
        picked.into_iter().map(|s| self.entry(Grouping::Next, s)).collect()
    }

    /// Whether a newer note speaks of this point: then it was taken up, or replaced.
    fn superseded(&self, s: usize) -> bool {
        let point = &self.sentences[s];
        let newer = || self.sentences.iter().filter(|n| n.age < point.age);
        newer().any(|n| shared(&n.stems, &point.stems) * 2 >= point.stems.len())
    }

    fn recurring(&self, chosen: &mut Vec<usize>) -> Vec<Entry> {
        let mut weight = self.theme_weights();
        let mut entries = Vec::new();
        let candidates: Vec<usize> = (0..self.sentences.len()).filter(|&s| !self.is_plan(s) && self.sentences[s].tells).collect();
        while entries.len() < RECURRING {
            let worth = |s: usize| {
                let sentence = &self.sentences[s];
                let themes: f64 = sentence.stems.iter().map(|&stem| weight[stem as usize]).sum();
                themes / (sentence.stems.len() as f64 + 2.0).sqrt() * self.worth(s) * (0.5 + 0.5 * recency(sentence.age))
            };
            let fresh = candidates.iter().copied().filter(|&s| worth(s) > 0.0 && !self.repeats(s, chosen));
            let Some(best) = fresh.min_by(|&a, &b| worth(b).total_cmp(&worth(a)).then(a.cmp(&b))) else { break };
            let stems = &self.sentences[best].stems;
            let Some(theme) = stems.iter().copied().min_by(|&a, &b| weight[b as usize].total_cmp(&weight[a as usize]).then(a.cmp(&b)))
            else {
                break;
            };
            entries.push(Entry { sources: self.returns(best, theme), ..self.entry(Grouping::Recurring, best) });
            chosen.push(best);
            for stem in stems.iter().copied().chain(self.companions(theme)) {
                weight[stem as usize] = 0.0;
            }
        }
        entries
    }

    /// For each stem how much of a theme it is: nothing below three sessions; names and what came up lately count
    /// for more, what is in nearly every note for less.
    fn theme_weights(&self) -> Vec<f64> {
        let mut ages: Vec<Vec<usize>> = vec![Vec::new(); self.vocabulary.len()];
        for sentence in self.sentences.iter().filter(|s| !s.place.is_plan()) {
            for &stem in &sentence.stems {
                let ages = &mut ages[stem as usize];
                if ages.last() != Some(&sentence.age) {
                    ages.push(sentence.age);
                }
            }
        }
        let everywhere = |sessions: usize| self.notes.len() >= 6 && sessions * 10 > self.notes.len() * 8;
        let weigh = |(stem, ages): (usize, &Vec<usize>)| {
            let newest = ages.first().copied().unwrap_or(NOTES);
            if ages.len() < RETURNS || !self.vocabulary.may_be_theme(stem as u32) {
                return 0.0;
            }
            let name = if self.vocabulary.is_name(stem as u32) { 1.6 } else { 1.0 };
            let common = if everywhere(ages.len()) { 0.4 } else { 1.0 };
            (ages.len() as f64).ln() * name * common * (0.4 + 0.6 * recency(newest))
        };
        ages.iter().enumerate().map(weigh).collect()
    }

    /// Stems that mostly stand beside `theme`: part of the same theme.
    fn companions(&self, theme: u32) -> Vec<u32> {
        let (mut with, mut all) = (vec![0_usize; self.vocabulary.len()], vec![0_usize; self.vocabulary.len()]);
        for sentence in &self.sentences {
            let beside = sentence.stems.binary_search(&theme).is_ok();
            for &stem in &sentence.stems {
                all[stem as usize] += 1;
                with[stem as usize] += usize::from(beside);
            }
        }
        let own = all[theme as usize];
        let close = |stem: &u32| with[*stem as usize] * 2 >= own + all[*stem as usize] - with[*stem as usize];
        (0..self.vocabulary.len() as u32).filter(close).collect()
    }

    /// The passages in which `theme` came back, of the newest sessions and always the chosen one, oldest first.
    fn returns(&self, chosen: usize, theme: u32) -> Vec<Citation> {
        let own = &self.sentences[chosen];
        let mut cited = vec![chosen];
        let mut ages = BTreeSet::from([own.age]);
        let has = |s: &usize| !self.is_plan(*s) && self.sentences[*s].stems.binary_search(&theme).is_ok();
        let mut passages: Vec<usize> = (0..self.sentences.len()).filter(has).collect();
        // Newest session first, and in it the passage closest to the chosen sentence.
        passages.sort_by_key(|&s| (self.sentences[s].age, std::cmp::Reverse(shared(&self.sentences[s].stems, &own.stems)), s));
        for s in passages {
            if cited.len() < CITED && ages.insert(self.sentences[s].age) {
                cited.push(s);
            }
        }
        cited.sort_by_key(|&s| std::cmp::Reverse(self.sentences[s].age));
        cited.into_iter().map(|s| self.citation(s)).collect()
    }
}

fn sentence<'a>(vocabulary: &mut Vocabulary, age: usize, place: Place, piece: &'a str) -> Sentence<'a> {
    let quote = clip(piece, sentences::SENTENCE_CHARS);
    let mut text = plain(quote);
    if quote.len() < piece.len() {
        text.push('…');
    }
    let reading = vocabulary.read(&text);
    let tells = reading.words >= 4 && reading.stems.len() >= 2 && !text.ends_with(':');
    Sentence { age, place, text, quote, stems: reading.stems, words: reading.words, tells, worth: 0.0 }
}

fn worth(sentence: &Sentence, rank: f64) -> f64 {
    let length = match sentence.words {
        0..4 => 0.4,
        4..7 => 0.8,
        7..31 => 1.0,
        _ => 0.75,
    };
    // The square root keeps one crowded word from deciding: the section counts for as much.
    rank.sqrt() * sentence.place.weight() * length * phrasing(&sentence.text)
}

/// A worth as a sort key, in the total order of numbers.
#[derive(PartialEq)]
struct Worth(f64);

impl Eq for Worth {}

impl Ord for Worth {
    fn cmp(&self, other: &Worth) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Worth {
    fn partial_cmp(&self, other: &Worth) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// From 1 for the newest note down; old notes still count a little.
fn recency(age: usize) -> f64 {
    0.85_f64.powi(age.min(NOTES) as i32).max(0.1)
}

fn has_word(text: &str, words: &[&str]) -> bool {
    let text = text.to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word))
}

/// A sentence that leans on the one before it, or asks, tells less when it stands alone.
fn phrasing(text: &str) -> f64 {
    let first = text.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()).unwrap_or_default().to_lowercase();
    let leans = ["it", "this", "that", "these", "those", "then", "but", "and", "so", "also", "however", "because", "which", "there"];
    let leaning = if leans.contains(&first.as_str()) { 0.65 } else { 1.0 };
    if text.ends_with('?') { leaning * 0.8 } else { leaning }
}

/// How much a sentence speaks of a state, or of a change of it, rather than of the hour itself.
fn state(text: &str) -> f64 {
    const STATE: &[&str] = &[
        "still", "now", "since", "back", "again", "around", "longer", "returned", "started", "stopped", "less", "more", "better", "worse",
        "than", "first", "sleep", "sleeping", "sleeps", "works", "working", "eats", "eating", "drinks", "drinking", "most", "every",
    ];
    const SCENE: &[&str] = &["arrived", "came", "sat", "greeted", "entered", "wore", "door", "chair", "coat", "bag", "minutes", "tea"];
    let state = if has_word(text, STATE) { 1.35 } else { 1.0 };
    let own_words = if text.contains('“') { 1.1 } else { 1.0 };
    let scene = if has_word(text, SCENE) { 0.7 } else { 1.0 };
    state * own_words * scene
}

/// Whether a sentence outside a plan says what is to come.
fn intends(text: &str) -> bool {
    const PHRASES: &[&str] = &["would like to", "wants to", "next time", "next session", "next week", "plans to", "will bring", "intends to"];
    let text = text.to_lowercase();
    PHRASES.iter().any(|phrase| text.contains(phrase))
}

/// A plan's point, as a sentence: a capital, and an end.
fn as_sentence(text: String) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return text };
    let mut sentence: String = first.to_uppercase().chain(chars).collect();
    if sentence.ends_with([',', ';', ':']) {
        sentence.pop();
    }
    if !sentence.ends_with(['.', '?', '!', '…', '”', '"', ')']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests;
