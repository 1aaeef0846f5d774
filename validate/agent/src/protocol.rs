//! Jobs and results as JSON.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use edgeconv_session::SessionConfig;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The version of the protocol, to be raised with every change of jobs or results.
pub const PROTOCOL: u32 = 5;

/// Where jobs and results have it.
const PROTOCOL_KEY: &str = "protocol";

/// The first line that the agent prints, once it has read its job. Whatever ends it before that says nothing about a model.
pub const READY: &str = "edgeconv-agent: the job is read";

const JOB_FILE: &str = "job.json";
const RESULT_FILE: &str = "result.json";

/// What the agent is asked to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Job {
    /// The work.
    pub task: Task,
    /// How sessions run.
    pub config: SessionConfig,
}

/// The work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Task {
    /// Runs a model and returns its outputs.
    Run {
        /// Name of the engine that runs it.
        engine: String,
        /// The model file.
        #[serde(with = "crate::path")]
        model: PathBuf,
        /// Its inputs.
        inputs: Vec<JobInput>,
        /// How often it is run. The files then hold the inputs of all runs, one behind the other along the first axis, and those of
        /// the outputs likewise. A job without this, or with 1, is one run of the files as they are.
        #[serde(default = "once", skip_serializing_if = "is_once")]
        runs: usize,
        /// Which tensors inside the model are returned, too (MNN only, and of a single run).
        #[serde(default)]
        capture: Capture,
    },
    /// Measures models on the same made-up input, one run of each in turn.
    Bench {
        /// What is measured.
        models: Vec<BenchModel>,
        /// Runs of each model that are not measured.
        warmup: Warmup,
        /// Measured runs of each model.
        runs: usize,
        /// Adds as many runs that measure each operator (MNN only).
        profile: bool,
        /// Processor cores that the process may use; empty: all.
        #[serde(default)]
        cores: Vec<usize>,
    },
    /// Says what the agent can do.
    Capabilities,
}

/// A model file with what runs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BenchModel {
    /// Name of the engine.
    pub engine: String,
    /// The model file.
    #[serde(with = "crate::path")]
    pub model: PathBuf,
    /// Shapes of inputs that have others in the file, or open ones.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub shapes: Shapes,
    /// Shapes from which the session is resized back in the end, to measure how long that takes; without any that is not measured.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub resized_from: Shapes,
}

/// Shapes of inputs, by name.
pub type Shapes = BTreeMap<String, Vec<usize>>;

impl BenchModel {
    /// A file that MNN runs.
    pub fn mnn(model: impl Into<PathBuf>) -> Self {
        Self::of(MNN, model)
    }

    /// A file that ONNX Runtime runs.
    pub fn onnx(model: impl Into<PathBuf>) -> Self {
        Self::of(ONNX_RUNTIME, model)
    }

    fn of(engine: &str, model: impl Into<PathBuf>) -> Self {
        Self { engine: engine.into(), model: model.into(), shapes: Shapes::new(), resized_from: Shapes::new() }
    }
}

fn once() -> usize {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_once(runs: &usize) -> bool {
    *runs == once()
}

impl Task {
    /// Measures models on all cores, without a profile.
    pub fn bench(models: Vec<BenchModel>, warmup: Warmup, runs: usize) -> Self {
        Self::Bench { models, warmup, runs, profile: false, cores: vec![] }
    }
}

/// Runs before measured ones, until their times are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Warmup {
    /// At least so many of each model.
    pub least: usize,
    /// At most so many.
    pub most: usize,
}

impl Warmup {
    /// So many, stable or not.
    pub fn exactly(runs: usize) -> Self {
        Self { least: runs, most: runs }
    }
}

/// The name of MNN, which is linked into the agent.
pub const MNN: &str = "mnn";

/// The name of ONNX Runtime, which is loaded from the library that `ORT_DYLIB_PATH` names.
pub const ONNX_RUNTIME: &str = "onnxruntime";

/// The variable that keeps ONNX Runtime from noting an identifier and events under the home folder, and from sending them. Its engine needs
/// the value `1`: by the time that its API could say so, it has begun.
pub const TELEMETRY: &str = "ORT_DISABLE_TELEMETRY";

