//! The net as MNN sees it: a list of ops over tensors, in the order in which they run.

use std::collections::HashMap;
use std::rc::Rc;

use edgeconv_graph::{DType, Value};

use super::ops::{MnnOp, Role, Rule};
use super::schema::{DataType, MnnDataFormat, OpType};
use crate::content::Content;
use crate::target::SharedWeights;
pub(super) use crate::target::open::{Number, TensorId};

/// A tensor that ops read and write.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tensor {
    /// Its name in the file.
    pub name: String,
    /// Dimensions in logical order `[N, C, …]`, whatever the layout in memory.
    pub shape: Vec<usize>,
    /// Type of its elements.
    pub number: Number,
    /// The numbers that it may be computed in, if they are integers.
    pub grid: Option<Grid>,
}

/// Floats `(q − zero) · step` for 8-bit integers `q` from `least` on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Grid {
    /// From one to the next.
    pub step: f32,
    /// The integer that stands for 0.
    pub zero: i8,
    /// The least integer: −128 or −127.
    pub least: i8,
    /// Whether the tensor may also hold floats that are not rounded.
    pub optional: bool,
}

/// A grid as what can be hashed.
pub(super) type GridBits = (u32, i8, i8, bool);

impl Grid {
    /// The same of equal grids alone.
    pub fn bits(self) -> GridBits {
        (self.step.to_bits(), self.zero, self.least, self.optional)
    }

    /// What is noted of a value that has one scale.
    pub fn of(value: &Value) -> Option<Self> {
        let quantization = value.quant.as_deref().filter(|_| value.ty.dtype == DType::F32)?;
        let step = quantization.scale.as_f32().filter(|scale| scale.len() == 1)?[0];
        let zero = quantization.zero_point.as_ref().map_or(Some(0.0), |zero| zero.numbers().next())?;
        Some(Self { step, zero: zero as i8, least: i8::MIN, optional: quantization.optional })
    }

    /// What decides which floats the integers stand for.
    pub fn values(self) -> (f32, i8) {
        (self.step, self.zero)
    }

    /// The float that an integer stands for.
    pub fn real(self, integer: i8) -> f32 {
        (f32::from(integer) - f32::from(self.zero)) * self.step
    }

    /// The integer that is closest to a float.
    pub fn nearest(self, float: f32) -> i8 {
        let integer = (float / self.step).round_ties_even() + f32::from(self.zero);
        integer.clamp(self.least.into(), i8::MAX.into()) as i8
    }
}

/// How a tensor `[N, C, H, W]` lies in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Row-major.
    Nchw,
    /// Channels in blocks of 4 (or of the backend's vector length), each block interleaved.
    Nc4hw4,
}

impl From<Layout> for MnnDataFormat {
    fn from(layout: Layout) -> Self {
        match layout {
            Layout::Nchw => MnnDataFormat::Nchw,
            Layout::Nc4hw4 => MnnDataFormat::Nc4hw4,
        }
    }
}

impl From<DType> for Number {
    fn from(dtype: DType) -> Self {
        match dtype {
            dtype if dtype.is_float() => Number::Float,
            _ => Number::Int,
        }
    }
}

impl From<Number> for DataType {
    fn from(number: Number) -> Self {
        match number {
            Number::Float => DataType::DtFloat,
            Number::Int => DataType::DtInt32,
        }
    }
}

/// One op.
#[derive(Debug, Clone)]
pub(super) struct Op<'g> {
    /// Unique name.
    pub name: String,
    /// What it does.
    pub kind: Rc<dyn MnnOp + 'g>,
    /// Operands.
    pub inputs: Vec<TensorId>,
    /// Results.
    pub outputs: Vec<TensorId>,
}

/// A tensor that the net returns.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Output {
    /// Under this name.
    pub name: String,
    /// The tensor; no two outputs share one.
    pub tensor: TensorId,
}

/// A net.
#[derive(Debug, Clone, Default)]
pub(super) struct Net<'g> {
    /// In the order in which they run.
    pub ops: Vec<Op<'g>>,
    /// All tensors.
    pub tensors: Vec<Tensor>,
    /// What the net returns.
    pub outputs: Vec<Output>,
    /// What the model computes of its sizes, while this is its net at one of several.
    pub sizes: SizeOps,
}

