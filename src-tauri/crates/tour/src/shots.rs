//! A picture of every screen, for looking at beside the design; with axe, each is also checked against WCAG A and AA.
use crate::axe::Axe;
use crate::steps::Tour;
use crate::window::{Named, SOON};
use anyhow::{Result, ensure};
use serde_json::json;
use std::path::Path;

/// How the screens are to look.
#[derive(Clone)]
pub struct Look {
    pub size: (u32, u32),
    pub theme: Option<String>,
    pub discreet: bool,
}

/// What opens a screen once its page is there.
#[derive(Clone, Copy)]
enum Then {
    Nothing,
    /// Keys that open a dialog.
    Press(&'static str),
    /// Keys that open a part of the page, and the button that closes it again.
    Tell(&'static str, &'static str),
    /// A button that opens a dialog.
    Click(&'static str, &'static str),
    /// Keys that open Find, and what is looked for.
    Write(&'static str, &'static str),
}

type Screen = (&'static str, String, Then);

/// What axe checks when nothing else is wished: both themes, at the usual and the smallest size.
pub fn every_look() -> Vec<Look> {
    let sizes = [(1280, 800), (960, 640)];
    let themes = ["light", "dark"];
    sizes.into_iter().flat_map(|size| themes.map(|theme| Look { size, theme: Some(theme.to_owned()), discreet: false })).collect()
}

/// Takes the pictures. A screen that does not come is said, and the others go on.
pub fn shots(tour: &Tour, out: &Path, looks: &[Look], axe: Option<&Axe>) -> Result<()> {
    let screens = screens(tour)?;
    let (mut missed, mut violations) = (0, 0);
    for look in looks {
        tour.window.resize(look.size.0, look.size.1)?;
        if look.discreet {
            tour.at_rest()?;
            tour.window.press("Control+d")?;
        }
        let suffix = suffix(look);
        for screen in &screens {
            let name = format!("{}{suffix}", screen.0);
            match show(tour, screen, look).and_then(|()| tour.window.screenshot(&out.join(format!("{name}.png")))) {
                Err(error) => {
                    missed += 1;
                    println!("{name}: {error:#}");
                }
                Ok(()) => {
                    for violation in axe.map(|axe| axe.violations(&tour.window)).transpose()?.unwrap_or_default() {
                        violations += 1;
                        println!("{name}: {violation}");
                    }
                }
            }
        }
    }
    let taken = screens.len() * looks.len();
    println!("{} of {taken} pictures are in {}", taken - missed, out.display());
    if axe.is_some() {
        println!("{violations} violations of WCAG A and AA");
    }
    ensure!(missed == 0, "{missed} screens could not be shown");
    ensure!(violations == 0, "{violations} violations of WCAG A and AA");
    Ok(())
}

fn suffix(look: &Look) -> String {
    let mut suffix = String::new();
    if let Some(theme) = look.theme.as_ref().filter(|theme| *theme != "light") {
        suffix.push_str(&format!("-{theme}"));
    }
    if look.discreet {
        suffix.push_str("-discreet");
    }
    if look.size != (1280, 800) {
        suffix.push_str(&format!("-{}x{}", look.size.0, look.size.1));
    }
    suffix
}

fn screens(tour: &Tour) -> Result<Vec<Screen>> {
    let client = tour.subject()?.id;
    let profile = format!("/clients/{client}");
    let page = |name, place: &str| (name, place.to_owned(), Then::Nothing);
    let part = |name, part: &str| (name, format!("{profile}/{part}"), Then::Nothing);
    let mut screens = vec![
        page("01-today", "/today"),
        ("01-today-find", "/today".into(), Then::Press("Control+k")),
        page("02-clients", "/clients"),
        ("02-clients-add", "/clients".into(), Then::Press("n")),
        page("03-profile", &profile),
        ("03-profile-emergency", profile.clone(), Then::Tell("Control+e", "Hide")),
        ("03-profile-edit", profile.clone(), Then::Press("e")),
        part("03-contacts", "details"),
        part("03-profile-summary-edit", "summary"),
        part("03-profile-trail", "trail"),
        part("04-history", "history"),
        page("05-notes", "/notes"),
        page("06-calendar", "/calendar"),
        ("06-calendar-book", profile.clone(), Then::Press("b")),
        ("07-consent", profile.clone(), Then::Press("Control+Shift+c")),
        page("09-import", "/import"),
        page("09-settings-about", "/settings/about"),
        page("09-settings-appearance", "/settings/appearance"),
        page("09-settings-practice", "/settings/practice"),
        part("11-homework", "homework"),
        ("11-homework-set", format!("{profile}/homework"), Then::Click("button", "Set homework")),
        ("14-find-notes", "/today".into(), Then::Write("Control+k", "letter")),
        ("14-shortcuts", "/today".into(), Then::Press("Control+/")),
        page("17-guide", "/guide/ten-steps"),
        page("17-guide-messages", "/guide/messages"),
    ];
    if let Some(waiting) = tour.truth.waiting()?.first() {
        screens.push(("05-note", format!("/notes/{}", waiting.note), Then::Nothing));
    }
    if let Some(note) = tour.truth.approved_note(client)? {
        screens.push(("05-note-approved", format!("/notes/{note}"), Then::Nothing));
    }
    if let Some(next) = tour.truth.next(client)? {
        let session = format!("/sessions/{}", next.session);
        screens.push(("12-session", session.clone(), Then::Nothing));
        screens.push(("12-session-move", session.clone(), Then::Click("button", "Move")));
        screens.push(("12-session-cancel", session, Then::Click("button", "Cancel session")));
    }
    screens.sort_by_key(|(name, ..)| *name);
    Ok(screens)
}

fn show(tour: &Tour, (_, place, then): &Screen, look: &Look) -> Result<()> {
    tour.at_rest()?;
    // Away and back, so that nothing of the picture before is left open.
    let away = if place == "/clients" { "/today" } else { "/clients" };
    for place in [away, place] {
        tour.window.run("location.hash = arguments[0]", json!([place]))?;
        tour.window.wait_until(place, SOON, || Ok((tour.window.place()? == format!("#{place}")).then_some(())))?;
        tour.window.find("heading", Named::Has(""))?;
        tour.settled()?;
    }
    match then {
        Then::Nothing => {}
        Then::Press(keys) => tour.window.press(keys)?,
        Then::Tell(keys, button) => {
            tour.window.press(keys)?;
            tour.window.find("button", *button)?;
        }
        Then::Click(role, name) => tour.window.click(role, *name)?,
        Then::Write(keys, text) => {
            tour.window.press(keys)?;
            tour.window.find("dialog", Named::Has(""))?;
            tour.window.type_text(text)?;
            // The foot of the answer, which says how many notes were searched.
            tour.window.wait_for("on this computer.")?;
        }
    }
    if matches!(then, Then::Press(_) | Then::Click(..)) {
        tour.window.find("dialog", Named::Has(""))?;
    }
    if let Some(theme) = &look.theme {
        // As the settings do it; the choice itself is the therapist's and not changed for a picture.
        tour.window.run("document.documentElement.dataset.theme = arguments[0]", json!([theme]))?;
    }
    tour.settled()
}
