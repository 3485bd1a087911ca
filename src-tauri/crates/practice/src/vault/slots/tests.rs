//! What every slot promises: it opens to its own key alone, and no altered bit goes unnoticed.

use super::seal::{NONCE, TAG};
use super::*;
use crate::vault::key::{KEY, SALT};

const CHEAP: Cost = Cost { memory: 8, passes: 1 };

fn sealed() -> (Uuid, DatabaseKey, KeyringSecret, DeviceSlot) {
    let (vault, key, secret) = (random_id().unwrap(), DatabaseKey::generate().unwrap(), KeyringSecret::generate().unwrap());
    let slot = DeviceSlot::seal(vault, &key, &secret).unwrap();
    (vault, key, secret, slot)
}

#[test]
fn a_slot_gives_back_the_key_it_was_given() {
    let (vault, key, secret, slot) = sealed();
    assert!(slot.open(vault, &secret).unwrap().bytes() == key.bytes());
    let written = serde_json::to_string(&Slot::Device(slot)).unwrap();
    let Slot::Device(read) = serde_json::from_str(&written).unwrap() else { panic!("not a device slot") };
    assert!(read.open(vault, &secret).unwrap().bytes() == key.bytes());
}

#[test]
fn the_wrapped_key_does_not_show_the_key() {
    let (_, key, secret, slot) = sealed();
    let written = serde_json::to_string(&Slot::Device(slot)).unwrap();
    assert!(!written.contains(key::hex(&key.bytes()[..8]).as_str()));
    assert!(!written.contains(&secret.to_text()[..16]));
}

#[test]
fn another_secret_opens_nothing() {
    let (vault, _, _, slot) = sealed();
    assert!(slot.open(vault, &KeyringSecret::generate().unwrap()).is_none());
}

#[test]
fn a_slot_of_another_vault_opens_nothing() {
    let (_, _, secret, slot) = sealed();
    assert!(slot.open(random_id().unwrap(), &secret).is_none());
}

#[test]
fn no_single_altered_bit_of_a_slot_goes_unnoticed() {
    let (vault, _, secret, mut slot) = sealed();
    for bit in 0..NONCE * 8 {
        slot.seal.nonce.0[bit / 8] ^= 1 << (bit % 8);
        assert!(slot.open(vault, &secret).is_none(), "bit {bit} of the nonce");
        slot.seal.nonce.0[bit / 8] ^= 1 << (bit % 8);
    }
    for bit in 0..(KEY + SALT + TAG) * 8 {
        slot.seal.wrapped.0[bit / 8] ^= 1 << (bit % 8);
        assert!(slot.open(vault, &secret).is_none(), "bit {bit} of the wrapped key");
        slot.seal.wrapped.0[bit / 8] ^= 1 << (bit % 8);
    }
    slot.version = 2;
    assert!(slot.open(vault, &secret).is_none());
    slot.version = VERSION;
    let id = slot.id;
    slot.id = random_id().unwrap();
    assert!(slot.open(vault, &secret).is_none());
    slot.id = id;
    assert!(slot.open(vault, &secret).is_some());
}

#[test]
fn the_seal_covers_the_kind() {
    let (vault, slot) = (random_id().unwrap(), random_id().unwrap());
    assert_ne!(Covered { vault, slot, kind: "device", version: 1 }.bytes(), Covered { vault, slot, kind: "recovery", version: 1 }.bytes());
}

#[test]
fn a_damaged_device_slot_is_not_taken_for_one_of_another_kind() {
    let (_, _, _, slot) = sealed();
    let good = serde_json::to_value(Slot::Device(slot)).unwrap();
    for field in ["id", "version", "keyring_entry", "seal"] {
        let mut bad = good.clone();
        bad[field] = Value::from("zz");
        if field == "keyring_entry" {
            bad[field] = Value::Null;
        }
        assert!(serde_json::from_value::<Slot>(bad).is_err(), "{field} altered");
        let mut bad = good.clone();
        bad.as_object_mut().unwrap().remove(field);
        assert!(serde_json::from_value::<Slot>(bad).is_err(), "{field} missing");
    }
    let mut more = good.clone();
    more["surprise"] = Value::from(1);
    assert!(serde_json::from_value::<Slot>(more).is_err());
}

