//! The ten steps of the procedure, as a therapist takes them, each compared with what the records say.
use crate::report::Read;
use crate::saying::{booked, consent, homework, says, says_day, span};
use crate::truth::{Client, Truth};
use crate::window::{Named, SOON, Window};
use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

type Step = fn(&Tour, &mut Read) -> Result<()>;

/// Name, name of the picture, and what is done.
pub const STEPS: &[(&str, &str, Step)] = &[
    ("Open a client from the list", "clients", clients),
    ("Review the client's details", "profile", profile),
    ("Approve a note, which completes the session", "approve", approve),
    ("See and book the next session", "next-session", next_session),
    ("Record consent for automatic note-taking", "consent", record_consent),
    ("Read the summary of discussions", "summary", summary),
    ("Show the emergency contact", "emergency", emergency),
    ("Look through the session history", "history", history),
    ("From an upcoming session to the profile", "session-to-profile", from_session),
    ("From a note to the profile and back", "note-to-profile", from_note),
];

/// The window and the records behind it.
pub struct Tour {
    pub window: Window,
    pub truth: Truth,
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

    /// What can be read stays as it is.
    pub fn settled(&self) -> Result<()> {
        let mut before = String::new();
        self.window.wait_until("a page at rest", SOON, || {
            let text = self.window.page_text()?;
            let same = text == before;
            before = text;
            Ok(same.then_some(()))
        })
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
        anyhow::bail!("no client of the sample has every fact")
    }

    /// To a profile, by Find, as from anywhere.
    fn open_profile(&self, client: &Client) -> Result<()> {
        self.window.press("Control+k")?;
        self.window.find("dialog", Named::Has(""))?;
        self.window.type_text(&client.name())?;
        self.window.find("option", Named::Has(&client.name()))?;
        self.settled()?;
        self.window.press("Enter")?;
        self.on_profile(client)
    }

    fn on_profile(&self, client: &Client) -> Result<()> {
        let place = format!("#/clients/{}", client.id);
        self.window.wait_until("the profile", SOON, || Ok((self.window.place()? == place).then_some(())))?;
        self.window.arrive(client.name().as_str())?;
        self.settled()
    }

    /// The facts of the band, as they are read.
    fn band(&self) -> Result<HashMap<String, String>> {
        let facts = self.window.facts()?;
        Ok(facts.into_iter().map(|(term, said)| (term, said.as_str().unwrap_or_default().to_owned())).collect())
    }

    /// Waits until the records say what `ask` asks.
    fn records_say(&self, what: &str, mut ask: impl FnMut(&Truth) -> Result<bool>) -> Result<()> {
        self.window.wait_until(&format!("in the records: {what}"), SOON, || Ok(ask(&self.truth)?.then_some(())))
    }
}

fn said<'a>(facts: &'a HashMap<String, String>, term: &str) -> Result<&'a str> {
    facts.get(term).map(String::as_str).with_context(|| format!("the profile has no {term:?}; it has {:?}", facts.keys()))
}

fn cell<'a>(row: &'a Map<String, Value>, heading: &str) -> &'a str {
    row.iter().find(|(name, _)| says(name, heading)).and_then(|(_, value)| value.as_str()).unwrap_or_default()
}

/// Step 1. Every row of the list against the records; found by typing without accents; opened with Enter.
fn clients(tour: &Tour, read: &mut Read) -> Result<()> {
    let window = &tour.window;
    window.press("Control+2")?;
    window.arrive("Clients")?;
    tour.settled()?;
    let active = tour.truth.active()?;
    let rows = window.rows(&window.find("table", Named::Has(""))?)?;
    ensure!(rows.len() == active.len(), "the list has {} rows, the records {} clients", rows.len(), active.len());
    let today = tour.truth.now().date_naive();
    for (row, client) in rows.iter().zip(&active) {
        let facts = tour.truth.facts(client.id)?;
        let whole = format!("row {row:?} against {client:?}: {facts:?}");
        ensure!(cell(row, "last name").starts_with(&client.listed()), "name: {whole}");
        ensure!(says(cell(row, "consent"), consent(&facts.consent)), "consent: {whole}");
        ensure!(says(cell(row, "homework"), homework(&facts.homework)), "homework: {whole}");
        let days = [
            ("started", facts.started, "Not yet"),
            ("last completed", facts.last_completed.map(|at| at.date_naive()), "None yet"),
            ("next booked", facts.next.as_ref().map(|next| next.starts.date_naive()), "None booked"),
        ];
        for (heading, day, missing) in days {
            let text = cell(row, heading);
            ensure!(day.map_or(says(text, missing), |day| says_day(text, day, today)), "{heading}: {whole}");
        }
        if let Some(next) = facts.next {
            ensure!(says(cell(row, "next booked"), booked(&next.by)), "booked by: {whole}");
        }
    }
    read.keep("rows", rows.len());

    let subject = tour.subject()?;
    window.press("/")?;
    window.type_text(&plain(&subject.last))?;
    let row = window.find("row", Named::Has(&subject.listed()))?;
    tour.settled()?;
    read.keep("found by", plain(&subject.last));
    read.keep("row", window.text(&row)?);
    window.press("Enter")?;
    tour.on_profile(&subject)?;
    read.keep("opened", window.place()?);
    Ok(())
}

