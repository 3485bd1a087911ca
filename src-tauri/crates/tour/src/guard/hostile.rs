//! Hostile text is text: it stands on every screen as it was written, nothing of it runs, nothing is made of it, nothing is asked
//! for it. What a screen may show, ask and be made of is learnt from a practice of the same shape with harmless words.
use super::filled::{Filled, Shape, details, fill};
use super::payloads::payloads;
use super::practice::{Practice, plain};
use super::room::{Room, none_left};
use super::{Ground, Held};
use crate::window::Window;
use anyhow::{Context, Result, bail, ensure};
use practice::clients::{self, ClientStatus};
use practice::error::Error;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

const WATCH: &str = include_str!("watch.js");
const WALK: &str = include_str!("hostile.js");
const LISTS: &str = include_str!("lists.js");
const WRITE: &str = include_str!("write.js");
/// So few clients have every text in some field.
const BRIEF: usize = 5;
/// About as many as a client has.
const FIELDS: usize = 47;
/// How many texts one note takes.
const PARTS: usize = 4;
/// What a text that is read as Markdown may become.
const PROSE: [&str; 8] = ["p", "br", "strong", "em", "ul", "ol", "li", "mark"];

/// A field, whether it is prose, and its text.
type Text = (&'static str, bool, String);

/// What a walk over a client's screens brought: screen to fields shown and commands asked.
type Screens = BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)>;

/// Everything a page has done while it was watched.
#[derive(Default)]
struct Watched {
    ran: Vec<Value>,
    opened: BTreeSet<String>,
    elsewhere: BTreeSet<String>,
    blocked: Vec<String>,
    tags: BTreeSet<String>,
    attributes: BTreeSet<String>,
    links: BTreeSet<String>,
}

/// The promise.
pub fn text(ground: &Ground) -> Result<Held> {
    let all = payloads();
    let accepted = Accepted::learn(&all)?;
    let known = harmless(ground)?;
    let clients = if ground.brief { BRIEF } else { all.len() };

    let room = Room::furnish()?;
    let practice = Practice::begin(&room.records(), &plain("<img src=x onerror=top.__ran.push('practice')>"))?;
    let mut filled = Vec::new();
    for number in 0..clients {
        let texts = RefCell::new(Vec::new());
        // Each field of a client has another text, and each text comes to every field once all clients are there.
        let client = fill(&practice, number as u64, &|name, shape| {
            let field = texts.borrow().len();
            // Each field of a client has another text. Of many clients each text comes to every field; of few, to some.
            let at = if ground.brief { number * FIELDS + field } else { number + field * 7 };
            let text = accepted.text(&all, at % all.len(), shape, name);
            texts.borrow_mut().push((name, shape == Shape::Prose, text.clone()));
            text
        })
        .with_context(|| format!("client {number}"))?;
        filled.push((client, texts.into_inner()));
    }
    drop(practice);

    let mut window = room.drive(ground)?;
    window.resize(1280, 800)?;
    window.run(WATCH, json!([]))?;
    let mut broken = Vec::new();
    let mut shown = 0;
    let mut screens = 0;
    for (number, (client, texts)) in filled.iter().enumerate() {
        let read = walk(&window, client, texts).with_context(|| format!("client {number}"))?;
        for (screen, (shows, asks)) in &read {
            let (may_show, may_ask) = known.screens.get(screen).context("a screen that is not known")?;
            // Elsewhere a note is quoted in sentences that were chosen, and not as a whole.
            let may_show: BTreeSet<String> = may_show.iter().filter(|name| whole(screen, name)).cloned().collect();
            screens += 1;
            shown += may_show.len();
            for name in may_show.difference(shows) {
                let text = texts.iter().find(|(known, ..)| known == name).map(|(.., text)| text.as_str()).unwrap_or_default();
                broken.push(format!("{screen}: {name} is not shown as written: {text:.120?}"));
            }
            broken.extend(unknown(asks, may_ask).map(|command| format!("{screen}: {command} was asked for")));
        }
    }
    let listed = lists(
        &window,
        &filled.iter().flat_map(|(_, texts)| texts.iter().filter(|(name, ..)| *name == "last_name")).cloned().collect::<Vec<_>>(),
    )?;
    broken.extend(listed.missing.iter().map(|text| format!("the client list does not show {text:.120?}")));
    broken.extend(unknown(&listed.asked, &known.listed).map(|command| format!("lists and Find: {command} was asked for")));
    let written = write(&window, &filled, &all, &accepted)?;
    broken.extend(written.broken);
    let watched = Watched::read(&window)?;
    broken.extend(watched.against(&known.watched, true));
    window.screenshot(&ground.out.join("text.png"))?;

    let control = control(&window, &all, &known)?;
    window.close()?;
    none_left(&ground.binary)?;
    let figures = json!({
        "payloads": all.len(), "clients": clients, "fields": filled[0].1.len(),
        "refused_in_a_line": accepted.line.len(), "refused_in_a_text": accepted.lines.len(), "refusals": accepted.reasons,
        "screens_looked_at": screens, "texts_compared": shown, "names_listed": filled.len(), "found_for": listed.found,
        "pasted_and_approved": written.count, "ran": watched.ran.len(), "dialogs": watched.opened.len(), "blocked_by_the_policy": watched.blocked.len(),
        "commands_by_screen": known.screens.iter().map(|(screen, (_, asks))| (screen.clone(), json!(asks))).collect::<serde_json::Map<_, _>>(),
        "control": control,
    });
    let tried = format!(
        "{} payloads in {} fields of {clients} clients, {screens} screens, {shown} texts compared, {} pasted into notes and approved; 0 may run",
        all.len(),
        filled[0].1.len(),
        written.count
    );
    Ok(Held { tried, count: all.len() as u64, broken, control: true, figures })
}

