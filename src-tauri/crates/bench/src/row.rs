//! What is told of an operation.

use std::collections::BTreeMap;

use serde::Serialize;

/// One operation, measured.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Its number in the table of targets, and what of it.
    pub n: String,
    /// What it is.
    pub name: String,
    /// How many times the floor, at the middle of the rounds.
    pub ratio: f64,
    /// The lowest and highest ratio of a round.
    pub spread: [f64; 2],
    /// The most that is wanted.
    pub target: f64,
    /// At the middle.
    pub ours: Figure,
    /// At the middle.
    pub floor: Figure,
    /// What does not wobble, and tails.
    pub counts: BTreeMap<String, f64>,
}

/// A figure and what it is of.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    pub median: f64,
    pub unit: &'static str,
}

impl Row {
    pub fn new(n: &str, name: &str, target: f64, rounds: &[(f64, f64)]) -> Self {
        let mut ratios: Vec<f64> = rounds.iter().map(|(ours, floor)| ours / floor).collect();
        ratios.sort_by(f64::total_cmp);
        let middle = |mut of: Vec<f64>| {
            of.sort_by(f64::total_cmp);
            Figure { median: at(&of, 0.5), unit: "ms" }
        };
        Self {
            n: n.to_owned(),
            name: name.to_owned(),
            ratio: at(&ratios, 0.5),
            spread: [at(&ratios, 0.0), at(&ratios, 1.0)],
            target,
            ours: middle(rounds.iter().map(|round| round.0).collect()),
            floor: middle(rounds.iter().map(|round| round.1).collect()),
            counts: BTreeMap::new(),
        }
    }

    pub fn with(mut self, name: &str, value: f64) -> Self {
        self.counts.insert(name.to_owned(), value);
        self
    }
}

/// The value so far up an ordered list.
pub fn at(ordered: &[f64], part: f64) -> f64 {
    let last = ordered.len().saturating_sub(1);
    ordered.get((part * last as f64).round() as usize).copied().unwrap_or(f64::NAN)
}
