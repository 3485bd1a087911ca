//! The two other ways to a profile: from a session to come, and from a note.
use super::Tour;
use crate::report::Read;
use crate::window::{Named, SOON};
use anyhow::{Context, Result, ensure};

/// Step 9. From an upcoming session straight to the profile: on Today, and on the page of the session.
pub fn from_session(tour: &Tour, read: &mut Read) -> Result<()> {
    let window = &tour.window;
    let (session, client) = tour.truth.coming()?.into_iter().next().context("no session ahead")?;
    if session.starts.date_naive() == tour.truth.now().date_naive() {
        tour.go("Today")?;
        let slot = || {
            let day = window.find("list", "Sessions today")?;
            window.find_in("listitem", Named::Has(&client.name()), Some(&day))
        };
        read.keep("today", window.anew(|| window.text(&slot()?))?);
        tour.picture("today")?;
        window.anew(|| tour.use_on(&window.find_in("button", Named::Starts("View Client Profile"), Some(&slot()?))?))?;
        tour.on_profile(&client)?;
    }
    let subject = tour.subject()?;
    let next = tour.truth.next(subject.id)?.context("a next session")?;
    tour.open_profile(&subject)?;
    tour.use_one("button", "Open session")?;
    let place = format!("#/sessions/{}", next.session);
    window.wait_until("the session", SOON, || Ok((window.place()? == place).then_some(())))?;
    window.arrive(Named::Has(&subject.name()))?;
    read.keep("session", place);
    tour.picture("session")?;
    tour.view_profile(&subject)?;
    read.keep("profile", window.place()?);
    Ok(())
}

/// Step 10. From a draft and from an approved note; what was being typed is still there.
pub fn from_note(tour: &Tour, read: &mut Read) -> Result<()> {
    let window = &tour.window;
    let waiting = tour.truth.waiting()?.into_iter().next().context("no draft is left")?;
    tour.open_waiting(&waiting)?;
    tour.focus("textbox", Named::Has(""))?;
    window.press("Control+End")?;
    let words = format!("To take up again on the way back, by {}.", tour.hand.get().word());
    window.type_text(&format!(" {words}"))?;
    window.wait_for(&words)?;
    tour.picture("typed")?;
    tour.view_profile(&waiting.client)?;
    tour.records_say("the words just typed", |truth| Ok(truth.draft(waiting.note)?.contains(&words)))?;
    if tour.by_keys() {
        window.press("Escape")?;
    } else {
        // The first button of the page, named after the place one came from.
        let named = window.anew(|| {
            let main = window.find("main", Named::Has(""))?;
            let back = window.find_in("button", Named::Has(""), Some(&main))?;
            let named = window.text(&back)?;
            window.click_on(&back)?;
            Ok(named)
        })?;
        read.keep("way back", named);
    }
    tour.on_note(&waiting.note.to_string(), &waiting.client)?;
    window.wait_for(&words)?;
    read.keep("still there", words);

    tour.go("Notes")?;
    window.arrive("Notes")?;
    tour.use_one("button", Named::Starts("Approved"))?;
    tour.settled()?;
    tour.use_one("option", Named::Has("Completed"))?;
    if !tour.by_keys() {
        tour.settled()?;
        tour.use_one("button", "Open note")?;
    }
    window.wait_until("an approved note", SOON, || Ok(window.place()?.starts_with("#/notes/").then_some(())))?;
    tour.settled()?;
    window.wait_for("It is locked and unchanged since.")?;
    let place = window.place()?;
    let note = place.rsplit('/').next().unwrap_or_default().parse()?;
    let client = tour.truth.client_of_approved(note)?.with_context(|| format!("{place} is not approved in the records"))?;
    read.keep("approved note", place);
    tour.view_profile(&client)?;
    let profile = window.place()?;
    ensure!(profile.ends_with(&client.id.to_string()), "{profile} is not {}", client.id);
    read.keep("profile", profile);
    Ok(())
}
