//! The sample is made on real, encrypted records.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Datelike, Utc, Weekday};
use practice::notes::list::{self as notes, NotesFilter};
use practice::pages::list::{self, ClientFilter, ClientQuery, ClientSort};
use practice::pages::trail;
use practice::sessions::week;
use practice::store::{Reader, Records};
use practice::time::Moment;
use practice::vault::{self, KeyringAnswer, KeyringSecret};
use practice::words::Veil;

use crate::files;

fn moment(at: &str) -> Moment {
    let at: DateTime<Utc> = at.parse().unwrap();
    Moment { at: at.into(), zone: chrono_tz::Europe::London }
}

/// New records in a folder of their own.
fn records(folder: &std::path::Path) -> Records {
    let vault::Standing::FirstRun(first) = vault::prepare(folder, |_| KeyringAnswer::NoEntry) else { panic!("a first run") };
    let echo = |_: &str, secret: &KeyringSecret| KeyringAnswer::Secret(KeyringSecret::from_text(secret.to_text().as_bytes()).unwrap());
    let Ok(ready) = first.begin(DateTime::UNIX_EPOCH, None, echo) else { panic!("a key") };
    let Ok(vault::Opened { connections, .. }) = ready.open(1) else { panic!("records") };
    Records::new(connections)
}

fn made(at: &str) -> (tempfile::TempDir, Records, Moment) {
    let folder = tempfile::tempdir().unwrap();
    let (records, now) = (records(&folder.path().join("sample")), moment(at));
    crate::make(&records, now).unwrap();
    (folder, records, now)
}

fn rows(r: &Reader, filter: ClientFilter) -> Vec<list::ClientRow> {
    let query = ClientQuery { filter, sort: ClientSort::Name, descending: false, find: String::new(), offset: 0, limit: 200 };
    list::page(r, &query).unwrap().rows
}

#[test]
fn the_stories_hold_at_least_a_hundred_and_twenty_distinct_notes() {
    let stories = files::stories().unwrap();
    let texts: BTreeSet<String> = stories
        .iter()
        .flat_map(|story| &story.sessions)
        .filter_map(|session| {
            let text: String = session.sections(session.template?).into_iter().map(|section| section.text).collect();
            (!text.is_empty()).then_some(text)
        })
        .collect();
    assert!(texts.len() >= 120, "{} notes", texts.len());
    assert!((33..=40).contains(&stories.len()), "{} clients", stories.len());
}

#[test]
fn the_trail_of_everyone_can_be_read_and_has_words() {
    let (_folder, records, now) = made("2026-01-15T11:12:00Z");
    let catalogue = include_str!("../../../../assets/words/en-GB.ftl");
    let told = |start: &str, word: &str| assert!(catalogue.contains(&format!("\n{start}-{word} = ")), "no words for {start}-{word}");
    let entries = records
        .read(now, Veil::Open, |r| {
            let mut entries = Vec::new();
            for row in rows(r, ClientFilter::Active).into_iter().chain(rows(r, ClientFilter::Ended)) {
                entries.extend(trail::trail(r, row.id, None, None)?.entries);
            }
            Ok(entries)
        })
        .unwrap();
    assert!(entries.len() > 1000, "{}", entries.len());
    for entry in &entries {
        let act = serde_json::to_string(&entry.act).unwrap();
        told("trail-act", act.trim_matches('"'));
        entry.more.fields.iter().for_each(|field| told("trail-field", field));
    }
}

#[test]
fn it_can_be_made_on_any_day_of_the_week_and_over_the_changes_of_the_clocks() {
    for day in ["2026-03-29T09:00:00Z", "2026-10-24T23:30:00Z"] {
        made(day);
    }
}

#[test]
fn this_week_is_full_up_to_today_and_today_follows_one_session_after_the_other() {
    // A Wednesday and a Friday.
    for (day, passed) in [("2026-01-14T11:12:00Z", 2), ("2026-11-20T11:12:00Z", 4)] {
        let (_folder, records, now) = made(day);
        let sessions = records.read(now, Veil::Open, |r| Ok(week::of(r, now.today())?.sessions)).unwrap();
        let on = |date: chrono::NaiveDate| sessions.iter().filter(move |session| session.starts_at.in_zone(now.zone).date() == date);
        let booked = |date| on(date).filter(|session| !session.attendance.cancelled()).count();
        for days in 1..=passed {
            let date = now.today() - chrono::Days::new(days);
            // The quiet day has people only where it stands in for today.
            assert!(booked(date) >= if date.weekday() == Weekday::Thu { 1 } else { 3 }, "{date}: {}", booked(date));
        }
        let mut times: Vec<_> =
            on(now.today()).map(|session| (session.starts_at, session.starts_at.plus_minutes(session.minutes))).collect();
        times.sort_unstable();
        assert!(times.len() >= 5 && times.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{day}: {times:?}");
    }
}

#[test]
fn what_the_stories_say_of_times_agrees_with_their_dates() {
    for story in files::stories().unwrap() {
        let first = story.sessions.iter().map(|session| session.weeks_ago).max();
        let started = story.client.started_weeks_ago;
        assert!(started.is_none() || first.is_none() || started >= first, "{}: starts after the first session", story.slug);
        for session in &story.sessions {
            use files::Outcome::{CancelledByClient, CancelledByTherapist, CancelledLateByClient};
            let before = session.told.as_ref().map(|told| told.days_before);
            let as_told = match session.outcome {
                CancelledByClient => before.is_some_and(|days| days >= 1),
                CancelledLateByClient => before.is_some_and(|days| days <= 1),
                CancelledByTherapist => before.is_some(),
                _ => before.is_none(),
            };
            assert!(as_told, "{}, {} weeks ago", story.slug, session.weeks_ago);
        }
    }
}

#[test]
fn every_list_of_the_sample_has_someone_in_it() {
    let (_folder, records, now) = made("2026-01-15T11:12:00Z");
    let read = records.read(now, Veil::Open, |r| {
        for filter in [
            ClientFilter::Active,
            ClientFilter::NeedsNote,
            ClientFilter::NoNextSession,
            ClientFilter::HomeworkOverdue,
            ClientFilter::ConsentNotRecorded,
            ClientFilter::Ended,
        ] {
            assert!(!rows(r, filter).is_empty(), "{filter:?}");
        }
        for filter in [NotesFilter::AwaitingApproval, NotesFilter::Approved] {
            assert!(notes::page(r, filter, "", 0, 200)?.total > 0, "{filter:?}");
        }
        let today = practice::pages::today::of(r)?;
        assert!(today.slots.len() >= 5, "{} sessions today", today.slots.len());
        Ok(())
    });
    read.unwrap();
}

#[test]
fn the_same_moment_makes_the_same_practice() {
    let facts = || {
        let (_folder, records, now) = made("2026-01-15T11:12:00Z");
        let listed = records.read(now, Veil::Open, |r| {
            let all = [rows(r, ClientFilter::Active), rows(r, ClientFilter::Ended)].concat();
            Ok(all.into_iter().map(|row| (row.id, format!("{row:?}"))).collect::<HashMap<_, _>>())
        });
        listed.unwrap()
    };
    assert_eq!(facts(), facts());
}
