//! What happens to our programs when things go wrong around them. Each suite draws its cases from a seed and prints counts; a short form
//! of each is among the tests.
//!
//! - [`bombs`]: small files that ask for much.
//! - [`mutants`]: files of every format with changes in them.
//! - [`signals`]: programs that a signal ends.
//! - [`resources`]: programs that lack something.
#![cfg(unix)]

pub mod bombs;
pub mod mutants;
pub mod mutation;
mod onnx;
pub mod place;
pub mod resources;
pub mod samples;
pub mod scenario;
pub mod signals;
pub mod trial;
