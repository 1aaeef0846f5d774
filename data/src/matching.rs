//! What each anchor of a detector is to find.
//!
//! Sources: `cvnets/misc/match_prior.py`, `cvnets/misc/box_utils.py`; SSD, Liu et al. 2016, section 2.2.

use edgeconv_vision::BoxCoder;
use edgeconv_zoo::ModelError;
use edgeconv_zoo::anchors::box_coder;
use edgeconv_zoo::options::SsdOptions;

use crate::sample::Object;

/// Added to the union of two boxes, so that it is never 0.
const EPSILON: f32 = 1e-5;
/// More than any intersection over union.
const FORCED: f32 = 2.0;

/// How objects are matched to anchors.
#[derive(Debug, Clone, PartialEq)]
pub struct Matching {
    /// Key `model.detection.ssd`: the anchors and their variances.
    pub ssd: SsdOptions,
    /// Key `model.detection.ssd.iou_threshold`: an anchor finds the object that it overlaps by this or more (intersection
    /// over union).
    pub iou_threshold: f64,
}

/// Matches objects to the anchors for one size of pictures.
#[derive(Debug, Clone, PartialEq)]
pub struct Matcher {
    coder: BoxCoder,
    iou_threshold: f32,
}

/// What the anchors are to find.
#[derive(Debug, Clone, PartialEq)]
pub struct Matched {
    /// Classes `[anchors]`, 0 where there is nothing.
    pub labels: Vec<i64>,
    /// Offsets `[anchors]` from the anchor to the object that it overlaps most, whatever its label; 0 without objects.
    pub offsets: Vec<[f32; 4]>,
}

impl Matcher {
    /// For pictures of this size (height, width).
    ///
    /// # Errors
    /// If there is no such detector.
    pub fn new(matching: &Matching, size: (usize, usize)) -> Result<Self, ModelError> {
        Ok(Self { coder: box_coder(&matching.ssd, size)?, iou_threshold: matching.iou_threshold as f32 })
    }

    /// What the anchors are to find of these objects, whose boxes are relative to the picture.
    pub fn matched(&self, objects: &[Object]) -> Matched {
        let best = self.best(objects);
        let label = |&(object, overlap): &(usize, f32)| match objects.get(object) {
            Some(object) if overlap >= self.iou_threshold => object.class as i64,
            _ => 0,
        };
        let offset =
            |(&(object, _), anchor)| objects.get(object).map_or([0.0; 4], |object| self.offsets(anchor, object));
        Matched {
            labels: best.iter().map(label).collect(),
            offsets: best.iter().zip(&self.coder.anchors).map(offset).collect(),
        }
    }

    /// For each anchor the object that it overlaps most, and by how much; of equals, the first. Each object has its best
    /// anchor in any case; if it is that of several objects, the last has it.
    fn best(&self, objects: &[Object]) -> Vec<(usize, f32)> {
        let mut best = vec![(0, f32::NEG_INFINITY); self.coder.anchors.len()];
        let mut best_anchors = vec![(0, f32::NEG_INFINITY); objects.len()];
        for (index, (anchor, best)) in self.coder.anchors.iter().zip(&mut best).enumerate() {
            let corners = corners(anchor);
            for (object, (found, of_object)) in objects.iter().zip(&mut best_anchors).enumerate() {
                let overlap = overlap(corners, found.corners);
                if overlap > best.1 {
                    *best = (object, overlap);
                }
                if overlap > of_object.1 {
                    *of_object = (index, overlap);
                }
            }
        }
        for (object, (anchor, _)) in best_anchors.into_iter().enumerate() {
            if let Some(best) = best.get_mut(anchor) {
                *best = (object, FORCED);
            }
        }
        best
    }

    /// What the detector has to give at this anchor for the box of the object.
    fn offsets(&self, anchor: &[f32; 4], object: &Object) -> [f32; 4] {
        let [left, top, right, bottom] = object.corners;
        let (centre, sides) = ([(left + right) / 2.0, (top + bottom) / 2.0], [right - left, bottom - top]);
        let shift = |axis: usize| (centre[axis] - anchor[axis]) / anchor[axis + 2] / self.coder.center_variance;
        let stretch = |axis: usize| (sides[axis] / anchor[axis + 2]).ln() / self.coder.size_variance;
        [shift(0), shift(1), stretch(0), stretch(1)]
    }
}

