//! Where backups go, and what the settings say of it.

use super::*;

fn first(bed: &Bed) -> BackupPlace {
    bed.read(backups).places.into_iter().find(|place| place.place == Which::First).unwrap()
}

fn acts(bed: &Bed, act: &str) -> i64 {
    bed.read(|r| Ok(r.conn().query_row("SELECT count(*) FROM audit_events WHERE act = ?1", [act], |row| row.get(0))?))
}

fn choose(bed: &Bed, which: Which, label: &str) {
    bed.write(|w| set_place(w, which, Some(bed.folder.path().to_str().unwrap()), label)).unwrap();
}

#[test]
fn a_place_without_a_backup_is_late_and_one_with_a_verified_backup_is_not() {
    let bed = Bed::new();
    assert_eq!(bed.read(backups), Backups { places: Vec::new(), last_test: None, test_due: true, begun: false });
    choose(&bed, Which::First, "Documents");
    let before = first(&bed);
    assert!(before.late && before.changed_since && before.last.is_none());
    let backup = bed.make().unwrap();
    bed.write(|w| made(w, Which::First, &backup)).unwrap();
    let after = first(&bed);
    let last =
        LastBackup { verified_at: bed.moment.get().at, file: backup.file.clone(), sequence: backup.sequence, bytes: backup.bytes, kept: 1 };
    assert_eq!((after.last, after.late, after.changed_since), (Some(last), false, false));
    bed.pass(7 * 24 * 60 * 60 + 1);
    assert!(!first(&bed).late, "nothing was written since, so it holds everything");
    bed.client("Okafor");
    assert!(first(&bed).late && first(&bed).changed_since);
    let backup = bed.make().unwrap();
    bed.write(|w| made(w, Which::First, &backup)).unwrap();
    bed.client("Whitfield");
    bed.pass(7 * 24 * 60 * 60);
    assert!(!first(&bed).late);
    bed.pass(1);
    assert!(first(&bed).late);
    assert_eq!(acts(&bed, "backup_made"), 2);
}

#[test]
fn the_practice_has_begun_once_a_backup_was_made_in_either_place() {
    let bed = Bed::new();
    choose(&bed, Which::First, "Documents");
    bed.write(|w| failed(w, Which::First, &BackupFailure::PlaceMissing)).unwrap();
    assert!(!bed.read(backups).begun, "a place alone is none");
    choose(&bed, Which::Second, "Blue stick");
    let backup = bed.make().unwrap();
    bed.write(|w| made(w, Which::Second, &backup)).unwrap();
    assert!(bed.read(backups).begun);
}

#[test]
fn only_what_is_not_the_backups_own_asks_for_another() {
    let bed = Bed::new();
    choose(&bed, Which::First, "Documents");
    choose(&bed, Which::Second, "Blue stick");
    for which in [Which::First, Which::Second] {
        let backup = bed.make().unwrap();
        bed.write(|w| made(w, which, &backup)).unwrap();
    }
    let changed = |bed: &Bed| bed.read(backups).places.iter().map(|place| place.changed_since).collect::<Vec<_>>();
    assert_eq!(changed(&bed), [false, false]);
    bed.write(|w| seen(w, Which::Second)).unwrap();
    bed.write(|w| failed(w, Which::Second, &BackupFailure::PlaceMissing)).unwrap();
    assert_eq!(changed(&bed), [false, false]);
    bed.client("Okafor");
    assert_eq!(changed(&bed), [true, true]);
    let backup = bed.make().unwrap();
    bed.client("Whitfield");
    bed.write(|w| made(w, Which::First, &backup)).unwrap();
    assert_eq!(changed(&bed), [true, true], "what was written while it was made is not in it");
}

#[test]
fn a_failure_is_said_until_a_backup_succeeds_and_entered_once() {
    let bed = Bed::new();
    choose(&bed, Which::First, "Documents");
    let full = |free| BackupFailure::PlaceFull { needed: 10, free };
    for free in [5, 4, 3] {
        bed.write(|w| failed(w, Which::First, &full(free))).unwrap();
    }
    assert_eq!(first(&bed).failure, Some(full(3)));
    assert_eq!(acts(&bed, "backup_failed"), 1);
    bed.write(|w| failed(w, Which::First, &BackupFailure::NotVerified { what: Part::Content })).unwrap();
    assert_eq!(acts(&bed, "backup_failed"), 2);
    let backup = bed.make().unwrap();
    bed.write(|w| made(w, Which::First, &backup)).unwrap();
    assert_eq!(first(&bed).failure, None);
}

#[test]
fn another_folder_begins_without_a_past_and_a_place_can_be_given_up() {
    let bed = Bed::new();
    choose(&bed, Which::First, "Documents");
    let backup = bed.make().unwrap();
    bed.write(|w| made(w, Which::First, &backup)).unwrap();
    choose(&bed, Which::First, "Elsewhere");
    assert_eq!(first(&bed).last, None);
    bed.write(|w| set_place(w, Which::First, None, "")).unwrap();
    assert!(bed.read(backups).places.is_empty());
    assert_eq!(acts(&bed, "backup_place_changed"), 3);
}

#[test]
fn a_test_restore_counts_all_records_leaves_nothing_and_is_due_again_in_a_quarter() {
    let bed = Bed::new();
    bed.client("Okafor");
    bed.client("Whitfield");
    let backup = bed.make().unwrap();
    let scratch = bed.folder.path().join("scratch");
    let result = test_restore(&bed.file(&backup), &bed.code, &scratch, &mut |_, _, _| true).unwrap();
    assert_eq!((result.records, result.file.as_str(), result.about.sequence), (2, backup.file.as_str(), 3));
    assert!(!scratch.exists());
    bed.write(|w| tested(w, &result)).unwrap();
    let shown = bed.read(backups);
    assert_eq!(shown.last_test, Some(LastTest { at: bed.moment.get().at, file: backup.file.clone(), records: 2 }));
    assert!(!shown.test_due);
    bed.pass(93 * 24 * 60 * 60);
    assert!(bed.read(backups).test_due);
    let wrong = RecoveryCode::generate().unwrap();
    assert_eq!(test_restore(&bed.file(&backup), &wrong, &scratch, &mut |_, _, _| true), Err(NotUsed::WrongCode));
    assert_eq!(test_restore(&bed.file(&backup), &bed.code, &scratch, &mut |_, _, _| false), Err(NotUsed::Stopped));
    assert!(!scratch.exists());
}

#[test]
fn a_scratch_folder_that_is_there_is_left_alone() {
    let bed = Bed::new();
    let backup = bed.make().unwrap();
    assert_eq!(test_restore(&bed.file(&backup), &bed.code, bed.folder.path(), &mut |_, _, _| true), Err(NotUsed::Disk { code: None }));
    assert_eq!(bed.names(), [backup.file]);
}
