//! EdgeFormer (ECCV 2022, later ParC-Net).
//!
//! The official implementation takes the length of all circular kernels from the height of a map, so it only runs on square
//! inputs. Here height and width are treated separately: vertical kernels get the map's height, horizontal ones its width.

use edgeconv_graph::op::{
    Binary, CircularConv, Concat, Conv, Gather, GlobalAveragePool, MatMul, Reduce, ReduceKind, Reshape,
};
use edgeconv_graph::op::{Slice, Split, Unary};
use edgeconv_graph::{Builder, GraphError, Tensor, ValueId};

use super::stages::{Features, OutputStride, Widths};
use super::{ModelError, sides};
use crate::layers::{ConvLayer, batch_norm, channel_attention, conv2d, dropout, interpolated};
use crate::options::{Activation, EdgeOptions, Fusion, InstanceKernel, Kernel, Scale};
use crate::weights::Alias;

/// Every official state dict holds the first block of stage 5 twice.
pub(crate) const ALIASES: &[Alias] = &[Alias { alias: "residual.", original: "layer_5.0." }];

/// The same where the network is an encoder.
pub(crate) const ENCODER_ALIASES: &[Alias] = &[Alias { alias: "encoder.residual.", original: "encoder.layer_5.0." }];

/// Taps of the stored kernels in stages 3, 4 and 5.
const META_KERNEL_SIZES: [usize; 3] = [32, 16, 8];

/// The body of one of the stages 3, 4, 5.
struct Stage {
    channels: usize,
    ffn: usize,
    blocks: usize,
}

const fn stage(channels: usize, ffn: usize, blocks: usize) -> Stage {
    Stage { channels, ffn, blocks }
}

const fn widths(stem: usize, stem_kernel: usize, layer_1: usize, layer_2: usize, stages: [usize; 3]) -> Widths {
    Widths { stem, stem_kernel, expand: 4, layer_1, layer_2, stages }
}

const XS: (Widths, [Stage; 3]) =
    (widths(16, 3, 32, 64, [96, 128, 160]), [stage(96, 192, 2), stage(128, 256, 3), stage(160, 320, 2)]);
const S: (Widths, [Stage; 3]) =
    (widths(16, 3, 32, 64, [96, 128, 160]), [stage(192, 384, 2), stage(256, 512, 4), stage(320, 640, 3)]);
const H: (Widths, [Stage; 3]) =
    (widths(48, 5, 96, 144, [216, 288, 432]), [stage(324, 648, 3), stage(432, 864, 9), stage(432, 864, 3)]);

/// Builds the encoder for input `x` `[N, 3, H, W]`.
pub(crate) fn features(
    b: &mut Builder,
    act: Activation,
    edge: &EdgeOptions,
    output_stride: OutputStride,
    x: ValueId,
) -> Result<Features, ModelError> {
    check_size(edge, output_stride, sides(b, x))?;
    check_options(edge)?;
    let (widths, stages) = match edge.scale {
        Scale::Xs => &XS,
        Scale::S => &S,
        Scale::H => &H,
    };
    let body = |b: &mut Builder, index: usize, x| outer_frame(b, edge, index, &stages[index], act, x);
    Ok(widths.features(b, act, output_stride, x, body)?)
}

fn check_size(edge: &EdgeOptions, output_stride: OutputStride, size: (usize, usize)) -> Result<(), ModelError> {
    let (height, width) = size;
    let strides = output_stride.strides();
    let stored = match edge.kernel {
        Kernel::Gcc | Kernel::GccCa => true,
        Kernel::GccDk | Kernel::GccDkCa => edge.use_pe,
        Kernel::Bkc | Kernel::BkcCa => false,
    };
    let largest = META_KERNEL_SIZES.iter().zip(strides).map(|(taps, stride)| taps * stride).min().unwrap_or_default();
    if stored && edge.instance_kernel == InstanceKernel::Crop && height.max(width) > largest {
        let reason = format!(
            "cropped kernels have no more than {META_KERNEL_SIZES:?} taps, so each side can be 1 to {largest}; \
             model.classification.edge.instance_kernel=interpolation_bilinear takes any size"
        );
        return Err(ModelError::Size { height, width, reason });
    }
    let dynamic = matches!(edge.kernel, Kernel::GccDk | Kernel::GccDkCa);
    if dynamic && height.max(width) <= strides[2] {
        let reason = format!(
            "the last map would be a single pixel, which instance norm turns to zero; at least one side must be greater \
             than {}",
            strides[2]
        );
        return Err(ModelError::Size { height, width, reason });
    }
    Ok(())
}

