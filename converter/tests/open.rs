//! One file for all sizes gives at each of them what the file for that size alone gives.
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod convolutions;
mod files;
mod mnn;

use std::collections::HashSet;

use convolutions::{assert_close, tensor};
use edgeconv_converter::open::Shapes;
use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::source::Interface;
use edgeconv_converter::target::{Mnn, Onnx};
use edgeconv_converter::{Conversion, ConversionError};
use edgeconv_graph::op::{
    MatMul, Pad, PadMode, Recurrent, RecurrentCell as Cell, RecurrentDirection as Direction,
    RecurrentOperand as Operand, Slice,
};
use edgeconv_graph::{Builder, Graph};
use edgeconv_runtime::{Config, Session};
use edgeconv_session::open::OpenShapes;
use files::{Model, int, ints, node, text, with};

/// Makes one file of each format for all sizes of the inputs, and compares it with files for each of these.
fn expect_same(open: &str, build: impl Fn(&Shapes) -> Graph, sizes: &[&str]) {
    let read = |shapes: &Shapes| Ok::<_, ConversionError>(build(shapes));
    let conversion = Conversion::for_sizes(open.parse().unwrap(), read).unwrap();
    expect_right(conversion, build, sizes);
}

/// The same of a network that is read from a file.
fn expect_file_same(model: &Model, open: &str, sizes: &[&str]) {
    let file = Conversion::from_bytes(prost::Message::encode_to_vec(&model.0)).unwrap();
    let at = |shapes: &Shapes| Interface { shapes: shapes.clone().into_iter().collect(), ..Interface::default() };
    let conversion = file.open(&open.parse().unwrap(), &Interface::default()).unwrap();
    expect_right(conversion, |shapes| file.fix(&at(shapes)).unwrap().graph().clone(), sizes);
}

fn expect_right(conversion: Conversion, build: impl Fn(&Shapes) -> Graph, sizes: &[&str]) {
    let rewritten = conversion.rewrite(&Rewrite::Fast.into()).unwrap();
    let file = rewritten.to(&Mnn::default()).unwrap();
    let onnx = rewritten.to(&Onnx::default()).unwrap();
    expect_names(onnx.bytes());
    let mut session = Session::from_bytes(file.bytes(), Config::default()).unwrap();
    for size in sizes {
        let shapes = size.parse::<OpenShapes>().unwrap().with_lengths(|_, _, open| open.least);
        let graph = build(&shapes);
        let inputs: Vec<_> = graph.inputs().iter().map(|&id| tensor(&graph.ty(id).shape, 1)).collect();
        let lengths: Vec<_> = shapes.iter().map(|(name, shape)| (name.as_str(), shape.as_slice())).collect();
        let expected = mnn::run(&graph, &inputs);
        session.resize(&lengths).unwrap();
        assert_close(&mnn::run_session(&mut session, &graph, &inputs), &expected, size);
        let fixed = Conversion::from_bytes(onnx.bytes())
            .unwrap()
            .fix(&Interface { shapes: shapes.into_iter().collect(), ..Interface::default() });
        assert_close(&mnn::run(fixed.unwrap().graph(), &inputs), &expected, size);
    }
}

/// That each value of an ONNX file is computed once, by a node with a name of its own.
fn expect_names(file: &[u8]) {
    let model: edgeconv_schema::onnx::ModelProto = prost::Message::decode(file).unwrap();
    let nodes = model.graph.unwrap().node;
    let values: Vec<_> = nodes.iter().flat_map(|node| &node.output).collect();
    assert_eq!(values.iter().collect::<HashSet<_>>().len(), values.len(), "{values:?}");
    let names: HashSet<_> = nodes.iter().map(|node| node.name()).collect();
    assert_eq!(names.len(), nodes.len(), "{names:?}");
}

/// A map `[N, H, W, C]`, padded to whole windows of 4 and cut back to its size.
fn windows(shapes: &Shapes) -> Graph {
    let shape = &shapes["x"];
    let mut b = Builder::new("windows");
    let x = b.input("x", shape.clone()).unwrap();
    let mut pads = vec![[0, 0]; 4];
    (1..3).for_each(|axis| pads[axis][1] = shape[axis].wrapping_neg() % 4);
    let padded = b.node("padded", Pad { mode: PadMode::Constant(0.5), pads }, &[x]).unwrap();
    b.set_sized(padded);
    b.output("padded", padded);
    let cut = (1..3).fold(padded, |map, axis| {
        let cut = b.node(&format!("cut {axis}"), Slice { axis, start: 0, end: shape[axis], step: 1 }, &[map]).unwrap();
        b.set_sized(cut);
        cut
    });
    b.output("cut", cut);
    b.finish()
}

#[test]
fn maps_are_padded_along_the_axes_that_need_it() {
    let sizes = ["x=1x8x8x3", "x=2x7x8x3", "x=1x8x5x3", "x=3x6x9x3", "x=1x8x8x3"];
    expect_same("x=?x?x?x3", windows, &sizes);
}

