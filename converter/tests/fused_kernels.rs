//! Sessions with our kernels compute what MNN's do, also where operators are fused.
#![allow(clippy::unwrap_used)] // a test may panic: that is how it fails

mod convolutions;
mod mnn;

use convolutions::{assert_close, assert_keeps_all, assert_resizable, convolution, open, operators, run, tensor};
use edgeconv_graph::op::{Conv, Unary};
use edgeconv_graph::{Builder, Graph};
use edgeconv_runtime::Keep;
use edgeconv_session::Kernels;

/// A convolution and a function.
fn pair(input: &[usize], conv: Conv, kernel: &[usize], function: Unary) -> Graph {
    let mut b = Builder::new("pair");
    let x = b.input("x", input).unwrap();
    let between = convolution(&mut b, "conv", conv, x, kernel);
    let y = b.node("function", function, &[between]).unwrap();
    b.output("y", y);
    b.finish()
}

#[test]
fn a_convolution_and_its_function_are_one_operator() {
    let padded = |pads: usize, strides: usize, dilations: usize, group: usize| Conv {
        pads: vec![pads; 4],
        strides: vec![strides; 2],
        dilations: vec![dilations; 2],
        group,
    };
    let uneven = Conv { pads: vec![0, 3, 0, 1], ..padded(0, 1, 1, 6) };
    // Channels and positions that fill no vector or tile; several pictures; few positions; kernels of all kinds.
    let cases = [
        ([1, 3, 5, 7], Conv::pointwise(), vec![2, 3, 1, 1]),
        ([1, 16, 32, 32], Conv::pointwise(), vec![64, 16, 1, 1]),
        ([3, 5, 9, 11], Conv::pointwise(), vec![37, 5, 1, 1]),
        ([1, 33, 1, 1], Conv::pointwise(), vec![70, 33, 1, 1]),
        ([2, 8, 1, 50], Conv::pointwise(), vec![1, 8, 1, 1]),
        ([1, 12, 8, 8], padded(0, 2, 1, 1), vec![8, 12, 1, 1]),
        ([1, 7, 13, 17], padded(1, 1, 1, 7), vec![7, 1, 3, 3]),
        ([2, 20, 64, 60], padded(1, 2, 1, 20), vec![20, 1, 3, 3]),
        ([1, 16, 21, 9], padded(4, 1, 2, 16), vec![16, 1, 5, 5]),
        ([1, 6, 9, 12], uneven, vec![6, 1, 1, 5]),
        ([1, 6, 40, 1], padded(0, 1, 1, 6), vec![6, 1, 7, 1]),
        ([1, 8, 14, 14], padded(1, 1, 1, 1), vec![24, 8, 3, 3]),
        ([1, 8, 14, 14], padded(1, 1, 1, 2), vec![24, 4, 3, 3]),
    ];
    for (input, conv, kernel) in cases {
        for function in [Unary::Silu, Unary::HardSwish, Unary::Sigmoid] {
            let graph = pair(&input, conv.clone(), &kernel, function);
            let x = [tensor(&input, 3)];
            for threads in [1, 2, 3] {
                let what = format!("{input:?} {conv:?} {kernel:?} {function:?} {threads}");
                let expected = run(&graph, Kernels::Mnn, threads, &x);
                assert_close(&run(&graph, Kernels::Edgeconv, threads, &x), &expected, &what);
                let ran = operators(&mut open(&graph, Kernels::Edgeconv, threads, Keep::Nothing), &graph, &x);
                assert!(!ran.contains(&"UnaryOp".to_owned()), "{what}: {ran:?}");
            }
        }
    }
}

/// A value that others read, too, an output, and one that is asked for.
#[test]
fn what_somebody_needs_is_computed() {
    let mut b = Builder::new("shared");
    let x = b.input("x", [1, 8, 12, 12]).unwrap();
    let shared = convolution(&mut b, "shared", Conv::pointwise(), x, &[8, 8, 1, 1]);
    let silu = b.node("silu", Unary::Silu, &[shared]).unwrap();
    let twice = b.node("twice", edgeconv_graph::op::Binary::Add, &[silu, shared]).unwrap();
    let shown = convolution(&mut b, "shown", Conv::pointwise(), twice, &[8, 8, 1, 1]);
    let y = b.node("y", Unary::Silu, &[shown]).unwrap();
    let inside = convolution(&mut b, "inside", Conv::pointwise(), y, &[8, 8, 1, 1]);
    let z = b.node("z", Unary::Silu, &[inside]).unwrap();
    for (name, value) in [("shown", shown), ("y", y), ("z", z)] {
        b.output(name, value);
    }
    let (graph, x) = (b.finish(), [tensor(&[1, 8, 12, 12], 3)]);
    assert_close(&run(&graph, Kernels::Edgeconv, 1, &x), &run(&graph, Kernels::Mnn, 1, &x), "shared");
    let count = |keep: Keep| {
        let ran = operators(&mut open(&graph, Kernels::Edgeconv, 1, keep), &graph, &x);
        ran.iter().filter(|op| *op == "UnaryOp").count()
    };
    assert_eq!(count(Keep::Nothing), 2);
    assert_eq!(count(Keep::Tensors(vec!["inside".into()])), 3);

    assert_keeps_all(&graph, &x, "inside");
}

