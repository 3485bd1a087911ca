//! New keys against a real password store: what opens the records before and after, and what a kit that nobody read back leads to.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use practice::vault::backup::Which;
use practice::vault::{KeyringAnswer, Written};
use tauri::ipc::InvokeResponseBody;

use super::*;
use crate::app::restoring::tests::{app, home, nobody, on_a_bus, rename, set_up, therapist};
use crate::backups::Pick;
use crate::door::Standing;
use crate::lock::Because;

const PASSPHRASE: &str = "harbour quiet almond 52 stairs";

#[test]
fn the_old_code_and_key_open_nothing_and_the_passphrase_stays() {
    on_a_bus("app::new_key::tests::inside");
}

#[test]
fn inside() {
    let Some(home) = home() else { return };
    let app = app(&home, "records");
    let old = set_up(&app);
    app.change_passphrase(None, typed()).expect("one is set");
    app.back_up(&nobody()).expect("it is made");
    let before = app.found_backups().expect("they are listed")[0].file.clone();
    refused_and_stopped(&app);

    let entries = entries(app.folder());
    app.set_discreet(true).expect("the records are open");
    let made = app.replace_key(typed(), &nobody(), &nobody()).expect("the key is replaced");
    assert!(made.backed_up && app.discreet());
    assert_eq!(therapist(&app), "Ines Halloran-Brown");
    assert!(app.read(security::key_replaced_on).expect("the records are open").is_some());
    assert!(!entries.is_empty() && entries.iter().all(|entry| matches!(keyring::load(entry), KeyringAnswer::NoEntry)));
    assert!(opens(&app, &made.kit.written) && !opens(&app, &old));
    let older = Pick::Found { place: Which::First, file: before };
    app.test_restore(&older, &old, &nobody()).expect("a backup opens with the code of its time");
    assert!(app.test_restore(&Pick::Newest, &old, &nobody()).is_err());
    app.test_restore(&Pick::Newest, &made.kit.written, &nobody()).expect("the fresh one opens with the new code");

    assert!(!needs_kit(&app), "its code is on the screen");
    assert_eq!(app.keep_kit(&["7KQM".into(), "7KQM".into()]).expect("it is looked at"), made.kit.ask);
    assert_eq!(app.keep_kit(&asked(&made.kit)).expect("it is looked at"), Vec::<u8>::new());
    reopen(&app);
    assert!(!needs_kit(&app));
    assert!(opens(&app, &made.kit.written));

    unread(&app);
    a_code_that_restores_is_known(&app);
    without_a_passphrase(&home);
    app.open_sample().expect("it is made");
    assert!(matches!(refusal(app.replace_key(None, &nobody(), &nobody())), Refusal::Sample));
}

fn typed() -> Option<Passphrase> {
    Some(Passphrase::from(PASSPHRASE.to_owned()))
}

/// A wrong passphrase makes wait; what is stopped has changed nothing, and the records go on.
fn refused_and_stopped(app: &Arc<App>) {
    let ways = || fs::read(app.folder().join("vault.json")).expect("it is there");
    let before = ways();
    let other = || Some(Passphrase::from("lantern oat 7 winter ferry".to_owned()));
    for now in [None, other()] {
        assert!(matches!(refusal(app.replace_key(now, &nobody(), &nobody())), Refusal::WrongPassphrase { .. }));
    }
    assert!(matches!(refusal(app.replace_key(other(), &nobody(), &nobody())), Refusal::WrongPassphrase { wait_seconds: 1.. }));
    assert!(matches!(refusal(app.replace_key(typed(), &nobody(), &nobody())), Refusal::WrongPassphrase { wait_seconds: 1.. }));
    app.watch.right();
    for step in ["copy", "write", "check"] {
        let stopping = Arc::clone(app);
        let channel = Channel::new(move |said| {
            if matches!(said, InvokeResponseBody::Json(far) if far.contains(step)) {
                stopping.backups.stop();
            }
            Ok(())
        });
        assert!(matches!(refusal(app.replace_key(typed(), &channel, &nobody())), Refusal::Stopped));
        assert!(ways() == before);
    }
    rename(app, "Ines Halloran-Brown");
}

