//! MobileNetV2 (CVPR 2018) with torchvision's checkpoint keys, and ParC-MobileNetV2.
//!
//! Source: ParC-Net, `ParC_ConvNets/ParC_mobilenetv2.py`; torchvision, `models/mobilenetv2.py`.

use edgeconv_graph::op::{Binary, Clip, Conv};
use edgeconv_graph::{Builder, GraphError, ValueId};

use super::parc::Parc;
use crate::layers::{batch_norm, conv2d, dropout, fully_connected, global_pool, same};

type Built = Result<ValueId, GraphError>;

/// Some blocks of one width; the first may have a stride.
struct Row {
    expansion: usize,
    width: usize,
    blocks: usize,
    stride: usize,
    /// The first block with ParC; the others are plain.
    first_parc: usize,
    /// Side of the map at 224×224.
    side: usize,
}

const ROWS: [Row; 7] = [
    Row { expansion: 1, width: 16, blocks: 1, stride: 1, first_parc: 1, side: 112 },
    Row { expansion: 6, width: 24, blocks: 2, stride: 2, first_parc: 2, side: 56 },
    Row { expansion: 6, width: 32, blocks: 3, stride: 2, first_parc: 3, side: 28 },
    Row { expansion: 6, width: 64, blocks: 4, stride: 2, first_parc: 2, side: 14 },
    Row { expansion: 6, width: 96, blocks: 3, stride: 1, first_parc: 2, side: 14 },
    Row { expansion: 6, width: 160, blocks: 3, stride: 2, first_parc: 2, side: 7 },
    Row { expansion: 6, width: 320, blocks: 1, stride: 1, first_parc: 1, side: 7 },
];

/// Logits `[N, classes]` for input `x` `[N, 3, H, W]`, with dropout before the classifier; with `parc`, the network's ParC version.
pub(super) fn classify(b: &mut Builder, parc: bool, classes: usize, ratio: f64, x: ValueId) -> Built {
    let mut x = b.scope("features.0", |b| conv_norm_act(b, 3, 2, 32, x))?;
    let mut feature = 1;
    for row in &ROWS {
        for block in 0..row.blocks {
            x = b.scope(format!("features.{feature}"), |b| {
                if parc && block >= row.first_parc {
                    parc_inverted_residual(b, row, block == row.first_parc, x)
                } else {
                    let stride = if block == 0 { row.stride } else { 1 };
                    inverted_residual(b, row, stride, x)
                }
            })?;
            feature += 1;
        }
    }
    let y = b.scope(format!("features.{feature}"), |b| conv_norm_act(b, 1, 1, 1280, x))?;
    let y = global_pool(b, y)?;
    let y = dropout(b, "classifier.0", ratio, y)?;
    fully_connected(b, "classifier.1", classes, y)
}

/// Expand, depth-wise 3×3, reduce; with a shortcut where shapes allow it.
fn inverted_residual(b: &mut Builder, row: &Row, stride: usize, x: ValueId) -> Built {
    let hidden = row.expansion * b.shape(x)[1];
    let y = b.scope("conv", |b| {
        let (mut y, mut index) = (x, 0);
        if row.expansion != 1 {
            y = b.scope(index, |b| conv_norm_act(b, 1, 1, hidden, y))?;
            index += 1;
        }
        y = b.scope(index, |b| {
            let y = conv2d(b, "0", same(3, stride, hidden), [hidden, 1, 3, 3], false, y)?;
            let y = batch_norm(b, "1", y)?;
            relu6(b, "2", y)
        })?;
        y = conv2d(b, &(index + 1).to_string(), Conv::pointwise(), [row.width, hidden, 1, 1], false, y)?;
        batch_norm(b, &(index + 2).to_string(), y)
    })?;
    if b.shape(x) == b.shape(y) && stride == 1 { b.node("add", Binary::Add, &[x, y]) } else { Ok(y) }
}

