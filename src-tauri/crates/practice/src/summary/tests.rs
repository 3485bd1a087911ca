//! The summary through its life: made by the first approval, behind the next, brought up to date, kept by hand.

use uuid::Uuid;

use super::{
    Grouping, Origin, Passage, Summary, add_offer, add_own, bring_up_to_date, drop_entry, edit_entry, editing, mark_up_to_date, of,
    passages, pin_entry,
};
use crate::error::{Error, Refusal};
use crate::id::{ClientId, EntryId, NoteId};
use crate::notes::addenda::{self, AddendumReason};
use crate::notes::approval::{ErrorReason, approve, mark_in_error, undo_approval};
use crate::notes::tests::{client, desk, session, written};
use crate::testing::Desk;
use crate::words::{Veil, Veiled};

const FIRST: &str =
    "She is back on full hours at the dispensary since Monday.\n\nSleep is around six hours; she still wakes at four before early shifts.";
const SECOND: &str = "Emeka rang about selling the house in Enugu and she let the call ring out.\n\nThe pharmacist caught a near miss with a label on Monday.";

fn amara() -> ClientId {
    ClientId(Uuid::from_u128(1))
}

fn approved(desk: &mut Desk, number: u128, start: &str, text: &str) -> NoteId {
    let session = session(desk, number, start, &[1]);
    let note = written(desk, session, text);
    desk.write(|w| approve(w, note)).unwrap();
    note
}

fn summary(desk: &Desk) -> Summary {
    desk.read(|r| of(r, amara())).unwrap()
}

fn passages_of(desk: &Desk, entry: EntryId) -> Vec<Passage> {
    let all = desk.read(|r| passages(r, amara())).unwrap();
    all.into_iter().filter(|passage| passage.entry == entry).collect()
}

fn word(text: &Veiled) -> &str {
    match text {
        Veiled::Shown { text } => text,
        Veiled::Hidden => "hidden",
    }
}

fn texts(summary: &Summary) -> Vec<&str> {
    summary.entries.iter().map(|entry| word(&entry.text)).collect()
}

#[test]
fn the_first_approval_makes_the_summary_and_the_second_leaves_it_behind() {
    let mut desk = desk();
    assert!(summary(&desk).updated_at.is_none());
    approved(&mut desk, 1, "2026-01-08 12:00", FIRST);
    let first = summary(&desk);
    assert!(first.entries.iter().any(|entry| word(&entry.text).starts_with("Sleep is around six hours")), "{first:#?}");
    assert_eq!((first.notes, first.behind, first.updated_at), (1, 0, Some(desk.moment.at)));
    // At the very same millisecond.
    let newest = approved(&mut desk, 2, "2026-01-12 12:00", SECOND);
    let second = summary(&desk);
    assert_eq!((second.notes, second.behind, texts(&second)), (1, 1, texts(&first)));
    desk.write(|w| bring_up_to_date(w, amara())).unwrap();
    let third = summary(&desk);
    assert_eq!((third.notes, third.behind), (2, 0));
    assert!(third.entries.iter().any(|entry| entry.sources[0].note == newest), "{third:#?}");
    desk.write(|w| bring_up_to_date(w, amara())).unwrap();
    assert_eq!(texts(&summary(&desk)), texts(&third));
}

#[test]
fn a_sentence_shows_the_paragraph_it_came_from() {
    let mut desk = desk();
    let note = approved(&mut desk, 1, "2026-01-08 12:00", FIRST);
    let summary = summary(&desk);
    assert!(!summary.entries.is_empty());
    for entry in &summary.entries {
        let [passage] = &passages_of(&desk, entry.id)[..] else { panic!("one passage: {entry:#?}") };
        assert_eq!((entry.sources.len(), entry.sources[0].note, entry.sources[0].starts_at), (1, note, passage.starts_at));
        assert_eq!((passage.note, passage.number, passage.in_error), (note, Some(1), false));
        assert!(word(&passage.text).contains(word(&passage.quote)) && !word(&passage.text).contains("\n\n"));
    }
    desk.veil = Veil::Discreet;
    let hidden = desk.read(|r| of(r, amara())).unwrap();
    assert!(hidden.entries.iter().all(|entry| entry.text == Veiled::Hidden));
    let hidden = hidden.entries.iter().flat_map(|entry| passages_of(&desk, entry.id)).collect::<Vec<_>>();
    assert!(!hidden.is_empty() && hidden.iter().all(|passage| passage.text == Veiled::Hidden && passage.quote == Veiled::Hidden));
}

