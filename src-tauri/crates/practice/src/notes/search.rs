//! Search in notes, inside the encryption: what was typed becomes a safe full-text query, matched by prefix.

use serde::{Deserialize, Serialize};

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::{NoteState, store};
use crate::audit::{Act, Event};
use crate::error::Result;
use crate::id::{ClientId, NoteId, SessionId};
use crate::sessions::{self, Session, Which};
use crate::store::{Reader, Writer};
use crate::words::Veiled;

/// A note that says what is looked for.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct FoundNote {
    /// Which.
    pub note: NoteId,
    /// Its session.
    pub session: Session,
    /// It is approved.
    pub approved: bool,
    /// With `[[` and `]]` around each match.
    pub excerpt: Veiled,
}

/// How many there are, counted no further than needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Many {
    /// So many.
    pub count: u32,
    /// And more.
    pub more: bool,
}

/// What is found is counted no further than this: to go through all that say a word of every day takes longer than to read it.
pub(super) const COUNTED: u32 = 100;

impl Many {
    /// Of what was counted to one more than `most`.
    pub(super) fn of(counted: u32, most: u32) -> Self {
        Self { count: counted.min(most), more: counted > most }
    }
}

/// Notes that say all the words of `find`, the one begun last first; psychotherapy notes and those entered in error are left out.
/// Returns the first `limit` and how many there are.
pub fn notes(r: &Reader, find: &str, limit: u32) -> Result<(Vec<FoundNote>, Many)> {
    let Some(query) = query(r, find)? else { return Ok((Vec::new(), Many { count: 0, more: false })) };
    r.was_read(Event::new(Act::NotesSearched, "note", None, None));
    let first = store::matches(r, &query, limit)?;
    // Fewer than were asked for are all there are.
    let few = u32::try_from(first.len()).unwrap_or(u32::MAX);
    let most = COUNTED.max(limit);
    let many = Many::of(if few < limit { few } else { store::many(r, &query, most + 1)? }, most);
    let ids: Vec<SessionId> = first.iter().map(|found| found.session).collect();
    let sessions = sessions::load(r, Which::ByIds(&ids))?;
    let found = first.into_iter().zip(sessions).map(|(found, session)| FoundNote {
        note: found.note,
        session,
        approved: found.state == NoteState::Approved,
        excerpt: r.veil.text(found.excerpt),
    });
    Ok((found.collect(), many))
}

/// The notes of a client that say all the words of `find`, each with where it says so. Empty when nothing can be looked for.
pub(crate) fn matching_of(r: &Reader, client: ClientId, find: &str) -> Result<HashMap<NoteId, Veiled>> {
    let Some(query) = query(r, find)? else { return Ok(HashMap::new()) };
    r.was_read(Event::new(Act::NotesSearched, "note", None, Some(client)));
    Ok(store::matches_of(r, client, &query)?.into_iter().map(|(note, excerpt)| (note, r.veil.text(excerpt))).collect())
}

/// Whether [`merge`] has something to do.
///
/// # Errors
/// Faults only.
pub fn is_to_merge(r: &Reader) -> Result<bool> {
    store::is_to_merge(r)
}

/// Puts a little of what was added to the index together, so that writing never has to. Called again and again while nobody writes.
///
/// # Errors
/// Faults only.
pub fn merge(w: &mut Writer) -> Result<()> {
    store::merge(w)
}

/// More words than this do not narrow a search.
const WORDS: usize = 16;
/// Longer words are nobody's.
const WORD_CHARS: usize = 64;
/// Beginnings of so many letters the index holds itself.
const INDEXED: usize = 3;
/// Where more words begin alike, the index puts them together itself.
const ALIKE: u32 = 128;

/// What was typed as a full-text query: every word a quoted prefix, so that nothing in it is taken for an operator. Words of
/// fewer than two letters are passed over; `None` when none is left.
pub(super) fn query(r: &Reader, find: &str) -> Result<Option<String>> {
    let words = typed(find).iter().map(|word| beginning_with(r, word)).collect::<Result<Vec<_>>>()?;
    Ok((!words.is_empty()).then(|| words.join(" AND ")))
}

/// The words that are looked for, without what stands around them.
fn typed(find: &str) -> Vec<String> {
    let find: String = find.chars().take(WORDS * WORD_CHARS).nfc().collect();
    find.split(|c: char| c.is_whitespace() || c.is_control())
        .map(|word| word.trim_matches(|c: char| c.is_ascii_punctuation()))
        .filter(|word| word.chars().filter(|c| c.is_alphanumeric()).take(2).count() == 2)
        .take(WORDS)
        .map(|word| word.chars().take(WORD_CHARS).collect())
        .collect()
}

/// Notes with a word that begins so. For a beginning that the index does not hold, it first collects every place of every such word, which
/// takes the longer the more often they are said; the words themselves, asked for one by one, it goes through no further than needed.
fn beginning_with(r: &Reader, word: &str) -> Result<String> {
    // "mother-in-l" is three words to the index, of which the last is begun. It is known of letters without accents how the index writes them.
    let (before, begun) = word.split_at(word.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len());
    let is_word = before.is_empty() || before.ends_with(|c: char| c.is_ascii());
    let words = match begun.len() {
        _ if !is_word => Vec::new(),
        // One letter begins nearly all there is.
        1 => vec![begun.to_owned()],
        0..=INDEXED => Vec::new(),
        _ => store::words(r, &begun.to_ascii_lowercase(), ALIKE + 1)?,
    };
    if words.is_empty() || words.len() > ALIKE as usize {
        return Ok(format!("{}*", quoted(word)));
    }
    Ok(format!("({})", words.iter().map(|word| quoted(&format!("{before}{word}"))).collect::<Vec<_>>().join(" OR ")))
}

fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Desk;

    fn asked(find: &str) -> Option<String> {
        Desk::new().read(|r| query(r, find)).unwrap()
    }

    #[test]
    fn every_word_is_a_quoted_prefix_and_nothing_is_an_operator() {
        assert_eq!(asked("sleep OR a diary*").as_deref(), Some("\"sleep\"* AND \"OR\"* AND \"diary\"*"));
        assert_eq!(asked("NEAR(\"x y\")").as_deref(), Some("(\"NEAR(\"\"x\")"));
        assert_eq!(asked("a ! \0"), None);
    }

    #[test]
    fn a_beginning_is_asked_for_by_the_words_that_begin_so() {
        let mut desk = Desk::new();
        let sql =
            "INSERT INTO note_search (rowid, body) VALUES (1, 'Asleep. Sleeping, SLEEPS; mother-in-law'), (2, 'sleet \u{e9}sleep mothers')";
        desk.conn_mut().execute_batch(sql).unwrap();
        let asked = |find: &str| desk.read(|r| query(r, find)).unwrap().unwrap();
        assert_eq!(asked("Sleep"), "(\"sleeping\" OR \"sleeps\")");
        assert_eq!(asked("\"slee,"), "(\"sleeping\" OR \"sleeps\" OR \"sleet\")");
        assert_eq!(asked("mother-in-l"), "(\"mother-in-l\")");
        assert_eq!(asked("in-moth"), "(\"in-mother\" OR \"in-mothers\")");
        // Of other letters only the index knows how it writes them.
        assert_eq!(asked("\u{e9}sleep sle"), "\"\u{e9}sleep\"* AND \"sle\"*");
    }

    #[test]
    fn many_are_counted_no_further_than_needed() {
        assert_eq!(Many::of(100, 100), Many { count: 100, more: false });
        assert_eq!(Many::of(101, 100), Many { count: 100, more: true });
    }
}
