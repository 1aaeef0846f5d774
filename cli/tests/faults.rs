//! `edgeconv check` on networks of the zoo with faults in random places, and without any.
#![allow(clippy::unwrap_used, clippy::panic)] // tests fail by panicking

mod support;

use std::collections::HashMap;
use std::path::Path;

use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::target::{Mnn, Onnx, Target};
use edgeconv_converter::{Conversion, passes};
use edgeconv_graph::op::{
    BatchNormalization, Binary, Conv, Coordinates, LayerNormalization, Op, PoolKind, Reshape, Transpose, Unary,
};
use edgeconv_graph::{Builder, Graph, Node, Tensor, ValueId};
use edgeconv_validate::compare::{Tolerance, compare};
use edgeconv_validate::engine::{Agent, Engine, NamedTensor, Rten};
use edgeconv_validate::input;
use edgeconv_zoo::weights;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use support::{run, text};

/// A network of the zoo in which every parameter has an effect: initialisations have norms that do nothing and biases of 0.
fn network(model: &str, side: usize, seed: u64) -> Graph {
    let entry = edgeconv_zoo::find(model).unwrap();
    let options = entry.options();
    let mut graph = edgeconv_zoo::build(entry, &options, 1, (side, side)).unwrap();
    weights::initialise(&mut graph, &options.model.layer.init, seed).unwrap();
    let mut index = seed;
    graph
        .fill_parameters(|value| {
            index += 1;
            let [length] = value.ty.shape[..] else { return None };
            let unit = input::random(&[length], index);
            let (low, high) = match value.name.rsplit('.').next() {
                Some("running_mean" | "bias") => (-0.3, 0.3),
                _ => (0.5, 1.5),
            };
            let numbers = unit.as_f32().unwrap().iter().map(|x| low + (high - low) * x).collect();
            Some(Tensor::f32([length], numbers).unwrap())
        })
        .unwrap();
    // Kernels have their final length, as they have in the files.
    passes::run(&passes::FoldConstants::default(), &mut graph).unwrap();
    graph
}

/// A copy of a graph, in which `change` may build other nodes in place of one; `None` if it does not.
fn changed(graph: &Graph, place: usize, change: &mut dyn FnMut(&mut Site) -> Option<ValueId>) -> Option<Graph> {
    let mut b = Builder::new(graph.name.clone());
    let mut ids: HashMap<ValueId, ValueId> = HashMap::new();
    for &id in graph.inputs() {
        let value = graph.value(id);
        ids.insert(id, b.typed_input(&value.name, value.ty.clone()).unwrap());
    }
    for id in graph.used_constants() {
        let value = graph.value(id);
        ids.insert(id, b.constant(&value.name, value.tensor().unwrap().clone()).unwrap());
    }
    for (index, node) in graph.nodes().enumerate() {
        let inputs: Vec<_> = node.inputs.iter().map(|id| ids[id]).collect();
        let outputs = if index == place {
            let mut site = Site { b: &mut b, node, inputs };
            vec![change(&mut site)?]
        } else {
            b.nodes(&node.name, node.op.clone(), &inputs).unwrap()
        };
        ids.extend(node.outputs.iter().copied().zip(outputs));
    }
    for output in graph.outputs() {
        b.output(&output.name, ids[&output.value]);
    }
    Some(b.finish())
}

/// Where a fault is put.
struct Site<'a> {
    b: &'a mut Builder,
    node: &'a Node,
    inputs: Vec<ValueId>,
}

