//! The packages on a bare system: installed, started, used, upgraded by the application itself and by hand, removed; and after each
//! the records are as they were.
use super::{Packages, Server, build, megabytes, next, tauri, version};
use crate::bare::Bare;
use crate::desk::{Desk, Keep};
use crate::process::{answer, cargo, finish};
use crate::{place, system};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// What a package puts beside the program.
const BESIDE: [&str; 5] = [
    "/usr/share/applications/Anteroom.desktop",
    "/usr/share/icons/hicolor/128x128/apps/anteroom.png",
    "/usr/share/mime/packages/anteroom.xml",
    "/usr/share/metainfo/org.anteroom.desktop.metainfo.xml",
    "/usr/share/doc/anteroom/licences/LICENSE-MIT",
];
/// What `rpm` on Debian cannot look up, under Debian's names.
const LIBRARIES: [&str; 2] = ["libwebkit2gtk-4.1-0", "libgtk-3-0"];

/// One line of the table.
struct Row {
    what: String,
    found: Result<String>,
}

/// Builds this version and the next, tries both, prints the table and writes `dist.json`.
pub fn verify(out: &Path) -> Result<()> {
    system::provide(&[system::DISPLAY, system::KEYRING, system::TEST].concat())?;
    finish(&mut cargo(&["build", "--locked", "--package", "tour"]))?;
    fs::create_dir_all(out)?;
    let served = out.join("served");
    fs::create_dir_all(&served)?;
    let server = Server::start(&served)?;
    let keys = Keys::make(out)?;
    let now = version()?;
    let later = next(&now)?;
    let of = |version: &str| {
        let endpoint = format!("https://localhost:{}/latest.json", server.port);
        json!({ "version": version, "plugins": { "updater": { "endpoints": [endpoint], "pubkey": keys.public } } })
    };
    let (one, two) = (build(out, Some(&of(&now)))?, build(out, Some(&of(&later)))?);
    keys.offer(&two, &served, server.port)?;

    let mut rows = vec![Row { what: "sizes".into(), found: sizes(&one) }];
    let ours = |kind| Trial::begin(out, kind, &server.certificate);
    rows.extend(deb(&ours("deb")?, &one, &two));
    rows.extend(rpm(&ours("rpm")?, &one, &two));
    tell(out, &rows)
}

fn deb(on: &Trial, one: &Packages, two: &Packages) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut row = |what: &str, found: Result<String>| rows.push(Row { what: format!("deb: {what}"), found });
    row("installs on the smallest system", on.apt_install(&one.deb));
    row("finds every library", on.libraries());
    row("brings menu entry, icon, kind of file, licences", on.beside());
    row("starts, makes records, saves a first client", on.stage("first", &one.version));
    row(
        "looks for the next version, backs up, installs it",
        on.bare.run(&apt("install", &["sudo"])).and_then(|()| on.stage("update", &one.version)),
    );
    row("the next version opens the records", on.stage("again", &two.version));
    row("is removed and leaves the records", on.removed(&apt("purge", &["anteroom"])));
    row("is installed again and opens the records", on.apt_install(&two.deb).and_then(|_| on.stage("again", &two.version)));
    rows
}

fn rpm(on: &Trial, one: &Packages, two: &Packages) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut row = |what: &str, found: Result<String>| rows.push(Row { what: format!("rpm: {what}"), found });
    let put = |how: &str, package: &Packages| -> Result<String> {
        let file = on.bare.bring(&package.rpm)?;
        on.bare.run(&["rpm", how, "--nodeps", &file])?;
        Ok("by rpm, with Debian's libraries".into())
    };
    row("installs", on.bare.run(&apt("install", &[&["rpm"], &LIBRARIES[..]].concat())).and_then(|()| put("--install", one)));
    row("finds every library", on.libraries());
    row("brings menu entry, icon, kind of file, licences", on.beside());
    row("starts, makes records, saves a first client", on.stage("first", &one.version));
    row("is upgraded and opens the records", put("--upgrade", two).and_then(|_| on.stage("again", &two.version)));
    row("is removed and leaves the records", on.removed(&["rpm", "--erase", "--nodeps", "anteroom"]));
    rows
}

/// A bare system, a desk before it, and a folder for the records that both see.
struct Trial {
    bare: Bare,
    desk: Desk,
    keep: Keep,
    door: PathBuf,
    out: PathBuf,
    room: TempDir,
}

impl Trial {
    fn begin(out: &Path, kind: &str, certificate: &Path) -> Result<Trial> {
        let out = out.join(kind);
        fs::create_dir_all(&out)?;
        let bare = Bare::furnish(&out.with_file_name("bare"), kind)?;
        let room = tempfile::Builder::new().prefix("anteroom-installed-").tempdir()?;
        fs::copy(certificate, room.path().join("root.pem"))?;
        let keep = Keep::passing(room.path());
        let desk = Desk::set_up(Some((1280, 800)), Some(&keep), &out.join("desk.log"))?;
        let door = out.join("anteroom");
        bare.door("/usr/bin/anteroom", &door)?;
        Ok(Trial { bare, desk, keep, door, out, room })
    }

