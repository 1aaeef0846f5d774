//! Safe MNN sessions: load, resize, run, read, trace.
//!
//! The only crate with `unsafe` code. It talks to MNN's C++ API through a shim of our own (`shim.cpp`), because the C
//! bindings of `mnn-sys` have no session hints and no safe per-operator callbacks; `mnn-sys` provides headers and library.
//!
//! MNN trusts its model files: the shim verifies what it can, but a file that lies about an operator's parameters can still
//! crash the process. So edgeconv runs this crate in a process of its own, the agent.

mod ffi;
mod session;

pub use session::{
    Captured, Config, ElementType, Error, Hints, Level, OpTime, Precision, Session, Tensor, TensorData, TensorInfo,
    Trace, Wanted, version,
};

// Links the library; nothing in it is called from Rust.
use mnn_sys as _;
