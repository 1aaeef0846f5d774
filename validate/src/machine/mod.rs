//! Where models run: on this machine, emulated, or on a board.
//!
//! A [`Machine`] gives the [`Agent`] a [place](crate::engine::Place) to work in. A new kind of machine is one more place, or, if it has
//! a POSIX shell, one more shell of a remote one.

mod adb;
mod boards;
pub mod emulated;
mod remote;
mod ssh;

use std::env;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::engine::{Agent, AgentError};
use crate::program::list;
use adb::Adb;
pub use boards::{Board, Fitness};
use remote::{Remote, Shell};
use ssh::Ssh;

/// A machine that the agent can run on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Machine {
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

impl FromStr for Machine {
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

impl fmt::Display for Machine {
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

impl Machine {
    /// The agent there.
    ///
    /// # Errors
    /// If there is none, or the emulator is missing. A board is not asked before a job is done.
    pub fn agent(&self) -> Result<Agent, AgentError> {
        let remote = |shell: Box<dyn Shell>| Agent::new(Remote::new(shell, self.to_string()));
        match self {
            Self::Local => Agent::find(),
            Self::Qemu => emulated::agent(board_agent()?, &[]),
            Self::Ssh { destination, port } => {
                Ok(remote(Box::new(Ssh { destination: destination.clone(), port: *port })))
            }
            Self::Adb { serial } => Ok(remote(Box::new(Adb { serial: serial.clone() }))),
        }
    }
}

/// There is no agent for boards.
#[derive(Debug, thiserror::Error)]
#[error(
    "the agent for ARMv7 is missing, looked for {}: `make board` builds it, or set EDGECONV_BOARD_AGENT to its absolute path",
    list(.0)
)]
pub struct NoBoardAgent(Vec<PathBuf>);

impl From<NoBoardAgent> for AgentError {
    fn from(error: NoBoardAgent) -> Self {
        AgentError::Place(Box::new(error))
    }
}

/// The agent for ARMv7: that of `EDGECONV_BOARD_AGENT`, or else `edgeconv-agent-armv7` beside this program, or what `make board` built.
fn board_agent() -> Result<PathBuf, NoBoardAgent> {
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
    candidates.iter().find(|path| path.is_absolute() && path.is_file()).cloned().ok_or(NoBoardAgent(candidates))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_are_read_as_they_are_written() {
        for text in ["local", "qemu", "adb", "adb:0123", "ssh://board", "ssh://pi@10.0.0.2:2222"] {
            assert_eq!(text.parse::<Machine>().unwrap().to_string(), text);
        }
        for text in ["", "board", "ssh://", "ssh://-oProxyCommand=x", "ssh://board:x", "telnet://board"] {
            assert!(text.parse::<Machine>().unwrap_err().starts_with("expected local, qemu"), "{text}");
        }
    }
}
