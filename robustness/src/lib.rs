//! What happens to our programs when things go wrong around them. Each suite draws its cases from a seed and prints counts; a short form
//! of each is among the tests.
//!
//! - [`signals`]: programs that a signal ends.
//! - [`resources`]: programs that lack something.
#![cfg(unix)]

pub mod place;
pub mod resources;
pub mod scenario;
pub mod signals;
