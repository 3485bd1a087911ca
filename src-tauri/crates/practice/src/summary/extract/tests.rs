//! What is chosen from a realistic course of therapy, and what holds for any text at all.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::summary::{heading, in_short, plan_points};

fn note(number: u128, date: &str, sections: &[(SectionKind, &str)], addenda: &[&str]) -> Source {
    Source {
        version_id: VersionId(Uuid::from_u128(number)),
        held_on: date.parse().unwrap(),
        sections: sections.iter().map(|(kind, text)| (*kind, (*text).to_owned())).collect(),
        addenda: addenda.iter().map(|a| (*a).to_owned()).collect(),
    }
}

fn dap(number: u128, date: &str, data: &str, assessment: &str, plan: &str) -> Source {
    note(number, date, &[(SectionKind::Data, data), (SectionKind::Assessment, assessment), (SectionKind::Plan, plan)], &[])
}

fn course() -> Vec<Source> {
    vec![
        dap(1, "2025-11-06", "Amara wore the coat her mother bought her in Enugu. She has not opened the parcel of photographs.", "The house in Enugu stands for everything unsaid.", "- Bring one photograph"),
        dap(2, "2025-11-13", "Half days at the dispensary. The pharmacist, Mr. Oduya, checks every label after her and she hears it as blame.", "The critical voice sounds like her mother.", "- Name the voice"),
        dap(3, "2025-11-27", "Naming the critical voice “the inspector” has helped her wait before answering at work. She avoided two calls from Emeka.", "A name makes distance possible.", "1. Use the name at the counter"),
        dap(4, "2025-12-04", "A letter came from the bank about the house. She is hardest on herself in the days after speaking about her mother.", "The inspector is loudest after contact with home.", "1. Write to the bank with Emeka"),
        dap(5, "2025-12-11", "The inspector spoke up at the counter on Monday and she let it talk. Her sleep is broken on the nights before early shifts.", "She is practising delay rather than obedience.", "1. Two nights of the sleep diary"),
        dap(6, "2025-12-18", "She feels she left her brother Emeka alone with the house in Enugu, and avoids his calls on Sundays. Her mother’s birthday passed without a word.", "Guilt keeps the calls short.", "1. One call with Emeka, ten minutes"),
        dap(7, "2026-01-01", "She rang Emeka on Sunday for nine minutes. They did not speak about the house.", "Short contact was bearable.", "1. Return to full hours"),
        note(
            8,
            "2026-01-08",
            &[
                (SectionKind::Data, "Amara came in with her lanyard still on. Back on full hours at the dispensary since 5 January: “less like drowning, more like treading water”. Sleep is around six hours; she still wakes at four before early shifts. The sleep diary stayed in her bag."),
                (SectionKind::Assessment, "Grief is moving from the body to the calendar. Avoiding Emeka keeps the house in Enugu from being sold, and so from being gone."),
                (SectionKind::Plan, "1. How to mark 2 February, and with whom.\n2. Look at the sleep diary together, in the room."),
            ],
            &["She has told Emeka about 2 February. He will come."],
        ),
    ]
}

fn texts(entries: &[Entry], group: Grouping) -> Vec<&str> {
    entries.iter().filter(|e| e.group == group).map(|e| e.text.as_str()).collect()
}

#[test]
fn a_course_of_eight_notes_is_summed_up_as_a_colleague_would() {
    let entries = summarise(&course(), &["Amara", "Nwachukwu-Reyes"]);
    let standing = texts(&entries, Grouping::Standing);
    let recurring = texts(&entries, Grouping::Recurring);
    assert!((2..=3).contains(&standing.len()), "{entries:#?}");
    assert!(standing.iter().any(|t| t.contains("full hours") || t.contains("six hours")), "{standing:#?}");
    assert!((2..=4).contains(&recurring.len()), "{entries:#?}");
    assert!(recurring.iter().any(|t| t.contains("Emeka")), "{recurring:#?}");
    assert!(recurring.iter().any(|t| t.contains("inspector")), "{recurring:#?}");
    assert!(recurring.iter().all(|t| !t.contains("Amara")), "{recurring:#?}");
    assert_eq!(
        texts(&entries, Grouping::Next),
        ["How to mark 2 February, and with whom.", "Look at the sleep diary together, in the room."]
    );
}