/// Letters without their marks, as one types in a hurry.
fn plain(text: &str) -> String {
    let folded = practice::words::fold(text);
    folded.split_whitespace().next().unwrap_or_default().to_owned()
}

/// Step 2. The seven facts, right, and in view without scrolling.
fn profile(tour: &Tour, read: &mut Read) -> Result<()> {
    let subject = tour.subject()?;
    tour.open_profile(&subject)?;
    let band = tour.band()?;
    let facts = tour.truth.facts(subject.id)?;
    let today = tour.truth.now().date_naive();
    let next = facts.next.context("a next session")?;
    let mut check = |term: &str, right: &dyn Fn(&str) -> bool, truth: String| -> Result<()> {
        let text = said(&band, term)?;
        read.keep(term, text);
        ensure!(right(text), "{term} reads {text:?}, the records say {truth}");
        let place = tour.window.find("term", term)?;
        ensure!(tour.window.in_view(&place)?, "{term} is not in view without scrolling");
        Ok(())
    };
    let started = facts.started.context("a start of therapy")?;
    check("Start of therapy", &|text| says_day(text, started, today), started.to_string())?;
    check("Last name", &|text| text == subject.last, subject.last.clone())?;
    let last = facts.last_completed.context("a completed session")?;
    check("Last completed session", &|text| says_day(text, last.date_naive(), today), last.to_string())?;
    let hours = span(&next.starts, next.minutes);
    let right = |text: &str| says_day(text, next.starts.date_naive(), today) && text.contains(&hours) && says(text, booked(&next.by));
    check("Next booked session", &right, format!("{next:?}"))?;
    let task = facts.homework_text.context("homework")?;
    check("Homework", &|text| says(text, homework(&facts.homework)) && text.contains(&task), format!("{}: {task}", facts.homework))?;
    let email = facts.email.context("an email")?;
    check("Email", &|text| text.starts_with(&email), email.clone())?;
    let phone = facts.phone.context("a phone")?;
    check("Phone", &|text| text.starts_with(&phone), phone.clone())
}

/// Step 3. Approving says what it does, does it, and everything shows it at once.
fn approve(tour: &Tour, read: &mut Read) -> Result<()> {
    let window = &tour.window;
    let waiting = tour.truth.waiting()?.into_iter().next().context("the sample has no note awaiting approval")?;
    let before = tour.truth.facts(waiting.client.id)?.completed;
    window.press("Control+4")?;
    window.arrive("Notes")?;
    window.wait_for("A session counts as completed once you approve its note.")?;
    tour.settled()?;
    window.run("location.hash = arguments[0]", json!([format!("/notes/{}", waiting.note)]))?;
    window.arrive(waiting.client.name().as_str())?;
    window.wait_for("Marks the session complete and locks the note.")?;
    ensure!(says_day(&window.page_text()?, waiting.starts.date_naive(), tour.truth.now().date_naive()), "the note does not name its day");
    read.keep("before", tour.truth.session_state(waiting.session)?);
    ensure!(tour.truth.session_state(waiting.session)? == "awaiting_approval", "the session is not waiting");
    let approve = window.find("button", "Approve note")?;
    window.wait_until("a note that is saved and can be approved", SOON, || Ok((!window.disabled(&approve)?).then_some(())))?;
    window.click_on(&approve)?;
    window.wait_for("Session completed, note locked.")?;
    window.wait_for("You can undo for")?;
    tour.records_say("the session is completed", |truth| Ok(truth.session_state(waiting.session)? == "completed"))?;
    read.keep("after", tour.truth.session_state(waiting.session)?);
    read.keep("completed", json!([before, tour.truth.facts(waiting.client.id)?.completed]));

    window.click("button", "View Client Profile")?;
    tour.on_profile(&waiting.client)?;
    let band = tour.band()?;
    let last = tour.truth.facts(waiting.client.id)?.last_completed.context("a completed session")?;
    let text = said(&band, "Last completed session")?;
    read.keep("Last completed session", text);
    ensure!(says_day(text, last.date_naive(), tour.truth.now().date_naive()), "the profile reads {text:?}, the records say {last}");
    Ok(())
}

