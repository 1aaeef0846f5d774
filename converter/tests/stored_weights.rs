//! Weights that are stored as halves or integers: what MNN makes of them, how much room they take, and what is said about them.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

mod mnn;

use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::target::isolate::isolate;
use edgeconv_converter::target::mnn::{Bits, ExternalWeights, Store, StoredTensor};
use edgeconv_converter::target::{Mnn, Numbers, list};
use edgeconv_converter::{Artefact, Conversion};
use edgeconv_graph::op::{Binary, Conv, ConvTranspose, MatMul, Unary};
use edgeconv_graph::{Builder, Graph, Tensor, TensorType};
use edgeconv_runtime::{Config, Session};
use edgeconv_schema::mnn::{IdstQuan, Net, NetRef, OpParameter};
use edgeconv_session::{Hints, Kernels, SessionConfig, Settings};
use planus::ReadAsRoot;

const STORES: [(Store, Numbers); 3] = [
    (Store::Fp16, Numbers::Fp16),
    (Store::Integers { bits: Bits::Eight, all: true }, Numbers::Int8),
    (Store::Integers { bits: Bits::Four, all: true }, Numbers::Int4),
];

/// Numbers in [−0.5, 0.5) that look random and are always the same.
fn number(seed: usize, index: usize) -> f32 {
    ((index * 7919 + seed * 104_729 + 17) % 10_007) as f32 / 10_007.0 - 0.5
}

fn numbers(seed: usize, count: usize) -> Vec<f32> {
    (0..count).map(|index| number(seed, index)).collect()
}

fn made_with(graph: Graph, mnn: Mnn) -> Artefact {
    Conversion::of(graph).rewrite(&Rewrite::None.into()).unwrap().to(&mnn).unwrap()
}

fn made(graph: &Graph, store: Store) -> Artefact {
    made_with(graph.clone(), Mnn { store, ..Mnn::DEFAULT })
}

fn run(artefact: &Artefact, graph: &Graph, inputs: &[Tensor]) -> Vec<f32> {
    let outputs = mnn::run_file(artefact.bytes(), graph, inputs, Hints { winograd_memory_level: Some(0) });
    outputs[0].as_f32().unwrap().to_vec()
}

/// Inputs of which each has a single 1, so that results are weights.
fn ones_at(count: usize, shape: [usize; 3]) -> Tensor {
    let size: usize = shape.iter().product();
    let elements = (0..count).flat_map(|one| (0..size).map(move |index| if index == one { 1.0 } else { 0.0 }));
    Tensor::f32([count, shape[0], shape[1], shape[2]], elements.collect()).unwrap()
}

/// A network that returns its kernel, given an input, and where in the kernel each element of the result stands.
struct Probe {
    graph: Graph,
    input: Tensor,
    place: Box<dyn Fn(usize) -> usize>,
}

/// A convolution `[outputs, inputs, side, side]`.
fn dense([outputs, inputs, side]: [usize; 3], kernel: Vec<f32>) -> Probe {
    let count = inputs * side * side;
    let mut b = Builder::new("dense");
    let x = b.input("x", [count, inputs, side, side]).unwrap();
    let kernel = b.constant("kernel", Tensor::f32([outputs, inputs, side, side], kernel).unwrap()).unwrap();
    let y = b.node("y", Conv { pads: vec![0; 4], ..Conv::pointwise() }, &[x, kernel]).unwrap();
    b.output("y", y);
    let place = Box::new(move |index| index % outputs * count + index / outputs);
    Probe { graph: b.finish(), input: ones_at(count, [inputs, side, side]), place }
}

/// A convolution `[outputs, inputs / group, side, side]` in groups, all of which get the same 1.
fn grouped([outputs, group, depth, side]: [usize; 4], kernel: Vec<f32>) -> Probe {
    let count = depth * side * side;
    let mut b = Builder::new("grouped");
    let x = b.input("x", [count, group * depth, side, side]).unwrap();
    let kernel = b.constant("kernel", Tensor::f32([outputs, depth, side, side], kernel).unwrap()).unwrap();
    let y = b.node("y", Conv { pads: vec![0; 4], group, ..Conv::pointwise() }, &[x, kernel]).unwrap();
    b.output("y", y);
    let ones = ones_at(count, [depth, side, side]);
    let of_groups = ones.as_f32().unwrap().chunks(count).flat_map(|one| one.repeat(group)).collect();
    let input = Tensor::f32([count, group * depth, side, side], of_groups).unwrap();
    Probe { graph: b.finish(), input, place: Box::new(move |index| index % outputs * count + index / outputs) }
}

