//! The disk fails while a passphrase is set: where it was refused the records open as before, where it was not the passphrase opens them.

use std::cell::RefCell;
use std::path::Path;

use practice::vault::{self, KeyringAnswer, KeyringSecret, Opened, Passphrase, Standing};
use tempfile::TempDir;

use crate::bench;
use crate::chance::Chance;
use crate::child::{found, kept};
use crate::failing::{Flow, Told, faults, survives};

const PASSPHRASE: &str = "harbour quiet almond 52 stairs";

fn answer(kept: &str) -> KeyringAnswer {
    KeyringSecret::from_text(kept.as_bytes()).map_or(KeyringAnswer::NoEntry, KeyringAnswer::Secret)
}

/// Sets a passphrase. The password store, which does not fail here, keeps the new secret beside the one before.
fn set(folder: &Path, kept: &str, told: &mut Told) {
    let Some(Opened { connections, held }) = told.hear(bench::opened(folder, kept)) else { return };
    let secret = RefCell::new(None);
    let store = |entry: &str, new: &KeyringSecret| {
        let text = new.to_text().to_string();
        let answer = answer(&text);
        *secret.borrow_mut() = Some((entry.to_owned(), text));
        answer
    };
    told.passphrase = told.hear(held.set_lock(Some(&Passphrase::new(PASSPHRASE)), store, |_| KeyringAnswer::NoEntry)).is_some();
    told.secret = secret.into_inner();
    drop(connections);
}

/// What the next start finds must be what was said.
fn differs(folder: &Path, kept: &str, told: &Told) -> Option<String> {
    let load = |entry: &str| match &told.secret {
        Some((named, secret)) if named == entry => answer(secret),
        _ => answer(kept),
    };
    let ready = match vault::prepare(folder, load) {
        Standing::Ready(ready) if !told.passphrase => ready,
        Standing::Locked(locked) if told.passphrase => match locked.unlock(&Passphrase::new(PASSPHRASE), load) {
            Ok(Some(ready)) => ready,
            other => return Some(format!("the passphrase does not open them: {:?}", other.err())),
        },
        Standing::Ready(_) => return Some("a passphrase was set, and none is asked for".to_owned()),
        Standing::Locked(_) => return Some("the passphrase was refused, and is asked for".to_owned()),
        Standing::FirstRun(_) => return Some("nothing is there".to_owned()),
        Standing::Barred(why) => return Some(why.to_string()),
    };
    ready.open(1).err().map(|why| why.to_string())
}

#[test]
fn a_disk_that_fails_while_a_passphrase_is_set_leaves_what_was_said() {
    let template = TempDir::new().unwrap();
    found(template.path());
    let kept = kept(template.path());
    let run = |folder: &Path, told: &mut Told| set(folder, &kept, told);
    let check = |folder: &Path, told: &Told| differs(folder, &kept, told).into_iter().collect();
    let flow = Flow { template, run: &run, check: &check };
    let calls = flow.calls();
    survives("a failing disk never lies: a passphrase is set", &flow, &faults(&calls, 16, &mut Chance(20_260_121)));
}
