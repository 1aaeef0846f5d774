//! Convolutions.

use edgeconv_graph::Node;

use super::attributes::{given, ints};
use crate::proto::AttributeProto;
use crate::target::onnx::exporter::Exporter;

/// The operator's attributes, and the spatial lengths of the kernel.
pub(super) fn attributes(exporter: &Exporter<'_>, node: &Node) -> Vec<AttributeProto> {
    let kernel = &exporter.graph.ty(node.inputs[1]).shape[2..];
    let mut attributes = given(&node.op);
    attributes.push(ints("kernel_shape", kernel));
    attributes.sort_by(|a, b| a.name.cmp(&b.name));
    attributes
}
