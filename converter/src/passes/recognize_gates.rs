use edgeconv_graph::op::{Binary, Unary};
use edgeconv_graph::{Graph, Node, Op, Patch, ValueId};

use super::{Accuracy, OrStop, Pass, Stop};

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

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::Binary(Binary::Mul) = node.op else { return Err(Stop::NoMatch) };
        let &[a, b] = node.inputs.as_slice() else { return Err(Stop::NoMatch) };
        let (x, op) = gated(graph, a, b).or_else(|| gated(graph, b, a)).or_no_match()?;
        let mut patch = Patch::new(graph);
        let new = patch.node(graph, &node.name, op, &[x])?;
        patch.redirect(node.outputs[0], new);
        Ok(patch)
    }
}

fn gated(graph: &Graph, x: ValueId, gate: ValueId) -> Option<(ValueId, Unary)> {
    let gate = graph.producer_node(gate).filter(|gate| gate.inputs == [x])?;
    match gate.op {
        Op::Unary(Unary::Sigmoid) => Some((x, Unary::Silu)),
        Op::Unary(Unary::HardSigmoid) => Some((x, Unary::HardSwish)),
        _ => None,
    }
}
