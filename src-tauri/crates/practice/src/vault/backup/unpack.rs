//! Reading a backup: nothing in it is believed before it has proved itself, and nothing is written but one encrypted file.

use std::fs::{self, File};
use std::io::{BufReader, ErrorKind, Read, Write};
use std::iter;
use std::path::Path;
use std::str::FromStr;

use age::secrecy::SecretString;
use age::x25519::Identity;
use age::{DecryptError, Decryptor};
use hmac::Mac;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::about::{AboutBackup, Label, Manifest, sealing};
use super::container::{Unpacker, whole_length};
use super::failure::{damaged, unread};
use super::{Progress, Step, disk};
use crate::error::{NotUsed, Part};
use crate::vault::slots::RecoverySlot;
use crate::vault::{DatabaseKey, RecoveryCode, key};

/// The most that each part may have: far above any honest one, far below what would hurt.
const READ_ME: u64 = 64 << 10;
const SMALL: u64 = 16 << 10;
const MANIFEST: u64 = 256 << 10;
const MAC: u64 = 65;
const KEY_TEXT: u64 = 97;
const CONTENT: u64 = 1 << 40;
/// `age` asks for 2^10 steps when the kit is made; a forger must not make the machine work for hours.
const MOST_WORK: u8 = 14;
/// The header of `content.age` names two recipients.
const AGE_HEADER: usize = 4096;

/// With what a backup is opened.
pub(super) enum Opener<'a> {
    /// By whoever has the kit.
    Code(&'a RecoveryCode),
    /// By whoever has just made it: an identity of that one run, and the records' key.
    Maker { identity: &'a Identity, key: &'a DatabaseKey },
}

/// What has proved to be one backup.
pub(super) struct Unpacked {
    pub about: AboutBackup,
    pub manifest: Manifest,
    pub key: DatabaseKey,
    pub slot: RecoverySlot,
}

/// What a backup says of itself, without the code. Tells one that is cut short; proves nothing.
///
/// # Errors
/// `Missing`, `NotABackup`, `Damaged`, `Newer`, `Disk`.
pub fn inspect(file: &Path) -> Result<AboutBackup, NotUsed> {
    Outer::open(file).map(|outer| outer.about())
}

/// The open parts, up to `content.age`.
struct Outer {
    tar: Unpacker<BufReader<File>>,
    label: Label,
    label_bytes: Vec<u8>,
    identity: Vec<u8>,
    content: u64,
    length: u64,
}

impl Outer {
    fn open(path: &Path) -> Result<Self, NotUsed> {
        let found = match fs::metadata(path) {
            Ok(found) if found.is_file() => found,
            Ok(_) => return Err(NotUsed::NotABackup),
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(NotUsed::Missing),
            Err(error) => return Err(error.into()),
        };
        let mut tar = Unpacker::new(BufReader::with_capacity(1 << 16, File::open(path)?));
        let size = tar.begin("READ-ME.txt", READ_ME).map_err(|error| match unread(&error, Part::Frame) {
            NotUsed::Damaged { .. } => NotUsed::NotABackup,
            why => why,
        })?;
        let mut read_me = Vec::new();
        tar.each(
            size,
            |error| unread(error, Part::ReadMe),
            |bytes| {
                read_me.extend_from_slice(bytes);
                Ok(())
            },
        )?;
        let label_bytes = tar.whole("about.json", SMALL).map_err(|error| unread(&error, Part::About))?;
        let label = Label::parse(&label_bytes)?;
        // The headers have a second of their own, which the manifest does not seal but this does.
        if tar.seconds() != Some(seconds(&label)) {
            return Err(damaged(Part::Frame));
        }
        if disk::sha256(&read_me) != label.read_me_sha256 {
            return Err(damaged(Part::ReadMe));
        }
        let identity = tar.whole("identity.age", SMALL).map_err(|error| unread(&error, Part::Identity))?;
        if disk::sha256(&identity) != label.identity_sha256 {
            return Err(damaged(Part::Identity));
        }
        let content = tar.begin("content.age", CONTENT).map_err(|error| unread(&error, Part::Frame))?;
        let before =
            [read_me.len(), label_bytes.len(), identity.len()].iter().map(|part| 512 + part.next_multiple_of(512)).sum::<usize>() + 512;
        if whole_length(before as u64, content) != Some(found.len()) {
            return Err(damaged(Part::Frame));
        }
        Ok(Self { tar, label, label_bytes, identity, content, length: found.len() })
    }

    fn about(&self) -> AboutBackup {
        self.label.about(self.length)
    }
}

/// The second of a backup's headers.
pub(super) fn seconds(label: &Label) -> u64 {
    u64::try_from(label.made_at.0 / 1000).unwrap_or_default()
}

/// Opens a backup, proves it, and writes its database to the new file `into`. Where it fails, what `into` holds is to be thrown away.
pub(super) fn unpack(file: &Path, opener: &Opener, into: &Path, progress: Progress) -> Result<Unpacked, NotUsed> {
    let mut outer = Outer::open(file)?;
    let by_code;
    let identity = match opener {
        Opener::Maker { identity, .. } => *identity,
        Opener::Code(code) => {
            by_code = identity(&outer.identity, code)?;
            &by_code
        }
    };
    let mut sealed = outer.tar.input().take(outer.content);
    let unpacked = content(&mut sealed, identity, opener, &outer.label, &outer.label_bytes, outer.length, into, progress)?;
    if sealed.limit() > 0 {
        return Err(damaged(Part::Content));
    }
    outer.tar.end(outer.content).and_then(|()| outer.tar.finish()).map_err(|error| unread(&error, Part::Frame))?;
    Ok(unpacked)
}

