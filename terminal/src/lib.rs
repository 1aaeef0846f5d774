//! What our programs have in common on the command line.
//!
//! - [`arguments`]: the command line.
//! - [`failure`]: how a command fails, and with which exit code.
//! - [`interrupt`]: signals that end a program.
//! - [`kernels`]: whose kernels compute models.
//! - [`page`]: results as HTML pages.
//! - [`output`]: results on stdout, progress and logs on stderr.

pub mod arguments;
pub mod failure;
pub mod interrupt;
pub mod kernels;
pub mod output;
pub mod page;

pub use failure::Failure;
pub use output::Output;
