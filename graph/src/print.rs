//! The textual form of a graph, for people and for snapshot tests.

use std::fmt;

use crate::graph::{Graph, Node, ValueId, ValueKind};

/// One line per input, node and output:
///
/// ```text
/// graph tiny
///   input input: f32[1, 3, 8, 8]
///   stem.conv: f32[1, 4, 8, 8] = Conv(input, stem.conv.weight f32[4, 3, 1, 1]) dilations=[1, 1] group=1 …
///   output features = stem.conv
/// ```
///
/// Constant operands are shown with their types. A value that was renamed by a pass says which original value it equals.
impl fmt::Display for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "graph {}", self.name)?;
        for &input in self.inputs() {
            writeln!(f, "  input {}: {}", self.value(input).name, self.ty(input))?;
        }
        for node in self.nodes() {
            write_node(f, self, node)?;
        }
        for output in self.outputs() {
            writeln!(f, "  output {} = {}", output.name, self.value(output.value).name)?;
        }
        Ok(())
    }
}

fn write_node(f: &mut fmt::Formatter<'_>, graph: &Graph, node: &Node) -> fmt::Result {
    let results: Vec<_> =
        node.outputs.iter().map(|&id| format!("{}: {}", graph.value(id).name, graph.ty(id))).collect();
    let operands: Vec<_> = node.inputs.iter().map(|&id| operand(graph, id)).collect();
    write!(f, "  {} = {}({})", results.join(", "), node.op.operator().name(), operands.join(", "))?;
    for (name, value) in node.op.operator().attributes() {
        write!(f, " {name}={value}")?;
    }
    for &id in &node.outputs {
        let value = graph.value(id);
        match &value.origin {
            Some(origin) if *origin == value.name => {}
            Some(origin) => write!(f, " # equals {origin}")?,
            None => write!(f, " # no counterpart")?,
        }
    }
    writeln!(f)
}

fn operand(graph: &Graph, id: ValueId) -> String {
    let value = graph.value(id);
    match value.kind {
        ValueKind::Input | ValueKind::Computed => value.name.clone(),
        _ => format!("{} {}", value.name, value.ty),
    }
}

#[cfg(test)]
mod tests {
    use crate::op::Conv;
    use crate::{Builder, Graph};

    fn tiny() -> Graph {
        let mut b = Builder::new("tiny");
        let x = b.input("input", [1, 3, 8, 8]).unwrap();
        let weight = b.parameter("conv.weight", [4, 3, 1, 1]).unwrap();
        let y = b.node("conv", Conv::pointwise(), &[x, weight]).unwrap();
        b.output("features", y);
        b.finish()
    }

    #[test]
    fn prints_one_line_per_node() {
        let expected = "graph tiny
  input input: f32[1, 3, 8, 8]
  conv: f32[1, 4, 8, 8] = Conv(input, conv.weight f32[4, 3, 1, 1]) dilations=[1, 1] group=1 pads=[0, 0, 0, 0] strides=[1, 1]
  output features = conv
";
        assert_eq!(tiny().to_string(), expected);
    }
}
