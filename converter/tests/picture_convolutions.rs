//! Convolutions of pictures, which sessions with our kernels don't pack first, give what MNN's do.
#![allow(clippy::unwrap_used)] // a test may panic: that is how it fails

mod convolutions;
mod mnn;

use convolutions::{assert_close, assert_keeps_all, assert_resizable, convolution, open, operators, run, tensor};
use edgeconv_graph::op::{Conv, Unary};
use edgeconv_graph::{Builder, Graph};
use edgeconv_runtime::Keep;
use edgeconv_session::Kernels;

/// A picture, a convolution of it, perhaps a function, and a convolution behind them.
fn network(input: &[usize], conv: Conv, kernel: &[usize], function: Option<Unary>) -> Graph {
    let mut b = Builder::new("picture");
    let x = b.input("x", input).unwrap();
    let mut y = convolution(&mut b, "stem", conv, x, kernel);
    if let Some(function) = function {
        y = b.node("function", function, &[y]).unwrap();
    }
    let y = convolution(&mut b, "behind", Conv { pads: vec![1; 4], ..Conv::pointwise() }, y, &[5, kernel[0], 3, 3]);
    b.output("y", y);
    b.finish()
}

fn conv(pads: [usize; 4], strides: [usize; 2], dilations: [usize; 2]) -> Conv {
    Conv { pads: pads.to_vec(), strides: strides.to_vec(), dilations: dilations.to_vec(), group: 1 }
}

fn stems() -> Vec<([usize; 4], Conv, [usize; 4])> {
    let padded = |pad, stride| conv([pad; 4], [stride; 2], [1, 1]);
    vec![
        ([1, 3, 32, 40], padded(1, 2), [16, 3, 3, 3]),
        ([1, 3, 31, 33], padded(1, 1), [40, 3, 3, 3]),
        ([2, 3, 32, 32], padded(0, 4), [24, 3, 4, 4]),
        ([1, 3, 32, 48], padded(0, 16), [33, 3, 16, 16]),
        ([3, 1, 28, 27], padded(2, 1), [7, 1, 5, 5]),
        ([1, 4, 15, 14], padded(3, 2), [64, 4, 7, 7]),
        ([1, 2, 9, 8], conv([0, 1, 2, 3], [3, 1], [1, 1]), [17, 2, 2, 3]),
        // Rows apart, rows and columns that nothing is computed from, a padding that is larger than the picture.
        ([1, 3, 12, 10], conv([2, 0, 2, 0], [1, 2], [2, 1]), [8, 3, 3, 2]),
        ([1, 3, 9, 11], padded(0, 4), [8, 3, 3, 3]),
        ([1, 3, 2, 3], padded(5, 1), [8, 3, 6, 6]),
        // A column that is computed from padding alone.
        ([1, 3, 5, 1], conv([0, 3, 0, 0], [1, 5], [1, 1]), [5, 3, 2, 2]),
        ([1, 3, 20, 20], conv([0; 4], [1, 1], [1, 1]), [20, 3, 1, 1]),
    ]
}

#[test]
fn pictures_are_not_packed() {
    for (input, conv, kernel) in stems() {
        for function in [None, Some(Unary::Silu), Some(Unary::Relu), Some(Unary::Erf)] {
            let graph = network(&input, conv.clone(), &kernel, function);
            let x = [tensor(&input, 3)];
            let what = format!("{input:?} {conv:?} {kernel:?} {function:?}");
            for threads in [1, 2, 3] {
                let expected = run(&graph, Kernels::Mnn, threads, &x);
                assert_close(&run(&graph, Kernels::Edgeconv, threads, &x), &expected, &what);
            }
            let ran = operators(&mut open(&graph, Kernels::Edgeconv, 1, Keep::Nothing), &graph, &x);
            assert_eq!(ran[0], "Convolution", "{what}: {ran:?}");
        }
    }
}

#[test]
fn sessions_are_resized() {
    let graph = network(&[1, 3, 32, 40], conv([1; 4], [2, 2], [1, 1]), &[16, 3, 3, 3], Some(Unary::Silu));
    assert_resizable(&graph, &[[1, 3, 32, 40], [2, 3, 1, 1], [1, 3, 65, 130], [1, 3, 32, 40]]);
}

/// Values that others read, and those that are asked for.
#[test]
fn what_somebody_needs_is_computed() {
    let shape = [1, 3, 12, 10];
    let mut b = Builder::new("shared");
    let x = b.input("x", shape).unwrap();
    let first = convolution(&mut b, "first", conv([1; 4], [2, 2], [1, 1]), x, &[8, 3, 3, 3]);
    let second = convolution(&mut b, "second", conv([0; 4], [1, 1], [1, 1]), x, &[9, 3, 3, 3]);
    for (name, value) in [("first", first), ("second", second)] {
        b.output(name, value);
    }
    let (graph, x) = (b.finish(), [tensor(&shape, 3)]);
    assert_close(&run(&graph, Kernels::Edgeconv, 1, &x), &run(&graph, Kernels::Mnn, 1, &x), "shared");
    let graph = network(&shape, conv([1; 4], [1, 1], [1, 1]), &[8, 3, 3, 3], Some(Unary::Silu));
    assert_keeps_all(&graph, &x, "function");
}
