use edgeconv_graph::op::{Binary, Unary};
use edgeconv_graph::{GraphError, Node, Op, Patch, ValueId};

use super::{Accuracy, Outcome, Pass, View};

/// Finds SiLU and HardSwish where they are written out, as ONNX files have them: `x · sigmoid(x)` and `x · hard_sigmoid(x)`.
#[derive(Debug)]
pub struct RecognizeGates;

impl Pass for RecognizeGates {
    fn name(&self) -> &'static str {
        "recognize-gates"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let Op::Binary(Binary::Mul) = node.op else { return Ok(Outcome::NoMatch) };
        let &[a, b] = node.inputs.as_slice() else { return Ok(Outcome::NoMatch) };
        let Some((x, op)) = gated(view, a, b).or_else(|| gated(view, b, a)) else { return Ok(Outcome::NoMatch) };
        let mut patch = Patch::new(view.graph);
        let new = patch.node(view.graph, &node.name, op, &[x])?;
        patch.redirect(node.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}

fn gated(view: &View, x: ValueId, gate: ValueId) -> Option<(ValueId, Unary)> {
    let gate = view.producer(gate).filter(|gate| gate.inputs == [x])?;
    match gate.op {
        Op::Unary(Unary::Sigmoid) => Some((x, Unary::Silu)),
        Op::Unary(Unary::HardSigmoid) => Some((x, Unary::HardSwish)),
        _ => None,
    }
}
