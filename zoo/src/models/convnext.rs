//! ConvNeXt-XT (ConvNeXt, CVPR 2022, with half the widths of its smallest model), and ParC-ConvNeXt-XT.
//!
//! Source: ParC-Net, `ParC_ConvNets/ParC_convnext.py`.

use edgeconv_graph::op::{Binary, Conv, DropoutUnit, Reshape, Transpose, Unary};
use edgeconv_graph::{Builder, GraphError, ValueId};

use super::parc::Parc;
use super::{ModelError, sides};
use crate::layers::{conv2d, dropout_of, fully_connected, global_pool, layer_norm, same};

type Built = Result<ValueId, GraphError>;

/// Added to the variance in all its norms.
const EPSILON: f32 = 1e-6;

struct Stage {
    width: usize,
    blocks: usize,
    /// The first block with ParC; the others are plain.
    first_parc: usize,
    /// Side of the map at 224×224.
    side: usize,
}

const STAGES: [Stage; 4] = [
    Stage { width: 48, blocks: 3, first_parc: 3, side: 56 },
    Stage { width: 96, blocks: 3, first_parc: 3, side: 28 },
    Stage { width: 192, blocks: 9, first_parc: 6, side: 14 },
    Stage { width: 384, blocks: 3, first_parc: 2, side: 7 },
];

/// Its convolutions don't pad, so that smaller maps would vanish.
const SMALLEST_SIDE: usize = 32;

/// Logits `[N, classes]` for input `x` `[N, 3, H, W]`; with `parc`, the network's ParC version. Blocks are dropped with a probability
/// that rises from 0 in the first to `drop_path_rate` in the last.
pub(super) fn classify(
    b: &mut Builder,
    parc: bool,
    classes: usize,
    drop_path_rate: f64,
    x: ValueId,
) -> Result<ValueId, ModelError> {
    let (height, width) = sides(b, x);
    if height.min(width) < SMALLEST_SIDE {
        let reason = format!("each side must be at least {SMALLEST_SIDE}; the published size is 224x224");
        return Err(ModelError::Size { height, width, reason });
    }
    let last = STAGES.iter().map(|stage| stage.blocks).sum::<usize>() - 1;
    let mut before = 0;
    let mut x = x;
    for (index, stage) in STAGES.iter().enumerate() {
        x = b.scope(format!("downsample_layers.{index}"), |b| downsample(b, index == 0, stage.width, x))?;
        for block in 0..stage.blocks {
            let side = (parc && block >= stage.first_parc).then_some(stage.side);
            let drop_path = drop_path_rate * (before + block) as f64 / last as f64;
            x = b.scope(format!("stages.{index}.{block}"), |b| convnext_block(b, side, drop_path, x))?;
        }
        before += stage.blocks;
    }
    let y = global_pool(b, x)?;
    let y = layer_norm(b, "norm", EPSILON, y)?;
    Ok(fully_connected(b, "head", classes, y)?)
}

/// Fewer pixels, more channels: in the stem patches of 4×4 and then a norm, later a norm and then patches of 2×2.
fn downsample(b: &mut Builder, stem: bool, out: usize, x: ValueId) -> Built {
    if stem {
        let y = patches(b, "0", 4, out, x)?;
        channel_norm(b, "1", y)
    } else {
        let y = channel_norm(b, "0", x)?;
        patches(b, "1", 2, out, y)
    }
}

/// A convolution over patches that don't overlap.
fn patches(b: &mut Builder, name: &str, side: usize, out: usize, x: ValueId) -> Built {
    let channels = b.shape(x)[1];
    let conv = Conv { strides: vec![side; 2], ..Conv::pointwise() };
    conv2d(b, name, conv, [out, channels, side, side], true, x)
}

/// Spatial mixing, norm, and an inverted bottleneck with a scale per channel; all with a shortcut. `parc_side` are the taps
/// of its ParC operator, if it has one, `drop_path` the probability that a sample goes by the shortcut alone.
fn convnext_block(b: &mut Builder, parc_side: Option<usize>, drop_path: f64, x: ValueId) -> Built {
    let channels = b.shape(x)[1];
    let gamma = b.parameter("gamma", [channels])?;
    let y = match parc_side {
        Some(taps) => Parc { modules: ["gcc_H", "gcc_W"], taps, pe: true, dense: false }.build(b, x)?,
        None => conv2d(b, "dwconv", same(7, 1, channels), [channels, 1, 7, 7], true, x)?,
    };
    let y = channel_norm(b, "norm", y)?;
    let y = position_wise(b, "pwconv1", 4 * channels, y)?;
    let y = b.node("act", Unary::Gelu, &[y])?;
    let y = position_wise(b, "pwconv2", channels, y)?;
    let gamma = b.node("gamma.map", Reshape { shape: vec![1, channels, 1, 1] }, &[gamma])?;
    let y = b.node("scale", Binary::Mul, &[y, gamma])?;
    let y = dropout_of(b, "drop_path", DropoutUnit::Sample, drop_path, y)?;
    b.node("add", Binary::Add, &[x, y])
}

/// A linear layer at every position of a map, which is a 1×1 convolution; its weight is stored as a matrix `[out, in]`.
fn position_wise(b: &mut Builder, name: &str, out: usize, x: ValueId) -> Built {
    let channels = b.shape(x)[1];
    let weight = b.parameter(&format!("{name}.weight"), [out, channels])?;
    let bias = b.parameter(&format!("{name}.bias"), [out])?;
    let kernel = b.node(&format!("{name}.kernel"), Reshape { shape: vec![out, channels, 1, 1] }, &[weight])?;
    b.node(name, Conv::pointwise(), &[x, kernel, bias])
}

/// LayerNorm over the channels of `[N, C, H, W]`, at each position alone.
fn channel_norm(b: &mut Builder, name: &str, x: ValueId) -> Built {
    let y = b.node(&format!("{name}.to_last"), Transpose { perm: vec![0, 2, 3, 1] }, &[x])?;
    let y = layer_norm(b, name, EPSILON, y)?;
    b.node(&format!("{name}.to_first"), Transpose { perm: vec![0, 3, 1, 2] }, &[y])
}

#[cfg(test)]
mod tests {
    use edgeconv_test_support::golden;

    use crate::models::parc::tests::{build, published, shape};
    use crate::weights::{load, read};

    #[test]
    fn the_official_checkpoint_fits() {
        let Some(path) = golden("parc_convnext_xt/parc_convnext_xt.pt") else { return };
        for size in [(224, 224), (256, 320)] {
            let mut graph = build("parc-convnext-xt", 1000, 1, size).unwrap();
            load(&mut graph, &read(&path).unwrap(), &[]).unwrap();
        }
    }

    #[test]
    fn blocks_are_plain_or_parc() {
        let graph = published("parc-convnext-xt");
        assert_eq!(shape(&graph, "stages.2.5.dwconv.weight").unwrap(), [192, 1, 7, 7]);
        assert_eq!(shape(&graph, "stages.2.6.dwconv.weight"), None);
        assert_eq!(shape(&graph, "stages.2.8.gcc_H.gcc_conv.weight").unwrap(), [96, 1, 14, 1]);
        assert_eq!(shape(&graph, "stages.3.2.gcc_W.pe").unwrap(), [1, 192, 1, 7]);
        assert_eq!(shape(&graph, "downsample_layers.3.1.weight").unwrap(), [384, 192, 2, 2]);
    }
}
