//! `data NAME --out DIR`: makes a data set. `cargo xtask data` calls it.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use data::Set;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where nothing can be written there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "data: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[allow(clippy::disallowed_methods)] // a data set ends today
fn run(words: &[String]) -> Result<()> {
    let [name, out, folder] = words else { bail!("it wants: NAME --out DIR") };
    if out != "--out" {
        bail!("`data` does not know {out}");
    }
    let set = Set::named(name).with_context(|| format!("there is no data set {name:?}; there are year, career, ten"))?;
    let mut last = 0;
    let about = data::make(set, &PathBuf::from(folder), chrono::Utc::now(), |hundredths| {
        if hundredths >= last + 10 {
            last = hundredths;
            let _ = writeln!(std::io::stdout(), "{hundredths} %");
        }
    })?;
    writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&about)?)?;
    Ok(())
}
