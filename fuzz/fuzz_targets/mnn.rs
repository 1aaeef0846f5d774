//! Listing MNN files.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = edgeconv_converter::target::mnn::list(bytes).map(|listing| listing.weight_bytes());
});
