//! The system's `ssh`, with the user's own configuration and keys.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::remote::Shell;
use crate::process::{self, ProcessError, Said};
use crate::program;

/// A machine that `ssh` reaches.
#[derive(Debug)]
pub(super) struct Ssh {
    pub(super) destination: String,
    pub(super) port: Option<u16>,
}

impl Shell for Ssh {
    fn run(&self, command: &str, input: Option<&Path>, limit: Duration) -> Result<Option<Said>, ProcessError> {
        let mut ssh = Command::new(program::of_system("ssh")?);
        program::without_relative_paths(&mut ssh);
        // A password that nobody can type is an error, not a wait; a board that is gone is noticed.
        ssh.args(["-o", "BatchMode=yes", "-o", "ConnectTimeout=15", "-o", "ServerAliveInterval=10"]);
        ssh.args(["-o", "ServerAliveCountMax=3", "-o", "LogLevel=ERROR"]);
        if let Some(port) = self.port {
            ssh.args(["-p", &port.to_string()]);
        }
        ssh.args(["--", &self.destination, command]);
        process::run(ssh, input, limit)
    }

    fn cache(&self) -> &'static str {
        "${XDG_CACHE_HOME:-$HOME/.cache}/edgeconv"
    }
}
