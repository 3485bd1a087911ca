//! Which backups are kept, by the rule and in a folder.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::time::Instant;

const VAULT: Uuid = Uuid::from_u128(1);
const DAY: i64 = 24 * 60 * 60 * 1000;

fn one(sequence: i64, at: i64, vault: Uuid) -> Found {
    let at = Instant(at);
    let about = AboutBackup { vault, made_at: at, sequence, app_version: String::new(), bytes: 1 };
    Found { file: name::of(at, sequence), bytes: 1, sequence, about: Some(about), not_used: None }
}

/// One an hour, the clock as it ought to be.
fn hourly(hours: i64) -> Vec<Found> {
    (0..hours).map(|hour| one(hour + 1, 1_760_000_000_000 + hour * DAY / 24, VAULT)).collect()
}

#[test]
fn three_years_of_hours_come_down_to_days_weeks_and_months() {
    let found = hourly(3 * 365 * 24);
    let gone: BTreeSet<_> = prune(&found, VAULT).into_iter().collect();
    let kept: Vec<_> = found.iter().filter(|one| !gone.contains(&one.file)).collect();
    let day = |one: &Found| one.about.as_ref().unwrap().made_at.0 / DAY;
    let last = kept.last().unwrap().about.as_ref().unwrap().made_at.0 / DAY;
    assert_eq!(kept.last().unwrap().sequence, found.last().unwrap().sequence);
    let recent = kept.iter().filter(|one| day(one) >= last - 1).count();
    let whole = found.iter().filter(|one| day(one) >= last - 1).count();
    assert_eq!(recent, whole, "all of two days");
    let days: BTreeSet<_> = kept.iter().map(|one| day(one)).collect();
    assert!((0..12).all(|back| days.contains(&(last - back))), "twelve days");
    assert!((0..9).all(|weeks| days.iter().any(|day| (last - 7 * weeks - 7..=last - 7 * weeks).contains(day))), "ten weeks");
    assert!(days.iter().next().unwrap() < &(last - 22 * 30), "two years of months");
    assert!(kept.len() - recent <= 10 + 10 + 24, "{}", kept.len());
    // What is kept once is kept when nothing is new.
    let rest: Vec<_> = found.iter().filter(|one| !gone.contains(&one.file)).cloned().collect();
    assert_eq!(prune(&rest, VAULT), [""; 0]);
}

#[test]
fn records_that_are_behind_are_offered_the_usable_backup_that_goes_furthest_beyond_them() {
    let mut found: Vec<Found> = [7, 12, 12, 15, 9].map(|sequence| one(sequence, sequence * DAY, VAULT)).into();
    (found[3].about, found[3].not_used) = (None, Some(NotUsed::Newer));
    assert_eq!(to_offer(&found, Some(8)), Some(1), "the one that goes as far comes later, and the one that goes further is of no use");
    assert_eq!(to_offer(&found[..1], Some(6)), Some(0));
    assert_eq!((found[0].beyond(6), found[0].beyond(7), found[0].beyond(8)), (Some(1), None, None));
    assert_eq!(to_offer(&found, Some(12)), None, "none has more than they have");
    assert_eq!(to_offer(&found, None), None, "they went another way");
    assert_eq!(to_offer([], Some(0)), None);
}

#[test]
fn what_is_damaged_of_others_or_named_otherwise_is_never_taken_away() {
    let mut found = hourly(2000);
    let other = Uuid::from_u128(2);
    found.extend((0..2000).map(|hour| one(hour + 1, 1_700_000_000_000 + hour * DAY / 24, other)));
    for (at, found) in found.iter_mut().enumerate().take(2000) {
        match at % 4 {
            0 => found.file = format!("letter {at}.txt"),
            1 => (found.about, found.not_used) = (None, Some(NotUsed::NotABackup)),
            _ => {}
        }
    }
    let names: BTreeSet<_> =
        found.iter().enumerate().filter(|(at, _)| *at >= 2000 || at % 4 < 2).map(|(_, one)| one.file.clone()).collect();
    let gone = prune(&found, VAULT);
    assert!(!gone.is_empty() && gone.iter().all(|file| !names.contains(file)));
}

