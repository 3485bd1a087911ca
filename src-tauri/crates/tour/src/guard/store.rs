//! Without a password store, and with a locked one: the page that says so, and the way on from it.
use super::practice::{Practice, plain};
use super::room::{Program, Room, none_left, until};
use super::{Ground, Held};
use crate::window::{Named, Window};
use anyhow::{Context, Result};
use serde_json::json;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_secs(20);
/// A bus that knows no service and can start none.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><keep_umask/><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#;

/// The promise.
pub fn missing(ground: &Ground) -> Result<Held> {
    let mut room = Room::furnish()?;
    // The key lies in the keyring of this desk, of which the room gets a copy.
    drop(Practice::begin(&room.records(), &plain("Ada Lindqvist"))?);
    let home = std::env::var_os("HOME").context("no home folder")?;
    let (from, to) = (Path::new(&home).join(".local/share/keyrings"), room.folder("data").join("keyrings"));
    fs::create_dir_all(&to)?;
    for entry in fs::read_dir(&from).with_context(|| format!("no keyring in {}", from.display()))? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    let before = fs::read(room.records().join("vault.json"))?;

    let (bus, address) = bus(&room)?;
    room.besides.push(("DBUS_SESSION_BUS_ADDRESS", address));
    // A store that cannot ask its user says so at once; nobody sits at this display.
    let mut broken = Vec::new();
    let begun = Instant::now();
    let mut window = room.drive(ground)?;
    let mut said = Vec::new();
    let mut expect = |window: &Window, heading: &str, name: &str| -> Result<()> {
        let found = window.arrive(heading).and_then(|heading| window.text(&heading));
        match found {
            Ok(text) => said.push(text),
            Err(error) => broken.push(format!("{name}: {error:#}")),
        }
        window.screenshot(&ground.out.join(format!("{name}.png")))
    };
    expect(&window, "No password store is running", "store-1-none")?;
    let shown = begun.elapsed().as_millis();
    again(&window, "Try again")?;
    window.wait_for("It is still as described.")?;
    expect(&window, "No password store is running", "store-2-still-none")?;

    let keyring = keyring(&room, None)?;
    again(&window, "Try again")?;
    expect(&window, "The password store is locked", "store-3-locked")?;
    drop(keyring);
    let keyring = self::keyring(&room, Some(&ground.password))?;
    again(&window, "Unlock the store")?;
    let opened = window.wait_until("Today", SOON, || Ok(window.all("link", Named::Starts("Today"), None)?.into_iter().next()));
    if let Err(error) = &opened {
        broken.push(format!("it does not open: {error:#}"));
    }
    // The control: with the store open none of the three pages is there.
    let control = opened.is_ok() && !said.iter().any(|heading| window.page_text().is_ok_and(|text| text.contains(heading)));
    window.screenshot(&ground.out.join("store-4-open.png"))?;
    let place = window.place()?;
    if fs::read(room.records().join("vault.json"))? != before {
        broken.push("vault.json was changed on the way".into());
    }
    window.close()?;
    none_left(&ground.binary)?;
    drop(keyring);
    drop(bus);
    let tried = "no store, tried again; a locked one; an open one: three pages, then Today, the same vault".to_owned();
    Ok(Held { tried, count: 4, broken, control, figures: json!({ "headings": said, "first_page_ms": shown, "then": place }) })
}

fn again(window: &Window, name: &str) -> Result<()> {
    window.click("button", name)
}

fn bus(room: &Room) -> Result<(Program, String)> {
    let config = room.folder("bus.conf");
    fs::write(&config, BUS)?;
    let mut bus = Program::start(
        Command::new("dbus-daemon")
            .arg(format!("--config-file={}", config.display()))
            .args(["--nofork", "--nopidfile", "--print-address=1"])
            .envs(room.surroundings())
            .stdin(Stdio::null())
            .stdout(Stdio::piped()),
    )?;
    let mut line = String::new();
    BufReader::new(bus.child.stdout.take().context("the bus says nothing")?).read_line(&mut line)?;
    Ok((bus, line.trim().to_owned()))
}

/// A password store on the room's bus, opened with a password or left locked.
fn keyring(room: &Room, password: Option<&str>) -> Result<Program> {
    let mut command = Command::new("gnome-keyring-daemon");
    command
        .args(["--foreground", "--components=secrets"])
        .args(password.map(|_| "--unlock"))
        .envs(room.surroundings())
        .env_remove("GNOME_KEYRING_CONTROL");
    // Nobody is asked at this display.
    command.env_remove("DISPLAY").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut program = Program::start(&mut command)?;
    let mut input = program.child.stdin.take().context("the password store takes no password")?;
    input.write_all(password.unwrap_or_default().as_bytes())?;
    drop(input);
    until("the password store", SOON, || {
        let words = [
            "--session",
            "--print-reply",
            "--reply-timeout=2000",
            "--dest=org.freedesktop.DBus",
            "/",
            "org.freedesktop.DBus.NameHasOwner",
            "string:org.freedesktop.secrets",
        ];
        let said = Command::new("dbus-send").args(words).envs(room.surroundings()).output()?;
        Ok(String::from_utf8_lossy(&said.stdout).contains("boolean true").then_some(()))
    })?;
    Ok(program)
}