fn check_options(edge: &EdgeOptions) -> Result<(), ModelError> {
    let big = matches!(edge.kernel, Kernel::Bkc | Kernel::BkcCa);
    if big && edge.big_kernel_size.iter().any(|size| size % 2 == 0) {
        let reason = format!("kernels must have an odd number of taps, found {:?}", edge.big_kernel_size);
        return Err(ModelError::Option { key: "model.classification.edge.big_kernel_size", reason });
    }
    Ok(())
}

/// The body of a stage (`outer_frame_v1`): widen, run the blocks, narrow, fuse with the input.
fn outer_frame(
    b: &mut Builder,
    edge: &EdgeOptions,
    index: usize,
    stage: &Stage,
    act: Activation,
    x: ValueId,
) -> Result<ValueId, GraphError> {
    let out = b.shape(x)[1];
    let group = greatest_common_divisor(stage.channels, out);
    let y = ConvLayer { group, ..ConvLayer::spatial(stage.channels, act) }.build(b, "dim_adaptive.0", x)?;
    let plain = ConvLayer { norm: false, ..ConvLayer::pointwise(stage.channels, None) };
    let y = plain.build(b, "dim_adaptive.1", y)?;
    let y = b.scope("spatial_global_rep", |b| {
        let mut y = y;
        for block in 0..stage.blocks {
            y = b.scope(block, |b| meta_former_block(b, edge, index, stage.ffn, block == 0, y))?;
        }
        batch_norm(b, &stage.blocks.to_string(), y)
    })?;
    let narrow = ConvLayer { group, ..ConvLayer::pointwise(out, Some(act)) };
    let y = narrow.build(b, "channel_adaptive", y)?;
    let joined = match edge.fusion {
        Fusion::Add => b.node("add", Binary::Add, &[x, y])?,
        Fusion::Concat => b.node("concat", Concat { axis: 1 }, &[y, x])?,
    };
    ConvLayer::spatial(out, act).build(b, "local_global_fusion", joined)
}

/// A MetaFormer block: spatial mixing of two channel halves, then a feed-forward network, both with a shortcut.
fn meta_former_block(
    b: &mut Builder,
    edge: &EdgeOptions,
    stage: usize,
    ffn: usize,
    first: bool,
    x: ValueId,
) -> Result<ValueId, GraphError> {
    let half = b.shape(x)[1] / 2;
    let halves = b.nodes("split", Split { axis: 1, sizes: vec![half; 2] }, &[x])?;
    let (x1, x2) = (halves[0], halves[1]);
    let (y1, y2) = match edge.kernel {
        Kernel::Gcc | Kernel::GccCa | Kernel::GccDk | Kernel::GccDkCa => {
            let dynamic = matches!(edge.kernel, Kernel::GccDk | Kernel::GccDkCa);
            let pe = edge.use_pe && first;
            Gcc { meta: META_KERNEL_SIZES[stage], rule: edge.instance_kernel, pe, dynamic }.mix(b, x1, x2)?
        }
        Kernel::Bkc | Kernel::BkcCa => big_kernel_mix(b, edge.big_kernel_size[stage], x1, x2)?,
    };
    let y1 = b.node("add_1", Binary::Add, &[x1, y1])?;
    let y2 = b.node("add_2", Binary::Add, &[x2, y2])?;
    let mixed = b.node("concat", Concat { axis: 1 }, &[y1, y2])?;
    let mut y = b.scope("ffn", |b| feed_forward(b, ffn, edge.dropout, mixed))?;
    if matches!(edge.kernel, Kernel::GccCa | Kernel::GccDkCa | Kernel::BkcCa) {
        y = channel_attention(b, "ca", y)?;
    }
    b.node("add", Binary::Add, &[mixed, y])
}

/// BatchNorm, 1×1 to `hidden`, HardSwish, 1×1 back, dropout; the indices of the official Sequential, where 3 is a dropout of nothing.
fn feed_forward(b: &mut Builder, hidden: usize, ratio: f64, x: ValueId) -> Result<ValueId, GraphError> {
    let channels = b.shape(x)[1];
    let y = batch_norm(b, "0", x)?;
    let y = conv2d(b, "1", Conv::pointwise(), [hidden, channels, 1, 1], true, y)?;
    let y = b.node("2", Unary::HardSwish, &[y])?;
    let y = conv2d(b, "4", Conv::pointwise(), [channels, hidden, 1, 1], true, y)?;
    dropout(b, "5", ratio, y)
}

