//! All networks of the zoo against the outputs of the official code: `official/outputs.json`, which scripts/official-outputs.py made.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking

mod mnn;
mod rten;

use std::collections::BTreeMap;

use edgeconv_converter::Conversion;
use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::target::{Mnn, Onnx};
use edgeconv_graph::{Graph, Tensor, ValueKind};
use edgeconv_zoo::{ENTRIES, build};
use itertools::Itertools;
use serde::Deserialize;

/// What the official code computed for one network.
#[derive(Deserialize)]
struct Official {
    /// Height and width of the input.
    side: usize,
    outputs: BTreeMap<String, Output>,
}

/// Every `step`-th number of an output.
#[derive(Deserialize)]
struct Output {
    shape: Vec<usize>,
    step: usize,
    values: Vec<f32>,
}

/// Numbers in [−1, 1) that depend on nothing but the name and the place; the script has the same.
fn numbers(name: &str, shape: &[usize]) -> Vec<f32> {
    let seed = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let number = |index: u32| {
        let x = index.wrapping_mul(0x9e37_79b9).wrapping_add(seed);
        let x = (x ^ (x >> 16)).wrapping_mul(0x85eb_ca6b);
        let x = (x ^ (x >> 13)).wrapping_mul(0xc2b2_ae35);
        ((x ^ (x >> 16)) >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..shape.iter().product::<usize>() as u32).map(number).collect()
}

/// Matrices and kernels keep the size of what they are applied to; norms scale and move a little.
fn weight(name: &str, shape: &[usize]) -> Tensor {
    let moves = name.ends_with("bias") || name.ends_with("running_mean");
    let (base, scale) = match shape {
        [_, rest @ ..] if !rest.is_empty() => (0.0, (3.0 / rest.iter().product::<usize>() as f32).sqrt()),
        _ if moves => (0.0, 0.2),
        _ => (1.0, 0.2),
    };
    Tensor::f32(shape, numbers(name, shape).into_iter().map(|number| base + scale * number).collect()).unwrap()
}

fn compare(what: &str, found: &[Tensor], graph: &Graph, official: &Official) {
    assert_eq!(found.len(), official.outputs.len(), "{what}");
    for (tensor, output) in found.iter().zip_eq(graph.outputs()) {
        let expected = &official.outputs[&output.name];
        assert_eq!(tensor.shape(), expected.shape, "{what}: `{}`", output.name);
        let largest = expected.values.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
        let kept = tensor.as_f32().unwrap().iter().step_by(expected.step);
        for (index, (&found, &expected)) in kept.zip_eq(&expected.values).enumerate() {
            let error = (found - expected).abs();
            // Also where `found` is not a number.
            assert!(error <= 2e-5 * largest, "{what}: `{}`, {index}: {found} instead of {expected}", output.name);
        }
    }
}

fn check(name: &str) {
    let all: BTreeMap<String, Official> = serde_json::from_str(include_str!("official/outputs.json")).unwrap();
    let official = &all[name];
    let entry = ENTRIES.iter().find(|entry| entry.name == name).unwrap();
    let side = official.side;
    let mut graph = build(entry, &entry.options(), 1, (side, side)).unwrap();
    graph.fill_parameters(|value| Some(weight(&value.name, &value.ty.shape))).unwrap();
    assert!(!graph.values().any(|(_, value)| value.kind == ValueKind::Parameter(None)), "{name}");
    let shape = [1, 3, side, side];
    let picture = Tensor::f32(shape, numbers("picture", &shape)).unwrap();
    for rewrite in [Rewrite::None, Rewrite::Fast] {
        let rewritten = Conversion::of(graph.clone()).rewrite(&rewrite.into()).unwrap();
        let onnx = rewritten.to(&Onnx::default()).unwrap();
        let mnn = rewritten.to(&Mnn::default()).unwrap();
        let inputs = std::slice::from_ref(&picture);
        compare(&format!("{name}.onnx, {rewrite:?}"), &rten::run(onnx.bytes(), inputs), &graph, official);
        let hints = mnn.report().session.hints;
        compare(
            &format!("{name}.mnn, {rewrite:?}"),
            &mnn::run_file(mnn.bytes(), &graph, inputs, hints),
            &graph,
            official,
        );
    }
}

macro_rules! networks {
    ($($test:ident: $name:literal),+ $(,)?) => {
        $(#[test] fn $test() { check($name); })+

        #[test]
        fn no_network_is_left_out() {
            assert_eq!(ENTRIES.iter().map(|entry| entry.name).collect::<Vec<_>>(), [$($name),+]);
        }
    };
}

networks! {
    edgeformer_xs: "edgeformer-xs",
    edgeformer_s: "edgeformer-s",
    edgeformer_h: "edgeformer-h",
    mobilevit_xxs: "mobilevit-xxs",
    mobilevit_xs: "mobilevit-xs",
    mobilevit_s: "mobilevit-s",
    ssd_edgeformer_xs: "ssd-edgeformer-xs",
    ssd_edgeformer_s: "ssd-edgeformer-s",
    ssd_edgeformer_h: "ssd-edgeformer-h",
    ssd_mobilevit_xxs: "ssd-mobilevit-xxs",
    ssd_mobilevit_xs: "ssd-mobilevit-xs",
    ssd_mobilevit_s: "ssd-mobilevit-s",
    deeplabv3_edgeformer_xs: "deeplabv3-edgeformer-xs",
    deeplabv3_edgeformer_s: "deeplabv3-edgeformer-s",
    deeplabv3_edgeformer_h: "deeplabv3-edgeformer-h",
    deeplabv3_mobilevit_xxs: "deeplabv3-mobilevit-xxs",
    deeplabv3_mobilevit_xs: "deeplabv3-mobilevit-xs",
    deeplabv3_mobilevit_s: "deeplabv3-mobilevit-s",
    parc_convnext_xt: "parc-convnext-xt",
    convnext_xt: "convnext-xt",
    parc_mobilenetv2: "parc-mobilenetv2",
    mobilenetv2: "mobilenetv2",
    parc_resnet50: "parc-resnet50",
    resnet50: "resnet50",
}
