//! Everything that can be wrong with an update, against a real server on this machine and a real password store: what is refused, what
//! the ledger says of it, and that nothing is installed. `--nocapture` prints it as a table.
//!
//! The server's root is trusted as a user would make it: by the system's own certificates, in a home of the test's own.

mod server;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use practice::audit::{self, Act};
use practice::clients::{self, ClientDetails, ClientStatus};
use practice::sessions::booking::{self, NewSession};
use practice::vault::backup::Which;
use serde_json::{Value, json};
use tauri::test::{MockRuntime, mock_builder, mock_context, noop_assets};

use super::*;
use crate::app::restoring::tests::{app, home, on_a_furnished_bus, set_up};
use crate::door::Standing;
use crate::lock::Because;
use server::{Reply, Server, Signer, furnish, nobody_at};

const OURS: &str = "0.1.0";
const NEXT: &str = "0.2.0";
const LATEST: &str = "/latest.json";
const PACKAGE: &str = "/anteroom.deb";

#[test]
#[allow(clippy::print_stdout)] // a table, for whoever asks for it
fn whatever_is_wrong_with_an_update_is_refused_entered_and_not_installed() {
    let said = on_a_furnished_bus("app::updates::tests::inside", furnish);
    for row in said.lines().filter(|line| line.starts_with('|')) {
        println!("{row}");
    }
}

/// A copy of the program that asks at an address, and knows packages by a key.
fn copy(address: &str, key: &str) -> tauri::App<MockRuntime> {
    let mut context = mock_context(noop_assets());
    let endpoints: Vec<&str> = Some(address).filter(|address| !address.is_empty()).into_iter().collect();
    let given = json!({ "endpoints": endpoints, "pubkey": key, "requireSignedVersion": true });
    context.config_mut().plugins.0.insert("updater".to_owned(), given);
    mock_builder().plugin(tauri_plugin_updater::Builder::new().build()).build(context).expect("a program without a window")
}

/// The rows of the table, as they come.
struct Table {
    app: Arc<App>,
    server: Server,
    signer: Signer,
    package: Vec<u8>,
    /// Requests that were there before the row.
    before: usize,
    wrong: Vec<String>,
    rows: usize,
}

impl Table {
    /// What the server says of a newer version.
    fn says(&self, version: &str, url: &str, signature: &str, system: &str) {
        let latest =
            json!({ "version": version, "notes": "Kinder words.", "platforms": { system: { "url": url, "signature": signature } } });
        self.server.reply(LATEST, Reply::Whole(latest.to_string().into_bytes()));
    }

    /// The same of a package that it has itself.
    fn offers(&self, package: Reply, signature: &str) {
        self.server.reply(PACKAGE, package);
        self.says(NEXT, &self.server.at(PACKAGE), signature, &here());
    }

    fn copy(&self) -> tauri::App<MockRuntime> {
        copy(&self.server.at(LATEST), &self.signer.public())
    }

    fn look(&self, copy: &tauri::App<MockRuntime>) -> String {
        match self.app.look_for_update(copy.handle()) {
            Ok(()) => match self.app.updates(copy.handle()).expect("the records are open").newer {
                Some(newer) => format!("{} is out: {}", newer.version, newer.notes),
                None => "current".to_owned(),
            },
            Err(failure) => said(&failure),
        }
    }

    fn bring(&self, copy: &tauri::App<MockRuntime>, source: UpdateSource) -> String {
        self.bring_telling(copy, source, |_, _| ())
    }

    fn bring_telling(&self, copy: &tauri::App<MockRuntime>, source: UpdateSource, say: impl Fn(UpdateStep, u64) + Send + Sync) -> String {
        let _run = self.app.updates.begin();
        match self.app.bring_update(copy.handle(), source, |step, done, _| say(step, done)) {
            Ok((update, bytes)) => {
                assert_eq!((bytes == self.package, update.version.as_str()), (true, NEXT));
                "the package, whole and signed".to_owned()
            }
            Err(failure) => said(&failure),
        }
    }

    /// Looks, which is to find the newer version, and brings it.
    fn brought(&mut self, name: &str, expected: &str) {
        let copy = self.copy();
        assert_eq!(self.look(&copy), format!("{NEXT} is out: Kinder words."), "{name}");
        let found = self.bring(&copy, UpdateSource::Address);
        self.row(name, expected, &found);
    }

