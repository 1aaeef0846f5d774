//! ONNX files that ask for much.

use edgeconv_schema::onnx::{AttributeProto, FunctionProto, NodeProto, OperatorSetIdProto};

use super::{Bomb, Content, ONNX, Size};
use crate::onnx::{Model, body, external, floats, indices, int, ints, node, scalar, tensor, text};

pub fn all(size: &Size) -> Vec<Bomb> {
    let mut bombs = constants(size);
    bombs.extend(tables(size));
    bombs.extend(chains(size));
    bombs.extend(loops(size));
    bombs.extend(windows(size));
    bombs.extend(recurrent(size));
    bombs.extend(depth(size));
    bombs.extend(shapes(size));
    bombs.extend(calls());
    bombs.extend(outside(size));
    bombs
}

/// A model of `nodes` that make `y`, which is added to its small input, with what operands are made of.
fn added(nodes: Vec<NodeProto>, size: &Size) -> Vec<u8> {
    let nodes = [nodes, vec![node("Add", &["x", "y"], &["z"], vec![])]].concat();
    operands(Model::new(nodes).input("x", &[1]).output("z", 1), size).bytes()
}

/// Constants that nodes of bombs take.
fn operands(model: Model, size: &Size) -> Model {
    let root = 1 << (size.many.ilog2() / 2);
    let model = model.constant(floats("one", &[1], &[1.0])).constant(floats("pair", &[2], &[0.0, 1.0]));
    let model = model.constant(indices("many", &[size.many])).constant(indices("square", &[root, root]));
    let model = model.constant(scalar("count", size.many)).constant(scalar("zero", 0)).constant(scalar("step", 1));
    let model = model.constant(indices("first", &[0])).constant(indices("rest", &[-1]));
    model.constant(tensor("true", 9, &[], vec![1]))
}

fn bomb(name: &str, nodes: Vec<NodeProto>, size: &Size) -> Bomb {
    Bomb::onnx(name, added(nodes, size))
}

/// Constants that are made of nothing.
fn constants(size: &Size) -> Vec<Bomb> {
    let wide = || node("Expand", &["one", "many"], &["e"], vec![]);
    let one = |op: &str, inputs: &[&str], attributes: Vec<AttributeProto>| vec![node(op, inputs, &["y"], attributes)];
    let on_wide = |op: &str, inputs: &[&str]| vec![wide(), node(op, inputs, &["y"], vec![])];
    let cases = [
        ("ConstantOfShape", one("ConstantOfShape", &["many"], vec![])),
        ("a square ConstantOfShape", one("ConstantOfShape", &["square"], vec![])),
        ("Expand", one("Expand", &["one", "many"], vec![])),
        ("Tile", one("Tile", &["one", "many"], vec![])),
        ("Range", one("Range", &["zero", "count", "step"], vec![])),
        ("OneHot", one("OneHot", &["zero", "count", "pair"], vec![])),
        ("Pad", {
            let ends = vec![node("Concat", &["first", "many"], &["ends"], vec![int("axis", 0)])];
            [ends, one("Pad", &["one", "ends"], vec![])].concat()
        }),
        ("a window", one("HannWindow", &["count"], vec![])),
        ("a sum of what is expanded", on_wide("ReduceSum", &["e"])),
        ("a cast of what is expanded", vec![wide(), node("Cast", &["e"], &["y"], vec![int("to", 11)])]),
        ("NonZero of what is expanded", on_wide("NonZero", &["e"])),
        ("CumSum of what is expanded", on_wide("CumSum", &["e", "zero"])),
        ("Where of what is expanded", on_wide("Where", &["true", "e", "one"])),
        ("TopK of what is expanded", { vec![wide(), node("TopK", &["e", "many"], &["y", "i"], vec![])] }),
        ("SplitToSequence of what is expanded", {
            vec![
                wide(),
                node("SplitToSequence", &["e"], &["s"], vec![]),
                node("SequenceAt", &["s", "zero"], &["y"], vec![]),
            ]
        }),
        ("random numbers", one("RandomNormal", &[], vec![ints("shape", &[size.many])])),
        ("random numbers like what is expanded", on_wide("RandomUniformLike", &["e"])),
        ("a constant of 64-bit integers", {
            vec![
                node("Constant", &[], &["shape"], vec![ints("value_ints", &[size.many])]),
                node("ConstantOfShape", &["shape"], &["y"], vec![]),
            ]
        }),
        ("Resize of a constant", {
            vec![node("Resize", &["one", "", "", "many"], &["y"], vec![text("mode", "nearest")])]
        }),
        ("Gather from what is expanded", {
            let index = node("ConstantOfShape", &["many"], &["i"], vec![]);
            let cast = node("Cast", &["i"], &["index"], vec![int("to", 7)]);
            vec![index, cast, node("Gather", &["one", "index"], &["y"], vec![])]
        }),
    ];
    cases.into_iter().map(|(name, nodes)| bomb(name, nodes, size)).collect()
}

