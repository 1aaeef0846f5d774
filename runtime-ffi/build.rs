//! Compiles the library of `include/edgeconv.h` against the headers of the MNN that `mnn-sys` vendors.

use std::path::{Path, PathBuf};

/// What is compiled, as for programs in C++ by `CMakeLists.txt`.
const SOURCES: &str = include_str!("sources.txt");

/// Folders of MNN with headers, not all of which are public.
const HEADERS: [&str; 5] =
    ["include", "source", "source/backend/cpu", "schema/current", "3rd_party/flatbuffers/include"];

fn main() {
    for path in ["include", "kernels", "src", "sources.txt"] {
        println!("cargo:rerun-if-changed={path}");
    }
    println!("cargo:rerun-if-env-changed=MNN_LIB_DIR");
    println!("cargo:rerun-if-env-changed=MNN_COMPILE");
    if let Some(library) = missing_library() {
        eprintln!("`{}` is missing. Build MNN first (once per machine): sh cmake/build-mnn.sh", library.display());
        std::process::exit(1);
    }
    // `links = "mnn"` makes Cargo set this variable for the packages that depend on mnn-sys.
    let include = PathBuf::from(std::env::var_os("DEP_MNN_INCLUDE").unwrap_or_default());
    let mnn = include.parent().unwrap_or(Path::new("."));
    let objects = ["kernel", "mnn"].iter().flat_map(|kind| compile(kind, mnn));
    cc::Build::new().objects(objects).compile("edgeconv");
    cc::Build::new().file("src/stdout.c").compile("edgeconv_stdout");
}

/// Compiles the files of a kind.
fn compile(kind: &str, mnn: &Path) -> Vec<PathBuf> {
    let target = std::env::var("CARGO_CFG_TARGET_ARCH").unwrap_or_default();
    let lines = || SOURCES.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let flags: Vec<_> =
        lines().filter(|words| words.starts_with(&["flags", kind])).flat_map(|words| words[2..].to_vec()).collect();
    let mut objects = vec![];
    for words in lines() {
        let [of, architecture, file, more @ ..] = &words[..] else { continue };
        if *of != kind || ![target.as_str(), "any"].contains(architecture) {
            continue;
        }
        let mut build = cc::Build::new();
        build.cpp(true).warnings(false).includes(["include", "kernels"]).file(file);
        for flag in flags.iter().chain(more) {
            build.flag(flag);
        }
        if kind == "mnn" {
            for folder in HEADERS {
                build.flag("-isystem").flag(mnn.join(folder));
            }
        }
        objects.extend(build.compile_intermediates());
    }
    objects
}

/// The prebuilt library that mnn-sys was told to link, if it is not there.
fn missing_library() -> Option<PathBuf> {
    let prebuilt = std::env::var("MNN_COMPILE").is_ok_and(|value| ["0", "false", "no"].contains(&value.as_str()));
    let library = PathBuf::from(std::env::var_os("MNN_LIB_DIR")?).join("libMNN.a");
    (prebuilt && !library.exists()).then_some(library)
}
