//! Steps about a client: the list, the facts, the summary, the emergency contact, the history.
use super::{Tour, cell, plain, said};
use crate::report::Read;
use crate::saying::{booked, consent, homework, says, says_day, span};
use crate::window::{Named, SOON};
use anyhow::{Context, Result, ensure};
use serde_json::json;

/// Step 1. Every row of the list against the records; found by typing without accents; opened.
pub fn open_from_list(tour: &Tour, read: &mut Read) -> Result<()> {
    let window = &tour.window;
    tour.go("Clients")?;
    window.arrive("Clients")?;
    let search = |text: &str| {
        if tour.by_keys() {
            window.press("/")?;
            tour.refill(text)
        } else {
            tour.fill("textbox", "Find a client", text)
        }
    };
    search("")?;
    tour.settled()?;
    tour.picture("list")?;
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
    search(&plain(&subject.last))?;
    let row = window.find("row", Named::Starts(&subject.listed()))?;
    tour.settled()?;
    read.keep("found by", plain(&subject.last));
    read.keep("row", window.text(&row)?);
    if tour.by_keys() {
        window.press("Down")?;
        tour.use_on(&row)?;
    } else {
        let name = window.find_in("cell", Named::Starts(&subject.listed()), Some(&row))?;
        window.click_on(&name)?;
    }
    tour.on_profile(&subject)?;
    read.keep("opened", window.place()?);
    Ok(())
}

/// Step 2. The seven facts, right, and in view without scrolling.
pub fn review(tour: &Tour, read: &mut Read) -> Result<()> {
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

/// Step 6. Every sentence of the summary is in the records and leads to its note.
pub fn summary(tour: &Tour, read: &mut Read) -> Result<()> {
    let window = &tour.window;
    let subject = tour.subject()?;
    tour.open_profile(&subject)?;
    let region = window.find("region", Named::Has("Summary of discussions"))?;
    let shown = window.text(&region)?;
    let sentences = tour.truth.summary(subject.id)?;
    for sentence in &sentences {
        ensure!(shown.contains(sentence.text.trim()), "the profile does not show {:?}; it shows {shown:?}", sentence.text);
        for (_, source) in &sentence.sources {
            ensure!(shown.contains(&source.format("%-d %b").to_string()), "no source of {source}");
        }
    }
    read.keep("sentences", sentences.len());
    read.keep("shown", shown);
    tour.picture("profile")?;
    let source = window.find_in("link", Named::Has(""), Some(&region))?;
    read.keep("source", window.text(&source)?);
    tour.use_on(&source)?;
    window.wait_until("the note it comes from", SOON, || Ok(window.place()?.starts_with("#/notes/").then_some(())))?;
    let place = window.place()?;
    let known = sentences.iter().flat_map(|sentence| &sentence.sources).any(|(note, _)| place.ends_with(&note.to_string()));
    ensure!(known, "{place} is not a note that the summary comes from");
    read.keep("leads to", place);
    window.arrive(Named::Has(&subject.name()))?;
    tour.settled()
}

/// Step 7. Behind a click; the disclosure goes into the trail.
pub fn emergency(tour: &Tour, read: &mut Read) -> Result<()> {
    let window = &tour.window;
    let subject = tour.subject()?;
    let people = tour.truth.emergency(subject.id)?;
    let first = people.first().context("no emergency contact")?;
    tour.open_profile(&subject)?;
    ensure!(!window.page_text()?.contains(&first.name), "the contact shows before it is asked for");
    let before = tour.truth.trail("contacts_disclosed", subject.id)?;
    tour.use_or_press("button", "Show", "Control+e")?;
    for person in &people {
        window.wait_for(&person.name)?;
        for phone in &person.phones {
            window.wait_for(phone)?;
        }
    }
    read.keep("contacts", people.iter().map(|person| format!("{}, {}", person.name, person.relationship)).collect::<Vec<_>>());
    tour.records_say("the disclosure", |truth| Ok(truth.trail("contacts_disclosed", subject.id)? > before))?;
    read.keep("disclosures", json!([before, tour.truth.trail("contacts_disclosed", subject.id)?]));
    Ok(())
}

/// Step 8. All past sessions, with their counts.
pub fn history(tour: &Tour, read: &mut Read) -> Result<()> {
    let window = &tour.window;
    let subject = tour.subject()?;
    let past = tour.truth.past(subject.id)?;
    tour.open_profile(&subject)?;
    let link = format!("Session history ({})", past.all);
    window.find("link", link.as_str())?;
    tour.use_or_press("link", link.as_str(), "h")?;
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
        ensure!(text[filter.len()..].trim() == count.to_string(), "{filter} reads {text:?}, the records say {count}");
        tour.use_on(&button)?;
        let rows = || anyhow::Ok(window.all("option", Named::Has(""), None)?.len());
        window.wait_until(&format!("{filter}: {count} sessions"), SOON, || Ok((rows()? == count as usize).then_some(())))?;
    }
    tour.use_one("button", Named::Starts("All"))?;
    // The newest completed one stands beside the list.
    window.wait_for("You approved this note")?;
    tour.settled()
}
