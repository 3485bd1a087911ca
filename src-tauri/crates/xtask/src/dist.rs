//! `cargo xtask dist`: the packages for this system; `--verify` installs them on a bare one, uses, upgrades and removes them.
use crate::process::{Companion, answer, cargo, finish};
use crate::{page, place, system};
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub mod verify;

/// Packages of one version, in a folder of their own.
pub struct Packages {
    pub version: String,
    pub deb: PathBuf,
    pub rpm: PathBuf,
}

/// Builds the packages; with `--verify` also those of a next version, and tries both.
pub fn dist(words: &[String]) -> Result<()> {
    let (mut out, mut verify) = (place::target().join("dist"), false);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--out" => out = std::env::current_dir()?.join(words.next().context("--out wants a folder")?),
            "--verify" => verify = true,
            other => bail!("`dist` does not know {other:?}"),
        }
    }
    ensure!(std::env::consts::OS == "linux", "deb and rpm are built on Linux; the release pipeline builds the others on their own systems");
    system::provide(&[system::BUILD, system::PACKAGES].concat())?;
    page::packages()?;
    if verify {
        return verify::verify(&out);
    }
    let packages = build(&out, None)?;
    for package in [&packages.deb, &packages.rpm] {
        println!("{} ({} MB)", package.display(), megabytes(package)?);
    }
    Ok(())
}

/// Builds deb and rpm and puts them into `out`. `change` is merged over `tauri.conf.json`.
pub fn build(out: &Path, change: Option<&Value>) -> Result<Packages> {
    let version = match change.and_then(|change| change["version"].as_str()) {
        Some(version) => version.to_owned(),
        None => version()?,
    };
    let bundles = place::target().join("release/bundle");
    let mut command = Command::new(tauri());
    command.args(["build", "--ci", "--bundles", "deb,rpm", "--features", "vendored-openssl"]);
    if let Some(change) = change {
        command.args(["--config", &change.to_string()]);
    }
    finish(command.args(["--", "--locked"]).current_dir(place::root()).env("CARGO_TARGET_DIR", place::target()))?;
    fs::create_dir_all(out)?;
    let take = |kind: &str| -> Result<PathBuf> {
        let built = newest(&bundles.join(kind), kind, &version)?;
        let to = out.join(built.file_name().context("a package has a name")?);
        fs::copy(&built, &to)?;
        Ok(to)
    };
    Ok(Packages { deb: take("deb")?, rpm: take("rpm")?, version })
}

/// The tool that makes packages; it comes with the page's own packages.
pub fn tauri() -> PathBuf {
    place::ui().join("node_modules/.bin/tauri")
}

/// The one version number.
pub fn version() -> Result<String> {
    let said = answer(cargo(&["metadata", "--format-version", "1", "--no-deps"]).current_dir(place::root())).context("cargo metadata")?;
    let all: Value = serde_json::from_str(&said)?;
    let packages = all["packages"].as_array().context("no packages")?;
    let shell = packages.iter().find(|package| package["name"] == json!("anteroom")).context("no package named anteroom")?;
    Ok(shell["version"].as_str().context("no version")?.to_owned())
}

/// The version after it.
pub fn next(version: &str) -> Result<String> {
    let (front, last) = version.rsplit_once('.').context("a version has three parts")?;
    Ok(format!("{front}.{}", last.parse::<u32>()? + 1))
}

pub fn megabytes(file: &Path) -> Result<String> {
    Ok(format!("{:.1}", fs::metadata(file)?.len() as f64 / 1e6))
}

fn newest(folder: &Path, ending: &str, version: &str) -> Result<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("nothing was built in {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.contains(version) && path.extension().is_some_and(|it| it == ending) {
            found.push((fs::metadata(&path)?.modified()?, path));
        }
    }
    found.sort();
    found.pop().map(|(_, path)| path).with_context(|| format!("there is no {ending} of {version} in {}", folder.display()))
}

/// A server's own: one that could sign others is taken for none by those who ask.
const CERTIFICATE: &str = "\
[req]
distinguished_name = name
x509_extensions = more
prompt = no
[name]
CN = localhost
[more]
subjectAltName = DNS:localhost
basicConstraints = critical, CA:FALSE
";

/// A server that only this machine hears: the files of a folder over TLS, as the updater asks for them.
pub struct Server {
    _program: Companion,
    pub port: u16,
    /// What a client has to trust.
    pub certificate: PathBuf,
}

impl Server {
    /// Serves `folder`; the certificate, of this run alone, lies in it.
    pub fn start(folder: &Path) -> Result<Server> {
        let (certificate, key) = (folder.join("root.pem"), folder.join("root.key"));
        let asked = folder.join("certificate.cnf");
        fs::write(&asked, CERTIFICATE)?;
        let mut make = Command::new("openssl");
        make.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-config"]).arg(&asked);
        finish(make.arg("-keyout").arg(&key).arg("-out").arg(&certificate))?;
        // Free at this moment; it takes no number of its own choosing.
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut serve = Command::new("openssl");
        serve
            .args(["s_server", "-quiet", "-WWW", "-accept", &format!("127.0.0.1:{port}"), "-cert"])
            .arg(&certificate)
            .arg("-key")
            .arg(&key);
        let program = Companion::start(serve.current_dir(folder), &folder.join("server.log"))?;
        Ok(Server { _program: program, port, certificate })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_version_has_the_next_last_number() {
        assert_eq!(next("0.1.9").expect("a version"), "0.1.10");
        assert!(next("1").is_err());
        assert!(next("1.0.x").is_err());
    }
}
