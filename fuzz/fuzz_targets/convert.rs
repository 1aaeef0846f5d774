//! The whole way from an ONNX file to MNN, and to a rewritten ONNX file.
#![no_main]

use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::source::Interface;
use edgeconv_converter::source::ModelFile;
use edgeconv_converter::target::{Format, Target};
use edgeconv_converter::{Conversion, ConversionError};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(conversion) = Conversion::from_bytes(bytes).and_then(|opened| opened.fix(&Interface::default())) else {
        return;
    };
    let rewritten = conversion.rewrite(&Rewrite::Fast.into()).expect("a pass builds something inconsistent");
    rewritten.graph().validate().expect("a pass builds something inconsistent");
    for format in Format::ALL {
        let target: &dyn Target = format.target();
        match rewritten.to(target) {
            Ok(artefact) => {
                target.list(&ModelFile::from_bytes(artefact.bytes())).expect("what was written can't be read");
            }
            Err(ConversionError::Target(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }
});
