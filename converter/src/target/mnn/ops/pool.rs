//! Pooling.

use edgeconv_graph::Node;
use edgeconv_graph::op::{self, Pool, PoolKind};
use planus::UnionOffset;

use super::{InIntegers, Lower, MnnOp, dims};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::{Lowering, unsupported};
use crate::target::mnn::net::Shapes;
use crate::target::mnn::schema::{self, AvgPoolCountType, OpParameter, OpType, PoolType};
use crate::target::mnn::write::Writer;

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

    /// Its kernel for maxima compares integers as if they had a sign, which they do not have on x86; that for means cuts results off.
    fn in_integers(&self) -> InIntegers {
        InIntegers::WrongWithOneStep
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
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

impl Lower for op::GlobalAveragePool {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.floats(node)?;
        let shape = l.shape(node.inputs[0]);
        if shape.len() != 4 {
            return Err(unsupported(node, format!("its input has shape {shape:?}, MNN's Pooling takes [N, C, H, W]")));
        }
        let data = l.operand(node.inputs[0])?;
        l.finish(node, Pooling::GlobalAverage, &[data]);
        Ok(())
    }
}

impl Lower for Pool {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.floats(node)?;
        let data = l.operand(node.inputs[0])?;
        l.finish(node, Pooling::Windows(*self), &[data]);
        Ok(())
    }
}