proptest! {
    #[test]
    fn however_the_clock_ran_the_newest_by_sequence_stay(times in proptest::collection::vec(0_i64..4_000 * DAY, 0..200)) {
        let found: Vec<_> = times.iter().zip(1..).map(|(at, sequence)| one(sequence, *at, VAULT)).collect();
        let gone: BTreeSet<_> = prune(&found, VAULT).into_iter().collect();
        let kept: Vec<_> = found.iter().filter(|one| !gone.contains(&one.file)).collect();
        prop_assert_eq!(kept.len() + gone.len(), found.len());
        prop_assert!(kept.len() >= found.len().min(3));
        for newest in found.iter().rev().take(3) {
            prop_assert!(!gone.contains(&newest.file));
        }
        // Two whole days by any clock cannot be cut, and no more than 12 + 10 + 24 others are kept.
        let day = |one: &Found| one.about.as_ref().unwrap().made_at.0 / DAY;
        let mut days: Vec<i64> = Vec::new();
        for one in found.iter().rev() {
            if !days.contains(&day(one)) { days.push(day(one)); }
        }
        let recent: Vec<_> = days.iter().take(2).copied().collect();
        prop_assert!(found.iter().filter(|one| recent.contains(&day(one))).all(|one| !gone.contains(&one.file)));
        let others = kept.iter().filter(|one| !recent.contains(&day(one))).count();
        prop_assert!(others <= 12 + 10 + 24 + 3);
    }

    #[test]
    fn the_order_in_which_a_folder_lists_them_does_not_matter(seed in any::<u64>()) {
        let mut found = hourly(400);
        let expected: BTreeSet<_> = prune(&found, VAULT).into_iter().collect();
        let mut state = seed | 1;
        for at in (1..found.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            found.swap(at, usize::try_from(state >> 33).unwrap() % (at + 1));
        }
        prop_assert_eq!(prune(&found, VAULT).into_iter().collect::<BTreeSet<_>>(), expected);
    }
}

#[test]
fn a_folder_lists_whole_ones_damaged_ones_and_nothing_else() {
    let bed = Bed::new();
    let one = bed.make().unwrap();
    bed.client("Okafor");
    bed.pass(60);
    let two = bed.make().unwrap();
    let cut = &fs::read(bed.file(&two)).unwrap()[..5000];
    let damaged = name::of(bed.moment.get().at, 99);
    fs::write(bed.folder.path().join(&damaged), cut).unwrap();
    let renamed = name::of(bed.moment.get().at, 98);
    fs::copy(bed.file(&one), bed.folder.path().join(&renamed)).unwrap();
    fs::write(bed.folder.path().join("letter.txt"), "x").unwrap();
    let other = Bed::new();
    let theirs = other.make().unwrap();
    fs::copy(other.file(&theirs), bed.folder.path().join("anteroom-20260101-000000-1.anteroom")).unwrap();

    let shown = |vault| -> Vec<(String, bool)> {
        list(bed.folder.path(), vault).unwrap().into_iter().map(|one| (one.file, one.about.is_some())).collect()
    };
    let ours = [(damaged, false), (renamed, false), (two.file, true), (one.file, true)];
    assert_eq!(shown(Some(bed.held.vault())), ours);
    assert_eq!(shown(None).len(), 5);
    assert_eq!(list(&bed.folder.path().join("stick"), None), Err(NotUsed::Missing));
}

#[test]
fn older_backups_are_taken_away_only_after_a_new_one_is_there() {
    let bed = Bed::new();
    // Fourteen days, two a day: older ones stand for those before.
    let first = bed.make().unwrap();
    let whole = fs::read(bed.file(&first)).unwrap();
    assert!(!whole.is_empty());
    let mut made = Vec::new();
    for _ in 0..14 {
        for _ in 0..2 {
            bed.pass(12 * 60 * 60);
            bed.client("Okafor");
            made.push(bed.make().unwrap());
        }
    }
    let last = made.last().unwrap();
    let names = bed.names();
    assert!(names.contains(&last.file) && !names.contains(&first.file));
    assert_eq!(names.len(), usize::try_from(last.kept).unwrap());
    assert!(made.iter().map(|made| made.removed).sum::<u32>() > 5);
    assert_eq!(29 - made.iter().map(|made| made.removed).sum::<u32>(), last.kept);
}

#[test]
fn the_one_that_is_being_restored_is_not_taken_away_by_the_backup_before() {
    let bed = Bed::new();
    let picked = bed.make().unwrap();
    let path = bed.file(&picked);
    let make = || make(&bed.records, &bed.held, bed.folder.path(), bed.moment.get(), VERSION, Some(&path), &mut |_, _, _| true);
    for _ in 0..8 {
        bed.pass(12 * 60 * 60);
        bed.client("Okafor");
        make().unwrap();
    }
    assert!(bed.names().contains(&picked.file));
    bed.client("Okafor");
    bed.make().unwrap();
    assert!(!bed.names().contains(&picked.file), "without that it is one too many");
}
