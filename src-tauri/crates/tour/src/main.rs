//! Drives the built application at the desk xtask has set up, and checks what it shows against the records.
//!
//! Started by `cargo xtask tour`, `vault`, `shots`, `guard`, `bench` and `dist`, never by hand: it expects a display, a session bus with a
//! password store, and a home folder that nobody minds.
mod axe;
mod bench;
mod driver;
mod guard;
mod hand;
mod installed;
mod keys;
mod records;
mod report;
mod saying;
mod shots;
mod steps;
mod truth;
mod vault;
mod walk;
mod window;

use anyhow::{Context, Result, bail};
use axe::Axe;
use guard::Ground;
use hand::Hand;
use records::Records;
use shots::Look;
use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use steps::Tour;
use truth::Truth;
use window::{Named, Window};

/// The sample practice is made when it is first opened.
const FIRST_START: Duration = Duration::from_secs(90);

struct Wishes {
    command: String,
    binary: PathBuf,
    out: PathBuf,
    look: Look,
    /// The checker's file, if it is to check.
    axe: Option<PathBuf>,
    /// What opens this desk's keyring.
    password: String,
    /// One promise alone.
    only: Option<String>,
    brief: bool,
    /// Where the records of the installed application are kept, and which version it is.
    room: PathBuf,
    version: String,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let gone = match words.split_first() {
        Some((command, rest)) if command == "bench" => bench::bench(rest),
        _ => wishes().and_then(|wishes| go(&wishes)),
    };
    match gone {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tour: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn go(wishes: &Wishes) -> Result<()> {
    if wishes.command == "guard" {
        let ground =
            Ground { binary: wishes.binary.clone(), out: wishes.out.clone(), password: wishes.password.clone(), brief: wishes.brief };
        return guard::guard(&ground, wishes.only.as_deref());
    }
    if wishes.command == "installed" {
        let ground = Ground { binary: wishes.binary.clone(), out: wishes.out.clone(), password: wishes.password.clone(), brief: true };
        let part = wishes.only.as_deref().context("--only names the part")?;
        return installed::walk(&ground, &wishes.room, part, &wishes.version);
    }
    if wishes.command == "vault" {
        let ground =
            Ground { binary: wishes.binary.clone(), out: wishes.out.clone(), password: wishes.password.clone(), brief: wishes.brief };
        return vault::walk(&ground, wishes.axe.as_deref().map(Axe::read).transpose()?.as_ref());
    }
    let home = PathBuf::from(std::env::var_os("HOME").context("no home folder")?);
    let window = Window::open(&wishes.binary, &["--sample".to_owned()], &wishes.out.join("window.log"), FIRST_START)?;
    let (width, height) = wishes.look.size;
    window.resize(width, height)?;
    window.wait_until("the sample practice", FIRST_START, || Ok(window.all("link", Named::Starts("Today"), None)?.into_iter().next()))?;
    let records = Records::below(&home)?;
    let truth = Truth::new(move || records.now())?;
    let pictures = RefCell::new((wishes.out.clone(), String::new()));
    let tour = Tour { window, truth, hand: Cell::new(Hand::Pointer), pictures };
    match wishes.command.as_str() {
        "tour" => walk::walk(&tour, &wishes.out),
        "shots" => {
            let axe = wishes.axe.as_deref().map(Axe::read).transpose()?;
            let one = wishes.look.theme.is_some() || wishes.look.discreet || axe.is_none();
            let looks = if one { vec![wishes.look.clone()] } else { shots::every_look() };
            shots::shots(&tour, &wishes.out, &looks, axe.as_ref())
        }
        other => bail!("there is no command {other:?}"),
    }
}

fn wishes() -> Result<Wishes> {
    let mut words = std::env::args().skip(1);
    let command = words.next().context("tour, vault, shots or guard")?;
    let look = Look { size: (1280, 800), theme: None, discreet: false };
    let (binary, out) = (PathBuf::new(), PathBuf::new());
    let mut wishes = Wishes {
        command,
        binary,
        out,
        look,
        axe: None,
        password: String::new(),
        only: None,
        brief: false,
        room: PathBuf::new(),
        version: String::new(),
    };
    while let Some(word) = words.next() {
        let mut value = || words.next().with_context(|| format!("{word} wants a value"));
        match word.as_str() {
            "--binary" => wishes.binary = value()?.into(),
            "--out" => wishes.out = value()?.into(),
            "--size" => {
                let size = value()?;
                let (width, height) = size.split_once('x').context("--size is WIDTHxHEIGHT")?;
                wishes.look.size = (width.parse()?, height.parse()?);
            }
            "--axe" => wishes.axe = Some(value()?.into()),
            "--keyring-password" => wishes.password = value()?,
            "--only" => wishes.only = Some(value()?),
            "--brief" => wishes.brief = true,
            "--room" => wishes.room = value()?.into(),
            "--version" => wishes.version = value()?,
            "--theme" => wishes.look.theme = Some(value()?),
            "--discreet" => wishes.look.discreet = true,
            other => bail!("unknown word {other:?}"),
        }
    }
    Ok(wishes)
}
