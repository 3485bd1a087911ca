//! A crash leaves nothing, and nobody looks in: ended by the system in the middle of its work the window writes no core file, and other
//! programs of the same user are kept out of its memory. Both are first shown on a program that does nothing about it.
use super::filled::fill;
use super::practice::{Practice, plain};
use super::room::{Program, Room, until};
use super::traces::family;
use super::{Ground, Held};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

const SOON: Duration = Duration::from_secs(30);
/// What the system answers of a process that ends while it is read (ESRCH).
const GONE: i32 = 3;
/// Core files as large as they come; and no rights but a common user's.
const BOUNDLESS: &str = "ulimit -c unlimited; exec \"$@\"";
const NOBODY: [&str; 4] = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

/// The promise.
pub fn nothing(ground: &Ground) -> Result<Held> {
    let room = Room::furnish()?;
    let practice = Practice::begin(&room.records(), &plain("Ada Lindqvist"))?;
    fill(&practice, 1, &|name, _| name.to_owned())?;
    drop(practice);
    let mut broken = Vec::new();

    // The control: such an end writes a core file where nothing is done about it, if this system writes any.
    let mut plain = Program::start(Command::new("sh").args(["-c", BOUNDLESS, "sh", "sleep", "60"]).current_dir(room.folder("tmp")))?;
    sleep(Duration::from_millis(300));
    let unprotected = core_limit(plain.child.id())?;
    let core = signal(&mut plain, "SEGV")?;
    let writes = core || !cores(&room.folder("tmp"))?.is_empty();
    cores(&room.folder("tmp"))?.iter().try_for_each(fs::remove_file)?;

    let mut window = room.open(ground, &["sh", "-c", BOUNDLESS, "sh"])?;
    let whole = until("the window's processes", SOON, || Ok(Some(family(&[window.child.id()])?).filter(|all| all.len() > 2)))?;
    sleep(Duration::from_secs(3));
    // One that ended meanwhile has none.
    let limits: Vec<String> = whole.iter().filter_map(|id| core_limit(*id).transpose()).collect::<Result<_>>()?;
    ensure!(!limits.is_empty(), "all of the window's processes ended by themselves");
    if let Some(limit) = limits.iter().find(|limit| *limit != "0") {
        broken.push(format!("a core file may be {limit} long"));
    }
    if signal(&mut window, "SEGV")? {
        broken.push("the window left a core file".into());
    }
    for folder in [room.path(), Path::new(".")] {
        broken.extend(cores(folder)?.into_iter().map(|path| format!("{} was left", path.display())));
    }

    // Nobody looks in: tried with a common user's rights on a window of the same user, on whatever page it then shows.
    let root = fs::metadata("/proc/self")?.uid_is_root();
    let before: &[&str] = if root { &NOBODY } else { &[] };
    if root {
        ensure!(Command::new("chown").args(["-R", "65534:65534"]).arg(room.path()).status()?.success(), "the room cannot be handed over");
    }
    let words: Vec<&str> = before.iter().copied().chain(["sleep", "60"]).collect();
    let other = Program::start(Command::new(words[0]).args(&words[1..]))?;
    sleep(Duration::from_millis(300));
    ensure!(may_look(before, other.child.id())?, "not even a program that minds nothing can be looked into");
    drop(other);
    let window = room.open(ground, before)?;
    until("the window's processes", SOON, || Ok(Some(family(&[window.child.id()])?).filter(|all| all.len() > 2)))?;
    sleep(Duration::from_secs(2));
    if may_look(before, window.child.id())? {
        broken.push("another program of the same user looks into the window's memory".into());
    }
    drop(window);
    let tried = format!(
        "SIGSEGV with core files of any length allowed: none from {} processes; its memory is closed to other programs of its user; {}",
        limits.len(),
        if writes { "without protection both fail" } else { "this system writes no core file for any program" }
    );
    // That others can be looked into was made sure of above.
    let control = writes || unprotected.is_some_and(|limit| limit != "0");
    Ok(Held {
        tried,
        count: 2,
        broken,
        control,
        figures: json!({ "processes": limits.len(), "limits": limits, "core_of_the_control": writes }),
    })
}

/// Ends a program so, and whether the system says that it wrote a core file. The first signal may be taken for a stack that has run
/// over, which the next proves wrong.
fn signal(program: &mut Program, name: &str) -> Result<bool> {
    let id = program.child.id().to_string();
    let ended = until("the end of a program", SOON, || {
        // Gone already, where this fails: then it has ended.
        let _sent = Command::new("kill").args([&format!("-{name}"), id.as_str()]).stderr(Stdio::null()).status()?;
        sleep(Duration::from_millis(300));
        Ok(program.child.try_wait()?)
    })?;
    Ok(ended.core_dumped())
}

fn cores(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let names = fs::read_dir(folder)?.flatten().map(|entry| entry.path());
    Ok(names.filter(|path| path.is_file() && path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("core"))).collect())
}

/// How long a core file of a process may be; none for one that has ended.
fn core_limit(id: u32) -> Result<Option<String>> {
    let limits = match fs::read_to_string(format!("/proc/{id}/limits")) {
        Ok(limits) => limits,
        Err(error) if error.kind() == ErrorKind::NotFound || error.raw_os_error() == Some(GONE) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let line = limits.lines().find(|line| line.starts_with("Max core file size")).context("the system says no limits")?;
    Ok(Some(line.split_whitespace().nth(4).context("the system says no limit")?.to_owned()))
}

/// Whether a program with such rights is let into the memory of another.
fn may_look(before: &[&str], id: u32) -> Result<bool> {
    let path = format!("/proc/{id}/maps");
    let words: Vec<&str> = before.iter().copied().chain(["head", "-c", "1", path.as_str()]).collect();
    let said = Command::new(words[0]).args(&words[1..]).stderr(Stdio::null()).output().context("cannot look")?;
    Ok(said.status.success() && !said.stdout.is_empty())
}

/// Who runs this.
trait Whose {
    fn uid_is_root(&self) -> bool;
}

impl Whose for fs::Metadata {
    fn uid_is_root(&self) -> bool {
        std::os::unix::fs::MetadataExt::uid(self) == 0
    }
}
