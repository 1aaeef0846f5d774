//! What rewriting is worth: EdgeFormer as exported by default, without rewriting, and as MNN's own converter makes it, all on
//! the same MNN, one run of each in turn. ONNX Runtime on our ONNX file beside them.
//!
//! `cargo bench -p edgeconv --bench gcc [-- CASE…] [--runs N]`, a case being a model and a size such as `s@256`. Prints a
//! Markdown table. What is missing on this machine is skipped with the reason.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const CASES: [(&str, &str); 5] = [("s", "256"), ("s", "224"), ("s", "320"), ("xs", "256"), ("h", "256")];

fn main() -> Result<()> {
    // Cargo adds --bench.
    let arguments: Vec<_> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let runs_at = arguments.iter().position(|argument| argument == "--runs");
    let runs = runs_at.and_then(|at| arguments.get(at + 1)).cloned().unwrap_or_else(|| "60".into());
    let cases = &arguments[..runs_at.unwrap_or(arguments.len())];
    println!(
        "| model | file | operators | threads | median ms | ratio to the first file | 95 % |\n|---|---|---|---|---|---|---|"
    );
    for (scale, side) in CASES {
        let case = format!("{scale}@{side}");
        if cases.is_empty() || cases.contains(&case) {
            measure(scale, side, &case, &runs)?;
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
    let none = export(&model, side, &["--rewrite", "none"], &folder.path().join("none"))?;
    let ours = export(&model, side, &[], &folder.path().join("ours"))?;
    let stock = folder.path().join("stock.mnn");
    let source = official_onnx(case).unwrap_or_else(|| folder.path().join("none").join(format!("{model}.onnx")));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/stock-convert.sh");
    let converted = Command::new("sh").arg(script).arg(&source).arg(&stock).output()?;

    let file = |part: &str, ending: &str| folder.path().join(part).join(format!("{model}.{ending}"));
    let operators = |report: &Value| report["mnn"]["ops"].to_string();
    let mut candidates = vec![];
    if converted.status.success() {
        candidates.push(Candidate { name: "stock converter", file: stock, operators: "".into() });
    } else {
        println!("skipped: {case} with the stock converter, which is not available: {}", last_line(&converted.stderr));
    }
    candidates.push(Candidate { name: "--rewrite none", file: file("none", "mnn"), operators: operators(&none) });
    candidates.push(Candidate { name: "default", file: file("ours", "mnn"), operators: operators(&ours) });
    candidates.push(Candidate { name: "default, ONNX Runtime", file: file("ours", "onnx"), operators: "".into() });
    let report = match bench(&candidates, runs) {
        Ok(report) => report,
        Err(error) => {
            println!("skipped: {case} with ONNX Runtime: {error}");
            candidates.pop();
            bench(&candidates, runs)?
        }
    };
    print(case, &candidates, &report);
    Ok(())
}

/// Exports a model, with the official checkpoint where there is one; returns the report.
fn export(model: &str, side: &str, more: &[&str], folder: &Path) -> Result<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_edgeconv"));
    command.args(["export", model, "--size", side, "--json", "-o"]).arg(folder).args(more);
    if let Some(checkpoint) = golden("edgeformer_s.pt").filter(|_| model == "edgeformer-s") {
        command.arg("--weights").arg(checkpoint);
    }
    let output = command.output()?;
    if !output.status.success() {
        return Err(format!("{model}: {}", last_line(&output.stderr)).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// PyTorch's own export of that case, if it is here.
fn official_onnx(case: &str) -> Option<PathBuf> {
    golden("onnx/edgeformer_s_torch_legacy_opset12_static.onnx").filter(|_| case == "s@256")
}

fn golden(file: &str) -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/golden");
    let path = std::env::var_os("EDGECONV_GOLDEN").map_or(default, PathBuf::from).join(file);
    path.is_file().then_some(path)
}

fn bench(candidates: &[Candidate], runs: &str) -> Result<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_edgeconv"));
    command.args(["bench", "--json", "--threads", "1,2", "--runs", runs]);
    let output = command.args(candidates.iter().map(|candidate| &candidate.file)).output()?;
    if !output.status.success() {
        return Err(last_line(&output.stderr).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn print(case: &str, candidates: &[Candidate], report: &Value) {
    let list = |key: &str| report[key].as_array().cloned().unwrap_or_default();
    let number = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
    for (index, file) in list("files").iter().enumerate() {
        let candidate = &candidates[index % candidates.len()];
        let same = |ratio: &&Value| ratio["a"] == file["file"] && ratio["threads"] == file["threads"];
        let (ratio, interval) = match list("ratios").iter().find(same) {
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

fn last_line(text: &[u8]) -> String {
    String::from_utf8_lossy(text).lines().last().unwrap_or("no message").to_owned()
}