/// The window says at any time, by its own clock, that somebody is at it; and asks for the backups when one was made.
const AT_ANY_TIME: [&str; 2] = ["active", "backups"];

/// What was asked for and is not among what may be.
fn unknown<'a>(asked: &'a BTreeSet<String>, may: &'a BTreeSet<String>) -> impl Iterator<Item = &'a String> {
    asked.difference(may).filter(|command| !AT_ANY_TIME.contains(&command.as_str()))
}

/// Whether a screen shows a field from its first letter to its last.
fn whole(screen: &str, field: &str) -> bool {
    match field {
        "subjective" | "objective" | "assessment" | "plan" | "addendum" => ["approved", "history"].contains(&screen),
        "wrong_text" => screen == "wrong",
        "draft_text" => screen == "draft",
        "process_text" => false,
        _ => true,
    }
}

/// Which payloads the core takes. What it refuses, with a reason, is left out of that shape.
struct Accepted {
    line: BTreeSet<usize>,
    lines: BTreeSet<usize>,
    reasons: BTreeMap<String, usize>,
}

impl Accepted {
    fn learn(all: &[String]) -> Result<Accepted> {
        let room = Room::furnish()?;
        let practice = Practice::begin(&room.records(), &plain("Ada Lindqvist"))?;
        let mut accepted = Accepted { line: BTreeSet::new(), lines: BTreeSet::new(), reasons: BTreeMap::new() };
        for (at, payload) in all.iter().enumerate() {
            for shape in [Shape::Line, Shape::Lines] {
                let field = if shape == Shape::Line { "first_name" } else { "remark" };
                // With the longest name behind it, so that what is taken here is taken everywhere.
                let text = |name: &'static str, _| if name == field { marked(payload, "contact_phone_remark") } else { "Ada".to_owned() };
                match practice.write(|w| clients::add(w, &details(&text), ClientStatus::Active, true)) {
                    Ok(_) => {}
                    Err(Error::Refused(refusal)) => {
                        if shape == Shape::Line { &mut accepted.line } else { &mut accepted.lines }.insert(at);
                        *accepted.reasons.entry(refusal.to_string()).or_default() += 1;
                    }
                    Err(fault) => bail!("payload {at} is a fault: {fault}"),
                }
            }
        }
        Ok(accepted)
    }

    fn text(&self, all: &[String], at: usize, shape: Shape, name: &str) -> String {
        let refused = if shape == Shape::Line { &self.line } else { &self.lines };
        if refused.contains(&at) { marked("left out", name) } else { marked(&all[at], name) }
    }
}

/// A payload says which field it is in, so that it is looked for in its own place.
fn marked(payload: &str, name: &str) -> String {
    format!("{payload} {}", name.replace('_', ""))
}

struct Known {
    screens: Screens,
    listed: BTreeSet<String>,
    watched: Watched,
}