/// Spatial mixing by global circular convolutions (paper, section 3.1).
struct Gcc {
    /// Taps of the stored kernels.
    meta: usize,
    /// How they get the length of the map.
    rule: InstanceKernel,
    /// Whether position embeddings are added.
    pe: bool,
    /// Whether kernels are computed from the map instead of stored.
    dynamic: bool,
}

impl Gcc {
    /// The first half is convolved along H and then W, the second along W and then H.
    fn mix(&self, b: &mut Builder, x1: ValueId, x2: ValueId) -> Result<(ValueId, ValueId), GraphError> {
        let y1 = self.add_pe(b, "1_H", 2, x1)?;
        let y2 = self.add_pe(b, "1_W", 3, x2)?;
        let y1 = batch_norm(b, "pre_Norm_1", y1)?;
        let y2 = batch_norm(b, "pre_Norm_2", y2)?;
        let y1 = self.convolve(b, "1_H", 2, y1)?;
        let y2 = self.convolve(b, "1_W", 3, y2)?;
        let y1 = self.add_pe(b, "2_W", 3, y1)?;
        let y2 = self.add_pe(b, "2_H", 2, y2)?;
        Ok((self.convolve(b, "2_W", 3, y1)?, self.convolve(b, "2_H", 2, y2)?))
    }

    fn convolve(&self, b: &mut Builder, suffix: &str, axis: usize, x: ValueId) -> Result<ValueId, GraphError> {
        if self.dynamic {
            let kernel = b.scope(format!("kernel_generate_{suffix}"), |b| generate_kernel(b, axis, x))?;
            return b.scope(format!("gcc_dk_{suffix}"), |b| {
                let y = convolve_dynamically(b, axis, kernel, x)?;
                instance_norm(b, y)
            });
        }
        let channels = b.shape(x)[1];
        let mut shape = [channels, 1, 1, 1];
        shape[axis] = self.meta;
        let kernel = self.instance(b, &format!("meta_kernel_{suffix}"), shape, axis, x)?;
        b.node(&format!("gcc_{suffix}"), CircularConv { axis, group: channels }, &[x, kernel])
    }

    fn add_pe(&self, b: &mut Builder, suffix: &str, axis: usize, x: ValueId) -> Result<ValueId, GraphError> {
        if !self.pe {
            return Ok(x);
        }
        let mut shape = [1, b.shape(x)[1], 1, 1];
        shape[axis] = self.meta;
        let pe = self.instance(b, &format!("meta_pe_{suffix}"), shape, axis, x)?;
        b.node(&format!("pe_{suffix}"), Binary::Add, &[x, pe])
    }

    /// A stored parameter brought to the length of `x` along `axis`.
    fn instance(
        &self,
        b: &mut Builder,
        name: &str,
        shape: [usize; 4],
        axis: usize,
        x: ValueId,
    ) -> Result<ValueId, GraphError> {
        let length = b.shape(x)[axis];
        match self.rule {
            InstanceKernel::InterpolationBilinear => interpolated(b, name, shape, axis, length),
            InstanceKernel::Crop => {
                let meta = b.parameter(name, shape)?;
                if length == self.meta {
                    return Ok(meta);
                }
                b.node(&format!("{name}.instance"), Slice { axis, start: 0, end: length, step: 1 }, &[meta])
            }
        }
    }
}

/// The kernel that a map `[N, C, H, W]` makes for itself: `[N, C, H, 1]` along axis 2, `[N, C, 1, W]` along axis 3.
fn generate_kernel(b: &mut Builder, axis: usize, x: ValueId) -> Result<ValueId, GraphError> {
    let mean = b.node("mean", Reduce { kind: ReduceKind::Mean, axes: vec![5 - axis] }, &[x])?;
    let global_mean = b.node("gap", GlobalAveragePool, &[x])?;
    let y = b.node("add", Binary::Add, &[mean, global_mean])?;
    b.scope("kernel_generate_conv", |b| {
        let y = axis_conv(b, "0", 3, axis, y)?;
        let y = batch_norm(b, "1", y)?;
        let y = b.node("2", Unary::HardSwish, &[y])?;
        axis_conv(b, "3", 3, axis, y)
    })
}