/// Step 4. When and by whom; then one more is booked, by the client.
fn next_session(tour: &Tour, read: &mut Read) -> Result<()> {
    let window = &tour.window;
    for by in ["client", "therapist"] {
        let mut booked_so = None;
        for client in tour.truth.active()? {
            if tour.truth.next(client.id)?.is_some_and(|next| next.by == by) {
                booked_so = Some(client);
                break;
            }
        }
        let client = booked_so.with_context(|| format!("nobody's next session is booked by {by}"))?;
        tour.open_profile(&client)?;
        let band = tour.band()?;
        let text = said(&band, "Next booked session")?;
        read.keep(by, text);
        ensure!(says(text, booked(by)), "{} reads {text:?}, the records say {by}", client.name());
    }
    let subject = tour.subject()?;
    tour.open_profile(&subject)?;
    let before = tour.truth.ahead(subject.id)?;
    window.press("b")?;
    window.find("dialog", Named::Has("Book"))?;
    window.click("radio", Named::Has("client"))?;
    window.click("button", "Book session")?;
    tour.records_say("one more session is booked", |truth| Ok(truth.ahead(subject.id)? == before + 1))?;
    read.keep("booked ahead", json!([before, before + 1]));
    Ok(())
}

/// Step 5. Not recorded is said so; recorded in one dialog, without leaving the screen.
fn record_consent(tour: &Tour, read: &mut Read) -> Result<()> {
    let window = &tour.window;
    let mut missing = None;
    for client in tour.truth.active()? {
        if tour.truth.consent(client.id)? == "not_recorded" {
            missing = Some(client);
            break;
        }
    }
    let client = missing.context("everybody's consent is recorded")?;
    tour.open_profile(&client)?;
    let place = window.place()?;
    let band = tour.band()?;
    let before = said(&band, "Automatic note-taking")?;
    read.keep("before", before);
    ensure!(says(before, "not recorded"), "the profile reads {before:?}");
    window.click("button", "Record consent")?;
    window.find("dialog", Named::Has("Consent to automatic note-taking"))?;
    window.click("radio", Named::Starts("Given"))?;
    window.click("button", "Record as given")?;
    tour.records_say("consent is given", |truth| Ok(truth.consent(client.id)? == "given"))?;
    let after = window.wait_until("Consent given", SOON, || {
        let band = tour.band()?;
        Ok(band.get("Automatic note-taking").filter(|text| says(text, "given")).cloned())
    })?;
    read.keep("after", after);
    ensure!(window.place()? == place, "recording consent left the profile");
    Ok(())
}

/// Step 6. Every sentence of the summary is in the records and leads to its note.
fn summary(tour: &Tour, read: &mut Read) -> Result<()> {
    let window = &tour.window;
    let subject = tour.subject()?;
    tour.open_profile(&subject)?;
    let region = window.find("region", Named::Has("Summary of discussions"))?;
    let shown = window.text(&region)?;
    let sentences = tour.truth.summary(subject.id)?;
    let today = tour.truth.now().date_naive();
    for sentence in &sentences {
        ensure!(shown.contains(sentence.text.trim()), "the profile does not show {:?}; it shows {shown:?}", sentence.text);
        for source in &sentence.sources {
            ensure!(
                says_day(&shown, source.date_naive(), today) || shown.contains(&source.format("%-d %b").to_string()),
                "no source of {source}"
            );
        }
    }
    read.keep("sentences", sentences.len());
    read.keep("shown", shown);
    let source = window.find_in("link", Named::Has(""), Some(&region))?;
    read.keep("source", window.text(&source)?);
    window.click_on(&source)?;
    window.wait_until("the note it comes from", SOON, || Ok(window.place()?.starts_with("#/notes/").then_some(())))?;
    read.keep("leads to", window.place()?);
    Ok(())
}

