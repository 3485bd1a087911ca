//! What looking at damaged records shows, and what is known of it afterwards.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::Path;

use crate::app::restoring::tests::{app, home, nobody, on_a_bus, rename, set_up, therapist};
use crate::door::Standing;
use crate::lock::Because;

const DATABASE: &str = "practice.db";
const PAGE: u64 = 4096;

#[test]
fn damage_is_known_also_where_it_keeps_the_record_from_being_followed() {
    on_a_bus("app::health::tests::inside");
}

#[test]
fn inside() {
    let Some(home) = home() else { return };
    let app = app(&home, "records");
    set_up(&app);
    for time in 0..200 {
        rename(&app, &format!("Ines Halloran {time}"));
    }
    assert!(app.check_records(&nobody()).expect("it is checked").sound);
    app.lock(Because::Asked);

    // Which page holds entries is not said anywhere: it is one without which the records open and cannot be followed.
    let length = fs::metadata(app.folder().join(DATABASE)).expect("the database").len();
    for page in (1..length / PAGE).rev() {
        let there = self::app(&home, &format!("page {page}"));
        fs::create_dir(there.folder()).expect("a folder");
        for file in fs::read_dir(app.folder()).expect("its files") {
            let file = file.expect("a file");
            fs::copy(file.path(), there.folder().join(file.file_name())).expect("it is copied");
        }
        flip(&there.folder().join(DATABASE), page * PAGE + PAGE / 2);
        if !matches!(there.standing(), Ok(Standing::Open { .. })) || there.verify_record(&nobody()).is_ok() {
            continue;
        }
        // Whoever has met the damage goes on with all else, as often as it is met.
        for _ in 0..3 {
            assert!(there.verify_record(&nobody()).is_err());
            assert_eq!(therapist(&there), "Ines Halloran 199");
        }
        assert!(!there.check_records(&nobody()).expect("it is checked").sound);
        let health = there.health().expect("the records are open");
        assert!(health.checked.is_some_and(|checked| !checked.sound), "{:?}", health.checked);
        assert_eq!(health.followed, None);
        return;
    }
    panic!("no page keeps the record from being followed");
}

/// Another byte in the place of one.
fn flip(file: &Path, at: u64) {
    let file = OpenOptions::new().read(true).write(true).open(file).expect("it is there");
    let mut byte = [0];
    file.read_exact_at(&mut byte, at).expect("it is read");
    file.write_all_at(&[!byte[0]], at).expect("it is written");
}
