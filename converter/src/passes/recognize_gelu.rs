use std::f32::consts::{FRAC_1_SQRT_2, FRAC_2_PI};

use edgeconv_graph::op::{Binary, Unary};
use edgeconv_graph::{Graph, Node, Op, Patch, ValueId};

use super::{Accuracy, OrStop, Pass, Stop, constant_operand, used_once};

/// Finds GELU where it is written out, as ONNX files before opset 20 have it: `x/2 · (1 + erf(x/√2))` or
/// `x/2 · (1 + tanh(√(2/π) · (x + 0.044715 · x³)))`, in any order of factors and summands.
#[derive(Debug)]
pub struct RecognizeGelu;

impl Pass for RecognizeGelu {
    fn name(&self) -> &'static str {
        "recognize-gelu"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::Binary(Binary::Mul) = node.op else { return Err(Stop::NoMatch) };
        let mut product = Product { number: 1.0, factors: vec![] };
        product.add(graph, node, 0);
        let &[a, b] = product.factors.as_slice() else { return Err(Stop::NoMatch) };
        let gelu = |x: ValueId, gate: ValueId| Some((gated_by(graph, gate, x)?, x));
        let (gelu, x) = gelu(a, b).or_else(|| gelu(b, a)).filter(|_| close(product.number, 0.5)).or_no_match()?;
        let mut patch = Patch::new(graph);
        let new = patch.node(graph, &node.name, gelu, &[x])?;
        patch.redirect(node.outputs[0], new);
        Ok(patch)
    }
}

/// A product taken apart: its numbers multiplied, and the other factors.
struct Product {
    number: f32,
    factors: Vec<ValueId>,
}

impl Product {
    fn add(&mut self, graph: &Graph, node: &Node, depth: usize) {
        if let Some((x, number)) = scaled(graph, node) {
            self.number *= number;
            self.add_factor(graph, x, depth);
        } else {
            node.inputs.iter().for_each(|&factor| self.add_factor(graph, factor, depth));
        }
    }

    fn add_factor(&mut self, graph: &Graph, id: ValueId, depth: usize) {
        let product = |node: &&Node| matches!(node.op, Op::Binary(Binary::Mul)) || scaled(graph, node).is_some();
        let inner = graph.producer_node(id).filter(|_| depth < MAX_DEPTH && used_once(graph, id)).filter(product);
        match inner {
            Some(node) => self.add(graph, node, depth + 1),
            None => self.factors.push(id),
        }
    }
}

/// What a node multiplies by a number, or divides by one.
fn scaled(graph: &Graph, node: &Node) -> Option<(ValueId, f32)> {
    let (x, constant) = constant_operand(graph, node)?;
    let &[number] = constant.as_f32()? else { return None };
    match node.op {
        Op::Binary(Binary::Mul) => Some((x, number)),
        Op::Binary(Binary::Div) if node.inputs[0] == x => Some((x, 1.0 / number)),
        _ => None,
    }
}

/// The GELU whose gate a value is: `1 + erf(x/√2)` or `1 + tanh(√(2/π) · (x + 0.044715 · x³))`.
fn gated_by(graph: &Graph, gate: ValueId, x: ValueId) -> Option<Unary> {
    let add = graph.producer_node(gate).filter(|node| matches!(node.op, Op::Binary(Binary::Add)))?;
    let (function, one) = constant_operand(graph, add)?;
    if !matches!(one.as_f32(), Some(&[one]) if close(one, 1.0)) {
        return None;
    }
    let function = graph.producer_node(function)?;
    let slope = FRAC_2_PI.sqrt();
    let (gelu, expected) = match function.op {
        Op::Unary(Unary::Erf) => (Unary::Gelu, [0.0, FRAC_1_SQRT_2, 0.0, 0.0]),
        Op::Unary(Unary::Tanh) => (Unary::GeluTanh, [0.0, slope, 0.0, 0.044_715 * slope]),
        _ => return None,
    };
    let found = polynomial(graph, function.inputs[0], x, 0)?;
    found.iter().zip(expected).all(|(&a, b)| close(a, b)).then_some(gelu)
}

/// More steps than anybody writes a product or a polynomial with.
const MAX_DEPTH: usize = 12;

/// The coefficients of a value that is a polynomial in `x`, from that of `x⁰` to that of `x³`.
fn polynomial(graph: &Graph, id: ValueId, x: ValueId, depth: usize) -> Option<[f32; 4]> {
    if id == x {
        return Some([0.0, 1.0, 0.0, 0.0]);
    }
    if let Some(constant) = graph.tensor(id) {
        let &[number] = constant.as_f32()? else { return None };
        return Some([number, 0.0, 0.0, 0.0]);
    }
    let node = graph.producer_node(id).filter(|_| depth < MAX_DEPTH)?;
    let (Op::Binary(op), &[a, b]) = (&node.op, node.inputs.as_slice()) else { return None };
    let (a, b) = (polynomial(graph, a, x, depth + 1)?, polynomial(graph, b, x, depth + 1)?);
    let number = |polynomial: [f32; 4]| (polynomial[1..] == [0.0; 3]).then_some(polynomial[0]);
    match op {
        Binary::Add => Some([0, 1, 2, 3].map(|power| a[power] + b[power])),
        Binary::Sub => Some([0, 1, 2, 3].map(|power| a[power] - b[power])),
        Binary::Mul => product(a, b),
        Binary::Div => number(b).map(|number| a.map(|coefficient| coefficient / number)),
        _ => None,
    }
}

/// The product of two polynomials, if it has no higher power than the third.
fn product(a: [f32; 4], b: [f32; 4]) -> Option<[f32; 4]> {
    let mut product = [0.0; 7];
    for (i, a) in a.iter().enumerate() {
        b.iter().enumerate().for_each(|(j, b)| product[i + j] += a * b);
    }
    let [p0, p1, p2, p3, rest @ ..] = product;
    (rest == [0.0; 3]).then_some([p0, p1, p2, p3])
}

/// Exporters round the constants in their own ways.
fn close(a: f32, b: f32) -> bool {
    (a - b).abs() < 1e-5
}
