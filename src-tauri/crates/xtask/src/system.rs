//! What the system lacks, and how it is put there: named first, then installed.
//!
//! Only Debian and its descendants are installed on; elsewhere the words say what to install, and xtask stops.
use crate::process::{answer, finish};
use anyhow::{Result, bail};
use std::env;
use std::path::Path;
use std::process::Command;

const OLDEST_NODE: u32 = 20;

/// What building the application needs.
pub const BUILD: &[&str] =
    &["build-essential", "libdbus-1-dev", "libgtk-3-dev", "librsvg2-dev", "libssl-dev", "libwebkit2gtk-4.1-dev", "pkg-config"];
/// A display nobody sees.
pub const DISPLAY: &[&str] = &["xvfb"];
/// A session bus and a password store.
pub const KEYRING: &[&str] = &["dbus", "gnome-keyring"];
/// What trying a package needs: a bare system to put it on, and who knows a menu entry.
pub const PACKAGES: &[&str] = &["debootstrap", "desktop-file-utils", "openssl"];
/// What the tests need besides: WebKit's driver, a browser for the broad tests, type for every name; a window manager, another
/// program's window, real keys and a listener to system calls; and the programs with which a backup is opened without this one.
pub const TEST: &[&str] = &[
    "age",
    "chromium",
    "fonts-noto-cjk",
    "fonts-noto-core",
    "openbox",
    "openssl",
    "python3",
    "sqlcipher",
    "strace",
    "webkit2gtk-driver",
    "x11-utils",
    "xdotool",
];

const ELSEWHERE: &str = "\
Install these, then run the command again:
  Fedora   sudo dnf install webkit2gtk4.1-devel gtk3-devel dbus-devel librsvg2-devel openssl-devel gcc gcc-c++ make pkgconf nodejs npm
  Arch     sudo pacman -S webkit2gtk-4.1 gtk3 dbus librsvg openssl base-devel pkgconf nodejs npm
  openSUSE sudo zypper install webkit2gtk3-devel gtk3-devel dbus-1-devel librsvg-devel libopenssl-devel gcc gcc-c++ make nodejs npm
  macOS    xcode-select --install; brew install node openssl pkg-config
  Windows  the C++ build tools of Visual Studio, the WebView2 runtime, OpenSSL, and Node from nodejs.org
A window without a desktop also wants Xvfb, dbus-daemon, dbus-send and gnome-keyring-daemon; the tests, WebKitWebDriver,
chromium, openbox, strace, xmessage and xdotool.";

/// Names what is missing of `packages` and Node, and installs it.
pub fn provide(packages: &[&str]) -> Result<()> {
    let missing = if on_path("apt-get") {
        missing_packages(packages)
    } else if let Some(unmet) = unmet_elsewhere() {
        println!("This system lacks: {unmet}");
        bail!("only Debian's and Ubuntu's packages can be installed from here\n{ELSEWHERE}");
    } else {
        Vec::new()
    };
    let node = node_version().unwrap_or(0);
    if missing.is_empty() && node >= OLDEST_NODE && on_path("npm") {
        return Ok(());
    }
    if !missing.is_empty() {
        println!("This system lacks: {}", missing.join(" "));
        println!("Installing {} with apt-get.", if missing.len() == 1 { "it" } else { "them" });
        apt(&["update", "--quiet"])?;
        apt_install(&missing)?;
    }
    if node < OLDEST_NODE || !on_path("npm") {
        provide_node(node)?;
    }
    Ok(())
}

/// Whether a program of this name can be started.
pub fn on_path(name: &str) -> bool {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|dir| dir.join(&file).is_file()))
}

fn missing_packages(packages: &[&str]) -> Vec<String> {
    // Fails as a whole when one name is unknown to dpkg, and still prints the others: so not `answer`.
    let known = Command::new("dpkg-query")
        .args(["--show", "--showformat=${Package} ${db:Status-Status}\n"])
        .args(packages)
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    let there = |name: &str| known.lines().any(|line| line == format!("{name} installed"));
    // Ubuntu has its browser from elsewhere: any chromium that starts will do.
    let stands_in = |name: &str| name == "chromium" && (on_path("chromium") || on_path("google-chrome"));
    packages.iter().filter(|name| !there(name) && !stands_in(name)).map(|name| (*name).to_owned()).collect()
}

fn unmet_elsewhere() -> Option<String> {
    let mut unmet = Vec::new();
    if env::consts::OS == "linux" {
        for library in ["webkit2gtk-4.1", "gtk+-3.0", "dbus-1", "librsvg-2.0", "openssl"] {
            if answer(Command::new("pkg-config").args(["--exists", library])).is_none() {
                unmet.push(library);
            }
        }
    }
    if node_version().unwrap_or(0) < OLDEST_NODE || !on_path("npm") && env::consts::OS != "windows" {
        unmet.push("node 20 or newer, with npm");
    }
    (!unmet.is_empty()).then(|| unmet.join(", "))
}

fn node_version() -> Option<u32> {
    let said = answer(Command::new("node").arg("--version"))?;
    said.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

fn provide_node(present: u32) -> Result<()> {
    match present {
        0 => println!("This system lacks: node {OLDEST_NODE} or newer, with npm"),
        _ => println!("This system lacks: node {OLDEST_NODE} or newer, with npm (version {present} is here)"),
    }
    let offered = answer(Command::new("apt-cache").args(["show", "--no-all-versions", "nodejs"])).and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("Version: "))?;
        line.split(['.', '~', '-']).next()?.parse::<u32>().ok()
    });
    if offered.is_none_or(|version| version < OLDEST_NODE) {
        bail!("this system's own packages offer no node {OLDEST_NODE}: install it from nodejs.org or with nvm, then run the command again");
    }
    println!("Installing nodejs and npm with apt-get.");
    apt_install(&["nodejs".to_owned(), "npm".to_owned()])
}

fn apt_install(names: &[String]) -> Result<()> {
    let mut words = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
    words.extend(names.iter().map(String::as_str));
    apt(&words)
}

fn apt(words: &[&str]) -> Result<()> {
    let root = answer(Command::new("id").arg("--user")).is_some_and(|id| id.trim() == "0");
    let mut command = if root {
        Command::new("apt-get")
    } else if Path::new("/usr/bin/sudo").exists() || on_path("sudo") {
        let mut sudo = Command::new("sudo");
        sudo.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    } else {
        bail!("there is no sudo here: as root, run `apt-get {}`, then run the command again", words.join(" "));
    };
    finish(command.args(words).env("DEBIAN_FRONTEND", "noninteractive"))
}