/// Inverted residuals, in which memory is used again and again.
fn block() -> Graph {
    let mut b = Builder::new("block");
    let mut x = b.input("x", [1, 8, 20, 24]).unwrap();
    for index in 0..4 {
        let name = |part: &str| format!("{part}{index}");
        let wide = convolution(&mut b, &name("wide"), Conv::pointwise(), x, &[32, 8, 1, 1]);
        let wide = b.node(&name("first"), Unary::Silu, &[wide]).unwrap();
        let depthwise = Conv { pads: vec![1; 4], group: 32, ..Conv::pointwise() };
        let wide = convolution(&mut b, &name("deep"), depthwise, wide, &[32, 1, 3, 3]);
        let wide = b.node(&name("second"), Unary::Silu, &[wide]).unwrap();
        let narrow = convolution(&mut b, &name("narrow"), Conv::pointwise(), wide, &[8, 32, 1, 1]);
        x = b.node(&name("sum"), edgeconv_graph::op::Binary::Add, &[narrow, x]).unwrap();
    }
    b.output("y", x);
    b.finish()
}

#[test]
fn sessions_are_resized() {
    let graph = block();
    assert_resizable(&graph, &[[1, 8, 20, 24], [1, 8, 7, 5], [2, 8, 40, 40], [1, 8, 20, 24]]);
}

/// MNN by itself says that it has resized these, and then writes beyond the memory of some.
#[test]
fn a_map_that_a_kernel_does_not_fit_into_is_an_error() {
    let sizes = [[8, 8, 3, 3], [8, 8, 2, 5], [8, 1, 3, 3], [8, 1, 4, 1]];
    for (kernel, strides) in sizes.into_iter().flat_map(|kernel| [1, 2, 3].map(|strides| (kernel, strides))) {
        let group = if kernel[1] == 1 { 8 } else { 1 };
        let conv = Conv { strides: vec![strides; 2], group, ..Conv::pointwise() };
        let graph = pair(&[1, 8, 9, 9], conv, &kernel, Unary::Silu);
        for kernels in [Kernels::Edgeconv, Kernels::Mnn] {
            let mut session = open(&graph, kernels, 2, Keep::Nothing);
            for small in [[1, 8, kernel[2] - 1, 9], [2, 8, 9, kernel[3] - 1]] {
                if small.contains(&0) {
                    continue; // is no size of an input
                }
                let error = session.resize(&[("x", &small)]).unwrap_err().to_string();
                assert!(error.contains("does not fit such shapes"), "{kernel:?} {strides} {small:?}: {error}");
            }
            let (shape, x) = ([1, 8, kernel[2], kernel[3]], [tensor(&[1, 8, kernel[2], kernel[3]], 4)]);
            session.resize(&[("x", &shape)]).unwrap();
            let found = mnn::run_session(&mut session, &graph, &x);
            assert_eq!(found[0].shape(), [1, 8, 1, 1]);
        }
    }
}

#[test]
fn sessions_run_side_by_side() {
    let graph = block();
    let x = [tensor(&[1, 8, 20, 24], 5)];
    let expected = run(&graph, Kernels::Mnn, 1, &x);
    std::thread::scope(|scope| {
        for kernels in [Kernels::Edgeconv, Kernels::Mnn, Kernels::Edgeconv] {
            let (graph, x, expected) = (&graph, &x, &expected);
            scope.spawn(move || {
                let mut long = open(graph, kernels, 2, Keep::Nothing);
                for _ in 0..20 {
                    assert_close(&run(graph, kernels, 1, x), expected, "a new one");
                    assert_close(&mnn::run_session(&mut long, graph, x), expected, "one that stays");
                }
            });
        }
    });
}
