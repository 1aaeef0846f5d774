//! The protocol between edgeconv and the agent, the program that runs models.
//!
//! The agent runs in a process of its own, here or on a board, so that a crash in native code is an error message for the
//! caller. A job is a folder: `job.json` and `.npy` files go in, `result.json` and `.npy` files come out.

mod npy;
mod protocol;

pub use npy::{NpyData, NpyError, NpyTensor};
pub use protocol::{
    BenchResult, Capture, CapturedTensor, Conditions, Engine, EngineInfo, Hints, Host, Job, JobError, JobInput,
    JobOutput, Level, OpTime, Outcome, Precision, RunResult, SessionConfig, Task, Timing, Warmup,
};
