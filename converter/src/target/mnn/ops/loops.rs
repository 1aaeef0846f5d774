//! Loops: commands on parts of tensors, carried out again and again inside of one op.

use planus::UnionOffset;

use super::{MnnOp, Rule, dims};
use crate::target::mnn::lower::Lowering;
use crate::target::mnn::net::{Layout, Number, Shapes, TensorId};
use crate::target::mnn::schema::{
    self, BinaryOpOperation, DataType, MnnDataFormat, OpParameter, OpType, UnaryOpOperation,
};
use crate::target::mnn::write::Writer;

/// A loop over floats. MNN makes such ops itself, for its own `LSTM` among others, and takes them from files, in sessions and modules.
///
/// In every run MNN reads the commands where the file was loaded to (`CPULoop` in `CPURaster.cpp`).
#[derive(Debug, Default)]
pub(super) struct Loop {
    count: usize,
    tensors: Vec<(TensorId, Access)>,
    start: Vec<Command>,
    commands: Vec<Command>,
}

/// A tensor in a loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LoopTensor(usize);

/// What a loop does with a tensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    Reads,
    /// And reads what it wrote.
    Writes,
}

/// A box of elements of a tensor. In one command all boxes of a tensor have to be the same one: MNN keeps a single place for each
/// tensor there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// Of this tensor.
    pub tensor: LoopTensor,
    /// Where the first element stands.
    pub offset: usize,
    /// From one element to the next along each axis of the box; 0 repeats one.
    pub strides: [usize; 3],
    /// How far the box moves from one repetition to the next.
    pub step: isize,
}

/// What a command does.
#[derive(Debug, Clone, Copy)]
pub(super) enum Function {
    /// Moves elements.
    Copy,
    /// A function of each element.
    Unary(UnaryOpOperation),
    /// A function of two elements. Along the last axis only those of the second operand may be repeated.
    Binary(BinaryOpOperation),
    /// The product `[n, m]` of dense matrices `[m, k]` and `[n, k]`: a row for each row of the second one. The box is `[m, k, n]`.
    Product,
}

#[derive(Debug)]
struct Command {
    /// `None` fills the result with zeros.
    function: Option<Function>,
    size: [usize; 3],
    /// The result, and the operands.
    parts: Vec<Part>,
    /// Whether the result is added to what is there.
    adds: bool,
}

impl Part {
    /// That stays where it is.
    pub fn new(tensor: LoopTensor, offset: usize, strides: [usize; 3]) -> Self {
        Self { tensor, offset, strides, step: 0 }
    }

    /// The box that begins so many elements later.
    pub fn behind(self, offset: usize) -> Self {
        Self { offset: self.offset + offset, ..self }
    }

    /// Where the box is in the next repetition.
    pub fn moved(self) -> Self {
        Self { offset: self.offset.strict_add_signed(self.step), ..self }
    }

    /// Whether a box of this size has neither gaps nor repeated elements.
    fn is_dense(&self, [planes, rows, width]: [usize; 3]) -> bool {
        let [plane, row, column] = self.strides;
        column == 1 && (rows == 1 || row == width) && (planes == 1 || plane == rows * width)
    }

    fn agrees_with(&self, other: &Self) -> bool {
        self.tensor != other.tensor || (self.offset, self.step) == (other.offset, other.step)
    }

    fn view(&self) -> schema::View {
        schema::View { offset: self.offset as i32, stride: Some(dims(&self.strides)) }
    }
}

impl Loop {
    /// Without commands.
    pub fn new(count: usize) -> Self {
        Self { count, ..Self::default() }
    }

    /// A tensor that the loop reads.
    pub fn reads(&mut self, id: TensorId) -> LoopTensor {
        let known = self.tensors.iter().position(|&tensor| tensor == (id, Access::Reads));
        LoopTensor(known.unwrap_or_else(|| self.add(id, Access::Reads)))
    }

    /// A tensor that the loop computes.
    pub fn writes(&mut self, id: TensorId) -> LoopTensor {
        LoopTensor(self.add(id, Access::Writes))
    }

    fn add(&mut self, id: TensorId, access: Access) -> usize {
        self.tensors.push((id, access));
        self.tensors.len() - 1
    }

    /// Before the first repetition, fills `count` elements of a part with those of a tensor, or everything with zeros.
    ///
    /// MNN begins at the start of the tensor, wherever the part does: a part behind it is the second row of a box, whose first row
    /// has to be one that the loop writes.
    pub fn start(&mut self, part: Part, from: Option<LoopTensor>, count: usize) {
        let rows = if part.offset == 0 { 1 } else { 2 };
        let row = |tensor, between| Part::new(tensor, 0, [between, count, 1]);
        let parts = [Some(row(part.tensor, part.offset)), from.map(|from| row(from, 0))];
        self.start.push(Command {
            function: from.map(|_| Function::Copy),
            size: [rows, 1, count],
            parts: parts.into_iter().flatten().collect(),
            adds: false,
        });
    }

