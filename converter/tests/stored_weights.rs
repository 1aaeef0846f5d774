//! Weights that are stored as halves or integers: what MNN makes of them, how much room they take, and what is said about them.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

mod mnn;
mod stored;

use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::target::isolate::isolate;
use edgeconv_converter::target::mnn::{Bits, ExternalWeights, Store, StoredTensor};
use edgeconv_converter::target::{Mnn, Numbers, list};
use edgeconv_converter::{Artefact, Conversion};
use edgeconv_graph::op::{Binary, Conv, Unary};
use edgeconv_graph::{Builder, Graph, Tensor, TensorType};
use edgeconv_runtime::{Config, Session};
use edgeconv_schema::mnn::{IdstQuan, Net, NetRef, OpParameter};
use edgeconv_session::{Hints, Kernels, SessionConfig, Settings};
use planus::ReadAsRoot;
use stored::*;

const STORES: [(Store, Numbers); 3] = [
    (Store::Fp16, Numbers::Fp16),
    (Store::Integers { bits: Bits::Eight, all: true }, Numbers::Int8),
    (Store::Integers { bits: Bits::Four, all: true }, Numbers::Int4),
];

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
                assert_eq!(decoded(&probe, artefact.bytes()), kernel);
                continue;
            };
            let name = probe.graph.name.clone();
            assert_eq!((stored.len(), tensor.stored, tensor.note), (1, numbers, None), "{name}");
            let found = decoded(&probe, artefact.bytes());
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
        let found = decoded(&probe, made(&probe.graph, *store).bytes());
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
        assert_eq!(max_error(&large, &decoded(&probe, artefact.bytes())), tensor.max_abs_error);
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
        assert_eq!(decoded(&probe, artefact.bytes()), kernel);
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
        let inside = run(made(&graph, store).bytes(), &graph, std::slice::from_ref(&input));
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
            let error = refused(store, |kernel| (kernel.alpha, kernel.alpha_fp16) = (None, None));
            assert!(error.contains("another number of weights"), "{error}");
            let error = refused(store, |kernel| {
                kernel.alpha.iter_mut().for_each(|scales| scales.truncate(3));
                kernel.alpha_fp16.iter_mut().for_each(|scales| scales.truncate(3));
            });
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
    let (graph, input) = circulants();
    let float = made(&graph, Store::Float);
    let small = made(&graph, Store::Fp16);
    assert!(small.bytes().len() < float.bytes().len() / 8, "{} {}", small.bytes().len(), float.bytes().len());
    // Such numbers are halves as they are.
    let run = |artefact: &Artefact| run(artefact.bytes(), &graph, std::slice::from_ref(&input));
    assert_eq!(run(&small), run(&float));
}

/// As position embeddings of both axes are, once they are added up.
#[test]
fn sums_of_a_row_and_a_column_are_stored_by_these() {
    let (channels, height, width) = (16, 24, 20);
    let at = |channel: usize, y: usize, x: usize| number(1, 64 * channel + y) + number(2, 64 * channel + x);
    let sum = |index: usize| at(index / height / width, index / width % height, index % width);
    let expected: Vec<_> = (0..channels * height * width).map(sum).collect();
    let shape = [1, channels, height, width];
    let made = |elements: Vec<f32>, store| {
        let mut b = Builder::new("sums");
        let x = b.input("x", shape).unwrap();
        let offsets = b.constant("offsets", Tensor::f32(shape, elements).unwrap()).unwrap();
        let y = b.node("y", Binary::Add, &[x, offsets]).unwrap();
        b.output("y", y);
        let graph = b.finish();
        let artefact = made(&graph, store);
        let input = Tensor::f32(shape, vec![0.0; channels * height * width]).unwrap();
        let found = run(artefact.bytes(), &graph, &[input]);
        (artefact.bytes().len(), found)
    };
    let (float, found) = made(expected.clone(), Store::Float);
    assert_eq!(found, expected);
    let (small, found) = made(expected.clone(), Store::Fp16);
    assert!(small < float / 8, "{small} {float}");
    // Two halves of at most 1, each off by half a last bit.
    assert!(max_error(&expected, &found) < 2.0 * 2f64.powi(-12), "{}", max_error(&expected, &found));
    // One number that is another, and all are stored.
    let mut other = expected;
    other[777] += 1e-4;
    let (halves, found) = made(other.clone(), Store::Fp16);
    assert!(halves > float / 3 && max_error(&other, &found) < 2f64.powi(-11), "{halves} {float}");
}

#[test]
fn scales_of_four_bits_are_halves_where_nothing_is_lost_by_it() {
    let scales = |kernel: Vec<f32>| {
        let artefact = made(&dense([32, 128, 1], kernel).graph, Store::Integers { bits: Bits::Four, all: true });
        let net: Net = NetRef::read_as_root(artefact.bytes()).unwrap().try_into().unwrap();
        let mut kernels = net.oplists.into_iter().flatten().filter_map(|op| match op.main {
            Some(OpParameter::Convolution2D(convolution)) => convolution.quan_parameter,
            _ => None,
        });
        let kernel = kernels.next().unwrap();
        [kernel.alpha.map_or(0, |scales| scales.len()), kernel.alpha_fp16.map_or(0, |scales| scales.len())]
    };
    assert_eq!(scales(numbers(1, 32 * 128)), [0, 64]);
    // Halves have no number that is close to such steps, nor to a channel of this number.
    assert_eq!(scales(numbers(1, 32 * 128).iter().map(|number| number * 1e-6).collect()), [64, 0]);
    let constant = [vec![0.37; 128], numbers(1, 31 * 128)].concat();
    assert_eq!(scales(constant), [64, 0]);
}
