//! Softmax and layer normalisation along the last axis are ours in sessions with our kernels.
#![allow(clippy::unwrap_used)] // a test may panic: that is how it fails

mod convolutions;
mod mnn;

use convolutions::{assert_close, open, run, tensor};
use edgeconv_graph::op::{LayerNormalization, Op, Softmax};
use edgeconv_graph::{Builder, Graph, Tensor};
use edgeconv_runtime::Keep;
use edgeconv_runtime::kernels::{Kernels as Own, Norm};
use edgeconv_session::Kernels;

const EPSILON: f32 = 1e-5;

fn softmax(shape: &[usize], axis: usize) -> Graph {
    let mut b = Builder::new("softmax");
    let x = b.input("x", shape).unwrap();
    let y = b.node("softmax", Softmax { axis }, &[x]).unwrap();
    b.output("y", y);
    b.finish()
}

/// With factors and summands, or without.
fn layer_norm(shape: &[usize], is_affine: bool) -> Graph {
    let mut b = Builder::new("norm");
    let x = b.input("x", shape).unwrap();
    let channels = *shape.last().unwrap();
    let filled = |number: f32| Tensor::f32([channels], vec![number; channels]).unwrap();
    let [scale, bias] = if is_affine { [1, 2].map(|seed| tensor(&[channels], seed)) } else { [1.0, 0.0].map(filled) };
    let (scale, bias) = (b.constant("scale", scale).unwrap(), b.constant("bias", bias).unwrap());
    let y = b.node("norm", Op::from(LayerNormalization { epsilon: EPSILON }), &[x, scale, bias]).unwrap();
    b.output("y", y);
    b.finish()
}

/// Checks that a session computes each row by `kernel`, for several shapes one after the other, and what MNN's does.
fn check(graph: &Graph, shapes: &[&[usize]], kernel: impl Fn(&mut [f32])) {
    for threads in [1, 2, 3] {
        let mut session = open(graph, Kernels::Edgeconv, threads, Keep::Nothing);
        for shape in shapes {
            let x = [tensor(shape, 3)];
            session.resize(&[("x", shape)]).unwrap();
            let found = mnn::run_session(&mut session, graph, &x);
            let mut expected = x[0].as_f32().unwrap().to_vec();
            expected.chunks_mut(*shape.last().unwrap()).for_each(&kernel);
            assert_eq!(found[0].as_f32().unwrap(), expected, "{shape:?}, {threads} threads");
            let mut mnns = open(graph, Kernels::Mnn, 1, Keep::Nothing);
            mnns.resize(&[("x", shape)]).unwrap();
            assert_close(&found, &mnn::run_session(&mut mnns, graph, &x), &format!("{shape:?}"));
        }
    }
}

#[test]
fn softmax_is_ours() {
    for length in [1, 3, 5, 17, 64, 197] {
        let shapes = [[2, 3, 7, length], [1, 1, 1, length], [1, 6, 50, length], [2, 3, 7, length]];
        check(&softmax(&shapes[0], 3), &shapes.each_ref().map(|shape| &shape[..]), |row| Own::best().softmax(row));
        check(&softmax(&[4, length], 1), &[&[4, length], &[1, length]], |row| Own::best().softmax(row));
    }
}

#[test]
fn softmax_along_other_axes_is_that_of_mnn() {
    for shape in [[1, 5, 4, 3], [2, 17, 8, 8]] {
        let (graph, x) = (softmax(&shape, 1), [tensor(&shape, 3)]);
        assert_close(&run(&graph, Kernels::Edgeconv, 2, &x), &run(&graph, Kernels::Mnn, 2, &x), &format!("{shape:?}"));
    }
}

#[test]
fn layer_normalisation_is_ours() {
    for channels in [3, 5, 17, 96, 192] {
        for is_affine in [true, false] {
            let [gamma, beta] = [tensor(&[channels], 1), tensor(&[channels], 2)];
            let norm = Norm {
                gamma: is_affine.then(|| gamma.as_f32().unwrap()),
                beta: is_affine.then(|| beta.as_f32().unwrap()),
                epsilon: EPSILON,
            };
            let shapes = [[2, 49, channels], [1, 1, channels], [3, 7, channels]];
            let graph = layer_norm(&shapes[0], is_affine);
            check(&graph, &shapes.each_ref().map(|shape| &shape[..]), |row| Own::best().layer_norm(row, &norm));
        }
    }
}
