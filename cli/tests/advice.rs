//! What the messages advise, followed: each model here can't be converted, and can with the arguments that its error names.
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use std::fs;
use std::path::Path;

use edgeconv_graph::Tensor;
use edgeconv_schema::onnx::{
    AttributeProto, FunctionProto, GraphProto, ModelProto, NodeProto, OperatorSetIdProto, TensorProto,
    TensorShapeProto, TypeProto, ValueInfoProto, tensor_shape_proto, type_proto,
};
use prost::Message;
use support::{run, text};

/// A model in which something is in the way.
struct Case {
    name: &'static str,
    opset: i64,
    nodes: Vec<NodeProto>,
    outputs: &'static [&'static str],
    functions: Vec<FunctionProto>,
    /// Arguments without which it can be converted.
    given: &'static [&'static str],
    /// What the error says.
    error: &'static str,
    /// The ways out that it names.
    ways: &'static [&'static str],
}

impl Case {
    fn new(name: &'static str, nodes: Vec<NodeProto>, outputs: &'static [&'static str]) -> Self {
        Self { name, opset: 17, nodes, outputs, functions: vec![], given: &[], error: "", ways: &[] }
    }

    fn fails(self, error: &'static str, ways: &'static [&'static str]) -> Self {
        Self { error, ways, ..self }
    }
}

fn node(op: &str, inputs: &[&str], outputs: &[&str], attribute: Vec<AttributeProto>) -> NodeProto {
    let (domain, op) = op.split_once("::").unwrap_or(("", op));
    let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    NodeProto {
        op_type: Some(op.into()),
        domain: Some(domain.into()),
        input: names(inputs),
        output: names(outputs),
        attribute,
        ..NodeProto::default()
    }
}

fn int(name: &str, value: i64) -> AttributeProto {
    AttributeProto { name: Some(name.into()), i: Some(value), r#type: Some(2), ..AttributeProto::default() }
}

fn ints(name: &str, values: &[i64]) -> AttributeProto {
    AttributeProto { name: Some(name.into()), ints: values.to_vec(), r#type: Some(7), ..AttributeProto::default() }
}

fn body(name: &str, inputs: &[(&str, i32, &[i64])], nodes: Vec<NodeProto>, outputs: &[&str]) -> AttributeProto {
    let input = inputs.iter().map(|&(name, ty, shape)| value(name, ty, shape)).collect();
    let output = outputs.iter().map(|&name| untyped(name)).collect();
    let graph = GraphProto { name: Some(name.into()), input, node: nodes, output, ..GraphProto::default() };
    AttributeProto { name: Some(name.into()), g: Some(graph), r#type: Some(5), ..AttributeProto::default() }
}

fn untyped(name: &str) -> ValueInfoProto {
    ValueInfoProto { name: Some(name.into()), ..ValueInfoProto::default() }
}

fn value(name: &str, elem_type: i32, shape: &[i64]) -> ValueInfoProto {
    use tensor_shape_proto::{Dimension, dimension::Value};
    // A length of 0 is open.
    let length = |&length: &i64| (length > 0).then_some(Value::DimValue(length));
    let dim = shape.iter().map(|dim| Dimension { value: length(dim), denotation: None }).collect();
    let tensor = type_proto::Tensor { elem_type: Some(elem_type), shape: Some(TensorShapeProto { dim }) };
    let ty = TypeProto { value: Some(type_proto::Value::TensorType(tensor)), denotation: None };
    ValueInfoProto { r#type: Some(ty), ..untyped(name) }
}

const FLOAT: i32 = 1;
const INT64: i32 = 7;
const BOOL: i32 = 9;

fn constant(name: &str, data_type: i32, shape: &[i64], bytes: Vec<u8>) -> TensorProto {
    TensorProto {
        name: Some(name.into()),
        data_type: Some(data_type),
        dims: shape.to_vec(),
        raw_data: Some(bytes.into()),
        ..TensorProto::default()
    }
}

fn bytes<const N: usize>(numbers: impl IntoIterator<Item = [u8; N]>) -> Vec<u8> {
    numbers.into_iter().flatten().collect()
}

fn cases() -> Vec<Case> {
    let relu = || node("Relu", &["x"], &["a"], vec![]);
    let boxes = || {
        vec![
            node("Split", &["picture", "sizes"], &["boxes", "rest"], vec![int("axis", 2)]),
            node("Transpose", &["rest"], &["scores"], vec![ints("perm", &[0, 2, 1])]),
            node("NonMaxSuppression", &["boxes", "scores", "most"], &["selected"], vec![]),
        ]
    };
    let branch = |name: &str, op: &str| body(name, &[], vec![node(op, &["a"], &["taken"], vec![])], &["taken"]);
    let state: &[(&str, i32, &[i64])] = &[("index", INT64, &[]), ("condition", BOOL, &[]), ("state", FLOAT, &[1, 4])];
    let steps = vec![
        node("Add", &["state", "a"], &["next"], vec![]),
        node("ReduceSum", &["next"], &["sum"], vec![int("keepdims", 0)]),
        node("Less", &["sum", "half"], &["goes_on"], vec![]),
    ];
    let set = |version| OperatorSetIdProto { domain: Some(String::new()), version: Some(version) };
    let function = FunctionProto {
        name: Some("Chosen".into()),
        domain: Some("here".into()),
        input: vec!["data".into()],
        output: vec!["where".into()],
        node: vec![node("Neg", &["data"], &["inner"], vec![]), node("Unique", &["inner"], &["where"], vec![])],
        opset_import: vec![set(17)],
        ..FunctionProto::default()
    };
    let with = |first: Vec<NodeProto>, more: Vec<NodeProto>| [first, more].concat();
    vec![
        Case::new("shape", vec![relu(), node("Reshape", &["a", "shape"], &["y"], vec![])], &["y"])
            .fails("give this input a fixed value", &["--value shape=FILE.npy", "--end-at a"]),
        Case::new(
            "computed_shape",
            vec![node("Abs", &["shape"], &["positive"], vec![]), node("Reshape", &["x", "positive"], &["y"], vec![])],
            &["y"],
        )
        .fails("give what it follows from a fixed value, `shape`", &["--value shape=FILE.npy", "--end-at positive"]),
        Case::new("different_numbers", vec![relu(), node("Unique", &["a"], &["y"], vec![])], &["y"])
            .fails("`a` has to be known at conversion time, but depends on data", &["--end-at a"]),
        Case::new(
            "how_many",
            vec![relu(), node("NonZero", &["a"], &["found"], vec![]), node("Shape", &["found"], &["y"], vec![])],
            &["y"],
        )
        .fails("how many rows `found` has depends on data", &["--end-at found"]),
        Case::new("function", vec![relu(), node("here::Chosen", &["a"], &["y"], vec![])], &["y"])
            .fails("`inner` has to be known at conversion time, but depends on data", &["--end-at a"]),
        Case::new(
            "branches",
            vec![
                relu(),
                node("ReduceSum", &["a"], &["sum"], vec![int("keepdims", 0)]),
                node("Less", &["sum", "half"], &["small"], vec![]),
                node("If", &["small"], &["y"], vec![branch("then_branch", "Neg"), branch("else_branch", "Abs")]),
            ],
            &["y"],
        )
        .fails("`small` has to be known at conversion time, but depends on data", &["--end-at a,small"]),
        Case::new(
            "loop",
            vec![
                relu(),
                node("Loop", &["", "yes", "a"], &["y"], vec![body("body", state, steps, &["goes_on", "next"])]),
            ],
            &["y"],
        )
        .fails("how often it runs depends on data", &["--end-at a"]),
        Case::new(
            "selected_boxes",
            with(
                boxes(),
                vec![
                    node("Gather", &["selected", "two"], &["column"], vec![int("axis", 1)]),
                    node("Gather", &["boxes", "column"], &["chosen"], vec![int("axis", 1)]),
                    node("ReduceMax", &["chosen"], &["y"], vec![]),
                ],
            ),
            &["y"],
        )
        .fails("how many rows `chosen` has depends on data", &["--end-at chosen"]),
        Case::new(
            "several_results",
            with(vec![node("Split", &["x"], &["left", "right"], vec![int("axis", 1)])], {
                let mut nodes = vec![node("Concat", &["left", "right"], &["both"], vec![int("axis", 0)])];
                nodes.push(node("Reshape", &["both", "nine_lengths"], &["nine"], vec![]));
                nodes.push(node("Neg", &["nine"], &["y"], vec![]));
                nodes.push(node("Neg", &["right"], &["z"], vec![]));
                nodes
            }),
            &["y", "z"],
        )
        .fails("MNN's tensors have at most 8 dimensions", &["--end-at both,z"]),
        Case::new(
            "noise",
            vec![
                relu(),
                node("RandomNormalLike", &["a"], &["noise"], vec![]),
                node("Add", &["a", "noise"], &["y"], vec![]),
            ],
            &["y"],
        )
        .fails("make `noise`, of shape [1, 4], an input", &["--input noise=1x4"]),
        Case::new("plugin", vec![relu(), node("TRT::Plugin", &["a"], &["y"], vec![])], &["y"])
            .fails("only the programs know that they were made for", &["--end-at a"]),
        Case {
            opset: 18,
            ..Case::new("contradiction", vec![node("RMSNormalization", &["x", "four"], &["y"], vec![])], &["y"])
        }
        .fails(
            "the operator exists only since operator set 23, but the file says that it has set 18",
            &["--opset-is 23"],
        ),
        Case {
            opset: 18,
            ..Case::new(
                "older_form",
                vec![
                    node("Reshape", &["x", "map_shape"], &["map"], vec![]),
                    node("GroupNormalization", &["map", "four", "four"], &["y"], vec![int("num_groups", 2)]),
                ],
                &["y"],
            )
        }
        .fails("a factor for each of its 4 channels, which is so since operator set 21", &["--opset-is 21"]),
        Case { given: &["--fixed"], ..Case::new("open_shape", vec![node("Relu", &["open"], &["y"], vec![])], &["y"]) }
            .fails("give it a fixed one", &["--input open=1x3x224x224"]),
    ]
    .into_iter()
    .map(|case| Case { functions: vec![function.clone()], ..case })
    .collect()
}

/// The file; all models have the same constants, and those of the inputs that they read.
fn write(case: &Case, path: &Path) {
    let read = |name: &str| {
        let calls = format!("{:?}", case.nodes);
        calls.contains(&format!("{name:?}"))
    };
    let inputs = [
        value("x", FLOAT, &[1, 4]),
        value("picture", FLOAT, &[1, 6, 5]),
        value("shape", INT64, &[2]),
        value("open", FLOAT, &[0, 3, 0, 0]),
    ];
    let floats = |numbers: &[f32]| bytes(numbers.iter().map(|number| number.to_le_bytes()));
    let integers = |numbers: &[i64]| bytes(numbers.iter().map(|number| number.to_le_bytes()));
    let constants = [
        constant("half", FLOAT, &[], floats(&[0.5])),
        constant("four", FLOAT, &[4], floats(&[1.0, 2.0, 3.0, 4.0])),
        constant("most", INT64, &[1], integers(&[3])),
        constant("sizes", INT64, &[2], integers(&[4, 1])),
        constant("two", INT64, &[], integers(&[2])),
        constant("yes", BOOL, &[], vec![1]),
        constant("map_shape", INT64, &[3], integers(&[1, 4, 1])),
        constant("nine_lengths", INT64, &[9], integers(&[2, 1, 1, 1, 1, 1, 1, 1, 2])),
    ];
    let graph = GraphProto {
        name: Some(case.name.into()),
        input: inputs.into_iter().filter(|input| read(input.name())).collect(),
        initializer: constants.into_iter().filter(|constant| read(constant.name())).collect(),
        node: case.nodes.clone(),
        output: case.outputs.iter().map(|&name| untyped(name)).collect(),
        ..GraphProto::default()
    };
    let set = |domain: &str, version| OperatorSetIdProto { domain: Some(domain.into()), version: Some(version) };
    let model = ModelProto {
        ir_version: Some(10),
        opset_import: vec![set("", case.opset), set("here", 1), set("TRT", 1)],
        graph: Some(graph),
        functions: case.functions.clone(),
        ..ModelProto::default()
    };
    fs::write(path, model.encode_to_vec()).unwrap();
}

/// The arguments that an error names: behind its last colon, one way or another.
fn ways(error: &str) -> Vec<&str> {
    let advice = error.trim_end().rsplit_once(": --").map_or("", |(before, _)| &error.trim_end()[before.len() + 2..]);
    advice
        .split(", or ")
        .map(|way| way.split(", for instance").next().unwrap_or(way))
        .filter(|way| !way.is_empty())
        .collect()
}

#[test]
fn what_messages_advise_works_on_the_model_that_gets_them() {
    let folder = tempfile::tempdir().unwrap();
    let [model, result, file] = ["model.onnx", "model.mnn", "value.npy"].map(|name| folder.path().join(name));
    edgeconv_validate::input::write(&file, &Tensor::indices(vec![2, 2])).unwrap();
    for case in cases() {
        write(&case, &model);
        let convert =
            |more: &[&str]| run(&[&["convert", text(&model), "-o", text(&result)], case.given, more].concat());
        let name = case.name;
        let (code, _, error) = convert(&[]);
        assert!(code == 1 || code == 2, "{name}: {error}");
        assert!(error.contains(case.error), "{name}: {error}");
        assert_eq!(ways(&error), case.ways, "{name}: {error}");
        for way in ways(&error) {
            let arguments = way.replace("FILE.npy", text(&file));
            let (code, _, error) = convert(&arguments.split(' ').collect::<Vec<_>>());
            assert_eq!(code, 0, "{name}, {way}: {error}");
            // The other arguments say what becomes of the model; this one says how to read it, whoever does.
            if way.starts_with("--opset-is") {
                let check = ["check", text(&result), "--against", text(&model)];
                let check = [&check, &*arguments.split(' ').collect::<Vec<_>>()].concat();
                let (code, out, error) = run(&check);
                assert_eq!(code, 0, "{name}, {way}: {out}{error}");
            }
        }
    }
}
