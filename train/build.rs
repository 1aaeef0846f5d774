//! Binaries and tests find libtorch where they were linked to it.

use std::path::Path;

fn main() {
    if let Some(libraries) = std::env::var_os("DEP_TCH_LIBTORCH_LIB") {
        let libraries = Path::new(&libraries);
        println!("cargo:rustc-link-arg=-Wl,-rpath,{}", libraries.display());
        // What computes on GPUs registers itself when it is loaded: as nothing refers to it, linkers would leave it out.
        if libraries.join("libtorch_cuda.so").exists() {
            println!("cargo:rustc-link-arg=-L{}", libraries.display());
            println!("cargo:rustc-link-arg=-Wl,--no-as-needed,-ltorch_cuda,--as-needed");
        }
    }
}
