//! Binaries and tests find libtorch where they were linked to it.

fn main() {
    if let Some(libraries) = std::env::var_os("DEP_TCH_LIBTORCH_LIB") {
        println!("cargo:rustc-link-arg=-Wl,-rpath,{}", libraries.display());
    }
}