/// A code that nobody read back is asked for anew: put away, locked over, or lost with the program.
fn unread(app: &App) {
    let renew = || app.replace_key(typed(), &nobody(), &nobody()).expect("the key is replaced").kit;
    renew();
    app.leave_kit().expect("it is put away");
    assert!(needs_kit(app));
    let made = || app.found_backups().expect("they are listed").len();
    let before = made();
    app.back_up_before(|_| ());
    assert_eq!(made(), before, "nobody could open it");
    let kit = app.new_kit().expect("a kit");
    assert!(needs_kit(app), "it is not in force yet");
    app.keep_kit(&asked(&kit)).expect("it is kept");
    assert!(!needs_kit(app) && opens(app, &kit.written));

    let lost = renew();
    reopen(app);
    assert!(needs_kit(app));
    let kit = app.new_kit().expect("a kit");
    app.keep_kit(&asked(&kit)).expect("it is kept");
    assert!(!needs_kit(app) && opens(app, &kit.written) && !opens(app, &lost.written));

    let code = RecoveryCode::generate().expect("a code");
    let former = entries(app.folder());
    app.rotate(&code, typed().as_ref(), &nobody()).expect("the key is replaced");
    assert!(app.write(security::kit_read_back).is_err(), "nothing is written that would be lost");
    reopen(app);
    assert!(needs_kit(app) && opens(app, &code.written()));
    // As if killed before the former secret was forgotten: the opening does it.
    assert!(former.iter().all(|entry| matches!(keyring::load(entry), KeyringAnswer::NoEntry)));
    let kit = app.new_kit().expect("a kit");
    app.keep_kit(&asked(&kit)).expect("it is kept");
    assert!(!needs_kit(app));
}

/// The backup under new keys is made before anybody has read the code back: who then restores it with that code has it.
fn a_code_that_restores_is_known(app: &App) {
    let made = app.replace_key(typed(), &nobody(), &nobody()).expect("the key is replaced");
    app.keep_kit(&asked(&made.kit)).expect("it is kept");
    // The one that restoring makes first comes after it.
    let newest = app.found_backups().expect("they are listed")[0].file.clone();
    let pick = Pick::Found { place: Which::First, file: newest };
    app.restore(&pick, &made.kit.written, typed(), false, &nobody()).expect("it is restored");
    assert!(!needs_kit(app));
}

fn without_a_passphrase(home: &Path) {
    let app = app(home, "without");
    let old = set_up(&app);
    let made = app.replace_key(None, &nobody(), &nobody()).expect("the key is replaced");
    assert!(opens(&app, &made.kit.written) && !opens(&app, &old));
    app.close();
    assert!(matches!(app.standing(), Ok(Standing::Open { needs_kit: true, .. })));
}

/// Locked, and opened with the passphrase that was there all along.
fn reopen(app: &App) {
    app.lock(Because::Asked);
    assert!(matches!(app.unlock(typed()), Ok(Standing::Open { .. })));
}

fn needs_kit(app: &App) -> bool {
    match app.standing() {
        Ok(Standing::Open { needs_kit, .. }) => needs_kit,
        other => panic!("{other:?}"),
    }
}

fn opens(app: &App, written: &Written) -> bool {
    app.watch.right();
    let tried = app.try_code(written);
    app.watch.right();
    match tried {
        Ok(None) => true,
        Err(Failure::Refused { refusal: Refusal::WrongCode }) => false,
        other => panic!("{other:?}"),
    }
}

fn asked(kit: &Kit) -> [String; 2] {
    kit.ask.map(|group| kit.written.groups[usize::from(group) - 1].clone())
}

/// The names in the password store that the file beside the records has.
fn entries(folder: &Path) -> Vec<String> {
    let file: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("vault.json")).expect("it is there")).expect("json");
    let slots = file["slots"].as_array().expect("slots");
    slots.iter().filter_map(|slot| slot["keyring_entry"].as_str().map(str::to_owned)).collect()
}

fn refusal<T>(answer: Answer<T>) -> Refusal {
    match answer {
        Err(Failure::Refused { refusal }) => refusal,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was not refused"),
    }
}
