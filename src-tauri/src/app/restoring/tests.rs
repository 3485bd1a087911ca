//! The whole way, against a real password store: set-up, backups when they are due, locking in the midst of one, test, restore, and
//! the same on a machine that has nothing.
//!
//! The test starts this program again on a bus of its own with a home of its own, as the test `inside`.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::thread;

use practice::settings::{self, Practice};
use practice::vault::RecoveryCode;
use practice::vault::backup::{BackupFailure, Which};
use tempfile::TempDir;

use super::*;
use crate::app::Tell;
use crate::backups::{BackupsPage, Went};
use crate::door::Standing;
use crate::lock::Because;

const SCENE: &str = "ANTEROOM_RESTORING";
const OPEN: &str = "printf pw | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null
    until dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetNameOwner \
    string:org.freedesktop.secrets >/dev/null 2>&1; do :; done; exec \"$PROGRAM\" --exact \"$INSIDE\"";

#[test]
fn records_are_backed_up_tested_and_restored_with_the_code_alone() {
    on_a_bus("app::restoring::tests::inside");
}

/// Runs one test once more, with a password store and a home of its own.
pub(in crate::app) fn on_a_bus(inside: &str) {
    on_a_furnished_bus(inside, |_| Vec::new());
}

/// The same in a home that is furnished first, with variables that follow from it; what the test wrote.
pub(in crate::app) fn on_a_furnished_bus(inside: &str, furnish: impl FnOnce(&Path) -> Vec<(&'static str, PathBuf)>) -> String {
    let home = TempDir::new().expect("a temporary folder");
    let variables = furnish(home.path());
    let ran = Command::new("dbus-run-session")
        .args(["--", "sh", "-euc", OPEN])
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env("PROGRAM", env::current_exe().expect("this program"))
        .env("INSIDE", inside)
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .env("XDG_DATA_HOME", home.path().join("data"))
        .env(SCENE, home.path())
        .envs(variables)
        .output()
        .expect("dbus-run-session and gnome-keyring are installed");
    assert!(ran.status.success(), "{}\n{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

#[test]
fn inside() {
    let Some(home) = home() else { return };
    let home = home.as_path();
    let app = app(home, "records");
    let written = set_up(&app);

    app.back_up_if_due();
    let first = last(&app).expect("the first is due at once");
    app.back_up_if_due();
    assert_eq!(last(&app), Some(first.clone()), "nothing has changed since");
    rename(&app, "Ines Halloran-Brown");
    app.back_up_if_due();
    assert_eq!(last(&app), Some(first.clone()), "half an hour has not passed");
    assert_eq!(went(&app), [Went::Made], "asked for, it is made");
    assert_eq!(app.found_backups().expect("they are listed").len(), 2);
    places(&app, home);
    locked_in_the_midst(&app);
    locked_and_stopped_in_between(&app, &Pick::Newest, &written);

    let tested = app.test_restore(&Pick::Newest, &written, &nobody()).expect("the newest opens");
    assert!(!app.folder().join(SCRATCH).exists());
    assert_eq!(page(&app).backups.last_test.map(|test| test.records), Some(tested.records));

    let old = Pick::Found { place: Which::First, file: first };
    let passphrase = || Some(Passphrase::from("harbour quiet almond 52 stairs".to_owned()));
    let outside = Pick::Found { place: Which::First, file: "../records/practice.db".into() };
    assert!(app.restore(&outside, &written, None, false, &nobody()).is_err(), "a name is never a path");
    let done = app.restore(&old, &written, passphrase(), false, &nobody()).expect("the older one is restored");
    assert!(app.folder().join(done.kept.expect("the former records are kept")).join("practice.db").exists());
    assert!(done.restored.after.is_some_and(|after| after.commits > 0));
    assert_eq!(therapist(&app), "Ines Halloran");
    assert!(matches!(app.standing(), Ok(Standing::Open { sample: false, needs_kit: false })));

    app.lock(Because::Asked);
    assert!(matches!(app.standing(), Ok(Standing::Locked { asks_passphrase: true, .. })));
    assert!(app.back_up(&nobody()).is_err(), "no key is at hand");
    the_code_alone(&app, &written);
    assert!(matches!(app.unlock(passphrase()), Ok(Standing::Open { .. })));

    assert_eq!(went(&app)[0], Went::Made, "restored records are backed up as any others");
    without_a_database(&app, &written);
    on_another_machine(home, &app, &written);
    assert!(app.back_up_last());
    assert!(!app.back_up_last(), "whoever asks again need not wait");
}

/// The home of a test that [`on_a_bus`] runs.
pub(in crate::app) fn home() -> Option<PathBuf> {
    env::var_os(SCENE).map(PathBuf::from)
}

pub(in crate::app) fn app(home: &Path, name: &str) -> Arc<App> {
    let folder = home.join(name);
    let tell = Tell {
        changed: Box::new(|| ()),
        backed_up: Box::new(|| ()),
        handed: Box::new(|| ()),
        locked: Box::new(|| ()),
        hide: Box::new(|_| ()),
    };
    Arc::new(App::new(folder.clone(), crate::backups::beside(&folder), false, tell, "0.0.0".to_owned()))
}

pub(in crate::app) fn nobody() -> Channel<Far> {
    Channel::new(|_| Ok(()))
}

/// Makes records with a kit; the code as it is written.
pub(in crate::app) fn set_up(app: &App) -> Written {
    let practice: Practice = serde_json::from_value(serde_json::json!({
        "therapist_name": "Ines Halloran", "therapist_title": "", "practice_name": "", "registration": "", "address": "",
        "zone": "Europe/London", "session_minutes": 50, "working_hours": [], "usual_place": "", "say_overlaps": true,
        "undo_seconds": 30, "is_sample": false,
    }))
    .expect("a practice");
    assert!(matches!(app.set_up(&practice, None), Ok(Standing::Open { needs_kit: true, .. })));
    app.back_up_if_due();
    assert_eq!(page(app).backups.places[0].failure, None, "without a kit none is made, which is no failure yet");
    let kit = app.new_kit().expect("a kit");
    let typed = kit.ask.map(|group| kit.written.groups[usize::from(group) - 1].clone());
    assert_eq!(app.keep_kit(&typed).expect("it is kept"), Vec::<u8>::new());
    kit.written
}

fn page(app: &App) -> BackupsPage {
    app.backups().expect("the records are open")
}

/// The name of the last backup in the first place.
fn last(app: &App) -> Option<String> {
    page(app).backups.places[0].last.as_ref().map(|last| last.file.clone())
}

fn went(app: &App) -> Vec<Went> {
    app.back_up(&nobody()).expect("it was not stopped").into_iter().map(|one| one.went).collect()
}

pub(in crate::app) fn therapist(app: &App) -> String {
    app.read(settings::practice).expect("the records are open").expect("a practice").therapist_name
}

pub(in crate::app) fn rename(app: &App, name: &str) {
    let mut practice = app.read(settings::practice).expect("the records are open").expect("a practice");
    practice.therapist_name = name.to_owned();
    app.set_practice(&practice).expect("it is changed");
}

/// A place inside the records' folder and the other place are refused; one that is gone is waited for.
fn places(app: &App, home: &Path) {
    let refused = |which, folder: &Path| match app.set_place(which, folder) {
        Err(Failure::Refused { refusal: Refusal::NoBackup { why } }) => why,
        other => panic!("{other:?}"),
    };
    let inside = app.folder().join("copies");
    fs::create_dir(&inside).expect("a folder");
    assert_eq!(refused(Which::Second, &inside), BackupFailure::InsideRecords);
    fs::remove_dir(&inside).expect("it is empty");
    assert_eq!(refused(Which::Second, &app.backups.first_place), BackupFailure::SamePlace);
    assert_eq!(refused(Which::Second, &home.join("nowhere")), BackupFailure::PlaceMissing);
    let stick = home.join("stick");
    fs::create_dir(&stick).expect("a folder");
    app.set_place(Which::Second, &stick).expect("it is chosen");
    assert_eq!(went(app), [Went::Made, Went::Made]);
    fs::rename(&stick, home.join("unplugged")).expect("it is gone");
    assert_eq!(went(app), [Went::Made, Went::NotThere]);
    assert!(page(app).backups.places[1].failure.is_none(), "a drive that is away is no failure");
    app.give_up_second().expect("the records are open");
    assert_eq!(page(app).backups.places.len(), 1);
    assert_eq!(went(app), [Went::Made]);
}

/// Locking does not wait for a backup: it is cut short, and nothing of it stays.
fn locked_in_the_midst(app: &Arc<App>) {
    let before = app.found_backups().expect("they are listed").len();
    let locking = Arc::clone(app);
    let (tell, locked) = std::sync::mpsc::channel();
    let channel = Channel::new(move |_| {
        if !locking.watch.is_locked() && !locking.backups.was_stopped() {
            let app = Arc::clone(&locking);
            let tell = tell.clone();
            thread::spawn(move || {
                app.lock(Because::Asked);
                tell.send(()).expect("it is waited for");
            });
            while !locking.backups.was_stopped() {
                thread::yield_now();
            }
        }
        Ok(())
    });
    let stopped = app.back_up(&channel);
    assert!(matches!(stopped, Err(Failure::Refused { refusal: Refusal::NoBackup { why: BackupFailure::Stopped } })), "{stopped:?}");
    app.backups.halt(std::time::Duration::from_secs(5));
    locked.recv().expect("it was locked");
    assert!(app.watch.is_locked());
    assert!(matches!(app.unlock(None), Ok(Standing::Open { .. })));
    assert_eq!(app.found_backups().expect("they are listed").len(), before);
}

/// A lock that comes while others take the place of the records holds, and what is stopped before it begins changes nothing.
fn locked_and_stopped_in_between(app: &Arc<App>, pick: &Pick, written: &Written) {
    app.change_over(None, || {
        app.lock(Because::System);
        Ok(())
    })
    .expect("nothing stood in the way");
    assert!(app.watch.is_locked());
    assert!(matches!(app.read(backup::backups), Err(Failure::Refused { refusal: Refusal::Locked })));
    assert!(matches!(app.unlock(None), Ok(Standing::Open { .. })));

    let before = fs::read(app.folder().join("practice.db")).expect("it is there");
    let others = app.backups.begin();
    let mut mine = app.backups.ask();
    let stopped = thread::scope(|threads| {
        let restore = threads.spawn(|| app.restore(pick, written, None, false, &nobody()));
        // Until another number than ours was given: that of the restore, which waits.
        loop {
            let next = app.backups.ask();
            if next > mine + 1 {
                break;
            }
            mine = next;
            thread::yield_now();
        }
        app.stop_backup().expect("it is told");
        drop(others);
        restore.join().expect("it ended")
    });
    assert!(matches!(stopped, Err(Failure::Refused { refusal: Refusal::BackupNotUsed { why: NotUsed::Stopped } })), "{stopped:?}");
    assert!(fs::read(app.folder().join("practice.db")).expect("it is there") == before);
}

/// Where the database is gone, the usual place still has its backups.
fn without_a_database(app: &App, written: &Written) {
    app.close();
    fs::remove_file(app.folder().join("practice.db")).expect("it was there");
    assert!(matches!(app.standing(), Ok(Standing::Barred { .. })));
    let found = app.found_backups().expect("those of the usual place");
    let pick = Pick::Found { place: Which::First, file: found[0].file.clone() };
    app.restore(&pick, written, None, false, &nobody()).expect("it is restored");
    assert!(matches!(app.standing(), Ok(Standing::Open { .. })));
}

/// Nothing but a file and the code.
fn on_another_machine(home: &Path, from: &App, written: &Written) {
    let there = app(home, "another");
    assert!(matches!(there.standing(), Ok(Standing::FirstRun)));
    assert!(there.found_backups().expect("none").is_empty());
    let file = from.picked(&Pick::Newest).expect("there is one");
    *lock(&there.backups.chosen) = Some(file);
    let done = there.restore(&Pick::Chosen, written, None, false, &nobody()).expect("it is restored");
    assert_eq!(done.kept, None);
    assert!(matches!(there.standing(), Ok(Standing::Open { needs_kit: false, .. })));
    assert_eq!(therapist(&there), "Ines Halloran");
    assert!(there.check_records(&nobody()).expect("they are checked").sound);
    assert!(there.verify_record(&nobody()).expect("it is followed").whole);
    there.lock(Because::Asked);
    assert!(matches!(there.unlock(None), Ok(Standing::Open { .. })));
    let health = there.health().expect("the records are open");
    assert!(health.checked.is_some_and(|checked| checked.sound), "what was checked is known at the next opening");
    assert!(health.followed.is_some_and(|followed| Some(followed.at) >= health.checked.map(|checked| checked.at)));
}

/// Whether the code is right can be asked without opening anything; wrong ones make wait.
fn the_code_alone(app: &App, written: &Written) {
    let refused = |written: &Written| match app.try_code(written) {
        Err(Failure::Refused { refusal }) => refusal,
        other => panic!("{other:?}"),
    };
    assert_eq!(app.try_code(written).expect("it is right"), None);
    let slipped = Written { groups: vec!["7KQM".to_owned(); 8], check: "UU".to_owned() };
    assert!(matches!(refused(&slipped), Refusal::Slip { .. }));
    let other = RecoveryCode::generate().expect("a code").written();
    for _ in 0..3 {
        assert!(matches!(refused(&other), Refusal::WrongCode));
    }
    assert!(matches!(refused(written), Refusal::Wait { seconds: 1..=2 }));
    assert!(matches!(app.recover(written, None), Err(Failure::Refused { refusal: Refusal::Wait { .. } })));
    app.watch.right();
    assert!(matches!(app.standing(), Ok(Standing::Locked { .. })), "nothing was opened");
}
