//! `edgeconv inspect`, `diff` and `operators`.
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use support::{run, text};

fn json(arguments: &[&str]) -> serde_json::Value {
    let (code, out, error) = run(arguments);
    assert_eq!(code, 0, "{error}");
    serde_json::from_str(&out).unwrap()
}

#[test]
fn files_are_inspected_and_compared() {
    let folder = tempfile::tempdir().unwrap();
    let out = text(folder.path());
    let (code, _, error) = run(&["export", "edgeformer-xs", "--size", "64", "-o", out, "--no-check", "--quiet"]);
    assert_eq!(code, 0, "{error}");
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (onnx, mnn, page) = (file("edgeformer-xs.onnx"), file("edgeformer-xs.mnn"), file("page.html"));

    let shown = json(&["inspect", &onnx, "--json", "--html", &page]);
    assert_eq!(shown["inputs"][0]["type"], "f32[1, 3, 64, 64]");
    assert_eq!(shown["outputs"][0]["name"], "logits");
    assert!(shown["costs"]["macs"].as_u64().unwrap() > 10_000_000);
    // The largest maps: the stem's convolution and its SiLU.
    assert!(shown["costs"]["peak_value_bytes"].as_u64().unwrap() >= 2 * 4 * 16 * 32 * 32);
    let operators = shown["operators"].as_array().unwrap();
    let html = std::fs::read_to_string(&page).unwrap();
    assert!(operators.iter().all(|operator| html.contains(operator["op"].as_str().unwrap())));
    assert!(!html.contains("http"), "the page needs other files");

    let shown = json(&["inspect", &mnn, "--json"]);
    assert_eq!(shown["inputs"][0]["type"], "f32[1, 3, 64, 64]");
    let convolution = shown["operators"].as_array().unwrap().iter().find(|operator| operator["op"] == "Convolution");
    assert_eq!(convolution.unwrap()["attributes"]["strides"], "[2, 2]");
    assert!(shown["weight_bytes"].as_u64().unwrap() > 4_000_000);

    let same = json(&["diff", &mnn, &mnn, "--json"]);
    assert_eq!(same["changes"], serde_json::json!([]));
    assert_eq!(same["same"], shown["operators"].as_array().unwrap().len());
    let changed = json(&["diff", &onnx, &mnn, "--json", "--html", &page]);
    assert_eq!(changed["histogram"]["ConvTranspose"], serde_json::Value::Null);
    assert_eq!(changed["histogram"]["Convolution"][0], 0);
    assert!(std::fs::read_to_string(&page).unwrap().contains("class=\"added\""));
}

#[test]
fn what_is_no_model_is_misuse() {
    let folder = tempfile::tempdir().unwrap();
    for (name, reason) in [
        ("model.onnx", "is not an ONNX model"),
        ("model.mnn", "not an MNN model"),
        ("model.pt", "model.pt"),
        ("model.txt", "expected a name that ends in"),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, "something else").unwrap();
        let (code, _, error) = run(&["inspect", text(&file)]);
        assert_eq!(code, 2, "{error}");
        assert!(error.contains(reason), "{error}");
        let (code, _, _) = run(&["diff", text(&file), text(&file)]);
        assert_eq!(code, 2);
    }
}

#[test]
fn the_list_of_operators_is_up_to_date() {
    let (code, expected, error) = run(&["operators", "--markdown"]);
    assert_eq!(code, 0, "{error}");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/generated/supported-onnx-operators.md");
    let found = std::fs::read_to_string(path).unwrap();
    assert!(
        found == expected,
        "write it again: edgeconv operators --markdown > docs/generated/supported-onnx-operators.md"
    );
}
