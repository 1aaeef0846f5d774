//! One file per command.

pub mod bench;
pub mod export;
pub mod models;
pub mod run;
mod tune;