/// `[N, 2, T, 4]` times the same matrices for all samples.
fn products(shapes: &Shapes) -> Graph {
    let mut b = Builder::new("products");
    let x = b.input("x", shapes["x"].clone()).unwrap();
    let matrices = b.constant("matrices", tensor(&[1, 2, 4, 3], 2)).unwrap();
    let product = b.node("product", MatMul, &[x, matrices]).unwrap();
    b.output("product", product);
    b.finish()
}

#[test]
fn matrices_are_repeated_for_as_many_samples_as_there_are() {
    expect_same("x=?x2x?x4", products, &["x=1x2x7x4", "x=3x2x7x4", "x=2x2x5x4", "x=1x2x7x4"]);
}

const HIDDEN: usize = 5;

/// A layer over data `x` `[steps, N, 3]`, which begins with the states `s` `[directions, N, HIDDEN]` if these are inputs.
fn recurrent(cell: Cell, direction: Direction, batch_first: bool, shapes: &Shapes) -> Graph {
    let mut b = Builder::new("recurrent");
    let x = b.input("x", shapes["x"].clone()).unwrap();
    let (directions, rows) = (direction.reversed().len(), cell.gates() * HIDDEN);
    let mut operands = vec![x];
    for (name, shape, seed) in [
        ("weights", vec![directions, rows, 3], 2),
        ("recurrence", vec![directions, rows, HIDDEN], 3),
        ("bias", vec![directions, 2 * rows], 4),
    ] {
        operands.push(b.constant(name, tensor(&shape, seed)).unwrap());
    }
    let mut optional = vec![Operand::Bias];
    if let Some(shape) = shapes.get("s") {
        let state = b.input("s", shape.clone()).unwrap();
        operands.push(state);
        optional.push(Operand::InitialState);
        if matches!(cell, Cell::Lstm { .. }) {
            operands.push(state);
            optional.push(Operand::InitialCell);
        }
    }
    let layer = Recurrent { optional, batch_first, ..Recurrent::new(cell, direction, HIDDEN) };
    for (index, result) in b.nodes("layer", layer, &operands).unwrap().into_iter().enumerate() {
        b.output(&format!("result {index}"), result);
    }
    b.finish()
}

#[test]
fn recurrent_layers_go_through_as_many_steps_as_there_are() {
    let grus = [false, true].map(|linear_before_reset| Cell::Gru { linear_before_reset });
    for cell in [Cell::Rnn, Cell::Lstm { input_forget: false }].into_iter().chain(grus) {
        for direction in [Direction::Forward, Direction::Bidirectional] {
            for batch_first in [false, true] {
                let build = |shapes: &Shapes| recurrent(cell, direction, batch_first, shapes);
                expect_same("x=?x?x3", build, &["x=4x1x3", "x=7x3x3", "x=1x2x3", "x=2x5x3", "x=4x1x3"]);
            }
            let build = |shapes: &Shapes| recurrent(cell, direction, false, shapes);
            let directions = direction.reversed().len();
            let with_states = |[steps, batch]: [usize; 2]| format!("x={steps}x{batch}x3 s={directions}x{batch}x5");
            let sizes = [[4, 1], [7, 3], [1, 2], [4, 1]].map(with_states);
            expect_same(&format!("x=?xNx3 s={directions}xNx5"), build, &sizes.each_ref().map(String::as_str));
        }
    }
}

/// Sizes of which neither height nor width are multiples of what networks divide by, and of which each is the larger one.
const MAPS: [&str; 3] = ["x=1x2x23x57", "x=1x2x64x31", "x=1x2x131x113"];

/// A model over maps `[1, 2, H, W]`, of which `h` and `w` are the lengths `[1]`.
fn over_maps(nodes: Vec<edgeconv_schema::onnx::NodeProto>, result: &str) -> Model {
    let axis = |number, name| with(node("Gather", &["shape", number], name), vec![int("axis", 0)]);
    let lengths = vec![node("Shape", &["x"], "shape"), axis("2", "h"), axis("3", "w")];
    let model = Model::new(17, [lengths, nodes].concat()).input("x", &[1, 2, 0, 0]).output(result);
    (0..6).fold(model, |model, number| model.indices(&number.to_string(), &[number]))
}

/// The same with `rows`, their numbers from 0 on.
fn over_rows(nodes: &[edgeconv_schema::onnx::NodeProto], result: &str) -> Model {
    let rows = [node("Squeeze", &["h", "0"], "end"), node("Range", &["start", "end", "step"], "rows")];
    let number = |number| edgeconv_graph::Tensor::integer(number);
    over_maps([&rows, nodes].concat(), result).constant("start", &number(0)).constant("step", &number(1))
}

