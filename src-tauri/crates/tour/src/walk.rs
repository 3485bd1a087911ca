//! The walk: every step in order, a picture of each, going on after one that failed.
use crate::report::{self, Outcome, Read};
use crate::steps::{STEPS, Tour};
use anyhow::{Result, ensure};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Instant;

/// Walks all steps; fails if one did.
pub fn walk(tour: &Tour, out: &Path) -> Result<()> {
    let mut outcomes = Vec::new();
    for (at, (name, short, step)) in STEPS.iter().enumerate() {
        let number = at + 1;
        let begun = Instant::now();
        let mut read = Read::default();
        let walked = catch_unwind(AssertUnwindSafe(|| tour.at_rest().and_then(|()| step(tour, &mut read))));
        let mut failure = match walked {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(format!("{error:#}")),
            Err(_) => Some("the step broke off; see the output above".to_owned()),
        };
        if let Err(error) = tour.window.screenshot(&out.join(format!("{number:02}-{short}.png"))) {
            failure.get_or_insert(format!("no picture: {error:#}"));
        }
        let seconds = begun.elapsed().as_secs_f64();
        println!("{number:>2}. {name}: {} ({seconds:.1} s)", failure.as_ref().map_or("holds".to_owned(), |why| format!("FAILED: {why}")));
        outcomes.push(Outcome { step: number, name, failure, read });
    }
    let (held, total) = report::write(&out.join("tour.json"), outcomes)?;
    println!("{held} of {total} steps hold; pictures and tour.json are in {}", out.display());
    ensure!(held == total, "{} of {total} steps failed", total - held);
    Ok(())
}
