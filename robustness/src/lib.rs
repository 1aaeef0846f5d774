//! What happens to our programs when things go wrong around them. Each suite draws its cases from a seed and prints counts; a short form
//! of each is among the tests.
//!
//! - [`signals`]: programs that a signal ends.
#![cfg(unix)]

pub mod place;
pub mod signals;
