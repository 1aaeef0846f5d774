//! Where models run: on this machine, emulated, or on a board.

mod adb;
mod boards;
pub mod emulator;
mod process;
mod remote;
mod ssh;

use std::env;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::engine::{Agent, AgentError};
use adb::Adb;
pub use boards::{Board, Fitness};
pub(crate) use process::run as run_program;
pub use remote::{Remote, RemoteError, Said};
use ssh::Ssh;

/// A place where the agent runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Target {
    /// This machine.
    #[default]
    Local,
    /// ARMv7, emulated by `qemu-arm` (user mode): for correctness, not for times.
    Qemu,
    /// A board that `ssh` reaches, with the user's own configuration and keys.
    Ssh {
        /// `host` or `user@host`.
        destination: String,
        /// Another port than the configured one.
        port: Option<u16>,
    },
    /// An Android device that `adb` reaches.
    Adb {
        /// Which one, if there are several.
        serial: Option<String>,
    },
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = || "expected local, qemu, ssh://[USER@]HOST[:PORT] or adb[:SERIAL]".to_owned();
        match text {
            "local" => return Ok(Self::Local),
            "qemu" => return Ok(Self::Qemu),
            "adb" => return Ok(Self::Adb { serial: None }),
            _ => {}
        }
        if let Some(serial) = text.strip_prefix("adb:") {
            return Ok(Self::Adb { serial: Some(serial.to_owned()).filter(|serial| !serial.is_empty()) });
        }
        let address = text.strip_prefix("ssh://").ok_or_else(expected)?.trim_end_matches('/');
        let (destination, port) = match address.rsplit_once(':') {
            Some((destination, port)) => (destination, Some(port.parse().map_err(|_| expected())?)),
            None => (address, None),
        };
        // What begins with a dash would be an option of ssh.
        if destination.is_empty() || destination.starts_with('-') {
            return Err(expected());
        }
        Ok(Self::Ssh { destination: destination.to_owned(), port })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Local => f.write_str("local"),
            Self::Qemu => f.write_str("qemu"),
            Self::Ssh { destination, port: None } => write!(f, "ssh://{destination}"),
            Self::Ssh { destination, port: Some(port) } => write!(f, "ssh://{destination}:{port}"),
            Self::Adb { serial: None } => f.write_str("adb"),
            Self::Adb { serial: Some(serial) } => write!(f, "adb:{serial}"),
        }
    }
}

impl Target {
    /// The agent there.
    ///
    /// # Errors
    /// If there is none, or the emulator is missing. A board is not asked before a job is done.
    pub fn agent(&self) -> Result<Agent, AgentError> {
        match self {
            Self::Local => Agent::find(),
            Self::Qemu => Ok(Agent::emulated(board_agent()?, vec![])),
            Self::Ssh { destination, port } => {
                let shell = Ssh { destination: destination.clone(), port: *port };
                Ok(Agent::remote(Remote::new(Box::new(shell), self.to_string())))
            }
            Self::Adb { serial } => {
                Ok(Agent::remote(Remote::new(Box::new(Adb { serial: serial.clone() }), self.to_string())))
            }
        }
    }
}

/// Whether [`emulator::count`] has what it needs.
pub fn can_count() -> bool {
    let emulator = std::process::Command::new("qemu-arm").arg("--version").output();
    emulator.is_ok_and(|output| output.status.success())
        && board_agent().is_ok_and(|agent| emulator::plugin(&agent).is_ok())
}

/// The agent for ARMv7: that of `EDGECONV_BOARD_AGENT`, or else `edgeconv-agent-armv7` beside this program, or what `make board` built.
pub(crate) fn board_agent() -> Result<PathBuf, AgentError> {
    let candidates = match env::var_os("EDGECONV_BOARD_AGENT") {
        Some(path) => vec![path.into()],
        None => {
            let program = env::current_exe().unwrap_or_default();
            let beside = program.ancestors().skip(1).take(2).map(|folder| folder.join("edgeconv-agent-armv7"));
            let built = "armv7-unknown-linux-gnueabihf/release/edgeconv-agent";
            let built = program.ancestors().skip(2).take(2).map(|folder| folder.join(built));
            beside.chain(built).collect()
        }
    };
    candidates.iter().find(|path| path.is_file()).cloned().ok_or(AgentError::NoBoardAgent(candidates))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_as_they_are_written() {
        for text in ["local", "qemu", "adb", "adb:0123", "ssh://board", "ssh://pi@10.0.0.2:2222"] {
            assert_eq!(text.parse::<Target>().unwrap().to_string(), text);
        }
        for text in ["", "board", "ssh://", "ssh://-oProxyCommand=x", "ssh://board:x", "telnet://board"] {
            assert!(text.parse::<Target>().unwrap_err().starts_with("expected local, qemu"), "{text}");
        }
    }
}