/// Ops behind all others of a net that compute numbers and tables of sizes.
#[derive(Debug, Clone, Default)]
pub(super) struct SizeOps {
    /// How many they are.
    pub count: usize,
    /// What they read that none computes.
    pub given: Vec<TensorId>,
    /// The elements at this size.
    pub contents: Vec<(TensorId, edgeconv_graph::Tensor)>,
}

/// The shapes of an op's operands and results.
#[derive(Debug, Clone, Default)]
pub(super) struct Shapes<'n> {
    pub inputs: Vec<&'n [usize]>,
    pub outputs: Vec<&'n [usize]>,
}

impl<'g> Net<'g> {
    /// Adds a tensor.
    pub fn tensor(&mut self, name: impl Into<String>, shape: impl Into<Vec<usize>>, number: Number) -> TensorId {
        self.tensors.push(Tensor { name: name.into(), shape: shape.into(), number, grid: None });
        TensorId(self.tensors.len() - 1)
    }

    /// Adds an op whose one output has the op's name.
    pub fn op(
        &mut self,
        name: impl Into<String>,
        kind: impl MnnOp + 'g,
        inputs: &[TensorId],
        shape: impl Into<Vec<usize>>,
    ) -> TensorId {
        let name = name.into();
        let numbers: Vec<_> = inputs.iter().map(|id| self.tensors[id.0].number).collect();
        let output = self.tensor(name.clone(), shape, kind.number(&numbers));
        self.push(name, kind, inputs, vec![output]);
        output
    }

    /// Adds an op that computes tensors which are there already.
    pub fn push(
        &mut self,
        name: impl Into<String>,
        kind: impl MnnOp + 'g,
        inputs: &[TensorId],
        outputs: Vec<TensorId>,
    ) {
        self.ops.push(Op { name: name.into(), kind: Rc::new(kind), inputs: inputs.to_vec(), outputs });
    }

    /// Dimensions of a tensor.
    pub fn shape(&self, id: TensorId) -> &[usize] {
        &self.tensors[id.0].shape
    }

    /// Whether it computes something in integers.
    pub fn is_quantized(&self) -> bool {
        self.tensors.iter().any(|tensor| tensor.grid.is_some())
    }

    /// The shapes of everything that `op` reads and writes.
    pub fn shapes(&self, op: &Op) -> Shapes<'_> {
        let shapes = |ids: &[TensorId]| ids.iter().map(|&id| self.shape(id)).collect();
        Shapes { inputs: shapes(&op.inputs), outputs: shapes(&op.outputs) }
    }

    /// The ops that compute the outputs, and those that compute numbers of sizes.
    pub fn parts(&self) -> (&[Op<'g>], &[Op<'g>]) {
        self.ops.split_at(self.ops.len() - self.sizes.count)
    }

    /// What the op wants of its data's layout.
    pub fn rule(&self, op: &Op) -> Rule {
        op.kind.rule(&self.shapes(op))
    }

    /// What convolutions have in common: MNN brings weights into its layout for each of them.
    pub fn shared_weights(&self) -> SharedWeights {
        let mut kernels: HashMap<_, usize> = HashMap::new();
        for op in &self.ops {
            if let (OpType::Convolution | OpType::Deconvolution, [kernel, ..]) =
                (op.kind.op_type(), op.kind.weights().as_slice())
            {
                *kernels.entry(*kernel).or_default() += 1;
            }
        }
        let shared = kernels.into_iter().filter(|&(_, uses)| uses > 1);
        shared.fold(SharedWeights::default(), |sum, (Content(kernel), uses)| SharedWeights {
            convolutions: sum.convolutions + uses,
            copied_bytes: sum.copied_bytes + ((uses - 1) * kernel.len()) as u64,
        })
    }

    /// For each tensor, whether it is the same in every run. MNN computes such tensors once, when it loads a model.
    pub fn constant(&self) -> Vec<bool> {
        let mut constant = vec![false; self.tensors.len()];
        for op in &self.ops {
            let known = match op.kind.role() {
                Role::Input => false,
                Role::Constant => true,
                Role::Computes => op.inputs.iter().all(|input| constant[input.0]),
            };
            op.outputs.iter().for_each(|output| constant[output.0] = known);
        }
        constant
    }
}
