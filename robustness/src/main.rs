//! `edgeconv-robustness`: suites that take longer than tests.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use edgeconv_robustness::place::SuiteError;
use edgeconv_robustness::signals;
use edgeconv_terminal::{Failure, Output};

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
    /// End commands by signals at random moments, and look for what they leave
    Signals {
        /// How many are ended
        #[arg(long, default_value_t = 200)]
        count: usize,

        /// Seed of what is ended, how and when
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    cli.output.start();
    let result = match cli.suite {
        Suite::Signals { count, seed } => signals(count, seed, &cli.output),
    };
    cli.output.exit(result)
}

fn signals(count: usize, seed: u64, output: &Output) -> Result<(), Failure> {
    let report = signals::run(count, seed).map_err(failure)?;
    output.result(&report, || report.to_string())?;
    match report.problems.len() {
        0 => Ok(()),
        problems => Err(Failure::Failed(format!("{problems} of {count} left something behind"))),
    }
}

fn failure(error: SuiteError) -> Failure {
    match error {
        SuiteError::Program(_) => Failure::misuse(error),
        error => Failure::failed(error),
    }
}
