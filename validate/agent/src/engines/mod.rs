//! What can run a model. A new engine is a module with an [`Engine`] that [`ENGINES`] lists.

mod mnn;
#[cfg(feature = "onnxruntime")]
mod onnxruntime;
#[cfg(feature = "rten")]
mod rten;

use std::error::Error;
use std::fmt;
use std::path::Path;

use edgeconv_agent::{Capture, EngineInfo, OpTime, SessionConfig, Shapes};
use edgeconv_tensor::{DType, Tensor};

/// The agent passes errors on as text, so their types don't matter.
pub type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// The model does not take the inputs, for this reason.
#[derive(Debug)]
pub struct WrongInputs(pub String);

impl Error for WrongInputs {}

impl fmt::Display for WrongInputs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A program that can run models.
pub struct Engine {
    /// Its name in jobs.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// Its version; an error if it is not here.
    version: fn() -> Result<String>,
    load: fn(&Path, &SessionConfig, &Capture) -> Result<Box<dyn Loaded>>,
}

/// The engines that this agent is built with.
const ENGINES: &[Engine] = &[
    mnn::ENGINE,
    #[cfg(feature = "onnxruntime")]
    onnxruntime::ENGINE,
    #[cfg(feature = "rten")]
    rten::ENGINE,
];

impl Engine {
    fn info(&self, version: String) -> EngineInfo {
        EngineInfo { name: self.name.into(), title: self.title.into(), version, kernels: None }
    }
}

/// The engines that are here.
pub fn available() -> Vec<EngineInfo> {
    ENGINES.iter().filter_map(|engine| Some(engine.info((engine.version)().ok()?))).collect()
}

/// An input of a model.
pub struct Input {
    pub name: String,
    /// 0 stands for a dimension that the model leaves open.
    pub shape: Vec<usize>,
    pub dtype: DType,
}

/// A tensor inside the model.
pub struct Captured {
    pub name: String,
    pub op: String,
    pub tensor: Tensor,
}

/// A model that an engine has loaded.
pub trait Loaded {
    /// The engine.
    fn info(&self) -> EngineInfo;

    /// The inputs.
    fn inputs(&self) -> Vec<Input>;

    /// Fills the inputs, named, and gives them these tensors' shapes; each run needs this again.
    fn set_inputs(&mut self, inputs: &[(String, Tensor)]) -> Result<()>;

    /// Prepares the session for these shapes of its inputs; they have to be filled then.
    fn resize(&mut self, _shapes: &Shapes) -> Result<()> {
        Err(format!("{} has no sessions that are resized", self.info().title).into())
    }

    /// Runs on the inputs.
    fn run(&mut self) -> Result<()>;

    /// The outputs of the last run, by name.
    fn outputs(&mut self) -> Result<Vec<(String, Tensor)>>;

    /// What the model was loaded to capture.
    fn captured(&self) -> Result<Vec<Captured>> {
        Ok(vec![])
    }

    /// Runs and measures each operator.
    fn profile(&mut self) -> Result<Vec<OpTime>> {
        Err(format!("{} does not tell the time of each operator", self.info().title).into())
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

/// Loads a model file into the engine of that name.
pub fn load(engine: &str, path: &Path, config: &SessionConfig, capture: &Capture) -> Result<Box<dyn Loaded>> {
    if config.threads == 0 {
        return Err("0 threads can't run a model".into());
    }
    let known = ENGINES.iter().find(|known| known.name == engine);
    let names = || ENGINES.iter().map(|known| known.name).collect::<Vec<_>>().join(", ");
    let known = known.ok_or_else(|| format!("this agent has no engine `{engine}`, it has: {}", names()))?;
    (known.load)(path, config, capture)
}