/// A transposed convolution `[inputs, outputs, side, side]`.
fn transposed([inputs, outputs, side]: [usize; 3], kernel: Vec<f32>) -> Probe {
    let mut b = Builder::new("transposed");
    let x = b.input("x", [inputs, inputs, 1, 1]).unwrap();
    let kernel = b.constant("kernel", Tensor::f32([inputs, outputs, side, side], kernel).unwrap()).unwrap();
    let op = ConvTranspose {
        strides: vec![1; 2],
        pads: vec![0; 4],
        dilations: vec![1; 2],
        output_padding: vec![0; 2],
        group: 1,
    };
    let y = b.node("y", op, &[x, kernel]).unwrap();
    b.output("y", y);
    Probe { graph: b.finish(), input: ones_at(inputs, [inputs, 1, 1]), place: Box::new(|index| index) }
}

/// A constant that is added to zeros.
fn constant(elements: Vec<f32>) -> Probe {
    let count = elements.len();
    let mut b = Builder::new("constant");
    let x = b.input("x", [1, count]).unwrap();
    let offsets = b.constant("offsets", Tensor::f32([1, count], elements).unwrap()).unwrap();
    let y = b.node("y", Binary::Add, &[x, offsets]).unwrap();
    b.output("y", y);
    let input = Tensor::f32([1, count], vec![0.0; count]).unwrap();
    Probe { graph: b.finish(), input, place: Box::new(|index| index) }
}

/// What MNN decodes.
fn decoded(probe: &Probe, artefact: &Artefact) -> Vec<f32> {
    let found = run(artefact, &probe.graph, std::slice::from_ref(&probe.input));
    let mut kernel = vec![0.0; found.len()];
    found.iter().enumerate().for_each(|(index, &weight)| kernel[(probe.place)(index)] = weight);
    kernel
}

fn max_error(expected: &[f32], found: &[f32]) -> f64 {
    let differences = expected.iter().zip(found).map(|(&a, &b)| (f64::from(a) - f64::from(b)).abs());
    differences.fold(0.0, f64::max)
}

/// Rows of numbers of every kind: random ones, one huge among them, all the same, zeros, tiny ones, all of one sign.
fn rows(count: usize, length: usize) -> Vec<f32> {
    let row = |row: usize| -> Vec<f32> {
        let mut random = numbers(row, length);
        match row % 6 {
            1 => random[length / 2] = 60_000.0,
            2 => random.fill(0.37),
            3 => random.fill(0.0),
            4 => random.iter_mut().for_each(|number| *number *= 1e-3),
            5 => random.iter_mut().for_each(|number| *number = number.abs() + 3.0),
            _ => {}
        }
        random
    };
    (0..count).flat_map(row).collect()
}

/// Networks with kernels of every form, with channels that are no multiple of 16 (or of 2), too.
fn probes() -> Vec<(Vec<f32>, Probe)> {
    let dense_shapes = [[24, 48, 1], [17, 23, 1], [7, 32, 3], [3, 5, 3], [13, 160, 1], [64, 256, 1], [5, 11, 1]];
    let denses = dense_shapes.map(|shape @ [outputs, inputs, side]| {
        let kernel = rows(outputs, inputs * side * side);
        (kernel.clone(), dense(shape, kernel))
    });
    let groups = [[24, 24, 1, 3], [37, 37, 1, 5], [12, 4, 5, 3]].map(|shape @ [outputs, _, depth, side]| {
        let kernel = rows(outputs, depth * side * side);
        (kernel.clone(), grouped(shape, kernel))
    });
    let kernel = rows(12, 20 * 4);
    let transposed = (kernel.clone(), transposed([12, 20, 2], kernel));
    denses.into_iter().chain(groups).chain([transposed]).collect()
}

/// Our own decoding of one tensor is what its error was measured by: MNN's has to have the same.
#[test]
fn mnn_decodes_what_the_report_says_to_the_last_bit() {
    for (store, numbers) in STORES {
        for (kernel, probe) in probes() {
            let artefact = made(&probe.graph, store);
            let stored = &artefact.report().stored;
            // Small ones stay floats where halves are asked for.
            let Some(tensor) = stored.first() else {
                assert!(store == Store::Fp16 && kernel.len() < 256);
                assert_eq!(decoded(&probe, &artefact), kernel);
                continue;
            };
            let name = probe.graph.name.clone();
            assert_eq!((stored.len(), tensor.stored, tensor.note), (1, numbers, None), "{name}");
            let found = decoded(&probe, &artefact);
            assert_eq!(max_error(&kernel, &found), tensor.max_abs_error, "{name} {numbers}");
            let squares: f64 = kernel.iter().zip(&found).map(|(&a, &b)| (f64::from(a) - f64::from(b)).powi(2)).sum();
            let all: f64 = kernel.iter().map(|&a| f64::from(a).powi(2)).sum();
            assert!(((squares / all).sqrt() - tensor.rms_error).abs() < 1e-12, "{name} {numbers}");
        }
    }
}

