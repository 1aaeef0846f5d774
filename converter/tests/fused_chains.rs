//! Chains of convolutions that sessions with our kernels compute band by band.
#![allow(clippy::unwrap_used)] // a test may panic: that is how it fails

mod convolutions;
mod mnn;

use convolutions::{assert_close, convolution, open, operators, run, tensor};
use edgeconv_graph::op::{Binary, Conv, Unary};
use edgeconv_graph::{Builder, Graph, ValueId};
use edgeconv_runtime::Keep;
use edgeconv_session::Kernels;

/// 1×1 → function → depthwise → function → 1×1 → sum; without the convolutions that have no channels or no kernel.
#[derive(Debug, Clone)]
struct Chain {
    input: [usize; 4],
    expand: Option<usize>,
    depthwise: Conv,
    kernel: Option<[usize; 2]>,
    project: Option<usize>,
    function: Option<Unary>,
    sum: bool,
}

impl Chain {
    /// An inverted residual block.
    fn new(input: [usize; 4], wide: usize) -> Self {
        let depthwise = Conv { pads: vec![1; 4], ..Conv::pointwise() };
        let (expand, project, function) = (Some(wide), Some(input[1]), Some(Unary::Silu));
        Self { input, expand, depthwise, kernel: Some([3, 3]), project, function, sum: true }
    }

    /// Everything that the chain computes, its result last.
    fn append(&self, b: &mut Builder, x: ValueId) -> Vec<ValueId> {
        let mut values = Vec::new();
        let mut channels = self.input[1];
        if let Some(wide) = self.expand {
            values.push(convolution(b, "expand", Conv::pointwise(), x, &[wide, channels, 1, 1]));
            self.append_function(b, &mut values, "first");
            channels = wide;
        }
        if let Some([height, width]) = self.kernel {
            let depthwise = Conv { group: channels, ..self.depthwise.clone() };
            let before = values.last().copied().unwrap_or(x);
            values.push(convolution(b, "deep", depthwise, before, &[channels, 1, height, width]));
            self.append_function(b, &mut values, "second");
        }
        if let Some(narrow) = self.project {
            let before = values.last().copied().unwrap_or(x);
            values.push(convolution(b, "project", Conv::pointwise(), before, &[narrow, channels, 1, 1]));
        }
        if self.sum {
            let before = values[values.len() - 1];
            values.push(b.node("sum", Binary::Add, &[x, before]).unwrap());
        }
        values
    }

    fn append_function(&self, b: &mut Builder, values: &mut Vec<ValueId>, name: &str) {
        if let Some(function) = self.function {
            values.push(b.node(name, function, &[values[values.len() - 1]]).unwrap());
        }
    }

    fn graph(&self) -> Graph {
        let mut b = Builder::new("chain");
        let x = b.input("x", self.input).unwrap();
        let values = self.append(&mut b, x);
        b.output("y", values[values.len() - 1]);
        b.finish()
    }
}

fn conv(pads: [usize; 4], strides: [usize; 2], dilations: [usize; 2]) -> Conv {
    Conv { pads: pads.to_vec(), strides: strides.to_vec(), dilations: dilations.to_vec(), group: 1 }
}

/// Types of the operators that compute `graph` with our kernels, without those that only move elements.
fn computing(graph: &Graph, keep: Keep, input: &[usize]) -> Vec<String> {
    let ran = operators(&mut open(graph, Kernels::Edgeconv, 1, keep), graph, &[tensor(input, 3)]);
    ran.into_iter().filter(|op| op != "Raster").collect()
}