/// Centre x, centre y, width, height become left, top, right, bottom.
fn corners([x, y, width, height]: &[f32; 4]) -> [f32; 4] {
    let (half_width, half_height) = (width / 2.0, height / 2.0);
    [x - half_width, y - half_height, x + half_width, y + half_height]
}

/// Intersection over union.
fn overlap(a: [f32; 4], b: [f32; 4]) -> f32 {
    let area = |[left, top, right, bottom]: [f32; 4]| (right - left).max(0.0) * (bottom - top).max(0.0);
    let intersection = area([a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]);
    intersection / (area(a) + area(b) - intersection + EPSILON)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published() -> Matcher {
        let detection = edgeconv_zoo::find("ssd-edgeformer-s").unwrap().options().model.detection.unwrap();
        Matcher::new(&Matching { ssd: detection.ssd, iou_threshold: 0.5 }, (320, 320)).unwrap()
    }

    fn with_anchors(anchors: Vec<[f32; 4]>) -> Matcher {
        let published = published();
        Matcher { coder: BoxCoder { anchors, ..published.coder }, ..published }
    }

    fn object(class: usize, corners: [f32; 4]) -> Object {
        Object { class, corners }
    }

    #[test]
    fn numpy_matches_the_same() {
        // The same steps in single precision with NumPy 1.26, on the official anchors.
        let objects = [
            object(3, [0.1, 0.2, 0.45, 0.7]),
            object(17, [0.3, 0.25, 0.5, 0.75]),
            object(80, [0.9, 0.9, 0.93, 0.95]),
            object(1, [0.05, 0.05, 0.95, 0.9]),
        ];
        let matched = published().matched(&objects);
        let count = |class| matched.labels.iter().filter(|&&label| label == class).count();
        assert_eq!([3, 17, 80, 1].map(count), [9, 1, 1, 5]);
        let sum: usize =
            matched.labels.iter().enumerate().filter(|(_, label)| **label > 0).map(|(anchor, _)| anchor).sum();
        assert_eq!(sum, 47465);
        for (anchor, label, offsets) in [
            (0, 0, [47.5, 45.0, 10.98612, 10.70033]),
            (1234, 0, [0.0, -12.99038, 3.51728, 10.79372]),
            (3069, 3, [-0.84853, -0.84853, 0.8611, -0.82126]),
            (2264, 80, [2.82842, -0.00001, -7.75273, -1.73287]),
            (3228, 1, [0.0, -0.28037, 0.04651, -0.23928]),
            (3231, 1, [0.0, -0.25, 1.77938, -0.81259]),
        ] {
            assert_eq!(matched.labels[anchor], label, "anchor {anchor}");
            for (found, expected) in matched.offsets[anchor].iter().zip(offsets) {
                assert!(
                    (found - expected).abs() < 2e-5 * expected.abs().max(1.0),
                    "anchor {anchor}: {found}, {expected}"
                );
            }
        }
    }

    #[test]
    fn each_object_has_an_anchor() {
        // No anchor overlaps by half; the first is the best of both objects, and the last of these has it.
        let matcher = with_anchors(vec![[0.5, 0.5, 0.2, 0.2], [0.1, 0.1, 0.1, 0.1]]);
        let small = [0.45, 0.45, 0.5, 0.5];
        assert_eq!(matcher.matched(&[object(3, small), object(4, [0.5, 0.5, 0.55, 0.55])]).labels, [4, 0]);
        assert_eq!(matcher.matched(&[object(3, small)]).labels, [3, 0]);
    }

    #[test]
    fn offsets_are_what_the_decoder_undoes() {
        let anchor = [0.5, 0.4, 0.2, 0.1];
        let matched = with_anchors(vec![anchor]).matched(&[object(1, [0.4, 0.25, 0.8, 0.35])]);
        // As in the test of the decoder: 5, −10, ln 2 / 0.2, 0.
        let expected = [5.0, -10.0, 2f32.ln() / 0.2, 0.0];
        for (found, expected) in matched.offsets[0].iter().zip(expected) {
            assert!((found - expected).abs() < 1e-4, "{:?}", matched.offsets);
        }
    }

    #[test]
    fn without_objects_there_is_only_background() {
        let matched = published().matched(&[]);
        assert_eq!(matched.labels, [0; 3232]);
        assert_eq!(matched.offsets, [[0.0; 4]; 3232]);
    }
}
