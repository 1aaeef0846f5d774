//! Gradients of all parameters against finite differences, in 64-bit floats.
#![allow(clippy::unwrap_used)] // tests fail by panicking

use std::sync::{Mutex, PoisonError};

use edgeconv_train::network::{Mode, Network};
use edgeconv_zoo::find;
use tch::{Device, Kind, Tensor, no_grad};

/// Step along a direction of length 1.
const STEP: f64 = 1e-7;

/// All threads of a process draw from the same random numbers.
static ALONE: Mutex<()> = Mutex::new(());

/// Some function of all outputs, in training: with dropouts, the same ones in every call.
fn value(network: &Network, input: &Tensor) -> Tensor {
    tch::manual_seed(7);
    let outputs = network.forward(input, Mode::Train).unwrap();
    tch::manual_seed(8);
    let parts = outputs.iter().map(|(_, output)| (output * output.randn_like()).mean(Kind::Double));
    parts.reduce(|a, b| a + b).unwrap()
}

/// How many groups the parameters are dealt out to; those of a group are moved together.
const GROUPS: usize = 6;

/// Compares the derivative along a random direction, for each group of parameters: each parameter has a part of it of length 1.
fn check(model: &str, overrides: &[&str], (batch, height, width): (i64, i64, i64)) {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let entry = find(model).unwrap();
    let options = overrides.iter().fold(entry.options(), |options, text| options.with_override(text).unwrap());
    let mut network = Network::new(entry, options, 3, Device::Cpu).unwrap();
    network.parameters.set_kind(Kind::Double);
    tch::manual_seed(9);
    let input = Tensor::rand([batch, 3, height, width], (Kind::Double, Device::Cpu));
    value(&network, &input).backward();
    let parameters: Vec<_> = network.parameters.learned().collect();
    assert!(parameters.len() > 100);
    for group in 0..GROUPS {
        let group: Vec<_> = parameters.iter().skip(group).step_by(GROUPS).collect();
        let (mut directions, mut found, mut scale) = (vec![], 0.0, 0f64);
        for parameter in &group {
            let gradient = parameter.tensor.grad();
            assert!(gradient.defined(), "`{}` has no gradient", parameter.name);
            tch::manual_seed(directions.len() as i64);
            let direction = no_grad(|| gradient.randn_like());
            let direction = no_grad(|| &direction / direction.norm());
            found += (&gradient * &direction).sum(Kind::Double).double_value(&[]);
            scale = scale.max(gradient.norm().double_value(&[]));
            directions.push(direction);
        }
        let moved = |by: f64| {
            no_grad(|| {
                for (parameter, direction) in group.iter().zip(&directions) {
                    let _ = parameter.tensor.shallow_clone().g_add_(&(direction * by));
                }
                value(&network, &input).double_value(&[])
            })
        };
        let (after, before) = (moved(STEP), moved(-2.0 * STEP));
        moved(STEP);
        let expected = (after - before) / (2.0 * STEP);
        let names: Vec<_> = group.iter().map(|parameter| &parameter.name).collect();
        assert!((found - expected).abs() < 1e-4 * scale, "{found} instead of {expected}, one of {names:?}");
    }
}

#[test]
fn edgeformer_with_interpolated_kernels() {
    check("edgeformer-xs", &["model.classification.n_classes=5"], (2, 48, 40));
}

#[test]
fn edgeformer_with_dynamic_kernels() {
    let overrides = ["model.classification.n_classes=5", "model.classification.edge.kernel=gcc_dk_ca"];
    check("edgeformer-xs", &overrides, (2, 40, 48));
}

#[test]
fn mobilevit() {
    check("mobilevit-xxs", &["model.classification.n_classes=5"], (2, 48, 40));
}

#[test]
fn convnext_with_drop_path() {
    let overrides = ["model.classification.n_classes=5", "model.classification.drop_path_rate=0.3"];
    check("parc-convnext-xt", &overrides, (3, 32, 64));
}

#[test]
fn detector() {
    check("ssd-mobilevit-xxs", &["model.detection.n_classes=3"], (2, 64, 64));
}

#[test]
fn segmenter_with_an_auxiliary_head() {
    let overrides = ["model.segmentation.n_classes=3", "model.segmentation.use_aux_head=true"];
    check("deeplabv3-edgeformer-xs", &overrides, (2, 32, 48));
}
