//! Convolutions.

use edgeconv_graph::Node;
use edgeconv_graph::op::{Conv, ConvTranspose};

use super::attributes::{int, ints};
use crate::proto::AttributeProto;
use crate::target::onnx::exporter::Exporter;

pub(super) fn conv(exporter: &Exporter<'_>, node: &Node, op: &Conv) -> Vec<AttributeProto> {
    vec![
        ints("dilations", &op.dilations),
        int("group", op.group as i64),
        ints("kernel_shape", kernel(exporter, node)),
        ints("pads", &op.pads),
        ints("strides", &op.strides),
    ]
}

pub(super) fn conv_transpose(exporter: &Exporter<'_>, node: &Node, op: &ConvTranspose) -> Vec<AttributeProto> {
    vec![
        ints("dilations", &op.dilations),
        int("group", op.group as i64),
        ints("kernel_shape", kernel(exporter, node)),
        ints("output_padding", &op.output_padding),
        ints("pads", &op.pads),
        ints("strides", &op.strides),
    ]
}

/// The spatial lengths of a kernel.
fn kernel<'a>(exporter: &Exporter<'a>, node: &Node) -> &'a [usize] {
    &exporter.graph.ty(node.inputs[1]).shape[2..]
}
