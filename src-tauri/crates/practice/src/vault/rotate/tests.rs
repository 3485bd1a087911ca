//! A new key for real records, and what each way in opens before and after.

use std::cell::Cell;

use chrono_tz::Europe::London;
use tempfile::TempDir;

use super::*;
use crate::clients::{self, ClientDetails, ClientStatus};
use crate::store::anchor::Agreement;
use crate::vault::testing::Place;
use crate::vault::{Opened, Standing, backup, recover};
use crate::{settings, testing};

const PASSPHRASE: &str = "harbour quiet almond";

/// Open records with a client, a kit in force, and perhaps a passphrase.
struct Desk {
    place: Place,
    records: Records,
    held: Held,
    code: RecoveryCode,
    next_id: Cell<u128>,
}

fn moment() -> Moment {
    Moment { at: testing::at("2026-01-15 11:12", London), zone: London }
}

impl Desk {
    fn new(passphrase: Option<&Passphrase>) -> Self {
        let place = Place::new();
        let Opened { connections, held } = place.begin().open(1).unwrap();
        let (code, next_id) = (RecoveryCode::generate().unwrap(), Cell::new(0));
        let desk = Self { records: Records::new(connections), held, code, next_id, place };
        desk.write(|w| settings::set_up(w, &settings::Practice::of("Dr Ruth Adeyemi", "Europe/London"))).unwrap();
        desk.client("Okafor");
        let kit = desk.held.add_kit(&desk.code).unwrap();
        desk.write(|w| security::set_kit(w, &kit)).unwrap();
        desk.held.settle(Some(kit.slot)).unwrap();
        if passphrase.is_some() {
            desk.held
                .set_lock(passphrase, |entry, secret| desk.place.kept.store(entry, secret), |entry| desk.place.kept.forget(entry))
                .unwrap();
        }
        desk
    }

    fn id(&self) -> Uuid {
        self.next_id.set(self.next_id.get() + 1);
        Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + self.next_id.get())
    }

    fn write<T>(&self, act: impl FnOnce(&mut store::Writer) -> Result<T>) -> Result<T> {
        self.records.write(moment(), Veil::Open, &mut || self.id(), act)
    }

    fn client(&self, last: &str) {
        self.write(|w| clients::add(w, &ClientDetails::named(last, ""), ClientStatus::Active, true)).unwrap();
    }

    fn rotate(&self, code: &RecoveryCode, passphrase: Option<&Passphrase>, progress: Progress) -> Result<Rotated> {
        let (mut load, mut store) =
            (|entry: &str| self.place.kept.load(entry), |entry: &str, secret: &KeyringSecret| self.place.kept.store(entry, secret));
        let mut keyring = PasswordStore { load: &mut load, store: &mut store };
        self.held.rotate(&self.records, &Rotation { code, passphrase, moment: moment() }, &mut || self.id(), &mut keyring, progress)
    }

    fn rows(&self) -> i64 {
        rows(&self.records)
    }
}

fn rows(records: &Records) -> i64 {
    let clients = |r: &store::Reader| Ok(r.conn().query_row("SELECT count(*) FROM clients", [], |row| row.get(0))?);
    records.read(moment(), Veil::Open, clients).unwrap()
}

fn open(place: &Place, passphrase: Option<&Passphrase>) -> Opened {
    match (place.prepare(), passphrase) {
        (Standing::Ready(ready), None) => ready.open(1).unwrap(),
        (Standing::Locked(locked), Some(typed)) => locked.unlock(typed, |entry| place.kept.load(entry)).unwrap().unwrap().open(1).unwrap(),
        (Standing::Barred(why), _) => panic!("{why}"),
        _ => panic!("another way in was expected"),
    }
}

fn opens_with(place: &Place, code: &RecoveryCode) -> bool {
    recover(place.folder.path(), code).unwrap().is_some()
}

#[test]
fn the_records_are_whole_under_the_new_key_and_the_former_key_and_code_open_nothing() {
    for passphrase in [None, Some(Passphrase::new(PASSPHRASE))] {
        let desk = Desk::new(passphrase.as_ref());
        let former = desk.held.key.copy();
        let before = desk.place.files();
        let code = RecoveryCode::generate().unwrap();
        let rotated = desk.rotate(&code, passphrase.as_ref(), &mut |_, _, _| true).unwrap();
        let Desk { place, records, held, code: old, .. } = desk;
        drop((records, held));
        let opened = open(&place, passphrase.as_ref());
        assert!(opened.held.key.bytes() != former.bytes() && opened.held.key.salt() != former.salt());
        assert_eq!(place.files()["practice.db"][..16], *opened.held.key.salt());
        let records = Records::new(opened.connections);
        assert_eq!(rows(&records), 1);
        assert_eq!(records.agreement().unwrap(), Agreement::Agrees);
        let verified = records.read(moment(), Veil::Open, |r| audit::verify(r, &mut |_, _| true)).unwrap();
        assert!(verified.is_whole());
        assert!(opens_with(&place, &code) && !opens_with(&place, &old));
        assert_eq!(records.read(moment(), Veil::Open, security::kit).unwrap().unwrap().slot, rotated.kit);
        assert!(records.read(moment(), Veil::Open, security::kit_is_unread).unwrap(), "nobody has its code yet");
        assert_eq!(records.read(moment(), Veil::Open, security::key_replaced_on).unwrap(), Some(testing::day("2026-01-15")));
        let slot = opened.held.recovery_slot(rotated.kit).unwrap();
        assert!(slot.open(opened.held.vault, &code).is_some(), "the records name the kit that works");
        drop((records, opened.held));
        for name in place.files().keys() {
            assert!(before.contains_key(name) || name.starts_with("practice.db"), "{name} is left");
        }
        let lies = place.folder.path().join("practice.db");
        assert!(Copy::open(&lies, &former).is_err());
        // What nothing needs any more is forgotten at an opening, also where the program was killed before it could be.
        let opened = open(&place, passphrase.as_ref());
        assert_eq!(place.kept.0.borrow().len(), 2);
        opened.held.forget_superseded(|entry| place.kept.forget(entry)).unwrap();
        assert_eq!(place.kept.0.borrow().len(), 1);
        drop(opened);
        drop(open(&place, passphrase.as_ref()));
    }
}

