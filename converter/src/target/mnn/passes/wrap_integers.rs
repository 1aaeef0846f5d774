use edgeconv_graph::op::{Binary, Cast, Reduce, ReduceKind, Unary};
use edgeconv_graph::{DType, Graph, Node, Op, Patch, Tensor, ValueId};

use super::integers::{fits, is_all_bits};
use crate::passes::{Accuracy, OrStop, Pass, Stop};

/// Computes integers of at most 16 bits in MNN's 32 bits, and keeps the bits that their type has: of 8 bits without sign,
/// `200 + 100 = 44`.
#[derive(Debug)]
pub struct WrapIntegers;

impl Pass for WrapIntegers {
    fn name(&self) -> &'static str {
        "wrap-integers"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn understands_quantized(&self) -> bool {
        true
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let mut steps = Steps { graph, node, patch: Patch::new(graph) };
        let to = graph.ty(node.outputs[0]).dtype;
        if !is_narrow(to) {
            return Err(Stop::NoMatch);
        }
        let wide = match &node.op {
            Op::Cast(_) if fits(graph, node.inputs[0], to) => return Err(Stop::NoMatch),
            Op::Cast(_) => steps.cast()?,
            // Turned bits.
            Op::Binary(Binary::Sub) if is_all_bits(graph, node.inputs[0]) => return Err(Stop::NoMatch),
            op if leaves_range(op) => steps.compute(op)?,
            _ => return Err(Stop::NoMatch),
        };
        let wrapped = steps.wrap(wide, to)?;
        let new = steps.patch.node(graph, &node.name, Cast { to }, &[wrapped])?;
        steps.patch.redirect(node.outputs[0], new);
        Ok(steps.patch)
    }
}

/// Whether a type is one of integers with fewer bits than MNN's.
fn is_narrow(dtype: DType) -> bool {
    dtype.is_integer() && dtype.bits() <= 16
}

/// Whether results can be outside of the operands' type.
fn leaves_range(op: &Op) -> bool {
    match op {
        Op::Binary(op) => {
            matches!(op, Binary::Add | Binary::Sub | Binary::Mul | Binary::Div | Binary::Pow) || op.is_shift()
        }
        Op::Unary(op) => matches!(op, Unary::Abs | Unary::Neg | Unary::Sign),
        Op::Reduce(Reduce { kind, .. }) => matches!(kind, ReduceKind::Sum | ReduceKind::Prod),
        Op::CumSum(_) => true,
        _ => false,
    }
}

/// What a node becomes.
struct Steps<'g> {
    graph: &'g Graph,
    node: &'g Node,
    patch: Patch,
}

impl Steps<'_> {
    /// The operand of a cast. Of floats that don't fit, ONNX says nothing; ONNX Runtime wraps around.
    fn cast(&mut self) -> Result<ValueId, Stop> {
        let x = self.node.inputs[0];
        let from = self.graph.ty(x).dtype;
        if from.is_float() || is_narrow(from) { self.step("whole", Cast { to: DType::I32 }, &[x]) } else { Ok(x) }
    }

    /// The result of the node in 32 bits.
    fn compute(&mut self, op: &Op) -> Result<ValueId, Stop> {
        let inputs = self.node.inputs.iter().map(|&id| self.widened(id)).collect::<Result<Vec<_>, _>>()?;
        self.step("result", op.clone(), &inputs)
    }

    fn widened(&mut self, id: ValueId) -> Result<ValueId, Stop> {
        let value = self.graph.value(id);
        match value.tensor().and_then(|tensor| tensor.cast(DType::I32)) {
            Some(constant) => Ok(self.patch.constant(&value.name, constant)),
            None => self.step("wide", Cast { to: DType::I32 }, &[id]),
        }
    }

    /// Integers as the type `to` holds them: of those that don't fit, it keeps the lowest bits.
    fn wrap(&mut self, id: ValueId, to: DType) -> Result<ValueId, Stop> {
        let range = to.range().or_no_match()?;
        let dtype = self.patch.ty(self.graph, id).dtype;
        let count = self.constant("count", dtype, range.end() - range.start() + 1)?;
        if *range.start() == 0 {
            return self.step("wrapped", Binary::Mod, &[id, count]);
        }
        let first = self.constant("first", dtype, *range.start())?;
        let shifted = self.step("shifted", Binary::Sub, &[id, first])?;
        let wrapped = self.step("wrapped", Binary::Mod, &[shifted, count])?;
        self.step("signed", Binary::Add, &[wrapped, first])
    }

    fn constant(&mut self, suffix: &str, dtype: DType, number: i128) -> Result<ValueId, Stop> {
        let constant = Tensor::from_integers(dtype, [], [number])?;
        Ok(self.patch.constant(format!("{}.{suffix}", self.node.name), constant))
    }

    fn step(&mut self, suffix: &str, op: impl Into<Op>, inputs: &[ValueId]) -> Result<ValueId, Stop> {
        Ok(self.patch.node(self.graph, format!("{}.{suffix}", self.node.name), op, inputs)?)
    }
}
