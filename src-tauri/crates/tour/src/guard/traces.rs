//! Looking through files for canaries: by their bytes in every form, by what is packed in them, and by their names.
use super::canaries::{CANARY, needles};
use anyhow::Result;
use memchr::memmem::{self, Finder};
use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// No file here unpacks to more.
const UNPACKED: u64 = 64 << 20;

/// What was looked through, and what was found.
#[derive(Default)]
pub struct Seen {
    pub files: usize,
    pub bytes: u64,
    /// Packed parts that were unpacked.
    pub packed: usize,
    pub found: Vec<String>,
}

impl Seen {
    /// Adds what another look brought.
    pub fn add(&mut self, other: Seen) {
        self.files += other.files;
        self.bytes += other.bytes;
        self.packed += other.packed;
        self.found.extend(other.found);
    }
}

/// Everything below a folder.
pub fn below(folder: &Path) -> Result<Seen> {
    let finders: Vec<(&str, Vec<u8>)> = needles();
    let finders: Vec<(&str, Finder)> = finders.iter().map(|(name, bytes)| (*name, Finder::new(bytes).into_owned())).collect();
    let mut seen = Seen::default();
    for path in files(folder)? {
        // What is gone between the list and the look has left nothing.
        let Ok(bytes) = fs::read(&path) else { continue };
        seen.add(one(&path.display().to_string(), &bytes, &finders));
        if path.to_string_lossy().to_lowercase().contains(CANARY) {
            seen.found.push(format!("{} by its name", path.display()));
        }
    }
    Ok(seen)
}

/// Every file that these processes and their descendants have open for writing, deleted or not, outside of `but`.
pub fn held_open(roots: &[u32], but: &Path) -> Result<Seen> {
    let finders: Vec<(&str, Vec<u8>)> = needles();
    let finders: Vec<(&str, Finder)> = finders.iter().map(|(name, bytes)| (*name, Finder::new(bytes).into_owned())).collect();
    let mut seen = Seen::default();
    let mut known = BTreeSet::new();
    for id in family(roots)? {
        let Ok(open) = fs::read_dir(format!("/proc/{id}/fd")) else { continue };
        for entry in open.flatten() {
            let Ok(target) = fs::read_link(entry.path()) else { continue };
            let name = target.display().to_string();
            // Memory shared between the window's own processes has a name and no place on the disk.
            let on_disk = name.starts_with('/') && !["/memfd:", "/dev/", "/proc/", "/sys/"].iter().any(|start| name.starts_with(start));
            let deleted = name.ends_with(" (deleted)");
            if !on_disk
                || (target.starts_with(but) && !deleted)
                || !known.insert(name.clone())
                || !writable(id, &entry.file_name().to_string_lossy())
            {
                continue;
            }
            if fs::metadata(entry.path()).is_ok_and(|it| it.is_file())
                && let Ok(bytes) = fs::read(entry.path())
            {
                seen.add(one(&name, &bytes, &finders));
            }
        }
    }
    Ok(seen)
}

fn writable(id: u32, fd: &str) -> bool {
    let info = fs::read_to_string(format!("/proc/{id}/fdinfo/{fd}")).unwrap_or_default();
    let flags = info.lines().find_map(|line| line.strip_prefix("flags:")).and_then(|flags| u32::from_str_radix(flags.trim(), 8).ok());
    flags.is_some_and(|flags| flags & 3 != 0)
}

/// These processes and whatever they started, directly or not.
pub fn family(roots: &[u32]) -> Result<Vec<u32>> {
    let mut parents = Vec::new();
    for entry in fs::read_dir("/proc")?.flatten() {
        let Ok(id) = entry.file_name().to_string_lossy().parse::<u32>() else { continue };
        let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        // The name in brackets may hold anything; what follows it is words.
        let parent = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse().ok());
        parents.push((id, parent.unwrap_or(0)));
    }
    let mut family: Vec<u32> = roots.to_vec();
    let mut at = 0;
    while at < family.len() {
        let of = family[at];
        family.extend(parents.iter().filter(|(_, parent)| *parent == of).map(|(id, _)| *id));
        at += 1;
    }
    Ok(family)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return Ok(found) };
    for entry in entries.flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            found.extend(files(&entry.path())?);
        } else if kind.is_file() {
            found.push(entry.path());
        }
    }
    Ok(found)
}

fn one(name: &str, bytes: &[u8], finders: &[(&str, Finder)]) -> Seen {
    let mut seen = Seen { files: 1, bytes: bytes.len() as u64, ..Seen::default() };
    let mut look = |bytes: &[u8], how: &str| {
        for (form, finder) in finders {
            if let Some(at) = finder.find(bytes) {
                let about: String =
                    bytes[at..bytes.len().min(at + 60)].iter().map(|byte| char::from(*byte)).filter(|c| !c.is_control()).collect();
                seen.found.push(format!("{name} as {form}{how}: {about}"));
            }
        }
    };
    look(bytes, "");
    let mut packed = 0;
    let mut unpack = |from: &mut dyn Read, how: &str| {
        let mut whole = Vec::new();
        // A part that breaks off has been read as far as it went.
        let _ = from.take(UNPACKED).read_to_end(&mut whole);
        if whole.len() > 8 {
            packed += 1;
            look(&whole, how);
        }
    };
    for at in memmem::find_iter(bytes, &[0x1f, 0x8b, 0x08]) {
        unpack(&mut flate2::read::MultiGzDecoder::new(&bytes[at..]), " in gzip");
    }
    for at in memchr::memchr_iter(0x78, bytes) {
        if bytes.get(at + 1).is_some_and(|second| [0x01, 0x5e, 0x9c, 0xda].contains(second)) {
            unpack(&mut flate2::read::ZlibDecoder::new(&bytes[at..]), " in zlib");
        }
    }
    // Brotli has no sign at its beginning: a whole file, or nothing.
    unpack(&mut ::brotli::Decompressor::new(bytes, 4096), " in brotli");
    seen.packed = packed;
    seen
}
