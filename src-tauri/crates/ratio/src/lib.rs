//! One row of the table of speed: how our figures stand to those of the floor that were taken in the same round.

use serde::Serialize;
use serde_json::{Map, Value};

/// One operation, measured.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Its number in the table of targets, and what of it.
    pub n: String,
    /// What it is.
    pub name: String,
    /// How many times the floor, at the middle of the rounds' ratios.
    pub ratio: f64,
    /// Between which the middle half of the rounds' ratios lies.
    pub spread: [f64; 2],
    /// The most that is wanted.
    pub target: f64,
    /// How many rounds.
    pub rounds: usize,
    /// At the middle of the rounds.
    pub ours: Figure,
    /// At the middle of the rounds.
    pub floor: Figure,
    /// What does not wobble, and tails.
    pub counts: Map<String, Value>,
}

/// A figure and what it is of.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// The middle of the rounds.
    pub median: f64,
    /// Between which the middle half lies.
    pub spread: [f64; 2],
    /// Such as `ms`.
    pub unit: &'static str,
}

impl Row {
    /// From a pair a round: ours, the floor's.
    #[must_use]
    pub fn new(n: &str, name: &str, unit: &'static str, target: f64, pairs: &[(f64, f64)]) -> Self {
        let ratios = sorted(pairs.iter().map(|(ours, floor)| ours / floor));
        let figure = |pick: fn(&(f64, f64)) -> f64| {
            let all = sorted(pairs.iter().map(pick));
            Figure { median: round(at(&all, 0.5)), spread: middle_half(&all), unit }
        };
        Self {
            n: n.to_owned(),
            name: name.to_owned(),
            ratio: round(at(&ratios, 0.5)),
            spread: middle_half(&ratios),
            target,
            rounds: pairs.len(),
            ours: figure(|pair| pair.0),
            floor: figure(|pair| pair.1),
            counts: Map::new(),
        }
    }

    /// With one more count.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.counts.insert(name.to_owned(), value.into());
        self
    }
}

impl From<Row> for Value {
    fn from(row: Row) -> Self {
        serde_json::to_value(row).expect("a row is plain data")
    }
}

/// In order.
pub fn sorted(all: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut all: Vec<f64> = all.into_iter().collect();
    all.sort_by(f64::total_cmp);
    all
}

/// What so large a share of an ordered list lies below; of an empty one, nothing.
#[must_use]
pub fn at(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * share).round() as usize).copied().unwrap_or(f64::NAN)
}

/// To a thousandth.
#[must_use]
pub fn round(figure: f64) -> f64 {
    (figure * 1e3).round() / 1e3
}

fn middle_half(sorted: &[f64]) -> [f64; 2] {
    [round(at(sorted, 0.25)), round(at(sorted, 0.75))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ratio_is_of_the_rounds_and_not_of_the_medians() {
        let row = Row::new("1", "a", "ms", 1.5, &[(2.0, 1.0), (30.0, 10.0), (4.0, 4.0)]);
        assert_eq!((row.ratio, row.ours.median, row.floor.median), (2.0, 4.0, 4.0));
    }

    #[test]
    fn a_share_is_of_the_rounds_there_are() {
        let all = sorted([3.0, 1.0, 2.0]);
        assert_eq!((at(&all, 0.0), at(&all, 0.5), at(&all, 1.0)), (1.0, 2.0, 3.0));
        assert!(at(&[], 0.5).is_nan());
    }
}
