//! Engines that the agent runs: MNN, ONNX Runtime and rten.

use std::io;
use std::path::{Path, PathBuf};

use edgeconv_agent::{
    Capture, Job, JobInput, JobOutput, MNN, NpyError, ONNX_RUNTIME, Outcome, RTEN, SessionConfig, Task, npy,
};
use edgeconv_converter::target::{self, ReadError, isolate};
use edgeconv_files::{Memory, Staging, TooMuch};

use super::{Agent, AgentError, Engine, EngineError, NamedTensor, Ran, Run, unsaturated};

/// An engine that the agent runs.
#[derive(Debug, Clone)]
pub struct NativeEngine {
    agent: Agent,
    /// Its name.
    engine: &'static str,
    config: SessionConfig,
    /// ONNX Runtime's library, which its engine needs.
    library: Option<PathBuf>,
}

impl NativeEngine {
    /// MNN, which is linked into the agent.
    pub fn mnn(agent: Agent, config: SessionConfig) -> Self {
        Self { agent, engine: MNN, config, library: None }
    }

    /// ONNX Runtime from its shared library.
    pub fn onnxruntime(agent: Agent, config: SessionConfig, library: PathBuf) -> Self {
        Self { agent, engine: ONNX_RUNTIME, config, library: Some(library) }
    }

    /// rten, which is linked into the agent.
    pub fn rten(agent: Agent, config: SessionConfig) -> Self {
        Self { agent, engine: RTEN, config, library: None }
    }

    /// Runs the model on each of `runs` parts of the inputs, and returns also those values inside of it that have one of these names.
    pub(super) fn run_in_folder(
        &self,
        model: &Path,
        inputs: &[NamedTensor],
        runs: usize,
        names: &[String],
    ) -> Result<Run, EngineError> {
        let failed = |error: AgentRunError| match error {
            AgentRunError::Agent(AgentError::WrongInputs(reason)) => {
                EngineError::Inputs { model: model.to_owned(), reason }
            }
            AgentRunError::Agent(error @ AgentError::Timeout { .. }) => {
                EngineError::Timeout { engine: self.name(), model: model.to_owned(), reason: error.to_string() }
            }
            AgentRunError::TooLarge(source) => EngineError::TooLarge { model: model.to_owned(), source },
            error if error.is_of_start() => {
                EngineError::Start { engine: self.name(), model: model.to_owned(), reason: error.to_string() }
            }
            error => EngineError::Run { engine: self.name(), model: model.to_owned(), reason: error.to_string() },
        };
        let folder = Staging::private().map_err(|error| failed(error.into()))?;
        self.run_in(folder.path(), model, inputs, runs, names).map_err(failed)
    }

    fn run_in(
        &self,
        folder: &Path,
        model: &Path,
        inputs: &[NamedTensor],
        runs: usize,
        names: &[String],
    ) -> Result<Run, AgentRunError> {
        let (mut model, mut capture, mut added) = (model.to_owned(), Capture::Nothing, vec![]);
        if self.engine != MNN && !names.is_empty() {
            // They show nothing but outputs.
            let (exposed, all) = isolate::expose(&model, names)?;
            (model, added) = (folder.join("exposed.onnx"), all);
            std::fs::write(&model, exposed)?;
        } else if !names.is_empty() {
            capture = Capture::Tensors(names.to_vec());
        }
        let mut how = "";
        if self.engine == ONNX_RUNTIME && !self.config.graph_optimizations {
            how = UNOPTIMIZED;
            if let Some(rewritten) = unsaturated::rewrite(&model) {
                (model, how) = (folder.join("unsaturated.onnx"), UNSATURATED);
                std::fs::write(&model, rewritten)?;
            }
        }
        let mut files = vec![];
        for (index, input) in inputs.iter().enumerate() {
            let file = PathBuf::from(format!("input-{index}.npy"));
            npy::write_temporary(&input.tensor, &folder.join(&file))?;
            files.push(JobInput { name: input.name.clone(), file });
        }
        // The agent runs in a folder of its own.
        let model = std::path::absolute(model)?;
        let task = Task::Run { engine: self.engine.into(), model: model.clone(), inputs: files, runs, capture };
        let library: Vec<_> = self.library.iter().map(|path| ("ORT_DYLIB_PATH", path.as_path())).collect();
        match self.agent.perform(&Job { task, config: self.config }, folder, &library)? {
            Outcome::Run(result) => {
                let read = |name: String, file: PathBuf| {
                    Ok::<_, AgentRunError>(NamedTensor { name, tensor: npy::read(&folder.join(file))? })
                };
                let library = self.library.as_ref().map(|path| path.display().to_string());
                let ran = Ran { library, ..Ran::by(format!("{}{how}", result.engine), Some(result.host)) };
                let asked = result.outputs.iter().filter(|output| !added.contains(&output.name));
                expect_fit(asked, folder, &model)?;
                let outputs = named(result.outputs, &model).into_iter().map(|output| (output.name, output.file));
                let (exposed, outputs): (Vec<_>, Vec<_>) = outputs.partition(|(name, _)| added.contains(name));
                let captured = result.captured.into_iter().map(|value| (value.name, value.file));
                let tensors =
                    |files: Vec<_>| files.into_iter().map(|(name, file)| read(name, file)).collect::<Result<_, _>>();
                Ok(Run { outputs: tensors(outputs)?, inside: tensors(captured.chain(exposed).collect())?, ran })
            }
            other => Err(AgentError::Unexpected(Box::new(other)).into()),
        }
    }
}

