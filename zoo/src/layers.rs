//! Building blocks that the networks share: the official `cvnets/layers` and `cvnets/modules`.
//!
//! A layer is built inside the module path of its parameters, so that they get their official checkpoint keys.

use edgeconv_graph::op::{
    BatchNormalization, Binary, Clip, Conv, Coordinates, Dropout, DropoutUnit, Flatten, Gemm, GlobalAveragePool,
    LayerNormalization, MatMul, Resize, Transpose, Unary,
};
use edgeconv_graph::{Builder, GraphError, Op, ValueId};

use crate::options::Activation;

type Built = Result<ValueId, GraphError>;

impl From<Activation> for Op {
    fn from(activation: Activation) -> Op {
        match activation {
            Activation::Relu => Unary::Relu.into(),
            Activation::Relu6 => Clip { min: 0.0, max: 6.0 }.into(),
            Activation::Gelu => Unary::Gelu.into(),
            Activation::Sigmoid => Unary::Sigmoid.into(),
            Activation::Swish => Unary::Silu.into(),
            Activation::HardSigmoid => Unary::HardSigmoid.into(),
            Activation::HardSwish => Unary::HardSwish.into(),
        }
    }
}

/// A square convolution over `[N, C, H, W]` with "same" zero padding: `(kernel − 1) / 2 · dilation` on each side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ConvLayer {
    pub kernel: usize,
    pub stride: usize,
    pub dilation: usize,
    pub group: usize,
    pub out: usize,
    pub bias: bool,
    pub norm: bool,
    pub act: Option<Activation>,
}

impl ConvLayer {
    /// A 1×1 convolution with norm and activation.
    pub fn pointwise(out: usize, act: Option<Activation>) -> Self {
        Self { kernel: 1, stride: 1, dilation: 1, group: 1, out, bias: false, norm: true, act }
    }

    /// A 3×3 convolution with norm and activation.
    pub fn spatial(out: usize, act: Activation) -> Self {
        Self { kernel: 3, ..Self::pointwise(out, Some(act)) }
    }

    /// A 1×1 convolution with a bias and nothing else, as in output layers.
    pub fn linear(out: usize) -> Self {
        Self { bias: true, norm: false, ..Self::pointwise(out, None) }
    }

    /// A depth-wise 3×3 convolution of `channels` channels with norm.
    pub fn depthwise(channels: usize) -> Self {
        Self { kernel: 3, group: channels, ..Self::pointwise(channels, None) }
    }

    /// The layer under module path `path`; keys `path.block.conv.*`, `path.block.norm.*`.
    pub fn build(self, b: &mut Builder, path: &str, x: ValueId) -> Built {
        let channels = b.shape(x)[1];
        let conv = Conv {
            strides: vec![self.stride; 2],
            pads: vec![(self.kernel - 1) / 2 * self.dilation; 4],
            dilations: vec![self.dilation; 2],
            group: self.group,
        };
        b.scope(path, |b| {
            b.scope("block", |b| {
                let kernel = [self.out, channels / self.group, self.kernel, self.kernel];
                let mut y = conv2d(b, "conv", conv, kernel, self.bias, x)?;
                if self.norm {
                    y = batch_norm(b, "norm", y)?;
                }
                match self.act {
                    Some(act) => b.node("act", act, &[y]),
                    None => Ok(y),
                }
            })
        })
    }
}

/// A depth-wise 3×3 convolution with norm, then a 1×1 convolution.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DepthwiseSeparable {
    pub stride: usize,
    pub dilation: usize,
    pub pointwise: ConvLayer,
}

impl DepthwiseSeparable {
    /// The layers under module path `path`; keys `path.{dw_conv,pw_conv}.*`.
    pub fn build(self, b: &mut Builder, path: &str, x: ValueId) -> Built {
        let Self { stride, dilation, pointwise } = self;
        let depthwise = ConvLayer { stride, dilation, ..ConvLayer::depthwise(b.shape(x)[1]) };
        b.scope(path, |b| {
            let y = depthwise.build(b, "dw_conv", x)?;
            pointwise.build(b, "pw_conv", y)
        })
    }
}

/// A convolution with parameters `name.weight` and, if wanted, `name.bias`.
pub(crate) fn conv2d(b: &mut Builder, name: &str, conv: Conv, kernel: [usize; 4], bias: bool, x: ValueId) -> Built {
    let mut inputs = vec![x, b.parameter(&format!("{name}.weight"), kernel)?];
    if bias {
        inputs.push(b.parameter(&format!("{name}.bias"), [kernel[0]])?);
    }
    b.node(name, conv, &inputs)
}

/// Bilinear interpolation of `[N, C, H, W]` to other sides with PyTorch's `align_corners = false`.
pub(crate) fn resize(b: &mut Builder, name: &str, (height, width): (usize, usize), x: ValueId) -> Built {
    let sizes = vec![b.shape(x)[0], b.shape(x)[1], height, width];
    b.node(name, Resize::linear(Coordinates::HalfPixel, sizes), &[x])
}

/// BatchNorm at inference with the framework's epsilon, 1e-5.
pub(crate) fn batch_norm(b: &mut Builder, name: &str, x: ValueId) -> Built {
    let channels = [b.shape(x)[1]];
    let weight = b.parameter(&format!("{name}.weight"), channels)?;
    let bias = b.parameter(&format!("{name}.bias"), channels)?;
    let mean = b.buffer(&format!("{name}.running_mean"), channels)?;
    let var = b.buffer(&format!("{name}.running_var"), channels)?;
    b.node(name, BatchNormalization { epsilon: 1e-5 }, &[x, weight, bias, mean, var])
}

