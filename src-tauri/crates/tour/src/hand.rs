//! The two ways to do the same thing in the window: with the pointer, or with the keyboard alone.
use crate::driver::Element;
use crate::steps::Tour;
use crate::window::{Named, SOON, Window};
use anyhow::{Context, Result, bail, ensure};
use serde_json::json;

/// What the therapist uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// The mouse, and the keyboard only to write.
    Pointer,
    /// Nothing but keys: shortcuts, Tab, arrows.
    Keyboard,
}

impl Hand {
    /// The word of the report.
    pub fn word(self) -> &'static str {
        match self {
            Hand::Pointer => "pointer",
            Hand::Keyboard => "keyboard",
        }
    }
}

/// The places of the sidebar, and their keys.
const PLACES: [(&str, &str); 4] = [("Today", "Control+1"), ("Clients", "Control+2"), ("Calendar", "Control+3"), ("Notes", "Control+4")];
/// More stops than any page has.
const STOPS: usize = 250;

impl Tour {
    /// Whether the pointer stays where it is.
    pub fn by_keys(&self) -> bool {
        self.hand.get() == Hand::Keyboard
    }

    /// To a place of the sidebar.
    pub fn go(&self, place: &str) -> Result<()> {
        let (_, keys) = PLACES.iter().find(|(name, _)| *name == place).with_context(|| format!("there is no place {place}"))?;
        if self.by_keys() {
            self.window.press(keys)?;
        } else {
            self.window.click("link", Named::Starts(place))?;
        }
        self.settled()
    }

    /// Uses a button, a link, an option, a row: whatever has that role and name.
    pub fn use_one<'a>(&self, role: &str, name: impl Into<Named<'a>>) -> Result<()> {
        let name = name.into();
        self.window.anew(|| self.use_on(&self.window.find(role, name)?))
    }

    /// The same, by its keys where the keyboard has some.
    pub fn use_or_press<'a>(&self, role: &str, name: impl Into<Named<'a>>, keys: &str) -> Result<()> {
        if self.by_keys() { self.window.press(keys) } else { self.use_one(role, name) }
    }

    /// Uses an element.
    pub fn use_on(&self, element: &Element) -> Result<()> {
        if !self.by_keys() {
            return self.window.click_on(element);
        }
        self.reach(element)?;
        self.window.press("Enter")
    }

    /// Chooses one of a few.
    pub fn choose<'a>(&self, name: impl Into<Named<'a>>) -> Result<()> {
        let name = name.into();
        self.window.anew(|| {
            let radio = self.window.find("radio", name)?;
            if self.by_keys() {
                self.reach(&radio)?;
                if !self.checked(&radio)? {
                    self.window.press("Space")?;
                }
            } else {
                self.window.click_on(&radio)?;
            }
            ensure!(self.checked(&radio)?, "the choice was not taken");
            Ok(())
        })
    }

    /// Puts text in the place of what a field holds.
    pub fn fill<'a>(&self, role: &str, name: impl Into<Named<'a>>, text: &str) -> Result<()> {
        self.focus(role, name)?;
        self.refill(text)
    }

    /// Brings the focus to whatever has that role and name. A field that moved away under the pointer is pointed at again.
    pub fn focus<'a>(&self, role: &str, name: impl Into<Named<'a>>) -> Result<()> {
        let name = name.into();
        self.window.anew(|| {
            self.window.wait_until("the focus", SOON, || {
                let element = self.window.find(role, name)?;
                if self.by_keys() {
                    self.reach(&element)?;
                } else {
                    self.window.click_on(&element)?;
                }
                Ok((self.window.standing(&element)? == "here").then_some(()))
            })
        })
    }

    /// The same in the field that has the focus.
    pub fn refill(&self, text: &str) -> Result<()> {
        self.window.press("Control+a")?;
        self.window.press("Delete")?;
        if text.is_empty() { Ok(()) } else { self.window.type_text(text) }
    }

    fn checked(&self, radio: &Element) -> Result<bool> {
        Ok(self
            .window
            .run("return arguments[0].getAttribute('aria-checked') === 'true' || arguments[0].checked === true", json!([radio.wire()]))?
            == json!(true))
    }

    /// Brings the focus to an element: Tab by Tab, and inside a list with the arrows.
    pub fn reach(&self, element: &Element) -> Result<()> {
        let mut passed = Vec::new();
        for _ in 0..STOPS {
            let stand = self.window.standing(element)?;
            match stand.as_str() {
                "here" => return Ok(()),
                "before" => self.window.press("Down")?,
                "after" => self.window.press("Up")?,
                other => {
                    passed.push(other.to_owned());
                    self.window.press("Tab")?;
                }
            }
        }
        passed.dedup();
        passed.truncate(40);
        bail!("the keyboard does not reach it; the focus went over {}", passed.join(" · "))
    }
}

impl Window {
    /// Where the focus is, seen from an element: here; in the same list before or after it; else the name of what has it.
    pub fn standing(&self, element: &Element) -> Result<String> {
        self.text_of("standing(arguments[0])", json!([element.wire()]))
    }
}
