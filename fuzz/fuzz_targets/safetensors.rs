//! Reading `.safetensors` files: mutated bytes rarely keep a valid length of the header, so it is made to fit.
#![no_main]

mod file;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let header = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    let whole = [&(header as u64).to_le_bytes(), bytes].concat();
    for bytes in [bytes, &whole] {
        file::with_file(bytes, |path| {
            let _ = edgeconv_zoo::weights::read(path);
        });
    }
});
