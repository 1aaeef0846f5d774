//! Commands that need libtorch: another program does them, as git and cargo have it.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use clap::Args;
use edgeconv_files::Memory;
use edgeconv_validate::program;

use crate::failure::Failure;
use crate::output::Output;

/// What is passed on to `edgeconv-train`.
#[derive(Args)]
#[command(disable_help_flag = true, disable_version_flag = true)]
pub struct Arguments {
    /// Arguments of the command
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGUMENTS")]
    arguments: Vec<OsString>,
}

impl Arguments {
    /// Becomes `edgeconv-train COMMAND` with these arguments.
    pub fn run(self, command: &str, output: &Output) -> Result<(), Failure> {
        let program = program::find_training().map_err(Failure::misuse)?;
        let mut process = Command::new(&program);
        process.arg(command).args(output.arguments()).args(self.arguments).envs(Memory::environment());
        program::without_relative_paths(&mut process);
        become_process(process, &program)
    }
}

/// Signals and the exit code are those of the other program, which is told the name that users know.
#[cfg(unix)]
fn become_process(mut process: Command, program: &Path) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;
    Err(not_started(program, &process.arg0("edgeconv").exec()))
}

#[cfg(not(unix))]
fn become_process(mut process: Command, program: &Path) -> Result<(), Failure> {
    let status = process.status().map_err(|error| not_started(program, &error))?;
    std::process::exit(status.code().unwrap_or(1))
}

fn not_started(program: &Path, error: &std::io::Error) -> Failure {
    Failure::Failed(format!("`{}` can't be started: {error}", program.display()))
}
