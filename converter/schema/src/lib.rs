//! The messages of the file formats, generated from their schemas: a crate of its own, so that they are compiled once.
//!
//! After a change of `onnx.proto` or `mnn.fbs`: `EDGECONV_REGENERATE=1 cargo test -p edgeconv-schema`.

/// The messages of an ONNX file, which [`prost::Message`] reads and writes; generated from `onnx.proto`.
#[allow(missing_docs, clippy::all)] // documented in onnx.proto
#[rustfmt::skip]
pub mod onnx;

/// The tables of an MNN file; what planus makes of `mnn.fbs`.
#[allow(dead_code, missing_docs, unsafe_code, clippy::all, clippy::unwrap_used, clippy::panic)] // generated
#[rustfmt::skip]
pub mod mnn;
