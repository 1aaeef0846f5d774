//! Compiles the C++ shim against the headers of the MNN that `mnn-sys` vendors.

use std::path::{Path, PathBuf};

fn main() {
    println!("cargo:rerun-if-changed=src/shim.cpp");
    println!("cargo:rerun-if-env-changed=MNN_LIB_DIR");
    println!("cargo:rerun-if-env-changed=MNN_COMPILE");
    if let Some(library) = missing_library() {
        eprintln!("`{}` is missing. Build MNN first (once per machine): sh cmake/build-mnn.sh", library.display());
        std::process::exit(1);
    }
    // `links = "mnn"` makes Cargo set this variable for the packages that depend on mnn-sys.
    let include = PathBuf::from(std::env::var_os("DEP_MNN_INCLUDE").unwrap_or_default());
    let source = include.parent().unwrap_or(Path::new("."));
    cc::Build::new()
        .cpp(true)
        .std("c++14")
        .opt_level(2)
        .include(&include)
        .include(source.join("schema/current"))
        .include(source.join("3rd_party/flatbuffers/include"))
        .flag_if_supported("-Wno-unused-parameter")
        .file("src/shim.cpp")
        .compile("edgeconv_shim");
}

/// The prebuilt library that mnn-sys was told to link, if it is not there.
fn missing_library() -> Option<PathBuf> {
    let prebuilt = std::env::var("MNN_COMPILE").is_ok_and(|value| ["0", "false", "no"].contains(&value.as_str()));
    let library = PathBuf::from(std::env::var_os("MNN_LIB_DIR")?).join("libMNN.a");
    (prebuilt && !library.exists()).then_some(library)
}
