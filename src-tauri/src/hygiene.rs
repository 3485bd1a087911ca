//! What the process does for its own memory: no core files, no look into it by other programs of the same user, and whatever is given
//! back to the allocator is wiped first, so that notes and names do not lie about in free memory after locking.
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
    if let Some(what) = wipe_what_libraries_give_back() {
        refused.push(what);
    }
    // Passed on to the page's own processes too.
    if setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }).is_err() {
        refused.push("core files could not be turned off");
    }
    if set_dumpable_behavior(DumpableBehavior::NotDumpable).is_err() {
        refused.push("the process can be looked into");
    }
    refused
}

/// The windowing libraries take memory past our allocator; the C library wipes what they give back if it is told so before it starts.
/// So the program starts itself once more. What is still refused then is told.
#[cfg(target_os = "linux")]
fn wipe_what_libraries_give_back() -> Option<&'static str> {
    use std::os::unix::process::CommandExt;
    const TUNABLES: &str = "GLIBC_TUNABLES";
    const WIPE: &str = "glibc.malloc.perturb=85";
    let told = std::env::var(TUNABLES).unwrap_or_default();
    if told.contains("glibc.malloc.perturb") {
        return None;
    }
    let tunables = if told.is_empty() { WIPE.to_owned() } else { format!("{told}:{WIPE}") };
    let program = std::env::current_exe().ok()?;
    // Comes back only if it failed.
    let _failed = std::process::Command::new(program).args(std::env::args_os().skip(1)).env(TUNABLES, tunables).exec();
    Some("what libraries give back is not wiped")
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