impl Engine for NativeEngine {
    fn name(&self) -> &'static str {
        self.engine
    }

    fn run_inside(&self, model: &Path, inputs: &[NamedTensor], names: &[String]) -> Result<Run, EngineError> {
        self.run_in_folder(model, inputs, 1, names)
    }

    fn run_parts(&self, model: &Path, inputs: &[NamedTensor], runs: usize) -> Result<Run, EngineError> {
        self.run_in_folder(model, inputs, runs, &[])
    }
}

/// What is said of an engine that may not rewrite the graph.
const UNOPTIMIZED: &str = " without graph optimisations";

/// The same, where it was given weights without sign.
const UNSATURATED: &str = " without graph optimisations, with unsigned weights";

/// Each value of a model fits into what its file may take, but a few bytes can ask for many outputs.
fn expect_fit<'a>(
    outputs: impl Iterator<Item = &'a JobOutput>,
    folder: &Path,
    model: &Path,
) -> Result<(), AgentRunError> {
    let lengths = outputs.map(|output| folder.join(&output.file).metadata().map(|metadata| metadata.len()));
    let stored = edgeconv_files::stored(&model.metadata()?);
    Ok(Memory::of_process().budget(stored).take(lengths.sum::<io::Result<u64>>()?)?)
}

/// Outputs that rten has computed when it loaded the model have lost their names: the file says them.
fn named(mut outputs: Vec<JobOutput>, model: &Path) -> Vec<JobOutput> {
    if outputs.iter().any(|output| output.name.is_empty()) {
        let stated = target::list(model).map_or(vec![], |listing| listing.outputs);
        outputs.iter_mut().zip(stated).for_each(|(output, stated)| output.name = stated.name);
    }
    outputs
}

/// Why the agent's run gave no tensors.
#[derive(Debug, thiserror::Error)]
enum AgentRunError {
    #[error(transparent)]
    Agent(#[from] AgentError),
    #[error(transparent)]
    Npy(#[from] NpyError),
    #[error(transparent)]
    Model(#[from] ReadError),
    #[error("no folder for temporary files: {0}")]
    Folder(#[from] io::Error),
    #[error("its outputs are too large: {0}")]
    TooLarge(#[from] TooMuch),
}

impl AgentRunError {
    /// Whether it says nothing about the model.
    fn is_of_start(&self) -> bool {
        match self {
            Self::Agent(error) => error.is_of_start(),
            Self::Npy(NpyError::Io { .. }) | Self::Folder(_) => true,
            Self::Npy(NpyError::Content { .. }) | Self::Model(_) | Self::TooLarge(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};

    use super::*;

    #[test]
    fn outputs_take_what_the_file_may_take() {
        let folder = tempfile::tempdir().unwrap();
        let model = folder.path().join("model.mnn");
        fs::write(&model, "small").unwrap();
        let outputs = ["a", "b"].map(|name| JobOutput { name: name.into(), file: name.into() });
        for output in &outputs {
            File::create(folder.path().join(&output.file)).unwrap().set_len(300 << 20).unwrap();
        }
        assert!(expect_fit(outputs[..1].iter(), folder.path(), &model).is_ok());
        let error = expect_fit(outputs.iter(), folder.path(), &model).unwrap_err();
        assert!(!error.is_of_start() && error.to_string().contains("allow more if you trust the file"), "{error}");
    }
}
