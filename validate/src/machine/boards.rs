//! `boards.toml`: names for machines, and what a board has to be like to be measured.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer};

use super::Machine;

/// The name of the file, in the working folder or where `EDGECONV_BOARDS` says.
pub const FILE: &str = "boards.toml";

/// The file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Boards {
    /// Boards by name.
    #[serde(default)]
    pub boards: BTreeMap<String, Board>,
}

/// A board.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Board {
    /// How it is reached.
    #[serde(rename = "target", deserialize_with = "machine")]
    pub machine: Machine,
    /// When it is fit for measuring.
    #[serde(default)]
    pub fit: Fitness,
}

/// When a machine is fit for measuring.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fitness {
    /// The frequency governor that it has to have.
    pub governor: String,
    /// The highest temperature of its processor after a measurement.
    pub max_temperature_c: f64,
    /// The highest load before one, as a share of its cores.
    pub max_load: f64,
    /// How much its frequency may change meanwhile, as a share.
    pub max_freq_change: f64,
}

impl Default for Fitness {
    fn default() -> Self {
        Self { governor: "performance".into(), max_temperature_c: 80.0, max_load: 0.5, max_freq_change: 0.05 }
    }
}

impl Default for Board {
    fn default() -> Self {
        Self::from(Machine::Local)
    }
}

impl From<Machine> for Board {
    fn from(machine: Machine) -> Self {
        Self { machine, fit: Fitness::default() }
    }
}

impl Board {
    /// A machine as it is written, or the board of that name in `boards.toml`.
    ///
    /// # Errors
    /// What is expected instead.
    pub fn find(text: &str) -> Result<Self, String> {
        let unknown = match text.parse::<Machine>() {
            Ok(machine) => return Ok(machine.into()),
            Err(expected) => expected,
        };
        let path = std::env::var_os("EDGECONV_BOARDS").map_or_else(|| PathBuf::from(FILE), PathBuf::from);
        if !path.is_file() {
            return Err(format!("{unknown}, or a board of `{}`, which does not exist", path.display()));
        }
        let boards = Boards::read(&path)?.boards;
        let names = boards.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        boards.get(text).cloned().ok_or_else(|| format!("{unknown}, or a board of `{}`: {names}", path.display()))
    }
}

impl Boards {
    fn read(path: &Path) -> Result<Self, String> {
        let in_file = |error: &dyn std::fmt::Display| format!("`{}`: {error}", path.display());
        let text = edgeconv_files::read_text(path).map_err(|error| in_file(&error))?;
        toml::from_str(&text).map_err(|error| in_file(&error))
    }
}

fn machine<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Machine, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<BTreeMap<String, Board>, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        std::fs::write(&path, text).unwrap();
        Boards::read(&path).map(|boards| boards.boards)
    }

    #[test]
    fn a_board_has_a_machine_and_what_makes_it_fit() {
        let boards = read("[boards.rk]\ntarget = \"ssh://pi@rk\"\n[boards.rk.fit]\nmax_temperature_c = 65\n").unwrap();
        let board = &boards["rk"];
        assert_eq!(board.machine.to_string(), "ssh://pi@rk");
        assert_eq!((board.fit.max_temperature_c, board.fit.governor.as_str()), (65.0, "performance"));
    }

    #[test]
    fn mistakes_are_errors_that_say_where() {
        let error = read("[boards.rk]\ntarget = \"telnet://rk\"\n").unwrap_err();
        assert!(error.contains("boards.toml") && error.contains("expected local, qemu"), "{error}");
        assert!(read("[boards.rk]\n").unwrap_err().contains("target"));
        assert!(read("[board.rk]\n").unwrap_err().contains("unknown field"));
    }
}
