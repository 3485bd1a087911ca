//! A system with nothing on it: Debian's smallest set of packages in a folder, in which an installer has to bring all it needs.
use crate::process::{answer, finish};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a program in it shares with this system: devices, processes, and `/tmp` with the display, the bus and the records of the test.
const ENTER: &str = "\
set -e; root=$1; shift
mount --rbind /dev \"$root/dev\"; mount -t proc proc \"$root/proc\"; mount --bind /tmp \"$root/tmp\"
exec chroot \"$root\" \"$@\"";

/// The folder.
pub struct Bare {
    root: PathBuf,
}

impl Bare {
    /// A fresh one named `name`, copied from a first one that is fetched once and kept in `folder`.
    pub fn furnish(folder: &Path, name: &str) -> Result<Bare> {
        let root = answer(Command::new("id").arg("--user")).is_some_and(|id| id.trim() == "0");
        ensure!(root, "a bare system is entered by the administrator alone: run this as root");
        let first = folder.join("first");
        if !first.join("usr/bin/apt-get").exists() {
            fetch(&first)?;
        }
        let root = folder.join(name);
        if root.exists() {
            fs::remove_dir_all(&root).with_context(|| format!("cannot remove {}", root.display()))?;
        }
        finish(Command::new("cp").args(["--archive", "--reflink=auto"]).arg(&first).arg(&root))?;
        Ok(Bare { root })
    }

    /// A command that runs in it.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new("unshare");
        command.args(["--mount", "--propagation", "private", "sh", "-c", ENTER, "sh"]).arg(&self.root).args(words);
        command.env("DEBIAN_FRONTEND", "noninteractive").env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("LC_ALL", "C.UTF-8");
        command
    }

    /// Runs one to its end.
    pub fn run(&self, words: &[&str]) -> Result<()> {
        finish(&mut self.command(words))
    }

    /// What one printed, if it succeeded.
    pub fn answer(&self, words: &[&str]) -> Option<String> {
        answer(&mut self.command(words))
    }

    /// Puts a file where programs in it find it, and says where that is.
    pub fn bring(&self, file: &Path) -> Result<String> {
        let name = file.file_name().and_then(|name| name.to_str()).context("a file with a name in Unicode")?;
        fs::copy(file, self.root.join("root").join(name))?;
        Ok(format!("/root/{name}"))
    }

    /// Whether it has that file.
    pub fn has(&self, path: &str) -> bool {
        self.root.join(path.trim_start_matches('/')).symlink_metadata().is_ok()
    }

    /// A program out here that starts one in there with the words it is given, for whoever wants one path.
    pub fn door(&self, program: &str, at: &Path) -> Result<()> {
        let root = self.root.display();
        let text = format!("#!/bin/sh\nexec unshare --mount --propagation private sh -c '{ENTER}' sh '{root}' {program} \"$@\"\n");
        fs::write(at, text)?;
        finish(Command::new("chmod").arg("755").arg(at))
    }
}

/// Fetches the smallest set of packages, of this system's own release and from where it has its packages.
fn fetch(root: &Path) -> Result<()> {
    let said = |key: &str| {
        let targets = answer(Command::new("apt-get").args(["indextargets", "--format", &format!("$({key})"), "Created-By: Packages"]));
        targets.and_then(|all| all.lines().next().map(str::to_owned)).with_context(|| format!("apt-get names no {key}"))
    };
    let (release, site) = (said("CODENAME")?, said("REPO_URI")?);
    if root.exists() {
        fs::remove_dir_all(root)?;
    }
    fs::create_dir_all(root)?;
    finish(Command::new("debootstrap").args(["--variant=minbase", &release]).arg(root).arg(&site))?;
    // Later packages than the first come from where this system has them, too.
    for part in ["sources.list", "sources.list.d"] {
        let (from, to) = (Path::new("/etc/apt").join(part), root.join("etc/apt"));
        if from.exists() {
            finish(Command::new("cp").args(["--archive", "--dereference"]).arg(&from).arg(&to))?;
        }
    }
    for file in ["etc/hosts", "etc/resolv.conf"] {
        fs::copy(Path::new("/").join(file), root.join(file)).with_context(|| format!("cannot copy /{file}"))?;
    }
    let fresh = Bare { root: root.to_owned() };
    if fresh.run(&["apt-get", "update", "--quiet"]).is_err() {
        bail!("the bare system finds no packages; see above");
    }
    Ok(())
}
