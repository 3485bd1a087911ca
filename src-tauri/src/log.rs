//! The one log: faults by reference, never a client's words. Beside the records, so that it is found and closed to others with them.

use std::path::Path;

use tracing_subscriber::EnvFilter;

/// Begins to log into `anteroom.log` in `folder`. Where that cannot be written there is no log, and the program runs on.
pub fn begin(folder: &Path) {
    let Ok(appender) = tracing_appender::rolling::Builder::new()
        .filename_prefix("anteroom")
        .filename_suffix("log")
        .rotation(tracing_appender::rolling::Rotation::NEVER)
        .build(folder.join("log"))
    else {
        return;
    };
    // Ours alone: a library may log what it was given.
    let filter = EnvFilter::new("off,anteroom_shell=info");
    let begun = tracing_subscriber::fmt().with_writer(std::sync::Mutex::new(appender)).with_ansi(false).with_env_filter(filter).try_init();
    debug_assert!(begun.is_ok(), "the log begins once");
}
