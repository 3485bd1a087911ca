//! The processes xtask starts: commands it waits for, and companions that live beside them.
//!
//! Everything is ended by its own process group, never by name, so that nothing of the user's is touched.
use anyhow::{Context, Result, bail};
use std::fs::OpenOptions;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
const GLANCE: Duration = Duration::from_millis(50);
const GRACE: Duration = Duration::from_secs(5);

/// From now on Ctrl-C (and SIGTERM, SIGHUP) ends what was started before xtask itself ends.
pub fn catch_interrupts() -> Result<()> {
    ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::Relaxed)).context("cannot watch for Ctrl-C")
}

/// A cargo command line in the repository's root.
pub fn cargo(words: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(words).current_dir(crate::place::root());
    command
}

/// Runs a command to its end in the foreground; anything but success is an error that names it.
pub fn finish(command: &mut Command) -> Result<()> {
    let line = spell(command);
    let status = wait(command)?;
    if !status.success() {
        bail!("`{line}` ended with {status}");
    }
    Ok(())
}

/// Runs a command to its end and says how it ended. An interruption ends it first.
pub fn wait(command: &mut Command) -> Result<ExitStatus> {
    let line = spell(command);
    let mut child = command.spawn().with_context(|| format!("cannot start `{line}`"))?;
    loop {
        if let Some(status) = child.try_wait()? {
            if INTERRUPTED.load(Ordering::Relaxed) {
                bail!("interrupted");
            }
            return Ok(status);
        }
        if INTERRUPTED.load(Ordering::Relaxed) {
            end(&mut child, false);
            bail!("interrupted");
        }
        sleep(GLANCE);
    }
}

/// What a short command printed, if it could be run and succeeded.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Asks again and again until there is an answer or the time is up.
pub fn await_answer<T>(what: &str, limit: Duration, mut ask: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(found) = ask()? {
            return Ok(found);
        }
        if INTERRUPTED.load(Ordering::Relaxed) {
            bail!("interrupted");
        }
        if Instant::now() > deadline {
            bail!("{what} did not come up within {} seconds", limit.as_secs());
        }
        sleep(GLANCE);
    }
}

/// A process that lives beside a command, and ends with this value.
pub struct Companion {
    /// The running process, the leader of a group of its own.
    pub child: Child,
}

impl Companion {
    /// Starts it in a process group of its own; what it complains about goes to `log`.
    pub fn start(command: &mut Command, log: &Path) -> Result<Companion> {
        let line = spell(command);
        let log = OpenOptions::new().create(true).append(true).open(log)?;
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let child = command.stderr(log).spawn().with_context(|| format!("cannot start `{line}`"))?;
        Ok(Companion { child })
    }
}

impl Drop for Companion {
    fn drop(&mut self) {
        end(&mut self.child, true);
    }
}

/// Asks a process (or its whole group) to end, and insists after a while.
fn end(child: &mut Child, group: bool) {
    signal(child, group, false);
    let deadline = Instant::now() + GRACE;
    while Instant::now() < deadline {
        if matches!(child.try_wait(), Ok(Some(_)) | Err(_)) {
            return;
        }
        sleep(GLANCE);
    }
    signal(child, group, true);
    // Killed: there is nothing more to do about a process that cannot be waited for.
    let _ = child.wait();
}

#[cfg(unix)]
fn signal(child: &mut Child, group: bool, insist: bool) {
    use rustix::process::{Pid, Signal, kill_process, kill_process_group};
    let signal = if insist { Signal::KILL } else { Signal::TERM };
    let pid = Pid::from_child(child);
    // A process that is gone already needs no signal.
    let _ = if group { kill_process_group(pid, signal) } else { kill_process(pid, signal) };
}

#[cfg(not(unix))]
fn signal(child: &mut Child, _group: bool, _insist: bool) {
    // A process that is gone already needs no signal.
    let _ = child.kill();
}

fn spell(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