impl Site<'_> {
    /// The node with another operator and other operands.
    fn build(&mut self, op: impl Into<Op>, inputs: &[ValueId]) -> Option<ValueId> {
        self.b.node(&self.node.name, op, inputs).ok()
    }

    /// The node with another constant in place of one operand, if that has other numbers.
    fn with(&mut self, operand: usize, change: impl FnOnce(&[usize], &mut Vec<f32>)) -> Option<ValueId> {
        let old = self.b.tensor(*self.inputs.get(operand)?)?.clone();
        let mut numbers = old.as_f32()?.to_vec();
        change(old.shape(), &mut numbers);
        if numbers == old.as_f32()? {
            return None;
        }
        let new = Tensor::f32(old.shape(), numbers).unwrap();
        let mut inputs = self.inputs.clone();
        inputs[operand] = self.b.constant(&format!("{}.fault", self.node.name), new).unwrap();
        self.build(self.node.op.clone(), &inputs)
    }

    /// The shape of the first operand.
    fn shape(&self) -> Vec<usize> {
        self.b.shape(self.inputs[0]).to_vec()
    }

    /// The node after another one that its first operand goes through.
    fn after(&mut self, step: &str, op: impl Into<Op>) -> Option<()> {
        let name = format!("{}.fault.{step}", self.node.name);
        self.inputs[0] = self.b.node(&name, op, &[self.inputs[0]]).ok()?;
        Some(())
    }
}

const FAULTS: [&str; 26] = [
    "weight flipped",
    "weight overflows in fp16",
    "weights in bfloat16",
    "weights in 8 bits",
    "weights off by 1 %",
    "filter of zeros",
    "filters exchanged",
    "bias dropped",
    "mean of the norm dropped",
    "variance taken for the deviation",
    "epsilon of the norm",
    "padding on the wrong side",
    "padding of the wrong axis",
    "kernel reversed",
    "kernel transposed",
    "wrapped off by one",
    "corners of the interpolation",
    "height and width exchanged",
    "layout not converted",
    "tanh in place of erf",
    "hard swish in place of SiLU",
    "activation missing",
    "softmax along another axis",
    "residual dropped",
    "parts exchanged",
    "mean for the largest",
];

