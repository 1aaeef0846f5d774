//! Files of a few bytes that ask for more memory, or more work, than any file may: each is refused, or left to the run, before anything is
//! allocated.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking

mod files;

use edgeconv_converter::Conversion;
use edgeconv_converter::pipeline::Rewrite;
use edgeconv_graph::{Graph, Tensor};
use edgeconv_schema::onnx as proto;
use files::{Model, body, ints, node, with};

/// More elements than fit into the memory of such a file, and fewer than can't be counted.
const MANY: i64 = 1 << 38;

fn scalar(number: i64) -> Tensor {
    Tensor::integer(number)
}

/// A model with this node, whose operands are `one` (1.0), and `many`; and a small input for the rest of it.
fn asks(node: proto::NodeProto) -> Model {
    let add = files::node("Add", &["x", "y"], "z");
    Model::new(17, vec![node, add]).input("x", &[1]).floats("one", &[1], &[1.0]).indices("many", &[MANY]).output("z")
}

#[test]
fn what_is_made_of_nothing_is_refused_by_name() {
    let of_shape = asks(node("ConstantOfShape", &["many"], "y"));
    let expand = asks(node("Expand", &["one", "many"], "y"));
    let tile = asks(node("Tile", &["one", "many"], "y"));
    for (model, expected) in [(of_shape, "`y` (ConstantOfShape)"), (expand, "`y` (Expand)"), (tile, "(Tile)")] {
        let error = model.error();
        assert!(error.contains(expected) && error.contains("MB of memory, where"), "{error}");
        assert!(error.contains("allow more if you trust the file"), "{error}");
    }
}

#[test]
fn tables_are_no_larger_than_they_should_be() {
    let one_hot = asks(node("OneHot", &["index", "depth", "pair"], "y")).constant("index", &scalar(1));
    let one_hot = one_hot.constant("depth", &scalar(MANY)).floats("pair", &[2], &[0.0, 1.0]);
    let range = asks(node("Range", &["zero", "end", "step"], "y"));
    let range = range.constant("zero", &scalar(0)).constant("end", &scalar(MANY)).constant("step", &scalar(1));
    let eye = asks(node("EyeLike", &["square"], "y")).input("square", &[8000, 8000]);
    let trilu = asks(node("Trilu", &["square"], "y")).input("square", &[8000, 8000]);
    let frames = asks(node("STFT", &["signal", "hop", "", "frame"], "y")).input("signal", &[1, 1 << 16, 1]);
    let frames = frames.constant("hop", &scalar(1)).constant("frame", &scalar(1 << 12));
    for model in [one_hot, eye, trilu, frames] {
        let error = model.error();
        assert!(error.contains("it needs a table of") || error.contains("can't be transformed"), "{error}");
    }
    assert!(range.error().contains("is not a usable range"), "{}", range.error());
}

#[test]
fn attributes_of_windows_are_bounded() {
    let windows = |op: &str, attributes: Vec<proto::AttributeProto>| {
        Model::new(13, vec![with(node(op, &["x"], "y"), attributes)]).input("x", &[1, 1, 4, 4]).output("y")
    };
    let wide = windows("AveragePool", vec![ints("kernel_shape", &[1, 1]), ints("pads", &[1 << 30, 0, 0, 0])]);
    assert!(wide.error().contains("it needs a table of"), "{}", wide.error());
    let far = windows("MaxPool", vec![ints("kernel_shape", &[2, 2]), ints("dilations", &[1 << 40, 1])]);
    assert!(far.error().contains("negative or above 2147483647"), "{}", far.error());
    let kernel = |strides: &[i64]| {
        let conv = with(node("ConvTranspose", &["x", "w"], "y"), vec![ints("strides", strides)]);
        let model = Model::new(13, vec![conv]).input("x", &[1, 1, 2, 2, 2]).output("y");
        model.floats("w", &[1, 1, 2, 2, 2], &[1.0; 8])
    };
    assert!(kernel(&[1, 1, 1]).read().is_ok());
    assert!(kernel(&[1 << 30, 1, 1]).error().contains("it needs a table of"));
}