/// Circular convolution with a kernel K of length f for each sample and channel: a product with the matrices
/// `T[i, j] = K[(j − i) mod f]`, from the left along axis 2 and transposed from the right along axis 3.
fn convolve_dynamically(b: &mut Builder, axis: usize, kernel: ValueId, x: ValueId) -> Result<ValueId, GraphError> {
    let [batch, channels, length] = [0, 1, axis].map(|axis| b.shape(x)[axis]);
    let tap = |row: usize, column: usize| match axis {
        2 => (length + column - row) % length,
        _ => (length + row - column) % length,
    };
    let taps = (0..length * length).map(|index| tap(index / length, index % length) as i64).collect();
    let taps = b.constant("taps", Tensor::i64([length, length], taps)?)?;
    let kernel = b.node("kernel", Reshape { shape: vec![batch, channels, length] }, &[kernel])?;
    let matrix = b.node("circulant", Gather { axis: 2 }, &[kernel, taps])?;
    let factors = if axis == 2 { [matrix, x] } else { [x, matrix] };
    b.node("product", MatMul, &factors)
}

/// InstanceNorm without affine map: zero mean and unit (biased) variance for each sample and channel of `[N, C, H, W]`.
fn instance_norm(b: &mut Builder, x: ValueId) -> Result<ValueId, GraphError> {
    let axes = vec![2, 3];
    b.scope("instance_norm", |b| {
        let mean = b.node("mean", Reduce { kind: ReduceKind::Mean, axes: axes.clone() }, &[x])?;
        let centred = b.node("centred", Binary::Sub, &[x, mean])?;
        let square = b.node("square", Binary::Mul, &[centred, centred])?;
        let variance = b.node("variance", Reduce { kind: ReduceKind::Mean, axes }, &[square])?;
        let epsilon = b.constant("epsilon", Tensor::vector(vec![1e-5]))?;
        let shifted = b.node("shifted", Binary::Add, &[variance, epsilon])?;
        let deviation = b.node("deviation", Unary::Sqrt, &[shifted])?;
        b.node("", Binary::Div, &[centred, deviation])
    })
}

/// Spatial mixing by zero-padded depth-wise kernels of `taps` taps.
///
/// As in the official code each half mixes one axis only, whatever the last letter of the parameter's name says.
fn big_kernel_mix(b: &mut Builder, taps: usize, x1: ValueId, x2: ValueId) -> Result<(ValueId, ValueId), GraphError> {
    let y1 = batch_norm(b, "pre_Norm_1", x1)?;
    let y2 = batch_norm(b, "pre_Norm_2", x2)?;
    let y1 = axis_conv(b, "bk_conv_1_H", taps, 2, y1)?;
    let y2 = axis_conv(b, "bk_conv_1_W", taps, 3, y2)?;
    Ok((axis_conv(b, "bk_conv_2_W", taps, 2, y1)?, axis_conv(b, "bk_conv_2_H", taps, 3, y2)?))
}

/// A zero-padded depth-wise convolution along one axis, without bias, that keeps the size.
fn axis_conv(b: &mut Builder, name: &str, taps: usize, axis: usize, x: ValueId) -> Result<ValueId, GraphError> {
    let channels = b.shape(x)[1];
    let mut kernel = [channels, 1, 1, 1];
    kernel[axis] = taps;
    let mut pads = vec![0; 4];
    pads[axis - 2] = taps / 2;
    pads[axis] = taps / 2;
    let conv = Conv { strides: vec![1; 2], pads, dilations: vec![1; 2], group: channels };
    conv2d(b, name, conv, kernel, false, x)
}

