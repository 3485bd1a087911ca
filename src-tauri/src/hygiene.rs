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
    // Passed on to the page's own processes too.
    if setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }).is_err() {
        refused.push("core files could not be turned off");
    }
    if set_dumpable_behavior(DumpableBehavior::NotDumpable).is_err() {
        refused.push("the process can be looked into");
    }
    refused
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
