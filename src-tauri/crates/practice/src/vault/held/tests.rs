//! Changing the ways in while the records are open, and coming back in by each of them.

use std::cell::RefCell;

use super::*;
use crate::vault::testing::Place;
use crate::vault::{Locked, Standing, recover};

fn held(place: &Place) -> Held {
    place.ready().open(0).unwrap().held
}

fn lock(place: &Place, held: &Held, passphrase: Option<&str>) {
    let passphrase = passphrase.map(Passphrase::new);
    held.set_lock(passphrase.as_ref(), |entry, secret| place.kept.store(entry, secret), |entry| place.kept.forget(entry)).unwrap();
}

fn locked(place: &Place) -> Locked {
    match place.prepare() {
        Standing::Locked(locked) => locked,
        _ => panic!("no passphrase is asked for"),
    }
}

fn opens(place: &Place, passphrase: &str) -> bool {
    let ready = locked(place).unlock(&Passphrase::new(passphrase), |entry| place.kept.load(entry)).unwrap();
    ready.is_some_and(|ready| ready.open(0).is_ok())
}

#[test]
fn a_passphrase_is_asked_for_from_the_next_opening_on_and_the_plain_slot_is_gone() {
    let place = Place::made();
    let held = held(&place);
    assert!(!held.asks_passphrase().unwrap());
    lock(&place, &held, Some("harbour quiet almond"));
    assert!(held.asks_passphrase().unwrap());
    assert!(held.is_passphrase(&Passphrase::new("harbour quiet almond"), |entry| place.kept.load(entry)).unwrap());
    assert!(!held.is_passphrase(&Passphrase::new("harbour quiet"), |entry| place.kept.load(entry)).unwrap());
    drop(held);
    assert!(opens(&place, "harbour quiet almond"));
    assert!(!opens(&place, "harbour quiet"));
    let kinds: Vec<_> = place.vault_file()["slots"].as_array().unwrap().iter().map(|slot| slot["kind"].clone()).collect();
    assert_eq!(kinds, ["passphrase"]);
    assert_eq!(place.kept.0.borrow().len(), 1, "the secret of the plain slot is forgotten");
}

#[test]
fn the_passphrase_changes_and_the_one_before_opens_nothing() {
    let place = Place::made();
    let held = held(&place);
    lock(&place, &held, Some("harbour quiet almond"));
    lock(&place, &held, Some("tin lantern moss quay"));
    drop(held);
    assert!(opens(&place, "tin lantern moss quay"));
    assert!(!opens(&place, "harbour quiet almond"));
    assert_eq!(place.kept.0.borrow().len(), 1);
}

#[test]
fn the_lock_can_be_left_off_again() {
    let place = Place::made();
    let held = held(&place);
    lock(&place, &held, Some("harbour quiet almond"));
    lock(&place, &held, None);
    drop(held);
    assert_eq!(place.remarks(), 1);
}

#[test]
fn without_the_password_stores_half_nothing_is_asked_and_nothing_is_changed() {
    let place = Place::made();
    lock(&place, &held(&place), Some("harbour quiet almond"));
    let kept = place.kept.0.take();
    place.barred(&Barred::KeyGone);
    place.barred_with(&Barred::NoStore, |_| KeyringAnswer::NoService);
    place.barred_with(&Barred::StoreLocked, |_| KeyringAnswer::Locked);
    place.barred_with(&Barred::OtherVault, |_| KeyringAnswer::Secret(KeyringSecret::generate().unwrap()));
    place.kept.0.replace(kept);
    assert!(opens(&place, "harbour quiet almond"));
}

#[test]
fn a_password_store_that_does_not_keep_changes_nothing() {
    for answer in [KeyringAnswer::NoEntry, KeyringAnswer::Locked, KeyringAnswer::Secret(KeyringSecret::generate().unwrap())] {
        let place = Place::made();
        let held = held(&place);
        let (answer, forgotten) = (RefCell::new(Some(answer)), RefCell::new(0));
        let before = place.files();
        let passphrase = Passphrase::new("harbour quiet almond");
        let set = held.set_lock(
            Some(&passphrase),
            |_, _| answer.take().unwrap(),
            |_| {
                *forgotten.borrow_mut() += 1;
                KeyringAnswer::NoEntry
            },
        );
        assert!(set.is_err());
        assert!(place.files() == before && *forgotten.borrow() == 0);
        drop(held);
        assert_eq!(place.remarks(), 1);
    }
}

#[test]
fn killed_before_the_new_slot_is_on_the_disk_the_old_way_still_opens() {
    let place = Place::made();
    let held = held(&place);
    lock(&place, &held, Some("harbour quiet almond"));
    let passphrase = Passphrase::new("tin lantern moss quay");
    let killed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        held.set_lock(
            Some(&passphrase),
            |entry, secret| {
                place.kept.store(entry, secret);
                panic!("killed")
            },
            |_| KeyringAnswer::NoEntry,
        )
    }));
    assert!(killed.is_err());
    drop(held);
    assert!(opens(&place, "harbour quiet almond"));
}

