//! Small graphs of convolutions, and sessions with either kernels.
#![allow(dead_code)] // not every test needs all of it

use edgeconv_converter::target::mnn::export;
use edgeconv_graph::op::Conv;
use edgeconv_graph::{Builder, Graph, Tensor, ValueId};
use edgeconv_runtime::{Config, Keep, Session};
use edgeconv_session::{Kernels, SessionConfig};

use crate::mnn;

/// On ARMv7, MNN's own functions are off by up to 4e-5.
const ROUNDING: f64 = if cfg!(target_arch = "arm") { 4e-5 } else { 5e-6 };

/// Numbers in [-1, 1), different for each seed.
pub fn tensor(shape: &[usize], seed: usize) -> Tensor {
    let number = |i: usize| ((i + 1 + 1000 * seed) as f64 * 0.618_033_988_749_895).fract() * 2.0 - 1.0;
    Tensor::f32(shape, (0..shape.iter().product()).map(|i| number(i) as f32).collect::<Vec<_>>()).unwrap()
}

pub fn open(graph: &Graph, kernels: Kernels, threads: u16, keep: Keep) -> Session {
    let session = SessionConfig { kernels, threads, ..SessionConfig::default() };
    Session::from_bytes(&export(graph).unwrap(), Config { session, keep }).unwrap()
}

pub fn run(graph: &Graph, kernels: Kernels, threads: u16, inputs: &[Tensor]) -> Vec<Tensor> {
    mnn::run_session(&mut open(graph, kernels, threads, Keep::Nothing), graph, inputs)
}

#[track_caller]
pub fn assert_close(found: &[Tensor], expected: &[Tensor], what: &str) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        let largest = expected.numbers().map(f64::abs).fold(1.0, f64::max);
        let worst = found.numbers().zip(expected.numbers()).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(worst <= ROUNDING * largest, "{what}: off by {worst} of {largest}");
    }
}

/// A session with our kernels that is resized to these shapes of its input `x` computes what new ones with MNN's do.
#[track_caller]
pub fn assert_resizable(graph: &Graph, shapes: &[[usize; 4]]) {
    let mut session = open(graph, Kernels::Edgeconv, 2, Keep::Nothing);
    for shape in shapes {
        let x = [tensor(shape, 5)];
        session.resize(&[("x", shape)]).unwrap();
        let found = mnn::run_session(&mut session, graph, &x);
        let mut other = open(graph, Kernels::Mnn, 1, Keep::Nothing);
        other.resize(&[("x", shape)]).unwrap();
        assert_close(&found, &mnn::run_session(&mut other, graph, &x), &format!("{shape:?}"));
    }
}

/// All values inside are what MNN's kernels compute, under the same names; one of them is called `value`.
#[track_caller]
pub fn assert_keeps_all(graph: &Graph, inputs: &[Tensor], value: &str) {
    let kept = |kernels| {
        let mut session = open(graph, kernels, 1, Keep::All);
        mnn::run_session(&mut session, graph, inputs);
        session.kept().unwrap()
    };
    let (ours, mnns) = (kept(Kernels::Edgeconv), kept(Kernels::Mnn));
    assert!(ours.iter().any(|kept| kept.name == value));
    assert_eq!(ours.len(), mnns.len());
    for (ours, mnns) in ours.iter().zip(&mnns) {
        assert_eq!((&ours.name, &ours.op), (&mnns.name, &mnns.op));
        assert_close(std::slice::from_ref(&ours.tensor), std::slice::from_ref(&mnns.tensor), &ours.name);
    }
}

/// Types of the operators that a session runs.
pub fn operators(session: &mut Session, graph: &Graph, inputs: &[Tensor]) -> Vec<String> {
    for (&id, tensor) in graph.inputs().iter().zip(inputs) {
        session.set_input(&graph.value(id).name, tensor).unwrap();
    }
    session.profile().unwrap().into_iter().map(|op| op.op_type).collect()
}

pub fn convolution(b: &mut Builder, name: &str, conv: Conv, x: ValueId, kernel: &[usize]) -> ValueId {
    let weights = b.constant(&format!("{name}.weight"), tensor(kernel, 1)).unwrap();
    let bias = b.constant(&format!("{name}.bias"), tensor(&kernel[..1], 2)).unwrap();
    b.node(name, conv, &[x, weights, bias]).unwrap()
}
