//! `edgeconv-train`: what needs libtorch.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use edgeconv_agent::owner;
use edgeconv_terminal::{Output, arguments, interrupt};
use edgeconv_train::{allocator, commands};

/// Trains and evaluates networks of the zoo on libtorch; `edgeconv train` and `edgeconv eval` call it.
#[derive(Parser)]
#[command(version, propagate_version = true, max_term_width = 100)]
#[command(after_help = "Exit codes: 0 done, 1 failed, 2 misuse.")]
struct Cli {
    #[command(subcommand)]
    command: Command,

    #[command(flatten)]
    output: Output,
}

#[derive(Subcommand)]
enum Command {
    Train(commands::train::Train),
    Eval(Box<commands::eval::Eval>),
    Forward(commands::forward::Forward),
}

fn main() -> ExitCode {
    let cli: Cli = arguments::parse();
    allocator::keep_freed_memory();
    owner::end_with_it();
    cli.output.start();
    // Training ends by itself after a signal: with the epoch, and a checkpoint.
    if !matches!(cli.command, Command::Train(_)) {
        interrupt::leave_nothing_behind();
    }
    let result = match cli.command {
        Command::Train(command) => command.run(&cli.output),
        Command::Eval(command) => command.run(&cli.output),
        Command::Forward(command) => command.run(&cli.output),
    };
    cli.output.exit(result)
}
