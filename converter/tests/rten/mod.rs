//! Runs exported models with rten, an engine that we did not write.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking
#![allow(dead_code)] // each test file uses its part

use edgeconv_graph::{Graph, Tensor};
use itertools::Itertools;
use rten::{Model, ModelOptions, Value};
use rten_tensor::prelude::*;

/// The outputs of a model, in its order; `inputs` too are in the order of the model.
///
/// rten's own rewrites are off: what is tested is the file as it is.
pub fn run(model: &[u8], inputs: &[Tensor]) -> Vec<Tensor> {
    let mut options = ModelOptions::with_all_ops();
    options.enable_optimization(false);
    let model: Model = options.load(model.to_vec()).unwrap();
    let input = |tensor: &Tensor| Value::from_shape(tensor.shape(), tensor.as_f32().unwrap().to_vec()).unwrap();
    let inputs = model.input_ids().iter().copied().zip_eq(inputs.iter().map(|tensor| input(tensor).into())).collect();
    model.run(inputs, model.output_ids(), None).unwrap().into_iter().map(output).collect()
}

fn output(value: Value) -> Tensor {
    match value {
        Value::FloatTensor(tensor) => Tensor::f32(tensor.shape(), tensor.to_vec()).unwrap(),
        other => panic!("expected floats, found {:?}", other.dtype()),
    }
}

/// Exports and runs a graph with one input and one output.
pub fn run_graph(graph: &Graph, opset: i64, input: &Tensor) -> Tensor {
    let model = edgeconv_converter::target::onnx::export(graph, opset).unwrap();
    run(&model, std::slice::from_ref(input)).remove(0)
}
