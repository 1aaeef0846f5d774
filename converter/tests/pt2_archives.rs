//! Archives that PyTorch wrote (`scripts/pt2-archives.py`), against its outputs.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

mod mnn;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use edgeconv_converter::Conversion;
use edgeconv_converter::source::Interface;
use edgeconv_graph::Tensor;
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pt2")
}

/// Tensors of the JSON beside an archive: integers and truths as floats.
fn tensors(value: &Value) -> Vec<Tensor> {
    let tensor = |value: &Value| {
        let shape: Vec<_> =
            value["shape"].as_array().unwrap().iter().map(|size| size.as_u64().unwrap() as usize).collect();
        let values: Vec<_> =
            value["values"].as_array().unwrap().iter().map(|value| value.as_f64().unwrap() as f32).collect();
        Tensor::f32(shape, values).unwrap()
    };
    value.as_array().unwrap().iter().map(tensor).collect()
}

/// The largest difference between what an archive computes in MNN and PyTorch's outputs, as a share of the largest element.
fn difference(name: &str) -> f64 {
    let json = std::fs::read_to_string(folder().join(format!("{name}.json"))).unwrap();
    let json: Value = serde_json::from_str(&json).unwrap();
    let (inputs, expected) = (tensors(&json["inputs"]), tensors(&json["outputs"]));
    let opened = Conversion::open(folder().join(format!("{name}.pt2"))).unwrap();
    let names = opened.input_names().unwrap();
    let shapes = names.into_iter().zip(inputs.iter().map(|input| input.shape().to_vec())).collect();
    let conversion = opened.fix(&Interface { shapes, ..Interface::default() }).unwrap();
    let found = mnn::run(conversion.graph(), &inputs);
    assert_eq!(found.len(), expected.len(), "{name}");
    let share = |(found, expected): (&Tensor, &Tensor)| {
        assert_eq!(found.shape(), expected.shape(), "{name}");
        let most = expected.numbers().map(f64::abs).fold(1e-9, f64::max);
        found
            .numbers()
            .zip(expected.numbers())
            .map(|(found, expected)| (found - expected).abs() / most)
            .fold(0.0, f64::max)
    };
    found.iter().zip(&expected).map(share).fold(0.0, f64::max)
}

#[test]
fn archives_compute_what_pytorch_computes() {
    let files = std::fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path());
    let names: BTreeSet<_> = files.map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    assert!(names.len() > 12, "{names:?}");
    let mut failed = vec![];
    for name in &names {
        // Where PyTorch itself computes in 16 bits, it rounds to these.
        let bound = if name == "half" { 2e-2 } else { 1e-5 };
        match std::panic::catch_unwind(|| difference(name)) {
            Ok(difference) if difference <= bound => println!("{name}: {difference:e}"),
            Ok(difference) => failed.push(format!("{name} differs by {difference:e}")),
            Err(_) => failed.push(format!("{name} panicked")),
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

/// A kernel that follows from the height makes a guard: these heights have the same one. The width is as open as the program says.
#[test]
fn what_is_open_is_what_the_program_holds_for() {
    let shapes = Conversion::open(folder().join("rows.pt2")).unwrap().shapes().unwrap();
    let dims = shapes.0.values().next().unwrap().iter().map(ToString::to_string).collect::<Vec<_>>();
    assert!(dims[2].ends_with(":12..14") && dims[3].ends_with(":8.."), "{dims:?}");
}
