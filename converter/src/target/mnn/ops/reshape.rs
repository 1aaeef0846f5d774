//! The same elements in row-major order under another shape.

use edgeconv_graph::{Node, op};
use planus::UnionOffset;

use super::{InIntegers, Lower, MnnOp, Move, Reads, Rule, dims, first_is_data};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::Lowering;
use crate::target::mnn::net::{Layout, Shapes};
use crate::target::mnn::schema::{self, MnnDataFormat, OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// The same elements in row-major order under the output's shape.
#[derive(Debug)]
pub(in crate::target::mnn) struct Reshape;

impl MnnOp for Reshape {
    fn op_type(&self) -> OpType {
        OpType::Reshape
    }

    fn in_integers(&self) -> InIntegers {
        InIntegers::Moves
    }

    fn parameter(&self, b: &mut Writer, shapes: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let reshape = schema::Reshape { dims: Some(dims(shapes.outputs[0])), dim_type: MnnDataFormat::Nchw };
        Some(OpParameter::create_reshape(b, &reshape))
    }

    fn rule(&self, shapes: &Shapes) -> Rule {
        // In blocks, elements stay where they are only if the channels do.
        let moved = shapes.inputs[0].get(..2) != shapes.outputs[0].get(..2);
        if moved { Rule::In(Layout::Nchw) } else { Rule::Any }
    }

    fn moves(&self, _: &Shapes) -> Option<Box<Move>> {
        Some(Box::new(|index| index))
    }
}

/// The same at every size: the lengths that are given, 0 for that which the same axis of the input has, -1 for what is left by the others; none: those that the second input holds.
#[derive(Debug)]
pub(in crate::target::mnn) struct OpenReshape {
    pub dims: Vec<i32>,
}

impl MnnOp for OpenReshape {
    fn op_type(&self) -> OpType {
        OpType::Reshape
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let reshape = schema::Reshape { dims: Some(self.dims.clone()), dim_type: MnnDataFormat::Nchw };
        Some(OpParameter::create_reshape(b, &reshape))
    }

    fn rule(&self, shapes: &Shapes) -> Rule {
        Reshape.rule(shapes)
    }

    fn reads(&self, index: usize, _: &[usize]) -> Reads {
        first_is_data(index)
    }

    fn moves(&self, shapes: &Shapes) -> Option<Box<Move>> {
        Reshape.moves(shapes)
    }
}

impl Lower for op::Reshape {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        reshape(l, node)
    }
}

impl Lower for op::Flatten {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        reshape(l, node)
    }
}

fn reshape<'g>(l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
    l.numbers(node)?;
    let data = l.operand(node.inputs[0])?;
    l.finish(node, Reshape, &[data]);
    Ok(())
}
