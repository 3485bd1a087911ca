//! Text with natural word frequencies: which word follows which is learnt from the stories of the sample practice, and among them stand
//! rare words, as many as Zipf's law wants, so that the search index is as large as that of real notes.

use std::collections::HashMap;

use include_dir::{Dir, include_dir};

use crate::chance::Chance;

static STORIES: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/sample");
/// Rare words there are, and how many in a hundred words are one of them.
const RARE: usize = 60_000;
const RARE_IN_HUNDRED: usize = 9;
/// Shorter ones are names and remarks, not prose.
const PROSE: usize = 60;

/// A word, and the places in the stories where it is followed by another.
pub struct Text {
    words: Vec<String>,
    /// By the number of a word, those that followed it, as often as they did.
    after: Vec<Vec<u32>>,
    /// Those with which a sentence began.
    first: Vec<u32>,
    rare: Vec<String>,
}

impl Text {
    /// Learns from the stories.
    pub fn learn() -> Self {
        let (mut words, mut numbers, mut after, mut first) = (Vec::new(), HashMap::new(), Vec::<Vec<u32>>::new(), Vec::new());
        for file in STORIES.files() {
            let Some(Ok(story)) = file.contents_utf8().map(toml::from_str::<toml::Value>) else { continue };
            prose(&story, &mut |text| {
                let mut before = None;
                for word in text.split_whitespace() {
                    let number = *numbers.entry(word.to_owned()).or_insert_with(|| {
                        words.push(word.to_owned());
                        after.push(Vec::new());
                        u32::try_from(words.len() - 1).unwrap_or_default()
                    });
                    match before {
                        Some(before) => after[before as usize].push(number),
                        None => first.push(number),
                    }
                    before = (!ends(word)).then_some(number);
                }
            });
        }
        Self { words, after, first, rare: rare() }
    }

    /// At least so many bytes, in whole sentences and paragraphs.
    pub fn write(&self, bytes: usize, chance: &mut Chance) -> String {
        let mut text = String::with_capacity(bytes + 200);
        let mut sentences = 0;
        while text.len() < bytes {
            if !text.is_empty() {
                // A paragraph has about five sentences.
                text.push_str(if sentences % 5 == 0 { "\n\n" } else { " " });
            }
            self.sentence(&mut text, chance);
            sentences += 1;
        }
        text
    }

    /// One sentence without its stop, for homework and the like.
    pub fn line(&self, chance: &mut Chance) -> String {
        let mut line = String::new();
        self.sentence(&mut line, chance);
        let most = line.char_indices().map(|(at, _)| at).take_while(|at| *at < 90).last().unwrap_or_default();
        line.truncate(most);
        line.trim_end_matches(['.', '?', '!', ',', ' ']).to_owned()
    }

    fn sentence(&self, text: &mut String, chance: &mut Chance) {
        const LONGEST: usize = 40;
        let mut word = self.first[chance.below(self.first.len())];
        for number in 0..LONGEST {
            if number > 0 {
                text.push(' ');
            }
            let next = &self.after[word as usize];
            let last = next.is_empty() || number + 1 == LONGEST;
            if number > 0 && !last && chance.in_hundred(RARE_IN_HUNDRED) {
                // As frequent as its rank is low.
                let rank = (RARE as f64).powf(chance.part());
                text.push_str(&self.rare[(rank as usize).min(RARE - 1)]);
            } else {
                text.push_str(&self.words[word as usize]);
            }
            if last {
                break;
            }
            word = next[chance.below(next.len())];
        }
        if !text.ends_with(['.', '?', '!']) {
            text.push('.');
        }
    }
}

fn ends(word: &str) -> bool {
    word.ends_with(['.', '?', '!'])
}

/// Every text of a story that is prose.
fn prose(value: &toml::Value, tell: &mut dyn FnMut(&str)) {
    match value {
        toml::Value::String(text) if text.len() >= PROSE => tell(text),
        toml::Value::Array(values) => values.iter().for_each(|value| prose(value, tell)),
        toml::Value::Table(table) => table.values().for_each(|value| prose(value, tell)),
        _ => {}
    }
}

/// Words that nobody has used yet, each made of syllables by its rank.
fn rare() -> Vec<String> {
    const SYLLABLES: [&str; 40] = [
        "ba", "den", "mor", "ti", "sel", "ran", "go", "pre", "lis", "ter", "wan", "hol", "mer", "fi", "nor", "cas", "del", "ver", "po",
        "ric", "stan", "el", "bro", "ken", "hal", "vi", "tor", "mas", "le", "dun", "gar", "wick", "sha", "ny", "pel", "ton", "ur", "cre",
        "sig", "low",
    ];
    let count = SYLLABLES.len();
    (0..RARE)
        .map(|rank| {
            let mut left = rank;
            let mut word = String::new();
            for _ in 0..4 {
                word.push_str(SYLLABLES[left % count]);
                left /= count;
                if left == 0 && word.len() > 4 {
                    break;
                }
            }
            word
        })
        .collect()
}
