//! Forgeries: sound in form, and not what these records made; and forms that we do not write.

use super::*;

#[test]
fn a_forger_who_knows_only_to_whom_backups_are_encrypted_makes_nothing_that_opens() {
    let trial = Trial::new();
    let (vault, theirs, code) = (trial.bed.held.vault(), DatabaseKey::generate().unwrap(), RecoveryCode::generate().unwrap());
    let mut manifest = Manifest::parse(&trial.inner[0].1).unwrap();
    // Records of the forger's own, under a key and a code of the forger's own.
    let slot = serde_json::to_vec(&RecoverySlot::seal(vault, &theirs, &code).unwrap()).unwrap();
    manifest.recovery_sha256 = disk::sha256(&slot);
    let text = serde_json::to_vec(&manifest).unwrap();
    let own = trial.with_inner(|inner| {
        inner[2].1 = slot;
        seal(inner, &text, &theirs);
    });
    assert_eq!(trial.damaged(&own), Part::Seal);
    // With the slot that lies in vault.json, which opens, the seal is still one of another key.
    let copied = trial.with_inner(|inner| {
        let same = inner[0].1.clone();
        seal(inner, &same, &theirs);
    });
    assert_eq!(trial.damaged(&copied), Part::Seal);
    let unsealed = trial.with_inner(|inner| {
        let text = String::from_utf8(inner[0].1.clone()).unwrap().replace("\"clients\": 1", "\"clients\": 0");
        assert_ne!(text.as_bytes(), inner[0].1);
        inner[0].1 = text.into_bytes();
    });
    assert_eq!(trial.damaged(&unsealed), Part::Seal);
    for mac in [&b""[..], b"\n", &[b'0'; 65], &[0xff; 65], format!("{}\n", "0".repeat(64)).as_bytes()] {
        assert_eq!(trial.damaged(&trial.with_inner(|inner| inner[1].1 = mac.to_vec())), Part::Seal);
    }
}

#[test]
fn each_sealed_part_is_held_against_the_manifest() {
    let trial = Trial::new();
    let key_of_another = format!("{}\n", *key::hex(DatabaseKey::generate().unwrap().bytes()));
    assert_eq!(trial.damaged(&trial.with_inner(|inner| inner[3].1 = key_of_another.into_bytes())), Part::Key);
    let database = trial.with_inner(|inner| *inner[4].1.last_mut().unwrap() ^= 1);
    assert_eq!(trial.damaged(&database), Part::Database);
    let shorter = trial.with_inner(|inner| {
        let less = inner[4].1.len() - 4096;
        inner[4].1.truncate(less);
    });
    assert_eq!(trial.damaged(&shorter), Part::Database);
    // True to its hash, and still not what it says.
    let miscounted = trial.with_manifest(|manifest, _| *manifest.counts.get_mut("clients").unwrap() += 1);
    assert_eq!(trial.damaged(&miscounted), Part::Count);
    assert_eq!(trial.damaged(&trial.with_manifest(|manifest, _| manifest.event += 1)), Part::Trail);
    assert_eq!(trial.damaged(&trial.with_manifest(|manifest, _| manifest.sequence += 1)), Part::About);
    assert_eq!(trial.damaged(&trial.with_manifest(|manifest, _| manifest.kit = Uuid::nil())), Part::Seal);
}

#[test]
fn names_kinds_and_sizes_that_we_do_not_write_are_refused() {
    let trial = Trial::new();
    let inner = tar_of(&trial.inner, trial.seconds);
    let at = inner.windows(11).position(|found| found == b"practice.db").unwrap();
    let forged = |change: &dyn Fn(&mut tar::Header)| {
        let mut bytes = inner.clone();
        let mut header = tar::Header::from_byte_slice(&bytes[at..at + 512]).clone();
        change(&mut header);
        header.set_cksum();
        bytes[at..at + 512].copy_from_slice(header.as_bytes());
        trial.with_content(&bytes)
    };
    for name in ["../practice.db", "/tmp/practice.db", "practice.db/", "vault.json", "..\\practice.db", "PRACTICE.DB", ""] {
        let bytes = forged(&|header| {
            header.as_mut_bytes()[..100].fill(0);
            header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        });
        assert_eq!(trial.damaged(&bytes), Part::Content, "{name}");
    }
    for kind in [
        tar::EntryType::Symlink,
        tar::EntryType::Link,
        tar::EntryType::Directory,
        tar::EntryType::GNULongName,
        tar::EntryType::XHeader,
        tar::EntryType::Fifo,
        tar::EntryType::GNUSparse,
    ] {
        let bytes = forged(&|header| {
            header.set_entry_type(kind);
            header.as_mut_bytes()[157..165].copy_from_slice(b"/etc/pwd");
        });
        assert_eq!(trial.damaged(&bytes), Part::Content, "{kind:?}");
    }
    for size in [u64::MAX, u64::MAX / 2, 1 << 45, 1 << 33, trial.inner[4].1.len() as u64 + 512] {
        assert_eq!(trial.damaged(&forged(&|header| header.set_size(size))), Part::Content, "{size}");
    }
    // The same outside, where there is no seal yet.
    for size in [u64::MAX, u64::MAX - 511, 1 << 62, 1 << 33] {
        let mut bytes = trial.whole.clone();
        let at = (0..).map(|block| block * 512).find(|at| bytes[*at..].starts_with(b"content.age\0")).unwrap();
        let mut header = tar::Header::from_byte_slice(&bytes[at..at + 512]).clone();
        header.set_size(size);
        header.set_cksum();
        bytes[at..at + 512].copy_from_slice(header.as_bytes());
        assert_eq!(trial.damaged(&bytes), Part::Frame, "{size}");
    }
}

