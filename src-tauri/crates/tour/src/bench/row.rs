//! One row of the table: how our figures stand to those of the floor that were taken in the same round.
use serde_json::{Value, json};

/// What was measured, a pair a round: ours, the floor's.
pub struct Measured {
    /// The operation's number in the list.
    pub n: &'static str,
    pub name: String,
    pub unit: &'static str,
    pub pairs: Vec<(f64, f64)>,
    pub target: f64,
    /// What does not wobble.
    pub counts: Value,
}

impl Measured {
    /// The ratio is the middle of the rounds' ratios, its spread the middle half of them.
    pub fn row(self) -> Value {
        let ratios = sorted(self.pairs.iter().map(|(ours, floor)| ours / floor));
        let figure = |pick: fn(&(f64, f64)) -> f64| {
            let all = sorted(self.pairs.iter().map(pick));
            json!({ "median": round(at(&all, 0.5)), "spread": [round(at(&all, 0.25)), round(at(&all, 0.75))], "unit": self.unit })
        };
        json!({
            "n": self.n, "name": self.name, "ratio": round(at(&ratios, 0.5)), "spread": [round(at(&ratios, 0.25)), round(at(&ratios, 0.75))],
            "target": self.target, "rounds": self.pairs.len(), "counts": self.counts,
            "ours": figure(|pair| pair.0), "floor": figure(|pair| pair.1),
        })
    }
}

/// In order.
pub fn sorted(all: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut all: Vec<f64> = all.collect();
    all.sort_by(f64::total_cmp);
    all
}

/// What so large a share lies below; of an empty list, nothing.
pub fn at(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * share).round() as usize).copied().unwrap_or(f64::NAN)
}

/// To a thousandth.
pub fn round(figure: f64) -> f64 {
    (figure * 1e3).round() / 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ratio_is_of_the_rounds_and_not_of_the_medians() {
        let pairs = vec![(2.0, 1.0), (30.0, 10.0), (4.0, 4.0)];
        let row = Measured { n: "1", name: "a".into(), unit: "ms", pairs, target: 1.5, counts: Value::Null }.row();
        assert_eq!(row["ratio"], json!(2.0));
        assert_eq!(row["ours"]["median"], json!(4.0));
        assert_eq!(row["floor"]["median"], json!(4.0));
    }

    #[test]
    fn a_share_is_of_the_rounds_there_are() {
        let all = sorted([3.0, 1.0, 2.0].into_iter());
        assert_eq!((at(&all, 0.0), at(&all, 0.5), at(&all, 1.0)), (1.0, 2.0, 3.0));
        assert!(at(&[], 0.5).is_nan());
    }
}