#[test]
fn a_chain_is_one_operator() {
    let block = Chain::new([1, 8, 20, 24], 32);
    let large = Chain::new([1, 16, 60, 60], 96);
    let strided = conv([1, 1, 1, 1], [2, 2], [1, 1]);
    let cases = [
        block.clone(),
        // Maps of many bands, of one, of a single position; channels that fill no vector; several pictures.
        Chain::new([1, 16, 96, 100], 96),
        Chain::new([1, 5, 1, 1], 7),
        Chain::new([3, 13, 17, 9], 37),
        Chain::new([2, 24, 64, 64], 130),
        Chain { function: None, ..block.clone() },
        Chain { function: Some(Unary::HardSwish), ..block.clone() },
        Chain { sum: false, ..block.clone() },
        Chain { sum: false, project: Some(19), ..large.clone() },
        Chain { sum: false, project: None, ..block.clone() },
        Chain { sum: false, project: None, ..large.clone() },
        Chain { expand: None, ..block.clone() },
        Chain { expand: None, input: [2, 100, 50, 64], project: Some(100), ..block.clone() },
        Chain { sum: false, depthwise: strided.clone(), ..block.clone() },
        Chain { sum: false, depthwise: strided, input: [1, 16, 127, 129], ..large.clone() },
        Chain { sum: false, depthwise: conv([0; 4], [1, 2], [1, 1]), ..block.clone() },
        Chain { sum: false, depthwise: conv([0, 1, 1, 0], [3, 1], [1, 1]), ..large.clone() },
        // Kernels that are longer than a band, than the map, dilated, of one row or column.
        Chain { depthwise: conv([3; 4], [1, 1], [1, 1]), kernel: Some([7, 7]), ..large.clone() },
        Chain {
            depthwise: conv([30, 0, 30, 0], [1, 1], [1, 1]),
            kernel: Some([61, 1]),
            input: [1, 16, 31, 60],
            ..large.clone()
        },
        Chain { depthwise: conv([2, 4, 2, 4], [1, 1], [2, 4]), ..large.clone() },
        Chain { depthwise: conv([0, 2, 0, 2], [1, 1], [1, 1]), kernel: Some([1, 5]), ..large },
    ];
    let pairs = [
        Chain { kernel: None, ..Chain::new([1, 8, 20, 24], 32) },
        Chain { kernel: None, ..Chain::new([1, 96, 32, 32], 384) },
        Chain { kernel: None, sum: false, project: Some(19), ..Chain::new([2, 13, 1, 1000], 301) },
        Chain { kernel: None, function: None, ..Chain::new([3, 5, 7, 1], 130) },
        Chain { kernel: None, ..Chain::new([300, 24, 1, 1], 96) },
        // Weights that fill a second-level cache.
        Chain { kernel: None, ..Chain::new([1, 200, 13, 17], 611) },
    ];
    for chain in cases.into_iter().chain(pairs) {
        let (graph, x) = (chain.graph(), [tensor(&chain.input, 3)]);
        for threads in [1, 2, 3] {
            let expected = run(&graph, Kernels::Mnn, threads, &x);
            assert_close(&run(&graph, Kernels::Edgeconv, threads, &x), &expected, &format!("{chain:?} {threads}"));
        }
        let operator = if chain.kernel.is_some() { "ConvolutionDepthwise" } else { "Convolution" };
        assert_eq!(computing(&graph, Keep::Nothing, &chain.input), [operator], "{chain:?}");
    }
}

/// Behind depthwise convolutions: a sum that spreads a single row, one with a value that is not the chain's input.
#[test]
fn other_sums_stay() {
    let block = Chain { sum: false, ..Chain::new([1, 8, 20, 24], 32) };
    let unpadded = Chain { depthwise: conv([0; 4], [1, 1], [1, 1]), kernel: Some([20, 24]), ..block.clone() };
    for (chain, is_spread) in [(block, false), (unpadded, true)] {
        let mut b = Builder::new("sums");
        let x = b.input("x", chain.input).unwrap();
        let other = b.node("other", Unary::Silu, &[x]).unwrap();
        let values = chain.append(&mut b, x);
        let operands = [values[values.len() - 1], if is_spread { x } else { other }];
        let y = b.node("sum", Binary::Add, &operands).unwrap();
        b.output("y", y);
        let (graph, x) = (b.finish(), [tensor(&chain.input, 3)]);
        assert_close(&run(&graph, Kernels::Edgeconv, 1, &x), &run(&graph, Kernels::Mnn, 1, &x), "sum");
        let ran = computing(&graph, Keep::Nothing, &chain.input);
        assert_ne!(ran.last().unwrap(), "ConvolutionDepthwise", "{ran:?}");
    }
}

/// The sum of what one or two convolutions of 1×1 give with another map, in both orders, or with what has its shape only in part.
#[test]
fn other_maps_are_added() {
    let pair = Chain { sum: false, kernel: None, ..Chain::new([2, 13, 20, 9], 37) };
    let large = Chain { sum: false, kernel: None, ..Chain::new([1, 96, 32, 32], 300) };
    let single = Chain { expand: None, function: None, ..pair.clone() };
    let narrow = Chain { project: Some(1), input: [2, 1, 20, 9], ..pair.clone() };
    for chain in [pair, large, single, narrow] {
        let [pictures, channels, height, width] = chain.input;
        let shapes = [
            vec![],
            vec![1, 1, 1, 1],
            vec![1, channels, 1, 1],
            vec![width],
            vec![pictures, 1, height, 1],
            chain.input.to_vec(),
        ];
        for (shape, is_first) in shapes.iter().flat_map(|shape| [(shape, true), (shape, false)]) {
            let mut b = Builder::new("sums");
            let x = b.input("x", chain.input).unwrap();
            let other = b.input("other", shape.clone()).unwrap();
            let other = b.node("function", Unary::Silu, &[other]).unwrap();
            let values = chain.append(&mut b, x);
            let last = values[values.len() - 1];
            let y = b.node("sum", Binary::Add, &if is_first { [other, last] } else { [last, other] }).unwrap();
            let y = convolution(&mut b, "behind", Conv::pointwise(), y, &[7, channels, 1, 1]);
            b.output("y", y);
            let (graph, x) = (b.finish(), [tensor(&chain.input, 3), tensor(shape, 5)]);
            for threads in [1, 2, 3] {
                let expected = run(&graph, Kernels::Mnn, threads, &x);
                let what = format!("{chain:?} {shape:?} {is_first} {threads}");
                assert_close(&run(&graph, Kernels::Edgeconv, threads, &x), &expected, &what);
            }
            let ran = operators(&mut open(&graph, Kernels::Edgeconv, 1, Keep::Nothing), &graph, &x);
            let convolutions = ran.iter().filter(|op| *op == "Convolution").count();
            // The sum stands for them, where it surely gives a packed map: the other operand is packed, or the second.
            let is_fused = channels > 1 && !is_first;
            assert!(!is_fused || convolutions == 1, "{chain:?} {shape:?}: {ran:?}");
        }
    }
}

