//! Safe MNN sessions: load, resize, run, read, profile.
//!
//! The only crate with `unsafe` code. It talks to MNN's C++ API through a shim of our own (`shim.cpp`), because the C
//! bindings of `mnn-sys` have no session hints and no safe per-operator callbacks; `mnn-sys` provides headers and library.
//!
//! MNN trusts its model files: the shim checks what it can, but a file that lies about an operator's parameters can still
//! crash the process. So edgeconv runs this crate in a process of its own, the agent.

mod config;
mod error;
mod ffi;
pub mod kernels;
mod session;
mod tensor;

pub use config::{Config, Keep};
pub use error::Error;
pub use session::{Kept, OpTime, OpenTimes, Session, version};
pub use tensor::TensorInfo;

// Links the library; nothing in it is called from Rust.
use mnn_sys as _;