#[test]
fn passages_come_in_the_order_of_what_is_cited_and_reading_them_is_in_the_trail() {
    let mut desk = desk();
    approved(&mut desk, 1, "2026-01-08 12:00", FIRST);
    approved(&mut desk, 2, "2026-01-12 12:00", SECOND);
    let cite =
        "INSERT INTO summary_sources (entry_id, position, version_id, quote) SELECT ?1, 9, id, 'the call ring out' FROM note_versions
                 WHERE body LIKE '%ring out%'";
    let entry = summary(&desk).entries[0].id;
    desk.conn().execute(cite, [entry]).unwrap();
    let cited: Vec<_> = summary(&desk).entries[0].sources.iter().map(|source| (source.note, source.starts_at)).collect();
    assert_eq!(cited.len(), 2);
    assert_eq!(passages_of(&desk, entry).iter().map(|passage| (passage.note, passage.starts_at)).collect::<Vec<_>>(), cited);
    desk.write(|w| passages(w, amara()).map(drop)).unwrap();
    let read = "SELECT count(*) FROM audit_events WHERE act = 'client_read'";
    assert_eq!(desk.conn().query_row(read, [], |row| row.get::<_, u32>(0)).unwrap(), 1);
    let nobody = desk.read(|r| passages(r, ClientId(Uuid::from_u128(9)))).map(drop);
    assert!(matches!(nobody, Err(Error::Refused(Refusal::NotFound { .. }))));
}

#[test]
fn what_the_therapist_did_survives_bringing_up_to_date() {
    let mut desk = desk();
    approved(&mut desk, 1, "2026-01-08 12:00", FIRST);
    let entries = summary(&desk).entries;
    let (dropped, edited) = (&entries[0], &entries[1]);
    desk.write(|w| drop_entry(w, dropped.id, true)).unwrap();
    desk.write(|w| edit_entry(w, edited.id, "Sleeps\nsix hours.")).unwrap();
    let own = desk.write(|w| add_own(w, amara(), Grouping::Next, "Ask about the letter.")).unwrap();
    desk.write(|w| pin_entry(w, own, true)).unwrap();
    desk.write(|w| bring_up_to_date(w, amara())).unwrap();
    let after = summary(&desk);
    assert!(!texts(&after).contains(&word(&dropped.text)));
    assert!(!texts(&after).contains(&word(&edited.text)));
    let kept = after.entries.iter().find(|entry| entry.id == edited.id).unwrap();
    assert_eq!((word(&kept.text), kept.sources.len()), ("Sleeps six hours.", 1));
    assert!(after.entries.iter().any(|entry| entry.id == own && entry.sources.is_empty() && entry.pinned));
    let origin = |id| desk.read(|r| super::store::row(r, id)).unwrap().origin;
    assert_eq!((origin(edited.id), origin(own)), (Origin::Edited, Origin::Own));
    let all = desk.read(|r| editing(r, amara())).unwrap().summary;
    assert!(all.entries.iter().any(|entry| entry.id == dropped.id && entry.dropped));
    desk.write(|w| drop_entry(w, dropped.id, false)).unwrap();
    assert!(texts(&summary(&desk)).contains(&word(&dropped.text)));
    assert!(matches!(desk.write(|w| edit_entry(w, own, " \n")), Err(Error::Refused(Refusal::Empty { .. }))));
}

