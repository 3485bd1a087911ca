//! Everything that can be met at start, and every place where a first run can be killed.

use std::fs;

use tempfile::TempDir;

use super::*;
use crate::vault::testing::{Kept, Place};

#[test]
fn an_empty_folder_is_a_first_run_and_stays_empty_until_it_is_begun() {
    let place = Place::new();
    assert!(matches!(place.prepare(), Standing::FirstRun(_)));
    assert!(place.files().is_empty());
    assert!(place.kept.0.borrow().is_empty());
}

#[test]
fn a_folder_that_is_not_there_is_made_with_all_above_it() {
    let place = Place::new();
    let deep = place.path("one/two");
    assert!(matches!(prepare(&deep, |_| KeyringAnswer::NoEntry), Standing::FirstRun(_)));
    assert!(deep.is_dir());
}

#[test]
fn a_first_run_leaves_a_vault_that_opens() {
    let place = Place::made();
    let file = place.vault_file();
    assert_eq!(file["format"], 1);
    assert_eq!(file["database"], "created");
    assert_eq!(file["created_at"], "1970-01-01T00:00:00Z");
    assert_eq!(file["slots"][0]["kind"], "device");
    assert_eq!(file["slots"][0]["version"], 1);
    assert_eq!(place.remarks(), 1);
    assert!(!place.ready().is_new());
    assert_eq!(place.files().into_keys().collect::<Vec<_>>(), ["anchor", "practice.db", "vault.json"]);
}

#[test]
fn opening_again_changes_neither_vault_file_nor_password_store() {
    let place = Place::made();
    let (before, entries) = (place.vault_file(), place.kept.0.borrow().clone());
    assert_eq!(place.remarks(), 1);
    assert_eq!(place.vault_file(), before);
    assert_eq!(*place.kept.0.borrow(), entries);
}

#[test]
fn no_file_holds_the_secret_that_the_password_store_keeps() {
    let place = Place::made();
    for secret in place.kept.0.borrow().values() {
        for (name, bytes) in place.files() {
            assert!(!bytes.windows(secret.len()).any(|at| at == secret.as_bytes()), "{name}");
        }
    }
}

// A first run that is killed.

#[test]
fn killed_after_the_secret_was_stored_it_is_a_first_run_again() {
    let place = Place::new();
    let Standing::FirstRun(first) = place.prepare() else { panic!("not a first run") };
    // The kill, just after the store has kept the secret.
    let killed = first.begin(DateTime::UNIX_EPOCH, None, |entry, secret| {
        place.kept.store(entry, secret);
        KeyringAnswer::Failed(KeyringFault::TimedOut)
    });
    assert_eq!(killed.err().unwrap(), Barred::StoreFailed { reason: KeyringFault::TimedOut });
    assert_eq!(place.kept.0.borrow().len(), 1);
    assert!(place.files().is_empty());
    assert!(place.begin().open(0).is_ok());
    assert_eq!(place.kept.0.borrow().len(), 2);
}

#[test]
fn killed_while_the_vault_file_was_written_it_is_a_first_run_again() {
    let place = Place::new();
    fs::write(place.path("vault.json.next"), b"{\"format\": 1, \"vault_").unwrap();
    assert!(place.begin().open(0).is_ok());
    assert!(!place.path("vault.json.next").exists());
}

#[test]
fn killed_after_the_vault_file_was_written_it_goes_on_with_the_same_key() {
    let place = Place::new();
    drop(place.begin());
    assert_eq!(place.vault_file()["database"], "pending");
    let (slots, entries) = (place.vault_file()["slots"].clone(), place.kept.0.borrow().clone());
    let ready = place.ready();
    assert!(ready.is_new());
    ready.open(0).unwrap();
    assert_eq!(place.vault_file()["database"], "created");
    assert_eq!(place.vault_file()["slots"], slots);
    assert_eq!(*place.kept.0.borrow(), entries);
}

#[test]
fn killed_after_the_empty_database_file_was_made_it_goes_on() {
    let place = Place::new();
    drop(place.begin());
    fs::write(place.path("practice.db"), b"").unwrap();
    place.ready().open(0).unwrap();
    assert_eq!(place.vault_file()["database"], "created");
}

#[test]
fn killed_after_the_database_was_made_it_goes_on() {
    let place = Place::made();
    let mut file = place.vault_file();
    file["database"] = "pending".into();
    place.write_vault_file(&file);
    assert_eq!(place.remarks(), 1);
    assert_eq!(place.vault_file()["database"], "created");
}

