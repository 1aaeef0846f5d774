//! Listing MNN files.
#![no_main]

use edgeconv_converter::source::ModelFile;
use edgeconv_converter::target::Format;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let file = ModelFile::from_bytes(bytes);
    let _ = Format::Mnn.target().list(&file).map(|listing| listing.weight_bytes());
});
