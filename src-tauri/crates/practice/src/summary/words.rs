//! Words to stems, and which words carry no meaning of their own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_stemmers::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation;

/// Longer "words" are pasted keys or addresses.
const WORD_CHARS: usize = 40;

/// Words without meaning of their own: never compared, never a theme. Apostrophes are left out.
const STOP: &str = "a about above after again against all almost alone along already also although always am among an and another any \
anyone anything are arent around as asked at away be became because become been before began being below between both but by came can cant cannot \
come comes could couldnt did didnt do does doesnt doing done dont down during each either else enough etc even ever every everyone \
everything few for from further gave get gets getting give given go goes going gone got had hadnt has hasnt have havent having he hed \
hell her here hers herself hes him himself his how however i id if ill im in into is isnt it itd itll its itself ive just keep keeps \
kept know known last less let lets like likely made make makes many may me might mine more most much must my myself near neither \
never no nobody none nor not nothing now of off often on once one only onto or other others our ours ourselves out over own per \
perhaps put quite rather really said same saw say saying says see seem seemed seems seen several shall she shed shell shes should shouldnt since so \
some somebody someone something sometimes soon still such take taken takes tell than that thats the their theirs them themselves \
then there theres these they theyd theyll theyre theyve thing things this those though through till to today together told too took \
toward towards two under until up upon us used using very want wanted wants was wasnt way we wed well went were werent weve what \
whatever when where whether which while who whom whose why will with within without wont would wouldnt yes yet you youd youll your \
youre yours yourself";

/// Words that stand in every practice's notes: fine for comparing, too general to be a theme.
const GENERAL: &str = "able affect agree appear arrive ask asks aware back bad begin begins behaviour better big bit bring brought call called calls \
calm change changed changes check choose client clear close closed conversation cry cried day days describe described describes difficult discuss \
discussed discusses early easy end ended evening example expect explore explored explores fact far feel feeling feelings feels felt find \
fine finish first five for form found four full good great half happen happened hard hear heard held help helped helps high hold hour hours \
hundred idea important issue late later lead learn leave left level life list listen little long longer look looked looking looks lot low \
lunch mean means mention mentioned mind minute minutes moment moments month months morning move moved name named need needed needs new next \
night nights note noted notice noticed notices number offer old open pain part past pattern people person place plan planned plans point present question \
quick quiet quietly read ready reason recent recently remain remains remember report reported reports respond response right room rest risk return returned run \
second seen sense sentence session sessions set short show showed shows side sign sit six slow slowly small smile smiled sort space speak speaking speaks spoke \
spend spent stand start started stay stayed step steps stop stopped stood story sure talk talked talking ten tend therapist therapy think thinking thinks third thought thoughts \
three throughout time times tonight topic tried tries true try trying turn turned understand use usual usually view visit wait waited week weekend weeks whole wish woke wonder word words \
work worked working works write writes writing wrote wrong year years yesterday zero \
monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays january february march april may june july august \
september october november december seven eight nine eleven twelve half twenty thirty forty fifty sixty \
anxiety anxious mood cope coping emotion emotional distress goal goals progress homework intervention treatment technique skill skills continue continues continued review homework denies \
reflect reflected reflects validate validated validation agreed practise practice exercise exercises normalise normalised link linked name names";

/// What a text says, reduced to what can be compared.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// Stems by number, sorted, each once.
    pub stems: Vec<u32>,
    /// Words of any kind.
    pub words: usize,
}

/// Gives every stem a number in the order met, and remembers how it was written.
pub(super) struct Vocabulary {
    stemmer: Stemmer,
    stop: BTreeSet<String>,
    general: BTreeSet<String>,
    numbers: BTreeMap<String, u32>,
    /// Each word as it was written, with the number of its stem; none where it says nothing. Most words of a note were in another.
    forms: HashMap<String, Option<u32>>,
    seen: Vec<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    general: bool,
    numeric: bool,
    /// Times written with a capital although no sentence began there.
    capital: u32,
    small: u32,
}

