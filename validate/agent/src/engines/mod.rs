//! What can run a model.

mod mnn;
#[cfg(feature = "onnxruntime")]
mod onnxruntime;

use std::error::Error;
use std::path::Path;

use edgeconv_agent::{Capture, Engine, EngineInfo, NpyTensor, OpTime, SessionConfig};

/// The agent passes errors on as text, so their types don't matter.
pub type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// A result of an operator inside the model.
pub struct CapturedValue {
    pub op: String,
    pub index: usize,
    pub tensor: NpyTensor,
}

/// A model that an engine has loaded.
pub trait Loaded {
    /// The engine.
    fn info(&self) -> EngineInfo;

    /// Names and shapes of the inputs.
    fn inputs(&self) -> Vec<(String, Vec<usize>)>;

    /// Fills an input; each run needs this again.
    fn set_input(&mut self, name: &str, tensor: &NpyTensor) -> Result<()>;

    /// Runs on the inputs.
    fn run(&mut self) -> Result<()>;

    /// The outputs of the last run, by name.
    fn outputs(&mut self) -> Result<Vec<(String, NpyTensor)>>;

    /// Runs operator by operator.
    fn trace(&mut self, _wanted: &Capture) -> Result<(Vec<OpTime>, Vec<CapturedValue>)> {
        Err(format!("{:?} shows nothing of what happens inside a model", self.info().name).into())
    }

    /// Megabytes that the session holds, if the engine tells.
    fn memory_mb(&self) -> Option<f32> {
        None
    }
}

/// Loads a model file.
pub fn load(engine: Engine, path: &Path, config: &SessionConfig) -> Result<Box<dyn Loaded>> {
    match engine {
        Engine::Mnn => Ok(Box::new(mnn::MnnModel::load(path, config)?)),
        #[cfg(feature = "onnxruntime")]
        Engine::OnnxRuntime => Ok(Box::new(onnxruntime::OnnxRuntimeModel::load(path, config)?)),
        #[cfg(not(feature = "onnxruntime"))]
        Engine::OnnxRuntime => Err("this agent was built without ONNX Runtime".into()),
    }
}
