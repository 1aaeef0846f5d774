use edgeconv_graph::op::{Binary, Concat, NonMaxSuppression};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;

pub(super) const OPERATORS: &[Entry] = &[Entry::new("NonMaxSuppression", nms)
    .since(10)
    .limits("a row for every box that there may be: -1 stands for no box; what follows has those that there are first, and a count")];

/// `NonMaxSuppression`; how many boxes it selects depends on the data, so the result has as many rows as there may be, unless boxes
/// and scores are known.
fn nms(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (mut boxes, scores) = (node.input(0)?, node.input(1)?);
    let max_boxes = node.number(2)?.unwrap_or(0.0) as usize;
    let iou_threshold = node.number(3)?.unwrap_or(0.0);
    let score_threshold = node.number(4)?.unwrap_or(f32::MIN);
    if !(0.0..=1.0).contains(&iou_threshold) {
        return Err(node.unsupported(format!("iou_threshold = {iou_threshold} is not between 0 and 1")));
    }
    if node.int("center_point_box", 0) != 0 && node.dims(boxes).len() == 3 {
        let (center, size) = (node.slice(boxes, 2, 0, 2)?, node.slice(boxes, 2, 2, 4)?);
        let half = node.with_number(Binary::Mul, size, 0.5)?;
        let corners = [Binary::Sub, Binary::Add].map(|op| node.apply(op, &[center, half]));
        let [begin, end] = corners;
        boxes = node.apply(Concat { axis: 2 }, &[begin?, end?])?;
    }
    let op = NonMaxSuppression { max_boxes, iou_threshold, score_threshold };
    let rows = node.apply(op, &[boxes, scores])?;
    match node.importer.tensor(rows).and_then(NonMaxSuppression::used) {
        Some(used) => node.finish_constant(used),
        None => {
            node.importer.selections.insert(rows, None);
            node.result(rows)
        }
    }
}
