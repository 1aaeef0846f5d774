//! Cutting tensors into parts.

use edgeconv_graph::{Node, op};
use planus::UnionOffset;

use super::{InIntegers, Lower, MnnOp, Reads, first_is_data};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::Lowering;
use crate::target::mnn::net::Shapes;
use crate::target::mnn::schema::{self, DataType, NetSource, OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// Cuts one part out; the further inputs are begin, end, axis and, unless it is 1, the step.
#[derive(Debug)]
pub(in crate::target::mnn) struct StridedSlice;

impl MnnOp for StridedSlice {
    fn op_type(&self) -> OpType {
        OpType::StridedSlice
    }

    fn in_integers(&self) -> InIntegers {
        InIntegers::Moves
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let slice = schema::StridedSliceParam {
            index: DataType::DtInt32,
            t: DataType::DtFloat,
            // Begin, end and axes, as ONNX has them.
            from_type: 1,
            ..Default::default()
        };
        Some(OpParameter::create_strided_slice_param(b, &slice))
    }

    fn reads(&self, index: usize, _: &[usize]) -> Reads {
        first_is_data(index)
    }
}

/// Cuts the input into consecutive parts, one per output.
#[derive(Debug)]
pub(super) struct Split {
    /// Along this axis.
    pub axis: usize,
}

impl MnnOp for Split {
    fn op_type(&self) -> OpType {
        OpType::Slice
    }

    fn in_integers(&self) -> InIntegers {
        InIntegers::Moves
    }

    fn parameter(&self, b: &mut Writer, shapes: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let sizes = shapes.outputs.iter().map(|part| part[self.axis] as i32).collect();
        // The source decides whether these are sizes or the points to cut at.
        let source_type = NetSource::Torch;
        let slice = schema::Slice { axis: self.axis as i32, slice_points: Some(sizes), source_type };
        Some(OpParameter::create_slice(b, &slice))
    }
}

impl Lower for op::Slice {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let data = l.operand(node.inputs[0])?;
        if l.shape(node.inputs[0]) == l.shape(node.outputs[0]) && !l.graph.value(node.outputs[0]).sized {
            // `transposes` does not look for moves that leave all where it is.
            l.alias(node, data);
            return Ok(());
        }
        let mut inputs = vec![data];
        inputs.extend([self.start, self.end, self.axis].map(|index| l.indices([index])));
        if self.step != 1 {
            inputs.push(l.indices([self.step]));
        }
        l.finish(node, StridedSlice, &inputs);
        Ok(())
    }
}

impl Lower for op::Split {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let data = l.operand(node.inputs[0])?;
        if self.sizes.len() == 1 {
            // MNN takes a single size for the size of all parts.
            l.alias(node, data);
        } else {
            l.finish(node, Split { axis: self.axis }, &[data]);
        }
        Ok(())
    }
}
