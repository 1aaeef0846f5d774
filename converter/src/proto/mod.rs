//! The messages of an ONNX file; [`prost::Message`] reads and writes them.
//!
//! `onnx.rs` is generated from `onnx.proto`, and a test says when it has to be generated again (`tests/generated.rs`).

#![allow(missing_docs, clippy::all)] // documented in onnx.proto

include!("onnx.rs");
