use edgeconv_graph::op::{Binary, Cast, Clip, DequantizeLinear, Expand, QuantizeLinear, Reshape, Slice, Unary};
use edgeconv_graph::{DType, Graph, Node, Op, Operator, Patch, Tensor, ValueId};

use super::integers::{float_before, single};
use crate::passes::{Accuracy, OrStop, Pass, Stop};

/// Quantises in floats, for which MNN has operators: rounds, clamps and casts. Quantised weights become floats, and what was
/// quantised just before is not made of integers again.
#[derive(Debug)]
pub struct QuantizeInFloats;

impl Pass for QuantizeInFloats {
    fn name(&self) -> &'static str {
        "quantize-in-floats"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn understands_quantized(&self) -> bool {
        true
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let mut steps = Steps { graph, node, patch: Patch::new(graph) };
        let new = match &node.op {
            Op::QuantizeLinear(op) => steps.quantize(op)?,
            Op::DequantizeLinear(op) => steps.dequantize(op)?,
            Op::Cast(Cast { to: DType::F32 }) => float_before(graph, node.inputs[0]).or_no_match()?,
            _ => return Err(Stop::NoMatch),
        };
        steps.patch.redirect(node.outputs[0], new);
        Ok(steps.patch)
    }
}

/// What a quantising node becomes.
struct Steps<'g> {
    graph: &'g Graph,
    node: &'g Node,
    patch: Patch,
}

