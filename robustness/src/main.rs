//! `edgeconv-robustness`: suites that take longer than tests.

use std::fmt::Display;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use edgeconv_robustness::mutants::{self, Selection};
use edgeconv_robustness::place::SuiteError;
use edgeconv_robustness::{bombs, resources, signals};
use edgeconv_terminal::{Failure, Output, arguments};
use serde::Serialize;

/// Tries what happens to edgeconv when things go wrong around it.
#[derive(Parser)]
#[command(version)]
#[command(after_help = "Exit codes: 0 everything held, 1 something did not, 2 misuse.")]
struct Cli {
    #[command(subcommand)]
    suite: Suite,

    #[command(flatten)]
    output: Output,
}

#[derive(Subcommand)]
enum Suite {
    /// Have commands read small files that ask for much memory, time or depth
    Bombs {
        /// How often all are tried, each time of other sizes
        #[arg(long, default_value_t = 1)]
        rounds: usize,

        /// Seed of the sizes
        #[arg(long, default_value_t = 1)]
        seed: u64,

        /// Only those with this in their name
        #[arg(long, default_value = "")]
        only: String,

        /// Keep files with which something went wrong
        #[arg(long, value_name = "DIR")]
        keep: Option<PathBuf>,
    },

    /// Change files of every format at random, and have commands read them
    Mutants {
        /// How many mutants
        #[arg(long, default_value_t = 20_000)]
        count: usize,

        /// Seed of which files are changed and how
        #[arg(long, default_value_t = 1)]
        seed: u64,

        /// Number of the first mutant: ranges can be tried side by side, and each mutant again by itself
        #[arg(long, default_value_t = 0)]
        first: usize,

        /// Only files of this format, such as onnx, mnn, checkpoint or recipe
        #[arg(long)]
        format: Option<String>,

        /// Change the ONNX files in this folder, too (`sh scripts/node-tests.sh` prints one)
        #[arg(long, value_name = "DIR")]
        models: Option<PathBuf>,

        /// Keep files with which something went wrong
        #[arg(long, value_name = "DIR")]
        keep: Option<PathBuf>,
    },
    /// End commands by signals at random moments, and look for what they leave
    Signals {
        /// How many are ended
        #[arg(long, default_value_t = 200)]
        count: usize,

        /// Seed of what is ended, how and when
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Run commands that lack room, rights, files, programs or processor time, and look for what they say and leave
    Resources {
        /// How many are run
        #[arg(long, default_value_t = 60)]
        count: usize,

        /// Seed of what lacks what
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

fn main() -> ExitCode {
    let cli: Cli = arguments::parse();
    let output = &cli.output;
    output.start();
    let result = match cli.suite {
        Suite::Bombs { rounds, seed, only, keep } => bombs::run(rounds, seed, &only, keep.as_deref())
            .map_err(failure)
            .and_then(|report| said(&report, &report.problems, "commands did what they must not", output)),
        Suite::Mutants { count, seed, first, format, models, keep } => {
            mutants::run(&Selection { count, seed, first, format, models, keep })
                .map_err(failure)
                .and_then(|report| said(&report, &report.problems, "commands did what they must not", output))
        }
        Suite::Signals { count, seed } => signals::run(count, seed)
            .map_err(failure)
            .and_then(|report| said(&report, &report.problems, &format!("of {count} left something behind"), output)),
        Suite::Resources { count, seed } => resources::run(count, seed)
            .map_err(failure)
            .and_then(|report| said(&report, &report.problems, &format!("problems in {count} commands"), output)),
    };
    output.exit(result)
}

/// Prints a report, and fails if there are problems in it.
fn said(report: &(impl Serialize + Display), problems: &[String], what: &str, output: &Output) -> Result<(), Failure> {
    output.result(report, || report.to_string())?;
    match problems.len() {
        0 => Ok(()),
        count => Err(Failure::Failed(format!("{count} {what}"))),
    }
}

fn failure(error: SuiteError) -> Failure {
    match error {
        SuiteError::Program(_) => Failure::misuse(error),
        error => Failure::failed(error),
    }
}
