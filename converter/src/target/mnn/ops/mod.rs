//! MNN's ops, and what becomes of the graph's operators: one file per family.
//!
//! A family's file holds how the graph's operators are lowered, and each op's structure with its memory layout, its element
//! type, and how it is written (the trait [`MnnOp`]). What is lowered here is right for tensors in any layout;
//! [`layout`](super::layout) decides on those afterwards.

mod activation;
mod along_axis;
mod binary;
mod broadcast;
mod cast;
mod concat;
mod convert;
mod convolution;
mod depth_to_space;
mod detection;
mod elu;
mod identity;
mod index;
mod input;
mod loops;
mod matmul;
mod norm;
mod pad;
mod pool;
mod range;
mod recurrent;
mod reduce;
mod reshape;
mod resize;
mod row_major;
mod sample;
mod scale;
mod select;
mod shape;
mod slice;
mod softmax;
mod transpose;
mod unary;

use std::fmt::Debug;
use std::rc::Rc;

use edgeconv_graph::{Node, Op, op};
use planus::UnionOffset;

use super::ExportError;
use super::gelu::Gelu;
use super::lower::{Lowering, unsupported};
use super::net::{Layout, Number, Shapes};
use super::schema::{OpParameter, OpType};
use super::store::Storable;
use super::write::Writer;
use crate::content::Content;

pub(super) use binary::BinaryOp;
pub(super) use broadcast::BroadcastTo;
pub(super) use cast::Cast;
pub(super) use concat::Concat;
pub(super) use convert::Convert;
pub(super) use identity::Identity;
pub(super) use input::{Const, Input, OpenInput};
pub(super) use range::Range;
pub(super) use reshape::{OpenReshape, Reshape};
pub(super) use row_major::RowMajor;
pub(super) use shape::Shape;
pub(super) use slice::StridedSlice;
#[cfg(test)]
pub(super) use {activation::Relu, matmul::MatMul, scale::Scale};

/// An op of MNN with its parameters.
pub(super) trait MnnOp: Debug {
    /// Its type in the file.
    fn op_type(&self) -> OpType;

    /// Writes its parameters, if it has any. Values that MNN would read otherwise than they are meant are always set here.
    fn parameter<'n>(&'n self, b: &mut Writer<'n>, shapes: &Shapes) -> Option<UnionOffset<OpParameter>>;

    /// What it wants of the layout of its data.
    fn rule(&self, _: &Shapes) -> Rule {
        if needs_blocks(self.op_type()) { Rule::In(Layout::Nc4hw4) } else { Rule::Any }
    }

    /// How it reads the operand at `index`, which has this shape.
    fn reads(&self, _index: usize, _shape: &[usize]) -> Reads {
        Reads::Data
    }

    /// Element type of what it computes from operands of these types.
    fn number(&self, inputs: &[Number]) -> Number {
        inputs.first().copied().unwrap_or(Number::Float)
    }

    /// Where its results come from.
    fn role(&self) -> Role {
        Role::Computes
    }

    /// Itself, if it is a constant.
    fn constant(&self) -> Option<&Const<'_>> {
        None
    }

    /// The weights that it stores.
    fn weights(&self) -> Vec<Content<'_>> {
        vec![]
    }

    /// The first one of them, if it can be stored in fewer bits.
    fn storable(&self) -> Option<Storable<'_>> {
        None
    }

    /// Whether MNN can read its weights from the file beside the model.
    fn can_be_external(&self) -> bool {
        false
    }

    /// What becomes of it where all that it reads and gives are 8-bit integers.
    fn in_integers(&self) -> InIntegers {
        InIntegers::Never
    }

    /// Ops without anything that depends on the size of maps, of which each does what this one does for these shapes.
    fn for_all_sizes(&self, _: &Shapes) -> Vec<Rc<dyn MnnOp>> {
        vec![]
    }

    /// If it only moves elements: from a row-major index of its result to that of its operand.
    fn moves(&self, _: &Shapes) -> Option<Box<Move>> {
        None
    }
}

