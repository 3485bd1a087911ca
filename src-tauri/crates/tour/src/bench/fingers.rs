//! Real keys and the real wheel, pressed without another program in between: the moment of a press is known to a fraction of a
//! millisecond.
use anyhow::{Context, Result};
use std::collections::HashMap;
use std::thread::sleep;
use std::time::{Duration, Instant};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt as _, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, MOTION_NOTIFY_EVENT,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

const SHIFT: u32 = 0xffe1;
const CONTROL: u32 = 0xffe3;
/// Between two notches of the wheel.
const NOTCH: Duration = Duration::from_millis(12);
/// Enter.
pub const RETURN: u32 = 0xff0d;

/// A connection to the display, and where its keys are.
pub struct Fingers {
    display: RustConnection,
    /// What a key means, to the key and whether it is shifted.
    keys: HashMap<u32, (u8, bool)>,
}

impl Fingers {
    /// Finds the display and its keyboard.
    pub fn find() -> Result<Fingers> {
        let (display, _) = x11rb::connect(None).context("no display")?;
        let (first, last) = (display.setup().min_keycode, display.setup().max_keycode);
        let map = display.get_keyboard_mapping(first, last - first + 1)?.reply()?;
        let mut keys = HashMap::new();
        for (at, meanings) in map.keysyms.chunks(usize::from(map.keysyms_per_keycode)).enumerate() {
            for (column, meaning) in meanings.iter().take(2).enumerate() {
                keys.entry(*meaning).or_insert((first + u8::try_from(at)?, column == 1));
            }
        }
        Ok(Fingers { display, keys })
    }

    /// Presses a key and says when.
    pub fn press(&self, meaning: u32) -> Result<Instant> {
        self.pressed(meaning, None)
    }

    /// Presses a letter with Control.
    pub fn control(&self, letter: char) -> Result<Instant> {
        self.pressed(u32::from(letter), Some(CONTROL))
    }

    /// Types, so long apart.
    pub fn type_text(&self, text: &str, apart: Duration) -> Result<()> {
        for letter in text.chars() {
            self.press(u32::from(letter))?;
            sleep(apart);
        }
        Ok(())
    }

    /// Moves the pointer.
    pub fn point(&self, x: i16, y: i16) -> Result<()> {
        self.display.xtest_fake_input(MOTION_NOTIFY_EVENT, 0, 0, x11rb::NONE, x, y, 0)?;
        Ok(self.display.flush()?)
    }

    /// Presses a button of the mouse: 1 is the left, 4 and 5 are the wheel, up and down.
    pub fn button(&self, which: u8) -> Result<()> {
        self.fake(BUTTON_PRESS_EVENT, which)?;
        self.fake(BUTTON_RELEASE_EVENT, which)?;
        Ok(self.display.flush()?)
    }

    /// Turns the wheel for a while, as quickly as a hand does.
    pub fn wheel(&self, down: bool, how_long: Duration) -> Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < how_long {
            self.button(if down { 5 } else { 4 })?;
            sleep(NOTCH);
        }
        Ok(())
    }

    fn pressed(&self, meaning: u32, with: Option<u32>) -> Result<Instant> {
        let (key, shifted) = self.keys.get(&meaning).copied().with_context(|| format!("no key means {meaning:#x}"))?;
        let with = with.or_else(|| shifted.then_some(SHIFT)).and_then(|with| self.keys.get(&with)).map(|(key, _)| *key);
        let now = Instant::now();
        if let Some(with) = with {
            self.fake(KEY_PRESS_EVENT, with)?;
        }
        self.fake(KEY_PRESS_EVENT, key)?;
        self.fake(KEY_RELEASE_EVENT, key)?;
        if let Some(with) = with {
            self.fake(KEY_RELEASE_EVENT, with)?;
        }
        self.display.flush()?;
        Ok(now)
    }

    fn fake(&self, what: u8, detail: u8) -> Result<()> {
        self.display.xtest_fake_input(what, detail, 0, x11rb::NONE, 0, 0, 0)?;
        Ok(())
    }
}
