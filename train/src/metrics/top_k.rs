//! Accuracy of classification (`metrics/topk_accuracy.py`).

use itertools::Itertools;

/// Part, in %, of the pictures whose class is among the `k` largest of their `logits` `[N, classes]`; `targets` `[N]` are classes.
/// Of equal logits the one of the lower class counts as larger. A class that the network does not have, or whose logit is not a
/// number, is never among them. Not a number without pictures.
pub fn top_k(logits: &[f32], classes: usize, targets: &[i64], k: usize) -> f64 {
    let rows = logits.chunks_exact(classes.max(1)).zip_eq(targets);
    let found = rows.filter(|(row, target)| rank(row, **target).is_some_and(|rank| rank < k)).count();
    100.0 * found as f64 / targets.len() as f64
}

/// How many logits are larger than that of a class.
fn rank(logits: &[f32], class: i64) -> Option<usize> {
    let class = usize::try_from(class).ok()?;
    let own = *logits.get(class).filter(|logit| !logit.is_nan())?;
    let is_larger = |(other, logit): (usize, &f32)| logit.is_nan() || *logit > own || (*logit == own && other < class);
    Some(logits.iter().enumerate().filter(|item| is_larger(*item)).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_counts_if_it_is_among_the_largest() {
        let logits = [0.1, 0.9, 0.5, 0.7, 0.2, 0.1, 0.3, 0.3, 0.0];
        let of = |targets: [i64; 3], k| top_k(&logits, 3, &targets, k);
        assert_eq!(of([1, 0, 0], 1), 100.0);
        assert_eq!(of([2, 1, 2], 1), 0.0);
        assert_eq!(of([2, 1, 2], 2), 200.0 / 3.0);
        assert_eq!(of([2, 1, 2], 5), 100.0);
    }

    #[test]
    fn equal_logits_and_no_numbers_find_nothing_by_luck() {
        assert_eq!(top_k(&[0.0; 4], 4, &[3], 1), 0.0);
        assert_eq!(top_k(&[f32::NAN; 4], 4, &[0], 1), 0.0);
        assert_eq!(top_k(&[f32::NAN, 1.0], 2, &[1], 1), 0.0);
        assert_eq!(top_k(&[0.0, 1.0, 0.0, 1.0], 2, &[2, -1], 5), 0.0);
        assert!(top_k(&[], 4, &[], 1).is_nan());
    }
}