impl Vocabulary {
    /// `ignored` are names that say nothing here: the client's own.
    pub fn new(ignored: &[&str]) -> Vocabulary {
        let stemmer = Stemmer::create(Algorithm::English);
        let general = GENERAL.split_whitespace().map(|word| stem(&stemmer, word)).collect();
        let own = ignored.iter().flat_map(|name| name.unicode_words()).map(bare);
        let stop = STOP.split_whitespace().map(str::to_owned).chain(own).collect();
        Vocabulary { stemmer, stop, general, numbers: BTreeMap::new(), forms: HashMap::new(), seen: Vec::new() }
    }

    /// Reads one sentence.
    pub fn read(&mut self, text: &str) -> Reading {
        let mut reading = Reading::default();
        for (n, word) in text.unicode_words().enumerate() {
            reading.words += 1;
            let known = self.forms.get(word).copied();
            let Some(number) = known.unwrap_or_else(|| self.meet(word)) else { continue };
            let seen = &mut self.seen[number as usize];
            if !word.starts_with(char::is_uppercase) {
                seen.small += 1;
            } else if n > 0 {
                seen.capital += 1;
            }
            reading.stems.push(number);
        }
        reading.stems.sort_unstable();
        reading.stems.dedup();
        reading
    }

    /// The number of the stem of a word not met before in this form.
    fn meet(&mut self, word: &str) -> Option<u32> {
        let small = if word.chars().nth(WORD_CHARS).is_some() { String::new() } else { bare(word) };
        let says = small.chars().nth(1).is_some() && !self.stop.contains(&small);
        let number = says.then(|| self.number(&small));
        self.forms.insert(word.to_owned(), number);
        number
    }

    fn number(&mut self, small: &str) -> u32 {
        let stem = stem(&self.stemmer, small);
        if let Some(&number) = self.numbers.get(&stem) {
            return number;
        }
        let number = self.seen.len() as u32;
        let numeric = small.chars().all(|c| !c.is_alphabetic());
        self.seen.push(Seen { general: self.general.contains(&stem), numeric, ..Seen::default() });
        self.numbers.insert(stem, number);
        number
    }

    /// How many stems there are; they are numbered below this.
    pub fn len(&self) -> usize {
        self.seen.len()
    }

    /// Whether the stem says enough to be what keeps coming back.
    pub fn may_be_theme(&self, stem: u32) -> bool {
        let seen = &self.seen[stem as usize];
        !seen.general && !seen.numeric
    }

    /// A name: written with a capital inside sentences, and never without one.
    pub fn is_name(&self, stem: u32) -> bool {
        let seen = &self.seen[stem as usize];
        seen.capital >= 2 && seen.small == 0
    }
}

/// Lower case, without apostrophes and without the genitive.
pub(super) fn bare(word: &str) -> String {
    let word = word.trim_end_matches(['\'', '’']);
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    word.chars().filter(|c| !matches!(c, '\'' | '’')).flat_map(char::to_lowercase).collect()
}

/// The English stemmer is made for ASCII; other words (names, mostly) are compared as they are.
fn stem(stemmer: &Stemmer, word: &str) -> String {
    if word.bytes().all(|b| b.is_ascii_lowercase()) { stemmer.stem(word).into_owned() } else { word.to_owned() }
}

/// Words that carry no weight at the end of a heading.
pub(super) fn is_stop(word: &str) -> bool {
    let word = bare(word);
    STOP.split_whitespace().any(|stop| stop == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem_and_names_are_told_apart() {
        let mut words = Vocabulary::new(&["Amara Nwachukwu"]);
        let one = words.read("She avoids calls from Emeka, her brother");
        let two = words.read("Amara was avoiding Emeka’s call; the brothers met");
        assert_eq!(one.stems, two.stems[..one.stems.len()]);
        let named: Vec<bool> = one.stems.iter().map(|&s| words.is_name(s)).collect();
        assert_eq!(named.iter().filter(|n| **n).count(), 1);
    }
}
