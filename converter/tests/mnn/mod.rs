//! Runs exported files with MNN.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

use edgeconv_graph::{Graph, Tensor};
use edgeconv_runtime::{Config, Session, TensorData};
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
    let bytes = edgeconv_converter::target::mnn::export(graph).unwrap();
    let settings = Settings { hints, ..Settings::default() };
    let config = Config { session: SessionConfig { settings, ..SessionConfig::default() }, ..Config::default() };
    let mut session = Session::from_bytes(&bytes, config).unwrap();
    for (&id, tensor) in graph.inputs().iter().zip_eq(inputs) {
        let data = TensorData::F32(tensor.as_f32().unwrap().to_vec());
        session.set_input(&graph.value(id).name, &data).unwrap();
    }
    session.run().unwrap();
    graph.outputs().iter().map(|output| tensor(session.output(&output.name).unwrap())).collect()
}

fn tensor(tensor: edgeconv_runtime::Tensor) -> Tensor {
    match tensor.data {
        TensorData::F32(data) => Tensor::f32(tensor.shape, data).unwrap(),
        TensorData::I32(data) => Tensor::i64(tensor.shape, data.into_iter().map(i64::from).collect()).unwrap(),
    }
}
