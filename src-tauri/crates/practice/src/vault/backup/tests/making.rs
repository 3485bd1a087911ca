//! Making a backup: what it holds, what can stand in its way, and that nothing is left of one that was not made.

use std::sync::atomic::{AtomicBool, Ordering};

use super::*;

#[test]
fn a_backup_is_one_file_that_says_whose_it_is_and_how_far_it_goes() {
    let bed = Bed::new();
    bed.client("Okafor");
    let made = bed.make().unwrap();
    assert_eq!(bed.names(), std::slice::from_ref(&made.file));
    assert_eq!(made.file, "anteroom-20260115-111200-2.anteroom");
    assert_eq!((made.sequence, made.records, made.kept, made.removed), (2, 1, 1, 0));
    let about = inspect(&bed.file(&made)).unwrap();
    let expected =
        AboutBackup { vault: bed.held.vault(), made_at: bed.moment.get().at, sequence: 2, app_version: VERSION.into(), bytes: made.bytes };
    assert_eq!(about, expected);
    assert_eq!(fs::metadata(bed.file(&made)).unwrap().len(), made.bytes);
}

#[test]
fn the_same_second_never_writes_over_a_backup() {
    let bed = Bed::new();
    let one = bed.make().unwrap();
    let other = bed.make().unwrap();
    assert_ne!(one.file, other.file);
    assert_eq!(bed.names().len(), 2);
}

#[test]
fn no_word_of_a_client_stands_in_the_file() {
    let bed = Bed::new();
    bed.client("Quetzalcoatlus");
    let bytes = fs::read(bed.file(&bed.make().unwrap())).unwrap();
    assert!(!bytes.windows(14).any(|found| found == b"Quetzalcoatlus"));
}

#[test]
fn a_backup_of_records_without_a_kit_is_not_made() {
    let bed = Bed::without_kit();
    assert_eq!(bed.make(), Err(BackupFailure::NoKit));
    assert_eq!(bed.names(), [""; 0]);
}

#[test]
fn a_place_that_is_not_there_or_is_the_records_own_is_refused() {
    let bed = Bed::new();
    let go = &mut |_: Step, _: u64, _: u64| true;
    assert_eq!(bed.make_in(&bed.folder.path().join("stick"), go), Err(BackupFailure::PlaceMissing));
    fs::write(bed.folder.path().join("file"), "").unwrap();
    assert_eq!(bed.make_in(&bed.folder.path().join("file"), go), Err(BackupFailure::PlaceMissing));
    assert_eq!(bed.make_in(bed.place.folder.path(), go), Err(BackupFailure::InsideRecords));
    let within = bed.place.folder.path().join("within");
    fs::create_dir(&within).unwrap();
    assert_eq!(bed.make_in(&within, go), Err(BackupFailure::InsideRecords));
    #[cfg(unix)]
    {
        let link = bed.folder.path().join("link");
        std::os::unix::fs::symlink(&within, &link).unwrap();
        assert_eq!(bed.make_in(&link, go), Err(BackupFailure::InsideRecords));
    }
}

/// Root may write anywhere, so under root this test runs itself as nobody.
#[cfg(unix)]
#[test]
fn a_place_that_cannot_be_written_is_said_to_be_so() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let bed = Bed::new();
    let set_mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    set_mode(bed.folder.path(), 0o500);
    if fs::write(bed.folder.path().join("root"), b"").is_ok() {
        let this = "vault::backup::tests::making::a_place_that_cannot_be_written_is_said_to_be_so";
        let program = TempDir::new().unwrap();
        set_mode(program.path(), 0o755);
        let copy = program.path().join("tests");
        fs::copy(std::env::current_exe().unwrap(), &copy).unwrap();
        let ran = std::process::Command::new(copy).args([this, "--exact"]).current_dir("/").uid(65534).gid(65534).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
        assert!(String::from_utf8_lossy(&ran.stdout).contains("1 passed"));
        return;
    }
    assert_eq!(bed.make(), Err(BackupFailure::PlaceReadOnly));
    set_mode(bed.folder.path(), 0o700);
    assert_eq!(bed.names(), [""; 0]);
    assert!(bed.make().is_ok());
}

