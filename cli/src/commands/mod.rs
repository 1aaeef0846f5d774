//! One file per command.

pub mod bench;
pub mod check;
mod checking;
pub mod convert;
pub mod diff;
pub mod export;
pub mod inspect;
pub mod models;
pub mod operators;
mod rewriting;
pub mod run;
mod shapes;
pub mod training;
mod tune;
mod writing;
