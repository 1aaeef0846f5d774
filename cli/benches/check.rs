//! Wall time and peak memory of `edgeconv check` on EdgeFormer-S at 256 with all values inside, computed freely and isolated.
//!
//! To be kept: 10 s and 1.5 GB. `cargo bench -p edgeconv --bench check`. Linux only: memory is read from /proc.

mod support;

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
    let mut export = edgeconv();
    export.args(["export", "edgeformer-s", "--no-check", "--quiet", "-o"]).arg(folder.path());
    measure(&mut export)?;
    for how in ["--layers=free", "--layers=isolated"] {
        let (mut seconds, mut highest) = (vec![], 0);
        for _ in 0..RUNS {
            let mut command = edgeconv();
            command.arg("check").arg(folder.path().join("edgeformer-s.mnn")).arg("--against");
            command.arg(folder.path().join("edgeformer-s.onnx")).args([how, "--quiet"]);
            let Measured { seconds: wall, peaks } = measure(&mut command)?;
            seconds.push(wall);
            // As if all programs had their peaks at the same time.
            let ours = peaks.iter().filter(|(program, _)| program.starts_with("edgeconv"));
            highest = highest.max(ours.map(|(_, kilobytes)| kilobytes).sum());
        }
        seconds.sort_by(f64::total_cmp);
        let (median, longest) = (seconds[RUNS / 2], seconds[RUNS - 1]);
        println!("check {how}: median {median:.2} s, longest {longest:.2} s, at most {} MB", highest / 1024);
    }
    Ok(())
}
