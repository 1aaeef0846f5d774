//! Runs exported files with MNN.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking
#![allow(dead_code)] // each test file uses its part

use edgeconv_graph::{DType, Graph, Tensor};
use edgeconv_runtime::{Config, Session};
use edgeconv_session::{Hints, SessionConfig, Settings};
use itertools::Itertools;

/// The outputs of a graph, in its order; `inputs` too are in the order of the graph.
///
/// Without Winograd tiles, whose rounding errors are larger than the ones that a test looks for.
pub fn run(graph: &Graph, inputs: &[Tensor]) -> Vec<Tensor> {
    run_with(graph, inputs, Hints { winograd_memory_level: Some(0) })
}

/// The same with hints for MNN.
pub fn run_with(graph: &Graph, inputs: &[Tensor], hints: Hints) -> Vec<Tensor> {
    run_file(&edgeconv_converter::target::mnn::export(graph).unwrap(), graph, inputs, hints)
}

/// The outputs of a file that was made of a graph.
pub fn run_file(bytes: &[u8], graph: &Graph, inputs: &[Tensor], hints: Hints) -> Vec<Tensor> {
    let settings = Settings { hints, ..Settings::default() };
    let config = Config { session: SessionConfig { settings, ..SessionConfig::default() }, ..Config::default() };
    run_session(&mut Session::from_bytes(bytes, config).unwrap(), graph, inputs)
}

/// The outputs of a session of such a file.
pub fn run_session(session: &mut Session, graph: &Graph, inputs: &[Tensor]) -> Vec<Tensor> {
    for (&id, tensor) in graph.inputs().iter().zip_eq(inputs) {
        session.set_input(&graph.value(id).name, tensor).unwrap();
    }
    session.run().unwrap();
    graph.outputs().iter().map(|output| wide(session.output(&output.name).unwrap())).collect()
}

/// MNN has no 64-bit integers.
fn wide(tensor: Tensor) -> Tensor {
    tensor.converted(DType::I64).unwrap_or(tensor)
}
