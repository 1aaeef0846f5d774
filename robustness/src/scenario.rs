//! What suites disturb: commands as people run them, in a [`Place`](crate::place::Place) with a model.

/// A command.
pub struct Scenario {
    /// How reports call it.
    pub name: &'static str,
    /// Its arguments.
    pub arguments: &'static [&'static str],
    /// The file that it reads, if it reads one.
    pub input: Option<&'static str>,
    /// What it writes into the folder `out`.
    pub results: &'static [&'static str],
    /// Whether it runs the model.
    pub runs: bool,
}

/// Commands that write results.
pub const WRITING: [Scenario; 6] = [
    Scenario {
        name: "export",
        arguments: &["export", "edgeformer-xs", "--size", "32", "--seed", "2", "-o", "out"],
        input: None,
        results: &["edgeformer-xs.mnn", "edgeformer-xs.onnx", "edgeformer-xs.report.json"],
        runs: true,
    },
    Scenario {
        name: "convert",
        arguments: &["convert", "given/edgeformer-xs.onnx", "-o", "out/converted.mnn"],
        input: Some("given/edgeformer-xs.onnx"),
        results: &["converted.mnn"],
        runs: true,
    },
    Scenario {
        name: "quantize",
        arguments: &["quantize", "given/edgeformer-xs.mnn", "--store", "int8", "-o", "out/quantized.mnn"],
        input: Some("given/edgeformer-xs.mnn"),
        results: &["quantized.mnn"],
        runs: true,
    },
    Scenario {
        name: "check",
        arguments: &[
            "check",
            "given/edgeformer-xs.mnn",
            "--against",
            "given/edgeformer-xs.onnx",
            "--save-golden",
            "out/golden",
            "--html",
            "out/check.html",
        ],
        input: Some("given/edgeformer-xs.mnn"),
        results: &["check.html", "golden"],
        runs: true,
    },
    Scenario {
        name: "bench",
        arguments: &["bench", "given/edgeformer-xs.mnn", "--runs", "30", "--processes", "2", "--csv", "out/bench.csv"],
        input: Some("given/edgeformer-xs.mnn"),
        results: &["bench.csv"],
        runs: true,
    },
    Scenario {
        name: "run",
        arguments: &["run", "given/edgeformer-xs.mnn", "--input", "given/input.npy", "-o", "out/results"],
        input: Some("given/input.npy"),
        results: &["results"],
        runs: true,
    },
];

/// Commands that print.
pub const PRINTING: [Scenario; 3] = [
    Scenario {
        name: "inspect",
        arguments: &["inspect", "given/edgeformer-xs.onnx"],
        input: Some("given/edgeformer-xs.onnx"),
        results: &[],
        runs: false,
    },
    Scenario {
        name: "diff",
        arguments: &["diff", "given/edgeformer-xs.mnn", "given/edgeformer-xs.onnx"],
        input: Some("given/edgeformer-xs.mnn"),
        results: &[],
        runs: false,
    },
    Scenario { name: "models", arguments: &["models"], input: None, results: &[], runs: false },
];

/// Names of all results.
pub fn results() -> Vec<&'static str> {
    WRITING.iter().flat_map(|scenario| scenario.results).copied().collect()
}
