//! Channel attention is one operator in sessions with our kernels, and computes what MNN's operators do.
#![allow(clippy::unwrap_used)] // a test may panic: that is how it fails

mod convolutions;
mod mnn;

use convolutions::{assert_close, assert_keeps_all, assert_resizable, convolution, open, operators, run, tensor};
use edgeconv_graph::op::{Binary, Clip, Conv, GlobalAveragePool, Unary};
use edgeconv_graph::{Builder, Graph, Op, Tensor, ValueId};
use edgeconv_runtime::Keep;
use edgeconv_session::Kernels;

/// What is added to a map times its gate.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Summand {
    Nothing,
    /// The map itself.
    Map,
    /// Another map, as the first operand of the sum or the second.
    First,
    Second,
    /// A number.
    Number,
    /// One number for each channel.
    Channels,
}

const SUMMANDS: [Summand; 6] =
    [Summand::Nothing, Summand::Map, Summand::First, Summand::Second, Summand::Number, Summand::Channels];

#[allow(clippy::unnecessary_wraps)] // gates may lack it
fn some(function: impl Into<Op>) -> Option<Op> {
    Some(function.into())
}

/// The mean of each channel, two convolutions, and functions behind them.
fn gate(b: &mut Builder, map: ValueId, channels: usize, functions: &[Option<Op>; 2]) -> ValueId {
    let mut value = b.node("mean", GlobalAveragePool, &[map]).unwrap();
    let squeezed = channels / 4 + 1;
    for (index, function) in functions.iter().enumerate() {
        let kernel = if index == 0 { [squeezed, channels, 1, 1] } else { [channels, squeezed, 1, 1] };
        value = convolution(b, &format!("gate{index}"), Conv::pointwise(), value, &kernel);
        if let Some(function) = function {
            value = b.node(&format!("function{index}"), function.clone(), &[value]).unwrap();
        }
    }
    value
}

fn attention(shape: &[usize], functions: &[Option<Op>; 2], summand: Summand, gate_first: bool) -> Graph {
    let channels = shape[1];
    let mut b = Builder::new("attention");
    let x = b.input("x", shape).unwrap();
    let map = convolution(&mut b, "map", Conv::pointwise(), x, &[channels, channels, 1, 1]);
    let gate = gate(&mut b, map, channels, functions);
    let operands = if gate_first { [gate, map] } else { [map, gate] };
    let mut y = b.node("scaled", Binary::Mul, &operands).unwrap();
    let number = b.constant("number", Tensor::f32([], vec![0.75]).unwrap()).unwrap();
    let numbers = b.constant("numbers", tensor(&[channels, 1, 1], 4)).unwrap();
    let sum = match summand {
        Summand::Nothing => None,
        Summand::Map => Some([y, map]),
        Summand::First => Some([x, y]),
        Summand::Second => Some([y, x]),
        Summand::Number => Some([y, number]),
        Summand::Channels => Some([y, numbers]),
    };
    if let Some(operands) = sum {
        y = b.node("sum", Binary::Add, &operands).unwrap();
    }
    let y = convolution(&mut b, "behind", Conv::pointwise(), y, &[channels, channels, 1, 1]);
    b.output("y", y);
    b.finish()
}

fn expect_fused(graph: &Graph, x: &[Tensor], what: &str) {
    let ran = operators(&mut open(graph, Kernels::Edgeconv, 1, Keep::Nothing), graph, x);
    assert!(!ran.contains(&"Pooling".to_owned()), "{what}: {ran:?}");
}

#[test]
fn a_map_is_scaled_by_its_means() {
    let shapes = [[1, 16, 12, 10], [3, 21, 7, 9], [2, 5, 1, 1], [1, 40, 33, 31], [1, 2, 100, 1]];
    let functions = [
        [some(Unary::Relu), some(Unary::Sigmoid)],
        [some(Unary::HardSwish), some(Clip { min: 0.0, max: 1.0 })],
        [some(Unary::Silu), some(Unary::Sigmoid)],
        [None, some(Unary::Tanh)],
        [some(Unary::Relu), None],
    ];
    for (index, shape) in shapes.into_iter().enumerate() {
        for functions in &functions {
            for summand in SUMMANDS {
                let graph = attention(&shape, functions, summand, index % 2 == 0);
                let what = format!("{shape:?} {functions:?} {summand:?}");
                let x = [tensor(&shape, 3)];
                let expected = run(&graph, Kernels::Mnn, 1, &x);
                for threads in [1, 2, 3] {
                    assert_close(&run(&graph, Kernels::Edgeconv, threads, &x), &expected, &what);
                }
                expect_fused(&graph, &x, &what);
            }
        }
    }
}

