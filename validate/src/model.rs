//! Model files that can be run.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use edgeconv_agent::SessionConfig;
use edgeconv_converter::passes::Accuracy;
use edgeconv_converter::target::isolate::Format;
use edgeconv_converter::target::{self, Listing, Port};
use edgeconv_graph::TensorType;
use tempfile::TempDir;

use crate::engine::{Agent, AgentError, Engine, EngineError, NamedTensor, NativeEngine, Rten, Run, onnxruntime};
use crate::provenance;

/// A model file that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// There is no such file.
    #[error("`{}` does not exist or is no file", .0.display())]
    Missing(PathBuf),
    /// It is no model.
    #[error("`{}`: expected a file that ends in .mnn or .onnx", .0.display())]
    Ending(PathBuf),
    /// It can't be read.
    #[error("`{}`: {reason}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// ONNX Runtime was asked for.
    #[error("ONNX Runtime is not here: set ORT_DYLIB_PATH or install Python's onnxruntime")]
    NoOnnxRuntime,
    /// The program that runs models is missing.
    #[error(transparent)]
    Agent(#[from] AgentError),
}

/// What runs ONNX files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnnxEngine {
    /// ONNX Runtime where it is found, else rten.
    #[default]
    Any,
    /// The runtime that is built in.
    Rten,
    /// ONNX Runtime.
    OnnxRuntime,
}

/// A model file with what runs it.
pub struct Model {
    path: PathBuf,
    format: Format,
    listing: Listing,
    engine: Box<dyn Engine>,
    /// The file's folder, if that is to go with the model.
    _folder: Option<TempDir>,
}

impl Model {
    /// The model in a file.
    ///
    /// # Errors
    /// If it can't be read, or nothing that runs it is here.
    pub fn open(path: &Path, onnx: OnnxEngine, agent: &Agent, config: SessionConfig) -> Result<Self, ModelError> {
        if !path.is_file() {
            return Err(ModelError::Missing(path.to_owned()));
        }
        let format = Format::of(path).ok_or_else(|| ModelError::Ending(path.to_owned()))?;
        let engine: Box<dyn Engine> = match format {
            Format::Mnn => Box::new(NativeEngine::mnn(agent.clone(), config)),
            Format::Onnx => match (onnx, onnxruntime::find()) {
                (OnnxEngine::Rten, _) | (OnnxEngine::Any, None) => Box::new(Rten::new()),
                (_, Some(library)) => Box::new(NativeEngine::onnxruntime(Agent::find()?, config, library)),
                (OnnxEngine::OnnxRuntime, None) => return Err(ModelError::NoOnnxRuntime),
            },
        };
        let damaged = |reason: String| ModelError::Damaged { path: path.to_owned(), reason };
        let listing = match format {
            Format::Mnn => {
                let bytes = std::fs::read(path).map_err(|error| damaged(error.to_string()))?;
                target::mnn::list(&bytes)
                    .map_err(|error| damaged(format!("it is no MNN model, or damaged: {error}")))?
            }
            Format::Onnx => target::onnx::list(path).map_err(|error| damaged(error.to_string()))?,
        };
        Ok(Self { path: path.to_owned(), format, listing, engine, _folder: None })
    }

    /// A model that `engine` has by other means than the ONNX file that tells of it, under the same names. The file is in `folder`,
    /// which is removed with the model.
    ///
    /// # Errors
    /// If the file can't be read.
    pub fn computed_by(engine: Box<dyn Engine>, path: PathBuf, folder: TempDir) -> Result<Self, ModelError> {
        match target::onnx::list(&path) {
            Ok(listing) => Ok(Self { path, format: Format::Onnx, listing, engine, _folder: Some(folder) }),
            Err(error) => Err(ModelError::Damaged { path, reason: error.to_string() }),
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its format.
    pub fn format(&self) -> Format {
        self.format
    }

    /// What is in the file.
    pub fn listing(&self) -> &Listing {
        &self.listing
    }

    /// The inputs.
    pub fn inputs(&self) -> &[Port] {
        &self.listing.inputs
    }

    /// What the operators compute, in order, but for the outputs.
    pub fn values(&self) -> Vec<String> {
        let returned: HashSet<_> = self.listing.outputs.iter().map(|output| output.name.as_str()).collect();
        let results = self.listing.operators.iter().flat_map(|operator| &operator.outputs);
        let names = results.map(|output| output.name.as_str());
        names.filter(|name| !name.is_empty() && !returned.contains(name)).map(str::to_owned).collect()
    }

    /// What was done to the model on its way into the file; `None` in files of others.
    pub fn accuracy(&self) -> Option<Accuracy> {
        Accuracy::noted(&self.listing.metadata)
    }

    /// What it was made from; `None` in files of others.
    pub fn source(&self) -> Option<&str> {
        provenance::noted(&self.listing.metadata)
    }

    /// Operators that round, on the longest way from an input to an output.
    pub fn depth(&self) -> usize {
        let mut depth: HashMap<&str, usize> = HashMap::new();
        for operator in &self.listing.operators {
            let before = operator.inputs.iter().filter_map(|input| depth.get(input.as_str())).max();
            let here = before.copied().unwrap_or(0) + usize::from(sums(&operator.op));
            depth.extend(operator.outputs.iter().map(|output| (output.name.as_str(), here)));
        }
        depth.into_values().max().unwrap_or(0)
    }

    /// Runs the model once; returns also the values inside that have these names.
    ///
    /// # Errors
    /// If it can't be run on these inputs.
    pub fn run(&self, inputs: &[NamedTensor], inside: &[String]) -> Result<Run, EngineError> {
        self.engine.run_inside(&self.path, inputs, inside)
    }

    /// Runs the model on each of `runs` equal parts of the inputs along their first axis, in one job; its outputs are one behind the
    /// other likewise.
    ///
    /// # Errors
    /// If it can't be run on these inputs.
    pub fn run_parts(&self, inputs: &[NamedTensor], runs: usize) -> Result<Run, EngineError> {
        self.engine.run_parts(&self.path, inputs, runs)
    }

    /// Runs another version of the file on what runs this one.
    pub(crate) fn run_file(&self, path: &Path, inputs: &[NamedTensor]) -> Result<Vec<NamedTensor>, EngineError> {
        self.engine.run(path, inputs)
    }

    /// Whether tensors are what the model takes; types that the file leaves open fit.
    pub fn takes(&self, inputs: &[NamedTensor]) -> bool {
        let fits = |port: &Port| {
            let input = inputs.iter().find(|input| input.name == port.name);
            input.is_some_and(|input| port.ty.parse().map_or(true, |ty: TensorType| ty == input.tensor.ty()))
        };
        self.inputs().iter().all(fits)
    }
}

/// Whether an operator, of MNN or ONNX, adds up products or rounds otherwise more than once per element.
fn sums(op: &str) -> bool {
    const SUMMING: [&str; 18] = [
        "Convolution",
        "ConvolutionDepthwise",
        "Deconvolution",
        "DeconvolutionDepthwise",
        "Conv",
        "ConvTranspose",
        "MatMul",
        "Gemm",
        "Einsum",
        "Attention",
        "LSTM",
        "GRU",
        "LayerNorm",
        "LayerNormalization",
        "InstanceNormalization",
        "BatchNormalization",
        "Scale",
        "Softmax",
    ];
    SUMMING.contains(&op)
}