/// The identity that the code opens.
fn identity(sealed: &[u8], code: &RecoveryCode) -> Result<Identity, NotUsed> {
    let wrong = || damaged(Part::Identity);
    let mut by_code = age::scrypt::Identity::new(SecretString::from(code.line().to_string()));
    by_code.set_max_work_factor(MOST_WORK);
    let decryptor = Decryptor::new(age::armor::ArmoredReader::new(sealed)).map_err(|_| wrong())?;
    if !decryptor.is_scrypt() {
        return Err(wrong());
    }
    let opened = decryptor.decrypt(iter::once(&by_code as &dyn age::Identity)).map_err(|error| match error {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed | DecryptError::NoMatchingKeys => NotUsed::WrongCode,
        _ => wrong(),
    })?;
    let mut text = Zeroizing::new(String::with_capacity(SMALL as usize));
    opened.take(SMALL).read_to_string(&mut text).map_err(|_| wrong())?;
    Identity::from_str(text.trim_end()).map_err(|_| wrong())
}

#[allow(clippy::too_many_arguments, reason = "one reading, taken out of the one above for its length")]
fn content(
    sealed: &mut impl Read,
    identity: &Identity,
    opener: &Opener,
    label: &Label,
    label_bytes: &[u8],
    length: u64,
    into: &Path,
    progress: Progress,
) -> Result<Unpacked, NotUsed> {
    let wrong = |error: &std::io::Error| unread(error, Part::Content);
    let head = head(sealed)?;
    let decryptor = Decryptor::new(head.as_slice().chain(sealed)).map_err(|_| damaged(Part::Content))?;
    let opened = decryptor.decrypt(iter::once(identity as &dyn age::Identity)).map_err(|_| damaged(Part::Content))?;
    let mut inner = Unpacker::new(opened);

    let manifest_bytes = inner.whole("manifest.json", MANIFEST).map_err(|error| wrong(&error))?;
    let mac = inner.whole("manifest.mac", MAC).map_err(|error| wrong(&error))?;
    let slot_bytes = inner.whole("recovery.json", SMALL).map_err(|error| wrong(&error))?;
    let slot: RecoverySlot = serde_json::from_slice(&slot_bytes).map_err(|_| damaged(Part::Seal))?;
    let key = match opener {
        Opener::Code(code) => slot.open(label.vault_id, code).ok_or(damaged(Part::Seal))?,
        Opener::Maker { key, .. } => key.copy(),
    };
    let mut seal = [0; 32];
    if !mac.strip_suffix(b"\n").is_some_and(|mac| key::unhex(mac, &mut seal)) {
        return Err(damaged(Part::Seal));
    }
    sealing(&key, &manifest_bytes).verify_slice(&seal).map_err(|_| damaged(Part::Seal))?;
    // From here on the manifest is true; what it says of the rest is held against it.
    let manifest = Manifest::parse(&manifest_bytes)?;
    if !manifest.agrees_with(label, label_bytes) {
        return Err(damaged(Part::About));
    }
    if inner.seconds() != Some(seconds(label)) || disk::sha256(&slot_bytes) != manifest.recovery_sha256 || slot.id != manifest.kit {
        return Err(damaged(Part::Seal));
    }
    let key_text = Zeroizing::new(inner.whole("key.txt", KEY_TEXT).map_err(|error| wrong(&error))?);
    if key_text.strip_suffix(b"\n") != Some(key::hex(key.bytes()).as_bytes()) {
        return Err(damaged(Part::Key));
    }

    let size = inner.begin("practice.db", manifest.database_bytes).map_err(|error| wrong(&error))?;
    let (mut file, mut sha, mut done) = (disk::create(into)?, Sha256::new(), 0);
    inner.each(size, wrong, |bytes| {
        sha.update(bytes);
        file.write_all(bytes)?;
        done += bytes.len() as u64;
        if progress(Step::ReadBack, done, size) { Ok(()) } else { Err(NotUsed::Stopped) }
    })?;
    inner.finish().map_err(|error| wrong(&error))?;
    file.sync_all()?;
    if size != manifest.database_bytes || disk::hex(&sha.finalize()) != manifest.database_sha256 {
        return Err(damaged(Part::Database));
    }
    Ok(Unpacked { about: label.about(length), manifest, key, slot })
}

/// The beginning of `content.age`, in which its header must end: parsing one that never does would take for ever.
fn head(sealed: &mut impl Read) -> Result<Vec<u8>, NotUsed> {
    let mut head = Vec::with_capacity(AGE_HEADER);
    sealed.take(AGE_HEADER as u64).read_to_end(&mut head).map_err(|error| unread(&error, Part::Content))?;
    if head.windows(5).any(|found| found == b"\n--- ") { Ok(head) } else { Err(damaged(Part::Content)) }
}
