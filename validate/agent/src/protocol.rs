//! Jobs and results as JSON.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

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
        /// What runs it.
        engine: Engine,
        /// The model file.
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
        /// Model files with what runs them.
        models: Vec<(Engine, PathBuf)>,
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
    pub fn bench(models: Vec<(Engine, PathBuf)>, warmup: Warmup, runs: usize) -> Self {
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

/// What runs a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// MNN, linked into the agent.
    Mnn,
    /// ONNX Runtime, loaded from the library that `ORT_DYLIB_PATH` names.
    OnnxRuntime,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mnn => "MNN",
            Self::OnnxRuntime => "ONNX Runtime",
        })
    }
}

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

/// Arithmetic that MNN may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// 32-bit floats.
    #[default]
    High,
    /// MNN's choice.
    Normal,
    /// 16-bit floats where the CPU has them.
    Low,
}

/// How much memory MNN may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// As much as helps.
    High,
    /// MNN's choice.
    #[default]
    Normal,
    /// Little.
    Low,
}

/// MNN's session hints; what is absent stays at MNN's default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hints {
    /// `WINOGRAD_MEMORY_LEVEL`: 0 no Winograd, 1 the small and most accurate tiles, 3 all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub winograd_memory_level: Option<u8>,
}

impl Default for Hints {
    /// What an exported model should be run with: MNN's own default for Winograd, 3, lets the error of a whole network grow
    /// by a factor of 10 to 40, and is not measurably faster.
    fn default() -> Self {
        Self { winograd_memory_level: Some(1) }
    }
}

/// How a session runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionConfig {
    /// Number of threads, at least 1.
    pub threads: u16,
    /// Arithmetic.
    #[serde(default)]
    pub precision: Precision,
    /// Memory.
    #[serde(default)]
    pub memory: Level,
    /// Hints.
    #[serde(default)]
    pub hints: Hints,
}

impl Default for SessionConfig {
    fn default() -> Self {
        Self { threads: 1, precision: Precision::default(), memory: Level::default(), hints: Hints::default() }
    }
}

/// How a job ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A model was run.
    Run(RunResult),
    /// Models were measured.
    Bench(BenchResult),
    /// It failed, for this reason.
    Error(String),
}

/// Name and version of an engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineInfo {
    /// Name.
    pub name: Engine,
    /// Version.
    pub version: String,
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
    /// Most memory that the process held, with all models, in megabytes, if the system tells.
    pub peak_mb: Option<f64>,
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
    /// It has another content than this version understands.
    #[error("`{}` is not a job or result of this version of the agent: {reason}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: serde_json::Error,
    },
}

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
    /// If it can't be read or is no job.
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
    /// If it can't be read or is no result.
    pub fn read(folder: &Path) -> Result<Self, JobError> {
        read(&folder.join(RESULT_FILE))
    }
}

fn write(value: &impl Serialize, path: &Path) -> Result<(), JobError> {
    let io = |reason| JobError::Io { path: path.to_owned(), reason };
    let json = serde_json::to_vec_pretty(value).map_err(|reason| JobError::Json { path: path.to_owned(), reason })?;
    let partial = path.with_extension("partial");
    std::fs::write(&partial, json).map_err(io)?;
    std::fs::rename(&partial, path).map_err(io)
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, JobError> {
    let bytes = std::fs::read(path).map_err(|reason| JobError::Io { path: path.to_owned(), reason })?;
    serde_json::from_slice(&bytes).map_err(|reason| JobError::Json { path: path.to_owned(), reason })
}