#[test]
fn channels_of_zeros_or_of_one_number_lose_nothing_as_integers() {
    let (channels, length) = (12, 48);
    let kernel = rows(channels, length);
    let probe = dense([channels, length, 1], kernel.clone());
    for (store, _) in &STORES[1..] {
        let found = decoded(&probe, &made(&probe.graph, *store));
        for row in (0..channels).filter(|row| [2, 3].contains(&(row % 6))) {
            let range = row * length..(row + 1) * length;
            assert_eq!(found[range.clone()], kernel[range]);
        }
    }
}

#[test]
fn errors_of_integers_are_those_of_even_steps() {
    let (channels, length) = (8, 64);
    let kernel = numbers(3, channels * length);
    let probe = dense([channels, length, 1], kernel.clone());
    let rms = |bits, of: &dyn Fn(&StoredTensor) -> f64| {
        let artefact = made(&probe.graph, Store::Integers { bits, all: true });
        of(&artefact.report().stored[0])
    };
    // The numbers are spread evenly over their range of 1: errors are, over a step.
    for (bits, steps) in [(Bits::Eight, 255.0), (Bits::Four, 15.0)] {
        let even = 1.0 / steps / 12f64.sqrt() / (1.0 / 12f64.sqrt());
        assert!(rms(bits, &|tensor| tensor.rms_error) < 1.05 * even, "{bits:?}");
        assert!(rms(bits, &|tensor| tensor.max_abs_error) < 0.6 / steps, "{bits:?}");
    }
}

#[test]
fn large_constants_are_halves_and_small_ones_floats() {
    let large = rows(1, 1000);
    for (store, _) in STORES {
        let probe = constant(large.clone());
        let artefact = made(&probe.graph, store);
        let tensor = &artefact.report().stored[0];
        assert_eq!((tensor.stored, tensor.bytes), (Numbers::Fp16, 2000));
        assert_eq!(max_error(&large, &decoded(&probe, &artefact)), tensor.max_abs_error);
        let small = constant(rows(1, 100));
        assert_eq!(made(&small.graph, store).bytes(), made(&small.graph, Store::Float).bytes());
    }
}

#[test]
fn what_halves_can_not_hold_stays_floats_and_the_report_says_why() {
    let case = |change: fn(f32) -> f32, reason: &str| {
        let kernel: Vec<_> = numbers(1, 400).into_iter().map(change).collect();
        let probe = dense([20, 20, 1], kernel.clone());
        let artefact = made(&probe.graph, Store::Fp16);
        let tensor = &artefact.report().stored[0];
        assert_eq!((tensor.stored, tensor.bytes, tensor.max_abs_error), (Numbers::Float, 1600, 0.0));
        assert!(tensor.note.unwrap().contains(reason), "{:?}", tensor.note);
        assert_eq!(decoded(&probe, &artefact), kernel);
    };
    case(|number| 200_000.0 * number, "above 65504");
    case(|number| 1e-6 * number, "lose most of their digits");
}

#[test]
fn weights_take_the_room_that_their_numbers_take() {
    let probe = dense([256, 256, 1], numbers(1, 256 * 256));
    let bytes = |store| made(&probe.graph, store).bytes().len() as f64;
    let float = bytes(Store::Float);
    let shares = STORES.map(|(store, _)| bytes(store) / float);
    assert!(shares[0] < 0.51 && shares[1] < 0.27 && shares[2] < 0.16, "{shares:?}");
}

#[test]
fn depthwise_and_small_kernels_are_integers_only_if_all_are_to_be() {
    let stored = |probe: &Probe, all| {
        let artefact = made(&probe.graph, Store::Integers { bits: Bits::Eight, all });
        artefact.report().stored.iter().map(|tensor| tensor.stored).collect::<Vec<_>>()
    };
    let depthwise = grouped([512, 512, 1, 3], numbers(1, 512 * 9));
    let (small, large) = (dense([20, 20, 1], numbers(1, 400)), dense([64, 64, 1], numbers(1, 4096)));
    assert_eq!([&depthwise, &small, &large].map(|probe| stored(probe, true)), [[Numbers::Int8]; 3]);
    let mixed = [&depthwise, &small, &large].map(|probe| stored(probe, false));
    assert_eq!(mixed, [[Numbers::Fp16], [Numbers::Fp16], [Numbers::Int8]]);
}