/// The same walk over harmless words.
fn harmless(ground: &Ground) -> Result<Known> {
    let room = Room::furnish()?;
    let practice = Practice::begin(&room.records(), &plain("Ada Lindqvist"))?;
    let mut filled = Vec::new();
    for number in 0..2 {
        let texts = RefCell::new(Vec::new());
        let client = fill(&practice, number, &|name, shape| {
            let text = marked(&format!("Plain words of {number}, and no more"), name);
            texts.borrow_mut().push((name, shape == Shape::Prose, text.clone()));
            text
        })?;
        filled.push((client, texts.into_inner()));
    }
    drop(practice);
    let mut window = room.drive(ground)?;
    window.resize(1280, 800)?;
    window.run(WATCH, json!([]))?;
    let mut screens = Screens::new();
    for (client, texts) in &filled {
        for (screen, (shows, asks)) in walk(&window, client, texts)? {
            let entry = screens.entry(screen).or_insert_with(|| (shows.clone(), BTreeSet::new()));
            entry.0 = entry.0.intersection(&shows).cloned().collect();
            entry.1.extend(asks);
        }
    }
    let fields: BTreeSet<&str> = screens.values().flat_map(|(shows, _)| shows.iter().map(String::as_str)).collect();
    ensure!(fields.len() >= 25, "the harmless practice shows only {fields:?}");
    let names: Vec<Text> = filled.iter().flat_map(|(_, texts)| texts.iter().filter(|(name, ..)| *name == "last_name")).cloned().collect();
    let listed = lists(&window, &names)?.asked;
    let all: Vec<String> = (0..PARTS * 2).map(|at| format!("Harmless words, number {at}")).collect();
    let accepted = Accepted { line: BTreeSet::new(), lines: BTreeSet::new(), reasons: BTreeMap::new() };
    let written = write(&window, &filled, &all, &accepted)?;
    ensure!(written.broken.is_empty(), "harmless words are not kept: {:?}", written.broken);
    let watched = Watched::read(&window)?;
    ensure!(watched.ran.is_empty() && watched.blocked.is_empty(), "harmless words did something");
    window.close()?;
    none_left(&ground.binary)?;
    Ok(Known { screens, listed, watched })
}

/// Over all screens of a client.
fn walk(window: &Window, client: &Filled, texts: &[Text]) -> Result<Screens> {
    let answer = window.run_slowly(WALK, json!([client.wire(), texts]))?;
    if let Some(why) = answer["failed"].as_str() {
        bail!("{why}");
    }
    let read = answer["read"].as_object().context("nothing was read")?;
    let mut screens = Screens::new();
    for (screen, seen) in read {
        ensure!(seen["stands"] == json!("tauri://localhost/") && seen["place"] == json!(true), "the window has gone elsewhere: {seen}");
        let opens = ["edit", "consent", "book"].contains(&screen.as_str());
        ensure!(seen["dialog"] == json!(opens), "{screen}: a dialog is {}open", if opens { "not " } else { "" });
        screens.insert(screen.clone(), (words(&seen["shows"]), words(&seen["asked"])));
    }
    Ok(screens)
}

struct Listed {
    missing: BTreeSet<String>,
    asked: BTreeSet<String>,
    found: u64,
}

/// The lists of everybody, and Find for each text.
fn lists(window: &Window, names: &[Text]) -> Result<Listed> {
    let mut listed = Listed { missing: BTreeSet::new(), asked: BTreeSet::new(), found: 0 };
    // A share at a time: an answer is not waited for longer than a page.
    for (at, some) in names.chunks(8).enumerate() {
        let answer = window.run_slowly(LISTS, json!([names, some, at == 0]))?;
        if let Some(why) = answer["failed"].as_str() {
            bail!("{why}");
        }
        listed.missing.extend(words(&answer["missing"]));
        listed.asked.extend(words(&answer["asked"]));
        listed.found += answer["found"].as_u64().unwrap_or(0);
    }
    Ok(listed)
}

struct Written {
    count: usize,
    broken: Vec<String>,
}

/// Each payload pasted into a note, as words and as markup at once; left, opened again, approved, and read.
fn write(window: &Window, filled: &[(Filled, Vec<Text>)], all: &[String], accepted: &Accepted) -> Result<Written> {
    let mut written = Written { count: 0, broken: Vec::new() };
    let taken: Vec<&String> = all.iter().enumerate().filter(|(at, _)| !accepted.lines.contains(at)).map(|(_, text)| text).collect();
    for (texts, (client, _)) in taken.chunks(PARTS).zip(filled) {
        let answer = window.run_slowly(WRITE, json!([client.wire(), texts]))?;
        if let Some(why) = answer["failed"].as_str() {
            bail!("{why}");
        }
        written.broken.extend(words(&answer["broken"]).into_iter().map(|what| format!("a note: {what}")));
        written.count += texts.len();
    }
    Ok(written)
}