    /// One part of the walk through the installed application, which says what it saw.
    fn stage(&self, stage: &str, version: &str) -> Result<String> {
        let mut walk = self.desk.command(place::built("tour", "debug"));
        walk.args(["installed", "--size", "1280x800", "--only", stage, "--version", version]);
        walk.arg("--binary").arg(&self.door).arg("--out").arg(&self.out).arg("--room").arg(self.room.path().join("room"));
        walk.args(["--keyring-password", &self.keep.password]);
        walk.env("TAURI_WEBVIEW_AUTOMATION", "true").env("SSL_CERT_FILE", self.room.path().join("root.pem"));
        finish(&mut walk)?;
        Ok(format!("version {version}, picture {stage}.png"))
    }

    fn apt_install(&self, package: &Path) -> Result<String> {
        let before = self.packages()?;
        let file = self.bare.bring(package)?;
        self.bare.run(&apt("install", &[&file]))?;
        Ok(format!("{} packages, {} of them for it", self.packages()?, self.packages()? - before))
    }

    fn packages(&self) -> Result<usize> {
        Ok(self.bare.answer(&["dpkg-query", "--show"]).context("dpkg-query")?.lines().count())
    }

    fn libraries(&self) -> Result<String> {
        let said = self.bare.answer(&["ldd", "/usr/bin/anteroom"]).context("ldd")?;
        let missing: Vec<&str> = said.lines().filter(|line| line.contains("not found")).map(str::trim).collect();
        ensure!(missing.is_empty(), "{}", missing.join(", "));
        Ok(format!("{} libraries, none missing", said.lines().count()))
    }

    fn beside(&self) -> Result<String> {
        let missing: Vec<&str> = BESIDE.into_iter().filter(|path| !self.bare.has(path)).collect();
        ensure!(missing.is_empty(), "missing: {}", missing.join(", "));
        let entry = self.bare.answer(&["cat", BESIDE[0]]).context("no menu entry")?;
        let file = self.out.join("Anteroom.desktop");
        fs::write(&file, entry)?;
        finish(Command::new("desktop-file-validate").arg(&file))?;
        Ok(format!("{} files; the menu entry is valid", BESIDE.len()))
    }

    fn removed(&self, words: &[&str]) -> Result<String> {
        let records = self.room.path().join("room/records/practice.db");
        let before = fs::read(&records).context("no records before")?;
        self.bare.run(words)?;
        let left: Vec<&str> = BESIDE.into_iter().chain(["/usr/bin/anteroom"]).filter(|path| self.bare.has(path)).collect();
        ensure!(left.is_empty(), "left: {}", left.join(", "));
        ensure!(fs::read(&records)? == before, "the records changed");
        Ok(format!("nothing of it left; records of {} KB as they were", before.len() / 1000))
    }
}

fn apt<'a>(what: &'a str, packages: &[&'a str]) -> Vec<&'a str> {
    [&["apt-get", what, "--yes", "--quiet", "--no-install-recommends"], packages].concat()
}

/// A pair of keys for this trial alone.
struct Keys {
    private: PathBuf,
    public: String,
}

impl Keys {
    fn make(out: &Path) -> Result<Keys> {
        let private = out.join("trial.key");
        if !private.exists() {
            finish(Command::new(tauri()).args(["signer", "generate", "--ci", "--password", "", "--write-keys"]).arg(&private))?;
        }
        Ok(Keys { public: fs::read_to_string(private.with_extension("key.pub"))?.trim().to_owned(), private })
    }

    /// Signs the package and lays it out as a release.
    fn offer(&self, of: &Packages, served: &Path, port: u16) -> Result<()> {
        let mut sign = Command::new(tauri());
        sign.args(["signer", "sign", "--password", "", "--app-version", &of.version, "--private-key-path"]).arg(&self.private).arg(&of.deb);
        ensure!(answer(&mut sign).is_some(), "the package could not be signed");
        let name = of.deb.file_name().and_then(|name| name.to_str()).context("a name in Unicode")?;
        fs::copy(&of.deb, served.join(name))?;
        let signature = fs::read_to_string(format!("{}.sig", of.deb.display()))?;
        let package = json!({ "url": format!("https://localhost:{port}/{name}"), "signature": signature });
        let release = json!({ "version": of.version, "notes": "Tried on a bare system.", "platforms": { "linux-x86_64-deb": package } });
        Ok(fs::write(served.join("latest.json"), release.to_string())?)
    }
}

fn sizes(of: &Packages) -> Result<String> {
    let installed = fs::metadata(place::built("anteroom", "release"))?.len() as f64 / 1e6;
    Ok(format!("deb {} MB, rpm {} MB, the program alone {installed:.1} MB", megabytes(&of.deb)?, megabytes(&of.rpm)?))
}

fn tell(out: &Path, rows: &[Row]) -> Result<()> {
    println!("\n| what | found | held |\n|---|---|---|");
    for row in rows {
        match &row.found {
            Ok(found) => println!("| {} | {found} | yes |", row.what),
            Err(error) => println!("| {} | {error:#} | NO |", row.what),
        }
    }
    let all: Vec<_> = rows
        .iter()
        .map(|row| json!({ "what": row.what, "found": row.found.as_ref().map_or_else(|error| format!("{error:#}"), Clone::clone), "held": row.found.is_ok() }))
        .collect();
    fs::write(out.join("dist.json"), serde_json::to_string_pretty(&json!({ "rows": all }))? + "\n")?;
    let broken = rows.iter().filter(|row| row.found.is_err()).count();
    ensure!(broken == 0, "{broken} of {} rows do not hold", rows.len());
    Ok(())
}
