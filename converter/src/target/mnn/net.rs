//! The net as MNN sees it: a list of ops over tensors, in the order in which they run.

use std::borrow::Cow;

use edgeconv_graph::DType;
use edgeconv_graph::op::{Pool, ReduceKind, RoiAlign};

use super::schema::{
    BinaryOpOperation, BorderMode, CoordinateTransformationMode, DepthToSpaceMode, MnnDataFormat, PadValueMode,
    SampleMode, UnaryOpOperation,
};

/// Names a tensor of one [`Net`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct TensorId(pub usize);

/// A tensor that ops read and write.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tensor {
    /// Its name in the file.
    pub name: String,
    /// Dimensions in logical order `[N, C, …]`, whatever the layout in memory.
    pub shape: Vec<usize>,
    /// Type of its elements.
    pub number: Number,
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

/// Element type of a tensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// 32-bit float.
    Float,
    /// 32-bit integer, also for truth values: 0 or 1.
    Int,
}

/// Elements of a constant.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Elements<'g> {
    /// Data.
    Float(Cow<'g, [f32]>),
    /// Whole numbers and truth values.
    Int(Vec<i32>),
}

impl From<DType> for Number {
    fn from(dtype: DType) -> Self {
        match dtype {
            DType::F32 => Number::Float,
            DType::I64 | DType::Bool => Number::Int,
        }
    }
}

/// What a convolution or an arithmetic op does to its result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Activation {
    /// Nothing.
    None,
    /// `max(x, 0)`.
    Relu,
    /// `clamp(x, 0, 6)`.
    Relu6,
}

/// Kernel and bias of a convolution.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Weights<'g> {
    /// Stored in the op.
    Stored {
        /// Kernel `[outputs, inputs / group, kernel height, kernel width]`, transposed convolutions: inputs and outputs swapped.
        kernel: Cow<'g, [f32]>,
        /// Bias `[outputs]`.
        bias: Cow<'g, [f32]>,
    },
    /// The op's second and, if there is a bias, third input, computed at run time; not in groups, unless they are channels.
    Inputs,
}

/// A 2-D convolution; pairs are (height, width).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Convolution<'g> {
    /// Kernel and bias.
    pub weights: Weights<'g>,
    /// Channels of the data.
    pub inputs: usize,
    /// Channels of the result.
    pub outputs: usize,
    /// Number of groups.
    pub group: usize,
    /// Size of the kernel.
    pub kernel: [usize; 2],
    /// Step.
    pub strides: [usize; 2],
    /// Distance of the taps.
    pub dilations: [usize; 2],
    /// Zeros added: top, left, bottom, right.
    pub pads: [usize; 4],
    /// What is done to the result.
    pub activation: Activation,
}

impl Convolution<'_> {
    /// Whether each channel is convolved with a kernel of its own, for which MNN has an op of its own.
    pub fn is_depthwise(&self) -> bool {
        self.group > 1 && self.group == self.inputs && self.group == self.outputs
    }
}

/// What MNN's interpolation does between samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Interpolation {
    /// Takes the sample before.
    Floor,
    /// Takes the nearest one, in the middle the one before.
    Nearest,
    /// Linear.
    Linear,
    /// Cubic with the coefficient −0.75.
    Cubic,
}

