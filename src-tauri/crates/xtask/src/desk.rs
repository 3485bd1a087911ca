//! A desk to open the window at where the system has none: a display nobody sees, a session bus, a password store.
//!
//! Never a way round the password store: the application always finds a real one, here or on the desktop.
use crate::process::{Companion, answer, await_answer};
use anyhow::{Context, Result};
use std::env;
use std::ffi::OsStr;
use std::fs::{self, DirBuilder};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(15);
const STORE: &str = "org.freedesktop.secrets";
/// What would lead a program on this desk back to the user's own desktop.
const ELSEWHERE: &[&str] = &[
    "DBUS_SESSION_BUS_ADDRESS",
    "GNOME_KEYRING_CONTROL",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
];

/// Which parts of a desktop this session lacks.
#[derive(Clone, Copy)]
pub struct Lacking {
    /// No display answers.
    pub display: bool,
    /// No password store answers.
    pub keyring: bool,
}

impl Lacking {
    /// Looks around. Other systems always have both.
    pub fn look() -> Lacking {
        if env::consts::OS != "linux" {
            return Lacking { display: false, keyring: false };
        }
        let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        Lacking { display: !set("DISPLAY") && !set("WAYLAND_DISPLAY"), keyring: !store_answers() }
    }
}

/// Whether this session's bus has, or can start, a password store.
fn store_answers() -> bool {
    let names = |method: &str| {
        let method = format!("org.freedesktop.DBus.{method}");
        let words = ["--session", "--print-reply", "--reply-timeout=3000", "--dest=org.freedesktop.DBus", "/"];
        answer(Command::new("dbus-send").args(words).arg(method)).unwrap_or_default()
    };
    // Without either of these dbus-send would start a bus of its own, which answers nobody else.
    let bus = env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some()
        || env::var_os("XDG_RUNTIME_DIR").is_some_and(|dir| Path::new(&dir).join("bus").exists());
    bus && (names("ListNames").contains(STORE) || names("ListActivatableNames").contains(STORE))
}

/// What was brought up, and the surroundings in which programs find it. Dropping it ends everything.
pub struct Desk {
    surroundings: Vec<(&'static str, String)>,
    stripped: bool,
    // In this order: the bus goes before the display, the folder last.
    companions: Vec<Companion>,
    runtime: TempDir,
}

impl Desk {
    /// Brings up a display of that size and a password store, each if it is asked for. With a stand-in store the
    /// home folder is the keep's, so that the keyring and what it opens stay together and away from the user's own.
    /// Complaints go to `log`.
    pub fn set_up(display: Option<(u32, u32)>, keyring: Option<&Keep>, log: &Path) -> Result<Desk> {
        // A short path: a socket's name has room for a hundred characters.
        let runtime = tempfile::Builder::new().prefix("anteroom-").tempdir().context("no temporary folder")?;
        let mut desk = Desk { surroundings: Vec::new(), stripped: false, companions: Vec::new(), runtime };
        if let Some(size) = display {
            desk.bring_display(size, log)?;
        }
        if let Some(keep) = keyring {
            desk.bring_keyring(keep, log)?;
        }
        Ok(desk)
    }

    /// The display's name, if it is one of ours.
    pub fn display(&self) -> Option<&str> {
        self.surroundings.iter().find(|(name, _)| *name == "DISPLAY").map(|(_, value)| value.as_str())
    }

