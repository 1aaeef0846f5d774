//! The loss of SSD (Liu et al. 2016, section 2.2; `loss_fn/detection/ssd_multibox_loss.py`).

use tch::{Kind, Reduction, TchError, Tensor, no_grad};

/// Stands for an anchor that does not count.
const IGNORED: i64 = -100;

/// Cross entropy of the classes of anchors plus smooth L1 loss of the offsets of those with an object, both summed over the batch
/// and divided by the number of anchors with an object.
///
/// `confidences` are logits `[N, anchors, classes]`, `locations` and `offsets` are `[N, anchors, 4]`, `labels` are classes
/// `[N, anchors]`, 0 for the background. Of a picture's anchors without object the `ratio` × (anchors with object) count that
/// are taken for background the least. A batch without any object has the loss 0; the official program divides by 0.
///
/// # Errors
/// If shapes don't fit, or if a label is not a class of the network.
pub fn multibox(
    confidences: &Tensor,
    locations: &Tensor,
    labels: &Tensor,
    offsets: &Tensor,
    ratio: usize,
) -> Result<Tensor, TchError> {
    let positive = labels.gt(0);
    let log_probabilities = confidences.f_log_softmax(-1, Kind::Float)?;
    let counting = no_grad(|| counting(&log_probabilities, &positive, ratio))?;
    let labels = labels.f_masked_fill(&counting.logical_not(), IGNORED)?;
    let classification =
        log_probabilities.flatten(0, 1).f_nll_loss(&labels.flatten(0, 1), None::<Tensor>, Reduction::Sum, IGNORED)?;
    // Selected, not multiplied by 0: offsets to nowhere may be infinite.
    let of_objects = |boxes: &Tensor| boxes.f_masked_select(&positive.unsqueeze(-1));
    let localization = of_objects(locations)?.f_smooth_l1_loss(&of_objects(offsets)?, Reduction::Sum, 1.0)?;
    let objects = positive.sum(Kind::Float).clamp_min(1.0);
    Ok((classification + localization) / objects)
}

/// Which anchors count `[N, anchors]`: those with an object, and the worst of the others (hard negative mining).
fn counting(log_probabilities: &Tensor, positive: &Tensor, ratio: usize) -> Result<Tensor, TchError> {
    let background_loss = log_probabilities.f_select(-1, 0)?.neg().f_masked_fill(positive, f64::NEG_INFINITY)?;
    let (_, order) = background_loss.sort(1, true);
    let (_, rank) = order.sort(1, false);
    let negatives = positive.sum_dim_intlist(1, true, Kind::Int64) * ratio as i64;
    positive.f_logical_or(&rank.f_lt_tensor(&negatives)?)
}

#[cfg(test)]
mod tests {
    use tch::Device;

    use super::*;

    /// Numbers that look random, from −2 to 2.
    fn numbers(shape: &[i64], seed: i64) -> Tensor {
        let count = shape.iter().product::<i64>();
        ((Tensor::arange(count, (Kind::Int64, Device::Cpu)) * 37 + seed * 11).remainder(101).to_kind(Kind::Float)
            / 25.25
            - 2.0)
            .reshape(shape)
    }

    /// Two pictures with six anchors, of which two and one have an object, and three classes.
    fn labels() -> Tensor {
        Tensor::from_slice(&[0i64, 2, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0]).view([2, 6])
    }

    fn loss(confidences: &Tensor, locations: &Tensor, labels: &Tensor, ratio: usize) -> f64 {
        multibox(confidences, locations, labels, &numbers(&[2, 6, 4], 3), ratio).unwrap().double_value(&[])
    }

    #[test]
    fn the_worst_negatives_count() {
        let (confidences, locations) = (numbers(&[2, 6, 3], 1), numbers(&[2, 6, 4], 2));
        // From the definition in NumPy, float64; with ratio 3 all negatives of the first picture count.
        for (ratio, expected) in [(0, 1.124_940_9), (1, 3.824_106_5), (2, 6.041_485_7), (3, 6.158_966_0)] {
            let loss = loss(&confidences, &locations, &labels(), ratio);
            assert!((loss - expected).abs() < 1e-5, "{ratio}: {loss}");
        }
    }

    #[test]
    fn gradients_reach_what_counts() {
        let confidences = numbers(&[2, 6, 3], 1).set_requires_grad(true);
        let locations = numbers(&[2, 6, 4], 2).set_requires_grad(true);
        let offsets = numbers(&[2, 6, 4], 3).where_self(&labels().gt(0).unsqueeze(-1), &Tensor::from(f32::INFINITY));
        multibox(&confidences, &locations, &labels(), &offsets, 1).unwrap().backward();
        let reached = |tensor: &Tensor| {
            let sums = tensor.grad().abs().sum_dim_intlist(-1, false, Kind::Float);
            (sums.gt(0).sum(Kind::Int64).int64_value(&[]), sums.isfinite().all().int64_value(&[]))
        };
        assert_eq!((reached(&confidences), reached(&locations)), ((6, 1), (3, 1)));
    }

    #[test]
    fn pictures_without_objects_have_no_loss() {
        let confidences = numbers(&[2, 6, 3], 1).set_requires_grad(true);
        let locations = numbers(&[2, 6, 4], 2).set_requires_grad(true);
        let loss = multibox(&confidences, &locations, &labels().zeros_like(), &numbers(&[2, 6, 4], 3), 3).unwrap();
        loss.backward();
        let gradient = confidences.grad().abs().sum(Kind::Float) + locations.grad().abs().sum(Kind::Float);
        assert_eq!((loss.double_value(&[]), gradient.double_value(&[])), (0.0, 0.0));
    }

    #[test]
    fn a_class_that_the_network_lacks_is_an_error() {
        let result =
            multibox(&numbers(&[2, 6, 3], 1), &numbers(&[2, 6, 4], 2), &(labels() + 3), &numbers(&[2, 6, 4], 3), 3);
        assert!(result.is_err());
    }
}