    /// A package in a file, with what lies beside it.
    fn in_file(&mut self, name: &str, home: &Path, bytes: &[u8], signature: Option<&str>, expected: &str) {
        let copy = self.copy();
        let file = home.join("chosen.deb");
        let sig = home.join("chosen.deb.sig");
        fs::write(&file, bytes).expect("it is written");
        drop(fs::remove_file(&sig));
        if let Some(signature) = signature {
            fs::write(&sig, signature).expect("it is written");
        }
        let found = match self.app.take_update_file(copy.handle(), file) {
            Ok(newer) => {
                assert_eq!(newer.version, NEXT);
                self.bring(&copy, UpdateSource::File)
            }
            Err(failure) => said(&failure),
        };
        self.row(name, expected, &found);
    }

    /// What was expected beside what was found: the answer, then each request since the row before, oldest first.
    fn row(&mut self, name: &str, expected: &str, answer: &str) {
        let mut requests = self.app.update_requests().expect("the records are open");
        requests.truncate(requests.len() - self.before);
        self.before += requests.len();
        let entries: Vec<String> = requests.iter().rev().map(entry).collect();
        let found = [answer.to_owned(), entries.join(", ")].join(" / ");
        let right = found == expected;
        writeln!(std::io::stdout(), "| {name} | {expected} | {} |", if right { "as expected" } else { &found }).expect("standard output");
        if !right {
            self.wrong.push(format!("{name}: expected {expected}, found {found}"));
        }
        self.rows += 1;
    }
}

/// A request in the ledger, in a few words.
fn entry(request: &UpdateRequest) -> String {
    let word = |value: Value| value.as_str().unwrap_or("no answer").to_owned();
    assert_eq!((request.version.as_str(), request.system.as_str()), (OURS, line::system().as_str()));
    let answer = word(serde_json::to_value(request.answer).expect("a word"));
    let elsewhere = if request.host == "localhost" { "" } else { " elsewhere" };
    format!("{}{elsewhere}: {answer}", word(serde_json::to_value(request.sent).expect("a word")))
}

fn said(failure: &Failure) -> String {
    match failure {
        Failure::Refused { refusal: Refusal::NoUpdate { why } } => {
            serde_json::to_value(why).expect("it is said")["kind"].as_str().unwrap_or_default().to_owned()
        }
        other => format!("{other:?}"),
    }
}

fn here() -> String {
    format!("linux-{}", std::env::consts::ARCH)
}

#[test]
fn inside() {
    let Some(home) = home() else { return };
    let app = app(&home, "records");
    set_up(&app);
    // Of several chunks, and as a package begins.
    let package: Vec<u8> = b"!<arch>\ndebian-binary ".iter().copied().cycle().take(300_000).collect();
    let mut table = Table { app, server: Server::start(&home), signer: Signer::new(), package, before: 0, wrong: Vec::new(), rows: 0 };
    known_from_before(&mut table);
    off(&mut table);
    looking(&mut table, &home);
    packages(&mut table);
    files(&mut table, &home);
    not_now(&mut table, &home);
    assert_eq!(table.wrong, Vec::<String>::new(), "{} rows", table.rows);
    let begun = table.app.read(|r| audit::last(r, Act::UpdateBegun)).expect("the records are open");
    assert_eq!(begun, None, "no installer was ever about to work");
}

/// What another start of the program was told is brought without asking again: the first thing that this one does with a network.
fn known_from_before(table: &mut Table) {
    let copy = table.copy();
    let signature = table.signer.sign(&table.package, Some(NEXT));
    table.offers(Reply::Whole(table.package.clone()), &signature);
    let told =
        |version: &str| json!({ "version": version, "platforms": { here(): { "url": table.server.at(PACKAGE), "signature": signature } } });
    let keep = |told: &Value| {
        let kept = table.app.write(|w| {
            updates::set_looking(w, true)?;
            updates::set_announced(w, Some(told))
        });
        kept.expect("it is kept");
    };
    keep(&told(NEXT));
    let found = table.bring(&copy, UpdateSource::Address);
    let asked = table.server.asked();
    keep(&told(OURS));
    let after = table.bring(&copy, UpdateSource::Address);
    assert_eq!((asked.len(), after.as_str()), (1, "nothing_newer"), "once it is installed it is no longer offered");
    table.app.set_looking(copy.handle(), false).expect("it is turned off");
    table.row("announced before this start", "the package, whole and signed / download: downloaded", &found);
}

