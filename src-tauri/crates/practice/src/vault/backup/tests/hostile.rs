//! Damaged and hostile backups: each is refused with its kind, and the records that are here stay as they are, to the byte.

mod forged;

use std::io::{Cursor, Read, Write};
use std::iter;
use std::str::FromStr;

use age::secrecy::SecretString;
use hmac::Mac;

use super::*;
use crate::store;
use crate::vault::DatabaseKey;
use crate::vault::backup::about::{Label, Manifest, sealing};
use crate::vault::backup::container::Packer;
use crate::vault::key;
use crate::vault::slots::RecoverySlot;

type Parts = Vec<(&'static str, Vec<u8>)>;

/// Records here, and a sound backup of them, taken apart.
struct Trial {
    bed: Bed,
    whole: Vec<u8>,
    outer: Parts,
    inner: Parts,
    seconds: u64,
    before: BTreeMap<String, Vec<u8>>,
}

impl Trial {
    fn new() -> Self {
        let bed = Bed::new();
        bed.client("Okafor");
        let whole = fs::read(bed.file(&bed.make().unwrap())).unwrap();
        bed.write(|_| Ok(())).unwrap();
        let outer = parts(&whole);
        let seconds = u64::try_from(bed.moment.get().at.0 / 1000).unwrap();
        let inner = parts(&open(&bed, &outer));
        let before = bed.place.files();
        Self { bed, whole, outer, inner, seconds, before }
    }

    /// Why these bytes are refused. They always are, and nothing changes.
    #[track_caller]
    fn refused(&self, bytes: &[u8]) -> NotUsed {
        let file = self.bed.folder.path().join("trial.anteroom");
        fs::write(&file, bytes).unwrap();
        let why = restore_in(&self.bed.place, &file, &self.bed.code, false).expect_err("it was restored");
        assert!(self.bed.place.files() == self.before, "{why}: {:?}", self.bed.place.files().keys());
        why
    }

    #[track_caller]
    fn damaged(&self, bytes: &[u8]) -> Part {
        match self.refused(bytes) {
            NotUsed::Damaged { part } => part,
            why => panic!("{why}"),
        }
    }

    /// The backup with other content, encrypted to the kit as anyone could who knows its recipient.
    fn with_content(&self, inner: &[u8]) -> Vec<u8> {
        let mut outer = self.outer.clone();
        outer[3].1 = encrypt(&self.recipient(), inner);
        tar_of(&outer, self.seconds)
    }

    fn with_inner(&self, change: impl FnOnce(&mut Parts)) -> Vec<u8> {
        let mut inner = self.inner.clone();
        change(&mut inner);
        self.with_content(&tar_of(&inner, self.seconds))
    }

    /// With another manifest, sealed as only the records' own key can.
    fn with_manifest(&self, change: impl FnOnce(&mut Manifest, &mut Parts)) -> Vec<u8> {
        self.with_inner(|inner| {
            let mut manifest = Manifest::parse(&inner[0].1).unwrap();
            change(&mut manifest, inner);
            seal(inner, &serde_json::to_vec(&manifest).unwrap(), &self.bed.held.key);
        })
    }

    fn recipient(&self) -> String {
        self.bed.read(security::kit).unwrap().recipient
    }
}

fn seal(inner: &mut Parts, manifest: &[u8], with: &DatabaseKey) {
    inner[0].1 = manifest.to_vec();
    inner[1].1 = format!("{}\n", disk::hex(&sealing(with, manifest).finalize().into_bytes())).into_bytes();
}

fn parts(tar: &[u8]) -> Parts {
    let names = [
        "READ-ME.txt",
        "about.json",
        "identity.age",
        "content.age",
        "manifest.json",
        "manifest.mac",
        "recovery.json",
        "key.txt",
        "practice.db",
    ];
    let mut found = Vec::new();
    for entry in tar::Archive::new(tar).entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = names.into_iter().find(|name| entry.path_bytes() == name.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        found.push((name, bytes));
    }
    found
}

fn tar_of(parts: &[(&'static str, Vec<u8>)], seconds: u64) -> Vec<u8> {
    let mut tar = Packer::new(Vec::new(), seconds);
    parts.iter().for_each(|(name, bytes)| tar.whole(name, bytes).unwrap());
    tar.finish().unwrap()
}

fn identity(bed: &Bed, sealed: &[u8]) -> age::x25519::Identity {
    let by_code = age::scrypt::Identity::new(SecretString::from(bed.code.line().to_string()));
    let decryptor = age::Decryptor::new(age::armor::ArmoredReader::new(sealed)).unwrap();
    let mut text = String::new();
    decryptor.decrypt(iter::once(&by_code as &dyn age::Identity)).unwrap().read_to_string(&mut text).unwrap();
    age::x25519::Identity::from_str(text.trim()).unwrap()
}

fn open(bed: &Bed, outer: &Parts) -> Vec<u8> {
    let identity = identity(bed, &outer[2].1);
    let mut inner = Vec::new();
    let decryptor = age::Decryptor::new(outer[3].1.as_slice()).unwrap();
    decryptor.decrypt(iter::once(&identity as &dyn age::Identity)).unwrap().read_to_end(&mut inner).unwrap();
    inner
}

fn encrypt(recipient: &str, text: &[u8]) -> Vec<u8> {
    let to = age::x25519::Recipient::from_str(recipient).unwrap();
    let mut out = Vec::new();
    let mut stream = age::Encryptor::with_recipients(iter::once(&to as &dyn age::Recipient)).unwrap().wrap_output(&mut out).unwrap();
    stream.write_all(text).unwrap();
    stream.finish().unwrap();
    out
}

#[test]
fn the_same_parts_put_together_again_are_a_backup_so_that_every_refusal_below_has_its_one_reason() {
    let trial = Trial::new();
    let file = trial.bed.folder.path().join("again.anteroom");
    assert!(trial.whole == tar_of(&trial.outer, trial.seconds));
    for again in [trial.with_inner(|_| ()), trial.with_manifest(|_, _| ())] {
        fs::write(&file, again).unwrap();
        restore_in(&Place::new(), &file, &trial.bed.code, false).unwrap();
    }
}

#[test]
fn every_truncation_is_refused() {
    let trial = Trial::new();
    let length = trial.whole.len();
    let edges = (0..length).step_by(3001).chain(0..20).chain(length - 1500..length).chain((0..length).step_by(512).take(40));
    for length in edges {
        let why = trial.refused(&trial.whole[..length]);
        assert!(matches!(why, NotUsed::NotABackup | NotUsed::Damaged { .. }), "{length}: {why}");
    }
    let longer = [trial.whole.as_slice(), &[0; 512]].concat();
    assert_eq!(trial.damaged(&longer), Part::Frame);
}

#[test]
fn a_flipped_bit_anywhere_is_refused() {
    let trial = Trial::new();
    let length = trial.whole.len();
    // Every byte of the headers, and many of every part.
    let ends: Vec<usize> = trial
        .outer
        .iter()
        .scan(0, |at, (_, bytes)| {
            let here = *at;
            *at += 512 + bytes.len().next_multiple_of(512);
            Some(here)
        })
        .collect();
    let headers = ends.iter().flat_map(|at| (*at..at + 512).step_by(7));
    let content = ends[3] + 512;
    let outside = (0..content).step_by(61);
    let inside = (content..length - 1024).step_by((length - content) / 60).chain(content..content + 40);
    let tail = (length - 1100..length).step_by(50);
    let mut tried = 0;
    for at in headers.chain(outside).chain(inside).chain(tail) {
        let mut bytes = trial.whole.clone();
        bytes[at] ^= 1 << (at % 8);
        let why = trial.refused(&bytes);
        assert!(matches!(why, NotUsed::NotABackup | NotUsed::Newer | NotUsed::Damaged { .. }), "{at}: {why}");
        tried += 1;
    }
    assert!(tried > 400, "{tried}");
}

#[test]
fn parts_of_two_backups_do_not_make_a_third() {
    let trial = Trial::new();
    let bed = &trial.bed;
    let second = parts(&fs::read(bed.file(&bed.make().unwrap())).unwrap());
    let other = Bed::new();
    let theirs = parts(&fs::read(other.file(&other.make().unwrap())).unwrap());
    let mixed = |at: usize, from: &Parts| {
        let mut mixed = trial.outer.clone();
        mixed[at].1 = from[at].1.clone();
        tar_of(&mixed, trial.seconds)
    };
    assert_eq!(trial.damaged(&mixed(3, &second)), Part::About);
    assert_eq!(trial.damaged(&mixed(3, &theirs)), Part::Content);
    assert_eq!(trial.damaged(&mixed(2, &theirs)), Part::Identity);
    assert_eq!(trial.damaged(&mixed(1, &second)), Part::About);
    assert_eq!(trial.damaged(&mixed(1, &theirs)), Part::Identity);
    // All that is open of another's, around the content of these.
    let mut around = theirs.clone();
    around[3].1 = trial.outer[3].1.clone();
    assert_eq!(trial.refused(&tar_of(&around, trial.seconds)), NotUsed::OtherRecords);
}

#[test]
fn without_the_code_there_is_no_way_in() {
    let trial = Trial::new();
    let file = trial.bed.folder.path().join("whole.anteroom");
    fs::write(&file, &trial.whole).unwrap();
    let wrong = RecoveryCode::generate().unwrap();
    assert_eq!(restore_in(&trial.bed.place, &file, &wrong, true), Err(NotUsed::WrongCode));
    assert!(trial.bed.place.files() == trial.before);
}

#[test]
fn what_is_no_file_is_no_backup() {
    let trial = Trial::new();
    assert_eq!(inspect(trial.bed.folder.path()), Err(NotUsed::NotABackup));
    assert_eq!(inspect(&trial.bed.folder.path().join("gone")), Err(NotUsed::Missing));
    let mut tar = tar::Builder::new(Cursor::new(Vec::new()));
    let mut header = tar::Header::new_gnu();
    header.set_size(3);
    tar.append_data(&mut header, "READ-ME.txt", &b"hey"[..]).unwrap();
    assert_eq!(trial.refused(&tar.into_inner().unwrap().into_inner()), NotUsed::NotABackup);
}