/// The name of rten, which is linked into the agent.
pub const RTEN: &str = "rten";

/// The version of rten that this agent is built with.
pub const RTEN_VERSION: &str = "0.27.0";

/// An input and the file, relative to the job's folder, that holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JobInput {
    /// Name in the model.
    pub name: String,
    /// The `.npy` file.
    pub file: PathBuf,
}

/// Which tensors inside the model are returned.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capture {
    /// None.
    #[default]
    Nothing,
    /// Those with these names.
    Tensors(Vec<String>),
    /// Everything that the model computes.
    All,
}

/// How a job ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A model was run.
    Run(RunResult),
    /// Models were measured.
    Bench(BenchResult),
    /// What the agent can do.
    Capabilities(Capabilities),
    /// It failed, for this reason.
    Error(String),
    /// The model does not take the inputs, for this reason.
    WrongInputs(String),
    /// The job's files can't be read or written, for this reason; which says nothing about the model.
    Place(String),
}

/// An engine that an agent has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineInfo {
    /// Its name in jobs, such as `mnn`.
    pub name: String,
    /// Its name for people, such as `MNN`.
    pub title: String,
    /// Version.
    pub version: String,
    /// The instructions that our kernels are written for, such as `NEON`, if it computes by them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kernels: Option<String>,
}

/// Title and version, as in `MNN 3.6.1` or `MNN 3.6.1 with NEON kernels`.
impl fmt::Display for EngineInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.title, self.version)?;
        self.kernels.iter().try_for_each(|kernels| write!(f, " with {kernels} kernels"))
    }
}

/// The result of [`Task::Capabilities`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capabilities {
    /// Version of the agent.
    pub agent: String,
    /// The engines that are there.
    pub engines: Vec<EngineInfo>,
    /// Where it runs.
    pub host: Host,
    /// Features of the processor as the kernel names them, such as `neon` or `avx2`; empty if it does not say.
    pub features: Vec<String>,
}

/// The machine that a model ran on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    /// Processor, as the system names it.
    pub cpu: String,
    /// Instruction set that the agent was built for, such as `arm`.
    pub machine: String,
    /// Number of its cores that this process may use.
    pub cores: usize,
    /// Version of the kernel.
    pub kernel: String,
}

/// What makes a machine faster or slower for a time; what the system does not tell is absent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Conditions {
    /// How the processor's frequency is chosen.
    pub governor: Option<String>,
    /// Its frequency now.
    pub freq_mhz: Option<f64>,
    /// Temperature of the warmest sensor of the processor.
    pub temperature_c: Option<f64>,
    /// Mean number of programs that wanted to run in the last minute.
    pub load: Option<f64>,
}

/// The result of [`Task::Run`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunResult {
    /// What ran.
    pub engine: EngineInfo,
    /// Where.
    pub host: Host,
    /// The model's outputs.
    pub outputs: Vec<JobOutput>,
    /// Tensors inside the model.
    pub captured: Vec<CapturedTensor>,
    /// Milliseconds to load and prepare the model.
    pub load_ms: f64,
    /// Milliseconds of the runs.
    pub run_ms: f64,
}

/// An output and the file, relative to the job's folder, that holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobOutput {
    /// Name in the model.
    pub name: String,
    /// The `.npy` file.
    pub file: PathBuf,
}

/// A tensor inside the model and the file, relative to the job's folder, that holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapturedTensor {
    /// Name of the tensor.
    pub name: String,
    /// Name of the operator that computes it.
    pub op: String,
    /// The `.npy` file.
    pub file: PathBuf,
}

/// The result of [`Task::Bench`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BenchResult {
    /// One entry per model.
    pub models: Vec<Timing>,
    /// Where.
    pub host: Host,
    /// The machine before the first run.
    pub before: Conditions,
    /// The machine after the last one.
    pub after: Conditions,
    /// Runs of each model before measured ones.
    pub warmup: usize,
    /// Whether times were stable then.
    pub stable: bool,
    /// Most memory that the process held, with all models, in megabytes, if the system tells; resizes do not count.
    pub peak_mb: Option<f64>,
    /// The same when sessions were resized, if any was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resize_peak_mb: Option<f64>,
}

