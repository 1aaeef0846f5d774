//! What can run a model.

mod mnn;
#[cfg(feature = "onnxruntime")]
mod onnxruntime;

use std::error::Error;
use std::path::Path;

use edgeconv_agent::{Capture, Engine, EngineInfo, NpyTensor, OpTime, SessionConfig};

/// The agent passes errors on as text, so their types don't matter.
pub type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// An input of a model.
pub struct Input {
    pub name: String,
    /// 0 stands for a dimension that the model leaves open.
    pub shape: Vec<usize>,
    pub element: Element,
}

/// Element type of an input.
pub enum Element {
    F32,
    I32,
    #[cfg_attr(not(feature = "onnxruntime"), allow(dead_code))] // MNN has none
    I64,
}

/// A tensor inside the model.
pub struct Captured {
    pub name: String,
    pub op: String,
    pub tensor: NpyTensor,
}

/// A model that an engine has loaded.
pub trait Loaded {
    /// The engine.
    fn info(&self) -> EngineInfo;

    /// The inputs.
    fn inputs(&self) -> Vec<Input>;

    /// Fills the inputs, named, and gives them these tensors' shapes; each run needs this again.
    fn set_inputs(&mut self, inputs: &[(String, NpyTensor)]) -> Result<()>;

    /// Runs on the inputs.
    fn run(&mut self) -> Result<()>;

    /// The outputs of the last run, by name.
    fn outputs(&mut self) -> Result<Vec<(String, NpyTensor)>>;

    /// What the model was loaded to capture.
    fn captured(&self) -> Result<Vec<Captured>> {
        Ok(vec![])
    }

    /// Runs and measures each operator.
    fn profile(&mut self) -> Result<Vec<OpTime>> {
        Err(format!("{} does not tell the time of each operator", self.info().name).into())
    }

    /// The part of loading that created the session, in milliseconds, if the engine tells it apart.
    fn session_ms(&self) -> f64 {
        0.0
    }

    /// Megabytes that the session holds, if the engine tells.
    fn memory_mb(&self) -> Option<f32> {
        None
    }
}

/// Loads a model file.
pub fn load(engine: Engine, path: &Path, config: &SessionConfig, capture: &Capture) -> Result<Box<dyn Loaded>> {
    if config.threads == 0 {
        return Err("0 threads can't run a model".into());
    }
    match engine {
        Engine::Mnn => Ok(Box::new(mnn::MnnModel::load(path, config, capture)?)),
        Engine::OnnxRuntime if *capture != Capture::Nothing => {
            Err("ONNX Runtime does not show tensors inside a model: make them outputs of the ONNX file".into())
        }
        #[cfg(feature = "onnxruntime")]
        Engine::OnnxRuntime => Ok(Box::new(onnxruntime::OnnxRuntimeModel::load(path, config)?)),
        #[cfg(not(feature = "onnxruntime"))]
        Engine::OnnxRuntime => Err("this agent was built without ONNX Runtime".into()),
    }
}