#[test]
fn values_that_fit_into_no_memory_are_refused() {
    let model = Model::new(13, vec![node("Relu", &["x"], "y")]).input("x", &[1 << 20, 1 << 20]).output("y");
    let error = model.error();
    assert!(error.starts_with("`x` can't be read: it wants 4398046.5 MB of memory"), "{error}");
}

#[test]
fn constants_count_together() {
    // Each alone would be allowed: 128 MB of floats.
    let nodes = (0..8).map(|index| {
        let name = format!("y{index}");
        with(node("ConstantOfShape", &["shape"], &name), vec![])
    });
    let ranges: Vec<_> = nodes.collect();
    let names: Vec<_> = (0..8).map(|index| format!("y{index}")).collect();
    let outputs = names.iter().fold(Model::new(13, ranges), |model, name| model.output(name));
    let graph = outputs.indices("shape", &[1 << 25]).read().unwrap();
    let stored: usize = graph.values().filter_map(|(_, value)| value.tensor()).map(|tensor| tensor.bytes().len()).sum();
    assert!(stored <= 512_000_000, "{stored} bytes");
}

/// A loop that runs `count` times, whose body has these nodes and one carried value.
fn repeated(count: &str, nodes: Vec<proto::NodeProto>, carried: &str, output: &str) -> proto::NodeProto {
    let nodes = [vec![node("Identity", &["condition"], "goes_on")], nodes].concat();
    let inside = body("body", &["index", "condition", "state"], nodes, &["goes_on", carried]);
    with(node("Loop", &[count, "", "x"], output), vec![inside])
}

fn looping(loops: Vec<proto::NodeProto>) -> Model {
    Model::new(13, loops).input("x", &[1]).constant("thousand", &scalar(1000)).output("y")
}

#[test]
fn loops_without_nodes_are_counted() {
    // Four deep, 10¹² iterations of nothing.
    let nested = |inner: proto::NodeProto, output: &str| {
        let inside = body("body", &["i", "condition", "state"], vec![inner], &["condition", "state"]);
        with(node("Loop", &["thousand", "", "x"], output), vec![inside])
    };
    let empty = body("body", &["i", "condition", "state"], vec![], &["condition", "state"]);
    let innermost = with(node("Loop", &["thousand", "", "x"], "a"), vec![empty]);
    let model = looping(vec![nested(nested(nested(innermost, "b"), "c"), "y")]);
    let error = model.error();
    assert!(error.contains("the model has more than 200000 nodes"), "{error}");
}

#[test]
fn loops_in_a_row_are_counted_together() {
    let empty = || body("body", &["i", "condition", "state"], vec![], &["condition", "state"]);
    let loops = |count: usize| {
        let name = |index: usize| if index + 1 == count { "y".to_owned() } else { format!("l{index}") };
        let one = |index| with(node("Loop", &["thousand", "", "x"], &name(index)), vec![empty()]);
        looping((0..count).map(one).collect())
    };
    assert!(loops(2).read().is_ok());
    // All are needed for an output each, so that none is left out.
    let mut many = loops(250);
    for index in 0..249 {
        many = many.output(&format!("l{index}"));
    }
    assert!(many.error().contains("the model has more than 200000 nodes"), "{}", many.error());
}

#[test]
fn constants_in_loops_are_counted() {
    // A megabyte in each of a thousand iterations.
    let shape = with(node("Constant", &[], "shape"), vec![ints("value_ints", &[1 << 18])]);
    let made = vec![shape, node("ConstantOfShape", &["shape"], "zeros"), node("Add", &["state", "zeros"], "next")];
    let model = looping(vec![repeated("thousand", made, "next", "y")]);
    let Ok(graph) = model.read() else { panic!("{}", model.error()) };
    let stored = |graph: &Graph| {
        graph.values().filter_map(|(_, value)| value.tensor()).map(|tensor| tensor.bytes().len()).sum::<usize>()
    };
    assert!(stored(&graph) <= 512_000_000, "{} bytes", stored(&graph));
    // What rewriting computes counts together with what reading has computed.
    let rewritten = Conversion::of(graph).rewrite(&Rewrite::None.into()).unwrap();
    assert!(stored(rewritten.graph()) <= 512_000_000, "{} bytes", stored(rewritten.graph()));
}