/// Measurements of one model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// What ran.
    pub engine: EngineInfo,
    /// Milliseconds to read the model.
    pub load_ms: f64,
    /// Milliseconds to create a session for it; 0 if the engine does not tell it apart from reading.
    pub session_ms: f64,
    /// Milliseconds of the first run.
    pub first_run_ms: f64,
    /// Megabytes that the session holds, if the engine tells.
    pub memory_mb: Option<f32>,
    /// Milliseconds of each measured run. Filling the inputs is not part of it.
    pub samples_ms: Vec<f64>,
    /// Mean times of the operators, in order of execution, if asked for.
    pub ops: Vec<OpTime>,
    /// Milliseconds of each resize to the shapes that were measured, if asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resizes_ms: Vec<f64>,
}

/// Time of one operator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpTime {
    /// Name in the model, or one that MNN made up for an operator that it split.
    pub name: String,
    /// Type in MNN's vocabulary.
    #[serde(rename = "type")]
    pub op_type: String,
    /// Milliseconds.
    pub ms: f64,
    /// Operations in millions as MNN estimates them (a multiply-accumulate of a convolution is one).
    pub mflops: f32,
    /// Bytes of the tensors that it reads and writes, without weights.
    pub bytes: u64,
}

/// A job or result file that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// It can't be read or written.
    #[error("`{}`: {reason}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: std::io::Error,
    },
    /// It is of another version of the protocol.
    #[error("`{}` is of version {found} of the agent's protocol, expected {PROTOCOL}: {BUILD}", path.display())]
    Version {
        /// The file.
        path: PathBuf,
        /// Its version, or `none`.
        found: String,
    },
    /// It has another content than this version understands.
    #[error("`{}` is not a job or result of this version of the agent: {reason}; {BUILD}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: serde_json::Error,
    },
}

/// What to do if edgeconv and the agent are of different versions.
pub const BUILD: &str =
    "build edgeconv and the agent from the same sources (`cargo build -p edgeconv-agent`, for boards `make board`)";

impl Job {
    /// Writes `job.json` into a folder.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn write(&self, folder: &Path) -> Result<(), JobError> {
        write(self, &folder.join(JOB_FILE))
    }

    /// Reads `job.json` from a folder.
    ///
    /// # Errors
    /// If it can't be read or is not a job.
    pub fn read(folder: &Path) -> Result<Self, JobError> {
        read(&folder.join(JOB_FILE))
    }
}

impl Outcome {
    /// Writes `result.json` into a folder.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn write(&self, folder: &Path) -> Result<(), JobError> {
        write(self, &folder.join(RESULT_FILE))
    }

    /// Reads `result.json` from a folder.
    ///
    /// # Errors
    /// If it can't be read or is not a result.
    pub fn read(folder: &Path) -> Result<Self, JobError> {
        read(&folder.join(RESULT_FILE))
    }
}

fn write(value: &impl Serialize, path: &Path) -> Result<(), JobError> {
    let io = |reason| JobError::Io { path: path.to_owned(), reason };
    let json = with_protocol(value).map_err(|reason| JobError::Json { path: path.to_owned(), reason })?;
    edgeconv_files::write_unsynced(path, json).map_err(io)
}

fn with_protocol(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut value = serde_json::to_value(value)?;
    value[PROTOCOL_KEY] = PROTOCOL.into();
    serde_json::to_vec_pretty(&value)
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, JobError> {
    let json = |reason| JobError::Json { path: path.to_owned(), reason };
    let bytes = std::fs::read(path).map_err(|reason| JobError::Io { path: path.to_owned(), reason })?;
    let mut content: Map<String, Value> = serde_json::from_slice(&bytes).map_err(json)?;
    match content.remove(PROTOCOL_KEY) {
        Some(version) if version == PROTOCOL => serde_json::from_value(content.into()).map_err(json),
        version => {
            let found = version.map_or("none".into(), |version| version.to_string());
            Err(JobError::Version { path: path.to_owned(), found })
        }
    }
}