fn superseded(place: &Place) -> Vec<String> {
    let named = place.vault_file()["superseded"].as_array().cloned().unwrap_or_default();
    named.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_could_not_be_forgotten_is_forgotten_once_the_new_way_has_opened_the_records() {
    let place = Place::made();
    let desk = held(&place);
    let former: Vec<String> = place.kept.0.borrow().keys().cloned().collect();
    let passphrase = Passphrase::new("harbour quiet almond");
    // Killed before it was forgotten, or the store did not: the same.
    desk.set_lock(Some(&passphrase), |entry, secret| place.kept.store(entry, secret), |_| KeyringAnswer::Locked).unwrap();
    assert_eq!((superseded(&place), place.kept.0.borrow().len()), (former, 2));
    drop(desk);
    let ready = locked(&place).unlock(&passphrase, |entry| place.kept.load(entry)).unwrap().unwrap();
    assert_eq!(place.kept.0.borrow().len(), 2, "nothing has opened yet");
    let held = ready.open(0).unwrap().held;
    held.forget_superseded(|_| KeyringAnswer::NoService).unwrap();
    assert_eq!(superseded(&place).len(), 1, "it is told again");
    held.forget_superseded(|entry| place.kept.forget(entry)).unwrap();
    assert!(superseded(&place).is_empty());
    assert_eq!(place.kept.0.borrow().len(), 1);
    held.forget_superseded(|_| panic!("nothing is left")).unwrap();
    drop(held);
    assert!(opens(&place, "harbour quiet almond"));
}

#[test]
fn a_name_that_a_slot_has_or_that_is_not_of_these_records_is_never_forgotten() {
    let place = Place::made();
    let mut file = place.vault_file();
    let used = file["slots"][0]["keyring_entry"].as_str().unwrap().to_owned();
    let other = used.replacen(&file["vault_id"].as_str().unwrap()[..8], "00000000", 1);
    file["superseded"] = serde_json::json!([used, other, "login", ""]);
    place.write_vault_file(&file);
    held(&place).forget_superseded(|entry| panic!("{entry}")).unwrap();
    assert!(superseded(&place).is_empty());
    assert_eq!(place.remarks(), 1);
}

#[test]
fn the_recovery_code_opens_when_store_and_passphrase_are_gone_and_makes_a_new_way_in() {
    let place = Place::made();
    let held = held(&place);
    lock(&place, &held, Some("harbour quiet almond"));
    let code = RecoveryCode::generate().unwrap();
    let kit = held.add_kit(&code).unwrap();
    held.settle(Some(kit.slot)).unwrap();
    drop(held);
    place.kept.0.take();
    let (files, path) = (place.files(), place.folder.path());
    assert!(recover(path, &RecoveryCode::generate().unwrap()).unwrap().is_none());
    let recovered = recover(path, &code).unwrap().unwrap();
    assert!(place.files() == files, "looking changes nothing");
    let passphrase = Passphrase::new("tin lantern moss quay");
    let ready = recovered.renew(Some(&passphrase), |entry, secret| place.kept.store(entry, secret)).unwrap();
    assert!(ready.open(0).is_ok());
    assert!(opens(&place, "tin lantern moss quay"));
    assert!(!opens(&place, "harbour quiet almond"));
    assert!(recover(path, &code).unwrap().is_some(), "the code stays in force");
}

#[test]
fn records_without_a_kit_say_so() {
    let place = Place::made();
    assert_eq!(recover(place.folder.path(), &RecoveryCode::generate().unwrap()).err(), Some(Barred::NoKit));
}

#[test]
fn a_kit_is_in_force_only_once_the_records_say_so() {
    let place = Place::made();
    let held = held(&place);
    let opens = |code: &RecoveryCode| recover(place.folder.path(), code).is_ok_and(|recovered| recovered.is_some());
    let (first, second) = (RecoveryCode::generate().unwrap(), RecoveryCode::generate().unwrap());
    let one = held.add_kit(&first).unwrap();
    held.settle(Some(one.slot)).unwrap();
    let two = held.add_kit(&second).unwrap();
    assert!(opens(&first) && opens(&second), "killed here, both open");
    held.settle(Some(one.slot)).unwrap();
    assert!(opens(&first) && !opens(&second), "the records did not take it");
    held.settle(Some(two.slot)).unwrap();
    assert!(opens(&first), "a kit that the file lacks takes no other away");
    let three = held.add_kit(&second).unwrap();
    held.settle(Some(three.slot)).unwrap();
    assert!(!opens(&first) && opens(&second));
}

#[test]
fn the_code_opens_the_identity_that_backups_are_encrypted_to() {
    use std::io::Read;
    use std::str::FromStr;
    let place = Place::made();
    let code = RecoveryCode::generate().unwrap();
    let kit = held(&place).add_kit(&code).unwrap();
    let open = |code: &RecoveryCode| {
        let armoured = age::armor::ArmoredReader::new(kit.identity.as_bytes());
        let identity = age::scrypt::Identity::new(age::secrecy::SecretString::from(code.line().to_string()));
        let mut text = String::new();
        let decryptor = age::Decryptor::new(armoured).unwrap();
        decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).ok()?.read_to_string(&mut text).unwrap();
        Some(text)
    };
    let identity = age::x25519::Identity::from_str(open(&code).unwrap().trim()).unwrap();
    assert_eq!(identity.to_public().to_string(), kit.recipient);
    assert!(open(&RecoveryCode::generate().unwrap()).is_none());
}