/// LayerNorm over the last axis with the framework's epsilon, 1e-5.
pub(crate) fn layer_norm(b: &mut Builder, name: &str, epsilon: f32, x: ValueId) -> Built {
    let width = *b.shape(x).last().unwrap_or(&1);
    let weight = b.parameter(&format!("{name}.weight"), [width])?;
    let bias = b.parameter(&format!("{name}.bias"), [width])?;
    b.node(name, LayerNormalization { epsilon }, &[x, weight, bias])
}

/// A parameter of `shape`, linearly interpolated with aligned corners to `length` along `axis`.
pub(crate) fn interpolated(b: &mut Builder, name: &str, shape: [usize; 4], axis: usize, length: usize) -> Built {
    let stored = b.parameter(name, shape)?;
    if shape[axis] == length {
        return Ok(stored);
    }
    let mut sizes = shape.to_vec();
    sizes[axis] = length;
    b.node(&format!("{name}.instance"), Resize::linear(Coordinates::AlignCorners, sizes), &[stored])
}

/// A linear layer over the last axis, with parameters `name.weight` `[out, in]` and `name.bias` `[out]`.
pub(crate) fn linear(b: &mut Builder, name: &str, out: usize, x: ValueId) -> Built {
    let width = *b.shape(x).last().unwrap_or(&1);
    let weight = b.parameter(&format!("{name}.weight"), [out, width])?;
    let weight = b.node(&format!("{name}.transposed"), Transpose { perm: vec![1, 0] }, &[weight])?;
    let product = b.node(&format!("{name}.product"), MatMul, &[x, weight])?;
    let bias = b.parameter(&format!("{name}.bias"), [out])?;
    b.node(name, Binary::Add, &[product, bias])
}

/// MobileNetV2's block: expand, depth-wise 3×3, reduce; with a shortcut where shapes allow it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct InvertedResidual {
    pub expand: usize,
    pub out: usize,
    pub stride: usize,
    pub dilation: usize,
    pub act: Activation,
}

impl InvertedResidual {
    /// The block under module path `path`; keys `path.block.{exp_1x1,conv_3x3,red_1x1}.*`.
    pub fn build(self, b: &mut Builder, path: &str, x: ValueId) -> Built {
        let Self { expand, out, stride, dilation, act } = self;
        let channels = b.shape(x)[1];
        let hidden = channels * expand;
        b.scope(path, |b| {
            let y = b.scope("block", |b| {
                let y = ConvLayer::pointwise(hidden, Some(act)).build(b, "exp_1x1", x)?;
                let depthwise = ConvLayer { stride, dilation, act: Some(act), ..ConvLayer::depthwise(hidden) };
                let y = depthwise.build(b, "conv_3x3", y)?;
                ConvLayer::pointwise(out, None).build(b, "red_1x1", y)
            })?;
            if stride == 1 && channels == out { b.node("add", Binary::Add, &[x, y]) } else { Ok(y) }
        })
    }
}

/// Channel attention: `x · hsig(BN(W2 · hswish(BN(W1 · mean(x)))))` with a bottleneck of `C / 16` channels.
pub(crate) fn channel_attention(b: &mut Builder, path: &str, x: ValueId) -> Built {
    let channels = b.shape(x)[1];
    let reduced = channels / 16;
    b.scope(path, |b| {
        let gate = b.node("avg_pool", GlobalAveragePool, &[x])?;
        let gate = b.scope("fc", |b| {
            let y = conv2d(b, "0", Conv::pointwise(), [reduced, channels, 1, 1], false, gate)?;
            let y = batch_norm(b, "1", y)?;
            let y = b.node("2", Unary::HardSwish, &[y])?;
            let y = conv2d(b, "3", Conv::pointwise(), [channels, reduced, 1, 1], false, y)?;
            let y = batch_norm(b, "4", y)?;
            b.node("5", Unary::HardSigmoid, &[y])
        })?;
        b.node("mul", Binary::Mul, &[x, gate])
    })
}

/// Dropout of elements, which only networks to be trained have.
pub(crate) fn dropout(b: &mut Builder, name: &str, ratio: f64, x: ValueId) -> Built {
    dropout_of(b, name, DropoutUnit::Element, ratio, x)
}

/// Dropout of units of any kind, which only networks to be trained have.
pub(crate) fn dropout_of(b: &mut Builder, name: &str, unit: DropoutUnit, ratio: f64, x: ValueId) -> Built {
    if b.is_for_training() && ratio > 0.0 { b.node(name, Dropout { ratio, unit }, &[x]) } else { Ok(x) }
}

/// A square convolution with "same" zero padding: `(kernel − 1) / 2` on each side.
pub(crate) fn same(kernel: usize, stride: usize, group: usize) -> Conv {
    Conv { strides: vec![stride; 2], pads: vec![(kernel - 1) / 2; 4], dilations: vec![1; 2], group }
}

/// Mean over the map: `[N, C, H, W]` to `[N, C]`.
pub(crate) fn global_pool(b: &mut Builder, x: ValueId) -> Built {
    let y = b.node("global_pool", GlobalAveragePool, &[x])?;
    b.node("flatten", Flatten { axis: 1 }, &[y])
}

/// A linear layer on `[N, C]` with parameters `name.weight` and `name.bias`.
pub(crate) fn fully_connected(b: &mut Builder, name: &str, out: usize, x: ValueId) -> Built {
    let channels = b.shape(x)[1];
    let weight = b.parameter(&format!("{name}.weight"), [out, channels])?;
    let bias = b.parameter(&format!("{name}.bias"), [out])?;
    b.node(name, Gemm, &[x, weight, bias])
}