#[test]
fn killed_at_any_byte_of_the_making_of_the_database_it_goes_on() {
    let place = Place::new();
    let ready = place.begin();
    let path = place.path("practice.db");
    let identity = Identity { vault: ready.file.vault_id, created_at: ready.file.created_at };
    ready.folder.make_database().unwrap();
    let made = store::create(&path, &ready.key, &identity, 0).unwrap();
    // As a kill would leave it: whatever is still in the log alone, cut anywhere.
    let (database, log) = (fs::read(&path).unwrap(), fs::read(place.path("practice.db-wal")).unwrap());
    drop(made);
    drop(ready);
    for cut in [0, 31, 32, 4000, 4152, 8272, log.len() / 3, log.len() / 2, log.len() - 1, log.len()] {
        let again = Place { folder: TempDir::new().unwrap(), kept: Kept(place.kept.0.clone()) };
        fs::copy(place.path("vault.json"), again.path("vault.json")).unwrap();
        fs::write(again.path("practice.db"), &database).unwrap();
        fs::write(again.path("practice.db-wal"), &log[..cut]).unwrap();
        again.ready().open(1).unwrap();
        assert_eq!(again.vault_file()["database"], "created", "cut at {cut}");
        again.ready().open(1).unwrap();
    }
}

// What the password store may say.

#[test]
fn every_answer_of_the_password_store_has_its_own_standing_and_makes_no_key() {
    let place = Place::made();
    type Answer = fn() -> KeyringAnswer;
    let answers: [(Answer, Barred); 6] = [
        (|| KeyringAnswer::NoService, Barred::NoStore),
        (|| KeyringAnswer::Locked, Barred::StoreLocked),
        (|| KeyringAnswer::NoEntry, Barred::KeyGone),
        (|| KeyringAnswer::Failed(KeyringFault::TimedOut), Barred::StoreFailed { reason: KeyringFault::TimedOut }),
        (|| KeyringAnswer::Failed(KeyringFault::Ambiguous), Barred::StoreFailed { reason: KeyringFault::Ambiguous }),
        (|| KeyringAnswer::Secret(KeyringSecret::generate().unwrap()), Barred::OtherVault),
    ];
    for (answer, expected) in answers {
        place.barred_with(&expected, |_| answer());
    }
    // And also where the first run has not come to its end.
    let place = Place::new();
    drop(place.begin());
    place.barred_with(&Barred::KeyGone, |_| KeyringAnswer::NoEntry);
    place.barred_with(&Barred::NoStore, |_| KeyringAnswer::NoService);
}

#[test]
fn a_store_that_fails_at_the_first_run_leaves_nothing_behind() {
    type Answer = fn() -> KeyringAnswer;
    let not_kept = Barred::StoreFailed { reason: KeyringFault::NotKept };
    let answers: [(Answer, Barred); 4] = [
        (|| KeyringAnswer::NoService, Barred::NoStore),
        (|| KeyringAnswer::Locked, Barred::StoreLocked),
        (|| KeyringAnswer::NoEntry, not_kept.clone()),
        (|| KeyringAnswer::Secret(KeyringSecret::generate().unwrap()), not_kept),
    ];
    for (answer, expected) in answers {
        let place = Place::new();
        let Standing::FirstRun(first) = place.prepare() else { panic!("not a first run") };
        assert_eq!(first.begin(DateTime::UNIX_EPOCH, None, |_, _| answer()).err().unwrap(), expected);
        assert!(place.files().is_empty());
        assert!(matches!(place.prepare(), Standing::FirstRun(_)));
    }
}

#[test]
fn a_vault_that_appears_while_the_store_is_asked_is_not_written_over() {
    let place = Place::new();
    let Standing::FirstRun(first) = place.prepare() else { panic!("not a first run") };
    let began = first.begin(DateTime::UNIX_EPOCH, None, |entry, secret| {
        fs::write(place.path("practice.db"), b"records").unwrap();
        place.kept.store(entry, secret)
    });
    assert_eq!(began.err().unwrap(), Barred::InUse);
    assert_eq!(place.files().into_keys().collect::<Vec<_>>(), ["practice.db"]);
}

// What the files may be.

#[test]
fn a_database_without_a_vault_file_is_not_taken_for_a_first_run() {
    let place = Place::made();
    fs::remove_file(place.path("vault.json")).unwrap();
    place.barred(&Barred::VaultFileMissing);
    // Nor are its remains.
    for name in ["practice.db", "practice.db-wal", "practice.db-journal", "practice.db-shm"] {
        let place = Place::new();
        fs::write(place.path(name), b"").unwrap();
        place.barred(&Barred::VaultFileMissing);
    }
}

