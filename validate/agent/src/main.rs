//! `edgeconv-agent DIR`: does the job in DIR.
//!
//! Exit code 0: `result.json` holds a result; 1: it holds an error; 2: wrong command line, or no job there.

mod engines;
mod host;
mod job;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use edgeconv_agent::{Job, Outcome, READY, owner};

const USAGE: &str =
    "usage: edgeconv-agent DIR             does the job described by DIR/job.json, writes DIR/result.json
       edgeconv-agent --capabilities  prints engines, processor and its features as JSON
       edgeconv-agent --version       prints the versions of the agent and of MNN";

fn main() -> ExitCode {
    owner::end_with_it();
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    match arguments.as_slice() {
        [argument] if argument == "--version" => {
            println!("edgeconv-agent {} (MNN {})", env!("CARGO_PKG_VERSION"), edgeconv_runtime::version());
            ExitCode::SUCCESS
        }
        [argument] if argument == "--capabilities" => print_capabilities(),
        [argument] if argument == "--help" || argument == "-h" => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        [folder] => work(Path::new(folder)),
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn print_capabilities() -> ExitCode {
    match serde_json::to_string_pretty(&job::capabilities()) {
        Ok(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("edgeconv-agent: {error}");
            ExitCode::FAILURE
        }
    }
}

fn work(folder: &Path) -> ExitCode {
    let job = match Job::read(folder) {
        Ok(job) => job,
        Err(error) => {
            eprintln!("edgeconv-agent: {error}");
            return ExitCode::from(2);
        }
    };
    // Where this can't be written, a result can't, either.
    if writeln!(io::stdout(), "{READY}").is_err() {
        return ExitCode::FAILURE;
    }
    let outcome = job::run(&job, folder);
    if let Err(error) = outcome.write(folder) {
        eprintln!("edgeconv-agent: {error}");
        return ExitCode::FAILURE;
    }
    match outcome {
        Outcome::Error(_) | Outcome::WrongInputs(_) | Outcome::Place(_) => ExitCode::FAILURE,
        Outcome::Run(_) | Outcome::Bench(_) | Outcome::Capabilities(_) => ExitCode::SUCCESS,
    }
}