/// What is inside of a chain is computed for those who want it.
#[test]
fn values_inside_are_computed() {
    let chain = Chain::new([1, 8, 12, 12], 32);
    let graph = chain.graph();
    for (value, operators) in [
        ("first", vec!["Convolution", "ConvolutionDepthwise", "BinaryOp"]),
        ("second", vec!["ConvolutionDepthwise", "Convolution", "BinaryOp"]),
        ("project", vec!["ConvolutionDepthwise", "BinaryOp"]),
    ] {
        let keep = Keep::Tensors(vec![value.into()]);
        assert_eq!(computing(&graph, keep.clone(), &chain.input), operators, "{value}");
        let x = [tensor(&chain.input, 3)];
        let kept = |kernels| {
            let mut session = open(&graph, kernels, 1, keep.clone());
            mnn::run_session(&mut session, &graph, &x);
            session.kept().unwrap().remove(0).tensor
        };
        assert_close(&[kept(Kernels::Edgeconv)], &[kept(Kernels::Mnn)], value);
    }
}

/// Values inside that another operator reads, or that are outputs.
#[test]
fn values_that_others_want_are_computed() {
    let chain = Chain::new([1, 8, 12, 12], 32);
    let x = [tensor(&chain.input, 3)];
    for inside in 0..5 {
        for is_output in [true, false] {
            let mut b = Builder::new("wanted");
            let input = b.input("x", chain.input).unwrap();
            let values = chain.append(&mut b, input);
            let wanted = values[inside];
            let wanted = if is_output { wanted } else { b.node("reader", Unary::Tanh, &[wanted]).unwrap() };
            b.output("wanted", wanted);
            b.output("y", values[5]);
            let graph = b.finish();
            let expected = run(&graph, Kernels::Mnn, 2, &x);
            assert_close(&run(&graph, Kernels::Edgeconv, 2, &x), &expected, &format!("{inside} {is_output}"));
        }
    }
}

/// Of three convolutions of 1×1 two are a chain.
#[test]
fn a_row_of_convolutions_is_computed() {
    let mut b = Builder::new("row");
    let mut x = b.input("x", [1, 8, 12, 12]).unwrap();
    for name in ["a", "b", "c", "d", "e"] {
        let y = convolution(&mut b, name, Conv::pointwise(), x, &[8, 8, 1, 1]);
        x = b.node(&format!("{name}.function"), Unary::Silu, &[y]).unwrap();
    }
    b.output("y", x);
    let (graph, x) = (b.finish(), [tensor(&[1, 8, 12, 12], 3)]);
    assert_close(&run(&graph, Kernels::Edgeconv, 2, &x), &run(&graph, Kernels::Mnn, 2, &x), "row");
    assert_eq!(computing(&graph, Keep::Nothing, &[1, 8, 12, 12]), ["Convolution"; 3]);
}

/// The second of two convolutions of 1×1 belongs to the depthwise one behind it.
#[test]
fn a_convolution_before_a_chain_is_computed() {
    let chain = Chain { sum: false, ..Chain::new([1, 8, 12, 12], 32) };
    let mut b = Builder::new("before");
    let x = b.input("x", chain.input).unwrap();
    let before = convolution(&mut b, "before", Conv::pointwise(), x, &[8, 8, 1, 1]);
    let values = chain.append(&mut b, before);
    b.output("y", values[values.len() - 1]);
    let (graph, x) = (b.finish(), [tensor(&chain.input, 3)]);
    assert_close(&run(&graph, Kernels::Edgeconv, 2, &x), &run(&graph, Kernels::Mnn, 2, &x), "before");
    assert_eq!(computing(&graph, Keep::Nothing, &chain.input), ["Convolution", "ConvolutionDepthwise"]);
}

/// A model may be loaded where another one was that another thread is done with.
#[test]
fn sessions_come_and_go_in_several_threads() {
    let functions = [Some(Unary::Silu), Some(Unary::Tanh), Some(Unary::HardSwish), None];
    let models: Vec<_> = functions
        .into_iter()
        .map(|function| {
            let graph = Chain { function, ..Chain::new([1, 192, 2, 2], 192) }.graph();
            let x = [tensor(&[1, 192, 2, 2], 3)];
            let expected = run(&graph, Kernels::Mnn, 1, &x);
            (graph, x, expected)
        })
        .collect();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let models = &models;
            scope.spawn(move || {
                for turn in 0..60 {
                    let (graph, x, expected) = &models[(thread + turn) % models.len()];
                    assert_close(&run(graph, Kernels::Edgeconv, 1, x), expected, &format!("{thread} {turn}"));
                }
            });
        }
    });
}