#[test]
fn a_damaged_vault_file_is_not_taken_for_a_first_run() {
    for bytes in [b"".as_slice(), b"{", b"{}", &[0; 600], &[0xff; 20]] {
        let place = Place::made();
        fs::write(place.path("vault.json"), bytes).unwrap();
        place.barred(&Barred::VaultFileDamaged);
        fs::remove_file(place.path("practice.db")).unwrap();
        place.barred(&Barred::VaultFileDamaged);
    }
}

#[test]
fn a_vault_file_of_a_newer_format_is_left_alone() {
    let place = Place::made();
    let mut file = place.vault_file();
    file["format"] = 2.into();
    place.write_vault_file(&file);
    place.barred(&Barred::VaultFileNewer { format: 2 });
}

#[test]
fn a_vault_file_with_slots_of_unknown_kinds_alone_is_left_alone() {
    let place = Place::made();
    let mut file = place.vault_file();
    file["slots"] = serde_json::json!([{ "kind": "phone", "id": 1 }]);
    place.write_vault_file(&file);
    place.barred(&Barred::VaultFileNewer { format: 1 });
}

#[test]
fn slots_of_unknown_kinds_are_kept_when_a_first_run_comes_to_its_end() {
    let place = Place::new();
    drop(place.begin());
    let mut file = place.vault_file();
    let other = serde_json::json!({ "kind": "phone", "groups": [1, 2] });
    file["slots"].as_array_mut().unwrap().push(other.clone());
    place.write_vault_file(&file);
    place.ready().open(0).unwrap();
    assert_eq!(place.vault_file()["slots"][1], other);
}

#[test]
fn a_tampered_slot_does_not_open() {
    let place = Place::made();
    let good = place.vault_file();
    let mut bad = good.clone();
    let wrapped = good["slots"][0]["seal"]["wrapped"].as_str().unwrap();
    bad["slots"][0]["seal"]["wrapped"] = format!("{}{}", if wrapped.starts_with('0') { '1' } else { '0' }, &wrapped[1..]).into();
    place.write_vault_file(&bad);
    place.barred(&Barred::OtherVault);
    let mut bad = good.clone();
    bad["vault_id"] = random_id().unwrap().to_string().into();
    place.write_vault_file(&bad);
    place.barred(&Barred::OtherVault);
    place.write_vault_file(&good);
    assert_eq!(place.remarks(), 1);
}

#[test]
fn the_second_of_two_device_slots_opens_if_the_first_does_not() {
    let (place, other) = (Place::made(), Place::made());
    let mut file = place.vault_file();
    file["slots"].as_array_mut().unwrap().insert(0, other.vault_file()["slots"][0].clone());
    place.write_vault_file(&file);
    assert_eq!(place.remarks(), 1);
}

#[test]
fn the_vault_file_of_one_beside_the_database_of_another_opens_neither() {
    let (one, two) = (Place::made(), Place::made());
    fs::copy(two.path("practice.db"), one.path("practice.db")).unwrap();
    one.barred(&Barred::OtherVault);
}

#[test]
fn a_database_that_is_gone_is_not_made_again() {
    let place = Place::made();
    fs::remove_file(place.path("practice.db")).unwrap();
    place.barred(&Barred::DatabaseMissing);
    let place = Place::new();
    drop(place.begin());
    fs::write(place.path("practice.db-wal"), b"work").unwrap();
    place.barred(&Barred::DatabaseMissing);
}

#[test]
fn an_empty_database_is_not_filled_again() {
    let place = Place::made();
    fs::write(place.path("practice.db"), b"").unwrap();
    place.barred(&Barred::DatabaseEmpty);
    let place = Place::new();
    drop(place.begin());
    fs::write(place.path("practice.db"), b"").unwrap();
    fs::write(place.path("practice.db-wal"), b"work").unwrap();
    place.barred(&Barred::DatabaseEmpty);
}

#[test]
fn making_a_database_goes_on_where_the_power_went_after_its_first_journal() {
    let place = Place::new();
    drop(place.begin());
    fs::write(place.path("practice.db"), b"").unwrap();
    fs::write(place.path("practice.db-journal"), [0; 512]).unwrap();
    assert!(place.ready().open(1).is_ok());
}

#[test]
fn a_database_that_goes_between_looking_and_opening_is_not_made_again() {
    let place = Place::made();
    let ready = place.ready();
    fs::remove_file(place.path("practice.db")).unwrap();
    assert_eq!(ready.open(0).err().unwrap(), Barred::DatabaseMissing);
    assert!(!place.path("practice.db").exists());
}