#[test]
fn stopped_at_any_step_the_records_go_on_as_they_were() {
    let desk = Desk::new(None);
    let code = RecoveryCode::generate().unwrap();
    let slots = desk.place.files()["vault.json"].clone();
    for step in 0.. {
        let mut steps = 0;
        let done = desk.rotate(&code, None, &mut |_, _, _| {
            steps += 1;
            steps <= step
        });
        if done.is_ok() {
            assert!(step > 5, "{step}");
            break;
        }
        assert!(matches!(done, Err(Error::Refused(Refusal::Stopped))), "{step}");
        assert!(desk.place.files()["vault.json"] == slots && !desk.place.path("rotating").exists());
        desk.client(&format!("After {step}"));
        assert_eq!(desk.rows(), step + 2);
    }
}

#[test]
fn a_wrong_passphrase_or_none_and_a_password_store_that_does_not_keep_change_nothing() {
    let typed = Passphrase::new(PASSPHRASE);
    let desk = Desk::new(Some(&typed));
    let code = RecoveryCode::generate().unwrap();
    let slots = desk.place.files()["vault.json"].clone();
    for wrong in [None, Some(Passphrase::new("harbour quiet"))] {
        let refused = desk.rotate(&code, wrong.as_ref(), &mut |_, _, _| true);
        assert!(matches!(refused, Err(Error::Refused(Refusal::WrongPassphrase { .. }))));
    }
    let (mut load, mut store) = (|entry: &str| desk.place.kept.load(entry), |_: &str, _: &KeyringSecret| KeyringAnswer::Locked);
    let mut keyring = PasswordStore { load: &mut load, store: &mut store };
    let wanted = Rotation { code: &code, passphrase: Some(&typed), moment: moment() };
    let refused = desk.held.rotate(&desk.records, &wanted, &mut || desk.id(), &mut keyring, &mut |_, _, _| true);
    assert!(matches!(refused, Err(Error::Refused(Refusal::WayIn { barred: Barred::StoreLocked }))));
    assert!(desk.place.files()["vault.json"] == slots && !desk.place.path("rotating").exists());
    desk.client("After");
}

#[test]
fn once_the_new_key_is_to_come_nothing_is_read_or_written_and_nobody_opens_the_former_records() {
    let desk = Desk::new(None);
    let entries = desk.place.kept.0.borrow().clone();
    desk.rotate(&RecoveryCode::generate().unwrap(), None, &mut |_, _, _| true).unwrap();
    let refused = desk.write(|_| Ok(()));
    assert!(matches!(refused, Err(Error::Refused(Refusal::NotOpen))));
    assert!(desk.records.read(moment(), Veil::Open, |_| Ok(())).is_err());
    // Still open here: another program, or a second window, finds them in use and changes nothing.
    let before = desk.place.files();
    assert!(matches!(desk.place.prepare(), Standing::Barred(Barred::InUse)));
    assert!(desk.place.files() == before && desk.place.path("rotating").exists());
    let Desk { place, records, held, .. } = desk;
    drop((records, held));
    assert!(entries.len() < place.kept.0.borrow().len());
    drop(open(&place, None));
}

#[test]
fn a_key_that_was_replaced_opens_nothing_even_in_the_hands_of_one_who_was_about_to_open() {
    let desk = Desk::new(None);
    let (file, key) = (desk.held.file().unwrap(), desk.held.key.copy());
    let stale = super::super::Ready { folder: Folder::at(desk.place.folder.path()), file, key };
    desk.rotate(&RecoveryCode::generate().unwrap(), None, &mut |_, _, _| true).unwrap();
    let Desk { place, records, held, .. } = desk;
    drop((records, held));
    assert_eq!(stale.open(0).err(), Some(Barred::InUse));
    drop(open(&place, None));
}

#[test]
fn backups_made_before_open_with_the_code_of_their_time() {
    let desk = Desk::new(None);
    let shelf = TempDir::new().unwrap();
    let made = backup::make(&desk.records, &desk.held, shelf.path(), moment(), "0.1.0", None, &mut |_, _, _| true).unwrap();
    let code = RecoveryCode::generate().unwrap();
    desk.rotate(&code, None, &mut |_, _, _| true).unwrap();
    let Desk { place, records, held, code: old, .. } = desk;
    drop((records, held));
    let opened = open(&place, None);
    let records = Records::new(opened.connections);
    let newer = backup::make(&records, &opened.held, shelf.path(), moment(), "0.1.0", None, &mut |_, _, _| true).unwrap();
    let opens = |made: &backup::Made, code: &RecoveryCode| {
        let scratch = TempDir::new().unwrap();
        backup::test_restore(&shelf.path().join(&made.file), code, &scratch.path().join("scratch"), &mut |_, _, _| true).is_ok()
    };
    assert!(opens(&made, &old) && !opens(&made, &code));
    assert!(opens(&newer, &code) && !opens(&newer, &old));
}