/// Operators that are written out as tables.
fn tables(size: &Size) -> Vec<Bomb> {
    let side = 1 << (size.many.ilog2() / 2);
    let square = |op: &str| Model::new(vec![node(op, &["x"], &["y"], vec![])]).input("x", &[side, side]).output("y", 2);
    let transform = node("STFT", &["x", "step", "", "frame"], &["y"], vec![]);
    let transform = Model::new(vec![transform]).input("x", &[1, 1 << 16, 1]).constant(scalar("step", 1));
    let fourier = Model::new(vec![node("DFT", &["x"], &["y"], vec![int("axis", 1)])]).input("x", &[1, 1 << 20, 1]);
    let grid = node("AffineGrid", &["theta", "to"], &["y"], vec![]);
    let grid = Model::new(vec![grid]).input("theta", &[1, 2, 3]).constant(indices("to", &[1, 3, side, side]));
    let mel = node("MelWeightMatrix", &["bins", "many", "rate", "low", "high"], &["y"], vec![]);
    let mel = Model::new(vec![mel])
        .constant(scalar("bins", side))
        .constant(scalar("many", side))
        .constant(scalar("rate", 8000));
    let mel = mel.constant(floats("low", &[], &[0.0])).constant(floats("high", &[], &[4000.0]));
    vec![
        Bomb::onnx("EyeLike of a square", square("EyeLike").bytes()),
        Bomb::onnx("Trilu of a square", square("Trilu").bytes()),
        Bomb::onnx("STFT", transform.constant(scalar("frame", 1 << 12)).output("y", 4).bytes()),
        Bomb::onnx("DFT", fourier.output("y", 3).bytes()),
        Bomb::onnx("AffineGrid", grid.output("y", 4).bytes()),
        Bomb::onnx("MelWeightMatrix", mel.output("y", 2).bytes()),
    ]
}

/// Nodes in a row, each of which makes its value moderately larger.
fn chains(size: &Size) -> Vec<Bomb> {
    let chain = |first: &str, step: &dyn Fn(&str, &str) -> NodeProto| -> Vec<NodeProto> {
        let name = |index: usize| {
            if index == 0 {
                first.to_owned()
            } else if index == 50 {
                "y".into()
            } else {
                format!("v{index}")
            }
        };
        (0..50).map(|index| step(&name(index), &name(index + 1))).collect()
    };
    let concat = |from: &str, to: &str| node("Concat", &[from, from], &[to], vec![int("axis", 0)]);
    let tile = |from: &str, to: &str| node("Tile", &[from, "twice"], &[to], vec![]);
    let whole = |first: &str, step: &dyn Fn(&str, &str) -> NodeProto| {
        operands(Model::new(chain(first, step)).input("x", &[1]).output("y", 1), size)
            .constant(indices("twice", &[2]))
            .bytes()
    };
    let outer = vec![
        node("ConstantOfShape", &["many"], &["a"], vec![]),
        node("Unsqueeze", &["a", "step1"], &["column"], vec![]),
        node("MatMul", &["column", "row"], &["y"], vec![]),
    ];
    let outer = operands(Model::new(outer).input("x", &[1]).output("y", 2), size);
    let columns = 1 << 15;
    let products =
        Model::new(vec![node("Add", &["x", "row"], &["y"], vec![])]).input("x", &[columns, 1]).output("y", 2);
    let many = |count: usize| -> Vec<NodeProto> {
        (0..count).map(|index| node("ConstantOfShape", &["part"], &[&format!("c{index}")], vec![])).collect()
    };
    let moderate = (0..100).fold(Model::new(many(100)), |model, index| model.output(&format!("c{index}"), 1));
    vec![
        Bomb::onnx("doubling a constant", whole("one", &concat)),
        Bomb::onnx("doubling an input", whole("x", &concat)),
        Bomb::onnx("tiling a constant", whole("one", &tile)),
        Bomb::onnx("tiling an input", whole("x", &tile)),
        Bomb::onnx(
            "an outer product of constants",
            outer.constant(indices("step1", &[1])).constant(floats("row", &[1, 4], &[1.0; 4])).bytes(),
        ),
        Bomb::onnx("a sum of row and column", products.constant(floats("row", &[1, 1 << 10], &[1.0; 1 << 10])).bytes()),
        Bomb::onnx("a hundred moderate constants", moderate.constant(indices("part", &[1 << 25])).bytes()),
    ]
}

