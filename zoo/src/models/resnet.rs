//! ResNet50 (CVPR 2016) as torchvision builds it, with the stride in the 3×3 convolution, and ParC-ResNet50.
//!
//! Source: ParC-Net, `ParC_ConvNets/ParC_resnet50.py`; torchvision, `models/resnet.py`.

use edgeconv_graph::op::{Binary, Pool, PoolKind, Unary};
use edgeconv_graph::{Builder, GraphError, ValueId};

use super::parc::Parc;
use crate::layers::{batch_norm, conv2d, fully_connected, global_pool, same};

type Built = Result<ValueId, GraphError>;

struct Layer {
    width: usize,
    blocks: usize,
    stride: usize,
    /// The first block with ParC; the others are plain.
    first_parc: usize,
    /// Side of the map at 224×224.
    side: usize,
}

const LAYERS: [Layer; 4] = [
    Layer { width: 64, blocks: 3, stride: 1, first_parc: 3, side: 56 },
    Layer { width: 128, blocks: 4, stride: 2, first_parc: 4, side: 28 },
    Layer { width: 256, blocks: 6, stride: 2, first_parc: 3, side: 14 },
    Layer { width: 512, blocks: 3, stride: 2, first_parc: 2, side: 7 },
];

/// Logits `[N, classes]` for input `x` `[N, 3, H, W]`; with `parc`, the network's ParC version.
pub(super) fn classify(b: &mut Builder, parc: bool, classes: usize, x: ValueId) -> Built {
    let x = conv_norm(b, ["conv1", "bn1"], 7, 2, 64, x)?;
    let x = b.node("relu", Unary::Relu, &[x])?;
    let mut x = b.node("maxpool", Pool { kind: PoolKind::Max, kernel: [3; 2], strides: [2; 2], pads: [1; 4] }, &[x])?;
    for (index, layer) in LAYERS.iter().enumerate() {
        for block in 0..layer.blocks {
            x = b.scope(format!("layer{}.{block}", index + 1), |b| {
                let stride = if block == 0 { layer.stride } else { 1 };
                let taps = (parc && block >= layer.first_parc).then_some(layer.side);
                bottleneck(b, layer.width, stride, taps, x)
            })?;
        }
    }
    let y = global_pool(b, x)?;
    fully_connected(b, "fc", classes, y)
}

/// Reduce to `width`, mix spatially, expand to 4 · `width`; with a shortcut, projected where shapes differ. Mixing is a
/// strided 3×3 convolution, or dense ParC with stored kernels of `parc_taps` and no stride.
fn bottleneck(b: &mut Builder, width: usize, stride: usize, parc_taps: Option<usize>, x: ValueId) -> Built {
    let y = conv_norm(b, ["conv1", "bn1"], 1, 1, width, x)?;
    let y = b.node("relu1", Unary::Relu, &[y])?;
    let y = match parc_taps {
        Some(taps) => {
            let y = Parc { modules: ["parc_H", "parc_W"], taps, pe: true, dense: true }.build(b, y)?;
            batch_norm(b, "bn2", y)?
        }
        None => conv_norm(b, ["conv2", "bn2"], 3, stride, width, y)?,
    };
    let y = b.node("relu2", Unary::Relu, &[y])?;
    let y = conv_norm(b, ["conv3", "bn3"], 1, 1, 4 * width, y)?;
    let shortcut = if b.shape(x)[1] == 4 * width {
        x
    } else {
        b.scope("downsample", |b| conv_norm(b, ["0", "1"], 1, stride, 4 * width, x))?
    };
    let y = b.node("add", Binary::Add, &[y, shortcut])?;
    b.node("relu", Unary::Relu, &[y])
}

/// A dense convolution and its norm, both by name.
fn conv_norm(b: &mut Builder, [conv, norm]: [&str; 2], kernel: usize, stride: usize, out: usize, x: ValueId) -> Built {
    let channels = b.shape(x)[1];
    let y = conv2d(b, conv, same(kernel, stride, 1), [out, channels, kernel, kernel], false, x)?;
    batch_norm(b, norm, y)
}

#[cfg(test)]
mod tests {
    use crate::models::parc::tests::{published, shape};

    #[test]
    fn keys_are_those_of_torchvision() {
        let graph = published("resnet50");
        let cases: [(&str, &[usize]); 8] = [
            ("conv1.weight", &[64, 3, 7, 7]),
            ("bn1.running_var", &[64]),
            ("layer1.0.downsample.0.weight", &[256, 64, 1, 1]),
            ("layer1.0.downsample.1.bias", &[256]),
            ("layer3.3.conv2.weight", &[256, 256, 3, 3]),
            ("layer4.0.conv1.weight", &[512, 1024, 1, 1]),
            ("layer4.2.bn3.running_mean", &[2048]),
            ("fc.weight", &[1000, 2048]),
        ];
        for (key, expected) in cases {
            assert_eq!(shape(&graph, key), Some(expected), "{key}");
        }
        // Reducing the resolution is the 3×3 convolution's work.
        assert_eq!(shape(&graph, "layer2.0.conv1").unwrap(), [1, 128, 56, 56]);
        assert_eq!(shape(&graph, "layer2.0.conv2").unwrap(), [1, 128, 28, 28]);
    }

    #[test]
    fn parc_is_dense_within_each_half() {
        let graph = published("parc-resnet50");
        assert_eq!(shape(&graph, "layer3.5.parc_H.gcc_conv.weight").unwrap(), [128, 128, 14, 1]);
        assert_eq!(shape(&graph, "layer4.2.parc_W.gcc_conv.weight").unwrap(), [256, 256, 1, 7]);
        assert_eq!(shape(&graph, "layer4.2.parc_W.pe").unwrap(), [1, 256, 1, 7]);
        assert_eq!(shape(&graph, "layer3.2.parc_H.pe"), None);
        assert_eq!(shape(&graph, "layer3.3.conv2.weight"), None);
    }
}
