//! Surroundings that only one window has: every folder a program may write to, empty before.
use super::Ground;
use super::traces::family;
use crate::window::Window;
use anyhow::{Context, Result, bail};
use std::fs::{self, OpenOptions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const GLANCE: Duration = Duration::from_millis(100);
const FOLDERS: [(&str, &str); 7] = [
    ("HOME", "home"),
    ("TMPDIR", "tmp"),
    ("XDG_CACHE_HOME", "cache"),
    ("XDG_CONFIG_HOME", "config"),
    ("XDG_DATA_HOME", "data"),
    ("XDG_RUNTIME_DIR", "run"),
    ("XDG_STATE_HOME", "state"),
];

/// Every room of this run, and of no other that goes on beside it.
fn prefix() -> String {
    format!("anteroom-guard-{}-", std::process::id())
}

/// The folders, and the records among them.
pub struct Room {
    root: PathBuf,
    /// Goes with the room, unless that is to stay.
    _passing: Option<TempDir>,
    /// What is another than the desk's, besides the folders.
    pub besides: Vec<(&'static str, String)>,
}

impl Room {
    /// Makes the folders; the records' own is left to the vault.
    pub fn furnish() -> Result<Room> {
        let root = tempfile::Builder::new().prefix(&prefix()).tempdir()?;
        let room = Self::at(root.path())?;
        Ok(Room { _passing: Some(root), ..room })
    }

    /// The same in a folder that stays; what is there stays too.
    pub fn at(root: &Path) -> Result<Room> {
        for (_, name) in FOLDERS {
            let folder = root.join(name);
            fs::create_dir_all(&folder)?;
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?;
        }
        Ok(Room { root: root.to_owned(), _passing: None, besides: Vec::new() })
    }

    /// Where everything is that may be written to.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// One of the folders.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Where the records are kept.
    pub fn records(&self) -> PathBuf {
        self.folder("records")
    }

    /// The variables by which a program finds its way here.
    pub fn surroundings(&self) -> Vec<(&'static str, String)> {
        let folders = FOLDERS.iter().map(|(variable, name)| (*variable, self.folder(name).display().to_string()));
        folders.chain(self.besides.iter().cloned()).collect()
    }

    fn arguments(&self) -> [String; 2] {
        ["--data".to_owned(), self.records().display().to_string()]
    }

    /// The window on the records here, for WebKit's driver.
    pub fn drive(&self, ground: &Ground) -> Result<Window> {
        Window::open_in(&self.surroundings(), &ground.binary, &self.arguments(), &ground.out.join("window.log"), Duration::from_secs(60))
    }

    /// The window as people have it, which keeps nothing, and which nobody drives. `before` is what the program is started with.
    pub fn open(&self, ground: &Ground, before: &[&str]) -> Result<Program> {
        let log = OpenOptions::new().create(true).append(true).open(ground.out.join("window.log"))?;
        let words: Vec<&str> = before.iter().copied().chain([ground.binary.to_str().context("a path in Unicode")?]).collect();
        let child = Command::new(words[0])
            .args(&words[1..])
            .args(self.arguments())
            .env_remove("TAURI_WEBVIEW_AUTOMATION")
            .envs(self.surroundings())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("cannot start {}", words[0]))?;
        Ok(Program { child })
    }
}

/// A program that was started here, and ends with this value.
pub struct Program {
    pub child: Child,
}

impl Program {
    /// Starts one.
    pub fn start(command: &mut Command) -> Result<Program> {
        let name = command.get_program().to_string_lossy().into_owned();
        Ok(Program { child: command.spawn().with_context(|| format!("cannot start {name}"))? })
    }

    /// Waits until it has ended by itself.
    pub fn ended(&mut self, patience: Duration) -> Result<ExitStatus> {
        until("the end of a program", patience, || Ok(self.child.try_wait()?))
    }

    /// Ends it at once, without a chance to tidy up.
    pub fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            // What it listened to, or stood before, would outlive it.
            let family = family(&[self.child.id()]).unwrap_or_default();
            for id in family.iter().rev() {
                // Gone meanwhile, or gone now.
                let _ = Command::new("kill").args(["-KILL", &id.to_string()]).stderr(Stdio::null()).status();
            }
            let _ = self.child.wait();
        }
    }
}

/// Looks again and again until there is something.
pub fn until<T>(what: &str, patience: Duration, mut look: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let deadline = Instant::now() + patience;
    loop {
        if let Some(found) = look()? {
            return Ok(found);
        }
        if Instant::now() > deadline {
            bail!("{what} did not come within {} s", patience.as_secs());
        }
        sleep(GLANCE);
    }
}

/// The display's own hands and eyes: real keys, the wheel, which window is in front.
pub fn xdo(words: &[&str]) -> Result<String> {
    let said = Command::new("xdotool").args(words).output().context("cannot start xdotool")?;
    if !said.status.success() {
        bail!("xdotool {}: {}", words.join(" "), String::from_utf8_lossy(&said.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&said.stdout).trim().to_owned())
}

/// The visible window with that title, once it is there.
pub fn titled(title: &str, patience: Duration) -> Result<String> {
    let pattern = format!("^{title}$");
    until(&format!("a window titled {title}"), patience, || {
        let found = xdo(&["search", "--onlyvisible", "--name", &pattern]).unwrap_or_default();
        Ok(found.lines().next().map(str::to_owned).filter(|id| !id.is_empty()))
    })
}

/// A window manager, as every desktop has one.
pub fn manager() -> Result<Program> {
    let program =
        Program::start(Command::new("openbox").arg("--sm-disable").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()))?;
    until("the window manager", Duration::from_secs(10), || Ok(xdo(&["get_desktop"]).ok()))?;
    Ok(program)
}

/// Waits until nothing runs that program any more: the next start is not to meet the last one leaving.
pub fn none_left(binary: &Path) -> Result<()> {
    until("the end of the window", Duration::from_secs(15), || Ok(running(binary)?.is_empty().then_some(())))
}

/// Who runs that program now, in a room: a window of the user's own is none of ours.
pub fn running(binary: &Path) -> Result<Vec<u32>> {
    let binary = fs::canonicalize(binary)?;
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let entry = entry?;
        // A process may end while it is looked at, and others' may be closed to us.
        if let Ok(id) = entry.file_name().to_string_lossy().parse()
            && fs::read_link(entry.path().join("exe")).is_ok_and(|exe| exe == binary)
            && fs::read(entry.path().join("cmdline")).is_ok_and(|words| String::from_utf8_lossy(&words).contains(&prefix()))
        {
            found.push(id);
        }
    }
    Ok(found)
}
