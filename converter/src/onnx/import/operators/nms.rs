use edgeconv_graph::Tensor;

use super::super::ImportError;
use super::super::node::Node;
use super::{Accuracy, Entry};

pub(super) const OPERATORS: &[Entry] =
    &[Entry::new("NonMaxSuppression", nms, "Const", Accuracy::Exact).since(10).limits(
        "operands known at conversion time, since they decide on the shape of the result; else end the model before it",
    )];

/// `NonMaxSuppression` of boxes `[N, boxes, 4]` with scores `[N, classes, boxes]`: for each image and class the boxes with the best
/// scores that overlap no better one too much, as rows `[image, class, box]`.
fn nms(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (Some(boxes), Some(scores)) = (node.known(0)?, node.known(1)?) else {
        return Err(node.unsupported("boxes or scores are missing"));
    };
    let (&[images, count, 4], &[images_too, classes, count_too]) = (boxes.shape(), scores.shape()) else {
        return Err(node.unsupported("expected boxes [N, boxes, 4] and scores [N, classes, boxes]"));
    };
    let (Some(boxes), Some(scores), true) =
        (boxes.as_f32(), scores.as_f32(), (images, count) == (images_too, count_too))
    else {
        return Err(node.unsupported("boxes and scores don't fit each other"));
    };
    let most = node.number(2)?.unwrap_or(0.0) as usize;
    let overlap = node.number(3)?.unwrap_or(0.0);
    let least = node.number(4)?.unwrap_or(f32::NEG_INFINITY);
    let center = node.int("center_point_box", 0) != 0;
    let boxes: Vec<_> = boxes.as_chunks().0.iter().map(|numbers| Area::of(*numbers, center)).collect();
    let mut selected = vec![];
    for image in 0..images {
        let boxes = &boxes[image * count..][..count];
        for class in 0..classes {
            let scores = &scores[(image * classes + class) * count..][..count];
            let indices = best(boxes, scores, most, overlap, least);
            selected.extend(indices.into_iter().flat_map(|index| [image as i64, class as i64, index as i64]));
        }
    }
    let rows = Tensor::i64([selected.len() / 3, 3], selected).map_err(|error| node.unsupported(error.to_string()))?;
    node.finish_constant(rows)
}

/// The indices of at most `most` boxes, best first, with scores above `least`, none of which overlaps a better one by more than
/// `overlap` of what both cover.
fn best(boxes: &[Area], scores: &[f32], most: usize, overlap: f32, least: f32) -> Vec<usize> {
    let mut candidates: Vec<_> = (0..boxes.len()).filter(|&index| scores[index] > least).collect();
    candidates.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    let mut selected: Vec<usize> = vec![];
    for index in candidates {
        if selected.len() == most {
            break;
        }
        if selected.iter().all(|&better| boxes[index].overlap(&boxes[better]) <= overlap) {
            selected.push(index);
        }
    }
    selected
}

/// A rectangle by its sides.
struct Area {
    begin: [f32; 2],
    end: [f32; 2],
}

impl Area {
    /// Of two opposite corners, or of centre, width and height.
    fn of([a, b, c, d]: [f32; 4], center: bool) -> Self {
        if center {
            return Self { begin: [a - c / 2.0, b - d / 2.0], end: [a + c / 2.0, b + d / 2.0] };
        }
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
