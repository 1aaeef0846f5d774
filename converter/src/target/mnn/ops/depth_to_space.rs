//! Channels that become blocks of pixels, and back.

use edgeconv_graph::op::DepthOrder;
use edgeconv_graph::{Node, op};
use planus::{Builder, UnionOffset};

use super::MnnOp;
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::Lowering;
use crate::target::mnn::net::Shapes;
use crate::target::mnn::schema::{self, DepthToSpaceMode, OpParameter, OpType};

/// Channels become blocks of pixels.
#[derive(Debug)]
struct DepthToSpace {
    /// Height and width of a block.
    block: usize,
    /// The order of the channels.
    mode: DepthToSpaceMode,
}

impl MnnOp for DepthToSpace {
    fn op_type(&self) -> OpType {
        OpType::DepthToSpace
    }

    fn parameter(&self, b: &mut Builder, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        Some(parameter(b, self.block, self.mode))
    }
}

/// Blocks of pixels become channels.
#[derive(Debug)]
struct SpaceToDepth {
    /// Height and width of a block.
    block: usize,
}

impl MnnOp for SpaceToDepth {
    fn op_type(&self) -> OpType {
        OpType::SpaceToDepth
    }

    fn parameter(&self, b: &mut Builder, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        Some(parameter(b, self.block, DepthToSpaceMode::Dcr))
    }
}

fn parameter(b: &mut Builder, block: usize, mode: DepthToSpaceMode) -> UnionOffset<OpParameter> {
    OpParameter::create_depth_space_param(b, &schema::DepthSpaceParam { block_size: block as i32, mode })
}

pub(super) fn depth_to_space<'g>(
    l: &mut Lowering<'g>,
    node: &'g Node,
    op: &op::DepthToSpace,
) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    if op.block == 1 {
        l.alias(node, data);
        return Ok(());
    }
    let mode = match op.order {
        DepthOrder::BlocksFirst => DepthToSpaceMode::Dcr,
        DepthOrder::ChannelsFirst => DepthToSpaceMode::Crd,
    };
    l.finish(node, DepthToSpace { block: op.block, mode }, &[data]);
    Ok(())
}

pub(super) fn space_to_depth<'g>(
    l: &mut Lowering<'g>,
    node: &'g Node,
    op: &op::SpaceToDepth,
) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    if op.block == 1 {
        l.alias(node, data);
    } else {
        l.finish(node, SpaceToDepth { block: op.block }, &[data]);
    }
    Ok(())
}
