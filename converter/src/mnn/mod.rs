//! x
#[allow(missing_docs, unsafe_code, unused, clippy::all)]
mod schema { include!(concat!(env!("OUT_DIR"), "/mnn.rs")); }
