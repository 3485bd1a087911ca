//! Every state of the password store, met at every act that needs it: each has its own refusal, no key is made, and no file is changed.

use std::fs;

use practice::vault::{self, Barred, KeyringAnswer, KeyringFault, KeyringSecret, Locked, Passphrase, Standing};
use tempfile::TempDir;

use crate::table::row;
use crate::vaults::{Vault, files};

const PASSPHRASE: &str = "harbour quiet almond";

/// What a password store may say.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    NoService,
    Locked,
    /// The entry was taken away; so it also looks where another store was in use when it was made.
    EntryGone,
    /// A secret of other records.
    Foreign,
    /// What is kept is no secret of ours.
    Damaged,
    /// The user, or the store, said no.
    Denied,
    /// A store in which nothing of ours could ever be kept.
    OtherStore,
    /// No answer in time; the next time it is there.
    SlowOnce,
}

impl State {
    const ALL: [Self; 8] =
        [Self::NoService, Self::Locked, Self::EntryGone, Self::Foreign, Self::Damaged, Self::Denied, Self::OtherStore, Self::SlowOnce];

    fn answer(self) -> KeyringAnswer {
        match self {
            Self::NoService => KeyringAnswer::NoService,
            Self::Locked => KeyringAnswer::Locked,
            Self::EntryGone => KeyringAnswer::NoEntry,
            Self::Foreign => KeyringAnswer::Secret(KeyringSecret::generate().unwrap()),
            Self::Damaged => KeyringAnswer::Failed(KeyringFault::NotASecret),
            Self::Denied => KeyringAnswer::Failed(KeyringFault::Platform),
            Self::OtherStore => KeyringAnswer::Failed(KeyringFault::NoKeyring),
            Self::SlowOnce => KeyringAnswer::Failed(KeyringFault::TimedOut),
        }
    }

    /// The refusal where something is to be read.
    fn refusal(self) -> Barred {
        match self {
            Self::NoService => Barred::NoStore,
            Self::Locked => Barred::StoreLocked,
            Self::EntryGone => Barred::KeyGone,
            Self::Foreign => Barred::OtherVault,
            Self::Damaged => Barred::StoreFailed { reason: KeyringFault::NotASecret },
            Self::Denied => Barred::StoreFailed { reason: KeyringFault::Platform },
            Self::OtherStore => Barred::StoreFailed { reason: KeyringFault::NoKeyring },
            Self::SlowOnce => Barred::StoreFailed { reason: KeyringFault::TimedOut },
        }
    }

    /// Where something was put in and is read back: what is not there, or is another's, was not kept.
    fn refusal_of_keeping(self) -> Barred {
        match self {
            Self::EntryGone | Self::Foreign => Barred::StoreFailed { reason: KeyringFault::NotKept },
            state => state.refusal(),
        }
    }
}

/// How often it was tried, and held.
#[derive(Default)]
struct Tally {
    tried: u64,
    survived: u64,
}

impl Tally {
    #[track_caller]
    fn met(&mut self, what: &str, state: State, holds: bool) {
        self.tried += 1;
        self.survived += u64::from(holds);
        assert!(holds, "{what}, {state:?}");
    }

    fn tell(&self, promise: &str, control_failed: bool) {
        row(promise, self.tried, self.survived, self.tried - self.survived, control_failed);
    }
}

fn locked(vault: &Vault) -> Locked {
    match vault::prepare(vault.path(), |entry| vault.keyring.load(entry)) {
        Standing::Locked(locked) => locked,
        _ => panic!("no passphrase is asked for"),
    }
}

/// Why it does not open; `None` if it does, or if a key would be made.
fn barred(standing: Standing) -> Option<Barred> {
    match standing {
        Standing::Barred(why) => Some(why),
        _ => None,
    }
}

#[test]
fn an_opening_has_a_refusal_for_each_state_and_changes_nothing() {
    let mut tally = Tally::default();
    let (plain, guarded) = (Vault::made(None), Vault::made(Some(PASSPHRASE)));
    let waiting = locked(&guarded);
    let seen: Vec<String> = State::ALL.map(|state| state.refusal().to_string()).to_vec();
    assert_eq!(seen.iter().collect::<std::collections::BTreeSet<_>>().len(), State::ALL.len(), "each has its own");
    for state in State::ALL {
        for vault in [&plain, &guarded] {
            let (before, kept) = (files(vault.path()), vault.keyring.0.borrow().clone());
            let why = barred(vault::prepare(vault.path(), |_| state.answer()));
            let same = files(vault.path()) == before && *vault.keyring.0.borrow() == kept;
            tally.met("at the opening", state, why == Some(state.refusal()) && same);
            // Well again, it opens: nothing was made of one bad answer.
            tally.met("the opening after it", state, vault.open_at(vault.path(), 1 << 32).is_ok());
        }
        // The store was there when the passphrase was asked for, and is not when it has been typed.
        let before = files(guarded.path());
        let typed = waiting.unlock(&Passphrase::new(PASSPHRASE), |_| state.answer());
        tally.met("at the passphrase", state, typed.err() == Some(state.refusal()) && files(guarded.path()) == before);
    }
    // The control: where no vault is, the same answers do lead to a key.
    let nothing = TempDir::new().unwrap();
    let offered = matches!(vault::prepare(nothing.path(), |_| KeyringAnswer::NoEntry), Standing::FirstRun(_));
    tally.tell("the password store in eight states at the opening: its own refusal, nothing changed", offered);
}