    /// A command that will find this desk.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        if self.stripped {
            ELSEWHERE.iter().for_each(|name| {
                command.env_remove(name);
            });
        }
        command.envs(self.surroundings.iter().map(|(name, value)| (name, value)));
        command
    }

    fn bring_display(&mut self, (width, height): (u32, u32), log: &Path) -> Result<()> {
        let mut command = self.command("Xvfb");
        // It looks for a free number itself and writes it down.
        command.args(["-displayfd", "1", "-screen", "0", &format!("{width}x{height}x24"), "-nolisten", "tcp"]);
        // What it shows is in a file too: the tests see the moment something appears.
        command.arg("-fbdir").arg(self.runtime.path());
        let number = self.first_line(&mut command, log)?;
        self.surroundings.push(("DISPLAY", format!(":{number}")));
        self.surroundings.push(("GDK_BACKEND", "x11".into()));
        self.surroundings.push(("ANTEROOM_SCREEN", self.runtime.path().join("Xvfb_screen0").display().to_string()));
        Ok(())
    }

    fn bring_keyring(&mut self, keep: &Keep, log: &Path) -> Result<()> {
        let runtime = self.runtime.path().join("run");
        private_dir(&runtime)?;
        private_dir(&keep.home)?;
        self.stripped = true;
        self.surroundings.push(("HOME", keep.home.display().to_string()));
        self.surroundings.push(("XDG_RUNTIME_DIR", runtime.display().to_string()));
        self.surroundings.push(("NO_AT_BRIDGE", "1".into()));
        let mut bus = self.command("dbus-daemon");
        bus.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        let address = self.first_line(&mut bus, log)?;
        self.surroundings.push(("DBUS_SESSION_BUS_ADDRESS", address));

        let mut store = self.command("gnome-keyring-daemon");
        store.args(["--unlock", "--foreground", "--components=secrets"]);
        let mut store = Companion::start(store.stdin(Stdio::piped()).stdout(Stdio::null()), log)?;
        let mut input = store.child.stdin.take().context("the password store takes no password")?;
        input.write_all(keep.password.as_bytes())?;
        drop(input);
        self.companions.push(store);
        // Asking the store itself before it is there would make the bus start another, locked one.
        let (bus, owned) = ("org.freedesktop.DBus", "NameHasOwner");
        self.await_word("boolean true", &[bus, "/", &format!("{bus}.{owned}"), &format!("string:{STORE}")])?;
        let alias = "org.freedesktop.Secret.Service.ReadAlias";
        let unlocked = "/org/freedesktop/secrets/collection/";
        self.await_word(unlocked, &[STORE, "/org/freedesktop/secrets", alias, "string:default"])
    }

    /// Asks on this desk's bus (destination, object, method, arguments) until the answer has `word` in it.
    fn await_word(&self, word: &str, question: &[&str]) -> Result<()> {
        let destination = format!("--dest={}", question[0]);
        await_answer("the stand-in password store", PATIENCE, || {
            let mut ask = self.command("dbus-send");
            ask.args(["--session", "--print-reply", "--reply-timeout=2000", &destination]);
            Ok(answer(ask.args(&question[1..])).is_some_and(|said| said.contains(word)).then_some(()))
        })
    }

    /// Starts a companion and returns the first line it prints.
    fn first_line(&mut self, command: &mut Command, log: &Path) -> Result<String> {
        let mut companion = Companion::start(command.stdin(Stdio::null()).stdout(Stdio::piped()), log)?;
        let output = companion.child.stdout.take().context("nothing to read from")?;
        self.companions.push(companion);
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let line = line.trim().to_owned();
        anyhow::ensure!(!line.is_empty(), "{:?} did not start; see {}", command.get_program(), log.display());
        Ok(line)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // The last one up goes down first.
        while self.companions.pop().is_some() {}
    }
}

/// Where a stand-in keyring is kept, and the password that opens it.
pub struct Keep {
    /// Home folder of what runs at the desk: records and keyring side by side.
    pub home: PathBuf,
    /// The keyring's password.
    pub password: String,
}

impl Keep {
    /// A keep that lasts: the password is random, but lies beside what it opens and so protects nothing from a
    /// reader of the folder. xtask says so wherever it uses one.
    pub fn lasting(folder: &Path) -> Result<Keep> {
        private_dir(folder)?;
        let file = folder.join("keyring-password");
        let password = match fs::read_to_string(&file) {
            Ok(password) => password,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let password = fs::read_to_string("/proc/sys/kernel/random/uuid")?.trim().to_owned();
                fs::write(&file, &password)?;
                password
            }
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", file.display()));
            }
        };
        Ok(Keep { home: folder.join("home"), password })
    }

    /// A keep that goes with its temporary folder.
    pub fn passing(folder: &Path) -> Keep {
        Keep { home: folder.join("home"), password: "gone with its folder".into() }
    }
}

fn private_dir(path: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path).with_context(|| format!("cannot make {}", path.display()))
}
