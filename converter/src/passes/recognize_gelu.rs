use edgeconv_graph::op::{Binary, Unary};
use edgeconv_graph::{GraphError, Node, Op, Patch, ValueId};

use super::{Accuracy, Outcome, Pass, View, constant_operand};

/// Finds exact GELU where it is written out, as ONNX files before opset 20 have it: `x/2 · (1 + erf(x/√2))`, in any order of the
/// factors.
#[derive(Debug)]
pub struct RecognizeGelu;

impl Pass for RecognizeGelu {
    fn name(&self) -> &'static str {
        "recognize-gelu"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let Op::Binary(Binary::Mul) = node.op else { return Ok(Outcome::NoMatch) };
        let mut product = Product { number: 1.0, factors: vec![] };
        product.add(view, node);
        let &[a, b] = product.factors.as_slice() else { return Ok(Outcome::NoMatch) };
        let matches = |x: ValueId, gate: ValueId| one_plus_erf(view, gate) == Some(x);
        let x = if matches(a, b) { a } else { b };
        if !(matches(a, b) || matches(b, a)) || !close(product.number, 0.5) {
            return Ok(Outcome::NoMatch);
        }
        let mut patch = Patch::new(view.graph);
        let new = patch.node(view.graph, &node.name, Unary::Gelu, &[x])?;
        patch.redirect(node.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}

/// A product taken apart: its numbers multiplied, and the other factors.
struct Product {
    number: f32,
    factors: Vec<ValueId>,
}

impl Product {
    fn add(&mut self, view: &View, node: &Node) {
        if let Some((x, number)) = scaled(view, node) {
            self.number *= number;
            self.add_factor(view, x);
        } else {
            node.inputs.iter().for_each(|&factor| self.add_factor(view, factor));
        }
    }

    fn add_factor(&mut self, view: &View, id: ValueId) {
        let product = |node: &&Node| matches!(node.op, Op::Binary(Binary::Mul)) || scaled(view, node).is_some();
        match view.producer(id).filter(|_| view.used_once(id)).filter(product) {
            Some(node) => self.add(view, node),
            None => self.factors.push(id),
        }
    }
}

/// What a node multiplies by a number, or divides by one.
fn scaled(view: &View, node: &Node) -> Option<(ValueId, f32)> {
    let (x, constant) = constant_operand(view.graph, node)?;
    let &[number] = constant.as_f32()? else { return None };
    match node.op {
        Op::Binary(Binary::Mul) => Some((x, number)),
        Op::Binary(Binary::Div) if node.inputs[0] == x => Some((x, 1.0 / number)),
        _ => None,
    }
}

/// `x` if the value is `1 + erf(x/√2)`.
fn one_plus_erf(view: &View, id: ValueId) -> Option<ValueId> {
    let add = view.producer(id).filter(|node| matches!(node.op, Op::Binary(Binary::Add)))?;
    let (erf, one) = constant_operand(view.graph, add)?;
    let erf = view.producer(erf).filter(|node| matches!(node.op, Op::Unary(Unary::Erf)))?;
    let (x, factor) = scaled(view, view.producer(erf.inputs[0])?)?;
    let fits =
        matches!(one.as_f32(), Some(&[one]) if close(one, 1.0)) && close(factor, std::f32::consts::FRAC_1_SQRT_2);
    fits.then_some(x)
}

/// Exporters round the constants in their own ways.
fn close(a: f32, b: f32) -> bool {
    (a - b).abs() < 1e-5
}