/// The same with ParC in place of the depth-wise convolution. It never stands where the shape changes.
fn parc_inverted_residual(b: &mut Builder, row: &Row, pe: bool, x: ValueId) -> Built {
    let hidden = row.expansion * b.shape(x)[1];
    let y = b.scope("pw_expand", |b| conv_norm_act(b, 1, 1, hidden, x))?;
    let y = Parc { modules: ["gcc_H", "gcc_W"], taps: row.side, pe, dense: false }.build(b, y)?;
    let y = batch_norm(b, "bn", y)?;
    let y = relu6(b, "act", y)?;
    let y = conv2d(b, "pw_linear.0", Conv::pointwise(), [row.width, hidden, 1, 1], false, y)?;
    let y = batch_norm(b, "pw_linear.1", y)?;
    b.node("add", Binary::Add, &[x, y])
}

/// A dense convolution, norm and activation; the indices of the official Sequential.
fn conv_norm_act(b: &mut Builder, kernel: usize, stride: usize, out: usize, x: ValueId) -> Built {
    let channels = b.shape(x)[1];
    let y = conv2d(b, "0", same(kernel, stride, 1), [out, channels, kernel, kernel], false, x)?;
    let y = batch_norm(b, "1", y)?;
    relu6(b, "2", y)
}

fn relu6(b: &mut Builder, name: &str, x: ValueId) -> Built {
    b.node(name, Clip { min: 0.0, max: 6.0 }, &[x])
}

#[cfg(test)]
mod tests {
    use crate::models::parc::tests::{published, shape};

    /// Together with the numbers of parameters and of entries, these keys fix torchvision's state dict.
    #[test]
    fn keys_are_those_of_torchvision() {
        let graph = published("mobilenetv2");
        let cases: [(&str, &[usize]); 16] = [
            ("features.0.0.weight", &[32, 3, 3, 3]),
            ("features.0.1.running_mean", &[32]),
            ("features.1.conv.0.0.weight", &[32, 1, 3, 3]),
            ("features.1.conv.0.1.bias", &[32]),
            ("features.1.conv.1.weight", &[16, 32, 1, 1]),
            ("features.1.conv.2.running_var", &[16]),
            ("features.2.conv.0.0.weight", &[96, 16, 1, 1]),
            ("features.2.conv.1.0.weight", &[96, 1, 3, 3]),
            ("features.2.conv.1.1.weight", &[96]),
            ("features.2.conv.2.weight", &[24, 96, 1, 1]),
            ("features.2.conv.3.bias", &[24]),
            ("features.10.conv.1.0.weight", &[384, 1, 3, 3]),
            ("features.17.conv.2.weight", &[320, 960, 1, 1]),
            ("features.18.0.weight", &[1280, 320, 1, 1]),
            ("features.18.1.running_var", &[1280]),
            ("classifier.1.weight", &[1000, 1280]),
        ];
        for (key, expected) in cases {
            assert_eq!(shape(&graph, key), Some(expected), "{key}");
        }
    }

    #[test]
    fn only_the_first_parc_block_of_a_row_has_a_position_embedding() {
        let graph = published("parc-mobilenetv2");
        for (feature, pe) in [(9, true), (10, false), (13, true), (16, true)] {
            assert!(shape(&graph, &format!("features.{feature}.gcc_H.gcc_conv.weight")).is_some(), "{feature}");
            assert_eq!(shape(&graph, &format!("features.{feature}.gcc_W.pe")).is_some(), pe, "{feature}");
        }
        assert_eq!(shape(&graph, "features.16.gcc_W.pe").unwrap(), [1, 480, 1, 7]);
        assert_eq!(shape(&graph, "features.13.pw_linear.0.weight").unwrap(), [96, 576, 1, 1]);
    }

    #[test]
    fn shortcuts_are_where_the_shape_stays() {
        for name in ["mobilenetv2", "parc-mobilenetv2"] {
            let graph = published(name);
            let shortcuts = [3, 5, 6, 8, 9, 10, 12, 13, 15, 16].map(|feature| format!("features.{feature}.add"));
            let found = graph.nodes().map(|node| &node.name).filter(|name| name.ends_with(".add"));
            assert!(found.eq(&shortcuts), "{name}");
        }
    }
}
