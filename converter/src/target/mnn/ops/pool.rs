//! Pooling.

use edgeconv_graph::Node;
use edgeconv_graph::op::{Pool, PoolKind};
use planus::{Builder, UnionOffset};

use super::{MnnOp, dims};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::{Lowering, unsupported};
use crate::target::mnn::net::Shapes;
use crate::target::mnn::schema::{self, AvgPoolCountType, OpParameter, OpType, PoolType};

/// Largest element or mean of each window, or the mean over height and width.
#[derive(Debug)]
enum Pooling {
    Windows(Pool),
    GlobalAverage,
}

impl MnnOp for Pooling {
    fn op_type(&self) -> OpType {
        OpType::Pooling
    }

    fn parameter(&self, b: &mut Builder, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let pool = match self {
            Pooling::Windows(pool) => windows(pool),
            Pooling::GlobalAverage => {
                schema::Pool { is_global: true, type_: PoolType::Avepool, ceil_model: false, ..Default::default() }
            }
        };
        Some(OpParameter::create_pool(b, pool))
    }
}

fn windows(pool: &Pool) -> schema::Pool {
    let int = |number: usize| number as i32;
    let (type_, count_type) = match pool.kind {
        PoolKind::Max => (PoolType::Maxpool, AvgPoolCountType::Default),
        PoolKind::Average => (PoolType::Avepool, AvgPoolCountType::ExcludePadding),
    };
    schema::Pool {
        kernel_y: int(pool.kernel[0]),
        kernel_x: int(pool.kernel[1]),
        stride_y: int(pool.strides[0]),
        stride_x: int(pool.strides[1]),
        type_,
        pad_type: schema::PoolPadType::Caffe,
        pads: Some(dims(&pool.pads)),
        ceil_model: false,
        count_type,
        ..Default::default()
    }
}

pub(super) fn global_average_pool<'g>(l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
    let shape = l.shape(node.inputs[0]);
    if shape.len() != 4 {
        return Err(unsupported(node, format!("its input has shape {shape:?}, MNN's Pooling takes [N, C, H, W]")));
    }
    let data = l.operand(node.inputs[0])?;
    l.finish(node, Pooling::GlobalAverage, &[data]);
    Ok(())
}

pub(super) fn pool<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &Pool) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    l.finish(node, Pooling::Windows(*op), &[data]);
    Ok(())
}