fn greatest_common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use edgeconv_graph::Graph;

    use super::*;
    use crate::{Options, build, find};

    fn options(model: &str, overrides: &[&str]) -> Options {
        let published = find(model).unwrap().options();
        overrides.iter().fold(published, |options, text| options.with_override(text).unwrap())
    }

    fn graph(model: &str, overrides: &[&str], size: (usize, usize)) -> Result<Graph, ModelError> {
        build(find(model).unwrap(), &options(model, overrides), 1, size)
    }

    /// The exact counts of the reference: parameters, and MACs of all convolutions, linears and attention products.
    #[test]
    fn parameters_and_macs_are_the_published_ones() {
        let cases = [
            ("edgeformer-xs", 256, 2_185_384, 944_017),
            ("edgeformer-xs", 224, 2_185_384, 721_380),
            ("edgeformer-s", 256, 5_037_088, 1_657_348),
            ("edgeformer-s", 224, 5_037_088, 1_265_770),
            ("edgeformer-h", 256, 20_403_940, 8_544_419),
            ("edgeformer-h", 224, 20_403_940, 6_532_849),
        ];
        for (model, side, parameters, kilo_macs) in cases {
            let graph = graph(model, &[], (side, side)).unwrap();
            graph.validate().unwrap();
            assert_eq!(graph.parameter_count(), parameters, "{model}");
            assert_eq!((graph.macs() + 500) / 1000, kilo_macs, "{model} @{side}");
        }
    }

    #[test]
    fn options_change_the_parameters_as_upstream() {
        let cases: [(&str, &[&str], u64); 6] = [
            ("edgeformer-s", &["model.classification.edge.fusion=add"], 4_576_288),
            ("edgeformer-xs", &["model.classification.edge.fusion=concat"], 2_646_184),
            ("edgeformer-s", &["model.classification.edge.use_pe=false"], 5_011_488),
            ("edgeformer-s", &["model.classification.edge.kernel=gcc"], 4_951_672),
            ("edgeformer-s", &["model.classification.edge.kernel=gcc_dk"], 4_916_856),
            // As much more as gcc_ca has than gcc.
            ("edgeformer-s", &["model.classification.edge.kernel=gcc_dk_ca"], 4_916_856 + 5_037_088 - 4_951_672),
        ];
        for (model, overrides, parameters) in cases {
            assert_eq!(graph(model, overrides, (256, 256)).unwrap().parameter_count(), parameters, "{overrides:?}");
        }
    }

    #[test]
    fn every_size_works_with_interpolated_kernels() {
        for size in [(1, 1), (33, 33), (192, 320), (250, 300)] {
            graph("edgeformer-xs", &[], size).unwrap().validate().unwrap();
        }
    }

    #[test]
    fn dynamic_kernels_take_every_size_but_one_pixel() {
        let dynamic = ["model.classification.edge.kernel=gcc_dk_ca"];
        for size in [(33, 32), (192, 320), (250, 300)] {
            graph("edgeformer-xs", &dynamic, size).unwrap().validate().unwrap();
        }
        let error = graph("edgeformer-xs", &dynamic, (32, 32)).unwrap_err().to_string();
        assert!(error.contains("greater than 32"), "{error}");
        let crop = [dynamic[0], "model.classification.edge.instance_kernel=crop"];
        assert!(graph("edgeformer-xs", &crop, (288, 288)).is_err());
        let no_pe = [crop[0], crop[1], "model.classification.edge.use_pe=false"];
        assert!(graph("edgeformer-xs", &no_pe, (288, 288)).is_ok());
    }

    /// A product with a circulant matrix costs what the circular convolution costs.
    #[test]
    fn dynamic_kernels_cost_little_more() {
        let macs = |kernel| graph("edgeformer-s", &[kernel], (256, 256)).unwrap().macs();
        let stored = macs("model.classification.edge.kernel=gcc");
        let dynamic = macs("model.classification.edge.kernel=gcc_dk");
        // Two convolutions of three taps along d channels and one axis, for four kernels in each block.
        let taps: u64 = [(2, 96, 32), (4, 128, 16), (3, 160, 8)].iter().map(|(n, d, f)| n * 4 * 2 * 3 * d * f).sum();
        assert_eq!(dynamic, stored + taps);
    }

    #[test]
    fn impossible_sizes_say_which_ones_work() {
        let crop = ["model.classification.edge.instance_kernel=crop"];
        assert!(graph("edgeformer-s", &crop, (224, 160)).is_ok());
        let error = graph("edgeformer-s", &crop, (256, 288)).unwrap_err().to_string();
        assert!(error.contains("each side can be 1 to 256"), "{error}");
        let error = graph("edgeformer-s", &[], (0, 256)).unwrap_err().to_string();
        assert!(error.contains("at least 1"), "{error}");
        let error = graph("edgeformer-s", &[], (100_000, 100_000)).unwrap_err().to_string();
        assert!(error.contains("2^31"), "{error}");
    }

    #[test]
    fn big_kernels_must_be_odd() {
        let big = |sizes: &str| {
            let size = format!("model.classification.edge.big_kernel_size={sizes}");
            graph("edgeformer-xs", &["model.classification.edge.kernel=bkc_ca", &size], (64, 64))
        };
        assert!(big("[9, 5, 3]").is_ok());
        assert!(big("[8, 5, 3]").unwrap_err().to_string().contains("odd"));
    }
}