#[test]
fn a_damaged_database_is_left_as_it_is() {
    let place = Place::made();
    let mut bytes = fs::read(place.path("practice.db")).unwrap();
    bytes[2000] ^= 4;
    fs::write(place.path("practice.db"), bytes).unwrap();
    place.barred(&Barred::DatabaseDamaged);
}

#[test]
fn a_database_of_a_newer_version_is_left_as_it_is() {
    let place = Place::made();
    let opened = place.ready().open(0).unwrap().connections;
    let row = "INSERT INTO refinery_schema_history (version, name, applied_on, checksum) VALUES (77, 'x', '2031-01-01T00:00:00Z', '1')";
    opened.writer.execute(row, []).unwrap();
    drop(opened);
    let files = place.files();
    assert!(matches!(place.ready().open(0), Err(Barred::Newer { found: 77, known: 1.. })));
    assert!(place.files() == files);
}

#[test]
fn no_text_for_the_user_holds_a_path_or_a_key() {
    let place = Place::made();
    fs::write(place.path("practice.db"), b"").unwrap();
    let Standing::Barred(why) = place.prepare() else { panic!("it opened") };
    assert_eq!(serde_json::to_string(&why).unwrap(), "{\"kind\":\"database_empty\"}");
    assert_eq!(why.to_string(), "the database is empty");
    let newer = Barred::Newer { found: 3, known: 1 };
    assert_eq!(serde_json::to_string(&newer).unwrap(), "{\"kind\":\"newer\",\"found\":3,\"known\":1}");
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn folder_and_files_are_the_users_alone_from_the_start() {
        let place = Place::new();
        let folder = place.path("data");
        let load = |entry: &str| place.kept.load(entry);
        let Standing::FirstRun(first) = prepare(&folder, load) else { panic!("not a first run") };
        assert_eq!(mode(&folder), 0o700);
        let opened =
            first.begin(DateTime::UNIX_EPOCH, None, |entry, secret| place.kept.store(entry, secret)).unwrap().open(1).unwrap().connections;
        opened.writer.execute_batch("CREATE TABLE remarks (text TEXT)").unwrap();
        for name in ["practice.db", "practice.db-wal", "practice.db-shm", "vault.json"] {
            assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
        }
    }

    #[test]
    fn a_folder_that_is_open_to_others_is_closed() {
        let place = Place::made();
        set_mode(place.folder.path(), 0o755);
        set_mode(&place.path("practice.db"), 0o644);
        set_mode(&place.path("vault.json"), 0o664);
        assert_eq!(place.remarks(), 1);
        assert_eq!(mode(place.folder.path()), 0o700);
        assert_eq!(mode(&place.path("practice.db")), 0o600);
        assert_eq!(mode(&place.path("vault.json")), 0o600);
    }

    /// Root may write anywhere, so under root this test runs itself as nobody.
    #[test]
    fn a_folder_that_cannot_be_written_is_said_to_be_so() {
        let place = Place::made();
        set_mode(place.folder.path(), 0o500);
        if fs::write(place.path("root"), b"").is_ok() {
            let this = "vault::open::tests::on_unix::a_folder_that_cannot_be_written_is_said_to_be_so";
            let program = TempDir::new().unwrap();
            set_mode(program.path(), 0o755);
            let copy = program.path().join("tests");
            fs::copy(std::env::current_exe().unwrap(), &copy).unwrap();
            let ran = Command::new(copy).args([this, "--exact"]).current_dir("/").uid(65534).gid(65534).output().unwrap();
            assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
            assert!(String::from_utf8_lossy(&ran.stdout).contains("1 passed"));
            return;
        }
        place.barred(&Barred::ReadOnly);
        set_mode(place.folder.path(), 0o700);
        set_mode(&place.path("practice.db"), 0o400);
        place.barred(&Barred::ReadOnly);
        set_mode(&place.path("practice.db"), 0o600);
        set_mode(&place.path("vault.json"), 0o400);
        place.barred(&Barred::ReadOnly);
        set_mode(&place.path("vault.json"), 0o600);
        assert_eq!(place.remarks(), 1);
        let empty = TempDir::new().unwrap();
        set_mode(empty.path(), 0o500);
        assert!(matches!(prepare(empty.path(), |_| KeyringAnswer::NoEntry), Standing::Barred(Barred::ReadOnly)));
        assert!(matches!(prepare(&empty.path().join("below"), |_| KeyringAnswer::NoEntry), Standing::Barred(Barred::ReadOnly)));
        set_mode(empty.path(), 0o700);
    }
}
