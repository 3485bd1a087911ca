//! The change-over, killed before every change of a name.

use std::collections::BTreeMap;

use super::*;
use crate::vault::testing::Place;

const OLD: [&str; 5] = ["practice.db", "practice.db-wal", "practice.db-shm", "anchor", "vault.json"];
const NEW: [&str; 3] = ["practice.db", "anchor", "vault.json"];
const NAME: &str = "before-restore-2026-01-15-1118";

fn kill() -> io::Error {
    ErrorKind::Interrupted.into()
}

/// A folder with former records, restored ones, and a log that is no concern of either.
fn ready() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(restoring(folder.path())).unwrap();
    for name in OLD {
        fs::write(folder.path().join(name), format!("old {name}")).unwrap();
    }
    for name in NEW {
        fs::write(restoring(folder.path()).join(name), format!("new {name}")).unwrap();
    }
    fs::create_dir(folder.path().join("log")).unwrap();
    begin(folder.path(), NAME).unwrap();
    folder
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap())).collect()
}

fn all(prefix: &str, names: &[&str]) -> BTreeMap<String, String> {
    names.iter().map(|name| ((*name).to_owned(), format!("{prefix} {name}"))).collect()
}

/// Goes on, killed before the step with this number; whether it came to its end.
fn killed_at(folder: &Path, step: usize) -> bool {
    let mut steps = 0;
    let done = change_over(folder, NAME, &mut || {
        steps += 1;
        if steps > step { Err(kill()) } else { Ok(()) }
    });
    done.is_ok()
}

#[test]
fn killed_at_any_step_and_again_while_it_goes_on_the_next_start_finds_the_restored_records_and_the_former_ones_whole() {
    let mut tried = 0;
    for first in 0.. {
        let whole = killed_at(ready().path(), first);
        for second in 0.. {
            let folder = ready();
            let over = killed_at(folder.path(), first) || killed_at(folder.path(), second);
            settle(folder.path()).unwrap();
            assert_eq!(files(folder.path()), all("new", &NEW), "killed at {first}, then at {second}");
            assert_eq!(files(&folder.path().join(NAME)), all("old", &OLD), "killed at {first}, then at {second}");
            assert!(!restoring(folder.path()).exists() && folder.path().join("log").exists());
            tried += 1;
            if over {
                break;
            }
        }
        if whole {
            break;
        }
    }
    assert!(tried > 50, "{tried}");
}

#[test]
fn killed_before_the_journal_is_there_nothing_has_begun() {
    let folder = ready();
    fs::rename(folder.path().join(JOURNAL), folder.path().join(JOURNAL_NEXT)).unwrap();
    let before = files(folder.path());
    settle(folder.path()).unwrap();
    assert_eq!(files(folder.path()), before);
}

#[test]
fn where_the_restored_records_are_taken_away_halfway_the_former_ones_come_back() {
    for step in 0..6 {
        let folder = ready();
        killed_at(folder.path(), step);
        if folder.path().join(DATABASE).exists() && !restoring(folder.path()).join(DATABASE).exists() {
            continue;
        }
        fs::remove_dir_all(restoring(folder.path())).unwrap();
        settle(folder.path()).unwrap();
        assert_eq!(files(folder.path()), all("old", &OLD), "{step}");
    }
}

#[test]
fn without_restored_records_nothing_is_moved() {
    let place = Place::made();
    let before = place.files();
    let zone = chrono_tz::UTC;
    assert_eq!(swap(place.folder.path(), Moment { at: crate::time::Instant(0), zone }), Err(NotUsed::Missing));
    assert!(place.files() == before);
}

#[test]
fn a_journal_that_names_anything_but_a_folder_of_ours_is_not_followed() {
    for kept in ["../elsewhere", "before-restore-../../x", "/tmp/x", "before-restore-2026 01", ""] {
        let folder = ready();
        begin(folder.path(), kept).unwrap();
        let before = files(folder.path());
        assert_eq!(settle(folder.path()), Err(Barred::VaultFileDamaged), "{kept}");
        assert_eq!(files(folder.path()), before);
    }
}

#[test]
fn two_restores_in_one_minute_keep_both_former_records() {
    let folder = ready();
    fs::create_dir(folder.path().join("before-restore-1970-01-01-0000")).unwrap();
    let moment = Moment { at: crate::time::Instant(0), zone: chrono_tz::UTC };
    assert_eq!(free_name(folder.path(), moment), "before-restore-1970-01-01-0000-2");
}
