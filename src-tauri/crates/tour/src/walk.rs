//! The walk: every step in order, with the pointer and again with the keyboard alone, a picture of each; it goes on after a step
//! that failed.
use crate::hand::Hand;
use crate::report::{self, Outcome, Read};
use crate::steps::{STEPS, Tour};
use anyhow::{Result, ensure};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Instant;

/// Walks all steps twice; fails if one did.
pub fn walk(tour: &Tour, out: &Path) -> Result<()> {
    let pointer = pass(tour, Hand::Pointer, out)?;
    let keyboard = pass(tour, Hand::Keyboard, &out.join("keyboard"))?;
    report::write(&out.join("tour.json"), &pointer, &keyboard)?;
    let total = pointer.len() + keyboard.len();
    let held = pointer.iter().chain(&keyboard).filter(|outcome| outcome.failure.is_none()).count();
    println!("{held} of {total} steps hold; pictures and tour.json are in {}", out.display());
    ensure!(held == total, "{} of {total} steps failed", total - held);
    Ok(())
}

fn pass(tour: &Tour, hand: Hand, out: &Path) -> Result<Vec<Outcome>> {
    fs::create_dir_all(out)?;
    tour.hand.set(hand);
    println!("With the {}:", hand.word());
    let mut outcomes = Vec::new();
    for (at, (name, short, step)) in STEPS.iter().enumerate() {
        let number = at + 1;
        let begun = Instant::now();
        let mut read = Read::default();
        tour.pictures.replace((out.to_owned(), format!("{number:02}-{short}")));
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
        outcomes.push(Outcome { step: number, name, by: hand.word(), failure, read });
    }
    Ok(outcomes)
}
