//! Cross entropy (`loss_fn/classification/cross_entropy.py`).

use tch::{Reduction, TchError, Tensor};

/// Mean cross entropy of `logits` `[N, classes]` and the classes `targets` `[N]`, of which those that are `ignored` don't count;
/// or of `[N, classes, H, W]` and `[N, H, W]`. `weights` `[classes]` weight the mean. Not a number if nothing counts.
///
/// # Errors
/// If a target is not a class of the network.
pub fn cross_entropy(
    logits: &Tensor,
    targets: &Tensor,
    weights: Option<&Tensor>,
    ignored: i64,
) -> Result<Tensor, TchError> {
    logits.f_cross_entropy_loss(targets, weights, Reduction::Mean, ignored, 0.0)
}

#[cfg(test)]
mod tests {
    use super::super::class_weights;
    use super::*;

    #[test]
    fn classes_are_weighted_and_ignored() {
        let logits = Tensor::from_slice(&[1.0f32, 2.0, 3.0, 0.5, -1.0, 0.0, 4.0, 0.0, 1.0]).view([3, 3]);
        let targets = Tensor::from_slice(&[1i64, 0, 2]);
        let loss = |weights: Option<&Tensor>, ignored| {
            cross_entropy(&logits, &targets, weights, ignored).unwrap().double_value(&[])
        };
        // From the definition in NumPy, float64.
        assert!((loss(None, -1) - 1.692_540_2).abs() < 1e-6);
        assert!((loss(None, 2) - 1.005_868_3).abs() < 1e-6);
        let weights = class_weights(&Tensor::from_slice(&[1i64, 1, 0, 2]), 3).unwrap();
        assert!((loss(Some(&weights), -1) - 1.731_577_0).abs() < 1e-6);
    }

    #[test]
    fn a_class_that_the_network_lacks_is_an_error() {
        let logits = Tensor::from_slice(&[1.0f32, 2.0]).view([1, 2]);
        assert!(cross_entropy(&logits, &Tensor::from_slice(&[2i64]), None, -1).is_err());
    }
}
