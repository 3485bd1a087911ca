//! The ways into the records and back to them, in the real window: set-up with its kit and its first backup, the lock, recovery,
//! restoring; and each page on which records do not open. A picture of every one, in both themes and two sizes.
pub mod life;
mod states;

use crate::axe::Axe;
use crate::guard::Ground;
use crate::guard::room::Room;
use crate::window::{Named, SOON, Window};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::cell::{Cell, RefCell};

const SIZES: [(u32, u32); 2] = [(1280, 800), (960, 640)];
/// What a page without records takes its theme from.
const THEMES: [(&str, &str); 2] = [("light", "Adwaita"), ("dark", "Adwaita:dark")];

/// Walks all of it in both themes.
pub fn walk(ground: &Ground, axe: Option<&Axe>) -> Result<()> {
    let album = Album::begin(ground, axe);
    for theme in THEMES {
        album.theme.set(theme);
        life::lead(&album).with_context(|| format!("a life of records, {}", theme.0))?;
        states::stand(&album).with_context(|| format!("records that do not open, {}", theme.0))?;
    }
    let violations = album.violations.into_inner();
    violations.iter().for_each(|violation| println!("{violation}"));
    println!("{} pictures are in {}", album.taken.get(), ground.out.display());
    println!("{} violations of WCAG A and AA", violations.len());
    ensure!(violations.is_empty(), "{} violations of WCAG A and AA", violations.len());
    Ok(())
}

/// Where the pictures are kept.
pub struct Album<'a> {
    ground: &'a Ground,
    axe: Option<&'a Axe>,
    theme: Cell<(&'static str, &'static str)>,
    taken: Cell<u32>,
    violations: RefCell<Vec<String>>,
}

impl<'a> Album<'a> {
    /// An empty one.
    pub fn begin(ground: &'a Ground, axe: Option<&'a Axe>) -> Self {
        Self { ground, axe, theme: Cell::new(THEMES[0]), taken: Cell::new(0), violations: RefCell::default() }
    }

    /// A room for records of its own, with the theme of this round.
    fn room(&self) -> Result<Room> {
        let mut room = Room::furnish()?;
        room.besides.push(("GTK_THEME", self.theme.get().1.to_owned()));
        Ok(room)
    }

    /// What stands in the window, in every size.
    fn take(&self, window: &Window, name: &str) -> Result<()> {
        for (width, height) in SIZES {
            window.resize(width, height)?;
            window.wait_until("the size", SOON, || {
                Ok((window.run("return [innerWidth, innerHeight]", json!([]))? == json!([width, height])).then_some(()))
            })?;
            window.wait_until("rest", SOON, || Ok(window.still()?.then_some(())))?;
            let name = format!("{name}-{}-{width}x{height}", self.theme.get().0);
            window.screenshot(&self.ground.out.join(format!("{name}.png")))?;
            for violation in self.axe.map(|axe| axe.violations(window)).transpose()?.unwrap_or_default() {
                self.violations.borrow_mut().push(format!("{name}: {violation}"));
            }
            self.taken.set(self.taken.get() + 1);
        }
        let (width, height) = SIZES[0];
        window.resize(width, height)
    }
}

/// Puts text in the place of what a field holds.
fn fill<'a>(window: &Window, name: impl Into<Named<'a>>, text: &str) -> Result<()> {
    let name = name.into();
    window.anew(|| {
        window.wait_until("the focus", SOON, || {
            let field = window.find("textbox", name)?;
            window.click_on(&field)?;
            Ok((window.standing(&field)? == "here").then_some(()))
        })
    })?;
    window.press("Control+a")?;
    window.type_text(text)
}
