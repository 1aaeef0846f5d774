//! Wall time and peak memory of `edgeconv export`, checks included, against the first half of the official path.
//!
//! Official path (PyTorch 2.13, EdgeFormer-S at 256, before simplifier and stock converter): 4.4 s and 741 MB with the legacy
//! exporter and code patched by hand, 17 s and 941 MB with the dynamo exporter.
//!
//! `cargo bench -p edgeconv --bench export [-- CHECKPOINT]`; seeded weights if no checkpoint is given. Linux only: memory is
//! read from /proc.

mod support;

use std::collections::BTreeMap;
use std::process::Command;

use support::{Measured, measure};

const RUNS: usize = 10;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    if !cfg!(target_os = "linux") {
        println!("not measured: memory is read from /proc, which this system lacks");
        return Ok(());
    }
    // Cargo adds --bench.
    let checkpoint = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let folder = tempfile::tempdir()?;
    let mut seconds = vec![];
    let mut peaks = BTreeMap::new();
    for _ in 0..RUNS {
        let mut command = Command::new(env!("CARGO_BIN_EXE_edgeconv"));
        command.args(["export", "edgeformer-s", "--size", "256", "--quiet", "-o"]).arg(folder.path());
        if let Some(checkpoint) = &checkpoint {
            command.args(["--weights", checkpoint]);
        }
        let Measured { seconds: wall, peaks: memory } = measure(&mut command)?;
        seconds.push(wall);
        for (program, kilobytes) in memory {
            peaks
                .entry(program)
                .and_modify(|highest: &mut u64| *highest = kilobytes.max(*highest))
                .or_insert(kilobytes);
        }
    }
    seconds.sort_by(f64::total_cmp);
    println!("edgeconv export edgeformer-s --size 256, {RUNS} runs");
    println!("wall: median {:.2} s, longest {:.2} s", seconds[RUNS / 2], seconds[RUNS - 1]);
    for (program, kilobytes) in peaks.iter().filter(|(program, _)| program.starts_with("edgeconv")) {
        println!("peak resident memory of {program}: {} MB", kilobytes / 1024);
    }
    Ok(())
}