#[test]
fn newer_approvals_and_addenda_are_offered_until_they_were_looked_through() {
    let mut desk = desk();
    let first = approved(&mut desk, 1, "2026-01-08 12:00", FIRST);
    let second = approved(&mut desk, 2, "2026-01-12 12:00", SECOND);
    let addendum = desk.write(|w| addenda::begin(w, first)).unwrap();
    desk.write(|w| addenda::save(w, addendum, AddendumReason::LaterNews, "She has told Emeka about the second of February.")).unwrap();
    assert_eq!(summary(&desk).behind, 1);
    desk.write(|w| addenda::approve(w, addendum)).unwrap();
    assert_eq!(summary(&desk).behind, 2);
    let before = desk.read(|r| editing(r, amara())).unwrap();
    let offered: Vec<_> = before.offers.iter().map(|offer| (offer.note, offer.addendum, offer.added)).collect();
    assert_eq!(offered, [(second, false, false), (second, false, false), (first, true, false)], "{:#?}", before.offers);
    let offer = &before.offers[2];
    let id = desk.write(|w| add_offer(w, amara(), offer.version, word(&offer.text))).unwrap();
    let after = desk.read(|r| editing(r, amara())).unwrap();
    assert_eq!(after.offers.iter().map(|offer| offer.added).collect::<Vec<_>>(), [false, false, true]);
    let entry = after.summary.entries.iter().find(|entry| entry.id == id).unwrap();
    let passage = &passages_of(&desk, entry.id)[0];
    assert_eq!((passage.section, word(&passage.text)), (None, "She has told Emeka about the second of February."));
    assert_eq!(desk.write(|w| add_offer(w, amara(), offer.version, word(&offer.text))).unwrap(), id);
    assert!(matches!(desk.write(|w| add_offer(w, amara(), offer.version, "Invented.")), Err(Error::Refused(Refusal::NotFound { .. }))));
    desk.write(|w| mark_up_to_date(w, amara())).unwrap();
    let done = desk.read(|r| editing(r, amara())).unwrap();
    assert_eq!((done.offers.len(), done.summary.behind, done.summary.notes), (0, 0, 2));
}

#[test]
fn an_undone_approval_takes_its_sentences_out_again() {
    let mut desk = desk();
    let first = approved(&mut desk, 1, "2026-01-08 12:00", FIRST);
    let alone = texts(&summary(&desk)).join("|");
    let second = approved(&mut desk, 2, "2026-01-12 12:00", SECOND);
    desk.write(|w| bring_up_to_date(w, amara())).unwrap();
    desk.write(|w| undo_approval(w, second)).unwrap();
    let after = summary(&desk);
    assert!(after.entries.iter().all(|entry| entry.sources.iter().all(|source| source.note == first)), "{after:#?}");
    assert_eq!((after.notes, after.behind), (1, 0));
    desk.write(|w| undo_approval(w, first)).unwrap();
    let none = summary(&desk);
    assert!(none.entries.is_empty() && none.updated_at.is_none() && none.behind == 0);
    desk.write(|w| approve(w, first)).unwrap();
    assert_eq!(texts(&summary(&desk)).join("|"), alone);
}

#[test]
fn a_note_entered_in_error_leaves_the_summary_behind_and_its_sentences_marked() {
    let mut desk = desk();
    let first = approved(&mut desk, 1, "2026-01-08 12:00", FIRST);
    let second = approved(&mut desk, 2, "2026-01-12 12:00", SECOND);
    desk.write(|w| bring_up_to_date(w, amara())).unwrap();
    desk.write(|w| mark_in_error(w, first, ErrorReason::WrongClient, "Someone else's.")).unwrap();
    let marked = summary(&desk);
    assert_eq!((marked.behind, marked.notes), (1, 1));
    assert!(marked.entries.iter().any(|entry| entry.in_error));
    assert!(marked.entries.iter().all(|entry| entry.in_error == (entry.sources[0].note == first)), "{marked:#?}");
    desk.write(|w| bring_up_to_date(w, amara())).unwrap();
    let fresh = summary(&desk);
    assert_eq!(fresh.behind, 0);
    assert!(
        !fresh.entries.is_empty() && fresh.entries.iter().all(|entry| !entry.in_error && entry.sources[0].note == second),
        "{fresh:#?}"
    );
    desk.write(|w| mark_in_error(w, second, ErrorReason::Other, "Another day.")).unwrap();
    desk.write(|w| bring_up_to_date(w, amara())).unwrap();
    let none = summary(&desk);
    assert!(none.entries.is_empty() && none.updated_at.is_none() && none.behind == 0, "{none:#?}");
}

