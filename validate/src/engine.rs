//! Programs that run model files.

mod agent;
mod native;
mod rten;
mod torch;
mod trusted;
mod unsaturated;

pub mod onnxruntime;

use std::path::{Path, PathBuf};

use edgeconv_agent::Host;
use edgeconv_files::TooMuch;
use edgeconv_files::name::{escaped, escaped_path};
use edgeconv_graph::Tensor;
use serde::Serialize;

pub(crate) use agent::LOG;
pub use agent::{Agent, AgentError, Ending, Place, Program, Work};
pub use native::NativeEngine;
pub use rten::Rten;
pub use torch::Torch;
pub(crate) use trusted::Trusted;

/// A tensor with the name of a model's input or output.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedTensor {
    /// Name in the model file.
    pub name: String,
    /// Shape and elements.
    pub tensor: Tensor,
}

/// Something that runs model files.
pub trait Engine: Send + Sync {
    /// Short name, for people and reports.
    fn name(&self) -> &'static str;

    /// Runs `model` once; returns also those values inside of it that have one of these names. Values that the engine does not
    /// keep are left out.
    ///
    /// # Errors
    /// If the engine is missing, if the file can't be read, if the inputs don't fit the model, or if the run fails.
    fn run_inside(&self, model: &Path, inputs: &[NamedTensor], names: &[String]) -> Result<Run, EngineError>;

    /// Loads `model` once and runs it on each of `runs` equal parts of the inputs along their first axis; returns its outputs, those of
    /// all runs one behind the other along the first axis.
    ///
    /// # Errors
    /// As [`Engine::run_inside`], and if inputs or outputs can't be divided so.
    fn run_parts(&self, model: &Path, inputs: &[NamedTensor], runs: usize) -> Result<Run, EngineError>;

    /// Runs `model` once; returns its outputs in their order in the file.
    ///
    /// # Errors
    /// As [`Engine::run_inside`].
    fn run(&self, model: &Path, inputs: &[NamedTensor]) -> Result<Vec<NamedTensor>, EngineError> {
        Ok(self.run_inside(model, inputs, &[])?.outputs)
    }

    /// What another engine makes of `model`, if there is one, and it is not known to compute something else than the file says.
    fn second_opinion(&self, _model: &Path, _inputs: &[NamedTensor]) -> Option<Run> {
        None
    }
}

/// What a run gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Outputs of the model in their order in the file.
    pub outputs: Vec<NamedTensor>,
    /// Values inside of the model.
    pub inside: Vec<NamedTensor>,
    /// What ran it.
    pub ran: Ran,
}

/// What ran a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ran {
    /// Program and version such as `MNN 3.6.1`.
    pub engine: String,
    /// The library that was loaded for it; `None` if it is linked in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub library: Option<String>,
    /// Machine; `None` for this process.
    pub host: Option<Host>,
    /// Why another engine, which would have been preferred and is here, did not run it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<String>,
}

impl Ran {
    /// What ran a model as it was meant to be run: here, in this process, if there is no `host`.
    pub fn by(engine: impl Into<String>, host: Option<Host>) -> Self {
        Self { engine: engine.into(), library: None, host, instead_of: None }
    }

    /// Whether ONNX Runtime did, which decides what is right if it can run a model.
    pub(crate) fn is_onnxruntime(&self) -> bool {
        self.engine.starts_with("ONNX Runtime")
    }
}

/// Why an engine returned no result.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The model can't be loaded.
    #[error("{engine} can't load `{}`: {reason}", escaped_path(model))]
    Load {
        /// Name of the engine.
        engine: &'static str,
        /// The model file.
        model: PathBuf,
        /// What the engine said.
        reason: String,
    },
    /// An input does not fit the model.
    #[error("`{}` does not take these inputs: {}", escaped_path(model), escaped(reason))]
    Inputs {
        /// The model file.
        model: PathBuf,
        /// What was expected and found.
        reason: String,
    },
    /// The model was loaded, but the run failed.
    #[error("{engine} can't run `{}`: {reason}", escaped_path(model))]
    Run {
        /// Name of the engine.
        engine: &'static str,
        /// The model file.
        model: PathBuf,
        /// What the engine said.
        reason: String,
    },
    /// The run could not be started, whatever the model is: something is wrong with the agent, or the folder for temporary files.
    #[error("{engine} can't be started for `{}`: {reason}", escaped_path(model))]
    Start {
        /// Name of the engine.
        engine: &'static str,
        /// The model file.
        model: PathBuf,
        /// What the system said, of which file or folder.
        reason: String,
    },
    /// The outputs take more memory than the model may.
    #[error("the outputs of `{}` are too large together: {source} (--max-memory)", escaped_path(model))]
    TooLarge {
        /// The model file.
        model: PathBuf,
        /// How much they take.
        source: TooMuch,
    },
    /// The run took longer than it may.
    #[error("{engine} can't run `{}` in the time that it may take: {reason}", escaped_path(model))]
    Timeout {
        /// Name of the engine.
        engine: &'static str,
        /// The model file.
        model: PathBuf,
        /// How long it took.
        reason: String,
    },
    /// The engine computes something else than the file says.
    #[error(
        "{engine} is known to compute something else than ONNX says of `{}`: {}",
        escaped_path(model),
        escaped(reason)
    )]
    Deviates {
        /// Program and version.
        engine: String,
        /// The model file.
        model: PathBuf,
        /// At which node, and what.
        reason: String,
    },
    /// No engine here can be trusted with an ONNX file.
    #[error("no engine here can tell what `{}` computes: {}", escaped_path(model), reasons.join("; "))]
    Unproven {
        /// The model file.
        model: PathBuf,
        /// What is wrong with each engine.
        reasons: Vec<String>,
    },
}
