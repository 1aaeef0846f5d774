//! Wall time and memory of programs.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What a program needed.
pub struct Measured {
    /// Wall time.
    pub seconds: f64,
    /// Peak resident memory in kilobytes of the program and those that it started, by name.
    pub peaks: BTreeMap<String, u64>,
}

/// Runs a program to its end.
pub fn measure(command: &mut Command) -> Result<Measured, Box<dyn std::error::Error>> {
    let start = Instant::now();
    let mut peaks = BTreeMap::new();
    let mut child = command.stdout(Stdio::null()).spawn()?;
    while child.try_wait()?.is_none() {
        note_peaks(&child, &mut peaks);
        std::thread::sleep(Duration::from_millis(1));
    }
    if !child.wait()?.success() {
        return Err("the program failed".into());
    }
    Ok(Measured { seconds: start.elapsed().as_secs_f64(), peaks })
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
