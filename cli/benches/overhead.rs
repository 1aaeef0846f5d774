//! What `edgeconv bench` adds to the time of a run: its median against that of the plainest C++ loop over the same session, in turn.
//!
//! To be kept: less than 1 %. `cargo bench -p edgeconv --bench overhead`; needs the C++ compiler that built MNN.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

use edgeconv_validate::latency::Verdict;

const ROUNDS: usize = 60;

fn output(command: &mut Command) -> Result<Vec<u8>, Box<dyn Error>> {
    let output = command.output()?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into()),
    }
}

/// Compiles the loop against the MNN that this workspace links.
fn compile(folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let metadata = output(Command::new(env!("CARGO")).current_dir(&root).args(["metadata", "--format-version", "1"]))?;
    let metadata: serde_json::Value = serde_json::from_slice(&metadata)?;
    let packages = metadata["packages"].as_array().ok_or("no packages")?;
    let mnn = packages.iter().find(|package| package["name"] == "mnn-sys").ok_or("mnn-sys is not a dependency")?;
    let manifest = Path::new(mnn["manifest_path"].as_str().ok_or("mnn-sys has no path")?);
    let include = manifest.with_file_name("vendor").join("include");
    let program = folder.join("loop");
    let mut compiler = Command::new(std::env::var("CXX").unwrap_or_else(|_| "c++".into()));
    compiler.args(["-O2", "-std=c++14", "-o"]).arg(&program).arg("-I").arg(include);
    compiler.arg(root.join("cli/benches/overhead.cpp")).arg("-Wl,--whole-archive");
    compiler.arg(root.join(".mnn/host/lib/libMNN.a")).args(["-Wl,--no-whole-archive", "-lpthread", "-ldl"]);
    output(&mut compiler)?;
    Ok(program)
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let edgeconv = || Command::new(env!("CARGO_BIN_EXE_edgeconv"));
    output(
        edgeconv().args(["export", "edgeformer-s", "--format", "mnn", "--no-check", "-q", "-o"]).arg(folder.path()),
    )?;
    let (model, plain) = (folder.path().join("edgeformer-s.mnn"), compile(folder.path())?);
    let (mut ours, mut theirs) = (vec![], vec![]);
    for _ in 0..ROUNDS {
        let report = output(edgeconv().arg("bench").arg(&model).args(["--runs", "60", "--processes", "1", "--json"]))?;
        let report: serde_json::Value = serde_json::from_slice(&report)?;
        ours.push(vec![report["files"][0]["median_ms"].as_f64().ok_or("no median")?]);
        // MNN prints, too.
        let printed = String::from_utf8(output(Command::new(&plain).arg(&model))?)?;
        theirs.push(vec![printed.lines().last().ok_or("the loop printed nothing")?.parse()?]);
    }
    let ratio = Verdict::of(&ours, &theirs).ok_or("nothing was measured")?.ratio;
    println!(
        "edgeconv bench / plain loop: {:.4} (99 %: {:.4} to {:.4}), {ROUNDS} pairs",
        ratio.median, ratio.low, ratio.high
    );
    Ok(())
}
