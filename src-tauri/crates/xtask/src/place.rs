//! Where things lie: the repository, its window, the build folder.
use std::env;
use std::path::{Path, PathBuf};

/// The root of the repository, from where this crate was compiled.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3).expect("the crate lies three folders below the root").to_path_buf()
}

/// The folder of the window's own sources.
pub fn ui() -> PathBuf {
    root().join("ui")
}

/// Cargo's build folder: `CARGO_TARGET_DIR`, else `target` in the root.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// A program of this workspace, as cargo built it under a profile.
pub fn built(name: &str, profile: &str) -> PathBuf {
    target().join(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX))
}