impl Steps<'_> {
    /// `saturate(round(x / scale) + zero point)`. Rounding is cheaper on a bounded range, so that comes first where it can.
    fn quantize(&mut self, op: &QuantizeLinear) -> Result<ValueId, Stop> {
        let range = op.to.range().or_no_match()?;
        let (min, max) = (*range.start() as f32, *range.end() as f32);
        let mut value = self.node.inputs[0];
        if let Some(scale) = self.scale(op.axis, op.block_size)? {
            value = self.step("scaled", Binary::Div, &[value, scale])?;
        }
        let zero = self.zero_point(op.axis, op.block_size)?;
        let known = self.known_zero_point(zero);
        if let Some(zero) = known {
            value = self.step("clipped", Clip { min: min - zero, max: max - zero }, &[value])?;
        }
        value = self.step("rounded", Unary::Round, &[value])?;
        if let Some(zero) = zero {
            value = self.step("shifted", Binary::Add, &[value, zero])?;
        }
        if known.is_none() {
            value = self.step("clipped", Clip { min, max }, &[value])?;
        }
        Ok(self.patch.node(self.graph, &self.node.name, Cast { to: op.to }, &[value])?)
    }

    /// `(x − zero point) · scale`. Behind a quantisation with the same zero point, that is not added in the first place.
    fn dequantize(&mut self, op: &DequantizeLinear) -> Result<ValueId, Stop> {
        if let Some(result) = self.dequantized_constant(op) {
            return Ok(self.patch.constant(&self.graph.value(self.node.outputs[0]).name, result));
        }
        let x = self.float("x", self.node.inputs[0])?;
        let zero = self.zero_point(op.axis, op.block_size)?;
        let known = self.known_zero_point(zero);
        let centred = match (zero, self.before_shift()) {
            (None, _) => x,
            (Some(_), Some((centred, shift))) if Some(shift) == known => centred,
            (Some(zero), _) => self.step("shifted", Binary::Sub, &[x, zero])?,
        };
        match self.scale(op.axis, op.block_size)? {
            Some(scale) => Ok(self.patch.node(self.graph, &self.node.name, Binary::Mul, &[centred, scale])?),
            None => Ok(centred),
        }
    }

    /// The result if all operands are known; it has as many elements as the weights.
    fn dequantized_constant(&self, op: &DequantizeLinear) -> Option<Tensor> {
        let known: Option<Vec<_>> = self.node.inputs.iter().map(|&id| self.graph.tensor(id)).collect();
        op.evaluate(&known?)?.pop()
    }

    /// If a known number was added to the floats that the integers were just before: what they were without it, and that number.
    fn before_shift(&self) -> Option<(ValueId, f32)> {
        let node = self.graph.producer_node(float_before(self.graph, self.node.inputs[0])?)?;
        let Op::Binary(Binary::Add) = node.op else { return None };
        Some((node.inputs[0], single(self.graph, node.inputs[1])? as f32))
    }

    /// The scales, as they can be broadcast; `None` if they are 1.
    fn scale(&mut self, axis: usize, block_size: usize) -> Result<Option<ValueId>, Stop> {
        let scale = self.node.inputs[1];
        let ones = self.graph.tensor(scale).is_some_and(|scale| scale.numbers().all(|x| x == 1.0));
        if ones { Ok(None) } else { self.spread("scale", scale, axis, block_size).map(Some) }
    }

    /// The zero points as floats, as they can be broadcast; `None` if they are 0.
    fn zero_point(&mut self, axis: usize, block_size: usize) -> Result<Option<ValueId>, Stop> {
        let Some(&zero) = self.node.inputs.get(2) else { return Ok(None) };
        if self.graph.tensor(zero).is_some_and(|zero| zero.numbers().all(|x| x == 0.0)) {
            return Ok(None);
        }
        let zero = self.float("zero", zero)?;
        self.spread("zero", zero, axis, block_size).map(Some)
    }

    /// The number that the zero point is known to be, 0 if there is none.
    fn known_zero_point(&self, zero: Option<ValueId>) -> Option<f32> {
        match zero {
            None => Some(0.0),
            Some(_) => single(self.graph, self.node.inputs[2]).map(|zero| zero as f32),
        }
    }

    /// Integers as floats.
    fn float(&mut self, name: &str, id: ValueId) -> Result<ValueId, Stop> {
        let name = format!("{name}.float");
        if let Some(floats) = self.graph.tensor(id).and_then(|tensor| tensor.cast(DType::F32)) {
            return Ok(self.patch.constant(format!("{}.{name}", self.node.name), floats));
        }
        match float_before(self.graph, id) {
            Some(float) => Ok(float),
            None => self.step(&name, Cast { to: DType::F32 }, &[id]),
        }
    }

    /// Scales or zero points so that they can be broadcast to the data: one number, one for each index of `axis`, or one for each
    /// block of `block_size` indices.
    fn spread(&mut self, name: &str, id: ValueId, axis: usize, block_size: usize) -> Result<ValueId, Stop> {
        let given = self.patch.ty(self.graph, id).shape.clone();
        let shape = self.graph.ty(self.node.inputs[0]).shape.clone();
        if given.is_empty() {
            return Ok(id);
        }
        if given.iter().product::<usize>() == 1 {
            return self.step(&format!("{name}.one"), Reshape { shape: vec![] }, &[id]);
        }
        let length = shape[axis];
        if given == [length] && block_size == 0 {
            let mut along = vec![1; shape.len()];
            along[axis] = length;
            return self.step(&format!("{name}.axis"), Reshape { shape: along }, &[id]);
        }
        let mut column = given.clone();
        column.insert(axis + 1, 1);
        let mut repeated = column.clone();
        repeated[axis + 1] = block_size;
        let mut joined = given;
        joined[axis] *= block_size;
        let columns = self.step(&format!("{name}.column"), Reshape { shape: column }, &[id])?;
        let repeated = self.step(&format!("{name}.repeated"), Expand { shape: repeated }, &[columns])?;
        let joined = self.step(&format!("{name}.joined"), Reshape { shape: joined }, &[repeated])?;
        self.step(&format!("{name}.blocks"), Slice { axis, start: 0, end: length, step: 1 }, &[joined])
    }

    fn step(&mut self, suffix: &str, op: impl Into<Op>, inputs: &[ValueId]) -> Result<ValueId, Stop> {
        Ok(self.patch.node(self.graph, format!("{}.{suffix}", self.node.name), op, inputs)?)
    }
}
