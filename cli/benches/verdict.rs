//! Whether `edgeconv bench` tells equal files from such that are 5 % slower: verdicts of 20 calls on each, at default settings.
//!
//! To be kept: equal files show no difference in 20 of 20 calls, one with a 21st convolution beside 20 is slower in at least 19.
//! `cargo bench -p edgeconv --bench verdict [-- CALLS]`.

use std::path::Path;
use std::process::Command;

use edgeconv_converter::target::mnn;
use edgeconv_graph::op::Conv;
use edgeconv_graph::{Builder, Graph, GraphError};
use edgeconv_validate::input::random;

/// So many convolutions of 72 million multiply-accumulates each.
fn convolutions(count: usize) -> Result<Graph, GraphError> {
    let mut b = Builder::new("convolutions");
    let mut x = b.input("input", [1, 64, 48, 48])?;
    for index in 0..count {
        let kernel = b.constant(&format!("kernel{index}"), random(&[64, 64, 3, 3], index as u64))?;
        x = b.node(&format!("conv{index}"), Conv { pads: vec![1; 4], ..Conv::pointwise() }, &[x, kernel])?;
    }
    b.output("output", x);
    Ok(b.finish())
}

/// What one call says of the second file: its verdict, and the ratio with its interval.
fn call(a: &Path, b: &Path) -> Result<(String, String), Box<dyn std::error::Error>> {
    let output = Command::new(env!("CARGO_BIN_EXE_edgeconv")).arg("bench").args([a, b]).arg("--json").output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let ratio = &report["ratios"][0];
    let number = |key: &str| ratio[key].as_f64().unwrap_or(f64::NAN);
    let interval = format!("{:.3} ({:.3} to {:.3})", number("median"), number("low"), number("high"));
    Ok((ratio["verdict"].as_str().unwrap_or_default().to_owned(), interval))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Cargo adds --bench.
    let calls = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(20);
    let folder = tempfile::tempdir()?;
    let [a, same, slower] = ["a.mnn", "same.mnn", "slower.mnn"].map(|name| folder.path().join(name));
    for (count, path) in [(20, &a), (20, &same), (21, &slower)] {
        std::fs::write(path, mnn::export(&convolutions(count)?)?)?;
    }
    for (name, file, expected) in [("equal files", &same, "none_shown"), ("5 % slower", &slower, "slower")] {
        let mut right = 0;
        for _ in 0..calls {
            let (verdict, interval) = call(&a, file)?;
            right += usize::from(verdict == expected);
            println!("{name}: {verdict}, {interval}");
        }
        println!("{name}: {expected} in {right} of {calls} calls");
    }
    Ok(())
}
