//! Channels of one width: the same numbers come out, and values have channels that one scale fits.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

mod rten;

use std::collections::BTreeMap;

use edgeconv_converter::quantization::{Observed, equalize, observable};
use edgeconv_converter::target::onnx::{DEFAULT_OPSET, export};
use edgeconv_graph::op::{Binary, Clip, Conv, Unary};
use edgeconv_graph::{Builder, Graph, Op, Quantization, Tensor, ValueId};
use edgeconv_schema::onnx::{ModelProto, ValueInfoProto};
use prost::Message;

const CHANNELS: usize = 8;

/// Numbers from −1 to 1.
fn noise(count: usize, seed: usize) -> Vec<f32> {
    (0..count).map(|index| (((index + 1) * (seed * 2 + 7919) * 2_654_435) % 20_011) as f32 / 10_005.5 - 1.0).collect()
}

/// A convolution whose outputs are of very different sizes, and its bias with them.
fn conv(b: &mut Builder, name: &str, x: ValueId, side: usize, group: usize) -> ValueId {
    let depth = b.shape(x)[1] / group;
    let seed = name.bytes().map(usize::from).sum();
    let size = |output: usize| 1.5 * 0.6f32.powi((output * 5 % CHANNELS) as i32) / (depth as f32).sqrt();
    let taps = depth * side * side;
    let kernel =
        noise(CHANNELS * taps, seed).into_iter().enumerate().map(|(index, x)| x * size(index / taps)).collect();
    let kernel = Tensor::f32([CHANNELS, depth, side, side], kernel).unwrap();
    let kernel = b.constant(&format!("{name}.weight"), kernel).unwrap();
    let bias = noise(CHANNELS, seed + 1).into_iter().enumerate().map(|(output, x)| (x + 0.5) * size(output)).collect();
    let bias = b.constant(&format!("{name}.bias"), Tensor::vector(bias)).unwrap();
    let op = Conv { group, pads: vec![side / 2; 4], ..Conv::pointwise() };
    b.node(name, op, &[x, kernel, bias]).unwrap()
}

/// Two inverted residuals, with this function in the first; all that convolutions read is returned beside the result if `is_returned`.
fn network(function: &Op, is_returned: bool) -> Graph {
    let mut b = Builder::new("network");
    let x = b.input("x", [1, 3, 12, 12]).unwrap();
    let first = conv(&mut b, "first", x, 3, 1);
    let expand = conv(&mut b, "expand", first, 1, 1);
    let expand = b.node("expand.function", function.clone(), &[expand]).unwrap();
    let depthwise = conv(&mut b, "depthwise", expand, 3, CHANNELS);
    let depthwise = b.node("depthwise.clip", Clip { min: 0.0, max: 6.0 }, &[depthwise]).unwrap();
    let project = conv(&mut b, "project", depthwise, 1, 1);
    let first_sum = b.node("sum", Binary::Add, &[first, project]).unwrap();
    let second = conv(&mut b, "second", first_sum, 1, 1);
    let second = b.node("second.relu", Unary::Relu, &[second]).unwrap();
    let third = conv(&mut b, "third", second, 3, 1);
    let sum = b.node("sum2", Binary::Add, &[first_sum, third]).unwrap();
    let last = conv(&mut b, "last", sum, 1, 1);
    b.output("y", last);
    let read = if is_returned { vec![first, expand, depthwise, first_sum, second, sum] } else { vec![] };
    read.into_iter().enumerate().for_each(|(index, value)| b.output(&format!("y{index}"), value));
    b.finish()
}

fn input(seed: usize) -> Tensor {
    Tensor::f32([1, 3, 12, 12], noise(3 * 144, seed).into_iter().map(|x| 3.0 * x).collect()).unwrap()
}

/// What is seen of all values on eight inputs.
fn observed(graph: &Graph) -> BTreeMap<String, Observed> {
    let mut model = ModelProto::decode(export(graph, DEFAULT_OPSET).unwrap().as_slice()).unwrap();
    let file = model.graph.as_mut().unwrap();
    let names = observable(graph);
    let values = file.node.iter().flat_map(|node| node.output.iter()).filter(|name| names.contains_key(*name));
    let values: Vec<_> = values.cloned().collect();
    let output = |name: &String| ValueInfoProto { name: Some(name.clone()), ..Default::default() };
    file.output = values.iter().map(output).collect();
    let model = model.encode_to_vec();
    let mut observed: BTreeMap<String, Observed> = BTreeMap::new();
    for seed in 0..8 {
        for (name, tensor) in values.iter().zip(rten::run(&model, &[input(seed)])) {
            observed.entry(name.clone()).or_default().add(&tensor, names[name]);
        }
    }
    observed
}