#[test]
fn what_keeps_coming_back_cites_its_newest_sessions_oldest_first() {
    let notes = course();
    let entries = summarise(&notes, &["Amara"]);
    for entry in entries.iter().filter(|e| e.group == Grouping::Recurring) {
        let dates: Vec<NaiveDate> =
            entry.sources.iter().map(|c| notes.iter().find(|n| n.version_id == c.version_id).unwrap().held_on).collect();
        assert_eq!(dates.len(), 3, "{entry:#?}");
        assert!(dates.is_sorted());
    }
}

#[test]
fn without_notes_there_is_no_summary_and_with_two_nothing_comes_back() {
    assert!(summarise(&[], &[]).is_empty());
    assert!(texts(&summarise(&course()[..2], &[]), Grouping::Recurring).is_empty());
}

#[test]
fn a_free_note_without_a_plan_still_says_what_is_next() {
    let free = note(1, "2026-01-08", &[(SectionKind::Text, "The exam went well. She would like to plan the first anniversary on 2 February, and has not yet told Emeka.")], &[]);
    let entries = summarise(&[free], &[]);
    assert_eq!(entries.iter().filter(|e| e.text.contains("anniversary")).count(), 1);
}

#[test]
fn an_open_point_of_the_plan_before_is_kept_until_a_newer_note_speaks_of_it() {
    let before = dap(1, "2026-01-01", "A quiet hour about the garden.", "", "- Read the solicitor’s letter\n- Visit the allotment");
    let after = dap(2, "2026-01-08", "They visited the allotment and it rained.", "", "- Try the night bus");
    let entries = summarise(&[before, after], &[]);
    assert_eq!(texts(&entries, Grouping::Next), ["Try the night bus.", "Read the solicitor’s letter."]);
}

#[test]
fn the_order_of_the_input_decides_nothing_but_ties() {
    let mut turned = course();
    turned.reverse();
    assert_eq!(summarise(&turned, &["Amara"]), summarise(&course(), &["Amara"]));
}

#[test]
fn offers_hold_only_what_the_summary_does_not_say() {
    let newer = note(
        9,
        "2026-01-12",
        &[(SectionKind::Text, "A near miss with a label on Monday; the pharmacist caught it. She slept four hours before the early shift. “I told them myself, before they asked.” Sleep is around six hours; she still wakes at four before early shifts. Rain. The manager thanked her for it in front of the others.")],
        &["Six hours was a guess: the diary says five."],
    );
    let existing = "Sleep is around six hours; she still wakes at four before early shifts.";
    let offered = offers(&[newer], &[existing]);
    assert_eq!(offered.len(), 3, "{offered:#?}");
    assert!(offered.iter().all(|o| o.text != existing && o.text != "Rain."));
    assert!(offered.iter().any(|o| o.text.starts_with("Six hours was a guess")), "{offered:#?}");
}

#[test]
fn in_short_is_two_or_three_sentences_in_reading_order() {
    let short = in_short(&course()[7]);
    assert!(short.chars().count() <= 240 && short.chars().count() > 80, "{short}");
    assert!(!short.contains("How to mark"));
}

#[test]
fn old_notes_beyond_the_cap_are_not_read() {
    let many: Vec<Source> = (0..500)
        .map(|n| {
            let date = NaiveDate::from_ymd_opt(2016, 1, 1).unwrap() + chrono::Days::new(7 * n);
            dap(n as u128 + 1, &date.to_string(), &"He spoke about the ferry and the harbour, and what his uncle said. ".repeat(30), "Waiting.", "- Ask")
        })
        .collect();
    let text = Text::read(&many, &[]);
    assert_eq!(text.notes.len(), NOTES);
    assert_eq!(text.notes[0].version_id, many[499].version_id);
    assert!(text.sentences.len() <= NOTES * NOTE_SENTENCES);
}