#[test]
fn a_backup_stopped_at_any_moment_leaves_nothing_and_takes_nothing_away() {
    let bed = Bed::new();
    bed.client("Okafor");
    let first = bed.make().unwrap();
    let mut steps = Vec::new();
    for moment in 0.. {
        let mut calls = 0;
        let done = bed.make_in(bed.folder.path(), &mut |step, _, _| {
            calls += 1;
            if !steps.contains(&step) {
                steps.push(step);
            }
            calls <= moment
        });
        match done {
            Ok(_) => break,
            Err(failure) => assert_eq!(failure, BackupFailure::Stopped),
        }
        assert_eq!(bed.names(), std::slice::from_ref(&first.file), "stopped at {moment}");
    }
    assert_eq!(steps, [Step::Copy, Step::Write, Step::ReadBack, Step::Check, Step::Count]);
    assert_eq!(bed.names().len(), 2);
}

#[test]
fn what_a_killed_backup_left_is_taken_away_by_the_next_and_nothing_else_is() {
    let bed = Bed::new();
    let other = name::unfinished(Uuid::from_u128(7), "practice.db");
    let others = ["letter.txt", "anteroom.txt", other.as_str()];
    let left = [name::unfinished(bed.held.vault(), "practice.db"), name::unfinished(bed.held.vault(), "anteroom")];
    for name in others.iter().copied().chain(left.iter().map(String::as_str)) {
        fs::write(bed.folder.path().join(name), "x").unwrap();
    }
    let made = bed.make().unwrap();
    let mut expected: Vec<_> = others.iter().map(|name| (*name).to_owned()).chain([made.file]).collect();
    expected.sort();
    assert_eq!(bed.names(), expected);
}

#[cfg(unix)]
#[test]
fn what_was_damaged_on_its_way_to_the_disk_is_noticed_and_no_older_backup_goes() {
    use std::os::unix::fs::FileExt;
    let bed = Bed::new();
    bed.client("Okafor");
    let first = bed.make().unwrap();
    let container = bed.folder.path().join(name::unfinished(bed.held.vault(), "anteroom"));
    let failed = bed.make_in(bed.folder.path(), &mut |step, done, of| {
        if step == Step::Write && done == of {
            let file = fs::OpenOptions::new().read(true).write(true).open(&container).unwrap();
            let mut byte = [0];
            file.read_exact_at(&mut byte, 70_000).unwrap();
            file.write_all_at(&[byte[0] ^ 1], 70_000).unwrap();
        }
        true
    });
    assert_eq!(failed, Err(BackupFailure::NotVerified { what: Part::Content }));
    assert_eq!(bed.names(), [first.file]);
}

#[test]
fn records_whose_trail_was_altered_are_not_called_verified() {
    let bed = Bed::new();
    bed.client("Okafor");
    let altered = "DROP TRIGGER audit_events_stay; UPDATE audit_events SET at = at + 1 WHERE seq = 1";
    bed.write(|w| Ok(w.conn().execute_batch(altered)?)).unwrap();
    assert_eq!(bed.make(), Err(BackupFailure::NotVerified { what: Part::Trail }));
    assert_eq!(bed.names(), [""; 0]);
}

#[test]
fn typing_goes_on_while_a_backup_is_made_and_the_backup_is_of_one_moment() {
    let bed = Bed::new();
    bed.write(|w| {
        let filler = "CREATE TABLE filler (x BLOB); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                      INSERT INTO filler SELECT randomblob(1000) FROM n; CREATE TABLE one (n INTEGER); CREATE TABLE other (n INTEGER)";
        Ok(w.conn().execute_batch(filler)?)
    })
    .unwrap();
    let (done, moment) = (AtomicBool::new(false), bed.moment.get());
    let (written, made) = std::thread::scope(|scope| {
        let (records, done) = (&bed.records, &done);
        let typing = scope.spawn(move || {
            let mut written = 0;
            while !done.load(Ordering::Relaxed) {
                let both = "INSERT INTO one SELECT count(*) FROM one; INSERT INTO other SELECT count(*) FROM other";
                records.write(moment, Veil::Open, &mut Uuid::nil, |w| Ok(w.conn().execute_batch(both)?)).unwrap();
                written += 1;
            }
            written
        });
        let made = make(records, &bed.held, bed.folder.path(), moment, VERSION, None, &mut |_, _, _| true);
        done.store(true, Ordering::Relaxed);
        (typing.join().unwrap(), made.unwrap())
    });
    assert!(written > 20, "{written} writes while a backup was made");
    let place = Place::new();
    restore_in(&place, &bed.file(&made), &bed.code, false).unwrap();
    swap(place.folder.path(), moment).unwrap();
    let opened = place.ready().open(1).unwrap().connections;
    let count = |table: &str| opened.writer.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("one"), count("other"));
}
