//! TextRank: a sentence matters as much as the sentences that share its words. Deterministic by construction:
//! a fixed number of rounds, sums in one order.

/// Enough for the order to settle at this damping (0.85^30 < 1 %); a test of convergence would make the result
/// depend on rounding.
const ROUNDS: usize = 30;
const DAMPING: f64 = 0.85;

/// The rank of each sentence, 1 being the average. `stems` are sorted and without repetition; `trust` is where
/// a reader would start, here the newer notes. The work is quadratic: callers bound the number of sentences.
pub(super) fn rank(stems: &[&[u32]], trust: &[f64]) -> Vec<f64> {
    let n = stems.len();
    let total: f64 = trust.iter().sum();
    if n == 0 || total <= 0.0 {
        return vec![1.0; n];
    }
    let mut links = vec![0.0; n * n];
    let mut out = vec![0.0; n];
    for a in 0..n {
        for b in a + 1..n {
            let strength = similarity(stems[a], stems[b]);
            links[a * n + b] = strength;
            links[b * n + a] = strength;
            out[a] += strength;
            out[b] += strength;
        }
    }
    let mut rank = vec![1.0; n];
    for _ in 0..ROUNDS {
        let mut next: Vec<f64> = trust.iter().map(|t| (1.0 - DAMPING) * t / total * n as f64).collect();
        for from in (0..n).filter(|&from| out[from] > 0.0) {
            let share = DAMPING * rank[from] / out[from];
            for (to, value) in next.iter_mut().enumerate() {
                *value += share * links[from * n + to];
            }
        }
        rank = next;
    }
    rank
}

/// Mihalcea and Tarau's measure: shared words, tempered by length.
fn similarity(a: &[u32], b: &[u32]) -> f64 {
    let shared = shared(a, b);
    if shared == 0 {
        return 0.0;
    }
    shared as f64 / ((a.len() as f64 + 1.0).ln() + (b.len() as f64 + 1.0).ln())
}

/// How many stems two sorted lists share.
pub(super) fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut at, mut bt, mut count) = (0, 0, 0);
    while at < a.len() && bt < b.len() {
        match a[at].cmp(&b[bt]) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => bt += 1,
            std::cmp::Ordering::Equal => {
                at += 1;
                bt += 1;
                count += 1;
            }
        }
    }
    count
}

/// How alike two sentences are, 0 to 1 (Jaccard).
pub(super) fn likeness(a: &[u32], b: &[u32]) -> f64 {
    let common = shared(a, b);
    let all = a.len() + b.len() - common;
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_that_shares_most_ranks_highest() {
        let stems: [&[u32]; 4] = [&[1, 2, 3], &[1, 2], &[3, 4], &[9]];
        let ranks = rank(&stems, &[1.0; 4]);
        assert!(ranks[0] > ranks[1] && ranks[0] > ranks[2] && ranks[3] < ranks[2]);
    }

    #[test]
    fn likeness_is_one_for_equal_and_nothing_for_strangers() {
        assert_eq!(likeness(&[1, 2], &[1, 2]), 1.0);
        assert_eq!(likeness(&[1], &[2]), 0.0);
        assert_eq!(likeness(&[], &[]), 0.0);
    }
}
