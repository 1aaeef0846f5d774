//! Weights that make rare classes count more.

use tch::{Kind, TchError, Tensor};

/// The weight of each class `[classes]` by the part of a batch's `targets` (integers of any shape) that it makes up:
/// `1 / ln(part + 1.1)`, 0 if there is none. Targets that belong to no class make up no part. (ENet, Paszke et al. 2016, section 5.1,
/// with 1.1 for its 1.02.)
///
/// # Errors
/// If `targets` are not integers.
pub fn class_weights(targets: &Tensor, classes: i64) -> Result<Tensor, TchError> {
    let is_class = targets.ge(0).logical_and(&targets.lt(classes));
    let counts = targets.f_masked_select(&is_class)?.f_bincount(None::<Tensor>, classes)?.to_kind(Kind::Float);
    let parts = &counts / counts.sum(Kind::Float).clamp_min(1.0);
    Ok((parts + 1.1).log().reciprocal() * counts.gt(0))
}

#[cfg(test)]
mod tests {
    use itertools::Itertools;

    use super::*;

    #[test]
    fn rare_classes_count_more_and_absent_ones_not_at_all() {
        let targets = Tensor::from_slice(&[0i64, 0, 0, 2, 255, -1]).view([2, 3]);
        let weights: Vec<f32> = class_weights(&targets, 4).unwrap().try_into().unwrap();
        // 1/ln(0.75 + 1.1) and 1/ln(0.25 + 1.1), computed with NumPy.
        let expected = [1.625_525_6, 0.0, 3.332_171_6, 0.0];
        assert!(
            weights.iter().zip_eq(expected).all(|(weight, expected): (&f32, f32)| (weight - expected).abs() < 1e-5),
            "{weights:?}"
        );
    }

    #[test]
    fn a_batch_without_classes_has_no_weights() {
        let weights = class_weights(&Tensor::from_slice(&[255i64]), 2).unwrap();
        assert_eq!(Vec::<f32>::try_from(weights).unwrap(), [0.0, 0.0]);
    }
}