/// How much wider than the narrowest channel the widest one is.
fn spread(observed: &Observed) -> f32 {
    let widths = observed.channels.iter().map(|channel| channel.largest.max(-channel.least));
    let (least, largest) = widths.fold((f32::INFINITY, 0.0f32), |(a, b), x| (a.min(x), b.max(x)));
    largest / least
}

fn run(graph: &Graph, seed: usize) -> Vec<f32> {
    rten::run_graph(graph, DEFAULT_OPSET, &input(seed)).as_f32().unwrap().to_vec()
}

/// The largest difference as a share of the largest number.
fn difference(a: &[f32], b: &[f32]) -> f32 {
    let largest = b.iter().fold(0.0f32, |largest, x| largest.max(x.abs()));
    a.iter().zip(b).fold(0.0f32, |worst, (a, b)| worst.max((a - b).abs())) / largest
}

#[test]
fn the_same_numbers_come_out() {
    for function in [Clip { min: 0.0, max: 6.0 }.into(), Unary::Relu.into(), Unary::Silu.into()] {
        let mut graph = network(&function, false);
        let expected = run(&graph, 3);
        equalize(&mut graph, &observed(&network(&function, false))).unwrap();
        graph.validate().unwrap();
        let found = run(&graph, 3);
        assert!(difference(&found, &expected) < 1e-5, "{function:?}: {}", difference(&found, &expected));
        assert_ne!(found, expected, "{function:?}: nothing has changed");
    }
}

#[test]
fn channels_get_one_width_and_values_lose_their_origin() {
    let mut graph = network(&Clip { min: 0.0, max: 6.0 }.into(), false);
    let before = observed(&graph);
    equalize(&mut graph, &before).unwrap();
    let after = observed(&graph);
    assert_eq!(after.len(), before.len());
    // What is behind the last convolution is returned, and keeps its name.
    assert!(after.keys().all(|name| name.ends_with('~') || name == "last"), "{:?}", after.keys());
    // No channel grows by more than 16, those that clips bound keep room, and two values of a group have different channels.
    let most = |name: &str| spread(&after[name]);
    let wide = spread(&before["expand.function"]);
    assert!(wide > 16.0 && most("expand.function~") < wide / 12.0, "{wide} {}", most("expand.function~"));
    let wide = spread(&before["sum"]);
    assert!(most("sum~") < wide / 4.0, "{wide} {}", most("sum~"));
    // What reads it has kernels that lose by that, so that this goes half of the way.
    assert!(most("second.relu~") < 0.5 * spread(&before["second.relu"]), "{}", most("second.relu~"));
    // Sums lie around 0.
    for channel in &after["sum~"].channels {
        assert!((channel.least + channel.largest).abs() < 1e-3 * channel.largest, "{channel:?}");
    }
}

#[test]
fn what_is_read_elsewhere_or_was_not_seen_stays_as_it_is() {
    let kernels = |graph: &Graph| -> Vec<Tensor> {
        graph.nodes().filter_map(|node| graph.tensor(*node.inputs.get(1)?).cloned()).collect()
    };
    let mut graph = network(&Unary::Relu.into(), true);
    let before = kernels(&graph);
    let seen = observed(&graph);
    equalize(&mut graph, &seen).unwrap();
    assert_eq!(kernels(&graph), before);
    let mut graph = network(&Unary::Relu.into(), false);
    equalize(&mut graph, &BTreeMap::new()).unwrap();
    assert_eq!(kernels(&graph), before);
}

#[test]
fn integers_that_a_changed_convolution_gives_stay_noted() {
    let mut graph = network(&Unary::Relu.into(), false);
    let seen = observed(&graph);
    let result = |graph: &Graph| graph.nodes().find(|node| node.name == "last").unwrap().outputs[0];
    let noted = Quantization { scale: Tensor::scalar(0.125), zero_point: None, axis: None, optional: false };
    let id = result(&graph);
    graph.quantize(id, noted.clone());
    equalize(&mut graph, &seen).unwrap();
    assert_ne!(result(&graph), id, "it has not changed");
    assert_eq!(graph.value(result(&graph)).quant.as_deref(), Some(&noted));
}