/// Until it is turned on nothing goes out, asked or unasked; then what is sent is known to the word.
fn off(table: &mut Table) {
    let copy = table.copy();
    let signature = table.signer.sign(&table.package, Some(NEXT));
    table.offers(Reply::Whole(table.package.clone()), &signature);
    table.app.look_if_due(copy.handle());
    let found = table.look(&copy);
    table.row("looking is off", "nothing_newer / ", &found);
    assert_eq!(table.server.asked(), Vec::<String>::new());

    let without = self::copy("", &table.signer.public());
    let found = table.app.set_looking(without.handle(), true).map_or_else(|failure| said(&failure), |()| "on".to_owned());
    table.row("a copy without an address", "no_address / ", &found);
    let without = self::copy(&table.server.at(LATEST), "");
    let found = table.app.set_looking(without.handle(), true).map_or_else(|failure| said(&failure), |()| "on".to_owned());
    table.row("a copy without a key", "no_address / ", &found);

    table.app.set_looking(copy.handle(), true).expect("it is turned on");
    table.app.look_if_due(copy.handle());
    table.app.look_if_due(copy.handle());
    let found = table.app.updates(copy.handle()).expect("the records are open").newer.map(|newer| newer.version).unwrap_or_default();
    table.row("unasked, twice on one day", "0.2.0 / look: newer", &found);
    let asked = table.server.asked();
    let mut lines: Vec<&str> = asked[0].trim_end().lines().collect();
    lines.sort_unstable();
    let agent = format!("user-agent: Anteroom/{OURS} ({})", line::system());
    let host = format!("host: {}", table.server.at("").trim_start_matches("https://"));
    assert_eq!(
        (asked.len(), lines),
        (1, vec!["GET /latest.json HTTP/1.1", "accept: application/json", &host, &agent]),
        "nothing else is sent"
    );
}

fn looking(table: &mut Table, home: &Path) {
    let signature = table.signer.sign(&table.package, Some(NEXT));
    let at = |table: &Table, address: &str| table.look(&copy(address, &table.signer.public()));
    for (name, version) in [("the same version", OURS), ("an older version", "0.0.9")] {
        table.says(version, &table.server.at(PACKAGE), &signature, &here());
        let found = at(table, &table.server.at(LATEST));
        table.row(name, "current / look: current", &found);
    }
    let found = at(table, &table.server.at(LATEST).replace("https", "http"));
    table.row("the address is plain http", "not_https / ", &found);
    let found = at(table, &nobody_at());
    table.row("the server is down", "no_server / look: no answer", &found);
    let found = at(table, &Server::stranger(home).at(LATEST));
    table.row("another's certificate", "no_server / look: no answer", &found);
    for (name, reply) in [("not JSON", Reply::Whole(b"<html>Welcome</html>".to_vec())), ("404", Reply::Nothing)] {
        table.server.reply(LATEST, reply);
        let found = at(table, &table.server.at(LATEST));
        table.row(name, "unreadable / look: unreadable", &found);
    }
    table.server.reply(LATEST, Reply::Cut(vec![b' '; 4000]));
    let found = at(table, &table.server.at(LATEST));
    table.row("the answer breaks off", "no_server / look: no answer", &found);
    table.server.reply(LATEST, Reply::Elsewhere(table.server.at(LATEST).replace("https", "http")));
    let found = at(table, &table.server.at(LATEST));
    table.row("led to plain http", "not_https / look: insecure", &found);
    table.server.reply(LATEST, Reply::Elsewhere(table.server.at(LATEST)));
    let found = at(table, &table.server.at(LATEST));
    let round = "look: moved, ".repeat(4);
    table.row("led round in a ring", &format!("unreadable / {round}look: unreadable"), &found);
    table.says(NEXT, &table.server.at(PACKAGE), &signature, "solaris-sparc");
    let found = at(table, &table.server.at(LATEST));
    table.row("nothing for this system", "no_package / look: no_package", &found);
    table.says(NEXT, &table.server.at(PACKAGE).replace("https", "http"), &signature, &here());
    let found = at(table, &table.server.at(LATEST));
    table.row("the package is at plain http", "not_https / look: insecure", &found);
    table.says(NEXT, &table.server.at(PACKAGE), &signature, &here());
    table.server.reply("/moved.json", Reply::Elsewhere(table.server.elsewhere(LATEST)));
    let found = at(table, &table.server.at("/moved.json"));
    table.row("led to another server", "0.2.0 is out: Kinder words. / look: moved, look elsewhere: newer", &found);
    drop(table.server.asked());
}

