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

fn restored() -> Change {
    Change::Restored(NAME.to_owned())
}

/// A folder with former records, restored ones, and a log that is no concern of either.
fn ready() -> tempfile::TempDir {
    ready_for(&restored())
}

fn ready_for(change: &Change) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(change.next())).unwrap();
    for name in OLD {
        fs::write(folder.path().join(name), format!("old {name}")).unwrap();
    }
    for name in NEW {
        fs::write(folder.path().join(change.next()).join(name), format!("new {name}")).unwrap();
    }
    fs::create_dir(folder.path().join("log")).unwrap();
    begin(folder.path(), change).unwrap();
    folder
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    // Not the claim, which is no file of a vault's.
    let ours = |path: &PathBuf| path.is_file() && !path.ends_with(".in-use");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(ours);
    files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap())).collect()
}

fn all(prefix: &str, names: &[&str]) -> BTreeMap<String, String> {
    names.iter().map(|name| ((*name).to_owned(), format!("{prefix} {name}"))).collect()
}

/// Goes on, killed before the step with this number; whether it came to its end.
fn killed_at(folder: &Path, change: &Change, step: usize) -> bool {
    let mut steps = 0;
    let done = change_over(folder, change, &mut || {
        steps += 1;
        if steps > step { Err(kill()) } else { Ok(()) }
    });
    done.is_ok()
}

#[test]
fn killed_at_any_step_and_again_while_it_goes_on_the_next_start_finds_the_restored_records_and_the_former_ones_whole() {
    killed_twice(&restored(), |folder| assert_eq!(files(&folder.join(NAME)), all("old", &OLD)));
}

#[test]
fn killed_at_any_step_of_a_change_of_key_the_next_start_finds_the_new_records_and_nothing_under_the_former_key() {
    killed_twice(&Change::Rotated, |folder| assert!(!folder.join(FORMER_KEY).exists()));
}

/// Kills before every step, and before every step of what goes on from there; `former` looks at what has become of the former records.
fn killed_twice(change: &Change, former: impl Fn(&Path)) {
    let mut tried = 0;
    for first in 0.. {
        let whole = killed_at(ready_for(change).path(), change, first);
        for second in 0.. {
            let folder = ready_for(change);
            let over = killed_at(folder.path(), change, first) || killed_at(folder.path(), change, second);
            // At every moment the one or the other database is somewhere, and whole.
            let somewhere = [".", change.next(), change.kept()].map(|name| folder.path().join(name).join(DATABASE).exists());
            assert!(somewhere.contains(&true), "killed at {first}, then at {second}");
            settle(folder.path()).unwrap();
            assert_eq!(files(folder.path()), all("new", &NEW), "killed at {first}, then at {second}");
            former(folder.path());
            assert!(!folder.path().join(change.next()).exists() && folder.path().join("log").exists());
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
    for (step, change) in (0..6).flat_map(|step| [(step, restored()), (step, Change::Rotated)]) {
        let folder = ready_for(&change);
        killed_at(folder.path(), &change, step);
        let next = folder.path().join(change.next());
        if folder.path().join(DATABASE).exists() && !next.join(DATABASE).exists() {
            continue;
        }
        fs::remove_dir_all(next).unwrap();
        settle(folder.path()).unwrap();
        assert_eq!(files(folder.path()), all("old", &OLD), "{step}");
    }
}

#[test]
fn where_the_new_slots_are_taken_away_halfway_what_the_former_key_opens_is_not_dropped() {
    let folder = ready_for(&Change::Rotated);
    fs::remove_file(folder.path().join(ROTATING).join(VAULT_FILE)).unwrap();
    settle(folder.path()).unwrap();
    assert_eq!(files(&folder.path().join(FORMER_KEY)), all("old", &OLD));
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
    for kept in ["../elsewhere", "before-restore-../../x", "/tmp/x", "before-restore-2026 01", "former-key/..", ""] {
        let folder = ready();
        begin(folder.path(), &Change::Restored(kept.to_owned())).unwrap();
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
