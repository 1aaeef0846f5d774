//! `edgeconv convert` with models that need more than one float input of known shape.
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use edgeconv_converter::onnx;
use edgeconv_graph::op::{Binary, Reshape, Unary};
use edgeconv_graph::{Builder, DType, TensorType};
use support::{run, text};

#[test]
fn inputs_that_shapes_depend_on_get_a_value() {
    let folder = tempfile::tempdir().unwrap();
    let [model, result, value] = ["model.onnx", "model.mnn", "shape.npy"].map(|name| folder.path().join(name));
    let mut b = Builder::new("model");
    let x = b.input("x", [2, 6]).unwrap();
    let shape = b.typed_input("shape", TensorType::new(DType::I64, [2])).unwrap();
    let y = b.node("y", Reshape { shape: vec![3, 4] }, &[x]).unwrap();
    let z = b.node("z", Unary::Relu, &[y]).unwrap();
    b.output("z", z);
    b.output("shape_too", shape);
    let mut proto = onnx::export(&b.finish(), onnx::DEFAULT_OPSET).unwrap();
    let graph = proto.graph.as_mut().unwrap();
    let reshape = graph.node.iter_mut().find(|node| node.op_type() == "Reshape").unwrap();
    reshape.input[1] = "shape".into();
    graph.output.pop();
    graph.node.pop();
    std::fs::write(&model, prost::Message::encode_to_vec(&proto)).unwrap();

    let (code, _, error) = run(&["convert", text(&model), "-o", text(&result)]);
    assert_eq!(code, 1, "{error}");
    assert!(error.contains("`shape` has to be known at conversion time") && error.contains("--value"), "{error}");
    assert!(!result.exists());

    let tensor = edgeconv_graph::Tensor::indices(vec![4, 3]);
    edgeconv_validate::input::write(&value, &tensor).unwrap();
    let given = format!("shape={}", text(&value));
    let (code, out, error) = run(&["convert", text(&model), "-o", text(&result), "--value", &given, "--json"]);
    assert_eq!(code, 0, "{error}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["parity"][0]["passed"], true, "{report}");
}

#[test]
fn whole_numbers_and_truth_values_are_inputs_too() {
    let folder = tempfile::tempdir().unwrap();
    let [model, result] = ["model.onnx", "model.mnn"].map(|name| folder.path().join(name));
    let mut b = Builder::new("model");
    let x = b.typed_input("x", TensorType::new(DType::I64, [2, 6])).unwrap();
    let y = b.node("y", Binary::Mul, &[x, x]).unwrap();
    b.output("z", y);
    onnx::write(&b.finish(), onnx::DEFAULT_OPSET, &model).unwrap();
    let (code, out, error) = run(&["convert", text(&model), "-o", text(&result), "--json"]);
    assert_eq!(code, 0, "{error}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["unchecked"], serde_json::Value::Null);
    assert!(!report["parity"].as_array().unwrap().is_empty());
}
