//! Every model of the zoo at its published size: how far the exported files are from the original network, how many operators
//! MNN runs, and how long that takes in terms of the file that MNN's own converter makes of the unrewritten ONNX file, on the
//! same MNN, one run of each in turn.
//!
//! `cargo bench -p edgeconv --bench models [-- MODEL…] [--runs N]`. Prints a Markdown table.

mod support;

use serde_json::Value;
use support::{Arguments, Result, bench, export, list, number, stock_convert};

fn main() -> Result<()> {
    let arguments = Arguments::parse("40");
    println!("| model | input | ONNX: error / largest output | MNN: likewise | MNN operators | 1 thread | 2 threads |");
    println!("|---|---|---|---|---|---|---|");
    for entry in edgeconv_zoo::ENTRIES.iter().filter(|entry| arguments.wants(entry.name)) {
        measure(entry.name, &arguments.runs)?;
    }
    Ok(())
}

fn measure(model: &str, runs: &str) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let [none, ours] = ["none", "ours"].map(|part| folder.path().join(part));
    export(model, &["--rewrite", "none", "--no-check", "--format", "onnx"], &none)?;
    let report = export(model, &[], &ours)?;
    let stock = folder.path().join("stock.mnn");
    let ratios = match stock_convert(&none.join(format!("{model}.onnx")), &stock) {
        Ok(()) => {
            let times = bench(&[&stock, &ours.join(format!("{model}.mnn"))], runs)?;
            list(&times, "ratios").iter().map(ratio).collect::<Vec<_>>().join(" | ")
        }
        Err(error) => {
            println!("not measured: times of {model}, since the stock converter is not available: {error}");
            "– | –".into()
        }
    };
    let shape = list(&report["input"], "shape");
    let (height, width) = (&shape[2], &shape[3]);
    let (onnx, mnn, operators) = (error(&report, "rten"), error(&report, "mnn"), &report["mnn"]["ops"]);
    println!("| {model} | {height}×{width} | {onnx:.1e} | {mnn:.1e} | {operators} | {ratios} |");
    Ok(())
}

/// The largest error of any output, relative to that output's largest element.
fn error(report: &Value, engine: &str) -> f64 {
    let rows = list(report, "parity").iter().filter(|row| row["engine"] == engine);
    rows.map(|row| number(&row["max_abs"]) / number(&row["max_expected"])).fold(0.0, f64::max)
}

fn ratio(ratio: &Value) -> String {
    format!("{:.2} ({:.2}–{:.2})", number(&ratio["median"]), number(&ratio["low"]), number(&ratio["high"]))
}
