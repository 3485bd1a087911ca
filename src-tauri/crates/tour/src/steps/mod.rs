//! The ten steps of the procedure, as a therapist takes them, each compared with what the records say.
mod clients;
mod sessions;
mod ways;

use crate::driver::Element;
use crate::hand::Hand;
use crate::report::Read;
use crate::saying::{says, says_day};
use crate::truth::{Client, Truth, Waiting};
use crate::window::{Named, SOON, Window};
use anyhow::{Context, Result, bail};
use chrono::NaiveDate;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::path::PathBuf;

type Step = fn(&Tour, &mut Read) -> Result<()>;

/// Name, name of the picture, and what is done.
pub const STEPS: &[(&str, &str, Step)] = &[
    ("Open a client from the list", "clients", clients::open_from_list),
    ("Review the client's details", "profile", clients::review),
    ("Approve a note, which completes the session", "approve", sessions::approve),
    ("See and book the next session", "next-session", sessions::next_session),
    ("Record consent for automatic note-taking", "consent", sessions::record_consent),
    ("Read the summary of discussions", "summary", clients::summary),
    ("Show the emergency contact", "emergency", clients::emergency),
    ("Look through the session history", "history", clients::history),
    ("From an upcoming session to the profile", "session-to-profile", ways::from_session),
    ("From a note to the profile and back", "note-to-profile", ways::from_note),
];

/// The window, the records behind it, and the hand that works.
pub struct Tour {
    pub window: Window,
    pub truth: Truth,
    pub hand: Cell<Hand>,
    /// Where pictures go, with the beginning of their names.
    pub pictures: RefCell<(PathBuf, String)>,
}

impl Tour {
    /// No dialog is open, and nothing moves.
    pub fn at_rest(&self) -> Result<()> {
        for _ in 0..3 {
            if self.window.all("dialog", Named::Has(""), None)?.is_empty() {
                return self.settled();
            }
            self.window.press("Escape")?;
            self.settled()?;
        }
        self.settled()
    }

    /// What can be read stays as it is, and nothing moves.
    pub fn settled(&self) -> Result<()> {
        let mut before = String::new();
        self.window.wait_until("a page at rest", SOON, || {
            let text = self.window.page_text()?;
            let same = text == before && !text.is_empty() && self.window.still()?;
            before = text;
            Ok(same.then_some(()))
        })
    }

    /// A picture in the middle of a step.
    pub fn picture(&self, name: &str) -> Result<()> {
        self.settled()?;
        let (folder, begin) = &*self.pictures.borrow();
        self.window.screenshot(&folder.join(format!("{begin}-{name}.png")))
    }

    /// A client in therapy of whom everything is known.
    pub fn subject(&self) -> Result<Client> {
        for client in self.truth.active()? {
            let facts = self.truth.facts(client.id)?;
            let known = facts.last_completed.is_some() && facts.next.is_some() && facts.email.is_some() && facts.phone.is_some();
            if known
                && facts.homework != "none"
                && !self.truth.emergency(client.id)?.is_empty()
                && !self.truth.summary(client.id)?.is_empty()
            {
                return Ok(client);
            }
        }
        bail!("no client of the sample has every fact")
    }

    /// To a profile: by the list with the pointer, by Find with the keyboard.
    fn open_profile(&self, client: &Client) -> Result<()> {
        if self.by_keys() {
            self.window.press("Control+k")?;
            self.window.find("dialog", Named::Has(""))?;
            self.window.type_text(&client.name())?;
            self.window.find("option", Named::Has(&client.name()))?;
            self.settled()?;
            self.window.press("Enter")?;
        } else {
            self.go("Clients")?;
            self.fill("textbox", "Find a client", &client.last)?;
            let row = self.window.find("row", Named::Starts(&client.listed()))?;
            self.settled()?;
            let name = self.window.find_in("cell", Named::Starts(&client.listed()), Some(&row))?;
            self.window.click_on(&name)?;
        }
        self.on_profile(client)
    }

    fn on_profile(&self, client: &Client) -> Result<()> {
        let place = format!("#/clients/{}", client.id);
        self.window.wait_until("the profile", SOON, || Ok((self.window.place()? == place).then_some(())))?;
        self.window.arrive(client.name().as_str())?;
        self.settled()
    }

    /// "View Client Profile", wherever it stands; its keys with the keyboard.
    fn view_profile(&self, client: &Client) -> Result<()> {
        self.use_or_press("button", "View Client Profile", "Control+o")?;
        self.on_profile(client)
    }

    /// To the note of a session that waits for approval, by the list of notes.
    fn open_waiting(&self, waiting: &Waiting) -> Result<()> {
        self.go("Notes")?;
        self.window.arrive("Notes")?;
        self.use_one("button", Named::Starts("Awaiting approval"))?;
        self.settled()?;
        let day = waiting.starts.date_naive();
        self.window.anew(|| self.use_on(&self.option_of(&waiting.client, day)?))?;
        if !self.by_keys() {
            self.settled()?;
            self.picture("list")?;
            self.use_one("button", "Edit")?;
        }
        self.on_note(waiting.note.to_string().as_str(), &waiting.client)
    }

    fn on_note(&self, note: &str, client: &Client) -> Result<()> {
        let place = format!("#/notes/{note}");
        self.window.wait_until("the note", SOON, || Ok((self.window.place()? == place).then_some(())))?;
        self.window.arrive(Named::Has(client.name().as_str()))?;
        self.settled()
    }

    /// The entry of a list of notes that names a client and a day.
    fn option_of(&self, client: &Client, day: NaiveDate) -> Result<Element> {
        let today = self.truth.now().date_naive();
        let name = client.name();
        self.window.wait_until(&format!("the note of {name}, {day}"), SOON, || {
            for option in self.window.all("option", Named::Has(&name), None)? {
                if says_day(&self.window.text(&option)?, day, today) {
                    return Ok(Some(option));
                }
            }
            Ok(None)
        })
    }

    /// The facts of the page, term to what is said of it.
    fn band(&self) -> Result<HashMap<String, String>> {
        let facts = self.window.facts()?;
        Ok(facts.into_iter().map(|(term, said)| (term, said.as_str().unwrap_or_default().to_owned())).collect())
    }

    /// Waits until a fact of the page reads as it should.
    fn fact_reads(&self, term: &str, right: impl Fn(&str) -> bool) -> Result<String> {
        self.window.wait_until(&format!("{term} as in the records"), SOON, || Ok(self.band()?.remove(term).filter(|text| right(text))))
    }

    /// Waits until the records say what `ask` asks.
    fn records_say(&self, what: &str, mut ask: impl FnMut(&Truth) -> Result<bool>) -> Result<()> {
        self.window.wait_until(&format!("in the records: {what}"), SOON, || Ok(ask(&self.truth)?.then_some(())))
    }
}

fn said<'a>(facts: &'a HashMap<String, String>, term: &str) -> Result<&'a str> {
    facts.get(term).map(String::as_str).with_context(|| format!("the page has no {term:?}; it has {:?}", facts.keys()))
}

fn cell<'a>(row: &'a serde_json::Map<String, serde_json::Value>, heading: &str) -> &'a str {
    row.iter().find(|(name, _)| says(name, heading)).and_then(|(_, value)| value.as_str()).unwrap_or_default()
}

/// Letters without their marks, as one types in a hurry.
fn plain(text: &str) -> String {
    let folded = practice::words::fold(text);
    folded.split_whitespace().next().unwrap_or_default().to_owned()
}
