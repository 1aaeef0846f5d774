//! One file per command of `edgeconv-train`.

pub mod train;