#[test]
fn ten_megabytes_in_one_note_are_read_only_at_the_beginning() {
    let mut notes = course();
    notes[7].sections[0].1 = "word ".repeat(2_000_000);
    notes[6].sections[0].1 = "é".repeat(5_000_000);
    let entries = summarise(&notes, &[]);
    assert!(entries.iter().all(|e| e.text.chars().count() <= sentences::SENTENCE_CHARS + 1));
    assert!(in_short(&notes[7]).chars().count() <= 240);
    assert!(heading(&notes[7].sections).chars().count() <= 48);
}

fn any_text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "Emeka", "house", "sleep", "she", "the", "avoided", "calls", "brother", "Dr.", "e.g.", "“why?", "now”.", "\n", "\n\n- ", "\n1. ", "## ",
        "*still*", "[a](b)", ".", "?", "2", "wants to", "\u{202e}", "🙂", "é", ";", "mother",
    ]);
    prop_oneof![
        prop::collection::vec(words, 0..120).prop_map(|w| w.join(" ")),
        any::<String>(),
        "\\PC{0,400}",
    ]
}

fn any_note() -> impl Strategy<Value = Source> {
    let kinds = vec![
        SectionKind::Subjective, SectionKind::Objective, SectionKind::Assessment, SectionKind::Plan, SectionKind::Data,
        SectionKind::Behaviour, SectionKind::Intervention, SectionKind::Response, SectionKind::Text,
    ];
    let sections = prop::collection::vec((prop::sample::select(kinds), any_text()), 0..4);
    (any::<u128>(), 0..400_u64, sections, prop::collection::vec(any_text(), 0..2)).prop_map(|(id, day, sections, addenda)| Source {
        version_id: VersionId(Uuid::from_u128(id)),
        held_on: NaiveDate::from_ymd_opt(2025, 1, 1).unwrap() + chrono::Days::new(day),
        sections,
        addenda,
    })
}

fn says(notes: &[Source], version_id: VersionId, quote: &str) -> bool {
    let of = |n: &&Source| n.version_id == version_id;
    !quote.is_empty()
        && notes.iter().filter(of).any(|n| n.sections.iter().map(|s| &s.1).chain(&n.addenda).any(|text| text.contains(quote)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_notes_give_a_bounded_summary_with_verbatim_sources(notes in prop::collection::vec(any_note(), 0..9)) {
        let entries = summarise(&notes, &["Emeka"]);
        prop_assert_eq!(&entries, &summarise(&notes, &["Emeka"]));
        for (group, limit) in [(Grouping::Standing, STANDING), (Grouping::Recurring, RECURRING), (Grouping::Next, NEXT)] {
            prop_assert!(entries.iter().filter(|e| e.group == group).count() <= limit);
        }
        for (n, entry) in entries.iter().enumerate() {
            prop_assert!(!entry.text.trim().is_empty() && !entry.sources.is_empty() && entry.sources.len() <= CITED);
            prop_assert!(entry.sources.iter().all(|c| says(&notes, c.version_id, &c.quote)));
            prop_assert!(entries[..n].iter().all(|e| e.text != entry.text));
        }
        let said: Vec<&str> = entries.iter().map(|e| e.text.as_str()).collect();
        let offered = offers(&notes, &said);
        prop_assert!(offered.iter().all(|o| says(&notes, o.version_id, &o.quote) && !said.contains(&o.text.as_str())));
    }

    #[test]
    fn any_note_has_short_forms_within_their_limits(note in any_note()) {
        prop_assert!(in_short(&note).chars().count() <= 240);
        let heading = heading(&note.sections);
        prop_assert!(heading.chars().count() <= 48 && !heading.ends_with(['.', ',', ';', ':', '!', ' ']));
        prop_assert!(plan_points(&note.sections).iter().all(|p| !p.is_empty() && p.chars().count() <= sentences::SENTENCE_CHARS + 1));
    }

    #[test]
    fn sentences_are_slices_in_order(text in any_text()) {
        let mut from = 0;
        for block in blocks(&text) {
            for sentence in sentences::split(block.text) {
                let at = sentence.as_ptr() as usize - text.as_ptr() as usize;
                prop_assert!(at >= from && text[at..].starts_with(sentence));
                from = at + sentence.len();
            }
        }
    }
}
