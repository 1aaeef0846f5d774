//! The messages of an ONNX file, generated from `onnx.proto`; [`prost::Message`] reads and writes them.

#![allow(missing_docs)] // documented in onnx.proto

include!(concat!(env!("OUT_DIR"), "/onnx.rs"));