/// Puts a fault of this kind in place of a node, if it can have one.
fn inject(fault: &str, site: &mut Site, rng: &mut ChaCha8Rng) -> Option<ValueId> {
    let op = site.node.op.clone();
    let weighted = matches!(op, Op::Conv(_) | Op::CircularConv(_) | Op::Gemm(_) | Op::ConvTranspose(_));
    let inputs = site.inputs.clone();
    match (fault, &op) {
        ("weight flipped", _) if weighted => site.with(1, |_, w| {
            let place = large(w, rng);
            w[place] = -w[place];
        }),
        ("weight overflows in fp16", _) if weighted => site.with(1, |_, w| {
            let place = large(w, rng);
            w[place] = f32::INFINITY.copysign(w[place]);
        }),
        ("weights in bfloat16", _) if weighted => {
            site.with(1, |_, w| w.iter_mut().for_each(|w| *w = f32::from_bits(w.to_bits() & 0xffff_0000)))
        }
        ("weights in 8 bits", _) if weighted => site.with(1, |_, w| {
            let step = w.iter().fold(0f32, |largest, w| largest.max(w.abs())) / 127.0;
            w.iter_mut().for_each(|w| *w = (*w / step).round() * step);
        }),
        ("weights off by 1 %", _) if weighted => site.with(1, |_, w| w.iter_mut().for_each(|w| *w *= 1.01)),
        ("filter of zeros", _) if weighted => site.with(1, |shape, w| {
            let length = w.len() / shape[0];
            let filter = rng.random_range(0..shape[0]);
            w[filter * length..][..length].fill(0.0);
        }),
        ("filters exchanged", Op::Conv(_) | Op::Gemm(_)) => site.with(1, |shape, w| {
            let half = shape[0] / 2 * (w.len() / shape[0]);
            w[..2 * half].rotate_left(half);
        }),
        ("bias dropped", _) if weighted => site.with(2, |_, bias| bias.fill(0.0)),
        ("bias dropped", Op::BatchNormalization(_) | Op::LayerNormalization(_)) => {
            site.with(2, |_, bias| bias.fill(0.0))
        }
        ("mean of the norm dropped", Op::BatchNormalization(_)) => site.with(3, |_, mean| mean.fill(0.0)),
        ("variance taken for the deviation", Op::BatchNormalization(_)) => {
            site.with(4, |_, variance| variance.iter_mut().for_each(|variance| *variance *= *variance))
        }
        ("epsilon of the norm", Op::BatchNormalization(_)) => site.build(BatchNormalization { epsilon: 1e-2 }, &inputs),
        ("epsilon of the norm", Op::LayerNormalization(_)) => site.build(LayerNormalization { epsilon: 1e-2 }, &inputs),
        ("padding on the wrong side", Op::Conv(conv)) if conv.pads == [conv.pads[0]; 4] && conv.pads[0] > 0 => {
            let pads = vec![2 * conv.pads[0], 2 * conv.pads[0], 0, 0];
            site.build(Conv { pads, ..conv.clone() }, &inputs)
        }
        ("padding of the wrong axis", Op::Conv(conv)) if conv.pads == [1; 4] && conv.strides == [1; 2] => {
            site.build(Conv { pads: vec![0, 1, 2, 1], ..conv.clone() }, &inputs)
        }
        ("kernel reversed", Op::Conv(_)) => site.with(1, |shape, w| {
            w.chunks_mut(shape[2] * shape[3]).for_each(<[f32]>::reverse);
        }),
        ("kernel transposed", Op::Conv(_)) => site.with(1, |shape, w| {
            let (side, square) = (shape[2], shape[2] == shape[3]);
            for kernel in w.chunks_mut(side * side).filter(|_| square) {
                let old = kernel.to_vec();
                kernel.iter_mut().enumerate().for_each(|(i, w)| *w = old[i % side * side + i / side]);
            }
        }),
        ("wrapped off by one", Op::CircularConv(conv)) => site.with(1, |shape, w| {
            w.chunks_mut(shape[conv.axis]).for_each(|row| row.rotate_left(1));
        }),
        ("corners of the interpolation", Op::Resize(resize)) => {
            let coordinates = match resize.coordinates {
                Coordinates::AlignCorners => Coordinates::HalfPixel,
                _ => Coordinates::AlignCorners,
            };
            site.build(edgeconv_graph::op::Resize { coordinates, ..resize.clone() }, &inputs)
        }
        ("height and width exchanged", Op::Conv(_)) => {
            let shape = site.shape();
            (shape[2] == shape[3] && shape[2] > 1).then_some(())?;
            site.after("turned", Transpose { perm: vec![0, 1, 3, 2] })?;
            let inputs = site.inputs.clone();
            site.build(op, &inputs)
        }
        // Blocks of four channels, read as if they were rows.
        ("layout not converted", Op::Conv(_) | Op::Reshape(_) | Op::Flatten(_)) => {
            let &[n, c, h, w] = site.shape().as_slice() else { return None };
            (c % 4 == 0 && h * w > 1).then_some(())?;
            site.after("blocks", Reshape { shape: vec![n, c / 4, 4, h, w] })?;
            site.after("inward", Transpose { perm: vec![0, 1, 3, 4, 2] })?;
            site.after("rows", Reshape { shape: vec![n, c, h, w] })?;
            let inputs = site.inputs.clone();
            site.build(op, &inputs)
        }
        ("tanh in place of erf", Op::Unary(Unary::Gelu)) => site.build(Unary::GeluTanh, &inputs),
        ("hard swish in place of SiLU", Op::Unary(Unary::Silu)) => site.build(Unary::HardSwish, &inputs),
        ("activation missing", Op::Unary(Unary::Silu | Unary::Relu | Unary::Gelu)) => Some(inputs[0]),
        ("softmax along another axis", Op::Softmax(softmax)) => {
            let axis = softmax.axis - 1;
            site.build(edgeconv_graph::op::Softmax { axis }, &inputs)
        }
        ("residual dropped", Op::Binary(Binary::Add)) => {
            let [a, b] = inputs[..] else { return None };
            (site.b.shape(a) == site.b.shape(b)).then_some(())?;
            site.build(op, &[a, a])
        }
        ("parts exchanged", Op::Concat(_)) => {
            let same = inputs.len() > 1 && inputs.iter().all(|&id| site.b.shape(id) == site.b.shape(inputs[0]));
            same.then(|| site.build(op, &inputs.iter().rev().copied().collect::<Vec<_>>()))?
        }
        ("mean for the largest", Op::Pool(pool)) => {
            let kind = if pool.kind == PoolKind::Max { PoolKind::Average } else { PoolKind::Max };
            site.build(edgeconv_graph::op::Pool { kind, ..*pool }, &inputs)
        }
        ("mean for the largest", Op::GlobalAveragePool(_)) => {
            let reduce = edgeconv_graph::op::Reduce { kind: edgeconv_graph::op::ReduceKind::Max, axes: vec![2, 3] };
            site.build(reduce, &inputs)
        }
        _ => None,
    }
}

