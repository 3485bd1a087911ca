//! No connection: what the window and everything it starts ask of the system is listened to; and it works where there is no
//! network at all.
use super::filled::fill;
use super::plaintext::{picture, stroll};
use super::practice::{Practice, plain};
use super::room::{Room, manager, none_left, titled, xdo};
use super::{Ground, Held};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(60);
const LISTEN: &str = "socket,connect,bind,listen,accept,accept4,sendto,sendmsg,sendmmsg,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat";
/// Between processes of this machine, and from its kernel.
const LOCAL: [&str; 2] = ["AF_UNIX", "AF_NETLINK"];
const NETWORK_CALLS: [&str; 9] = ["socket", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg", "sendmmsg"];

/// The promise.
pub fn quiet(ground: &Ground) -> Result<Held> {
    let control = an_attempt_is_noticed(ground)?;
    let room = Room::furnish()?;
    let practice = Practice::begin(&room.records(), &plain("Ada Lindqvist"))?;
    fill(&practice, 1, &|name, _| format!("https://example.org/{name} www.example.org"))?;
    drop(practice);
    let watch = manager()?;

    let record = room.folder("heard");
    let words = ["strace", "--follow-forks", "--seccomp-bpf", "--quiet=all", "--decode-fds=path", "--string-limit=300"];
    let trace = format!("--trace={LISTEN}");
    let output = format!("--output={}", record.display());
    let begin: Vec<&str> = words.into_iter().chain([trace.as_str(), output.as_str()]).collect();
    let mut window = room.open(ground, &begin)?;
    let title = titled("Anteroom", SOON)?;
    stroll(&room, &title)?;
    picture(ground, "network-traced")?;
    xdo(&["windowactivate", "--sync", &title])?;
    xdo(&["key", "alt+F4"])?;
    window.ended(SOON).context("the window does not close")?;
    none_left(&ground.binary)?;
    let heard = Heard::read(&record)?;
    let mut broken = heard.broken();
    ensure!(
        heard.calls.keys().any(|(call, family)| call == "connect" && family == "AF_UNIX"),
        "not even the display was heard: {:?}",
        heard.calls
    );
    let written = heard.written_outside(room.path());
    broken.extend(written.iter().map(|path| format!("written outside of its folders: {path}")));

    // Where there is nothing to connect to, everything works as before.
    let alone = nowhere(ground, &room)?;
    drop(watch);
    let calls: Vec<_> =
        heard.calls.iter().map(|((call, family), times)| json!({ "call": call, "family": family, "times": times })).collect();
    let tried = format!(
        "{} socket calls of {} threads heard over a walk, all {}; {}",
        heard.calls.values().sum::<usize>(),
        heard.threads,
        heard.families().join(" or "),
        if alone { "and the same walk in an empty network namespace" } else { "no empty network namespace is to be had here" }
    );
    let figures = json!({ "calls": calls, "threads": heard.threads, "opened_for_writing": heard.written.len(), "empty_network": alone, "control": control });
    let count = heard.calls.values().sum::<usize>() as u64;
    Ok(Held { tried, count, broken, control: true, figures })
}

/// A program that tries to connect is heard.
fn an_attempt_is_noticed(ground: &Ground) -> Result<serde_json::Value> {
    let record = ground.out.join("heard-control.txt");
    let words = [
        "--follow-forks",
        "--seccomp-bpf",
        "--quiet=all",
        "--decode-fds=path",
        &format!("--trace={LISTEN}"),
        &format!("--output={}", record.display()),
    ];
    // Port 9 of this machine, where nobody listens, and a name that has to be asked for.
    let script = "exec 3<>/dev/tcp/127.0.0.1/9; echo x > /dev/udp/127.0.0.1/53; echo out > /var/tmp/anteroom-guard-control";
    let status = Command::new("strace").args(words).args(["bash", "-c", script]).stdin(Stdio::null()).stderr(Stdio::null()).status();
    status.context("cannot start strace")?;
    let _gone = fs::remove_file("/var/tmp/anteroom-guard-control");
    let heard = Heard::read(&record)?;
    ensure!(heard.broken().len() >= 2, "connections that were tried are not heard: {:?}", heard.calls);
    ensure!(!heard.written_outside(Path::new("/nowhere")).is_empty(), "a file written elsewhere is not heard");
    Ok(json!({ "tried": ["a TCP connection", "a UDP datagram", "a file elsewhere"], "heard": heard.broken() }))
}

fn nowhere(ground: &Ground, room: &Room) -> Result<bool> {
    let empty = ["unshare", "--map-current-user", "--net"];
    let may = Command::new(empty[0]).args(&empty[1..]).arg("true").stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    if !may {
        return Ok(false);
    }
    let mut window = room.open(ground, &empty)?;
    let title = titled("Anteroom", SOON)?;
    stroll(room, &title)?;
    picture(ground, "network-none")?;
    xdo(&["windowactivate", "--sync", &title])?;
    xdo(&["key", "alt+F4"])?;
    window.ended(SOON)?;
    none_left(&ground.binary)?;
    Ok(true)
}

/// What strace wrote down.
struct Heard {
    /// Call and kind of address, and how often.
    calls: BTreeMap<(String, String), usize>,
    /// Each call that is not local, whole.
    beyond: Vec<String>,
    /// Paths opened for writing, made, or renamed to.
    written: Vec<String>,
    threads: usize,
}

impl Heard {
    fn read(record: &Path) -> Result<Heard> {
        let text =
            String::from_utf8_lossy(&fs::read(record).with_context(|| format!("nothing was heard in {}", record.display()))?).into_owned();
        let mut heard = Heard { calls: BTreeMap::new(), beyond: Vec::new(), written: Vec::new(), threads: 0 };
        let mut threads = std::collections::BTreeSet::new();
        for line in text.lines() {
            let Some((thread, call)) = line.trim_start().split_once(' ') else { continue };
            threads.insert(thread.to_owned());
            let call = call.trim_start();
            let Some((name, rest)) = call.split_once('(') else { continue };
            if NETWORK_CALLS.contains(&name) {
                let Some(family) = family(rest) else { continue };
                if !LOCAL.contains(&family.as_str()) {
                    heard.beyond.push(call.chars().take(160).collect());
                }
                *heard.calls.entry((name.to_owned(), family)).or_default() += 1;
            } else if !rest.contains("= -1") {
                heard.written.extend(written(name, rest));
            }
        }
        heard.written.sort();
        heard.written.dedup();
        heard.threads = threads.len();
        Ok(heard)
    }

    fn broken(&self) -> Vec<String> {
        self.beyond.iter().map(|call| format!("beyond this machine: {call}")).collect()
    }

    fn families(&self) -> Vec<&str> {
        let mut families: Vec<&str> = self.calls.keys().map(|(_, family)| family.as_str()).collect();
        families.sort_unstable();
        families.dedup();
        families
    }

    /// Files on the disk that are not in the folders given to the program.
    fn written_outside(&self, root: &Path) -> Vec<String> {
        let ours =
            |path: &str| Path::new(path).starts_with(root) || ["/dev/", "/proc/", "/sys/"].iter().any(|start| path.starts_with(start));
        self.written.iter().filter(|path| path.starts_with('/') && !ours(path)).cloned().collect()
    }
}

/// The kind of a socket, or of the address in a call's arguments; none where it sends along what is connected already.
fn family(arguments: &str) -> Option<String> {
    let at = if arguments.starts_with("AF_") { 0 } else { arguments.find("sa_family=")? + "sa_family=".len() };
    Some(arguments[at..].chars().take_while(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || *c == '_').collect())
}

/// The paths a call writes to, made whole with the folder they start from.
fn written(name: &str, arguments: &str) -> Vec<String> {
    if name.starts_with("open") && !["O_WRONLY", "O_RDWR", "O_CREAT"].iter().any(|flag| arguments.contains(flag)) {
        return Vec::new();
    }
    let folder = arguments.find('<').and_then(|at| arguments[at + 1..].split_once('>')).map(|(path, _)| path);
    let quoted: Vec<&str> = arguments.split('"').skip(1).step_by(2).collect();
    let whole = |path: &str| match folder {
        Some(folder) if !path.starts_with('/') && name.ends_with("at") => format!("{folder}/{path}"),
        _ => path.to_owned(),
    };
    quoted.into_iter().map(whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_of_the_kernel_itself_is_no_address() {
        assert_eq!(family("5<socket:[1]>, [{nlmsg_len=17}, {rtm_family=AF_UNSPEC}], 17, 0, NULL, 0) = 17"), None);
        assert_eq!(family("AF_INET, SOCK_STREAM, 0) = 3").as_deref(), Some("AF_INET"));
    }

    #[test]
    fn the_kind_of_an_address_is_read_and_so_is_a_path_from_a_folder() {
        assert_eq!(family("3<socket:[1]>, {sa_family=AF_INET6, sin6_port=htons(443)}, 28) = 0").as_deref(), Some("AF_INET6"));
        assert_eq!(family("7<socket:[1]>, \"x\", 1, MSG_NOSIGNAL, NULL, 0) = 1"), None);
        let open = "AT_FDCWD</home/a>, \"b/c\", O_WRONLY|O_CREAT, 0600) = 4</home/a/b/c>";
        assert_eq!(written("openat", open), ["/home/a/b/c"]);
        assert!(written("openat", "AT_FDCWD</home/a>, \"/etc/x\", O_RDONLY) = 4</etc/x>").is_empty());
    }
}
