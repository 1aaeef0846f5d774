//! The whole way from an ONNX file to MNN, and to a rewritten ONNX file.
#![no_main]

mod file;

use edgeconv_converter::pipeline::{self, Rewrite};
use edgeconv_converter::source;
use edgeconv_converter::source::onnx::Interface;
use edgeconv_converter::target::{self, mnn};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    file::with_file(bytes, |path| {
        let Ok(mut graph) = source::onnx::read(path, &Interface::default()) else { return };
        pipeline::run(&mut graph, &Rewrite::Fast.into()).expect("a pass builds something inconsistent");
        graph.validate().expect("a pass builds something inconsistent");
        let _ = target::onnx::export(&graph, target::onnx::DEFAULT_OPSET);
        if let Ok(bytes) = mnn::export(&graph) {
            target::mnn::list(&bytes).expect("what was written can't be read");
        }
    });
});
