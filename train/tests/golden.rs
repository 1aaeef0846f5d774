//! Forward passes against the official implementation.
#![allow(clippy::unwrap_used)] // tests fail by panicking

use std::path::Path;

use edgeconv_test_support::golden;
use edgeconv_train::network::{Mode, Network, output};
use edgeconv_zoo::find;
use tch::{Device, Tensor, no_grad};

/// A file of NumPy with floats.
fn npy(path: &Path) -> Tensor {
    Tensor::read_npy(path).unwrap().to_kind(tch::Kind::Float)
}

/// How far the outputs of a model are from files, which are named by output; those inside by value.
fn errors(model: &str, overrides: &[&str], weights: &str, input: &str, expected: &[(&str, &str)]) -> Vec<f64> {
    let Some(golden) = golden("") else { return vec![] };
    let entry = find(model).unwrap();
    let options = overrides.iter().fold(entry.options(), |options, text| options.with_override(text).unwrap());
    let mut network = Network::new(entry, options, 0, Device::Cpu).unwrap();
    network.load(&golden.join(weights), false).unwrap();
    let mut inside = vec![];
    let outputs = no_grad(|| {
        network.forward_inside(&npy(&golden.join(input)), Mode::Eval, |name, tensor| {
            inside.push((name.to_owned(), tensor.shallow_clone()));
            Ok(())
        })
    });
    let outputs = [outputs.unwrap(), inside].into_iter().flatten().collect();
    let error = |(name, file): &(&str, &str)| {
        let difference = output(&outputs, name).unwrap() - npy(&golden.join(file));
        difference.abs().max().double_value(&[])
    };
    expected.iter().map(error).collect()
}

fn expect_equal(errors: &[f64]) {
    assert!(errors.iter().all(|&error| error < 1e-4), "{errors:?}");
}

#[test]
fn edgeformer_s_at_three_sizes() {
    for size in [224, 256, 320] {
        let file = |name: &str| format!("edgeformer_s_{size}_{name}.npy");
        let stages = ["layer_3", "layer_4", "layer_5"].map(|stage| file(&format!("feat_{stage}")));
        let value = |stage: &str| format!("{stage}.1.local_global_fusion.block.act");
        let values = ["layer_3", "layer_4", "layer_5"].map(value);
        let mut expected: Vec<_> = values.iter().zip(&stages).map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let logits = file("output");
        expected.push(("logits", &logits));
        expect_equal(&errors("edgeformer-s", &[], "edgeformer_s.pt", &file("input"), &expected));
    }
}

#[test]
fn mobilevit_s() {
    let expected = [("logits", "mobilevit_s_256_output.npy")];
    expect_equal(&errors("mobilevit-s", &[], "mobilevit_s.pt", "mobilevit_s_256_input.npy", &expected));
}

#[test]
fn ssd_on_edgeformer_s() {
    let expected = ["confidences", "locations"].map(|name| (name, format!("ssd_edgeformer_s_320_{name}.npy")));
    let expected: Vec<_> = expected.iter().map(|(name, file)| (*name, file.as_str())).collect();
    let (weights, input) = ("ssd_edgeformer_s.pt", "ssd_edgeformer_s_320_input.npy");
    expect_equal(&errors("ssd-edgeformer-s", &[], weights, input, &expected));
}

#[test]
fn deeplabv3_on_edgeformer_s() {
    let expected = [("logits", "deeplabv3_edgeformer_s_256_output.npy")];
    let (weights, input) = ("deeplabv3_edgeformer_s.pt", "deeplabv3_edgeformer_s_256_input.npy");
    expect_equal(&errors("deeplabv3-edgeformer-s", &[], weights, input, &expected));
}

#[test]
fn parc_convnext_xt() {
    let (weights, input) = ("parc_convnext_xt/parc_convnext_xt.pt", "parc_convnext_xt/input.npy");
    expect_equal(&errors("parc-convnext-xt", &[], weights, input, &[("logits", "parc_convnext_xt/logits.npy")]));
}
