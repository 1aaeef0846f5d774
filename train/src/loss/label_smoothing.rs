//! Cross entropy with smoothed labels (Szegedy et al. 2016, section 7; `loss_fn/classification/label_smoothing.py`).

use tch::{Reduction, TchError, Tensor};

/// Cross entropy of `logits` `[N, classes]` and targets of which a part `smoothing` is spread evenly over all classes; `targets`
/// `[N]` are classes. The sum is divided by `N`, also if some targets are `ignored`.
///
/// # Errors
/// If a target is not a class of the network.
pub fn label_smoothing(logits: &Tensor, targets: &Tensor, smoothing: f64, ignored: i64) -> Result<Tensor, TchError> {
    let sum = logits.f_cross_entropy_loss(targets, None::<Tensor>, Reduction::Sum, ignored, smoothing)?;
    Ok(sum / targets.numel().max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignored_targets_count_in_the_size_of_the_batch() {
        let logits = Tensor::from_slice(&[1.0f32, 2.0, 3.0, 0.5, -1.0, 0.0, 4.0, 0.0, 1.0]).view([3, 3]);
        let targets = Tensor::from_slice(&[0i64, 0, 2]);
        let loss = |ignored| label_smoothing(&logits, &targets, 0.1, ignored).unwrap().double_value(&[]);
        // From the definition in NumPy, float64.
        assert!((loss(-1) - 1.992_540_2).abs() < 1e-6);
        assert!((loss(2) - 0.992_801_1).abs() < 1e-6);
    }
}
