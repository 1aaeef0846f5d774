//! Cross entropy of every pixel (`loss_fn/segmentation/cross_entropy.py`).

use tch::{TchError, Tensor};

use super::cross_entropy;

/// Mean cross entropy of `logits` `[N, classes, h, w]` and the classes `masks` `[N, H, W]`, of which those that are `ignored`
/// don't count. Logits of another size are resized by nearest neighbours. `auxiliary` are the logits of an auxiliary head and
/// the weight of their loss; the mean of both losses is taken then. Not a number if no pixel counts.
///
/// # Errors
/// If a mask has a class that the network does not have.
pub fn segmentation(
    logits: &Tensor,
    masks: &Tensor,
    auxiliary: Option<(&Tensor, f64)>,
    weights: Option<&Tensor>,
    ignored: i64,
) -> Result<Tensor, TchError> {
    let loss = |logits: &Tensor| cross_entropy(&resized(logits, masks)?, masks, weights, ignored);
    match auxiliary {
        None => loss(logits),
        Some((auxiliary, weight)) => Ok((loss(logits)? + loss(auxiliary)? * weight) * 0.5),
    }
}

/// Logits in the size of the masks.
fn resized(logits: &Tensor, masks: &Tensor) -> Result<Tensor, TchError> {
    match (logits.size().as_slice(), masks.size().as_slice()) {
        ([_, _, h, w], [_, height, width]) if (h, w) != (height, width) => {
            logits.f_upsample_nearest2d([*height, *width], None, None)
        }
        _ => Ok(logits.shallow_clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Logits `[1, 2, 1, 2]` and a mask `[1, 2, 4]` in which two pixels don't count.
    fn example() -> (Tensor, Tensor) {
        let logits = Tensor::from_slice(&[1.0f32, -1.0, 0.0, 2.0]).view([1, 2, 1, 2]);
        let masks = Tensor::from_slice(&[0i64, 1, 1, 1, 0, 255, 255, 0]).view([1, 2, 4]);
        (logits, masks)
    }

    #[test]
    fn logits_are_resized_to_the_masks() {
        let (logits, masks) = example();
        let loss = segmentation(&logits, &masks, None, None, 255).unwrap().double_value(&[]);
        // From the definition in NumPy, float64.
        assert!((loss - 0.847_591_2).abs() < 1e-6, "{loss}");
    }

    #[test]
    fn an_auxiliary_head_counts_with_its_weight() {
        let (logits, masks) = example();
        let auxiliary = logits.neg();
        let loss = segmentation(&logits, &masks, Some((&auxiliary, 0.4)), None, 255).unwrap().double_value(&[]);
        assert!((loss - 0.726_647_2).abs() < 1e-6, "{loss}");
    }

    #[test]
    fn a_class_that_the_network_lacks_is_an_error() {
        let (logits, masks) = example();
        assert!(segmentation(&logits, &(masks + 1), None, None, 255).is_err());
    }
}