#[test]
fn a_device_slot_of_a_later_version_is_kept_as_one_of_another_kind() {
    let (_, _, _, slot) = sealed();
    let mut later = serde_json::to_value(Slot::Device(slot)).unwrap();
    later["version"] = Value::from(2);
    later["more"] = Value::from("yes");
    let read: Slot = serde_json::from_value(later.clone()).unwrap();
    assert!(matches!(read, Slot::Other(_)));
    assert_eq!(serde_json::to_value(read).unwrap(), later);
}

fn both() -> (Uuid, DatabaseKey, KeyringSecret, PassphraseSlot) {
    let (vault, key, secret) = (random_id().unwrap(), DatabaseKey::generate().unwrap(), KeyringSecret::generate().unwrap());
    let slot = PassphraseSlot::seal(vault, &key, &secret, &Passphrase::new("harbour quiet almond"), CHEAP).unwrap();
    (vault, key, secret, slot)
}

#[test]
fn passphrase_and_password_store_open_together_and_neither_alone() {
    let (vault, key, secret, slot) = both();
    let open = |secret: &KeyringSecret, text: &str| slot.open(vault, secret, &Passphrase::new(text)).unwrap();
    assert!(open(&secret, "harbour quiet almond").unwrap().bytes() == key.bytes());
    assert!(open(&secret, "harbour quiet almonds").is_none());
    assert!(open(&secret, "").is_none());
    assert!(open(&KeyringSecret::generate().unwrap(), "harbour quiet almond").is_none());
    assert!(slot.open(random_id().unwrap(), &secret, &Passphrase::new("harbour quiet almond")).unwrap().is_none());
}

#[test]
fn a_secret_of_other_records_is_told_from_a_wrong_passphrase() {
    let (_, _, secret, slot) = both();
    assert!(slot.is_half_of(&secret));
    assert!(!slot.is_half_of(&KeyringSecret::generate().unwrap()));
}

#[test]
fn a_slot_that_asks_for_next_to_nothing_or_too_much_is_damaged() {
    let (vault, _, secret, mut slot) = both();
    for (memory, passes) in [(1, 1), (u32::MAX, 1), (8, 0), (8, 1000)] {
        (slot.memory, slot.passes) = (memory, passes);
        let opened = slot.open(vault, &secret, &Passphrase::new("harbour quiet almond"));
        assert!(matches!(opened, Err(Barred::VaultFileDamaged)));
    }
}

#[test]
fn a_recovery_slot_opens_to_its_code_alone() {
    let (vault, key, code) = (random_id().unwrap(), DatabaseKey::generate().unwrap(), RecoveryCode::generate().unwrap());
    let slot = RecoverySlot::seal(vault, &key, &code).unwrap();
    assert!(slot.open(vault, &code).unwrap().bytes() == key.bytes());
    assert!(slot.open(vault, &RecoveryCode::generate().unwrap()).is_none());
    assert!(slot.open(random_id().unwrap(), &code).is_none());
}

#[test]
fn every_kind_is_read_as_it_was_written() {
    let (vault, key, _, passphrase) = both();
    let recovery = RecoverySlot::seal(vault, &key, &RecoveryCode::generate().unwrap()).unwrap();
    for slot in [Slot::Passphrase(passphrase), Slot::Recovery(recovery)] {
        let written = serde_json::to_string(&slot).unwrap();
        assert!(!written.contains(key::hex(&key.bytes()[..8]).as_str()));
        assert_eq!(serde_json::from_str::<Slot>(&written).unwrap(), slot);
    }
}