/// Loops of many iterations, of much in each, and of loops.
fn loops(size: &Size) -> Vec<Bomb> {
    let empty = || body("body", &["i", "go", "state"], vec![], &["go", "state"]);
    let repeated =
        |count: &str, output: &str, inside: AttributeProto| node("Loop", &[count, "", "x"], &[output], vec![inside]);
    let growing = vec![node("Concat", &["state", "state"], &["next"], vec![int("axis", 0)])];
    let constant =
        vec![node("ConstantOfShape", &["part"], &["c"], vec![]), node("Add", &["state", "c"], &["next"], vec![])];
    let nested = (0..5).fold(empty(), |inner, level| {
        let name = format!("l{level}");
        body(
            "body",
            &["i", "go", "state"],
            vec![node("Loop", &["thousand", "", "state"], &[&name], vec![inner])],
            &["go", &name],
        )
    });
    let row: Vec<_> = (0..size.some).map(|index| repeated("thousand", &format!("r{index}"), empty())).collect();
    let row =
        (0..size.some).fold(Model::new(row).input("x", &[1]), |model, index| model.output(&format!("r{index}"), 1));
    let scan = body("body", &["i", "go"], vec![node("Identity", &["big"], &["out"], vec![])], &["go", "out"]);
    let made = |name: &str, nodes: Vec<NodeProto>| {
        let model =
            operands(Model::new(nodes).input("x", &[1]).output("y", 1), size).constant(scalar("thousand", 1000));
        Bomb::onnx(name, model.constant(scalar("forty", 40)).constant(indices("part", &[1 << 18])).bytes())
    };
    vec![
        made("a loop without nodes", vec![repeated("count", "y", empty())]),
        made("loops in loops", vec![repeated("thousand", "y", nested)]),
        made(
            "a loop whose state doubles",
            vec![repeated("forty", "y", body("body", &["i", "go", "state"], growing, &["go", "next"]))],
        ),
        made(
            "a loop with constants",
            vec![repeated("thousand", "y", body("body", &["i", "go", "state"], constant, &["go", "next"]))],
        ),
        made(
            "a loop that collects",
            vec![
                node("ConstantOfShape", &["part"], &["big"], vec![]),
                node("Loop", &["thousand", ""], &["y"], vec![scan]),
            ],
        ),
        Bomb::onnx("loops in a row", row.constant(scalar("thousand", 1000)).bytes()),
    ]
}