#[test]
fn what_a_network_computes_of_its_sizes_stays_computed() {
    // A third of the rows, and as many columns as the shorter side has.
    let parts = vec![
        node("Div", &["h", "3"], "third"),
        node("Slice", &["x", "third", "h", "2"], "lower"),
        node("Min", &["h", "w"], "shorter"),
        node("Slice", &["lower", "0", "shorter", "3"], "square"),
    ];
    expect_file_same(&over_maps(parts, "square"), "x=1x2x20..200x20..200", &MAPS);
    // Padded to a square.
    let padded = vec![
        node("Max", &["h", "w"], "longer"),
        node("Sub", &["longer", "h"], "below"),
        node("Sub", &["longer", "w"], "right"),
        with(node("Concat", &["0", "0", "0", "0", "0", "0", "below", "right"], "pads"), vec![int("axis", 0)]),
        node("Pad", &["x", "pads"], "padded"),
    ];
    expect_file_same(&over_maps(padded, "padded"), "x=1x2x?x?", &MAPS);
    // Seven tenths of the rows, by floats.
    let scaled = vec![
        with(node("Cast", &["h"], "floats"), vec![int("to", 1)]),
        node("Mul", &["floats", "share"], "part"),
        node("Floor", &["part"], "floor"),
        with(node("Cast", &["floor"], "rows"), vec![int("to", 7)]),
        node("Slice", &["x", "0", "rows", "2"], "upper"),
    ];
    expect_file_same(&over_maps(scaled, "upper").floats("share", &[1], &[0.7]), "x=1x2x?x?", &MAPS);
}

#[test]
fn tables_that_a_network_computes_of_its_sizes_stay_computed() {
    // The first rows, then the last of them again and again.
    let clamped = [
        node("Min", &["rows", "most"], "clamped"),
        with(node("Gather", &["x", "clamped"], "gathered"), vec![int("axis", 2)]),
    ];
    let number = |number| edgeconv_graph::Tensor::integer(number);
    let model = over_rows(&clamped, "gathered").constant("most", &number(20));
    expect_file_same(&model, "x=1x2x?x?", &MAPS);
    // Numbers of elements, counted from the last one to the first.
    let reversed = vec![
        node("Mul", &["h", "w"], "area"),
        node("Sub", &["area", "1"], "last"),
        node("Squeeze", &["last", "0"], "from"),
        node("Range", &["from", "before", "back"], "places"),
        node("Reshape", &["x", "rows"], "flat"),
        with(node("Gather", &["flat", "places"], "reversed"), vec![int("axis", 1)]),
    ];
    let model = over_maps(reversed, "reversed").indices("rows", &[2, -1]);
    expect_file_same(&model.constant("before", &number(-1)).constant("back", &number(-1)), "x=1x2x?x?", &MAPS);
}

#[test]
fn maps_get_the_size_of_others() {
    let nearest = vec![
        with(node("Slice", &["x", "0", "3", "2"], "upper"), vec![]),
        with(node("MaxPool", &["x"], "smaller"), vec![ints("kernel_shape", &[2, 2]), ints("strides", &[2, 2])]),
        with(node("Concat", &["1", "2", "3", "w"], "sizes"), vec![int("axis", 0)]),
        with(
            node("Resize", &["smaller", "", "", "sizes"], "resized"),
            vec![text("coordinate_transformation_mode", "asymmetric"), text("nearest_mode", "floor")],
        ),
        node("Add", &["upper", "resized"], "sum"),
    ];
    expect_file_same(&over_maps(nearest, "sum"), "x=1x2x?x?", &MAPS);
}

#[test]
fn pools_that_round_up_follow_the_map() {
    let attributes =
        |kernel: i64| vec![ints("kernel_shape", &[kernel; 2]), ints("strides", &[2, 2]), int("ceil_mode", 1)];
    let pools = vec![
        with(node("MaxPool", &["x"], "halves"), attributes(2)),
        with(node("AveragePool", &["halves"], "quarters"), attributes(3)),
        with(node("Concat", &["1", "2", "h", "w"], "sizes"), vec![int("axis", 0)]),
        with(node("Resize", &["quarters", "", "", "sizes"], "resized"), vec![text("mode", "linear")]),
    ];
    expect_file_same(&over_maps(pools, "resized"), "x=1x2x?x?", &MAPS);
}

#[test]
fn what_can_be_read_up_to_a_length_is_open_up_to_there() {
    // A position for each row.
    let embedded = [node("Gather", &["positions", "rows"], "picked"), node("Add", &["x", "picked"], "sum")];
    let positions: Vec<_> = (0..100).map(|row| row as f32 / 8.0).collect();
    let model = over_rows(&embedded, "sum").floats("positions", &[100, 1], &positions);
    expect_file_same(&model, "x=1x2x?x?", &["x=1x2x23x57", "x=1x2x64x31", "x=1x2x96x96"]);
}
