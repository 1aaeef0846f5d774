//! The objects that an SSD detector finds.

use edgeconv_graph::Tensor;
use serde::{Deserialize, Serialize};

use crate::output::{OutputError, elements, softmax};

/// Left, top, right, bottom.
pub type Corners = [f32; 4];

/// What turns the raw outputs of an SSD detector into boxes; `MODEL.anchors.json` holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoxCoder {
    /// What the predicted centres are scaled by.
    pub center_variance: f32,
    /// What the logarithms of the predicted sides are scaled by.
    pub size_variance: f32,
    /// Boxes of one class that overlap by more (intersection over union) are one object.
    pub iou_threshold: f32,
    /// Boxes are kept if their probability is above this.
    pub score_threshold: f32,
    /// Most boxes per class.
    pub boxes_per_class: usize,
    /// Centre x, centre y, width, height of every anchor `[anchors, 4]`, relative to the picture.
    pub anchors: Vec<[f32; 4]>,
}

/// An object in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Detection {
    /// Index of the class; 0, the background, is never detected.
    pub class: usize,
    /// Softmax over all classes.
    pub score: f32,
    /// Left, top, right, bottom; in pixels, or relative to the picture.
    #[serde(rename = "box")]
    pub corners: Corners,
}

impl Detection {
    /// The same object in pixels of a picture of that size, cut at its borders.
    pub fn in_pixels(&self, width: u32, height: u32) -> Self {
        let sides = [width as f32, height as f32, width as f32, height as f32];
        Self { corners: std::array::from_fn(|i| (self.corners[i] * sides[i]).clamp(0.0, sides[i])), ..*self }
    }
}

/// The objects that `locations` `[1, anchors, 4]` and `confidences` `[1, anchors, classes]` (logits) tell of, relative to
/// the picture and not cut at its borders: class by class, within a class by falling score.
///
/// Per class, boxes whose probability is above the coder's threshold go through non-maximum suppression (SSD, Liu et al.
/// 2016, section 2.2).
///
/// # Errors
/// If a tensor has another shape or type, or elements that are not finite.
pub fn decode(locations: &Tensor, confidences: &Tensor, coder: &BoxCoder) -> Result<Vec<Detection>, OutputError> {
    let count = coder.anchors.len();
    let (_, offsets) = elements("locations", locations, format!("[1, {count}, 4]"), |shape| shape == [1, count, 4])?;
    let expected = format!("[1, {count}, classes]");
    let fits = |[batch, anchors, classes]: [usize; 3]| (batch, anchors) == (1, count) && classes > 1;
    let ([_, _, classes], logits) = elements("confidences", confidences, expected, fits)?;
    let (offsets, _) = offsets.as_chunks::<4>();
    let boxes: Vec<_> =
        coder.anchors.iter().zip(offsets).map(|(anchor, offset)| corners(anchor, offset, coder)).collect();
    let scores: Vec<_> = logits.chunks(classes).map(softmax).collect();
    let of_class = |class: usize| {
        let detection = |(scores, &corners): (&Vec<f32>, _)| Detection { class, score: scores[class], corners };
        let all = scores.iter().zip(&boxes).map(detection);
        suppress(all.filter(|detection| detection.score > coder.score_threshold).collect(), coder)
    };
    Ok((1..classes).flat_map(of_class).collect())
}

/// The box that these offsets make of an anchor in centre form.
fn corners(anchor: &[f32; 4], offset: &[f32; 4], coder: &BoxCoder) -> Corners {
    let centre = |axis: usize| offset[axis] * coder.center_variance * anchor[axis + 2] + anchor[axis];
    let half = |axis: usize| (offset[axis + 2] * coder.size_variance).exp() * anchor[axis + 2] / 2.0;
    [centre(0) - half(0), centre(1) - half(1), centre(0) + half(0), centre(1) + half(1)]
}

/// Non-maximum suppression: a box that overlaps one of a higher score by more than the threshold goes.
fn suppress(mut candidates: Vec<Detection>, coder: &BoxCoder) -> Vec<Detection> {
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Detection> = vec![];
    for candidate in candidates {
        if kept.len() == coder.boxes_per_class {
            break;
        }
        if kept.iter().all(|better| overlap(&better.corners, &candidate.corners) <= coder.iou_threshold) {
            kept.push(candidate);
        }
    }
    kept
}

