//! The protocol between edgeconv and the agent, the program that runs models.
//!
//! The agent runs in a process of its own, here or on a board, so that a crash in native code is an error message for the
//! caller. A job is a folder: `job.json` and `.npy` files go in, `result.json` and `.npy` files come out.
//! A job names an engine; which ones there are, the agent answers to [`Task::Capabilities`].

pub mod npy;
pub mod owner;
pub mod path;
mod protocol;

pub use edgeconv_session::open;
pub use edgeconv_session::{Hints, Kernels, Level, Precision, SessionConfig, Settings, weights_file};
pub use npy::NpyError;
pub use protocol::{
    BUILD, BenchModel, BenchResult, Capabilities, Capture, CapturedTensor, Conditions, EngineInfo, Host, Job, JobError,
    JobInput, JobOutput, MNN, ONNX_RUNTIME, OpTime, Outcome, PROTOCOL, READY, RTEN, RTEN_VERSION, RunResult, Shapes,
    TELEMETRY, Task, Timing, Warmup,
};
