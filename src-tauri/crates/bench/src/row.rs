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
    /// Milliseconds at the middle: ours, and the floor.
    pub ms: [f64; 2],
    /// What does not wobble, and tails.
    pub counts: BTreeMap<String, f64>,
}

impl Row {
    pub fn new(n: &str, name: &str, target: f64, rounds: &[(f64, f64)]) -> Self {
        let mut ratios: Vec<f64> = rounds.iter().map(|(ours, floor)| ours / floor).collect();
        ratios.sort_by(f64::total_cmp);
        let middle = |mut of: Vec<f64>| {
            of.sort_by(f64::total_cmp);
            at(&of, 0.5)
        };
        Self {
            n: n.to_owned(),
            name: name.to_owned(),
            ratio: at(&ratios, 0.5),
            spread: [at(&ratios, 0.0), at(&ratios, 1.0)],
            target,
            ms: [middle(rounds.iter().map(|round| round.0).collect()), middle(rounds.iter().map(|round| round.1).collect())],
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

pub fn print(rows: &[Row]) {
    let widest = rows.iter().map(|row| row.name.chars().count()).max().unwrap_or_default();
    println!("{:<8} {:widest$}  {:>7}  {:>15}  {:>6}  {:>10} {:>10}", "n", "", "ratio", "lowest-highest", "target", "ours ms", "floor ms");
    for row in rows {
        let spread = format!("{:.2}-{:.2}", row.spread[0], row.spread[1]);
        let mark = if row.ratio <= row.target { "" } else { "  above the target" };
        println!(
            "{:<8} {:widest$}  {:>7.2}  {spread:>15}  {:>6}  {:>10.3} {:>10.3}{mark}",
            row.n, row.name, row.ratio, row.target, row.ms[0], row.ms[1]
        );
        let counts: Vec<String> = row.counts.iter().map(|(name, value)| format!("{name} {}", (value * 1000.0).round() / 1000.0)).collect();
        if !counts.is_empty() {
            println!("{:<8} {}", "", counts.join(", "));
        }
    }
}
