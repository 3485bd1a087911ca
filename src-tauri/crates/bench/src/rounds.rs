//! Rounds: ours and the floor one after the other, the order changing, so that neither always comes second.

use anyhow::Result;

/// Runs both so many times, after one that does not count; milliseconds of each round.
pub fn rounds(times: usize, mut ours: impl FnMut() -> Result<f64>, mut floor: impl FnMut() -> Result<f64>) -> Result<Vec<(f64, f64)>> {
    let mut all = Vec::with_capacity(times);
    for round in 0..=times {
        let pair = if round % 2 == 0 {
            let ours = ours()?;
            (ours, floor()?)
        } else {
            let floor = floor()?;
            (ours()?, floor)
        };
        if round > 0 {
            all.push(pair);
        }
    }
    Ok(all)
}