/// Two convolutions with one kernel, a depthwise one, and a large constant.
fn network() -> (Graph, Tensor) {
    const CHANNELS: usize = 64;
    let mut b = Builder::new("network");
    let shape = [1, CHANNELS, 9, 9];
    let floats = |seed, shape: &[usize]| Tensor::f32(shape, numbers(seed, shape.iter().product())).unwrap();
    let x = b.input("x", shape).unwrap();
    let kernel = b.constant("kernel", floats(1, &[CHANNELS, CHANNELS, 3, 3])).unwrap();
    let same = || Conv { pads: vec![1; 4], ..Conv::pointwise() };
    let y = b.node("first", same(), &[x, kernel]).unwrap();
    let y = b.node("second", same(), &[y, kernel]).unwrap();
    let channels = b.constant("channels", floats(2, &[CHANNELS, 1, 3, 3])).unwrap();
    let y = b.node("depthwise", Conv { group: CHANNELS, ..same() }, &[y, channels]).unwrap();
    let offsets = b.constant("offsets", floats(3, &shape)).unwrap();
    let y = b.node("y", Binary::Add, &[y, offsets]).unwrap();
    b.output("y", y);
    (b.finish(), floats(4, &shape))
}

#[test]
fn equal_weights_are_there_once() {
    let (graph, _) = network();
    for (store, _) in STORES {
        let artefact = made(&graph, store);
        let report = artefact.report();
        let uses: Vec<_> = report.stored.iter().map(|tensor| (tensor.operator.as_str(), tensor.uses)).collect();
        assert_eq!(uses, [("first", 2), ("depthwise", 1), ("offsets", 1)]);
        let stored: u64 = report.stored.iter().map(|tensor| tensor.bytes).sum();
        assert!(report.bytes < stored + 5000, "{} {stored}", report.bytes);
    }
}

#[test]
fn weights_beside_a_model_and_isolated_models_give_the_same() {
    let (graph, input) = network();
    let folder = tempfile::tempdir().unwrap();
    for (store, _) in STORES {
        let inside = run(&made(&graph, store), &graph, std::slice::from_ref(&input));
        let path = folder.path().join("model.mnn");
        let external_weights = ExternalWeights::Always;
        made_with(graph.clone(), Mnn { store, external_weights, ..Mnn::DEFAULT }).write(&path).unwrap();
        let hints = Hints { winograd_memory_level: Some(0) };
        let session = SessionConfig { settings: Settings { hints, ..Settings::default() }, ..SessionConfig::default() };
        let config = || Config { session, ..Config::default() };
        let output = |mut session: Session| {
            session.set_input("x", &input).unwrap();
            session.run().unwrap();
            session.output("y").unwrap().as_f32().unwrap().to_vec()
        };
        assert_eq!(output(Session::from_file(&path, config()).unwrap()), inside, "{store:?}");
        let isolated = isolate(&path, &[]).unwrap();
        assert_eq!(output(Session::from_bytes(isolated.bytes(), config()).unwrap()), inside, "{store:?}");
        let isolated = isolate(&path, &[("second".to_owned(), TensorType::f32([1, 64, 9, 9]))]).unwrap();
        Session::from_bytes(isolated.bytes(), config()).unwrap();
    }
}

/// An inverted bottleneck with SiLU, which our kernels compute as one operator.
fn bottleneck() -> (Graph, Tensor) {
    let floats = |seed, shape: &[usize]| Tensor::f32(shape, numbers(seed, shape.iter().product())).unwrap();
    let mut b = Builder::new("bottleneck");
    let x = b.input("x", [1, 24, 19, 17]).unwrap();
    let mut layer = |name: &str, conv: Conv, from, shape: &[usize]| {
        let kernel = b.constant(&format!("{name}.kernel"), floats(shape[0], shape)).unwrap();
        let y = b.node(name, conv, &[from, kernel]).unwrap();
        let gate = b.node(&format!("{name}.gate"), Unary::Sigmoid, &[y]).unwrap();
        b.node(&format!("{name}.silu"), Binary::Mul, &[y, gate]).unwrap()
    };
    let wide = layer("expand", Conv::pointwise(), x, &[96, 24, 1, 1]);
    let depthwise = Conv { pads: vec![1; 4], group: 96, ..Conv::pointwise() };
    let wide = layer("depthwise", depthwise, wide, &[96, 1, 3, 3]);
    let y = layer("project", Conv::pointwise(), wide, &[40, 96, 1, 1]);
    b.output("y", y);
    (b.finish(), floats(5, &[1, 24, 19, 17]))
}

