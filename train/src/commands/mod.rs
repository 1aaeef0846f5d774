//! One file per command of `edgeconv-train`.

pub mod eval;
pub mod forward;
pub mod train;
