//! A client's past sessions, with their states, and search in their notes.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Session, SessionState, Which, load, store};
use crate::audit::{Act, Event};
use crate::clients::Name;
use crate::error::Result;
use crate::id::{ClientId, NoteId};
use crate::notes;
use crate::store::Reader;
use crate::words::Veiled;

/// Which sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum HistoryFilter {
    All,
    Completed,
    AwaitingApproval,
    Cancelled,
    NoShow,
}

/// The history of a client.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct History {
    /// Whose.
    pub client: ClientId,
    /// Their name.
    pub name: Name,
    /// Newest first.
    pub rows: Vec<HistoryRow>,
    /// How many there are of each, among those found.
    pub counts: HistoryCounts,
    /// Past sessions in all.
    pub total: u32,
}

/// A past session.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct HistoryRow {
    /// The session.
    pub session: Session,
    /// Where the note says what is looked for, with `[[` and `]]` around each match.
    pub excerpt: Option<Veiled>,
}

/// How many sessions each filter holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct HistoryCounts {
    pub all: u32,
    pub completed: u32,
    pub awaiting_approval: u32,
    pub cancelled: u32,
    pub no_show: u32,
}

/// All past sessions of a client; with `find`, those whose note says it. The read is entered in the trail.
///
/// # Errors
/// `NotFound`.
pub fn of(r: &Reader, client: ClientId, filter: HistoryFilter, find: &str) -> Result<History> {
    let name = store::participant_of(r, client)?.name;
    let past = load(r, Which::PastOf { client })?;
    let total = u32::try_from(past.len()).unwrap_or(u32::MAX);
    let rows = if find.trim().is_empty() {
        r.was_read(Event::new(Act::ClientRead, "client", Some(client.0), Some(client)).with(json!({ "page": "history" })));
        past.into_iter().map(|session| HistoryRow { session, excerpt: None }).collect()
    } else {
        r.was_read(Event::new(Act::NotesSearched, "client", Some(client.0), Some(client)));
        found(past, notes::search::matching_of(r, client, find)?)
    };
    let counts = HistoryCounts::of(&rows);
    let rows = rows.into_iter().filter(|row| filter.holds(row.session.state)).collect();
    Ok(History { client, name, rows, counts, total })
}

/// The sessions whose counting note is among those that match.
fn found(past: Vec<Session>, mut excerpts: HashMap<NoteId, Veiled>) -> Vec<HistoryRow> {
    let row = |session: Session| {
        let excerpt = excerpts.remove(&session.note.as_ref()?.id)?;
        Some(HistoryRow { session, excerpt: Some(excerpt) })
    };
    past.into_iter().filter_map(row).collect()
}

impl HistoryFilter {
    /// A session in progress is past only where all are asked for: nothing has become of it yet.
    fn holds(self, state: SessionState) -> bool {
        match self {
            Self::All => true,
            Self::Completed => state == SessionState::Completed,
            Self::AwaitingApproval => state == SessionState::AwaitingApproval,
            Self::Cancelled => state == SessionState::Cancelled,
            Self::NoShow => state == SessionState::NoShow,
        }
    }
}

impl HistoryCounts {
    fn of(rows: &[HistoryRow]) -> Self {
        let count =
            |filter: HistoryFilter| u32::try_from(rows.iter().filter(|row| filter.holds(row.session.state)).count()).unwrap_or(u32::MAX);
        Self {
            all: count(HistoryFilter::All),
            completed: count(HistoryFilter::Completed),
            awaiting_approval: count(HistoryFilter::AwaitingApproval),
            cancelled: count(HistoryFilter::Cancelled),
            no_show: count(HistoryFilter::NoShow),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::SessionId;
    use crate::sessions::Attendance;
    use crate::sessions::tests::{approve, book, client, set};
    use crate::testing::Desk;

    fn history(desk: &Desk, client: ClientId, filter: HistoryFilter) -> (Vec<SessionId>, History) {
        let history = desk.read(|r| of(r, client, filter, " ")).unwrap();
        (history.rows.iter().map(|row| row.session.id).collect(), history)
    }

    #[test]
    fn past_sessions_come_newest_first_with_the_count_of_each_state() {
        let mut desk = Desk::new();
        let amara = client(&mut desk, "Nwachukwu");
        let [completed, no_show, cancelled, awaiting, cancelled_to_come, _to_come] =
            ["2026-01-05 10:00", "2026-01-06 10:00", "2026-01-07 10:00", "2026-01-08 10:00", "2026-02-05 10:00", "2026-02-06 10:00"]
                .map(|start| book(&mut desk, &[amara], start));
        approve(&mut desk, completed);
        set(&mut desk, no_show, Attendance::NoShow);
        set(&mut desk, cancelled, Attendance::CancelledByTherapist);
        set(&mut desk, cancelled_to_come, Attendance::CancelledByTherapist);

        let (rows, all) = history(&desk, amara, HistoryFilter::All);
        assert_eq!(rows, [awaiting, cancelled, no_show, completed]);
        assert_eq!(all.counts, HistoryCounts { all: 4, completed: 1, awaiting_approval: 1, cancelled: 1, no_show: 1 });
        assert_eq!(all.total, 4);
        for (filter, only) in [
            (HistoryFilter::Completed, completed),
            (HistoryFilter::NoShow, no_show),
            (HistoryFilter::Cancelled, cancelled),
            (HistoryFilter::AwaitingApproval, awaiting),
        ] {
            let (rows, filtered) = history(&desk, amara, filter);
            assert_eq!(rows, [only], "{filter:?}");
            assert_eq!(filtered.counts, all.counts, "{filter:?}");
        }
    }

    #[test]
    fn a_session_in_progress_is_in_no_filter_but_all() {
        let mut desk = Desk::new();
        let amara = client(&mut desk, "Nwachukwu");
        book(&mut desk, &[amara], "2026-01-15 11:00");
        let (rows, all) = history(&desk, amara, HistoryFilter::All);
        assert_eq!(rows.len(), 1);
        assert_eq!(all.counts, HistoryCounts { all: 1, ..HistoryCounts::default() });
    }

    #[test]
    fn a_shared_session_is_in_the_history_of_everyone_in_it() {
        let mut desk = Desk::new();
        let (amara, jo) = (client(&mut desk, "Nwachukwu"), client(&mut desk, "Whitfield"));
        let shared = book(&mut desk, &[amara, jo], "2026-01-05 10:00");
        assert_eq!(history(&desk, amara, HistoryFilter::All).0, [shared]);
        assert_eq!(history(&desk, jo, HistoryFilter::All).0, [shared]);
    }

    #[test]
    fn looking_for_words_leaves_the_sessions_whose_note_says_them() {
        let mut desk = Desk::new();
        let amara = client(&mut desk, "Nwachukwu");
        let [one, other, _] = ["2026-01-05 10:00", "2026-01-06 10:00", "2026-01-07 10:00"].map(|start| book(&mut desk, &[amara], start));
        let note = approve(&mut desk, one);
        approve(&mut desk, other);
        let past = desk.read(|r| load(r, Which::PastOf { client: amara })).unwrap();
        let excerpt = Veiled::Shown { text: "the [[bridge]]".to_owned() };
        let rows = found(past, HashMap::from([(note, excerpt.clone())]));
        assert_eq!(rows.iter().map(|row| (row.session.id, row.excerpt.clone())).collect::<Vec<_>>(), [(one, Some(excerpt))]);
        assert_eq!(HistoryCounts::of(&rows), HistoryCounts { all: 1, completed: 1, ..HistoryCounts::default() });
    }
}