#[test]
fn our_kernels_compute_with_them_what_those_of_mnn_do() {
    let (graph, input) = bottleneck();
    for (store, _) in STORES {
        let artefact = made_with_rewriting(&graph, store);
        let [ours, mnn] = [Kernels::Edgeconv, Kernels::Mnn].map(|kernels| {
            let session = SessionConfig { kernels, ..SessionConfig::default() };
            let mut session = Session::from_bytes(artefact.bytes(), Config { session, ..Config::default() }).unwrap();
            session.set_input("x", &input).unwrap();
            session.run().unwrap();
            session.output("y").unwrap().as_f32().unwrap().to_vec()
        });
        let largest = mnn.iter().fold(0.0_f32, |largest, x| largest.max(x.abs()));
        assert!(max_error(&mnn, &ours) < 1e-5 * f64::from(largest), "{store:?}");
    }
}

fn made_with_rewriting(graph: &Graph, store: Store) -> Artefact {
    let rewritten = Conversion::of(graph.clone()).rewrite(&Rewrite::Fast.into()).unwrap();
    rewritten.to(&Mnn { store, ..Mnn::DEFAULT }).unwrap()
}

#[test]
fn models_whose_weights_are_not_as_many_as_they_say_are_refused() {
    let (graph, _) = network();
    let refused = |store, change: fn(&mut IdstQuan)| {
        let artefact = made(&graph, store);
        let mut net: Net = NetRef::read_as_root(artefact.bytes()).unwrap().try_into().unwrap();
        for op in net.oplists.iter_mut().flatten() {
            if let Some(OpParameter::Convolution2D(convolution)) = &mut op.main {
                change(convolution.quan_parameter.as_mut().unwrap());
            }
        }
        let bytes = planus::Builder::new().finish(net, None).to_vec();
        let config = Config { session: SessionConfig::default(), ..Config::default() };
        Session::from_bytes(&bytes, config).unwrap_err().to_string()
    };
    for (store, numbers) in STORES {
        let error = refused(store, |kernel| kernel.buffer.as_mut().unwrap().truncate(100));
        assert!(error.contains("operator `first` has another number of weights than its kernel says"), "{error}");
        if numbers != Numbers::Fp16 {
            let error = refused(store, |kernel| kernel.alpha = None);
            assert!(error.contains("another number of weights"), "{error}");
            let error = refused(store, |kernel| kernel.alpha.as_mut().unwrap().truncate(3));
            assert!(error.contains("another number of weights"), "{error}");
        }
    }
}

#[test]
fn a_listing_says_how_weights_are_stored() {
    let (graph, _) = network();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.mnn");
    for (store, numbers) in [(Store::Float, Numbers::Float)].into_iter().chain(STORES) {
        made(&graph, store).write(&path).unwrap();
        let listing = list(&path).unwrap();
        assert_eq!(listing.weights, numbers);
        let first = listing.operators.iter().find(|operator| operator.name == "first").unwrap();
        let expected = (numbers != Numbers::Float).then(|| numbers.to_string());
        assert_eq!(first.attributes.get("weights"), expected.as_ref());
    }
}

#[test]
fn circulant_matrices_are_stored_by_their_first_rows() {
    let (channels, side) = (16, 24);
    let row = |channel: usize| move |index: usize| (index * (channel + 3) % 64) as f32 / 64.0;
    let matrix =
        |channel: usize| (0..side * side).map(move |index| row(channel)((index % side + side - index / side) % side));
    let matrices: Vec<_> = (0..channels).flat_map(matrix).collect();
    let mut b = Builder::new("circulant");
    let x = b.input("x", [1, channels, side, side]).unwrap();
    let shape = [1, channels, side, side];
    let matrices = b.constant("matrices", Tensor::f32(shape, matrices).unwrap()).unwrap();
    let y = b.node("y", MatMul, &[matrices, x]).unwrap();
    b.output("y", y);
    let graph = b.finish();
    let input = Tensor::f32(shape, numbers(1, channels * side * side)).unwrap();
    let float = made(&graph, Store::Float);
    let small = made(&graph, Store::Fp16);
    assert!(small.bytes().len() < float.bytes().len() / 8, "{} {}", small.bytes().len(), float.bytes().len());
    // Such numbers are halves as they are.
    let run = |artefact| run(artefact, &graph, std::slice::from_ref(&input));
    assert_eq!(run(&small), run(&float));
}
