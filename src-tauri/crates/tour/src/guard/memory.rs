//! Looking through the memory of running programs: every page that can be written and is there, in every process of the window.
use super::traces::family;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::os::unix::fs::FileExt;

const PAGE: u64 = 4096;
/// At most so much is read at once.
const STRETCH: u64 = 4 << 20;

/// What is looked for.
pub struct Secrets {
    all: Vec<(&'static str, Vec<u8>)>,
    /// Which pairs of bytes begin one: most of the memory is passed over by a look at this.
    begin: Vec<bool>,
}

/// What a look brought: how often each secret was found in each program, and how much was looked through.
#[derive(Default)]
pub struct Looked {
    pub found: BTreeMap<(String, &'static str), usize>,
    pub bytes: u64,
    pub programs: Vec<String>,
}

impl Looked {
    /// How often a secret was found in all of them.
    pub fn times(&self, secret: &str) -> usize {
        self.found.iter().filter(|((_, name), _)| *name == secret).map(|(_, times)| times).sum()
    }

    /// In words.
    pub fn told(&self) -> Vec<String> {
        self.found.iter().map(|((program, name), times)| format!("{name} {times} times in {program}")).collect()
    }
}

impl Secrets {
    /// None yet.
    pub fn new() -> Self {
        Self { all: Vec::new(), begin: vec![false; 1 << 16] }
    }

    /// Looks for these bytes too.
    pub fn bytes(&mut self, name: &'static str, bytes: &[u8]) {
        self.begin[usize::from(u16::from_le_bytes([bytes[0], bytes[1]]))] = true;
        self.all.push((name, bytes.to_vec()));
    }

    /// Looks for a text too, in both forms that the window's programs use.
    pub fn text(&mut self, name: &'static str, text: &str) {
        self.bytes(name, text.as_bytes());
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        self.bytes(name, &wide);
    }

    /// Looks through these processes and whatever they started. Errs where that is not allowed: the window keeps other programs of the
    /// same user out, and only the system's administrator is let in.
    pub fn look(&self, roots: &[u32]) -> Result<Looked> {
        let mut looked = Looked::default();
        for id in family(roots)? {
            let name = fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default().trim().to_owned();
            looked.programs.push(name.clone());
            stretches(id, |bytes| {
                looked.bytes += bytes.len() as u64;
                for secret in self.all_in(bytes) {
                    *looked.found.entry((name.clone(), secret)).or_default() += 1;
                }
            })?;
        }
        Ok(looked)
    }
}

impl Secrets {
    fn all_in(&self, bytes: &[u8]) -> Vec<&'static str> {
        let mut found = Vec::new();
        for at in 1..bytes.len() {
            if self.begin[usize::from(u16::from_le_bytes([bytes[at - 1], bytes[at]]))] {
                found.extend(self.all.iter().filter(|(_, secret)| bytes[at - 1..].starts_with(secret)).map(|(name, _)| *name));
            }
        }
        found
    }
}

/// Each stretch of memory of a process that can be written and is there. One that ended meanwhile has none.
pub fn stretches(id: u32, mut each: impl FnMut(&[u8])) -> Result<()> {
    let open = |name: &str| match File::open(format!("/proc/{id}/{name}")) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        opened => opened.map(Some).with_context(|| format!("the memory of process {id} cannot be looked at")),
    };
    let (Some(memory), Some(pages)) = (open("mem")?, open("pagemap")?) else { return Ok(()) };
    let maps = fs::read_to_string(format!("/proc/{id}/maps")).unwrap_or_default();
    let mut bytes = vec![0; STRETCH as usize];
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        let (Some(range), Some(rights)) = (words.next(), words.next()) else { continue };
        let ends = range.split_once('-').map(|(from, to)| (u64::from_str_radix(from, 16), u64::from_str_radix(to, 16)));
        let Some((Ok(from), Ok(to))) = ends else { continue };
        if !rights.contains('w') {
            continue;
        }
        let mut at = from;
        while at < to {
            let length = STRETCH.min(to - at);
            for (first, last) in there(&pages, at, length) {
                let run = &mut bytes[..(last - first) as usize];
                // What was given back between the list and the look holds nothing.
                if memory.read_exact_at(run, first).is_ok() {
                    each(run);
                }
            }
            at += length;
        }
    }
    Ok(())
}

/// The runs of pages in a stretch that the system keeps, in memory or swapped out. Where it does not say, all.
fn there(pages: &File, at: u64, length: u64) -> Vec<(u64, u64)> {
    let mut entries = vec![0; (length / PAGE * 8) as usize];
    if pages.read_exact_at(&mut entries, at / PAGE * 8).is_err() {
        return vec![(at, at + length)];
    }
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for (page, entry) in (at..).step_by(PAGE as usize).zip(entries.chunks_exact(8)) {
        if entry[7] & 0b1100_0000 == 0 {
            continue;
        }
        match runs.last_mut() {
            Some((_, last)) if *last == page => *last += PAGE,
            _ => runs.push((page, page + PAGE)),
        }
    }
    runs
}
