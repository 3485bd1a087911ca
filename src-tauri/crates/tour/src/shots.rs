//! A picture of every screen, for looking at beside the design.
use crate::steps::Tour;
use crate::window::SOON;
use anyhow::Result;
use serde_json::json;
use std::path::Path;

/// Takes the pictures. A screen that does not come is said, and the others go on.
pub fn shots(tour: &Tour, out: &Path, theme: Option<&str>, discreet: bool) -> Result<()> {
    if let Some(theme) = theme {
        // As the settings do it; the choice itself is the therapist's and not changed for a picture.
        tour.window.run("document.documentElement.dataset.theme = arguments[0]", json!([theme]))?;
    }
    if discreet {
        tour.window.press("Control+d")?;
    }
    let mut suffix = theme.map(|theme| format!("-{theme}")).unwrap_or_default();
    if discreet {
        suffix.push_str("-discreet");
    }
    let mut missed = 0;
    for (name, place) in places(tour)? {
        let taken = go(tour, &place).and_then(|()| tour.window.screenshot(&out.join(format!("{name}{suffix}.png"))));
        if let Err(error) = taken {
            missed += 1;
            println!("{name}: {error:#}");
        }
    }
    for (name, place, chord) in dialogs(tour)? {
        let taken = go(tour, &place).and_then(|()| {
            tour.window.press(chord)?;
            tour.settled()?;
            tour.window.screenshot(&out.join(format!("{name}{suffix}.png")))?;
            tour.window.press("Escape")
        });
        if let Err(error) = taken {
            missed += 1;
            println!("{name}: {error:#}");
        }
    }
    println!("pictures are in {}", out.display());
    anyhow::ensure!(missed == 0, "{missed} screens could not be taken");
    Ok(())
}

fn places(tour: &Tour) -> Result<Vec<(&'static str, String)>> {
    let client = tour.subject()?.id;
    let mut places = vec![
        ("01-today", "/today".to_owned()),
        ("02-clients", "/clients".into()),
        ("03-profile", format!("/clients/{client}")),
        ("03-profile-edit", format!("/clients/{client}/details")),
        ("03-profile-summary-edit", format!("/clients/{client}/summary")),
        ("04-history", format!("/clients/{client}/history")),
        ("05-notes", "/notes".into()),
        ("06-calendar", "/calendar".into()),
        ("09-import", "/import".into()),
        ("09-settings-about", "/settings/about".into()),
        ("09-settings-appearance", "/settings/appearance".into()),
        ("09-settings-practice", "/settings/practice".into()),
        ("11-homework", format!("/clients/{client}/homework")),
    ];
    if let Some(waiting) = tour.truth.waiting()?.first() {
        places.push(("05-note", format!("/notes/{}", waiting.note)));
    }
    if let Some(note) = tour.truth.approved_note(client)? {
        places.push(("05-note-approved", format!("/notes/{note}")));
    }
    if let Some((session, _)) = tour.truth.coming()?.first() {
        places.push(("12-session", format!("/sessions/{}", session.session)));
    }
    Ok(places)
}

fn dialogs(tour: &Tour) -> Result<Vec<(&'static str, String, &'static str)>> {
    let profile = format!("/clients/{}", tour.subject()?.id);
    Ok(vec![
        ("01-today-find", "/today".to_owned(), "Control+k"),
        ("02-clients-add", "/clients".into(), "n"),
        ("03-profile-emergency", profile.clone(), "Control+e"),
        ("06-calendar-book", profile.clone(), "b"),
        ("07-consent", profile, "Control+Shift+c"),
        ("14-shortcuts", "/today".into(), "Control+/"),
    ])
}

fn go(tour: &Tour, place: &str) -> Result<()> {
    tour.at_rest()?;
    tour.window.run("location.hash = arguments[0]", json!([place]))?;
    tour.window.wait_until(place, SOON, || Ok((tour.window.place()? == format!("#{place}")).then_some(())))?;
    tour.settled()
}
