use edgeconv_graph::Node;
use edgeconv_graph::op::NonMaxSuppression;

use super::{Lowering, unsupported};
use crate::target::mnn::ExportError;
use crate::target::mnn::net::{Elements, Kind, Number, TensorId};

/// MNN selects boxes of one image and one class, and fills what is left of the result with −1.
pub(super) fn non_max_suppression<'g>(
    l: &mut Lowering<'g>,
    node: &'g Node,
    op: &NonMaxSuppression,
) -> Result<(), ExportError> {
    let &[images, classes, count] = l.shape(node.inputs[1]) else {
        return Err(unsupported(
            node,
            format!("its scores are {:?}, expected [N, classes, boxes]", l.shape(node.inputs[1])),
        ));
    };
    let rows = op.max_boxes.min(count);
    let (boxes, scores) = (l.operand(node.inputs[0])?, l.operand(node.inputs[1])?);
    let boxes = parts(l, node, "boxes", boxes, images, &[count, 4]);
    let scores = l.helper(node, "all scores", Kind::Reshape, &[scores], [images * classes, count]);
    let scores = parts(l, node, "scores", scores, images * classes, &[count]);
    let [most, overlap, least] = [l.integer(rows as i32), l.scalar(op.iou_threshold), l.scalar(op.score_threshold)];
    let mut results = vec![];
    for (index, scores) in scores.into_iter().enumerate() {
        let (image, class) = (index / classes, index % classes);
        let name = |step: &str| format!("{step} {image} {class}");
        let inputs = [boxes[image], scores, most, overlap, least];
        let selected =
            l.helpers(node, &name("selected"), Kind::NonMaxSuppression, &inputs, &[(vec![rows], Number::Int)])[0];
        let selected = l.helper(node, &name("column"), Kind::Reshape, &[selected], [rows, 1]);
        let place = Elements::Int([image as i32, class as i32].repeat(rows));
        let place = l.helper(node, &name("place"), Kind::Const(place), &[], [rows, 2]);
        results.push(l.helper(node, &name("rows"), Kind::Concat { axis: 1 }, &[place, selected], [rows, 3]));
    }
    match results.as_slice() {
        &[single] => l.alias(node, single),
        _ => l.finish(node, Kind::Concat { axis: 0 }, &results),
    }
    Ok(())
}

/// The parts of a tensor along its first axis, each in this shape.
fn parts(
    l: &mut Lowering<'_>,
    node: &Node,
    name: &str,
    tensor: TensorId,
    count: usize,
    shape: &[usize],
) -> Vec<TensorId> {
    let split = match count {
        1 => vec![tensor],
        _ => {
            let part = [&[1], &l.net.shape(tensor)[1..]].concat();
            l.helpers(node, name, Kind::Split { axis: 0 }, &[tensor], &vec![(part, Number::Float); count])
        }
    };
    let reshape = |(index, part)| l.helper(node, &format!("{name} {index}"), Kind::Reshape, &[part], shape.to_vec());
    split.into_iter().enumerate().map(reshape).collect()
}
