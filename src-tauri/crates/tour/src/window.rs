//! The real window, as a person has it: found by role and name, pointed at, typed into, read.
//!
//! Waiting is always for something that can be seen, with a deadline; what does not come is said with what was
//! there instead.
use crate::driver::{Driver, Element};
use crate::keys;
use anyhow::{Context, Result, bail};
use base64::Engine;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

const LOOK: &str = include_str!("look.js");
const GLANCE: Duration = Duration::from_millis(100);
/// How long an answer may take on a machine that is busy with other work; how long it did take is in the report.
pub const SOON: Duration = Duration::from_secs(20);

/// How a name is meant.
#[derive(Clone, Copy, Debug)]
pub enum Named<'a> {
    /// The whole name.
    Is(&'a str),
    /// Its beginning, where a count or a date follows.
    Starts(&'a str),
    /// Somewhere in it.
    Has(&'a str),
}

impl<'a> From<&'a str> for Named<'a> {
    fn from(name: &'a str) -> Self {
        Named::Is(name)
    }
}

impl Named<'_> {
    fn parts(&self) -> (&str, &str) {
        match self {
            Named::Is(name) => ("is", name),
            Named::Starts(name) => ("starts", name),
            Named::Has(name) => ("has", name),
        }
    }
}

/// An open window. Letters are case-blind in names; text is compared as it stands.
pub struct Window {
    driver: Driver,
}

impl Window {
    /// Opens the application and waits until its page shows something.
    pub fn open(binary: &Path, args: &[String], log: &Path, patience: Duration) -> Result<Window> {
        Self::open_in(&[], binary, args, log, patience)
    }

    /// The same, in surroundings that differ from the desk's.
    pub fn open_in(surroundings: &[(&str, String)], binary: &Path, args: &[String], log: &Path, patience: Duration) -> Result<Window> {
        let mut driver = Driver::start(surroundings, log)?;
        driver.open(binary, args)?;
        let window = Window { driver };
        window.wait_until("the page", patience, || {
            let ready = "return document.readyState === 'complete' && document.querySelector('h1') !== null";
            Ok((window.run(ready, json!([])).unwrap_or(Value::Null) == Value::Bool(true)).then_some(()))
        })?;
        Ok(window)
    }

    /// Closes it, as its close button would.
    pub fn close(&mut self) -> Result<()> {
        self.driver.close()
    }

    /// The process of which the application is a descendant.
    pub fn process(&self) -> u32 {
        self.driver.process()
    }

    /// Runs a script in the page, with `arguments`.
    pub fn run(&self, script: &str, arguments: Value) -> Result<Value> {
        self.driver.post("/execute/sync", json!({ "script": script, "args": arguments }))
    }

    /// The same for a script that answers in its own time, through its last argument.
    pub fn run_slowly(&self, script: &str, arguments: Value) -> Result<Value> {
        self.driver.post("/execute/async", json!({ "script": script, "args": arguments }))
    }

    /// One expression over the words of `look.js`.
    fn look(&self, expression: &str, arguments: Value) -> Result<Value> {
        self.run(&format!("{LOOK}\nreturn {expression}"), arguments)
    }

    /// Everything of that role and name that is there now.
    pub fn all(&self, role: &str, name: Named, within: Option<&Element>) -> Result<Vec<Element>> {
        Ok(self.sought(role, name, within)?.0)
    }