/// One of the larger half of the weights: the smallest have no effect that rounding does not have.
fn large(weights: &[f32], rng: &mut ChaCha8Rng) -> usize {
    let mut order: Vec<_> = (0..weights.len()).collect();
    order.sort_by(|&a, &b| weights[b].abs().total_cmp(&weights[a].abs()));
    order[rng.random_range(0..weights.len().div_ceil(2))]
}

/// The network with a fault in a random place; `None` if it has no place for this kind. Returns the node's name, too.
fn with_fault(graph: &Graph, fault: &str, rng: &mut ChaCha8Rng) -> Option<(Graph, String)> {
    let mut places: Vec<_> = (0..graph.nodes().len()).collect();
    places.shuffle(rng);
    places.iter().find_map(|&place| {
        let faulty = changed(graph, place, &mut |site| inject(fault, site, rng))?;
        let node = graph.node(graph.order()[place]).name.clone();
        (effect(graph, &faulty, &node) > 1e-4).then_some((faulty, node))
    })
}

/// How much a fault changes what its node computes, as a share of its largest element: a softmax over one element is the same along
/// any axis. Infinite if the node has no value of its own any more.
fn effect(graph: &Graph, faulty: &Graph, node: &str) -> f64 {
    let value = |graph: &Graph| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("network.onnx");
        write_reference(graph, &path);
        let inputs = [NamedTensor { name: "input".into(), tensor: input::random_of(graph.ty(graph.inputs()[0]), 0) }];
        let run = Rten::new(Agent::find().unwrap()).run_inside(&path, &inputs, &[node.to_owned()]).unwrap();
        run.inside.into_iter().chain(run.outputs).find(|value| value.name == node).map(|value| value.tensor)
    };
    let (Some(right), Some(wrong)) = (value(graph), value(faulty)) else { return f64::INFINITY };
    let result = compare(&wrong, &right, Tolerance { atol: 0.0, rtol: 0.0 });
    if result.max_abs.is_nan() { f64::INFINITY } else { result.max_abs / result.max_expected }
}

/// The unrewritten network as the reference.
fn write_reference(graph: &Graph, path: &Path) {
    convert(graph.clone(), Rewrite::None, &Onnx::DEFAULT, path);
}

fn write_candidate(graph: Graph, rewrite: Rewrite, path: &Path) {
    convert(graph, rewrite, &Mnn::DEFAULT, path);
}

fn convert(graph: Graph, rewrite: Rewrite, target: &dyn Target, path: &Path) {
    Conversion::of(graph).rewrite(&rewrite.into()).unwrap().to(target).unwrap().write(path).unwrap();
}

/// Bisects; the exit code, and the faults that were found.
fn bisect(candidate: &Path, reference: &Path, place: &Path, rewrite: Rewrite) -> (i32, Vec<Value>, String) {
    let mut arguments = vec!["check", text(candidate), "--against", text(reference), "--bisect", text(place), "--json"];
    if rewrite == Rewrite::Approximate {
        arguments.extend(["--rewrite", "approximate"]);
    }
    let (code, out, error) = run(&arguments);
    let report: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{error}"));
    (code, report["faults"].as_array().unwrap().clone(), error)
}

