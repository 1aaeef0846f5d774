//! Selecting the boxes of detectors.

use edgeconv_graph::{Node, op};
use planus::UnionOffset;

use super::concat::Concat;
use super::input::Const;
use super::reshape::Reshape;
use super::slice::Split;
use super::{Lower, MnnOp, Rule};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::{Lowering, unsupported};
use crate::target::mnn::net::{Layout, Number, Shapes, TensorId};
use crate::target::mnn::schema::{OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// Indices of the best boxes that don't overlap, as many as the third input says, then −1: boxes `[boxes, 4]`, scores `[boxes]`,
/// their largest number, largest overlap, and the score that they have to be above.
#[derive(Debug)]
struct NonMaxSuppression;

impl MnnOp for NonMaxSuppression {
    fn op_type(&self) -> OpType {
        OpType::NonMaxSuppressionV2
    }

    fn parameter(&self, _: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        None
    }

    fn rule(&self, _: &Shapes) -> Rule {
        Rule::In(Layout::Nchw)
    }

    fn number(&self, _: &[Number]) -> Number {
        Number::Int
    }
}

/// MNN selects boxes of one image and one class, and fills what is left of the result with −1.
impl Lower for op::NonMaxSuppression {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let &[images, classes, count] = l.shape(node.inputs[1]) else {
            return Err(unsupported(
                node,
                format!("its scores are {:?}, expected [N, classes, boxes]", l.shape(node.inputs[1])),
            ));
        };
        let rows = self.max_boxes.min(count);
        let (boxes, scores) = (l.operand(node.inputs[0])?, l.operand(node.inputs[1])?);
        let boxes = parts(l, node, "boxes", boxes, images, &[count, 4]);
        let scores = l.helper(node, "all scores", Reshape, &[scores], [images * classes, count]);
        let scores = parts(l, node, "scores", scores, images * classes, &[count]);
        let [most, overlap, least] =
            [l.integer(rows as i32), l.scalar(self.iou_threshold), l.scalar(self.score_threshold)];
        let mut results = vec![];
        for (index, scores) in scores.into_iter().enumerate() {
            let (image, class) = (index / classes, index % classes);
            let name = |step: &str| format!("{step} {image} {class}");
            let inputs = [boxes[image], scores, most, overlap, least];
            let selected =
                l.helpers(node, &name("selected"), NonMaxSuppression, &inputs, &[(vec![rows], Number::Int)])[0];
            let selected = l.helper(node, &name("column"), Reshape, &[selected], [rows, 1]);
            let place = Const::Int([image as i32, class as i32].repeat(rows));
            let place = l.helper(node, &name("place"), place, &[], [rows, 2]);
            results.push(l.helper(node, &name("rows"), Concat { axis: 1 }, &[place, selected], [rows, 3]));
        }
        match results.as_slice() {
            &[single] => l.alias(node, single),
            _ => l.finish(node, Concat { axis: 0 }, &results),
        }
        Ok(())
    }
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
            l.helpers(node, name, Split { axis: 0 }, &[tensor], &vec![(part, Number::Float); count])
        }
    };
    let reshape = |(index, part)| l.helper(node, &format!("{name} {index}"), Reshape, &[part], shape.to_vec());
    split.into_iter().enumerate().map(reshape).collect()
}