    fn sought(&self, role: &str, name: Named, within: Option<&Element>) -> Result<(Vec<Element>, String)> {
        let (how, want) = name.parts();
        let within = within.map_or(Value::Null, Element::wire);
        let answer = self.look("find(...arguments)", json!([role, want, how, within]))?;
        let found = answer["found"].as_array().map(|all| all.iter().filter_map(Element::from_wire).collect());
        let others = answer["others"].as_array().map(|all| all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" · "));
        Ok((found.unwrap_or_default(), others.unwrap_or_default()))
    }

    /// The first of that role and name, as soon as it is there.
    pub fn find<'a>(&self, role: &str, name: impl Into<Named<'a>>) -> Result<Element> {
        self.find_in(role, name.into(), None)
    }

    /// The same, inside something.
    pub fn find_in(&self, role: &str, name: Named, within: Option<&Element>) -> Result<Element> {
        let deadline = Instant::now() + SOON;
        loop {
            let (found, others) = self.sought(role, name, within)?;
            if let Some(first) = found.into_iter().next() {
                return Ok(first);
            }
            if Instant::now() > deadline {
                bail!("no {role} named {name:?} is to be seen; there are: {others}");
            }
            sleep(GLANCE);
        }
    }

    /// Points at something of that role and name, and presses.
    pub fn click<'a>(&self, role: &str, name: impl Into<Named<'a>>) -> Result<()> {
        let name = name.into();
        self.anew(|| self.click_on(&self.find(role, name)?))
    }

    /// Does something once more where the page was drawn anew between the look and the press, as it may be under anyone's hand.
    pub fn anew<T>(&self, act: impl Fn() -> Result<T>) -> Result<T> {
        let deadline = Instant::now() + SOON;
        loop {
            match act() {
                Err(error) if error.to_string().starts_with("stale") && Instant::now() < deadline => sleep(GLANCE),
                done => return done,
            }
        }
    }

    /// Points at an element, and presses. The wheel brings it into view first; a hand waits until it stands still.
    pub fn click_on(&self, element: &Element) -> Result<()> {
        self.run("arguments[0].scrollIntoView({ block: 'nearest', inline: 'nearest' })", json!([element.wire()]))?;
        self.run_slowly(&format!("{LOOK}\nstands(...arguments)"), json!([element.wire()]))?;
        let actions = json!([
            { "type": "pointerMove", "duration": 30, "origin": element.wire(), "x": 0, "y": 0 },
            { "type": "pointerDown", "button": 0 },
            { "type": "pointerUp", "button": 0 },
        ]);
        let pointer = json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions });
        self.driver.post("/actions", json!({ "actions": [pointer] }))?;
        Ok(())
    }

    /// Presses a chord, such as `Control+k`.
    pub fn press(&self, chord: &str) -> Result<()> {
        self.driver.post("/actions", keys::chord(chord)?)?;
        Ok(())
    }

    /// Types into what has the focus.
    pub fn type_text(&self, text: &str) -> Result<()> {
        let active = Element::from_wire(&self.driver.get("/element/active")?).context("nothing has the focus")?;
        let id = active.wire().as_object().and_then(|it| it.values().next()?.as_str().map(str::to_owned));
        let path = format!("/element/{}/value", id.context("an element without an id")?);
        self.driver.post(&path, json!({ "text": text }))?;
        Ok(())
    }

    /// Everything that can be read in the window now.
    pub fn page_text(&self) -> Result<String> {
        self.text_of("readable(document.body)", json!([]))
    }

    /// Everything that can be read in an element.
    pub fn text(&self, element: &Element) -> Result<String> {
        self.text_of("readable(arguments[0])", json!([element.wire()]))
    }

    /// What an expression over the words of `look.js` says.
    pub fn text_of(&self, expression: &str, arguments: Value) -> Result<String> {
        Ok(self.look(expression, arguments)?.as_str().unwrap_or_default().to_owned())
    }

    /// The definition lists of the page: term to what is said of it.
    pub fn facts(&self) -> Result<Map<String, Value>> {
        self.look("facts()", json!([]))?.as_object().cloned().context("no facts")
    }

    /// The rows of a table: heading to cell.
    pub fn rows(&self, table: &Element) -> Result<Vec<Map<String, Value>>> {
        let rows = self.look("rows(arguments[0])", json!([table.wire()]))?;
        Ok(rows.as_array().map(|all| all.iter().filter_map(|row| row.as_object().cloned()).collect()).unwrap_or_default())
    }

    /// Whether an element can be seen as a whole, without scrolling.
    pub fn in_view(&self, element: &Element) -> Result<bool> {
        Ok(self.look("inView(arguments[0])", json!([element.wire()]))? == Value::Bool(true))
    }

    /// Whether an element is disabled, in either of the ways there are.
    pub fn disabled(&self, element: &Element) -> Result<bool> {
        let script = "return arguments[0].disabled === true || arguments[0].getAttribute('aria-disabled') === 'true'";
        Ok(self.run(script, json!([element.wire()]))? == Value::Bool(true))
    }

    /// Whether nothing is on its way from one look to another.
    pub fn still(&self) -> Result<bool> {
        let script = "return document.getAnimations().every((one) => one.playState !== 'running')";
        Ok(self.run(script, json!([]))? == Value::Bool(true))
    }

    /// Where the window is: the part of its address after `#`.
    pub fn place(&self) -> Result<String> {
        Ok(self.run("return location.hash", json!([]))?.as_str().unwrap_or_default().to_owned())
    }

    /// The page's heading, once it is `name`.
    pub fn arrive<'a>(&self, name: impl Into<Named<'a>>) -> Result<Element> {
        self.find("heading", name)
    }

    /// Waits until a text can be read.
    pub fn wait_for(&self, text: &str) -> Result<()> {
        self.wait_until(&format!("{text:?}"), SOON, || Ok(self.page_text()?.contains(text).then_some(())))
    }

    /// Waits until `look` finds something.
    pub fn wait_until<T>(&self, what: &str, patience: Duration, mut look: impl FnMut() -> Result<Option<T>>) -> Result<T> {
        let deadline = Instant::now() + patience;
        loop {
            if let Some(found) = look()? {
                return Ok(found);
            }
            if Instant::now() > deadline {
                let shown = self.page_text().unwrap_or_default();
                bail!("{what} did not appear within {} s; the window shows: {shown:.600}", patience.as_secs());
            }
            sleep(GLANCE);
        }
    }

    /// A picture of what the window shows.
    pub fn screenshot(&self, path: &Path) -> Result<()> {
        // What is settled may still be on its way to the screen: two frames later it has arrived.
        self.run_slowly("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))", json!([]))?;
        let picture = self.driver.get("/screenshot")?;
        let bytes = base64::prelude::BASE64_STANDARD.decode(picture.as_str().context("no picture")?)?;
        fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
    }

    /// Gives the window another size.
    pub fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.driver.post("/window/rect", json!({ "x": 0, "y": 0, "width": width, "height": height }))?;
        Ok(())
    }
}
