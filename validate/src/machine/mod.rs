//! Where models run: on this machine, emulated, or on a board.
//!
//! A [`Machine`] gives the [`Agent`] a [place](crate::engine::Place) to work in. A new kind of machine is one more place, or, if it has
//! a POSIX shell, one more shell of a remote one.

mod adb;
mod architecture;
mod boards;
pub mod emulated;
mod remote;
mod ssh;

use std::fmt;
use std::str::FromStr;

use crate::engine::{Agent, AgentError};
use adb::Adb;
pub use architecture::{Architecture, NoBoardAgent};
pub use boards::{Board, Fitness};
use emulated::Emulated;
use remote::{Remote, Shell};
use ssh::Ssh;

/// A machine that the agent can run on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Machine {
    /// This machine.
    #[default]
    Local,
    /// An emulated processor (QEMU in user mode): for correctness and counts, not for times.
    Qemu(Emulated),
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
        let expected =
            || "expected local, qemu[:armv7|:aarch64[:CPU]], ssh://[USER@]HOST[:PORT] or adb[:SERIAL]".to_owned();
        match text {
            "local" => return Ok(Self::Local),
            "qemu" => return Ok(Self::Qemu(Emulated::default())),
            "adb" => return Ok(Self::Adb { serial: None }),
            _ => {}
        }
        if let Some(serial) = text.strip_prefix("adb:") {
            return Ok(Self::Adb { serial: Some(serial.to_owned()).filter(|serial| !serial.is_empty()) });
        }
        if let Some(emulated) = text.strip_prefix("qemu:") {
            return emulated.parse().map(Self::Qemu).map_err(|()| expected());
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
            Self::Qemu(emulated) => emulated.fmt(f),
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
            Self::Qemu(emulated) => emulated.agent(&[]),
            Self::Ssh { destination, port } => {
                Ok(remote(Box::new(Ssh { destination: destination.clone(), port: *port })))
            }
            Self::Adb { serial } => Ok(remote(Box::new(Adb { serial: serial.clone() }))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_are_read_as_they_are_written() {
        assert_eq!("qemu:armv7".parse::<Machine>().unwrap().to_string(), "qemu");
        for text in [
            "local",
            "qemu",
            "qemu:aarch64",
            "qemu:aarch64:max",
            "adb",
            "adb:0123",
            "ssh://board",
            "ssh://pi@10.0.0.2:2222",
        ] {
            assert_eq!(text.parse::<Machine>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "board",
            "qemu:",
            "qemu:mips",
            "qemu:aarch64:-d",
            "ssh://",
            "ssh://-oProxyCommand=x",
            "ssh://board:x",
            "telnet://board",
        ] {
            assert!(text.parse::<Machine>().unwrap_err().starts_with("expected local, qemu"), "{text}");
        }
    }
}
