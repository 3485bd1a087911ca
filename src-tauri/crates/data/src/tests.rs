//! A data set is whole records that the core made, of about the size that its table says.

use chrono::DateTime;

use crate::{Set, Stock, WEEKS, make};

fn made() -> (tempfile::TempDir, Stock) {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("weeks");
    let now = DateTime::parse_from_rfc3339("2026-01-15T11:12:00Z").unwrap().to_utc();
    make(WEEKS, &place, now, |_| {}).unwrap();
    let stock = Stock::at(&place).unwrap();
    (folder, stock)
}

#[test]
fn a_set_has_the_clients_sessions_and_words_it_was_asked_for_and_ten_events_a_session() {
    let (_folder, stock) = made();
    let about = stock.about().unwrap();
    let near = |found: u64, wanted: u64, hundredths: u64| found.abs_diff(wanted) * 100 <= wanted * hundredths;
    assert_eq!(about.clients, 34, "{about:?}");
    assert!(near(about.sessions, 120, 10), "{about:?}");
    assert!(near(about.note_bytes, 4_000 * about.notes, 15) && about.notes > 50, "{about:?}");
    assert!(near(about.audit_events, 10 * about.sessions, 40), "{about:?}");
}

#[test]
fn its_chain_holds_and_it_opens_with_its_own_words_alone() {
    let (_folder, stock) = made();
    let opened = stock.open(1).unwrap();
    let records = practice::store::Records::new(opened.connections);
    let moment = stock.about().unwrap().moment();
    assert_eq!(records.agreement().unwrap(), practice::store::anchor::Agreement::Agrees);
    let found = records.read(moment, practice::words::Veil::Open, |r| practice::audit::verify(r, &mut |_, _| true)).unwrap();
    assert!(found.broken_at.is_none() && found.altered_note.is_none() && found.events > 800, "{found:?}");
}

#[test]
fn words_for_sets_that_are_not_there_name_none() {
    assert_eq!(Set::named("career").map(|set| set.sessions), Some(40_000));
    assert!(Set::named("century").is_none());
}
