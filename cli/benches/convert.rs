//! Wall time and peak memory of `edgeconv convert` for an ONNX file of about 100 MB.
//!
//! `cargo bench -p edgeconv --bench convert [-- MODEL.onnx]`; a ResNet-50 of ours if no file is given. Linux only: memory is read
//! from /proc.

mod support;

use std::path::PathBuf;
use std::process::Command;

use support::{Measured, measure};

const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    if !cfg!(target_os = "linux") {
        println!("not measured: memory is read from /proc, which this system lacks");
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let edgeconv = || Command::new(env!("CARGO_BIN_EXE_edgeconv"));
    // Cargo adds --bench.
    let file = match std::env::args().skip(1).find(|argument| !argument.starts_with('-')) {
        Some(file) => PathBuf::from(file),
        None => {
            let mut export = edgeconv();
            export.args(["export", "resnet50", "--rewrite", "none", "--format", "onnx", "--no-check", "--quiet", "-o"]);
            measure(export.arg(folder.path()))?;
            folder.path().join("resnet50.onnx")
        }
    };
    let bytes = std::fs::metadata(&file)?.len() as f64;
    println!("edgeconv convert {}, {:.1} MB, {RUNS} runs", file.display(), bytes / 1e6);
    for (what, flags) in [("without a check", &["--no-check"][..]), ("with a check", &[])] {
        let mut seconds = vec![];
        let mut peak = 0;
        for _ in 0..RUNS {
            let mut convert = edgeconv();
            convert.arg("convert").arg(&file).arg("-o").arg(folder.path().join("out.mnn")).arg("--quiet").args(flags);
            let Measured { seconds: wall, peaks } = measure(&mut convert)?;
            seconds.push(wall);
            peak = peak.max(peaks.get("edgeconv").copied().unwrap_or_default());
        }
        seconds.sort_by(f64::total_cmp);
        let times = peak as f64 * 1024.0 / bytes;
        println!(
            "{what}: median {:.2} s, longest {:.2} s, peak {times:.2} times the file",
            seconds[RUNS / 2],
            seconds[RUNS - 1]
        );
    }
    Ok(())
}