    /// In every repetition, computes each element of a box from those at the same place of others. Boxes without gaps are one long row,
    /// for which MNN calls its kernels once.
    pub fn elementwise<const N: usize>(&mut self, function: Function, size: [usize; 3], parts: [Part; N]) {
        debug_assert!(parts.iter().all(|a| parts.iter().all(|b| a.agrees_with(b))), "{parts:?}");
        let count = size.iter().product();
        let is_single = |part: &Part| part.strides == [0; 3];
        let (mut size, mut parts) = (size, parts.to_vec());
        if parts.iter().all(|part| is_single(part) || part.is_dense(size)) {
            size = [1, 1, count];
            parts.iter_mut().filter(|part| !is_single(part)).for_each(|part| part.strides = [count, count, 1]);
        }
        self.commands.push(Command { function: Some(function), size, parts, adds: false });
    }

    /// In every repetition, multiplies `[m, k]` by `[n, k]` transposed; the result is `[n, m]`.
    pub fn product(&mut self, size: [usize; 3], result: Part, a: Part, b: Part) {
        self.multiply(size, [result, a, b], false);
    }

    /// In every repetition, multiplies `[m, k]` by `[k]`, and adds that to what the result holds. (MNN adds products of several rows wrongly.)
    pub fn add_product(&mut self, [m, k]: [usize; 2], sum: Part, a: Part, b: Part) {
        self.multiply([m, k, 1], [sum, a, b], true);
    }

    fn multiply(&mut self, size: [usize; 3], [result, a, b]: [Part; 3], adds: bool) {
        let [m, k, _] = size;
        let with = |part: Part, strides: [usize; 3]| Part { strides, ..part };
        let parts = vec![with(result, [1, 0, m]), with(a, [k, 1, 0]), with(b, [0, 1, k])];
        self.commands.push(Command { function: Some(Function::Product), size, parts, adds });
    }

    /// Adds the op to the net.
    pub fn finish(self, l: &mut Lowering<'_>, name: &str) {
        let [operands, results] = [Access::Reads, Access::Writes]
            .map(|access| self.places(access).into_iter().map(|place| self.tensors[place].0).collect::<Vec<_>>());
        l.net.push(name, self, &operands, results);
    }

    fn places(&self, access: Access) -> Vec<usize> {
        (0..self.tensors.len()).filter(|&place| self.tensors[place].1 == access).collect()
    }
}

impl MnnOp for Loop {
    fn op_type(&self) -> OpType {
        OpType::While
    }

    fn parameter(&self, b: &mut Writer, shapes: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let commands = |list: &[Command]| Some(list.iter().map(Command::write).collect()).filter(|_| !list.is_empty());
        let param = schema::LoopParam {
            tensor_number: self.tensors.len() as i32,
            output_indexes: Some(dims(&self.places(Access::Writes))),
            input_indexes: Some(dims(&self.places(Access::Reads))),
            extra_tensor_infos: Some(shapes.outputs.iter().map(|shape| describe(shape)).collect()),
            // One repetition needs what the one before computed.
            parallel: false,
            loop_number: self.count as i32,
            commands: commands(&self.commands),
            init_command: commands(&self.start),
        };
        Some(OpParameter::create_loop_param(b, &param))
    }

    fn rule(&self, _: &Shapes) -> Rule {
        Rule::In(Layout::Nchw)
    }

    fn number(&self, _: &[Number]) -> Number {
        Number::Float
    }
}

/// MNN does not infer the shapes of what a loop computes.
fn describe(shape: &[usize]) -> schema::TensorDescribe {
    let blob = schema::Blob {
        dims: Some(dims(shape)),
        data_format: MnnDataFormat::Nchw,
        data_type: DataType::DtFloat,
        ..Default::default()
    };
    schema::TensorDescribe { blob: Some(blob.into()), ..Default::default() }
}

impl Command {
    fn write(&self) -> schema::RegionCommand {
        let tensors: Vec<_> = self.parts.iter().map(|part| part.tensor.0).collect();
        schema::RegionCommand {
            op: self.function.map(|function| Box::new(function.write())),
            steps: Some(self.parts.iter().map(|part| part.step as i32).collect()),
            size: Some(dims(&self.size)),
            indexes: Some(dims(&tensors)),
            view: Some(self.parts.iter().map(Part::view).collect()),
            fuse: self.adds.then_some(BinaryOpOperation::Add as i32),
            // No part moves by indices that a tensor holds.
            iter_indexes: Some(vec![-1; tensors.len()]),
        }
    }
}

impl Function {
    fn write(self) -> schema::Op {
        let (type_, main) = match self {
            // Without a function.
            Self::Copy => (OpType::UnaryOp, None),
            Self::Unary(op_type) => {
                let unary = schema::UnaryOp { op_type, ..Default::default() };
                (OpType::UnaryOp, Some(OpParameter::UnaryOp(unary.into())))
            }
            Self::Binary(op_type) => {
                let binary = schema::BinaryOp { op_type, t: DataType::DtFloat, activation_type: 0 };
                (OpType::BinaryOp, Some(OpParameter::BinaryOp(binary.into())))
            }
            Self::Product => {
                let product = schema::MatMul { t: DataType::DtFloat, transpose_b: true, ..Default::default() };
                (OpType::MatMul, Some(OpParameter::MatMul(product.into())))
            }
        };
        schema::Op { type_, main, ..Default::default() }
    }
}
