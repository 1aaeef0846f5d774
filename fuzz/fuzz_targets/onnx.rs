//! Reading ONNX files, for the graph and as a listing.
#![no_main]

mod file;

use edgeconv_converter::listing;
use edgeconv_converter::onnx::{self, Interface};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    file::with_file(bytes, |path| {
        let _ = listing::onnx(path).map(|listing| listing.histogram().len());
        let _ = onnx::read(path, &Interface::default()).map(|graph| graph.validate());
    });
});
