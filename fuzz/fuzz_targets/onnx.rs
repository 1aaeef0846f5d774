//! Reading ONNX files, for the graph and as a listing.
#![no_main]

mod file;

use edgeconv_converter::{source, target};
use edgeconv_converter::source::onnx::Interface;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    file::with_file(bytes, |path| {
        let _ = target::onnx::list(path).map(|listing| listing.histogram().len());
        let _ = source::onnx::read(path, &Interface::default()).map(|graph| graph.validate());
    });
});
