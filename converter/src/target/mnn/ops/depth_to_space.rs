//! Channels that become blocks of pixels, and back.

use edgeconv_graph::op::DepthOrder;
use edgeconv_graph::{Node, op};
use planus::UnionOffset;

use super::{Lower, MnnOp};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::Lowering;
use crate::target::mnn::net::Shapes;
use crate::target::mnn::schema::{self, DepthToSpaceMode, OpParameter, OpType};
use crate::target::mnn::write::Writer;

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

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
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

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        Some(parameter(b, self.block, DepthToSpaceMode::Dcr))
    }
}

fn parameter(b: &mut Writer, block: usize, mode: DepthToSpaceMode) -> UnionOffset<OpParameter> {
    OpParameter::create_depth_space_param(b, &schema::DepthSpaceParam { block_size: block as i32, mode })
}

impl Lower for op::DepthToSpace {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let data = l.operand(node.inputs[0])?;
        if self.block == 1 {
            l.alias(node, data);
            return Ok(());
        }
        let mode = match self.order {
            DepthOrder::BlocksFirst => DepthToSpaceMode::Dcr,
            DepthOrder::ChannelsFirst => DepthToSpaceMode::Crd,
        };
        l.finish(node, DepthToSpace { block: self.block, mode }, &[data]);
        Ok(())
    }
}

impl Lower for op::SpaceToDepth {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let data = l.operand(node.inputs[0])?;
        if self.block == 1 {
            l.alias(node, data);
        } else {
            l.finish(node, SpaceToDepth { block: self.block }, &[data]);
        }
        Ok(())
    }
}