/// Intersection over union.
fn overlap(a: &Corners, b: &Corners) -> f32 {
    let area = |[left, top, right, bottom]: [f32; 4]| (right - left).max(0.0) * (bottom - top).max(0.0);
    let intersection = area([a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]);
    let union = area(*a) + area(*b) - intersection;
    if union > 0.0 { intersection / union } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(anchors: Vec<[f32; 4]>) -> BoxCoder {
        BoxCoder {
            center_variance: 0.1,
            size_variance: 0.2,
            iou_threshold: 0.5,
            score_threshold: 0.05,
            boxes_per_class: 200,
            anchors,
        }
    }

    /// Detections for anchors, offsets, and the probabilities of classes 1 and 2 at each.
    fn detect(coder: &BoxCoder, offsets: &[[f32; 4]], probabilities: &[(f32, f32)]) -> Vec<Detection> {
        let logits = probabilities.iter().flat_map(|&(one, two)| [1.0 - one - two, one, two].map(f32::ln)).collect();
        let count = coder.anchors.len();
        let locations = Tensor::f32([1, count, 4], offsets.as_flattened().to_vec()).unwrap();
        decode(&locations, &Tensor::f32([1, count, 3], logits).unwrap(), coder).unwrap()
    }

    fn close(a: &[f32], b: &[f32]) -> bool {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6)
    }

    #[test]
    fn boxes_are_decoded_with_the_variances() {
        let coder = published(vec![[0.5, 0.4, 0.2, 0.1]]);
        let doubled = 2f32.ln() / 0.2;
        let found = detect(&coder, &[[5.0, -10.0, doubled, 0.0]], &[(0.6, 0.01)]);
        assert_eq!((found.len(), found[0].class), (1, 1));
        // Centre (0.5 + 5·0.1·0.2, 0.4 - 10·0.1·0.1) = (0.6, 0.3), sides (0.4, 0.1).
        assert!(close(&found[0].corners, &[0.4, 0.25, 0.8, 0.35]), "{found:?}");
        assert!((found[0].score - 0.6).abs() < 1e-6);
        let pixels = Detection { corners: [-0.1, 0.5, 0.5, 1.5], ..found[0] }.in_pixels(200, 100);
        assert_eq!(pixels.corners, [0.0, 50.0, 100.0, 100.0]);
    }

    #[test]
    fn overlapping_boxes_of_one_class_are_one_object() {
        // The second covers half of the first: an overlap of exactly 0.5 is not above the threshold. The third equals the
        // first.
        let anchors = vec![[0.25, 0.5, 0.5, 0.5], [0.125, 0.5, 0.25, 0.5], [0.25, 0.5, 0.5, 0.5]];
        let coder = published(anchors);
        let found = detect(&coder, &[[0.0; 4]; 3], &[(0.3, 0.06), (0.2, 0.01), (0.4, 0.5)]);
        let summary: Vec<_> = found.iter().map(|detection| (detection.class, detection.score)).collect();
        let expected = [(1, 0.4), (1, 0.2), (2, 0.5)];
        assert_eq!(found.len(), 3, "{summary:?}");
        for ((class, score), (expected_class, expected_score)) in summary.into_iter().zip(expected) {
            assert_eq!(class, expected_class);
            assert!((score - expected_score).abs() < 1e-6);
        }
        let strict = BoxCoder { iou_threshold: 0.49, ..coder };
        assert_eq!(detect(&strict, &[[0.0; 4]; 3], &[(0.3, 0.06), (0.2, 0.01), (0.4, 0.5)]).len(), 2);
    }

    #[test]
    fn a_suppressed_box_suppresses_nothing() {
        // In a row, each overlaps the next by 0.6 / 1.4 of their union: with a threshold of 0.4 the second goes, the third
        // stays.
        let coder =
            BoxCoder { iou_threshold: 0.4, ..published([0.3, 0.38, 0.46].map(|x| [x, 0.5, 0.2, 0.2]).to_vec()) };
        let found = detect(&coder, &[[0.0; 4]; 3], &[0.9, 0.8, 0.7].map(|probability| (probability, 1e-6)));
        let scores: Vec<_> = found.iter().map(|detection| (detection.score * 10.0).round()).collect();
        assert_eq!(scores, [9.0, 7.0]);
    }

    #[test]
    fn the_threshold_and_the_count_are_limits() {
        let apart: Vec<_> = (0..10).map(|i| [i as f32 * 0.1, 0.5, 0.05, 0.05]).collect();
        let coder = BoxCoder { boxes_per_class: 4, score_threshold: 0.25, ..published(apart) };
        let scores: Vec<_> = (0..10).map(|i| (0.1 + 0.05 * i as f32, 0.1)).collect();
        let found = detect(&coder, &[[0.0; 4]; 10], &scores);
        assert_eq!(found.len(), 4);
        assert!((found[0].score - 0.55).abs() < 1e-6 && (found[3].score - 0.4).abs() < 1e-6);
        // A probability that equals the threshold is not above it.
        let tied = BoxCoder { score_threshold: 0.5, ..published(vec![[0.5; 4]]) };
        let halves = Tensor::f32([1, 1, 2], vec![1.0, 1.0]).unwrap();
        let still = Tensor::f32([1, 1, 4], vec![0.0; 4]).unwrap();
        assert_eq!(decode(&still, &halves, &tied).unwrap(), []);
    }

    #[test]
    fn outputs_of_other_anchors_are_errors() {
        let coder = published(vec![[0.5; 4]; 2]);
        let locations = |count| Tensor::f32([1, count, 4], vec![0.0; count * 4]).unwrap();
        let error = decode(&locations(3), &Tensor::f32([1, 3, 2], vec![0.0; 6]).unwrap(), &coder).unwrap_err();
        assert!(error.to_string().starts_with("output `locations` is f32[1, 3, 4], expected [1, 2, 4]"), "{error}");
        let error = decode(&locations(2), &Tensor::f32([1, 2, 1], vec![0.0; 2]).unwrap(), &coder).unwrap_err();
        assert!(error.to_string().contains("expected [1, 2, classes]"), "{error}");
    }
}