/// A chain of convolutions, attention, and the sum with what the chain reads.
#[test]
fn attention_stands_behind_a_chain() {
    let shape = [2, 12, 6, 7];
    for depthwise in [false, true] {
        let mut b = Builder::new("residual");
        let x = b.input("x", shape).unwrap();
        let mut map = convolution(&mut b, "expand", Conv::pointwise(), x, &[30, 12, 1, 1]);
        map = b.node("function", Unary::Silu, &[map]).unwrap();
        if depthwise {
            let conv = Conv { pads: vec![1; 4], group: 30, ..Conv::pointwise() };
            map = convolution(&mut b, "depthwise", conv, map, &[30, 1, 3, 3]);
        }
        map = convolution(&mut b, "project", Conv::pointwise(), map, &[12, 30, 1, 1]);
        let gate = gate(&mut b, map, 12, &[some(Unary::HardSwish), some(Clip { min: 0.0, max: 1.0 })]);
        let scaled = b.node("scaled", Binary::Mul, &[map, gate]).unwrap();
        let sum = b.node("sum", Binary::Add, &[scaled, x]).unwrap();
        b.output("y", sum);
        let (graph, x) = (b.finish(), [tensor(&shape, 3)]);
        assert_close(&run(&graph, Kernels::Edgeconv, 1, &x), &run(&graph, Kernels::Mnn, 1, &x), "behind a chain");
        expect_fused(&graph, &x, "behind a chain");
    }
}

#[test]
fn sessions_are_resized() {
    let graph = attention(&[1, 24, 8, 8], &[some(Unary::Relu), some(Unary::Sigmoid)], Summand::Second, false);
    assert_resizable(&graph, &[[1, 24, 8, 8], [1, 24, 1, 3], [2, 24, 30, 41], [1, 24, 8, 8]]);
}

/// Values inside that are asked for, and those that others read.
#[test]
fn what_somebody_needs_is_computed() {
    let shape = [1, 12, 6, 7];
    let graph = attention(&shape, &[some(Unary::Silu), some(Unary::Sigmoid)], Summand::Second, false);
    assert_keeps_all(&graph, &[tensor(&shape, 3)], "mean");

    let mut b = Builder::new("shared");
    let x = b.input("x", shape).unwrap();
    let map = convolution(&mut b, "map", Conv::pointwise(), x, &[12, 12, 1, 1]);
    let gate = gate(&mut b, map, 12, &[some(Unary::Relu), some(Unary::Sigmoid)]);
    let scaled = b.node("scaled", Binary::Mul, &[map, gate]).unwrap();
    b.output("scaled", scaled);
    b.output("gate", gate);
    let (graph, x) = (b.finish(), [tensor(&shape, 3)]);
    assert_close(&run(&graph, Kernels::Edgeconv, 1, &x), &run(&graph, Kernels::Mnn, 1, &x), "shared");
}

/// A gate from another map is left as it is.
#[test]
fn a_map_is_scaled_by_the_means_of_another() {
    let shape = [1, 12, 6, 7];
    let mut b = Builder::new("other");
    let x = b.input("x", shape).unwrap();
    let map = convolution(&mut b, "map", Conv::pointwise(), x, &[12, 12, 1, 1]);
    let other = convolution(&mut b, "other", Conv::pointwise(), x, &[12, 12, 1, 1]);
    let gate = gate(&mut b, other, 12, &[some(Unary::Relu), some(Unary::Sigmoid)]);
    let scaled = b.node("scaled", Binary::Mul, &[map, gate]).unwrap();
    b.output("y", scaled);
    let (graph, x) = (b.finish(), [tensor(&shape, 3)]);
    assert_close(&run(&graph, Kernels::Edgeconv, 1, &x), &run(&graph, Kernels::Mnn, 1, &x), "another map");
    let ran = operators(&mut open(&graph, Kernels::Edgeconv, 1, Keep::Nothing), &graph, &x);
    assert!(ran.contains(&"Pooling".to_owned()), "{ran:?}");
}
