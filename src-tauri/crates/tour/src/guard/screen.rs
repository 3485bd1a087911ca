//! What the display shows, read from the file in which it keeps it: so fast that the moment something appears can be told.
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;

/// A pixel.
const PIXEL: usize = 4;
/// A caret that blinks, and the line that says since when, change fewer pixels; a button has more.
const ALIKE: usize = 4_000;

/// The display of this desk.
pub struct Screen(PathBuf);

/// What it showed.
pub struct Shown(Vec<u8>);

impl Screen {
    /// Finds it.
    pub fn find() -> Result<Screen> {
        Ok(Screen(std::env::var_os("ANTEROOM_SCREEN").context("the display keeps no file of what it shows")?.into()))
    }

    /// What it shows now.
    pub fn now(&self) -> Result<Shown> {
        Ok(Shown(fs::read(&self.0).with_context(|| format!("cannot read {}", self.0.display()))?))
    }

    /// Whether it shows that, but for a caret and a minute.
    pub fn shows(&self, what: &Shown) -> Result<bool> {
        let now = self.now()?;
        let differ = now.0.chunks(PIXEL).zip(what.0.chunks(PIXEL)).filter(|(one, other)| one != other).count();
        Ok(differ < ALIKE)
    }
}
