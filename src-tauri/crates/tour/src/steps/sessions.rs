//! Steps that change the records: approving, booking, consent.
use super::{Tour, said};
use crate::report::Read;
use crate::saying::{booked, says, says_day};
use crate::window::{Named, SOON};
use anyhow::{Context, Result, ensure};
use chrono::{Days, NaiveTime, TimeZone};
use serde_json::json;
use std::time::Duration;

/// Step 3. Approving says what it does, does it, and everything shows it at once.
pub fn approve(tour: &Tour, read: &mut Read) -> Result<()> {
    let window = &tour.window;
    let waiting = tour.truth.waiting()?.into_iter().next().context("the sample has no note awaiting approval")?;
    let before = tour.truth.facts(waiting.client.id)?.completed;
    tour.open_waiting(&waiting)?;
    window.wait_for("Marks the session complete and locks the note.")?;
    ensure!(says_day(&window.page_text()?, waiting.starts.date_naive(), tour.truth.now().date_naive()), "the note does not name its day");
    read.keep("before", tour.truth.session_state(waiting.session)?);
    ensure!(tour.truth.session_state(waiting.session)? == "awaiting_approval", "the session is not waiting");
    tour.picture("before")?;
    let approve = window.find("button", "Approve note")?;
    window.wait_until("a note that is saved and can be approved", SOON, || Ok((!window.disabled(&approve)?).then_some(())))?;
    tour.use_or_press("button", "Approve note", "Control+Enter")?;
    window.wait_for("Session completed, note locked.")?;
    window.wait_for("You can undo for")?;
    tour.records_say("the session is completed", |truth| Ok(truth.session_state(waiting.session)? == "completed"))?;
    read.keep("after", tour.truth.session_state(waiting.session)?);
    let after = tour.truth.facts(waiting.client.id)?.completed;
    ensure!(after == before + 1, "{before} sessions were completed, now {after}");
    read.keep("completed", json!([before, after]));
    tour.picture("approved")?;

    tour.view_profile(&waiting.client)?;
    let last = tour.truth.facts(waiting.client.id)?.last_completed.context("a completed session")?;
    let today = tour.truth.now().date_naive();
    let text = tour.fact_reads("Last completed session", |text| says_day(text, last.date_naive(), today))?;
    read.keep("Last completed session", text);
    Ok(())
}

/// How long after a press that missed a person presses again.
const MISSED: Duration = Duration::from_secs(4);

/// Step 4. When and by whom; then one more is booked, by the client.
pub fn next_session(tour: &Tour, read: &mut Read) -> Result<()> {
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
    tour.use_or_press("button", "Book session", "b")?;
    window.find("dialog", Named::Has("Book session"))?;
    tour.settled()?;
    // Far enough for no series to be there, and another time for each hand.
    let day = tour.truth.now().date_naive().checked_add_days(Days::new(75)).context("a day ahead")?;
    let time = NaiveTime::from_hms_opt(if tour.by_keys() { 8 } else { 7 }, 15, 0).context("a time")?;
    tour.fill("textbox", "Date", &day.format("%-d %b %Y").to_string())?;
    tour.fill("textbox", "Time", &time.format("%H:%M").to_string())?;
    tour.choose("You")?;
    tour.choose("Client")?;
    tour.picture("dialog")?;
    let confirm = window.find("button", "Book session")?;
    window.wait_until("a session that can be booked", SOON, || Ok((!window.disabled(&confirm)?).then_some(())))?;
    // What the core says of the time comes a moment after it, and may move the button from under the pointer.
    tour.settled()?;
    tour.use_or_press("button", "Book session", "Control+Enter")?;
    let closed = || Ok(window.all("dialog", Named::Has("Book session"), None)?.is_empty().then_some(()));
    if window.wait_until("the page behind the dialog", MISSED, closed).is_err() {
        tour.use_or_press("button", "Book session", "Control+Enter")?;
    }
    tour.records_say("one more session is booked", |truth| Ok(truth.ahead(subject.id)? == before + 1))?;
    let starts = tour.truth.now().timezone().from_local_datetime(&day.and_time(time)).earliest().context("a time that exists")?;
    let by = tour.truth.booked_by(subject.id, &starts)?.with_context(|| format!("no session begins at {starts}"))?;
    ensure!(by == "client", "the session is booked by {by}");
    read.keep("booked ahead", json!([before, before + 1]));
    read.keep("booked", json!({ "starts": starts.to_rfc3339(), "by": by }));
    window.wait_until("the profile again", SOON, || Ok(window.all("dialog", Named::Has(""), None)?.is_empty().then_some(())))
}

/// Step 5. Not recorded is said so; recorded in one dialog, without leaving the screen.
pub fn record_consent(tour: &Tour, read: &mut Read) -> Result<()> {
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
    tour.use_or_press("button", "Record consent", "Control+Shift+c")?;
    window.find("dialog", Named::Has("Consent to automatic note-taking"))?;
    tour.choose(Named::Starts("Given"))?;
    tour.picture("dialog")?;
    tour.use_or_press("button", "Record as given", "Control+Enter")?;
    tour.records_say("consent is given", |truth| Ok(truth.consent(client.id)? == "given"))?;
    let after = tour.fact_reads("Automatic note-taking", |text| says(text, "given"))?;
    read.keep("after", after);
    ensure!(window.place()? == place, "recording consent left the profile");
    Ok(())
}