/// What an op does.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind<'g> {
    /// Given by the user.
    Input(Number),
    /// Stored in the file.
    Const(Elements<'g>),
    /// Convolution, also depthwise.
    Convolution(Convolution<'g>),
    /// Transposed convolution, also depthwise; the padding is what is cut off.
    Deconvolution {
        /// The convolution whose gradient this is.
        convolution: Convolution<'g>,
        /// Rows and columns that are added at the end.
        output_padding: [usize; 2],
    },
    /// Mean over height and width.
    GlobalAveragePool,
    /// Largest element or mean of each window.
    Pool(Pool),
    /// Interpolation of `[N, C, H, W]` to the output's height and width; the second input, if there is one, holds the four
    /// scales, else they are the ratios of the sizes.
    Interpolate {
        /// Between the samples.
        method: Interpolation,
        /// Where the outputs lie.
        coordinates: CoordinateTransformationMode,
    },
    /// Linear interpolation, or the nearest sample (in the middle the one after), at the places that the second input holds.
    GridSample {
        /// Which of both.
        mode: SampleMode,
        /// What lies outside.
        padding: BorderMode,
        /// Whether −1 and 1 are the centres of the first and last sample.
        align_corners: bool,
    },
    /// Means of what boxes (second input) contain of the maps that the third input names.
    RoiAlign(RoiAlign),
    /// Mean, sum, … over some axes, which keep the length 1.
    Reduce {
        /// What is computed.
        kind: ReduceKind,
        /// The axes.
        axes: Vec<usize>,
    },
    /// Normal distribution of the last axis, then perhaps one factor and one summand for each of its positions.
    LayerNorm {
        /// Added to the variance.
        epsilon: f32,
        /// Factors and summands.
        affine: Option<[&'g [f32]; 2]>,
    },
    /// `exp(x) / Σ exp(x)`.
    Softmax {
        /// Along this axis.
        axis: usize,
    },
    /// Where the first of the largest or smallest elements stands; the axis is left out of the result.
    Arg {
        /// The largest.
        largest: bool,
        /// Along this axis.
        axis: usize,
    },
    /// The largest or smallest elements in order, and where they stand: one of several equal ones may be missed, and come
    /// in any order. The further inputs are their number and the axis.
    TopK {
        /// The largest.
        largest: bool,
    },
    /// The sum of the elements of an axis, which is the second input, up to each position.
    CumSum {
        /// Without the element at the position itself.
        exclusive: bool,
        /// From the end of the axis.
        reverse: bool,
    },
    /// Another order of the axes.
    Permute {
        /// The input's axis that becomes each axis of the output.
        perm: Vec<usize>,
    },
    /// Picks elements of the first input by the indices in the second.
    Gather {
        /// Along this axis.
        axis: usize,
    },
    /// Indices of the best boxes that don't overlap, as many as the third input says, then −1: boxes `[boxes, 4]`, scores `[boxes]`,
    /// their largest number, largest overlap, and the score that they have to be above.
    NonMaxSuppression,
    /// Batch of matrix products of two tensors of one rank.
    MatMul,
    /// `x · scale + bias` with one scale and one bias per channel.
    Scale {
        /// Factors `[C]`.
        scale: Vec<f32>,
        /// Summands `[C]`.
        bias: Vec<f32>,
    },
    /// `x`, below 0 `slope · x`.
    Relu {
        /// Slope below 0.
        slope: f32,
    },
    /// `x`, below 0 `slope · x` with one slope per channel.
    PRelu {
        /// Slopes below 0, `[C]`.
        slopes: &'g [f32],
    },
    /// `clamp(x, min, max)`.
    Clamp {
        /// Lower bound.
        min: f32,
        /// Upper bound.
        max: f32,
    },
    /// A function of each element.
    Unary(UnaryOpOperation),
    /// Arithmetic on two tensors of the same rank, or on a tensor and a constant scalar; the activation is none or ReLU.
    Binary(BinaryOpOperation, Activation),
    /// Another element type; floats lose their fraction.
    Cast(Number),
    /// Elements of the second input where the first one is not 0, else those of the third; all of one shape.
    Select,
    /// Joins the inputs.
    Concat {
        /// Along this axis.
        axis: usize,
    },
    /// Cuts the input into consecutive parts, one per output.
    Split {
        /// Along this axis.
        axis: usize,
    },
    /// Cuts one part out; the further inputs are begin, end, axis and, unless it is 1, the step.
    StridedSlice,
    /// Adds elements around the first input; the second one holds how many before and after each axis, the third one the
    /// number that is added (mode constant).
    Pad(PadValueMode),
    /// Channels become blocks of pixels.
    DepthToSpace {
        /// Height and width of a block.
        block: usize,
        /// The order of the channels.
        mode: DepthToSpaceMode,
    },
    /// Blocks of pixels become channels.
    SpaceToDepth {
        /// Height and width of a block.
        block: usize,
    },
    /// Puts rows at indices; the inputs are indices `[N, 1]`, rows `[N, …]`, the shape of the result, and the data `[R, …]`.
    ScatterNd {
        /// How they are combined with the rows that are there; `None` replaces those.
        reduction: Option<BinaryOpOperation>,
    },
    /// The same elements in row-major order under the output's shape.
    Reshape,
    /// Repeats the input to fill the shape that the second input holds.
    BroadcastTo,
    /// Changes the layout.
    Convert {
        /// From this one.
        from: Layout,
        /// To this one.
        to: Layout,
    },
    /// A copy.
    Identity,
}

/// One op.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Op<'g> {
    /// Unique name.
    pub name: String,
    /// What it does.
    pub kind: Kind<'g>,
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
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Net<'g> {
    /// In the order in which they run.
    pub ops: Vec<Op<'g>>,
    /// All tensors.
    pub tensors: Vec<Tensor>,
    /// What the net returns.
    pub outputs: Vec<Output>,
}

impl<'g> Net<'g> {
    /// Adds a tensor.
    pub fn tensor(&mut self, name: impl Into<String>, shape: impl Into<Vec<usize>>, number: Number) -> TensorId {
        self.tensors.push(Tensor { name: name.into(), shape: shape.into(), number });
        TensorId(self.tensors.len() - 1)
    }

    /// Adds an op whose one output has the op's name.
    pub fn op(
        &mut self,
        name: impl Into<String>,
        kind: Kind<'g>,
        inputs: &[TensorId],
        shape: impl Into<Vec<usize>>,
    ) -> TensorId {
        let name = name.into();
        let number = self.number(&kind, inputs);
        let output = self.tensor(name.clone(), shape, number);
        self.ops.push(Op { name, kind, inputs: inputs.to_vec(), outputs: vec![output] });
        output
    }

    /// Type of what an op computes from `inputs`.
    fn number(&self, kind: &Kind, inputs: &[TensorId]) -> Number {
        use BinaryOpOperation::{Equal, Greater, GreaterEqual, Less, LessEqual, Notequal};
        let of = |index: usize| inputs.get(index).map_or(Number::Float, |id| self.tensors[id.0].number);
        match kind {
            Kind::Input(number) | Kind::Cast(number) => *number,
            Kind::Const(Elements::Float(_)) => Number::Float,
            Kind::Const(Elements::Int(_)) => Number::Int,
            Kind::Binary(Equal | Greater | GreaterEqual | Less | LessEqual | Notequal, _) => Number::Int,
            Kind::Arg { .. } => Number::Int,
            Kind::Select | Kind::ScatterNd { .. } => of(1),
            _ => of(0),
        }
    }

    /// Dimensions of a tensor.
    pub fn shape(&self, id: TensorId) -> &[usize] {
        &self.tensors[id.0].shape
    }

    /// For each tensor, whether it is the same in every run. MNN computes such tensors once, when it loads a model.
    pub fn constant(&self) -> Vec<bool> {
        let mut constant = vec![false; self.tensors.len()];
        for op in &self.ops {
            let known = match op.kind {
                Kind::Input(_) => false,
                Kind::Const(_) => true,
                _ => op.inputs.iter().all(|input| constant[input.0]),
            };
            op.outputs.iter().for_each(|output| constant[output.0] = known);
        }
        constant
    }
}
