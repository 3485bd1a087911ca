//! What the process does for its own memory: no core files, no look into it by other programs of the same user, and whatever is given
//! back to the allocator is wiped first, so that notes and names do not lie about in free memory after locking.
//!
//! There are three allocators. Rust's own is wrapped here. The C library's, from which the toolkit takes, can be told to wipe, and
//! WebKit, through whose buffers every answer to the page goes, to take from that and keep none of its own; but only before the program
//! begins. So the program begins once more.
//!
//! A program that runs with higher rights can still look. Nothing is promised against that.

use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static WIPING: ZeroAlloc<std::alloc::System> = ZeroAlloc(std::alloc::System);

/// Called first of all, before there is anything to protect. What the system refuses is logged later; it is no reason not to start.
#[cfg(target_os = "linux")]
pub fn begin() -> Vec<&'static str> {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
    let mut refused = Vec::new();
    // First: beginning once more undoes what follows.
    #[cfg(target_env = "gnu")]
    refused.extend(wipe_c_memory());
    // Passed on to the page's own processes too.
    if setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }).is_err() {
        refused.push("core files could not be turned off");
    }
    if set_dumpable_behavior(DumpableBehavior::NotDumpable).is_err() {
        refused.push("the process can be looked into");
    }
    refused
}

/// The setting by which GNU's C library fills what is given back to it, and hands out zeros. What it would set aside unwiped, to hand
/// it out again sooner, it does not set aside.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const WIPE: (&str, &str) = ("GLIBC_TUNABLES", "glibc.malloc.perturb=255:glibc.malloc.tcache_count=0");
/// The setting by which WebKit has no allocator of its own.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const NONE_OF_ITS_OWN: (&str, &str) = ("Malloc", "1");

/// Begins the program once more, in the same process, where these settings are not made. Answers only if they are, or if that was
/// refused.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn wipe_c_memory() -> Option<&'static str> {
    use std::os::unix::process::CommandExt;
    const REFUSED: Option<&str> = Some("what the window's toolkit gives back is not wiped");
    let before = std::env::var(WIPE.0).unwrap_or_default();
    if std::env::var(NONE_OF_ITS_OWN.0).is_ok_and(|value| value == NONE_OF_ITS_OWN.1) {
        // Read by now. The page's processes, which end when the records lock, are quicker and safer without.
        glib::unsetenv(NONE_OF_ITS_OWN.0);
        // Where the system takes the other setting away, as it does from programs with rights of their own, a third beginning would too.
        let Some(others) = before.strip_suffix(WIPE.1) else { return REFUSED };
        match others.trim_end_matches(':') {
            "" => glib::unsetenv(WIPE.0),
            others => drop(glib::setenv(WIPE.0, others, true)),
        }
        return None;
    }
    // Of two settings of one thing the last holds.
    let settings = if before.is_empty() { WIPE.1.to_owned() } else { format!("{before}:{}", WIPE.1) };
    let mut words = std::env::args_os();
    if let (Some(name), Ok(program)) = (words.next(), std::env::current_exe()) {
        let mut again = std::process::Command::new(program);
        again.arg0(name).args(words).env(WIPE.0, settings).env(NONE_OF_ITS_OWN.0, NONE_OF_ITS_OWN.1);
        // Comes back only where it is refused.
        let _refused = again.exec();
    }
    REFUSED
}

/// The same where only core files can be turned off.
#[cfg(all(unix, not(target_os = "linux")))]
pub fn begin() -> Vec<&'static str> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    match setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }) {
        Ok(()) => Vec::new(),
        Err(_) => vec!["core files could not be turned off"],
    }
}

/// Windows writes no core files by itself.
#[cfg(windows)]
pub fn begin() -> Vec<&'static str> {
    Vec::new()
}
