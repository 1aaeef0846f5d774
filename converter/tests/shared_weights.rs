//! Weights that several operators have in common are stored once, and say what a session makes of them.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

mod mnn;
mod rten;

use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::target::{Mnn, Onnx, SharedWeights};
use edgeconv_converter::{Artefact, Conversion};
use edgeconv_graph::op::{Conv, Unary};
use edgeconv_graph::{Builder, Graph, Tensor};
use edgeconv_runtime::{Config, Session};
use edgeconv_session::Hints;
use itertools::Itertools;

/// Channels of the maps.
const CHANNELS: usize = 64;

/// Heights and widths of the maps: more than MNN cuts a convolution into, and less.
const LEVELS: [usize; 4] = [20, 10, 5, 3];

/// Bytes of the kernel of a head.
const KERNEL: usize = 4 * CHANNELS * CHANNELS * 9;

/// Numbers in [−0.5, 0.5) that look random and are always the same.
fn floats(seed: usize, shape: &[usize]) -> Tensor {
    let number = |i: usize| ((i * 7919 + seed * 104_729 + 17) % 10_007) as f32 / 10_007.0 - 0.5;
    Tensor::f32(shape, (0..shape.iter().product()).map(number).collect()).unwrap()
}

/// The head of a detector: the same convolution over maps of several sizes. With `copies`, the constants of each level are its own, and
/// equal.
fn head(copies: bool) -> Graph {
    let mut b = Builder::new("head");
    let maps = LEVELS.map(|size| (size, b.input(&format!("level{size}"), [1, CHANNELS, size, size]).unwrap()));
    let mut constants = vec![];
    for (size, map) in maps {
        if constants.is_empty() || copies {
            let stored = [("kernel", vec![CHANNELS, CHANNELS, 3, 3]), ("bias", vec![CHANNELS])];
            let stored = stored.iter().enumerate();
            constants = stored
                .map(|(seed, (name, shape))| b.constant(&format!("{name}{size}"), floats(seed, shape)).unwrap())
                .collect();
        }
        let conv = Conv { pads: vec![1; 4], ..Conv::pointwise() };
        let y = b.node(&format!("conv{size}"), conv, &[map, constants[0], constants[1]]).unwrap();
        let y = b.node(&format!("relu{size}"), Unary::Relu, &[y]).unwrap();
        b.output(&format!("y{size}"), y);
    }
    b.finish()
}

/// Numbers for each input of a graph.
fn inputs(graph: &Graph) -> Vec<Tensor> {
    graph.inputs().iter().enumerate().map(|(index, &id)| floats(9 + index, &graph.ty(id).shape)).collect()
}

fn made(graph: Graph, target: Mnn) -> Artefact {
    Conversion::of(graph).rewrite(&Rewrite::Fast.into()).unwrap().to(&target).unwrap()
}

#[track_caller]
fn assert_close(found: &[Tensor], expected: &[Tensor]) {
    for (found, expected) in found.iter().zip_eq(expected) {
        let (found, expected) = (found.as_f32().unwrap(), expected.as_f32().unwrap());
        let largest = expected.iter().fold(0.0_f32, |largest, x| largest.max(x.abs()));
        let error = found.iter().zip_eq(expected).fold(0.0_f32, |error, (f, e)| error.max((f - e).abs()));
        assert!(error <= 1e-5 * largest, "off by {error} of {largest}");
    }
}

#[test]
fn files_hold_weights_once() {
    for copies in [false, true] {
        let graph = head(copies);
        let inputs = inputs(&graph);
        let onnx = Conversion::of(graph.clone()).rewrite(&Rewrite::None.into()).unwrap().to(&Onnx::default()).unwrap();
        let expected = rten::run(onnx.bytes(), &inputs);
        let mnn = made(graph.clone(), Mnn::DEFAULT);
        for (artefact, bytes) in [(&onnx, onnx.bytes().len()), (&mnn, mnn.bytes().len())] {
            let target = artefact.report().target;
            assert!(bytes < KERNEL * 11 / 10, "{target}: {bytes} bytes for {KERNEL} of weights");
        }
        assert_close(&mnn::run_file(mnn.bytes(), &graph, &inputs, Hints { winograd_memory_level: Some(0) }), &expected);
    }
}

#[test]
fn strips_share_their_weights() {
    let mut b = Builder::new("chain");
    let mut y = b.input("x", [1, CHANNELS, 64, 64]).unwrap();
    for layer in 0..3 {
        let kernel = b.constant(&format!("w{layer}"), floats(layer, &[CHANNELS, CHANNELS, 1, 1])).unwrap();
        y = b.node(&format!("conv{layer}"), Conv::pointwise(), &[y, kernel]).unwrap();
    }
    b.output("y", y);
    let graph = b.finish();
    let [whole, strips] = [0, 1 << 17].map(|cache_bytes| made(graph.clone(), Mnn { cache_bytes, ..Mnn::DEFAULT }));
    assert_eq!((whole.report().operators["Convolution"], strips.report().operators["Convolution"]), (3, 12));
    assert!(strips.bytes().len() < whole.bytes().len() * 11 / 10 + (1 << 13));
    let SharedWeights { convolutions, copied_bytes, .. } = strips.report().shared;
    assert_eq!((convolutions, copied_bytes), (12, 9 * 4 * (CHANNELS * CHANNELS) as u64));
    let run = |artefact: &Artefact| mnn::run_file(artefact.bytes(), &graph, &inputs(&graph), Hints::default());
    assert_close(&run(&strips), &run(&whole));
}

#[test]
fn a_session_holds_shared_weights_once_on_request() {
    let graph = head(true);
    let inputs = inputs(&graph);
    let copied = made(graph.clone(), Mnn::DEFAULT);
    let shared = made(graph.clone(), Mnn { share_weights: true, ..Mnn::DEFAULT });
    let report = copied.report().shared;
    assert_eq!((report.convolutions, report.copied_bytes), (LEVELS.len(), 3 * KERNEL as u64));
    assert_eq!(shared.report().shared, SharedWeights::default());
    let run = |artefact: &Artefact| {
        mnn::run_file(artefact.bytes(), &graph, &inputs, Hints { winograd_memory_level: Some(0) })
    };
    assert_close(&run(&shared), &run(&copied));
    let megabytes =
        |artefact: &Artefact| Session::from_bytes(artefact.bytes(), Config::default()).unwrap().memory_mb().unwrap();
    let (copied, shared) = (megabytes(&copied), megabytes(&shared));
    assert!(shared < copied - KERNEL as f32 / 1e6, "{shared} MB, with copies {copied} MB");
}