/// From a row-major index of an op's result to that of its operand.
pub(super) type Move = dyn Fn(usize) -> usize;

/// The layout of an op's data: of those operands that it reads as such, and of its results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// This one.
    In(Layout),
    /// Either, as long as all have the same.
    Any,
    /// The operand has one, the result another.
    Converts {
        /// The operand's.
        from: Layout,
        /// The result's.
        to: Layout,
    },
}

/// How an op reads an operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reads {
    /// In the layout that all its data have.
    Data,
    /// Row-major, whatever layout the op has: shapes, indices, and weights that are computed at run time.
    RowMajor,
    /// In any layout: it lies in memory in one way only.
    Single,
}

/// What MNN does with an op all of whose tensors are 8-bit integers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InIntegers {
    /// It computes floats all the same.
    Never,
    /// It computes in integers what the floats that they stand for would give, but for rounding.
    Right,
    /// It moves integers, if all stand for the same floats.
    Moves,
    /// It computes in integers, but something else.
    Wrong,
    /// The same, but only where all integers stand for the same floats.
    WrongWithOneStep,
}

/// Where the results of an op come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// From the user.
    Input,
    /// From the file.
    Constant,
    /// From its operands.
    Computes,
}

/// Whether ops of a type read and write channels in blocks (NC4HW4), whatever their parameters are; also for files that other
/// converters wrote.
///
/// Source: MNN, `tools/converter/source/optimizer/postconvert/AddTensorFormatConverter.cpp`.
pub(super) fn needs_blocks(op_type: OpType) -> bool {
    matches!(
        op_type,
        OpType::BatchNorm
            | OpType::ConvInt8
            | OpType::ConvTranspose3D
            | OpType::Convolution
            | OpType::Convolution3D
            | OpType::ConvolutionDepthwise
            | OpType::Deconvolution
            | OpType::DeconvolutionDepthwise
            | OpType::DepthwiseConvInt8
            | OpType::GridSample
            | OpType::Interp
            | OpType::PReLu
            | OpType::Pooling
            | OpType::Pooling3D
            | OpType::Resize
            | OpType::RoiAlign
            | OpType::Scale
    )
}

/// How an operator of the graph becomes ops of MNN.
trait Lower {
    /// Adds the ops that compute `node`, whose operator this is.
    ///
    /// # Errors
    /// If MNN can't express it.
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError>;
}

macro_rules! lower {
    ($($name:ident)*) => {
        /// Lowers a node.
        ///
        /// # Errors
        /// If MNN can't express it.
        pub(super) fn lower<'g>(l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
            match &node.op {
                $(Op::$name(op) => op.lower(l, node),)*
                Op::Custom(op) => match op.downcast_ref::<Gelu>() {
                    Some(gelu) => gelu.lower(l, node),
                    None => Err(unsupported(node, "MNN has no such op")),
                },
            }
        }
    };
}
edgeconv_graph::for_each_operator!(lower);

/// Operators that only passes see.
macro_rules! refuse {
    ($($name:ident: $reason:literal;)*) => {
        $(impl Lower for op::$name {
            fn lower<'g>(&'g self, _: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
                Err(unsupported(node, $reason))
            }
        })*
    };
}
refuse! {
    CircularConv: "a pass has to turn it into a convolution first";
    DequantizeLinear: "a pass has to turn it into floats first";
    Dropout: "a graph for training can't be exported";
    QuantizeLinear: "a pass has to turn it into floats first";
}

/// How ops read operands of which only the first one is data.
fn first_is_data(index: usize) -> Reads {
    if index == 0 { Reads::Data } else { Reads::RowMajor }
}

/// Lengths, indices, … as the file has them. Dimensions are far below 2³¹: all elements together fit into memory.
fn dims(numbers: &[usize]) -> Vec<i32> {
    numbers.iter().map(|&number| number as i32).collect()
}
