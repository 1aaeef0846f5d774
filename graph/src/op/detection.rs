use super::{Attribute, OpError, Operator, Work, expect_inputs, op_error};
use edgeconv_tensor::{DType, Tensor, TensorType};

/// ONNX `NonMaxSuppression` of boxes `[N, boxes, 4]` (two opposite corners) with scores `[N, classes, boxes]`, in as many rows
/// `[image, class, box]` as there may be: for each image and class the best boxes first, then rows whose box is −1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NonMaxSuppression {
    /// Most boxes of each image and class.
    pub max_boxes: usize,
    /// A box goes that overlaps a better one by more, as intersection over union.
    pub iou_threshold: f32,
    /// Boxes up to this score go.
    pub score_threshold: f32,
}

impl Operator for NonMaxSuppression {
    fn name(&self) -> &'static str {
        "NonMaxSuppression"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![
            ("iou_threshold", self.iou_threshold.into()),
            ("max_boxes", self.max_boxes.into()),
            ("score_threshold", self.score_threshold.into()),
        ]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 2, 2)?;
        let (boxes, scores) = (inputs[0], inputs[1]);
        let fits = match (boxes.shape.as_slice(), scores.shape.as_slice()) {
            (&[images, count, 4], &[images_too, _, count_too]) => (images, count) == (images_too, count_too),
            _ => false,
        };
        if !fits || [boxes, scores].iter().any(|ty| ty.dtype != DType::F32) {
            return Err(op_error!(
                "expected boxes [N, boxes, 4] and scores [N, classes, boxes], found {boxes} and {scores}"
            ));
        }
        let rows = scores.shape[0] * scores.shape[1] * self.max_boxes.min(scores.shape[2]);
        Ok(vec![TensorType::new(DType::I64, [rows, 3])])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let &[images, classes, count] = inputs[1].shape() else { return None };
        let boxes: Vec<_> = inputs[0].as_f32()?.as_chunks().0.iter().copied().map(Area::of).collect();
        let most = self.max_boxes.min(count);
        let mut rows = vec![];
        for (index, scores) in inputs[1].as_f32()?.chunks(count.max(1)).enumerate() {
            let (image, class) = (index / classes, index % classes);
            let mut selected = self.select(&boxes[image * count..][..count], scores).map(|index| index as i64);
            let row = |_| [image as i64, class as i64, selected.next().unwrap_or(UNUSED)];
            rows.extend((0..most).flat_map(row));
        }
        debug_assert!(rows.len() == images * classes * most * 3);
        Some(vec![Tensor::i64([rows.len() / 3, 3], rows).ok()?])
    }
}

/// The box in a row that is not needed.
const UNUSED: i64 = -1;

impl NonMaxSuppression {
    /// Only the rows with a box, which are what ONNX returns; `None` if `rows` is not `[rows, 3]` of integers.
    pub fn used(rows: &Tensor) -> Option<Tensor> {
        let used: Vec<_> =
            rows.to_i64()?.as_chunks::<3>().0.iter().filter(|row| row[2] != UNUSED).flatten().copied().collect();
        Tensor::i64([used.len() / 3, 3], used).ok()
    }

    /// The indices of the boxes of a class, best first.
    fn select<'a>(&self, boxes: &'a [Area], scores: &[f32]) -> impl Iterator<Item = usize> + use<'a> {
        let mut candidates: Vec<_> = (0..boxes.len()).filter(|&index| scores[index] > self.score_threshold).collect();
        candidates.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
        let mut selected: Vec<usize> = vec![];
        for index in candidates {
            if selected.len() == self.max_boxes {
                break;
            }
            if selected.iter().all(|&better| boxes[index].overlap(&boxes[better]) <= self.iou_threshold) {
                selected.push(index);
            }
        }
        selected.into_iter()
    }
}

/// A rectangle by its sides.
struct Area {
    begin: [f32; 2],
    end: [f32; 2],
}

impl Area {
    /// Between two opposite corners.
    fn of([a, b, c, d]: [f32; 4]) -> Self {
        Self { begin: [a.min(c), b.min(d)], end: [a.max(c), b.max(d)] }
    }

    fn size(&self) -> f32 {
        (0..2).map(|axis| (self.end[axis] - self.begin[axis]).max(0.0)).product()
    }

    /// Intersection over union.
    fn overlap(&self, other: &Self) -> f32 {
        let common = Self {
            begin: [0, 1].map(|axis| self.begin[axis].max(other.begin[axis])),
            end: [0, 1].map(|axis| self.end[axis].min(other.end[axis])),
        };
        let common = common.size();
        if common > 0.0 { common / (self.size() + other.size() - common) } else { 0.0 }
    }
}
