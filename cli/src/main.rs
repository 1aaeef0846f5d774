//! `edgeconv`: brings vision models to small ARM boards.

mod commands;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use edgeconv_terminal::{arguments, failure, interrupt, output};

use crate::output::Output;

/// Brings vision models to small ARM boards: export, check and measure, without Python.
#[derive(Parser)]
#[command(version, propagate_version = true, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 done and within tolerance, 1 a check failed or a conversion is impossible, 2 misuse.

Examples:
  edgeconv models
  edgeconv export edgeformer-s --weights checkpoint.pt -o out
  edgeconv convert model.onnx -o model.mnn
  edgeconv quantize model.mnn --store int8 -o small.mnn
  edgeconv bench out/edgeformer-s.mnn --threads 1,2
  edgeconv eval --recipe recipe.yaml --weights checkpoint.pt --engine torch,mnn"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    #[command(flatten)]
    output: Output,
}

#[derive(Subcommand)]
enum Command {
    Models(commands::models::Models),
    Export(commands::export::Export),
    Convert(commands::convert::Convert),
    Quantize(commands::quantize::Quantize),
    Inspect(commands::inspect::Inspect),
    Diff(commands::diff::Diff),
    Operators(commands::operators::Operators),
    Run(commands::run::Run),
    Card(commands::card::Card),
    Check(Box<commands::check::Check>),
    Bench(commands::bench::Bench),
    /// Train a network by a recipe (needs libtorch; `edgeconv train --help` tells more)
    Train(commands::training::Arguments),
    /// Evaluate a network and its exported files on a dataset (needs libtorch; `edgeconv eval --help` tells more)
    Eval(commands::training::Arguments),
}

fn main() -> ExitCode {
    // clap ends with exit code 2 and its own message on wrong arguments.
    let cli: Cli = arguments::parse();
    cli.output.start();
    interrupt::leave_nothing_behind();
    let result = match cli.command {
        Command::Models(command) => command.run(&cli.output),
        Command::Export(command) => command.run(&cli.output),
        Command::Convert(command) => command.run(&cli.output),
        Command::Quantize(command) => command.run(&cli.output),
        Command::Inspect(command) => command.run(&cli.output),
        Command::Diff(command) => command.run(&cli.output),
        Command::Operators(command) => command.run(&cli.output),
        Command::Run(command) => command.run(&cli.output),
        Command::Card(command) => command.run(&cli.output),
        Command::Check(command) => command.run(&cli.output),
        Command::Bench(command) => command.run(&cli.output),
        Command::Train(arguments) => arguments.run("train", &cli.output),
        Command::Eval(arguments) => arguments.run("eval", &cli.output),
    };
    cli.output.exit(result)
}