/// The watch is shown what it must notice; and the texts are made markup by hand, to see whether the policy stands behind.
fn control(window: &Window, all: &[String], known: &Known) -> Result<Value> {
    let notices = |what: &str, script: &str| -> Result<()> {
        window.run(script, json!([all]))?;
        std::thread::sleep(std::time::Duration::from_millis(700));
        let found = Watched::read(window)?.against(&known.watched, true);
        ensure!(found.iter().any(|line| line.contains(what)), "the watch does not notice {what}: {found:?}");
        Ok(())
    };
    let before = Watched::read(window)?;
    // Into a part of the page that nothing else touches. No form is sent, no link followed: those are looked at on their own.
    notices(
        "element",
        "const by = document.createElement('section'); by.hidden = true; by.innerHTML = arguments[0].join('\\n'); document.body.append(by)",
    )?;
    let markup = Watched::read(window)?;
    let stands = window.run("return window.watch.stands()", json!([]))?;
    ensure!(stands == json!("tauri://localhost/"), "markup moved the window to {stands}");
    ensure!(!markup.blocked.is_empty(), "the policy blocked nothing of {} payloads made markup", all.len());
    notices("dialog", "alert('by hand')")?;
    notices("connection", "fetch('https://example.org/').catch(() => {})")?;
    notices("ran", "window.__ran.push('by hand')")?;
    window.run("location.href = 'https://example.org/'", json!([]))?;
    window.run("setTimeout(() => { location.href = 'javascript:top.__ran.push(\"address\")' })", json!([]))?;
    std::thread::sleep(std::time::Duration::from_millis(700));
    let stays = window.run("return window.watch.stands()", json!([]))? == json!("tauri://localhost/");
    ensure!(stays, "the window let itself be sent elsewhere");
    let after = Watched::read(window)?;
    ensure!(!after.ran.contains(&json!("address")), "an address ran");
    Ok(json!({
        "noticed": ["elements made by hand", "a dialog", "a connection tried", "a script run by hand"],
        "made_markup_by_hand": {
            "payloads": all.len(), "elements_noticed": markup.against(&known.watched, false).len(),
            "ran": markup.ran.len() - before.ran.len(), "blocked_by_the_policy": markup.blocked.len() - before.blocked.len(),
            "window_stayed": stays,
        },
    }))
}

impl Watched {
    fn read(window: &Window) -> Result<Watched> {
        let script = "const { log, ran } = window.watch
            return { ran, opened: log.opened, elsewhere: log.elsewhere, blocked: log.blocked, tags: [...log.tags], attributes: [...log.attributes], links: [...log.links] }";
        let read = window.run(script, json!([]))?;
        Ok(Watched {
            ran: read["ran"].as_array().context("the watch is gone: the page was loaded anew")?.clone(),
            opened: words(&read["opened"]),
            elsewhere: words(&read["elsewhere"]),
            blocked: read["blocked"].as_array().into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect(),
            tags: words(&read["tags"]),
            attributes: words(&read["attributes"]),
            links: words(&read["links"]),
        })
    }

    /// What a page did that one with harmless words does not.
    fn against(&self, known: &Watched, all: bool) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let tags = self.tags.difference(&known.tags).filter(|tag| !PROSE.contains(&tag.as_str()));
        found.extend(tags.map(|tag| format!("an element was made: <{tag}>")));
        found.extend(
            self.attributes.difference(&known.attributes).filter(|name| *name != "start").map(|name| format!("an element has {name:?}")),
        );
        found.extend(self.links.difference(&known.links).map(|link| format!("an element leads somewhere: {link}")));
        if all {
            found.extend(self.ran.iter().map(|which| format!("payload {which} ran")));
            found.extend(self.opened.iter().map(|which| format!("a dialog was opened: {which}")));
            found.extend(self.elsewhere.iter().map(|address| format!("a connection was tried: {address:.120}")));
            found.extend(self.blocked.iter().map(|what| format!("the policy had to block {what:.120}")));
        }
        found
    }
}

fn words(value: &Value) -> BTreeSet<String> {
    value.as_array().into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect()
}
