//! Operators that find elements by their positions.

use edgeconv_graph::Node;
use edgeconv_graph::op::{ScatterNd, ScatterReduction};

use super::attributes::string;
use super::needs;
use crate::proto::AttributeProto;
use crate::target::onnx::ExportError;
use crate::target::onnx::exporter::Exporter;

pub(super) fn scatter_nd(
    exporter: &Exporter<'_>,
    node: &Node,
    op: &ScatterNd,
) -> Result<Vec<AttributeProto>, ExportError> {
    let reduces = op.reduction != ScatterReduction::None;
    needs(exporter, node, "reduction", 16, reduces)?;
    Ok(if reduces { vec![string("reduction", op.reduction.name())] } else { vec![] })
}
