//! Pooling.

use std::rc::Rc;

use edgeconv_graph::Node;
use edgeconv_graph::op::{self, Pool, PoolKind};
use planus::UnionOffset;

use super::{InIntegers, Lower, MnnOp, dims};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::{Lowering, unsupported};
use crate::target::mnn::net::Shapes;
use crate::target::mnn::schema::{self, AvgPoolCountType, OpParameter, OpType, PoolType};
use crate::target::mnn::write::Writer;

/// Largest element or mean of each window, or of whole maps.
#[derive(Debug)]
enum Pooling {
    Windows {
        pool: Pool,
        /// Whether a last window may begin that ends behind the padding; else all that there are lie within it.
        ceil: bool,
    },
    Global(PoolKind),
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
            Pooling::Windows { pool, ceil } => windows(pool, *ceil),
            Pooling::Global(kind) => {
                let type_ = type_of(*kind);
                schema::Pool { is_global: true, type_, ceil_model: false, ..Default::default() }
            }
        };
        Some(OpParameter::create_pool(b, pool))
    }

    fn for_all_sizes(&self, shapes: &Shapes) -> Vec<Rc<dyn MnnOp>> {
        let Pooling::Windows { pool, ceil: false } = self else { return vec![] };
        let (input, output) = (&shapes.inputs[0][2..], &shapes.outputs[0][2..]);
        if pool.kernel == input && pool.pads == [0; 4] {
            return vec![Rc::new(Pooling::Global(pool.kind))];
        }
        // Windows of which the last one is cut off have padding behind them that depends on the size.
        let counts = |axis: usize, behind: usize| {
            let room = input[axis] + pool.pads[axis] + behind;
            room >= pool.kernel[axis] && (room - pool.kernel[axis]).div_ceil(pool.strides[axis]) + 1 == output[axis]
        };
        let ends = |axis: usize| (0..=pool.pads[axis + 2]).filter(move |&behind| counts(axis, behind));
        let pads = ends(0).flat_map(|bottom| ends(1).map(move |right| [pool.pads[0], pool.pads[1], bottom, right]));
        pads.map(|pads| Rc::new(Pooling::Windows { pool: Pool { pads, ..*pool }, ceil: true }) as Rc<dyn MnnOp>)
            .collect()
    }
}

fn type_of(kind: PoolKind) -> PoolType {
    match kind {
        PoolKind::Max => PoolType::Maxpool,
        PoolKind::Average => PoolType::Avepool,
    }
}

fn windows(pool: &Pool, ceil_model: bool) -> schema::Pool {
    let int = |number: usize| number as i32;
    let count_type = match pool.kind {
        PoolKind::Max => AvgPoolCountType::Default,
        PoolKind::Average => AvgPoolCountType::ExcludePadding,
    };
    schema::Pool {
        kernel_y: int(pool.kernel[0]),
        kernel_x: int(pool.kernel[1]),
        stride_y: int(pool.strides[0]),
        stride_x: int(pool.strides[1]),
        type_: type_of(pool.kind),
        pad_type: schema::PoolPadType::Caffe,
        pads: Some(dims(&pool.pads)),
        ceil_model,
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
        l.finish(node, Pooling::Global(PoolKind::Average), &[data]);
        Ok(())
    }
}

impl Lower for Pool {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.floats(node)?;
        let data = l.operand(node.inputs[0])?;
        l.finish(node, Pooling::Windows { pool: *self, ceil: false }, &[data]);
        Ok(())
    }
}