/// Attributes that ask for much.
fn windows(size: &Size) -> Vec<Bomb> {
    let far = size.many;
    let pool = |op: &str, attributes| {
        Model::new(vec![node(op, &["x"], &["y"], attributes)]).input("x", &[1, 1, 4, 4]).output("y", 4).bytes()
    };
    let conv = |op: &str, attributes| {
        let model = Model::new(vec![node(op, &["x", "w"], &["y"], attributes)]).input("x", &[1, 1, 4, 4]);
        model.constant(floats("w", &[1, 1, 2, 2], &[1.0; 4])).output("y", 4).bytes()
    };
    let small = 1 << 28;
    let split = |count: i64| {
        let model = Model::new(vec![node("Split", &["x"], &["y"], vec![int("num_outputs", count)])]).input("x", &[4]);
        model.output("y", 1).bytes()
    };
    let unpool = Model::new(vec![node("MaxUnpool", &["x", "i", "to"], &["y"], vec![ints("kernel_shape", &[2, 2])])]);
    let unpool = unpool.input("x", &[1, 1, 1, 1]).constant(tensor("i", 7, &[1, 1, 1, 1], vec![0; 8]));
    let columns = node("Col2Im", &["x", "to", "block"], &["y"], vec![]);
    let columns = Model::new(vec![columns]).input("x", &[1, 4, 1]).constant(indices("to", &[1 << 20, 1 << 20]));
    vec![
        Bomb::onnx(
            "a wide pool",
            pool("AveragePool", vec![ints("kernel_shape", &[far, far]), ints("pads", &[far, far, far, far])]),
        ),
        Bomb::onnx(
            "a padded pool",
            pool("AveragePool", vec![ints("kernel_shape", &[1, 1]), ints("pads", &[small, 0, 0, 0])]),
        ),
        Bomb::onnx(
            "a dilated pool",
            pool("MaxPool", vec![ints("kernel_shape", &[2, 2]), ints("dilations", &[far, 1])]),
        ),
        Bomb::onnx("a padded convolution", conv("Conv", vec![ints("pads", &[small, small, small, small])])),
        Bomb::onnx("a convolution without steps", conv("Conv", vec![ints("strides", &[0, 0])])),
        Bomb::onnx("a transposed convolution", conv("ConvTranspose", vec![ints("strides", &[small, small])])),
        Bomb::onnx(
            "a transposed convolution into a shape",
            conv("ConvTranspose", vec![ints("output_shape", &[far, far])]),
        ),
        Bomb::onnx("blocks", pool("DepthToSpace", vec![int("blocksize", far)])),
        Bomb::onnx("blocks of space", pool("SpaceToDepth", vec![int("blocksize", far)])),
        Bomb::onnx("LRN", pool("LRN", vec![int("size", far)])),
        Bomb::onnx("many parts", split(far)),
        Bomb::onnx("MaxUnpool", unpool.constant(indices("to", &[1, 1, 1 << 20, 1 << 20])).output("y", 4).bytes()),
        Bomb::onnx("Col2Im", columns.constant(indices("block", &[2, 2])).output("y", 4).bytes()),
    ]
}

/// Recurrent layers of many steps, or wide ones.
fn recurrent(size: &Size) -> Vec<Bomb> {
    let layer = |op: &str, steps: i64, hidden: i64, gates: i64| {
        let model = Model::new(vec![node(op, &["x", "w", "r"], &["y"], vec![int("hidden_size", hidden)])])
            .input("x", &[steps, 1, 1]);
        let model = model.constant(floats("w", &[1, gates, 1], &vec![0.1; gates as usize]));
        model.constant(floats("r", &[1, gates, 1], &vec![0.1; gates as usize])).output("y", 4).bytes()
    };
    vec![
        Bomb::onnx("a GRU of many steps", layer("GRU", size.many, 1, 3)),
        Bomb::onnx("an LSTM of some steps", layer("LSTM", 1 << 20, 1, 4)),
        Bomb::onnx("a wide RNN", layer("RNN", 3, size.many, 1)),
    ]
}

