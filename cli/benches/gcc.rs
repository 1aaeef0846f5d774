//! What rewriting is worth: EdgeFormer as exported by default, without rewriting, and as MNN's own converter makes it, all on
//! the same MNN, one run of each in turn. ONNX Runtime on our ONNX file beside them.
//!
//! `cargo bench -p edgeconv --bench gcc [-- CASE…] [--runs N]`, a case being a model and a size such as `s@256`. Prints a
//! Markdown table. What is missing on this machine is skipped with the reason.

mod support;

use std::path::PathBuf;

use serde_json::Value;
use support::{Arguments, Result, bench, export, golden, list, number, stock_convert};

const CASES: [(&str, &str); 5] = [("s", "256"), ("s", "224"), ("s", "320"), ("xs", "256"), ("h", "256")];

fn main() -> Result<()> {
    let arguments = Arguments::parse("60");
    println!(
        "| model | file | operators | threads | median ms | ratio to the first file | 95 % |\n|---|---|---|---|---|---|---|"
    );
    for (scale, side) in CASES {
        let case = format!("{scale}@{side}");
        if arguments.wants(&case) {
            measure(scale, side, &case, &arguments.runs)?;
        }
    }
    Ok(())
}

/// One file to measure.
struct Candidate {
    name: &'static str,
    file: PathBuf,
    operators: String,
}

fn measure(scale: &str, side: &str, case: &str, runs: &str) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let model = format!("edgeformer-{scale}");
    let none = export(&model, &["--size", side, "--rewrite", "none"], &folder.path().join("none"))?;
    let ours = export(&model, &["--size", side], &folder.path().join("ours"))?;
    let stock = folder.path().join("stock.mnn");
    let file = |part: &str, ending: &str| folder.path().join(part).join(format!("{model}.{ending}"));
    let source = official_onnx(case).unwrap_or_else(|| file("none", "onnx"));

    let operators = |report: &Value| report["mnn"]["ops"].to_string();
    let mut candidates = vec![];
    match stock_convert(&source, &stock) {
        Ok(()) => candidates.push(Candidate { name: "stock converter", file: stock, operators: String::new() }),
        Err(error) => println!("not measured: {case} with the stock converter, which is not available: {error}"),
    }
    candidates.push(Candidate { name: "--rewrite none", file: file("none", "mnn"), operators: operators(&none) });
    candidates.push(Candidate { name: "default", file: file("ours", "mnn"), operators: operators(&ours) });
    candidates.push(Candidate { name: "default, ONNX Runtime", file: file("ours", "onnx"), operators: String::new() });
    let files: Vec<_> = candidates.iter().map(|candidate| candidate.file.as_path()).collect();
    let report = match bench(&files, runs) {
        Ok(report) => report,
        Err(error) => {
            println!("not measured: {case} with ONNX Runtime: {error}");
            let report = bench(&files[..files.len() - 1], runs)?;
            candidates.pop();
            report
        }
    };
    print(case, &candidates, &report);
    Ok(())
}

/// PyTorch's own export of that case, if it is here.
fn official_onnx(case: &str) -> Option<PathBuf> {
    golden("onnx/edgeformer_s_torch_legacy_opset12_static.onnx").filter(|_| case == "s@256")
}

fn print(case: &str, candidates: &[Candidate], report: &Value) {
    for (index, file) in list(report, "files").iter().enumerate() {
        let candidate = &candidates[index % candidates.len()];
        let same = |ratio: &&Value| ratio["a"] == file["file"] && ratio["threads"] == file["threads"];
        let (ratio, interval) = match list(report, "ratios").iter().find(same) {
            Some(ratio) => (
                format!("{:.3}", number(&ratio["median"])),
                format!("{:.3}–{:.3}", number(&ratio["low"]), number(&ratio["high"])),
            ),
            None => ("1".into(), String::new()),
        };
        let (name, operators, threads) = (candidate.name, &candidate.operators, &file["threads"]);
        println!(
            "| {case} | {name} | {operators} | {threads} | {:.1} | {ratio} | {interval} |",
            number(&file["median_ms"])
        );
    }
}
