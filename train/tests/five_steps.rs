//! Five steps of AdamW against the official code, of which `scripts/training-golden.py` keeps weights, input and losses.
#![allow(clippy::unwrap_used)] // tests fail by panicking

use std::path::Path;

use edgeconv_test_support::provided;
use edgeconv_train::loss::label_smoothing;
use edgeconv_train::network::{Mode, Network, output};
use edgeconv_train::optim::{Optimizer, ParameterSet, parameter_groups};
use edgeconv_train::recipe::{AdamOptions, OptimOptions, Optimizer as Name};
use edgeconv_zoo::find;
use serde::Deserialize;
use tch::{Device, Kind, Tensor};

#[derive(Deserialize)]
struct Golden {
    losses: Vec<f64>,
    lr: f64,
    weight_decay: f64,
    betas: [f64; 2],
}

/// Trains as the official code did; largest difference of the losses.
fn difference(folder: &Path, model: &str, overrides: &[&str]) -> f64 {
    let golden = std::fs::read(folder.join("losses.json")).unwrap();
    let Golden { losses, lr, weight_decay, betas: [beta1, beta2] } = serde_json::from_slice(&golden).unwrap();
    let entry = find(model).unwrap();
    let options = overrides.iter().fold(entry.options(), |options, text| options.with_override(text).unwrap());
    let mut network = Network::new(entry, options, 0, Device::Cpu).unwrap();
    network.load(&folder.join("weights.pt"), false).unwrap();
    let input = Tensor::read_npy(folder.join("input.npy")).unwrap().to_kind(Kind::Float);
    let labels = Tensor::read_npy(folder.join("labels.npy")).unwrap();
    let options = OptimOptions {
        name: Name::AdamW,
        weight_decay,
        adamw: AdamOptions { beta1, beta2, amsgrad: false },
        ..OptimOptions::default()
    };
    let learned = network.parameters.learned();
    let parameters = learned.map(|parameter| (parameter.name.clone(), parameter.tensor.shallow_clone())).collect();
    let sets = vec![ParameterSet { parameters, lr_multiplier: 1.0 }];
    let mut optimizer = Optimizer::new(&options, parameter_groups(sets, &options));
    let step = |expected: f64| {
        optimizer.zero_grad();
        let outputs = network.forward(&input, Mode::Train).unwrap();
        let loss = label_smoothing(output(&outputs, "logits").unwrap(), &labels, 0.1, -1).unwrap();
        loss.backward();
        optimizer.step(|_| lr);
        let loss = loss.double_value(&[]);
        println!("{model}: {loss} and {expected}");
        (loss - expected).abs()
    };
    losses.into_iter().map(step).fold(0.0, f64::max)
}

#[test]
fn losses_are_those_of_the_official_code() {
    // What scripts/training-golden.py writes, from the official code.
    let Some(folder) = provided("EDGECONV_TRAINING") else { return };
    let no_dropout = |keys: &[&str]| keys.iter().map(|key| format!("model.classification.{key}=0")).collect::<Vec<_>>();
    for (model, keys) in [
        ("edgeformer-s", &["classifier_dropout", "edge.dropout"][..]),
        ("mobilevit-s", &["classifier_dropout", "mit.dropout", "mit.attn_dropout", "mit.ffn_dropout"]),
    ] {
        let overrides = no_dropout(keys);
        let overrides: Vec<_> = overrides.iter().map(String::as_str).collect();
        let difference = difference(&folder.join(model), model, &overrides);
        assert!(difference < 1e-4, "{model}: {difference}");
    }
}
