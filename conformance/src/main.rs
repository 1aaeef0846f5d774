//! `edgeconv-conformance`: ONNX's own operator tests, as a table.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use edgeconv_agent::SessionConfig;
use edgeconv_conformance::{Case, Outcome, Peer, Results, read_peer, render, run_all};
use edgeconv_validate::engine::{Agent, NativeEngine};
use indicatif::ProgressBar;

/// Run ONNX's own operator tests through the converter and MNN
///
/// Exit code 1 if a case is wrong: other numbers than in the test data, a crash, or a file that MNN does not run.
#[derive(Parser)]
#[command(after_help = "Examples:
  edgeconv-conformance ~/.cache/edgeconv/onnx-node-tests-1.18.0
  edgeconv-conformance NODE-TESTS --filter resize_ --verbose
  edgeconv-conformance NODE-TESTS OLDER-ONES --peer stock.tsv --write docs/generated/conformance.md")]
struct Arguments {
    /// Folders with cases (`sh scripts/current-node-tests.sh` and `sh scripts/node-tests.sh` print them)
    #[arg(required = true)]
    suites: Vec<PathBuf>,

    /// Only cases whose names contain this
    #[arg(long, default_value = "")]
    filter: String,

    /// List unsupported and wrong cases
    #[arg(short, long)]
    verbose: bool,

    /// Results of MNN's own converter for the first suite, from `sh scripts/stock-node-tests.sh`
    #[arg(long, value_name = "FILE")]
    peer: Option<PathBuf>,

    /// Write the table
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments = Arguments::parse();
    let mut peer = arguments.peer.as_deref().map_or_else(|| Ok(Peer::new()), read_peer)?;
    let agent = Agent::find()?.with_time_limit(Duration::from_secs(30));
    let engine = NativeEngine::mnn(agent, SessionConfig::default());
    let mut all = vec![];
    for suite in &arguments.suites {
        let mut cases = Case::all(suite)?;
        cases.retain(|case| case.name.contains(&arguments.filter));
        let progress = ProgressBar::new(cases.len() as u64);
        let outcomes = run_all(&cases, &engine, &|| progress.inc(1));
        progress.finish_and_clear();
        let suite = suite.file_name().unwrap_or(suite.as_os_str()).to_string_lossy().into_owned();
        all.push(Results { suite, outcomes, peer: std::mem::take(&mut peer) });
    }
    let wrong = all.iter().map(|results| print(results, arguments.verbose)).sum::<usize>();
    if let Some(path) = &arguments.write {
        // Where the cases lie on this machine is nobody's business.
        let folders = arguments.suites.iter().map(|suite| format!("{}/", suite.display()));
        edgeconv_files::write(path, folders.fold(render(&all), |text, folder| text.replace(&folder, "")))?;
    }
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints what came of a suite; returns the number of wrong cases.
fn print(results: &Results, verbose: bool) -> usize {
    let mut counts = [0; 4];
    for (name, outcome) in &results.outcomes {
        let (index, reason) = match outcome {
            Outcome::Passed { .. } => (0, None),
            Outcome::Unsupported(reason) => (1, verbose.then_some(reason)),
            Outcome::Failed(reason) => (2, Some(reason)),
            Outcome::Differs(reason) => (3, verbose.then_some(reason)),
        };
        counts[index] += 1;
        if let Some(reason) = reason {
            let behind = if results.peer.get(name) == Some(&true) { " [MNN's converter passes]" } else { "" };
            println!("{}{behind} {name}: {reason}", ["", "unsupported", "WRONG", "known difference"][index]);
        }
    }
    let [passed, unsupported, wrong, known] = counts;
    println!("{}: {passed} passed, {unsupported} unsupported, {known} known differences, {wrong} wrong", results.suite);
    wrong
}