#[test]
fn a_change_of_passphrase_has_a_refusal_for_each_state_and_the_one_before_still_opens() {
    let mut tally = Tally::default();
    for guarded in [false, true] {
        let vault = Vault::made(guarded.then_some(PASSPHRASE));
        for state in State::ALL {
            let desk = vault.open();
            let before = fs::read(vault.path().join("vault.json")).unwrap();
            let mut forgotten = 0;
            let next = Passphrase::new("tin lantern moss quay");
            let changed = desk.held.set_lock(
                Some(&next),
                |_, _| state.answer(),
                |_| {
                    forgotten += 1;
                    KeyringAnswer::NoEntry
                },
            );
            let same = fs::read(vault.path().join("vault.json")).unwrap() == before && forgotten == 0;
            tally.met("at the change", state, changed.err() == Some(state.refusal_of_keeping()) && same);
            if guarded {
                let asked = desk.held.is_passphrase(&Passphrase::new(PASSPHRASE), |_| state.answer());
                tally.met("asked for the passphrase now", state, asked.err() == Some(state.refusal()));
            }
            drop(desk);
            tally.met("the opening after it", state, vault.open_at(vault.path(), 1 << 32).is_ok());
        }
    }
    // The control: a store that keeps leads to another vault file.
    let vault = Vault::made(None);
    let before = files(vault.path());
    let desk = vault.open();
    desk.held.set_lock(None, |entry, secret| vault.keyring.store(entry, secret), |_| KeyringAnswer::NoEntry).unwrap();
    drop(desk);
    let changed = files(vault.path())["vault.json".as_ref() as &std::path::Path] != before["vault.json".as_ref() as &std::path::Path];
    tally.tell("the password store in eight states at a change of passphrase: its own refusal, the way before opens", changed);
}

#[test]
fn where_a_database_is_no_state_makes_it_a_first_run() {
    let mut tally = Tally::default();
    let vault = Vault::made(None);
    // With all of its files, and with one after the other gone; what is left is a trace, and a trace is no first run.
    let gone: [&[&str]; 5] =
        [&["vault.json"], &["vault.json", "anchor"], &["practice.db"], &["practice.db", "anchor"], &["vault.json", "practice.db"]];
    for missing in gone {
        let copy = vault.copy();
        missing.iter().for_each(|name| fs::remove_file(copy.path().join(name)).unwrap());
        let expected = if missing.contains(&"vault.json") { Barred::VaultFileMissing } else { Barred::DatabaseMissing };
        for state in State::ALL {
            let before = files(copy.path());
            let why = barred(vault::prepare(copy.path(), |_| state.answer()));
            tally.met(&format!("without {missing:?}"), state, why == Some(expected.clone()) && files(copy.path()) == before);
        }
    }
    // Records that come to be while a first run is being asked about are not written over.
    for state in State::ALL {
        let folder = TempDir::new().unwrap();
        let Standing::FirstRun(first) = vault::prepare(folder.path(), |_| state.answer()) else { panic!("not a first run") };
        fs::write(folder.path().join("practice.db"), b"somebody's").unwrap();
        let before = files(folder.path());
        let begun = first.begin(chrono::DateTime::UNIX_EPOCH, None, |entry, secret| vault.keyring.store(entry, secret));
        tally.met("begun beside a database", state, begun.err() == Some(Barred::InUse) && files(folder.path()) == before);
    }
    let all_gone = vault.copy();
    ["vault.json", "anchor", "practice.db"].iter().for_each(|name| fs::remove_file(all_gone.path().join(name)).unwrap());
    let offered = matches!(vault::prepare(all_gone.path(), |_| KeyringAnswer::NoEntry), Standing::FirstRun(_));
    tally.tell("the password store in eight states beside a database: never a first run, nothing changed", offered);
}
