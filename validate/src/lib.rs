//! Parity and latency: do two programs compute the same, and how long does it take?
//!
//! - [`engine`]: programs that run model files.
//! - [`compare`]: how far their outputs are apart.
//! - [`machine`]: where they run: here, emulated, or on a board.
//! - [`model`]: model files with what runs them.
//! - [`check`]: whether a model computes what another one does, and where not.
//! - [`tolerances`], [`settings`]: how far it may be off.
//! - [`distribution`]: how their elements are distributed.
//! - [`golden`]: what a model gave before.
//! - [`input`]: what they are run on.
//! - [`mod@bench`]: models measured in turn.
//! - [`latency`]: statistics of measured times.
//! - [`predict`]: estimates for a board that is not there.
//! - [`process`]: programs that run, and end with this one.
//! - [`program`]: where programs are.
//! - [`calibration`]: what values are like on samples.
//! - [`sizes`]: at which sizes files with open dimensions are checked.
//! - [`quantization`]: what one step of quantised values is.
//! - [`provenance`]: what a model file was made from.
//! - [`tune`]: the fastest of several files.

pub mod bench;
pub mod calibration;
pub mod check;
pub mod compare;
mod counts;
pub mod distribution;
pub mod engine;
pub mod golden;
pub mod input;
pub mod latency;
pub mod machine;
pub mod model;
pub mod predict;
pub mod process;
pub mod program;
pub mod provenance;
pub mod quantization;
mod selections;
pub mod settings;
pub mod sizes;
mod statistics;
pub mod tolerances;
pub mod tune;

pub use counts::Counts;
pub use selections::Selections;