/// What is nested deeply, or long.
fn depth(size: &Size) -> Vec<Bomb> {
    let branches = |levels: usize| {
        (0..levels).fold(
            body("then_branch", &[], vec![node("Relu", &["x"], &["v"], vec![])], &["v"]),
            |inner, level| {
                let (name, otherwise) = (format!("v{level}"), body("else_branch", &[], vec![], &["x"]));
                body("then_branch", &[], vec![node("If", &["true"], &[&name], vec![inner, otherwise])], &[&name])
            },
        )
    };
    let branched = |levels| {
        let nodes =
            vec![node("If", &["true"], &["y"], vec![branches(levels), body("else_branch", &[], vec![], &["x"])])];
        operands(Model::new(nodes).input("x", &[1]).output("y", 1), size).bytes()
    };
    // A message in a message: a graph in an attribute in a node in a graph (fields 7, 1, 5 and 6), written from its end.
    let nested = |levels: usize| {
        let mut reversed = vec![];
        for field in [6, 5, 1].into_iter().cycle().take(3 * levels).chain([7]) {
            let length = varint(reversed.len());
            reversed.extend(length.into_iter().rev().chain([field << 3 | 2]));
        }
        reversed.reverse();
        reversed
    };
    let row = |count: usize, op: &str| {
        let name = |index: usize| {
            if index == 0 {
                "x".to_owned()
            } else if index == count {
                "y".into()
            } else {
                format!("v{index}")
            }
        };
        let nodes = (0..count).map(|index| node(op, &[&name(index)], &[&name(index + 1)], vec![])).collect();
        Model::new(nodes).input("x", &[1]).output("y", 1).bytes()
    };
    let constants = (0..10 * size.some).fold(Model::new(vec![node("Relu", &["x"], &["y"], vec![])]), |model, index| {
        model.constant(floats(&format!("c{index}"), &[1], &[1.0]))
    });
    let names: Vec<_> = (0..size.some).map(|index| format!("{}{index}", "n".repeat(2000))).collect();
    let named = names.iter().map(|name| node("Relu", &["x"], &[name], vec![])).collect();
    let named = names.iter().fold(Model::new(named).input("x", &[1]), |model, name| model.output(name, 1));
    vec![
        Bomb::onnx("branches in branches", branched(8)),
        Bomb::onnx("branches in many branches", branched(30)),
        Bomb::onnx("messages in messages", nested(30_000)),
        Bomb::onnx("some levels of messages", nested(31)),
        Bomb::onnx("many nodes", row(20 * size.some, "Relu")),
        Bomb::onnx("many nodes that do nothing", row(20 * size.some, "Identity")),
        Bomb::onnx("more nodes than may be", row(250_000, "Relu")),
        Bomb::onnx("many constants", constants.input("x", &[1]).output("y", 1).bytes()),
        Bomb::onnx("long names", named.bytes()),
    ]
}