#[test]
fn bodies_see_what_is_around_them() {
    let inner = body("then_branch", &[], vec![node("Add", &["state", "around"], "sum")], &["sum"]);
    let otherwise = body("else_branch", &[], vec![], &["around"]);
    let branch = with(node("If", &["yes"], "next"), vec![inner, otherwise]);
    let model = looping(vec![repeated("three", vec![branch], "next", "y")]);
    let yes = Tensor::bool([], vec![true]).unwrap();
    let graph =
        model.constant("three", &scalar(3)).constant("yes", &yes).floats("around", &[1], &[2.0]).read().unwrap();
    assert_eq!(graph.histogram()["Add"], 3);
}

#[test]
fn names_of_calls_in_calls_are_counted() {
    // Each of the functions calls the next one a hundred times, under a long name.
    let name = |depth: usize| format!("f{depth}");
    let function = |depth: usize| {
        let call = |index: usize| {
            let long = format!("{index}{}", "n".repeat(50_000));
            let inner = name(depth + 1);
            let op = if depth == 1 { "Relu" } else { inner.as_str() };
            proto::NodeProto { domain: (depth != 1).then(|| "f".into()), ..node(op, &["a"], &long) }
        };
        let calls: Vec<_> = (0..100).map(call).collect();
        let output = calls[99].output.clone();
        proto::FunctionProto {
            name: Some(name(depth)),
            domain: Some("f".into()),
            input: vec!["a".into()],
            output,
            node: calls,
            ..Default::default()
        }
    };
    let call = proto::NodeProto { domain: Some("f".into()), ..node("f0", &["x"], "y") };
    let mut model = Model::new(13, vec![call]).input("x", &[1]).output("y");
    model.0.functions = vec![function(0), function(1)];
    let error = model.error();
    assert!(error.contains(" of memory, where"), "{}", &error[error.len() - 200..]);
}

#[test]
fn tensors_that_are_too_short_or_too_long_are_errors() {
    let tensor = |raw: usize| {
        let mut model = Model::new(13, vec![node("Add", &["x", "w"], "y")]).input("x", &[3]).output("y");
        let tensor = proto::TensorProto {
            name: Some("w".into()),
            dims: vec![3],
            data_type: Some(1),
            raw_data: Some(vec![0; raw].into()),
            ..Default::default()
        };
        model.0.graph.as_mut().unwrap().initializer.push(tensor);
        model
    };
    assert!(tensor(12).read().is_ok());
    for raw in [0, 8, 9, 10, 11, 13, 14, 15, 16] {
        let error = tensor(raw).error();
        assert_eq!(error, format!("tensor `w` can't be read: f32[3] takes 12 bytes, found {raw} bytes of raw_data"));
    }
    // The same with lists of numbers, of each kind.
    for data_type in [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 16] {
        for count in [2, 4] {
            let mut model = tensor(12);
            let tensor = &mut model.0.graph.as_mut().unwrap().initializer[0];
            tensor.raw_data = None;
            tensor.data_type = Some(data_type);
            (tensor.float_data, tensor.double_data) = (vec![0.0; count], vec![0.0; count]);
            (tensor.int32_data, tensor.int64_data) = (vec![0; count], vec![0; count]);
            tensor.uint64_data = vec![0; count];
            let error = model.error();
            assert!(error.starts_with("tensor `w` can't be read: "), "{data_type}, {count}: {error}");
        }
    }
}
