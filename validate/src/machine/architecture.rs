//! What programs of boards are made of.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::{env, fmt};

use crate::engine::AgentError;
use crate::program::list;

/// An instruction set that agents for boards are built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Architecture {
    /// 32-bit systems: RK3288, Raspberry Pi 2, and what is newer with a system of 32 bits.
    #[default]
    Armv7,
    /// 64-bit systems: Raspberry Pi 4 and 5, RK3399, RK3588, Jetson.
    Aarch64,
}

use Architecture::{Aarch64, Armv7};

impl FromStr for Architecture {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Armv7, Aarch64].into_iter().find(|architecture| architecture.name() == text).ok_or(())
    }
}

impl fmt::Display for Architecture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Armv7 => "ARMv7",
            Aarch64 => "AArch64",
        })
    }
}

impl Architecture {
    /// That of the programs of a machine, of which `uname -m` says `machine` and whose own programs have `bits`: a kernel of 64 bits often
    /// has a system of 32 on it.
    pub(super) fn of_system(machine: &str, bits: u32) -> Option<Self> {
        match (machine, bits) {
            ("armv7l" | "armv8l" | "aarch64", 32) => Some(Armv7),
            ("aarch64", 64) => Some(Aarch64),
            _ => None,
        }
    }

    /// As it is written after `qemu:`.
    pub fn name(self) -> &'static str {
        match self {
            Armv7 => "armv7",
            Aarch64 => "aarch64",
        }
    }

    /// As Rust calls it.
    fn target(self) -> &'static str {
        match self {
            Armv7 => "armv7-unknown-linux-gnueabihf",
            Aarch64 => "aarch64-unknown-linux-gnu",
        }
    }

    /// What `make board BOARD=…` takes.
    fn board(self) -> &'static str {
        match self {
            Armv7 => "rk3288",
            Aarch64 => "aarch64",
        }
    }

    /// The number in a program's header (ELF: `e_machine`).
    fn number(self) -> u16 {
        match self {
            Armv7 => 40,
            Aarch64 => 183,
        }
    }

    /// The agent: one of `EDGECONV_BOARD_AGENT` that is for this architecture, or else `edgeconv-agent-armv7` or `-aarch64` beside this
    /// program, or what `make board` built.
    ///
    /// # Errors
    /// If there is none.
    pub(super) fn agent(self) -> Result<PathBuf, NoBoardAgent> {
        let candidates: Vec<PathBuf> = match env::var_os("EDGECONV_BOARD_AGENT") {
            Some(paths) => env::split_paths(&paths).collect(),
            None => {
                let program = env::current_exe().unwrap_or_default();
                let name = format!("edgeconv-agent-{}", self.name());
                let beside = program.ancestors().skip(1).take(2).map(|folder| folder.join(&name));
                let built = format!("{}/release/edgeconv-agent", self.target());
                let built = program.ancestors().skip(2).take(2).map(|folder| folder.join(&built));
                beside.chain(built).collect()
            }
        };
        let found = candidates.iter().find(|path| path.is_absolute() && self.runs(path)).cloned();
        found.ok_or(NoBoardAgent { architecture: self, candidates })
    }

    /// Whether a file is a program of this architecture.
    fn runs(self, path: &Path) -> bool {
        let mut header = [0; 20];
        let read = File::open(path).and_then(|mut file| file.read_exact(&mut header));
        let number = u16::from_le_bytes([header[18], header[19]]);
        read.is_ok() && header.starts_with(b"\x7fELF") && number == self.number()
    }
}

/// There is no agent for boards of an architecture.
#[derive(Debug, thiserror::Error)]
#[error(
    "the agent for {architecture} is missing, looked for a program of that architecture in {}: `make board BOARD={}` builds it, or set \
     EDGECONV_BOARD_AGENT to its absolute path",
    list(candidates), architecture.board()
)]
pub struct NoBoardAgent {
    pub(super) architecture: Architecture,
    pub(super) candidates: Vec<PathBuf>,
}

impl From<NoBoardAgent> for AgentError {
    fn from(error: NoBoardAgent) -> Self {
        AgentError::Place(Box::new(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kernel_of_64_bits_may_have_programs_of_32() {
        assert_eq!(Architecture::of_system("aarch64", 32), Some(Armv7));
        assert_eq!(Architecture::of_system("aarch64", 64), Some(Aarch64));
        assert_eq!(Architecture::of_system("armv7l", 32), Some(Armv7));
        assert_eq!(Architecture::of_system("x86_64", 64), None);
        assert_eq!(Architecture::of_system("armv6l", 32), None);
    }

    #[test]
    fn an_agent_is_for_the_architecture_that_its_header_says() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("agent");
        let mut header = b"\x7fELF\x02\x01\x01".to_vec();
        header.resize(20, 0);
        header[18] = 183;
        std::fs::write(&path, &header).unwrap();
        assert!(Aarch64.runs(&path) && !Armv7.runs(&path));
        std::fs::write(&path, "#!/bin/sh").unwrap();
        assert!(!Aarch64.runs(&path) && !Armv7.runs(&path) && !Armv7.runs(folder.path()));
    }
}
