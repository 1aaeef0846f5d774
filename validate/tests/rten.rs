//! Where rten computes something else than ONNX says, it is no reference.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic: that is how it fails")]

use std::path::PathBuf;

use edgeconv_graph::{DType, Tensor};
use edgeconv_schema::onnx::tensor_shape_proto::{Dimension, dimension::Value};
use edgeconv_schema::onnx::{
    AttributeProto, GraphProto, ModelProto, NodeProto, OperatorSetIdProto, TensorProto, TensorShapeProto, TypeProto,
    ValueInfoProto, type_proto,
};
use edgeconv_test_support::found;
use edgeconv_validate::engine::{Agent, Engine, EngineError, NamedTensor, Rten};
use prost::Message;

fn node(op: &str, inputs: &[&str], attributes: Vec<AttributeProto>) -> NodeProto {
    NodeProto {
        op_type: Some(op.into()),
        input: inputs.iter().map(|&name| name.to_owned()).collect(),
        output: vec!["y".into()],
        attribute: attributes,
        ..Default::default()
    }
}

/// A node whose result is another one's operand.
fn before(output: &str, node: NodeProto) -> NodeProto {
    NodeProto { output: vec![output.into()], ..node }
}

fn integer(name: &str, value: i64) -> AttributeProto {
    AttributeProto { name: Some(name.into()), i: Some(value), r#type: Some(2), ..Default::default() }
}

fn text(name: &str, value: &str) -> AttributeProto {
    AttributeProto { name: Some(name.into()), s: Some(value.to_owned().into()), r#type: Some(3), ..Default::default() }
}

/// ONNX's number of an element type.
fn number(dtype: DType) -> i32 {
    match dtype {
        DType::F32 => 1,
        DType::I32 => 6,
        DType::I64 => 7,
        DType::F64 => 11,
        other => panic!("{other}"),
    }
}

fn info(name: &str, tensor: Option<&Tensor>) -> ValueInfoProto {
    let dim = |&length: &usize| Dimension { value: Some(Value::DimValue(length as i64)), ..Default::default() };
    let shape = tensor.map(|tensor| TensorShapeProto { dim: tensor.shape().iter().map(dim).collect() });
    let elem_type = tensor.map(|tensor| number(tensor.dtype()));
    let ty = TypeProto {
        value: Some(type_proto::Value::TensorType(type_proto::Tensor { elem_type, shape })),
        ..Default::default()
    };
    ValueInfoProto { name: Some(name.into()), r#type: tensor.map(|_| ty), ..Default::default() }
}

/// A model of these nodes, the last one of which computes `y`, with its inputs and 64-bit constants.
struct Case {
    folder: tempfile::TempDir,
    inputs: Vec<NamedTensor>,
}

impl Case {
    fn new(opset: i64, nodes: Vec<NodeProto>, inputs: &[(&str, Tensor)], constants: &[(&str, &[i64])]) -> Self {
        let constant = |&(name, numbers): &(&str, &[i64])| TensorProto {
            name: Some(name.into()),
            data_type: Some(7),
            dims: vec![numbers.len() as i64],
            int64_data: numbers.to_vec(),
            ..Default::default()
        };
        let graph = GraphProto {
            name: Some("case".into()),
            node: nodes,
            input: inputs.iter().map(|(name, tensor)| info(name, Some(tensor))).collect(),
            output: vec![info("y", None)],
            initializer: constants.iter().map(constant).collect(),
            ..Default::default()
        };
        let opset_import = vec![OperatorSetIdProto { domain: Some(String::new()), version: Some(opset) }];
        let model = ModelProto { ir_version: Some(8), opset_import, graph: Some(graph), ..Default::default() };
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("case.onnx"), model.encode_to_vec()).unwrap();
        let named = |(name, tensor): &(&str, Tensor)| NamedTensor { name: (*name).into(), tensor: tensor.clone() };
        Self { folder, inputs: inputs.iter().map(named).collect() }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("case.onnx")
    }

    /// Why rten is no reference.
    fn deviation(&self, agent: &Agent) -> Option<String> {
        match Rten::by_definition(agent.clone()).run(&self.path(), &self.inputs) {
            Ok(_) => None,
            Err(EngineError::Deviates { engine, reason, .. }) => {
                assert!(engine.starts_with("rten 0."), "{engine}");
                Some(reason)
            }
            Err(other) => panic!("{other}"),
        }
    }

    /// What rten gives for `y`, right or not.
    fn rten(&self, agent: &Agent) -> Tensor {
        Rten::new(agent.clone()).run(&self.path(), &self.inputs).unwrap().swap_remove(0).tensor
    }
}

fn ones(shape: &[usize]) -> Tensor {
    Tensor::f32(shape, vec![1.0; shape.iter().product()]).unwrap()
}

/// Operators that deviate whatever the elements are, each beside forms that do not.
#[test]
fn operators_that_it_computes_otherwise() {
    let Some(agent) = found(Agent::find()) else { return };
    let softmax = |opset, axis, shape: &[usize]| {
        Case::new(opset, vec![node("Softmax", &["x"], vec![integer("axis", axis)])], &[("x", ones(shape))], &[])
    };
    let lstm = |lengths: &str| {
        let inputs = [("x", ones(&[2, 1, 1])), ("w", ones(&[1, 4, 1])), ("r", ones(&[1, 4, 1]))];
        let lens = [("lens", Tensor::new([1], vec![1_i32]).unwrap())];
        let inputs: Vec<_> = inputs.into_iter().chain(lens.into_iter().filter(|_| !lengths.is_empty())).collect();
        Case::new(14, vec![node("LSTM", &["x", "w", "r", "", lengths], vec![integer("hidden_size", 1)])], &inputs, &[])
    };
    let pad = |mode: &str, left| {
        let node = node("Pad", &["x", "pads"], vec![text("mode", mode)]);
        Case::new(13, vec![node], &[("x", ones(&[1, 1, 2, 3]))], &[("pads", &[0, 0, 0, left, 0, 0, 0, 0])])
    };
    let product =
        |left: &[usize], nodes: Vec<NodeProto>| Case::new(13, nodes, &[("m", ones(left)), ("v", ones(&[2]))], &[]);
    let multiply = |vector: &str| node("MatMul", &["m", vector], vec![]);
    let relu = |operand: &str| before("positive", node("Relu", &[operand], vec![]));
    let resize = |mode: &str| {
        let sizes: &[i64] = &[1, 1, 4, 4];
        let node = node("Resize", &["x", "", "", "sizes"], vec![text("mode", mode)]);
        Case::new(13, vec![node], &[("x", ones(&[1, 1, 2, 2]))], &[("sizes", sizes)])
    };
    let wrong = [
        (softmax(11, 1, &[1, 2, 2]), "before operator set 13"),
        (softmax(11, -2, &[1, 2, 2]), "before operator set 13"),
        (lstm("lens"), "`sequence_lens`"),
        (pad("reflect", 4), "wider than the map"),
        (product(&[2, 1, 2], vec![multiply("v")]), "an axis that ONNX drops"),
        // The rank of what is computed is inferred.
        (product(&[2, 1, 2], vec![relu("v"), multiply("positive")]), "an axis that ONNX drops"),
        (resize("cubic"), "linearly"),
    ];
    for (case, what) in wrong {
        let found = case.deviation(&agent).unwrap_or_else(|| panic!("{what}"));
        assert!(found.starts_with("node `y` (") && found.contains(what), "{found}");
    }
    let right = [
        softmax(13, 1, &[1, 2, 2]),
        softmax(11, -1, &[1, 2, 2]),
        softmax(11, 1, &[1, 2, 1, 1]),
        lstm(""),
        pad("reflect", 2),
        pad("edge", 4),
        product(&[3, 2], vec![multiply("v")]),
        product(&[2, 2, 2], vec![relu("m"), multiply("positive")]),
        resize("linear"),
    ];
    for case in right {
        assert_eq!(case.deviation(&agent), None);
    }
}

/// Operators that deviate for some elements: rten's wrong result shows what would be missed.
#[test]
fn elements_for_which_it_computes_otherwise() {
    let Some(agent) = found(Agent::find()) else { return };
    let floats = |numbers: &[f32]| Tensor::vector(numbers.to_vec());
    let one = |op: &str, attributes: Vec<AttributeProto>, x: Tensor| {
        Case::new(13, vec![node(op, &["x"], attributes)], &[("x", x)], &[])
    };
    let arg = |op: &str, numbers: &[f32]| one(op, vec![integer("axis", 0)], floats(numbers));
    let cast = |to, numbers: &[f32]| one("Cast", vec![integer("to", to)], floats(numbers));
    let square = |numbers: &[i64]| {
        Case::new(13, vec![node("Mul", &["x", "x"], vec![])], &[("x", Tensor::indices(numbers.to_vec()))], &[])
    };
    let wrong: [(Case, &str, &[f64]); 5] = [
        (arg("ArgMax", &[1.0, 3.0, 3.0, 2.0]), "takes the last", &[2.0]),
        (arg("ArgMin", &[1.0, 3.0, 1.0]), "takes the last", &[2.0]),
        (one("Sign", vec![], floats(&[0.0])), "the sign of 0", &[1.0]),
        (cast(7, &[4e9]), "32-bit integers of floats", &[2_147_483_647.0]),
        (cast(9, &[0.5]), "booleans", &[0.0]),
    ];
    for (case, what, gives) in wrong {
        assert!(case.rten(&agent).numbers().eq(gives.iter().copied()), "{what}");
        let found = case.deviation(&agent).unwrap_or_else(|| panic!("{what}"));
        assert!(found.contains(what), "{found}");
    }
    // Unoptimised, rten panics.
    let error =
        Rten::by_definition(agent.clone()).run(&square(&[100_000]).path(), &square(&[100_000]).inputs).unwrap_err();
    assert!(
        error.to_string().contains("64-bit integers in 32 bits") || error.to_string().contains("panicked"),
        "{error}"
    );
    let right = [
        arg("ArgMax", &[1.0, 3.0, 3.5, 2.0]),
        arg("ArgMin", &[3.0, 1.0, 3.0]),
        one("Sign", vec![], floats(&[-2.0, 3.0])),
        cast(7, &[2e9]),
        cast(9, &[1.0, 0.0]),
        square(&[40_000]),
    ];
    for case in right {
        assert_eq!(case.deviation(&agent), None);
    }
}

/// 64-bit numbers are 32-bit ones in rten.
#[test]
fn numbers_of_64_bits() {
    let Some(agent) = found(Agent::find()) else { return };
    let to = |ty| vec![integer("to", ty)];
    let double = before("d", node("Cast", &["x"], to(11)));
    let wide = Case::new(13, vec![double, node("Add", &["d", "d"], vec![])], &[("x", ones(&[2]))], &[]);
    assert!(wide.deviation(&agent).unwrap().contains("64-bit floats in 32 bits"));
    // What is cast at once loses nothing.
    let x = Tensor::new([2], vec![0.1_f64, 1e9]).unwrap();
    let cast = before("f", node("Cast", &["x"], to(1)));
    assert_eq!(Case::new(13, vec![cast, node("Relu", &["f"], vec![])], &[("x", x)], &[]).deviation(&agent), None);
    // A slice to the end is one in 32 bits, too.
    let x = [("x", Tensor::indices(vec![1, 2, 3]))];
    let constants: [(&str, &[i64]); 2] = [("start", &[1]), ("end", &[i64::MAX])];
    let slice = Case::new(13, vec![node("Slice", &["x", "start", "end"], vec![])], &x, &constants);
    assert_eq!(slice.deviation(&agent), None);
    let sum = Case::new(13, vec![node("Add", &["x", "end"], vec![])], &x, &constants);
    assert!(sum.deviation(&agent).unwrap().contains("those here need more"));
}

/// rten computes them when it loads the model, and forgets their names.
#[test]
fn outputs_that_are_shapes_keep_their_names() {
    let Some(agent) = found(Agent::find()) else { return };
    let case = Case::new(13, vec![node("Shape", &["x"], vec![])], &[("x", ones(&[3, 5]))], &[]);
    let outputs = Rten::new(agent).run(&case.path(), &case.inputs).unwrap();
    let numbers: Vec<_> = outputs[0].tensor.numbers().collect();
    assert_eq!((outputs[0].name.as_str(), numbers), ("y", vec![3.0, 5.0]));
}
