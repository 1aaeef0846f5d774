//! How a session runs a model: what the file wants ([`Settings`]), and what the machine gives ([`SessionConfig`]).
//!
//! Targets say it of what they write, jobs tell it to the agent, and the runtime does it. The words are MNN's; other engines take
//! what they have.

pub mod open;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The file that holds the weights of an MNN model which are not in its own: MNN looks for it there by itself.
pub fn weights_file(model: &Path) -> PathBuf {
    let mut name = model.as_os_str().to_owned();
    name.push(".weight");
    name.into()
}

/// Arithmetic that the engine may use (MNN: `BackendConfig::PrecisionMode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// 32-bit floats.
    #[default]
    High,
    /// The engine's choice.
    Normal,
    /// 16-bit floats where the processor has them.
    Low,
}

/// How much memory the engine may use (MNN: `BackendConfig::MemoryMode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// As much as helps.
    High,
    /// The engine's choice.
    #[default]
    Normal,
    /// Little.
    Low,
}

/// MNN's session hints (`Interpreter::HintMode`); what is absent stays at MNN's default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hints {
    /// `WINOGRAD_MEMORY_LEVEL`: 0 no Winograd, 1 the small and most accurate tiles, 3 all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub winograd_memory_level: Option<u8>,
}

impl Default for Hints {
    /// MNN's own default for Winograd, 3, lets the error of a single convolution of 3×3 or 5×5 grow by a factor of 200 to 2400, and that
    /// of a whole network by 10 to 40. It is not measurably faster.
    fn default() -> Self {
        Self { winograd_memory_level: Some(1) }
    }
}

/// What a model file wants to be run with. The default is what files of edgeconv are checked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Arithmetic.
    #[serde(default)]
    pub precision: Precision,
    /// Hints.
    #[serde(default)]
    pub hints: Hints,
}

impl Settings {
    /// The same without hints: what a program gets that sets none.
    #[must_use]
    pub fn without_hints(self) -> Self {
        Self { hints: Hints { winograd_memory_level: None }, ..self }
    }
}

/// What computes the operators of an MNN session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kernels {
    /// MNN alone, as in any program that links it.
    #[default]
    Mnn,
    /// Our kernels where there are some, which may also fuse operators; else MNN.
    Edgeconv,
}

/// How a session runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionConfig {
    /// Number of threads, at least 1.
    pub threads: u16,
    /// Memory.
    #[serde(default)]
    pub memory: Level,
    /// What the model wants.
    #[serde(default)]
    pub settings: Settings,
    /// What computes (MNN only).
    #[serde(default)]
    pub kernels: Kernels,
    /// Whether the engine may rewrite the graph before it runs it (ONNX Runtime: graph optimisations).
    #[serde(default = "yes")]
    pub graph_optimizations: bool,
}

fn yes() -> bool {
    true
}

impl Default for SessionConfig {
    /// One thread.
    fn default() -> Self {
        Self {
            threads: 1,
            memory: Level::default(),
            settings: Settings::default(),
            kernels: Kernels::default(),
            graph_optimizations: true,
        }
    }
}