fn varint(mut number: usize) -> Vec<u8> {
    let mut bytes = vec![];
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

/// Shapes that are declared, or asked for.
fn shapes(size: &Size) -> Vec<Bomb> {
    let relu = |shape: &[i64]| {
        Model::new(vec![node("Relu", &["x"], &["y"], vec![])]).input("x", shape).output("y", shape.len()).bytes()
    };
    let sum = Model::new(vec![node("ReduceSum", &["x"], &["y"], vec![])]).input("x", &[size.many]).output("y", 1);
    let product = Model::new(vec![node("MatMul", &["x", "v"], &["y"], vec![])])
        .input("x", &[1 << 20, 1])
        .input("v", &[1, 1 << 20]);
    let ranks = Model::new(vec![node("Reshape", &["x", "to"], &["y"], vec![])]).input("x", &[1]);
    let axes: Vec<_> = (0..10_000).collect();
    let unsqueezed = Model::new(vec![node("Unsqueeze", &["x", "axes"], &["y"], vec![])]).input("x", &[1]);
    let stored = Model::new(vec![node("Add", &["x", "c"], &["y"], vec![])]).input("x", &[1]).output("y", 1);
    let resized = |length: i64| {
        let model = Model::new(vec![node("Resize", &["x", "", "", "to"], &["y"], vec![text("mode", "linear")])]);
        model.input("x", &[1, 1, 2, 2]).constant(indices("to", &[1, 1, length, length])).output("y", 4).bytes()
    };
    vec![
        Bomb::onnx("a huge input", relu(&[size.many])),
        Bomb::onnx("an input of more elements than can be counted", relu(&[1 << 40, 1 << 40])),
        Bomb::onnx("an input of nothing times much", relu(&[0, 1 << 40, 1 << 40])),
        Bomb::onnx("an input of a negative length", relu(&[-5, 3])),
        Bomb::onnx("the sum of a huge input", sum.bytes()),
        Bomb::onnx("a product of moderate inputs", product.output("y", 2).bytes()),
        Bomb::onnx(
            "a value of many dimensions",
            ranks.constant(indices("to", &vec![1; 10_000])).output("y", 1).bytes(),
        ),
        Bomb::onnx(
            "a value that gets many dimensions",
            unsqueezed.constant(indices("axes", &axes)).output("y", 1).bytes(),
        ),
        Bomb::onnx("an input of many dimensions", relu(&vec![1; 5000])),
        Bomb::onnx("a constant that is not there", stored.constant(tensor("c", 1, &[size.many], vec![])).bytes()),
        Bomb::onnx("a moderate resize", resized(1 << 13)),
        Bomb::onnx("a huge resize", resized(1 << 20)),
    ]
}

/// Functions of the model's own: each calls the next one twice, or itself.
fn calls() -> Vec<Bomb> {
    let function = |name: &str, called: &str| {
        let inner =
            |from: &str, to: &str| NodeProto { domain: Some("own".into()), ..node(called, &[from], &[to], vec![]) };
        FunctionProto {
            name: Some(name.into()),
            domain: Some("own".into()),
            input: vec!["a".into()],
            output: vec!["c".into()],
            node: vec![inner("a", "b"), inner("b", "c")],
            opset_import: vec![OperatorSetIdProto { domain: Some(String::new()), version: Some(17) }],
            ..Default::default()
        }
    };
    let model = || Model::new(vec![node("own.f0", &["x"], &["y"], vec![])]).input("x", &[1]).output("y", 1);
    let doubling = (0..60).map(|level| function(&format!("f{level}"), &format!("f{}", level + 1)));
    let last = FunctionProto { node: vec![node("Relu", &["a"], &["c"], vec![])], ..function("f60", "") };
    vec![
        Bomb::onnx("functions that call others twice", model().functions(doubling.chain([last]).collect()).bytes()),
        Bomb::onnx("a function that calls itself", model().functions(vec![function("f0", "f0")]).bytes()),
    ]
}

/// Weights beside the model.
fn outside(size: &Size) -> Vec<Bomb> {
    let length = size.many as u64 * 4;
    let text = length.to_string();
    let all = [("location", "weights.bin"), ("offset", "0"), ("length", &*text)];
    let sum = || Model::new(vec![node("ReduceSum", &["w"], &["y"], vec![])]).input("x", &[1]).output("y", 1);
    let sparse = sum().constant(external("w", &[size.many], &all));
    let part = [("location", "weights.bin"), ("offset", "0"), ("length", "1048576")];
    let count = size.some;
    let nodes =
        (0..count).map(|index| node("Mul", &["x", &format!("w{index}")], &[&format!("y{index}")], vec![])).collect();
    let shared = (0..count).fold(Model::new(nodes).input("x", &[1]), |model, index| {
        model.constant(external(&format!("w{index}"), &[1 << 18], &part)).output(&format!("y{index}"), 1)
    });
    let overlapping: Vec<_> = (0..count).map(|index| (index * 4).to_string()).collect();
    let nodes =
        (0..count).map(|index| node("Mul", &["x", &format!("w{index}")], &[&format!("y{index}")], vec![])).collect();
    let overlapping =
        overlapping.iter().enumerate().fold(Model::new(nodes).input("x", &[1]), |model, (index, offset)| {
            let place = [("location", "weights.bin"), ("offset", &**offset), ("length", "1048576")];
            model.constant(external(&format!("w{index}"), &[1 << 18], &place)).output(&format!("y{index}"), 1)
        });
    let bomb = |name: &str, model: Model, content| Bomb {
        kind: "onnx-data",
        name: name.into(),
        files: vec![("model.onnx", Content::Bytes(model.bytes())), ("weights.bin", content)],
        commands: ONNX.to_vec(),
    };
    vec![
        bomb("a sparse file", sparse, Content::Sparse(length)),
        bomb("weights that many share", shared, Content::Bytes(vec![1; 1 << 20])),
        bomb("weights that overlap", overlapping, Content::Bytes(vec![1; (1 << 20) + 4 * count])),
        bomb(
            "a file that is too short",
            sum().constant(external("w", &[size.many], &all)),
            Content::Bytes(vec![1; 100]),
        ),
    ]
}