fn packages(table: &mut Table) {
    let whole = table.package.clone();
    let right = table.signer.sign(&whole, Some(NEXT));
    table.offers(Reply::Whole(whole.clone()), &right);
    table.brought("a good update", "the package, whole and signed / look: newer, download: downloaded");
    let install = table.app.install_update(table.copy().handle(), UpdateSource::Address, &Channel::new(|_| Ok(())));
    let found = install.map_or_else(|failure| said(&failure), |()| "installed".to_owned());
    table.row("a copy that no package brought", "not_a_package / ", &found);

    let mut flipped = whole.clone();
    flipped[150_000] ^= 1;
    let signed = |version| table.signer.sign(&whole, version);
    let rows = [
        ("a flipped bit", Reply::Whole(flipped), right.clone(), "damaged", "rejected"),
        ("cut short", Reply::Whole(whole[..200_000].to_vec()), right.clone(), "damaged", "rejected"),
        ("signed with another key", Reply::Whole(whole.clone()), Signer::new().sign(&whole, Some(NEXT)), "other_key", "rejected"),
        ("an older build under a newer name", Reply::Whole(whole.clone()), signed(Some("0.0.9")), "other_version", "rejected"),
        ("a signature without a version", Reply::Whole(whole.clone()), signed(None), "version_not_signed", "rejected"),
        ("a signature that is none", Reply::Whole(whole.clone()), "c2lnbmVk".to_owned(), "damaged", "rejected"),
        ("the download breaks off", Reply::Cut(whole.clone()), right.clone(), "interrupted", "broken_off"),
        ("the package is not there", Reply::Nothing, right.clone(), "unreadable", "unreadable"),
        (
            "the package is led to plain http",
            Reply::Elsewhere(table.server.at(PACKAGE).replace("https", "http")),
            right.clone(),
            "not_https",
            "insecure",
        ),
    ];
    for (name, reply, signature, why, answer) in rows {
        table.offers(reply, &signature);
        table.brought(name, &format!("{why} / look: newer, download: {answer}"));
    }
    table.offers(Reply::Half(whole), &right);
    let copy = table.copy();
    table.look(&copy);
    let app = table.app.clone();
    let found = table.bring_telling(&copy, UpdateSource::Address, move |step, done| {
        if step == UpdateStep::Download && done > 0 {
            app.stop_update().expect("it is stopped");
        }
    });
    table.row("stopped in the midst", "stopped / look: newer, download: stopped", &found);
    table.look(&copy);
    let app = table.app.clone();
    let found = table.bring_telling(&copy, UpdateSource::Address, move |step, done| {
        if step == UpdateStep::Download && done > 0 {
            app.lock(Because::Asked);
        }
    });
    assert!(table.app.updates(copy.handle()).is_err(), "locked is locked");
    assert!(matches!(table.app.unlock(None), Ok(Standing::Open { .. })));
    table.row("locked in the midst", "stopped / look: newer, download: no answer", &found);
}

fn files(table: &mut Table, home: &Path) {
    let whole = table.package.clone();
    let right = table.signer.sign(&whole, Some(NEXT));
    table.in_file("a good file", home, &whole, Some(&right), "the package, whole and signed / ");
    table.in_file("a file without its signature", home, &whole, None, "no_signature / ");
    let mut flipped = whole.clone();
    flipped[7] ^= 1;
    table.in_file("a file with a flipped bit", home, &flipped, Some(&right), "damaged / ");
    let older = table.signer.sign(&whole, Some("0.0.9"));
    table.in_file("a file of an older version", home, &whole, Some(&older), "not_newer / ");
    let same = table.signer.sign(&whole, Some(OURS));
    table.in_file("a file of the same version", home, &whole, Some(&same), "not_newer / ");
    let other = Signer::new().sign(&whole, Some(NEXT));
    table.in_file("a file signed with another key", home, &whole, Some(&other), "other_key / ");
    let unnamed = table.signer.sign(&whole, None);
    table.in_file("a file signed without a version", home, &whole, Some(&unnamed), "version_not_signed / ");
}

/// Without a backup, and while a session is running, nothing is fetched for it.
fn not_now(table: &mut Table, home: &Path) {
    let right = table.signer.sign(&table.package, Some(NEXT));
    table.offers(Reply::Whole(table.package.clone()), &right);
    let gone = home.join("gone");
    fs::create_dir(&gone).expect("a folder");
    table.app.set_place(Which::First, &gone).expect("it is set");
    fs::remove_dir(&gone).expect("the drive is pulled out");
    table.brought("no backup can be made", "no_backup / look: newer");

    let booked = table.app.write(|w| {
        let jo = clients::add(w, &ClientDetails::named("Whitfield", "Jo"), ClientStatus::Active, true)?;
        let now = w.moment.at.in_zone(chrono_tz::Tz::UTC);
        let session: NewSession = serde_json::from_value(json!({
            "participants": [jo], "start": { "date": now.date(), "time": now.format("%H:%M").to_string(), "zone": "UTC", "later": null },
            "minutes": 50, "kind": "in_person", "place": "", "booked_by": "client", "booking_source": "", "repeat_times": null,
        }))
        .expect("a session");
        booking::book(w, &session)
    });
    booked.expect("it is booked");
    table.brought("a session is running", "session_now / look: newer");
    drop(table.server.asked());
}
