//! Reading ONNX files, for the graph and as a listing.
#![no_main]

use edgeconv_converter::source::{Interface, ModelFile, Onnx, Source};
use edgeconv_converter::target::Format;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let file = ModelFile::from_bytes(bytes);
    let _ = Format::Onnx.target().list(&file).map(|listing| listing.histogram().len());
    let _ = Onnx.read(&file, &Interface::default()).map(|graph| graph.validate());
});