/// Step 7. Behind a click; the disclosure goes into the trail.
fn emergency(tour: &Tour, read: &mut Read) -> Result<()> {
    let window = &tour.window;
    let subject = tour.subject()?;
    let people = tour.truth.emergency(subject.id)?;
    let first = people.first().context("no emergency contact")?;
    tour.open_profile(&subject)?;
    ensure!(!window.page_text()?.contains(&first.name), "the contact shows before it is asked for");
    let before = tour.truth.trail("emergency_disclosed", subject.id)?;
    window.click("button", "Show")?;
    for person in &people {
        window.wait_for(&person.name)?;
        for phone in &person.phones {
            window.wait_for(phone)?;
        }
    }
    read.keep("contacts", people.iter().map(|person| format!("{}, {}", person.name, person.relationship)).collect::<Vec<_>>());
    tour.records_say("the disclosure", |truth| Ok(truth.trail("emergency_disclosed", subject.id)? > before))?;
    read.keep("disclosures", json!([before, tour.truth.trail("emergency_disclosed", subject.id)?]));
    Ok(())
}

/// Step 8. All past sessions, with their counts.
fn history(tour: &Tour, read: &mut Read) -> Result<()> {
    let window = &tour.window;
    let subject = tour.subject()?;
    let past = tour.truth.past(subject.id)?;
    tour.open_profile(&subject)?;
    window.click("link", format!("Session history ({})", past.all).as_str())?;
    window.arrive("Session history")?;
    tour.settled()?;
    let counts = [
        ("All", past.all),
        ("Completed", past.completed),
        ("Awaiting approval", past.awaiting),
        ("Cancelled", past.cancelled),
        ("No-show", past.no_show),
    ];
    for (filter, count) in counts {
        let button = window.find("button", Named::Starts(filter))?;
        let text = window.text(&button)?;
        read.keep(filter, text.as_str());
        ensure!(text.ends_with(&count.to_string()), "{filter} reads {text:?}, the records say {count}");
        window.click_on(&button)?;
        tour.settled()?;
        let rows = window.all("option", Named::Has(""), None)?.len();
        ensure!(rows == count as usize, "{filter} shows {rows} sessions, the records have {count}");
    }
    window.click("button", Named::Starts("All"))?;
    Ok(())
}

/// Step 9. From an upcoming session straight to the profile.
fn from_session(tour: &Tour, read: &mut Read) -> Result<()> {
    let window = &tour.window;
    let (session, client) = tour.truth.coming()?.into_iter().next().context("no session ahead")?;
    let today = session.starts.date_naive() == tour.truth.now().date_naive();
    if today {
        window.press("Control+1")?;
        let day = window.find("list", "Sessions today")?;
        let slot = window.find_in("listitem", Named::Has(&client.name()), Some(&day))?;
        read.keep("today", window.text(&slot)?);
        let button = window.find_in("button", Named::Is("View Client Profile"), Some(&slot))?;
        window.click_on(&button)?;
        tour.on_profile(&client)?;
    }
    tour.open_profile(&client)?;
    window.click("button", "Open session")?;
    window.wait_until("the session", SOON, || Ok(window.place()?.starts_with("#/sessions/").then_some(())))?;
    read.keep("session", window.place()?);
    window.click("button", "View Client Profile")?;
    tour.on_profile(&client)?;
    read.keep("profile", window.place()?);
    Ok(())
}

/// Step 10. From a draft and from an approved note; what was being typed is still there.
fn from_note(tour: &Tour, read: &mut Read) -> Result<()> {
    let window = &tour.window;
    let waiting = tour.truth.waiting()?.into_iter().next().context("no draft is left")?;
    window.run("location.hash = arguments[0]", json!([format!("/notes/{}", waiting.note)]))?;
    window.arrive(waiting.client.name().as_str())?;
    tour.settled()?;
    window.click("textbox", Named::Has(""))?;
    window.press("Control+End")?;
    let words = "To take up again on the way back.";
    window.type_text(&format!(" {words}"))?;
    window.press("Control+o")?;
    tour.on_profile(&waiting.client)?;
    tour.records_say("the words just typed", |truth| Ok(truth.draft(waiting.note)?.contains(words)))?;
    window.press("Escape")?;
    window.wait_for(words)?;
    read.keep("still there", words);

    let subject = tour.subject()?;
    let note = tour.truth.approved_note(subject.id)?.context("an approved note")?;
    window.run("location.hash = arguments[0]", json!([format!("/notes/{note}")]))?;
    window.arrive(subject.name().as_str())?;
    window.click("button", "View Client Profile")?;
    tour.on_profile(&subject)?;
    read.keep("profile", window.place()?);
    Ok(())
}
