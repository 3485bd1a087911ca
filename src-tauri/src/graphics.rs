//! How WebKit hands its pictures to the screen, chosen by what the machine has.
//!
//! Where a graphics card works they stay in its memory. Where none does, as on many virtual machines, that way is imitated by the
//! processor, which takes twice as long to open the window and a third more memory than the plain way, in which they are copied.

#[cfg(target_os = "linux")]
use std::fs::{self, OpenOptions};
#[cfg(target_os = "linux")]
use std::path::Path;

/// The setting by which WebKit takes the plain way.
#[cfg(target_os = "linux")]
const PLAIN: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Called before the toolkit begins, which reads the choice once. Answers with a word for the log. Whoever starts the program with the
/// setting has chosen already.
#[cfg(target_os = "linux")]
pub fn choose() -> &'static str {
    if std::env::var_os(PLAIN).is_some() {
        return "as the surroundings say";
    }
    if has_card(Path::new("/dev/dri")) {
        return "by the graphics card";
    }
    glib::setenv(PLAIN, "1", false).map_or("as WebKit sees fit", |()| "by the processor")
}

/// The system's own engine knows.
#[cfg(not(target_os = "linux"))]
pub fn choose() -> &'static str {
    "as the system sees fit"
}

/// Whether there is a card that draws for this user.
#[cfg(target_os = "linux")]
fn has_card(nodes: &Path) -> bool {
    let draws = |node: fs::DirEntry| {
        node.file_name().to_string_lossy().starts_with("renderD") && OpenOptions::new().read(true).write(true).open(node.path()).is_ok()
    };
    fs::read_dir(nodes).is_ok_and(|nodes| nodes.flatten().any(draws))
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_one_that_draws_and_that_may_be_used() {
        let nodes = tempfile::tempdir().expect("a folder");
        assert!(!has_card(&nodes.path().join("none")), "a machine without cards has no folder for them");
        fs::write(nodes.path().join("card0"), "").expect("written");
        assert!(!has_card(nodes.path()), "one that only shows does not draw");
        fs::create_dir(nodes.path().join("renderD128")).expect("made");
        assert!(!has_card(nodes.path()), "one that cannot be opened for writing is of no use");
        fs::write(nodes.path().join("renderD129"), "").expect("written");
        assert!(has_card(nodes.path()));
    }
}
