//! Safe MNN sessions: load, resize, run, read, profile.
//!
//! ```
//! use edgeconv_runtime::{Config, Session};
//! use edgeconv_tensor::Tensor;
//!
//! let mut session = Session::from_file("tests/models/conv.mnn".as_ref(), Config::default())?;
//! session.set_input("x", &Tensor::new([1, 2, 4, 6], vec![0.5_f32; 48])?)?;
//! session.run()?;
//! assert_eq!(session.output("y")?.shape(), [1, 4, 6, 3]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The only crate with `unsafe` code. It is `libedgeconv` (`include/edgeconv.h`), which talks to MNN's C++ API, for Rust: the C
//! bindings of `mnn-sys` have no session hints and no safe per-operator callbacks; `mnn-sys` provides headers and library.
//!
//! MNN trusts its model files: the library checks what it can, but a file that lies about an operator's parameters can still
//! crash the process. So edgeconv runs this crate in a process of its own, the agent.

#[cfg(target_arch = "x86_64")]
pub mod byte_kernels;
mod config;
mod error;
mod ffi;
pub mod kernels;
mod session;
mod tensor;

pub use config::{Config, Keep};
pub use error::{Error, ErrorKind};
pub use session::{Kept, OpTime, OpenTimes, Session, version};
pub use tensor::TensorInfo;

// Links the library; nothing in it is called from Rust.
use mnn_sys as _;
