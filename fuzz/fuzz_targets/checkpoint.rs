//! Reading checkpoints of PyTorch: zip archives and pickle streams.
#![no_main]

mod file;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    file::with_file(bytes, |path| {
        let _ = edgeconv_zoo::weights::read(path);
    });
});