#[test]
fn looking_through_takes_out_what_a_note_entered_in_error_said() {
    let mut desk = desk();
    let note = approved(&mut desk, 1, "2026-01-08 12:00", FIRST);
    let pinned = summary(&desk).entries[0].id;
    desk.write(|w| pin_entry(w, pinned, true)).unwrap();
    desk.write(|w| mark_in_error(w, note, ErrorReason::WrongSession, "Of Monday.")).unwrap();
    assert_eq!(summary(&desk).behind, 1);
    desk.write(|w| mark_up_to_date(w, amara())).unwrap();
    let after = summary(&desk);
    assert_eq!(after.entries.iter().map(|entry| (entry.id, entry.in_error)).collect::<Vec<_>>(), [(pinned, true)], "a pin stays, marked");
    assert_eq!((after.behind, after.updated_at), (0, None));
}

#[test]
fn a_pinned_sentence_in_error_cites_the_note_that_says_it_again() {
    let mut desk = desk();
    let wrong = approved(&mut desk, 1, "2026-01-08 12:00", FIRST);
    let pinned = summary(&desk).entries[0].id;
    desk.write(|w| pin_entry(w, pinned, true)).unwrap();
    desk.write(|w| mark_in_error(w, wrong, ErrorReason::Other, "The wrong hour.")).unwrap();
    let again = desk.write(|w| crate::notes::begin_with_text_of(w, wrong)).unwrap();
    desk.write(|w| approve(w, again)).unwrap();
    let marked = summary(&desk);
    assert_eq!((marked.behind, marked.notes), (2, 0));
    assert_eq!(desk.read(|r| editing(r, amara())).unwrap().offers.len(), 2, "what only the wrong note said is offered");
    desk.write(|w| bring_up_to_date(w, amara())).unwrap();
    let fresh = summary(&desk);
    assert!(fresh.entries.iter().all(|entry| !entry.in_error && entry.sources.iter().all(|source| source.note == again)), "{fresh:#?}");
    assert_eq!(fresh.entries.iter().filter(|entry| entry.id == pinned).count(), 1);
    assert_eq!(fresh.entries.len(), 2, "{fresh:#?}");
}

#[test]
fn a_couples_note_stands_in_both_summaries() {
    let mut desk = desk();
    let other = client(&desk, 2, "Obi");
    let session = session(&desk, 1, "2026-01-08 12:00", &[1, 2]);
    let note = written(&mut desk, session, FIRST);
    desk.write(|w| approve(w, note)).unwrap();
    let theirs = desk.read(|r| of(r, other)).unwrap();
    assert_eq!(texts(&theirs), texts(&summary(&desk)));
    assert_eq!(desk.read(|r| crate::notes::page::of(r, note)).unwrap().in_summary.len(), theirs.entries.len());
    desk.write(|w| undo_approval(w, note)).unwrap();
    assert!(desk.read(|r| of(r, other)).unwrap().entries.is_empty());
}

#[test]
fn the_schema_cites_only_what_is_approved() {
    let mut desk = desk();
    let note = approved(&mut desk, 1, "2026-01-08 12:00", FIRST);
    desk.write(|w| undo_approval(w, note)).unwrap();
    let own = desk.write(|w| add_own(w, amara(), Grouping::Standing, "Mine.")).unwrap();
    let cite = "INSERT INTO summary_sources (entry_id, position, version_id, quote) SELECT ?1, 0, id, 'x' FROM note_versions";
    assert!(desk.conn().execute(cite, [own]).is_err());
}
