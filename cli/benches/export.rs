//! Wall time and peak memory of `edgeconv export`, checks included, against the first half of the official path.
//!
//! Official path (PyTorch 2.13, EdgeFormer-S at 256, before simplifier and stock converter): 4.4 s and 741 MB with the legacy
//! exporter and code patched by hand, 17 s and 941 MB with the dynamo exporter.
//!
//! `cargo bench -p edgeconv --bench export [-- CHECKPOINT]`; seeded weights if no checkpoint is given. Linux only: memory is
//! read from /proc.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 10;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    if !cfg!(target_os = "linux") {
        println!("skipped: memory is read from /proc, which this system lacks");
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
        let start = Instant::now();
        let mut child = command.stdout(Stdio::null()).spawn()?;
        while child.try_wait()?.is_none() {
            note_peaks(&child, &mut peaks);
            std::thread::sleep(Duration::from_millis(1));
        }
        if !child.wait()?.success() {
            return Err("the export failed".into());
        }
        seconds.push(start.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    println!("edgeconv export edgeformer-s --size 256, {RUNS} runs");
    println!("wall: median {:.2} s, longest {:.2} s", seconds[RUNS / 2], seconds[RUNS - 1]);
    for (program, kilobytes) in peaks.iter().filter(|(program, _)| program.starts_with("edgeconv")) {
        println!("peak resident memory of {program}: {} MB", kilobytes / 1024);
    }
    Ok(())
}

/// Notes the peak memory so far of the process and its children, by program name.
fn note_peaks(child: &Child, peaks: &mut BTreeMap<String, u64>) {
    let id = child.id();
    let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
    for process in children.split_whitespace().map(str::to_owned).chain([id.to_string()]) {
        let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
        let field =
            |name| status.lines().find_map(|line| Some(line.strip_prefix(name)?.split_whitespace().next()?.to_owned()));
        let (Some(program), Some(peak)) = (field("Name:"), field("VmHWM:")) else { continue };
        let peak = peak.parse().unwrap_or(0);
        peaks.entry(program).and_modify(|highest| *highest = peak.max(*highest)).or_insert(peak);
    }
}
