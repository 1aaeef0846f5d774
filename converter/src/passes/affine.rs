use edgeconv_graph::op::Binary;
use edgeconv_graph::{Graph, Node, Op, ValueId};

use super::constant_operand;

/// A map `x · scale + shift` per channel, such as a BatchNorm at inference. In f64, so that folding it costs no accuracy.
pub(crate) struct Affine {
    pub scale: Vec<f64>,
    pub shift: Vec<f64>,
}

impl Affine {
    /// The operand of a node, `[N, C, …]`, and the map that it computes of it; `None` if that is none per channel, or if its
    /// constants are not loaded.
    pub fn of(graph: &Graph, node: &Node) -> Option<(ValueId, Self)> {
        match node.op {
            Op::BatchNormalization(_) => Some((node.inputs[0], Self::of_batch_norm(graph, node)?)),
            Op::Binary(op) => Self::of_arithmetic(graph, node, op),
            _ => None,
        }
    }

    /// Arithmetic with a constant number, or one per channel.
    fn of_arithmetic(graph: &Graph, node: &Node, op: Binary) -> Option<(ValueId, Self)> {
        let (data, constant) = constant_operand(graph, node)?;
        let shape = &graph.ty(data).shape;
        let (channels, count) = (*shape.get(1)?, constant.ty().len());
        let per_channel = constant.shape().iter().rev().nth(shape.len() - 2) == Some(&count);
        if graph.ty(node.outputs[0]).shape != *shape || count > 1 && !per_channel {
            return None;
        }
        let constant = constant.as_f32()?;
        let numbers = (0..channels).map(|channel| f64::from(constant[channel % constant.len()]));
        let constant_first = node.inputs[1] == data;
        let parts = numbers.map(|number| match op {
            Binary::Add => Some((1.0, number)),
            Binary::Sub if constant_first => Some((-1.0, number)),
            Binary::Sub => Some((1.0, -number)),
            Binary::Mul => Some((number, 0.0)),
            Binary::Div if constant_first || number == 0.0 => None,
            Binary::Div => Some((1.0 / number, 0.0)),
            _ => None,
        });
        let (scale, shift) = parts.collect::<Option<_>>()?;
        Some((data, Self { scale, shift }))
    }

    /// The map that a `BatchNormalization` node computes; `None` for other nodes and for weights that are not loaded.
    fn of_batch_norm(graph: &Graph, node: &Node) -> Option<Self> {
        let Op::BatchNormalization(op) = &node.op else { return None };
        let parameter = |index: usize| graph.floats(node.inputs[index]);
        let (gamma, beta, mean, var) = (parameter(1)?, parameter(2)?, parameter(3)?, parameter(4)?);
        let scale: Vec<f64> = gamma
            .iter()
            .zip(var)
            .map(|(&gamma, &var)| f64::from(gamma) / (f64::from(var) + f64::from(op.epsilon)).sqrt())
            .collect();
        let shift = beta
            .iter()
            .zip(mean)
            .zip(&scale)
            .map(|((&beta, &mean), scale)| f64::from(beta) - f64::from(mean) * scale)
            .collect();
        Some(Self { scale, shift })
    }

    /// Whether every number stays what it is.
    pub fn is_identity(&self) -> bool {
        self.scale.iter().all(|&scale| scale == 1.0) && self.shift.iter().all(|&shift| shift == 0.0)
    }

    /// This map, then another: `(x · s + t) · scale + shift = x · (s · scale) + (t · scale + shift)`.
    pub fn then(&self, next: &Self) -> Self {
        let scale = self.scale.iter().zip(&next.scale).map(|(a, b)| a * b).collect();
        let shift = self.shift.iter().zip(next.scale.iter().zip(&next.shift));
        Self { scale, shift: shift.map(|(t, (scale, shift))| t * scale + shift).collect() }
    }
}
