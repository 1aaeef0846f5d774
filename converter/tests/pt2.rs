//! Programs that PyTorch exports: small archives are written here as `torch.export.save` of PyTorch 2.15 lays them out.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

mod convolutions;
mod mnn;

use std::io::{Cursor, Write};

use convolutions::{assert_close, tensor};
use edgeconv_converter::Conversion;
use edgeconv_converter::source::{Interface, pt2};
use edgeconv_graph::op::{Conv, Flatten, Gemm, GlobalAveragePool, Unary};
use edgeconv_graph::{Builder, Graph, Tensor};
use serde_json::{Value, json};
use zip::write::{SimpleFileOptions, ZipWriter};

fn archive(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn ints(sizes: &[usize]) -> Value {
    sizes.iter().map(|size| json!({"as_int": size})).collect()
}

fn meta(shape: &[usize]) -> Value {
    let strides: Vec<usize> = (0..shape.len()).map(|axis| shape[axis + 1..].iter().product()).collect();
    json!({"dtype": 7, "sizes": ints(shape), "strides": ints(&strides), "storage_offset": {"as_int": 0}})
}

/// A node: its operator, arguments by name, and its result with its shape.
struct Step(&'static str, Value, &'static str, Vec<usize>);

fn of(name: &str) -> Value {
    json!({"as_tensor": {"name": name}})
}

/// The archive of a program over `x` with weights, whose last node gives the result.
fn program(x: &[usize], weights: &[(&str, Tensor)], steps: &[Step], major: u64) -> Vec<u8> {
    let nodes: Vec<_> = steps
        .iter()
        .map(|Step(target, arguments, result, _)| {
            let arguments = arguments.as_array().unwrap().iter();
            let inputs: Vec<_> = arguments.map(|pair| json!({"name": pair[0], "arg": pair[1], "kind": 1})).collect();
            json!({"target": format!("torch.ops.aten.{target}"), "inputs": inputs, "outputs": [of(result)], "metadata": {
                "nn_module_stack": format!("L__self__,,net.Net;L__self__{result},body.{result},torch.nn.Module")}})
        })
        .collect();
    let mut values = json!({"x": meta(x)});
    steps.iter().for_each(|Step(_, _, result, shape)| values[*result] = meta(shape));
    weights.iter().for_each(|(name, tensor)| values[format!("p_{name}")] = meta(tensor.shape()));
    let mut specs: Vec<_> = weights
        .iter()
        .map(|(name, _)| json!({"parameter": {"arg": {"name": format!("p_{name}")}, "parameter_name": name}}))
        .collect();
    specs.push(json!({"user_input": {"arg": of("x")}}));
    let last = of(steps.last().unwrap().2);
    let json = json!({
        "graph_module": {
            "graph": {"inputs": [of("x")], "outputs": [last], "nodes": nodes, "tensor_values": values},
            "signature": {"input_specs": specs, "output_specs": [{"user_output": {"arg": last}}]},
        },
        "schema_version": {"major": major, "minor": 20},
        "torch_version": "2.15.0",
        "range_constraints": {},
    });
    let payload = |(index, (name, tensor)): (usize, &(&str, Tensor))| {
        let payload =
            json!({"path_name": format!("weight_{index}"), "use_pickle": false, "tensor_meta": meta(tensor.shape())});
        ((*name).to_owned(), payload)
    };
    let config: serde_json::Map<_, _> = weights.iter().enumerate().map(payload).collect();
    let mut entries = vec![
        ("m/archive_format".to_owned(), b"pt2".to_vec()),
        ("m/models/model.json".to_owned(), json.to_string().into_bytes()),
        ("m/data/weights/model_weights_config.json".to_owned(), json!({"config": config}).to_string().into_bytes()),
    ];
    for (index, (_, tensor)) in weights.iter().enumerate() {
        entries.push((format!("m/data/weights/weight_{index}"), tensor.bytes().to_vec()));
    }
    archive(&entries.iter().map(|(name, content)| (name.as_str(), content.clone())).collect::<Vec<_>>())
}

fn weights() -> Vec<(&'static str, Tensor)> {
    vec![("kernel", tensor(&[8, 3, 3, 3], 1)), ("linear", tensor(&[5, 8], 2)), ("bias", tensor(&[5], 3))]
}

/// With defaults left out, and an operator that works in place.
fn steps() -> Vec<Step> {
    vec![
        Step(
            "conv2d.default",
            json!([["input", of("x")], ["weight", of("p_kernel")], ["bias", {"as_none": true}], ["stride", {"as_ints": [2, 2]}], ["padding", {"as_ints": [1, 1]}]]),
            "conv2d",
            vec![1, 8, 4, 4],
        ),
        Step("relu_.default", json!([["self", of("conv2d")]]), "relu_", vec![1, 8, 4, 4]),
        Step(
            "mean.dim",
            json!([["self", of("relu_")], ["dim", {"as_ints": [-1, -2]}], ["keepdim", {"as_bool": true}]]),
            "mean",
            vec![1, 8, 1, 1],
        ),
        Step("flatten.using_ints", json!([["self", of("mean")], ["start_dim", {"as_int": 1}]]), "flatten", vec![1, 8]),
        Step(
            "linear.default",
            json!([["input", of("flatten")], ["weight", of("p_linear")], ["bias", of("p_bias")]]),
            "linear",
            vec![1, 5],
        ),
    ]
}

/// The same, built here.
fn expected() -> Graph {
    let mut b = Builder::new("expected");
    let x = b.input("x", [1, 3, 8, 8]).unwrap();
    let [kernel, linear, bias] = [0, 1, 2].map(|index| {
        let (name, tensor) = weights().swap_remove(index);
        b.constant(name, tensor).unwrap()
    });
    let conv = Conv { strides: vec![2; 2], pads: vec![1; 4], ..Conv::pointwise() };
    let conv = b.node("conv", conv, &[x, kernel]).unwrap();
    let map = b.node("map", Unary::Relu, &[conv]).unwrap();
    let mean = b.node("mean", GlobalAveragePool, &[map]).unwrap();
    let flat = b.node("flat", Flatten { axis: 1 }, &[mean]).unwrap();
    let y = b.node("y", Gemm, &[flat, linear, bias]).unwrap();
    b.output("y", y);
    b.finish()
}

fn error(bytes: Vec<u8>) -> String {
    let opened = Conversion::from_bytes(bytes).unwrap();
    opened.fix(&Interface::default()).unwrap_err().to_string()
}

#[test]
fn a_program_computes_what_pytorch_states() {
    let bytes = program(&[1, 3, 8, 8], &weights(), &steps(), 8);
    let conversion = Conversion::from_bytes(bytes).unwrap().fix(&Interface::default()).unwrap();
    let graph = conversion.graph();
    let names: Vec<_> = graph.nodes().map(|node| node.name.as_str()).collect();
    assert!(names.contains(&"body.conv2d") && names.contains(&"body.linear"), "{names:?}");
    assert_eq!(graph.outputs()[0].name, "body.linear");
    let x = [tensor(&[1, 3, 8, 8], 7)];
    assert_close(&mnn::run(graph, &x), &mnn::run(&expected(), &x), "program");
}

#[test]
fn what_is_not_read_is_named_all_at_once() {
    let mut all = steps();
    all.insert(1, Step("fancy.default", json!([["self", of("conv2d")]]), "fancy", vec![1, 8, 4, 4]));
    all.insert(2, Step("other_op.default", json!([["self", of("fancy")]]), "other", vec![1, 8, 4, 4]));
    let text = error(program(&[1, 3, 8, 8], &weights(), &all, 8));
    assert!(text.contains("body.fancy") && text.contains("other_op (1)"), "{text}");
    let listing = Conversion::from_bytes(program(&[1, 3, 8, 8], &weights(), &all, 8)).unwrap().list().unwrap();
    let fancy = listing.operators.iter().find(|operator| operator.op == "torch.fancy").unwrap();
    assert_eq!((&fancy.inputs[..], fancy.outputs[0].ty.as_str()), (&["body.conv2d".to_owned()][..], "f32[1, 8, 4, 4]"));
    assert_eq!(listing.outputs[0].ty, "f32[1, 5]");
    let training = vec![Step(
        "dropout.default",
        json!([["input", of("x")], ["p", {"as_float": 0.5}], ["train", {"as_bool": true}]]),
        "dropout",
        vec![1, 3, 8, 8],
    )];
    assert!(error(program(&[1, 3, 8, 8], &[], &training, 8)).contains("eval mode"));
}

/// As networks do without norms of their maps: a norm of the weights, by the weights.
#[test]
fn weights_are_standardised() {
    let none = json!({"as_none": true});
    let norm = json!([["input", of("p_kernel")], ["weight", none], ["bias", none], ["running_mean", none],
        ["running_var", none], ["training", {"as_bool": true}], ["momentum", {"as_float": 0.0}],
        ["eps", {"as_float": 1e-5}], ["cudnn_enabled", {"as_bool": false}]]);
    let all = vec![
        Step("batch_norm.default", norm, "batch_norm", vec![8, 3, 3, 3]),
        Step("conv2d.default", json!([["input", of("x")], ["weight", of("batch_norm")]]), "conv2d", vec![1, 8, 6, 6]),
    ];
    let bytes = program(&[1, 3, 8, 8], &weights()[..1], &all, 8);
    let read = Conversion::from_bytes(bytes).unwrap().fix(&Interface::default()).unwrap();
    let kernel = weights().swap_remove(0).1;
    let mut standardised = kernel.as_f32().unwrap().to_vec();
    for channel in 0..3 {
        let places: Vec<_> = (0..standardised.len()).filter(|place| place / 9 % 3 == channel).collect();
        let mean = places.iter().map(|&place| standardised[place]).sum::<f32>() / 72.0;
        let variance = places.iter().map(|&place| (standardised[place] - mean).powi(2)).sum::<f32>() / 72.0;
        places.iter().for_each(|&place| standardised[place] = (standardised[place] - mean) / (variance + 1e-5).sqrt());
    }
    let mut b = Builder::new("expected");
    let x = b.input("x", [1, 3, 8, 8]).unwrap();
    let kernel = b.constant("kernel", Tensor::f32(vec![8, 3, 3, 3], standardised).unwrap()).unwrap();
    let y = b.node("y", Conv::pointwise(), &[x, kernel]).unwrap();
    b.output("y", y);
    let x = [tensor(&[1, 3, 8, 8], 7)];
    assert_close(&mnn::run(read.graph(), &x), &mnn::run(&b.finish(), &x), "weights");
}

/// What can't be put back into the whole is refused only if that is read.
#[test]
fn elements_that_are_there_several_times_are_not_changed_in_place() {
    let part = |last: &str| {
        let size = json!({"as_ints": [1, 3, 8, 8]});
        vec![
            Step("expand.default", json!([["self", of("x")], ["size", size]]), "wide", vec![1, 3, 8, 8]),
            Step("relu_.default", json!([["self", of("wide")]]), "relu_", vec![1, 3, 8, 8]),
            Step("sigmoid.default", json!([["self", of(last)]]), "end", vec![1, 3, 8, 8]),
        ]
    };
    assert!(error(program(&[1, 3, 8, 8], &[], &part("x"), 8)).contains("changes a part of `x`"));
    let read = Conversion::from_bytes(program(&[1, 3, 8, 8], &[], &part("relu_"), 8)).unwrap();
    assert!(read.fix(&Interface::default()).is_ok());
}

#[test]
fn what_is_not_pytorchs_own_is_named() {
    let other = |target: &str| {
        let json = String::from_utf8(entry(&program(&[1, 3, 8, 8], &weights(), &steps(), 8), PROGRAM)).unwrap();
        error(with_entry(&json.replace("torch.ops.aten.relu_.default", target)))
    };
    assert!(other("torch.ops.higher_order.cond").contains("chosen or repeated at run time"));
    assert!(other("torch.ops.higher_order.while_loop").contains("torch.ops.higher_order.while_loop"));
    assert!(other("torch.ops.mylib.fancy.default").contains("not one of PyTorch's own"));
}

const PROGRAM: &str = "m/models/model.json";

/// The content of an entry.
fn entry(archive: &[u8], name: &str) -> Vec<u8> {
    let mut content = vec![];
    let mut zip = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    std::io::Read::read_to_end(&mut zip.by_name(name).unwrap(), &mut content).unwrap();
    content
}

/// The archive of a network with another program.
fn with_entry(json: &str) -> Vec<u8> {
    let good = program(&[1, 3, 8, 8], &weights(), &steps(), 8);
    let zip = zip::ZipArchive::new(Cursor::new(&good)).unwrap();
    let names: Vec<_> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let content = |name: &String| if name == PROGRAM { json.as_bytes().to_vec() } else { entry(&good, name) };
    archive(&names.iter().map(|name| (name.as_str(), content(name))).collect::<Vec<_>>())
}

/// Small files that ask for much, or are not what they say.
#[test]
fn hostile_archives_are_refused() {
    // 600 MB of a program that is one list.
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    let packed = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("m/archive_format", packed).unwrap();
    zip.start_file(PROGRAM, packed).unwrap();
    (0..600).for_each(|_| zip.write_all(&[b'['; 1 << 20]).unwrap());
    let bomb = zip.finish().unwrap().into_inner();
    assert!(bomb.len() < 2_000_000);
    let text = error(bomb);
    assert!(text.contains("memory"), "{text}");

    let json = String::from_utf8(entry(&program(&[1, 3, 8, 8], &weights(), &steps(), 8), PROGRAM)).unwrap();
    for (from, to) in [
        (r#""as_ints":[2,2]"#, r#""as_ints":[-9223372036854775808,0]"#),
        (r#""as_ints":[-1,-2]"#, r#""as_ints":[9223372036854775807,-2]"#),
        (r#"{"as_int":1}"#, r#"{"as_int":-9223372036854775808}"#),
        (r#"{"as_int":1}"#, r#"{"as_int":9223372036854775807}"#),
        (r#"{"as_tensor":{"name":"relu_"}}"#, r#"{"as_tensor":{"name":"end"}}"#),
        (r#"{"as_int":8}"#, r#"{"as_int":9223372036854775807}"#),
    ] {
        assert!(json.contains(from), "{from}");
        assert!(!error(with_entry(&json.replace(from, to))).is_empty());
    }
    let twice = json.replace(r#"{"as_tensor":{"name":"relu_"}}"#, r#"{"as_tensor":{"name":"conv2d"}}"#);
    assert!(error(with_entry(&twice)).contains("`conv2d` is computed twice"));
    assert!(!error(with_entry(&"[".repeat(100_000))).is_empty());
    let good = program(&[1, 3, 8, 8], &weights(), &steps(), 8);
    for end in (0..good.len()).step_by(97).filter(|&end| end > 4) {
        assert!(!error(good[..end].to_vec()).is_empty());
    }
}

/// PyTorch 2.7 and 2.8 keep weights in archives of `torch.save`.
#[test]
fn saved_weights_that_are_no_plain_archive_are_refused() {
    let with = |content: Vec<u8>| {
        let good = program(&[1, 3, 8, 8], &weights(), &steps(), 8);
        let json = entry(&good, PROGRAM);
        error(archive(&[("serialized_exported_program.json", json), ("serialized_state_dict.pt", content)]))
    };
    assert!(with(b"\x80\x02}q\x00.".to_vec()).contains("no archive of torch.save"));
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    let packed = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("archive/data.pkl", packed).unwrap();
    (0..90).for_each(|_| zip.write_all(&[b'N'; 1 << 20]).unwrap());
    assert!(with(zip.finish().unwrap().into_inner()).contains("compressed"));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    zip.start_file("archive/data.pkl", stored).unwrap();
    zip.write_all(b"\x80\x02cos\nsystem\nX\x04\0\0\0true\x85R.").unwrap();
    assert!(!with(zip.finish().unwrap().into_inner()).is_empty());
}

#[test]
fn other_archives_are_named_for_what_they_are() {
    for (entry, reason) in [
        ("m/code/__torch__.py", "TorchScript"),
        ("m/data.pkl", "a pickle"),
        ("m/data/aotinductor/model.so", "AOTInductor"),
        ("picture.png", "something else"),
    ] {
        let text = error(archive(&[(entry, vec![0])]));
        assert!(text.contains(reason), "{text}");
    }
    assert!(
        error(program(&[1, 3, 8, 8], &weights(), &steps(), 9))
            .contains("version 9.20 of PyTorch's schema (PyTorch 2.15.0), newer")
    );
    assert!(error(b"PK\x03\x04 and no more".to_vec()).contains("not an"));
}

#[test]
fn weights_that_do_not_fit_are_refused() {
    let with = |path: &str, pickle: bool, shape: &[usize]| {
        let good = program(&[1, 3, 8, 8], &weights(), &steps(), 8);
        let mut zip = zip::ZipArchive::new(Cursor::new(good)).unwrap();
        let names: Vec<_> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
        let config = json!({"config": {
            "kernel": {"path_name": path, "use_pickle": pickle, "tensor_meta": meta(shape)},
            "linear": {"path_name": "weight_1", "use_pickle": false, "tensor_meta": meta(&[5, 8])},
            "bias": {"path_name": "weight_2", "use_pickle": false, "tensor_meta": meta(&[5])},
        }});
        let mut entries = vec![];
        for name in &names {
            let mut content = vec![];
            std::io::Read::read_to_end(&mut zip.by_name(name).unwrap(), &mut content).unwrap();
            let is_config = name.ends_with("_config.json");
            entries.push((name.as_str(), if is_config { config.to_string().into_bytes() } else { content }));
        }
        error(archive(&entries))
    };
    assert!(with("../weight_0", false, &[8, 3, 3, 3]).contains("leaves the folder"));
    assert!(with("weight_0", true, &[8, 3, 3, 3]).contains("pickle"));
    assert!(with("weight_0", false, &[800, 3, 3, 3]).contains("storage"));
    assert!(with("weight_9", false, &[8, 3, 3, 3]).contains("weight_9"));
}

#[test]
fn signatures_have_arguments() {
    let all = pt2::supported_operators();
    assert!(
        all.len() > 200 && all.iter().all(|signature| signature.contains('(') && signature.ends_with(')')),
        "{all:?}"
    );
}