#[test]
fn what_is_too_much_is_not_unpacked() {
    let trial = Trial::new();
    let inner = tar_of(&trial.inner, trial.seconds);
    // Thirty-two times what a backup of this size has, after the end and before it.
    let bomb = vec![0; 16 << 20];
    assert_eq!(trial.damaged(&trial.with_content(&[inner.as_slice(), &bomb].concat())), Part::Content);
    let more = trial.with_inner(|inner| inner.push(("practice.db", bomb.clone())));
    assert_eq!(trial.damaged(&more), Part::Content);
    assert_eq!(trial.damaged(&trial.with_inner(|inner| inner[4].1.extend_from_slice(&bomb))), Part::Content);
    assert_eq!(trial.damaged(&trial.with_inner(|inner| inner[0].1.extend_from_slice(&bomb))), Part::Content);
    let mut outer = trial.outer.clone();
    outer[1].1.extend(iter::repeat_n(b' ', 1 << 20));
    assert_eq!(trial.damaged(&tar_of(&outer, trial.seconds)), Part::About);
    outer = trial.outer.clone();
    outer.push(("practice.db", vec![0; 512]));
    assert_eq!(trial.damaged(&tar_of(&outer, trial.seconds)), Part::Frame);
    assert_eq!(trial.refused(&vec![0; 1 << 20]), NotUsed::NotABackup);
    assert_eq!(trial.refused(b""), NotUsed::NotABackup);
}

#[test]
fn a_code_is_not_made_to_work_for_hours_and_a_header_that_never_ends_is_not_read_to_its_end() {
    let trial = Trial::new();
    let mut to_code = age::scrypt::Recipient::new(SecretString::from(trial.bed.code.line().to_string()));
    to_code.set_work_factor(15);
    let mut sealed = Vec::new();
    let encryptor = age::Encryptor::with_recipients(iter::once(&to_code as &dyn age::Recipient)).unwrap();
    let armoured = age::armor::ArmoredWriter::wrap_output(&mut sealed, age::armor::Format::AsciiArmor).unwrap();
    let mut out = encryptor.wrap_output(armoured).unwrap();
    out.write_all(b"AGE-SECRET-KEY-1").unwrap();
    out.finish().unwrap().finish().unwrap();
    let mut outer = trial.outer.clone();
    let mut label = Label::parse(&outer[1].1).unwrap();
    label.identity_sha256 = disk::sha256(&sealed);
    outer[1].1 = serde_json::to_vec(&label).unwrap();
    outer[2].1 = sealed;
    assert_eq!(trial.damaged(&tar_of(&outer, trial.seconds)), Part::Identity);

    for head in ["age-encryption.org/v1\n-> X25519 ", "age-encryption.org/v1\n"] {
        let mut outer = trial.outer.clone();
        outer[3].1 = [head.as_bytes(), "-> X25519 A\n".repeat(1 << 18).as_bytes()].concat();
        assert_eq!(trial.damaged(&tar_of(&outer, trial.seconds)), Part::Content);
    }
}

#[test]
fn what_a_newer_version_made_is_said_to_be_newer() {
    let trial = Trial::new();
    let mut outer = trial.outer.clone();
    outer[1].1 = String::from_utf8(outer[1].1.clone()).unwrap().replace("\"format\": 1", "\"format\": 2").into_bytes();
    assert_eq!(trial.refused(&tar_of(&outer, trial.seconds)), NotUsed::Newer);
    // Records of a newer schema, whole and sealed by the key that is theirs.
    let newer = trial.bed.folder.path().join("newer.db");
    fs::write(&newer, &trial.inner[4].1).unwrap();
    let identity = store::Identity { vault: trial.bed.held.vault(), created_at: chrono::DateTime::UNIX_EPOCH };
    let connections = store::open(&newer, &trial.bed.held.key, &identity, 0).unwrap();
    let row = "INSERT INTO refinery_schema_history (version, name, applied_on, checksum) VALUES (99, 'later', '', '0')";
    connections.writer.execute_batch(row).unwrap();
    drop(connections);
    let mut label = Label::parse(&trial.outer[1].1).unwrap();
    label.schema = 99;
    let label = serde_json::to_vec(&label).unwrap();
    let bytes = fs::read(&newer).unwrap();
    let mut inner = trial.inner.clone();
    let mut manifest = Manifest::parse(&inner[0].1).unwrap();
    (manifest.schema, manifest.about_sha256) = (99, disk::sha256(&label));
    (manifest.database_bytes, manifest.database_sha256) = (bytes.len() as u64, disk::sha256(&bytes));
    inner[4].1 = bytes;
    seal(&mut inner, &serde_json::to_vec(&manifest).unwrap(), &trial.bed.held.key);
    let mut outer = trial.outer.clone();
    outer[1].1 = label;
    outer[3].1 = encrypt(&trial.recipient(), &tar_of(&inner, trial.seconds));
    assert_eq!(trial.refused(&tar_of(&outer, trial.seconds)), NotUsed::Newer);
}
