//! Sees when something is painted: a few lines of the display's own file, looked at every millisecond.
//!
//! What is waited for was seen before: a page that has come to rest, without its ground and without what still moves in it, such as a
//! caret. It counts as painted when most of that is there, for the edges of letters are not drawn alike each time.
use anyhow::{Context, Result, bail};
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::thread::sleep;
use std::time::{Duration, Instant};

const PIXEL: usize = 4;
/// So much may a colour be off.
const ALIKE: u8 = 48;
/// So many of a hundred pixels must be there.
const MOST: usize = 85;
/// Of the virtual display, which the window fills.
const WIDTH: usize = 1280;
const HEIGHT: usize = 800;
/// A page of fewer is none.
const FEWEST: usize = 200;
/// Every so many lines one is looked at.
const STEP: usize = 4;
const GLANCE: Duration = Duration::from_millis(1);
/// A page at rest is looked at so often, so long apart: longer than a caret stays as it is.
const LOOKS: (usize, Duration) = (8, Duration::from_millis(170));

/// The display's file.
pub struct Eye {
    file: File,
    /// Where the pixels begin.
    begin: u64,
    /// Bytes of a line.
    line: u64,
}

/// A part of the display: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part(pub usize, pub usize, pub usize, pub usize);

/// What is waited for.
pub struct Sight {
    lines: Vec<Line>,
    /// How many pixels count.
    count: usize,
}

/// A piece of one line: its pixels, and which of them count.
struct Line {
    at: u64,
    pixels: Vec<u8>,
    still: Vec<bool>,
}

impl Eye {
    /// Opens it.
    pub fn open() -> Result<Eye> {
        let path = std::env::var_os("ANTEROOM_SCREEN").context("the display keeps no file of what it shows")?;
        let file = File::open(path)?;
        // An X window dump: big-endian words, of which the first is the header's length, the thirteenth a line's, the twentieth the
        // number of colours, twelve bytes each.
        let mut header = [0; 80];
        file.read_exact_at(&mut header, 0)?;
        let word = |at: usize| u64::from(u32::from_be_bytes([header[at * 4], header[at * 4 + 1], header[at * 4 + 2], header[at * 4 + 3]]));
        Ok(Eye { begin: word(0) + word(19) * 12, line: word(12), file })
    }

    /// Learns the page that is shown and at rest: the part of it given, or whatever is not ground.
    pub fn learn(&self, part: Option<Part>) -> Result<Sight> {
        let part = part.map_or_else(|| self.figure(), Ok)?;
        let ground = self.read(self.begin + part.1 as u64 * self.line + (part.0 * PIXEL) as u64, 1)?;
        let mut lines = Vec::new();
        for y in (part.1..part.3).step_by(STEP) {
            let at = self.begin + y as u64 * self.line + (part.0 * PIXEL) as u64;
            let pixels = self.read(at, part.2 - part.0)?;
            let still = pixels.chunks(PIXEL).map(|pixel| !alike(pixel, &ground)).collect();
            lines.push(Line { at, pixels, still });
        }
        for _ in 0..LOOKS.0 {
            sleep(LOOKS.1);
            for line in &mut lines {
                let now = self.read(line.at, line.still.len())?;
                for (still, (one, other)) in line.still.iter_mut().zip(now.chunks(PIXEL).zip(line.pixels.chunks(PIXEL))) {
                    *still &= alike(one, other);
                }
            }
        }
        let count = lines.iter().flat_map(|line| &line.still).filter(|still| **still).count();
        if count < FEWEST {
            bail!("there is nothing to know the page by in {part:?}");
        }
        Ok(Sight { lines, count })
    }

    /// Waits until it is painted, and says how long after `begun` that was.
    pub fn painted(&self, sight: &Sight, begun: Instant, patience: Duration) -> Result<Duration> {
        loop {
            if self.shows(sight)? {
                return Ok(begun.elapsed());
            }
            if begun.elapsed() > patience {
                bail!("what is waited for was not painted within {} s", patience.as_secs());
            }
            sleep(GLANCE);
        }
    }

    /// Whether it is painted.
    pub fn shows(&self, sight: &Sight) -> Result<bool> {
        let mut there = 0;
        for line in &sight.lines {
            let now = self.read(line.at, line.still.len())?;
            let pixels = now.chunks(PIXEL).zip(line.pixels.chunks(PIXEL)).zip(&line.still);
            there += pixels.filter(|((one, other), still)| **still && alike(one, other)).count();
        }
        Ok(there * 100 >= sight.count * MOST)
    }

    /// The smallest part in which everything lies that is not of the ground's colour.
    fn figure(&self) -> Result<Part> {
        let mut found = Part(WIDTH, HEIGHT, 0, 0);
        let ground = self.read(self.begin + self.line * 8 + 32, 1)?;
        for y in 0..HEIGHT {
            let line = self.read(self.begin + y as u64 * self.line, WIDTH)?;
            let mut other = line.chunks(PIXEL).enumerate().filter(|(_, pixel)| !alike(pixel, &ground));
            if let Some((first, _)) = other.next() {
                let last = other.next_back().map_or(first, |(last, _)| last);
                found = Part(found.0.min(first), found.1.min(y), found.2.max(last + 1), found.3.max(y + 1));
            }
        }
        if found.2 == 0 {
            bail!("the display shows nothing but its ground");
        }
        Ok(found)
    }

    fn read(&self, at: u64, pixels: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; pixels * PIXEL];
        self.file.read_exact_at(&mut bytes, at)?;
        Ok(bytes)
    }
}

/// Red, green and blue; the fourth byte is nobody's.
fn alike(one: &[u8], other: &[u8]) -> bool {
    one.iter().zip(other).take(3).all(|(one, other)| one.abs_diff(*other) <= ALIKE)
}
