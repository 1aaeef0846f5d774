//! Tensors that no op computes: what the user gives, and what stands in the file.

use std::borrow::Cow;

use planus::UnionOffset;

use super::{MnnOp, Role, Rule, dims};
use crate::content::Content;
use crate::target::mnn::net::{Layout, Number, Shapes};
use crate::target::mnn::schema::{self, DataType, MnnDataFormat, OpParameter, OpType};
use crate::target::mnn::store::{Form, Storable};
use crate::target::mnn::write::Writer;

/// Given by the user.
#[derive(Debug)]
pub(in crate::target::mnn) struct Input(pub Number);

impl MnnOp for Input {
    fn op_type(&self) -> OpType {
        OpType::Input
    }

    fn parameter(&self, b: &mut Writer, shapes: &Shapes) -> Option<UnionOffset<OpParameter>> {
        Some(input(b, self.0, shapes.outputs[0]))
    }

    fn rule(&self, _: &Shapes) -> Rule {
        Rule::In(Layout::Nchw)
    }

    fn number(&self, _: &[Number]) -> Number {
        self.0
    }

    fn role(&self) -> Role {
        Role::Input
    }
}

/// Given by the user, in a shape that a session may change.
#[derive(Debug)]
pub(in crate::target::mnn) struct OpenInput {
    pub number: Number,
    /// What it is before.
    pub shape: Vec<usize>,
}

impl MnnOp for OpenInput {
    fn op_type(&self) -> OpType {
        OpType::Input
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        Some(input(b, self.number, &self.shape))
    }

    fn rule(&self, shapes: &Shapes) -> Rule {
        Input(self.number).rule(shapes)
    }

    fn number(&self, _: &[Number]) -> Number {
        self.number
    }

    fn role(&self) -> Role {
        Role::Input
    }
}

fn input(b: &mut Writer, number: Number, shape: &[usize]) -> UnionOffset<OpParameter> {
    let input = schema::Input { dims: Some(dims(shape)), dtype: number.into(), dformat: MnnDataFormat::Nchw };
    OpParameter::create_input(b, &input)
}

/// Stored in the file.
#[derive(Debug)]
pub(in crate::target::mnn) enum Const<'g> {
    /// Data.
    Float(Cow<'g, [f32]>),
    /// Integers and booleans.
    Int(Vec<i32>),
}

impl Const<'_> {
    /// The elements.
    pub fn elements(&self) -> Vec<f64> {
        match self {
            Const::Int(elements) => elements.iter().map(|&element| element.into()).collect(),
            Const::Float(elements) => elements.iter().map(|&element| element.into()).collect(),
        }
    }
}

impl MnnOp for Const<'_> {
    fn op_type(&self) -> OpType {
        OpType::Const
    }

    fn constant(&self) -> Option<&Const<'_>> {
        Some(self)
    }

    fn parameter<'n>(&'n self, b: &mut Writer<'n>, shapes: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let dims = b.create_vector(dims(shapes.outputs[0]));
        let external = b.external(self);
        let halves = b.encoded(self);
        let (mut ints, mut floats, mut bytes) = (None, None, None);
        match (self, halves) {
            _ if external.is_some() => {}
            (_, Some(halves)) => bytes = Some(b.bytes(halves.bytes())),
            (Const::Int(elements), None) => ints = Some(b.integers(elements)),
            (Const::Float(elements), None) => floats = Some(b.floats(elements)),
        }
        let data_type = match self {
            _ if halves.is_some() => DataType::DtHalf,
            Const::Int(_) => DataType::DtInt32,
            Const::Float(_) => DataType::DtFloat,
        };
        let blob = schema::Blob::builder()
            .dims(dims)
            .data_format(MnnDataFormat::Nchw)
            .data_type(data_type)
            .uint8s(bytes)
            .int8s_as_null()
            .int32s(ints)
            .int64s_as_null()
            .float32s(floats)
            .strings_as_null()
            .external(external)
            .finish(b);
        Some(OpParameter::create_blob(b, blob))
    }

    fn rule(&self, _: &Shapes) -> Rule {
        Rule::In(Layout::Nchw)
    }

    fn number(&self, _: &[Number]) -> Number {
        match self {
            Const::Float(_) => Number::Float,
            Const::Int(_) => Number::Int,
        }
    }

    fn role(&self) -> Role {
        Role::Constant
    }

    fn weights(&self) -> Vec<Content<'_>> {
        vec![match self {
            Const::Float(elements) => Content::of(elements),
            Const::Int(elements) => Content::of(elements),
        }]
    }

    fn storable(&self) -> Option<Storable<'_>> {
        match self {
            Const::Float(elements) => Some(Storable::new(elements, Form::Constant)),
            Const::Int(_) => None,
        }
    }

    fn can_be_external(&self) -> bool {
        true
    }
}
