//! Search in notes, inside the encryption: what was typed becomes a safe full-text query, matched by prefix.

use serde::{Deserialize, Serialize};

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::{NoteState, store};
use crate::audit::{Act, Event};
use crate::error::Result;
use crate::id::{ClientId, NoteId, SessionId};
use crate::sessions::{self, Session, Which};
use crate::store::Reader;
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

/// Notes that say all the words of `find`, the one begun last first; psychotherapy notes and those entered in error are left out.
/// Returns the first `limit` and how many there are in all.
pub fn notes(r: &Reader, find: &str, limit: u32) -> Result<(Vec<FoundNote>, u32)> {
    let Some(query) = query(find) else { return Ok((Vec::new(), 0)) };
    r.was_read(Event::new(Act::NotesSearched, "note", None, None));
    let first = store::matches(r, &query, limit)?;
    // Fewer than were asked for are all there are.
    let few = u32::try_from(first.len()).unwrap_or(u32::MAX);
    let all = if few < limit { few } else { store::many(r, &query)? };
    let ids: Vec<SessionId> = first.iter().map(|found| found.session).collect();
    let sessions = sessions::load(r, Which::ByIds(&ids))?;
    let found = first.into_iter().zip(sessions).map(|(found, session)| FoundNote {
        note: found.note,
        session,
        approved: found.state == NoteState::Approved,
        excerpt: r.veil.text(found.excerpt),
    });
    Ok((found.collect(), all))
}

/// The notes of a client that say all the words of `find`, each with where it says so. Empty when nothing can be looked for.
pub(crate) fn matching_of(r: &Reader, client: ClientId, find: &str) -> Result<HashMap<NoteId, Veiled>> {
    let Some(query) = query(find) else { return Ok(HashMap::new()) };
    r.was_read(Event::new(Act::NotesSearched, "note", None, Some(client)));
    Ok(store::matches_of(r, client, &query)?.into_iter().map(|(note, excerpt)| (note, r.veil.text(excerpt))).collect())
}

/// More words than this do not narrow a search.
const WORDS: usize = 16;
/// Longer words are nobody's.
const WORD_CHARS: usize = 64;

/// What was typed as a full-text query: every word a quoted prefix, so that nothing in it is taken for an operator. Words of
/// fewer than two letters are passed over; `None` when none is left.
pub(super) fn query(find: &str) -> Option<String> {
    let find: String = find.chars().take(WORDS * WORD_CHARS).nfc().collect();
    let words: Vec<String> = find
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| word.chars().filter(|c| c.is_alphanumeric()).take(2).count() == 2)
        .take(WORDS)
        .map(|word| format!("\"{}\"*", word.chars().take(WORD_CHARS).collect::<String>().replace('"', "\"\"")))
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn every_word_is_a_quoted_prefix_and_nothing_is_an_operator() {
        assert_eq!(query("sleep OR a diary*").as_deref(), Some("\"sleep\"* \"OR\"* \"diary*\"*"));
        assert_eq!(query("NEAR(\"x y\")").as_deref(), Some("\"NEAR(\"\"x\"*"));
        assert_eq!(query("a ! \0"), None);
    }
}