/// Puts every kind of fault that the network can have into a random place, converts it, and checks that what is found is there: returns
/// the kinds that were tried.
fn faults_are_named(model: &str, side: usize, seed: u64, rewrite: Rewrite) -> Vec<&'static str> {
    let seed = edgeconv_test_support::seed(seed);
    let folder = tempfile::tempdir().unwrap();
    let [reference, candidate] = ["reference.onnx", "candidate.mnn"].map(|name| folder.path().join(name));
    let graph = network(model, side, seed);
    write_reference(&graph, &reference);
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut tried = vec![];
    for fault in FAULTS {
        let Some((faulty, node)) = with_fault(&graph, fault, &mut rng) else { continue };
        write_candidate(faulty, rewrite, &candidate);
        let place = folder.path().join(fault);
        let (code, faults, error) = bisect(&candidate, &reference, &place, rewrite);
        let what = format!("{model}: {fault} at `{node}`");
        assert_eq!(code, 1, "{what}: {error}");
        assert!(!faults.is_empty(), "{what} was not found: {error}");
        for found in &faults {
            let nodes = found["nodes"].as_array().unwrap();
            let names: Vec<_> = nodes.iter().map(|node| node["name"].as_str().unwrap()).collect();
            let there = names.iter().filter(|name| is_part(name, &node)).count();
            assert!(there > 0, "{what} was taken for one of {names:?} ({})", found["value"]);
            // Where nothing is rewritten, every node has a value of its own, unless the fault is that it is missing.
            let exact = rewrite == Rewrite::None && !["activation missing", "residual dropped"].contains(&fault);
            assert!(!exact || there == names.len(), "{what} was taken for {names:?} ({})", found["value"]);
        }
        assert!(place.join("reproducer.mnn").is_file() && place.join("reference.onnx").is_file());
        tried.push(fault);
    }
    assert!(tried.len() >= 20, "{model}: {tried:?}");
    tried
}

/// Whether a node of an ONNX file comes from this one: some become several.
fn is_part(name: &str, node: &str) -> bool {
    name.strip_prefix(node).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
}

#[test]
fn faults_in_edgeformer() {
    let tried = faults_are_named("edgeformer-xs", 64, 1, Rewrite::Fast);
    assert!(tried.contains(&"wrapped off by one") && tried.contains(&"parts exchanged"));
}

#[test]
fn faults_in_unrewritten_files_are_named_exactly() {
    faults_are_named("edgeformer-xs", 64, 6, Rewrite::None);
    faults_are_named("mobilevit-xxs", 64, 7, Rewrite::None);
}

#[test]
fn faults_in_mobilevit() {
    let tried = faults_are_named("mobilevit-xxs", 64, 2, Rewrite::Fast);
    assert!(tried.contains(&"softmax along another axis"));
}

#[test]
fn faults_in_convnext() {
    let tried = faults_are_named("parc-convnext-xt", 64, 3, Rewrite::Fast);
    assert!(tried.contains(&"tanh in place of erf"));
}

#[test]
fn faults_in_a_detector() {
    faults_are_named("ssd-edgeformer-xs", 96, 4, Rewrite::Fast);
}

#[test]
fn faults_in_a_segmenter() {
    let tried = faults_are_named("deeplabv3-mobilevit-xxs", 64, 5, Rewrite::Fast);
    assert!(tried.contains(&"corners of the interpolation"));
}

/// Every network of the zoo, and some at sizes that fit nothing, converted without a fault.
fn conversions_pass(rewrite: Rewrite) {
    let folder = tempfile::tempdir().unwrap();
    let [reference, candidate, place] =
        ["reference.onnx", "candidate.mnn", "fault"].map(|name| folder.path().join(name));
    let all = edgeconv_zoo::ENTRIES.iter().map(|entry| (entry.name, 64));
    let odd = [("edgeformer-s", 100), ("mobilevit-xs", 72), ("parc-resnet50", 33), ("ssd-mobilevit-xs", 90)];
    let mut count = 0;
    for (number, (model, side)) in all.chain(odd).enumerate() {
        let graph = network(model, side, 100 + number as u64);
        write_reference(&graph, &reference);
        write_candidate(graph, rewrite, &candidate);
        let (code, faults, error) = bisect(&candidate, &reference, &place, rewrite);
        assert!(code == 0 && faults.is_empty() && !place.exists(), "{model} at {side}: {faults:?} {error}");
        count += 1;
    }
    assert!(count >= 25, "{count}");
}

#[test]
fn conversions_without_rewriting_pass() {
    conversions_pass(Rewrite::None);
}

#[test]
fn exact_conversions_pass() {
    conversions_pass(Rewrite::Exact);
}

#[test]
fn fast_conversions_pass() {
    conversions_pass(Rewrite::Fast);
}

#[test]
fn approximate_conversions_pass() {
    conversions_pass(Rewrite::Approximate);
}
