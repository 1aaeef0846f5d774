//! `action.yml`: what it runs is what a job would run.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use edgeconv_converter::target::{self, mnn};
use edgeconv_graph::op::Unary;
use edgeconv_graph::{Builder, Graph};
use edgeconv_test_support::outcome;
use support::text;

fn network(op: Unary) -> Graph {
    let mut b = Builder::new("network");
    let x = b.input("image", [1, 2, 4, 4]).unwrap();
    let y = b.node("act", op, &[x]).unwrap();
    b.output("maps", y);
    b.finish()
}

/// The script of the step that checks, as the runner would hand it to bash.
fn script() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../action.yml");
    let action: serde_json::Value = serde_saphyr::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let steps = action["runs"]["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["name"] == "Check").unwrap();
    // Every variable comes from an input that the action declares.
    for value in step["env"].as_object().unwrap().values() {
        let name = value.as_str().unwrap().trim_start_matches("${{ inputs.").trim_end_matches(" }}");
        assert!(action["inputs"].get(name).is_some(), "{name}");
    }
    step["run"].as_str().unwrap().to_owned()
}

#[test]
fn the_check_step_reports_and_fails_as_the_check_does() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(
        path("reference.onnx"),
        target::onnx::export(&network(Unary::Silu), target::onnx::DEFAULT_OPSET).unwrap(),
    )
    .unwrap();
    fs::write(path("good.mnn"), mnn::export(&network(Unary::Silu)).unwrap()).unwrap();
    fs::write(path("wrong.mnn"), mnn::export(&network(Unary::HardSwish)).unwrap()).unwrap();
    let programs = Path::new(env!("CARGO_BIN_EXE_edgeconv")).parent().unwrap();
    let search = format!("{}:{}", text(programs), std::env::var("PATH").unwrap());
    // A check that could not be made is no success.
    assert!(script().contains(" --require-check "));
    for (model, expected) in [("good.mnn", 0), ("wrong.mnn", 1)] {
        let output = Command::new("bash")
            .args(["-e", "-c", &script()])
            .current_dir(folder.path())
            .env("PATH", &search)
            .env("GITHUB_STEP_SUMMARY", path("summary.md"))
            .envs([("CANDIDATE", model), ("AGAINST", "reference.onnx"), ("WATCH_DRIFT", "")])
            .envs([("ARGUMENTS", "--layers=isolated --seed 3"), ("REPORT", "report")])
            .output()
            .unwrap();
        let (code, _, error) = outcome(output);
        assert_eq!(code, expected, "{error}");
        assert_eq!(error.contains("::error file=wrong.mnn"), expected == 1, "{error}");
        for name in ["report/check.xml", "report/check.html", "report/check.md", "summary.md"] {
            assert!(path(name).is_file(), "{name}");
        }
    }
}
