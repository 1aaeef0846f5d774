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
        .include("kernels")
        .flag_if_supported("-Wno-unused-parameter")
        .file("src/shim.cpp")
        .compile("edgeconv_shim");
    compile_installer(source);
    compile_kernels();
}

/// Compiles the kernels, each file for its own set of instructions.
fn compile_kernels() {
    println!("cargo:rerun-if-changed=kernels");
    let architecture = std::env::var("CARGO_CFG_TARGET_ARCH").unwrap_or_default();
    let mut objects = compile_kernel(&["kernels", "portable"], &[]);
    match architecture.as_str() {
        "x86_64" => {
            objects.extend(compile_kernel(&["avx2"], &["-mavx2", "-mfma"]));
            // GCC 12 warns of its own header for AVX-512.
            let quiet = ["-Wno-uninitialized", "-Wno-maybe-uninitialized"];
            objects.extend(compile_kernel(&["avx512"], &["-mavx512f", quiet[0], quiet[1]]));
        }
        "aarch64" => objects.extend(compile_kernel(&["neon"], &[])),
        "arm" => {
            let flags = ["-mfpu=neon-vfpv4", "-mtune=cortex-a17"];
            objects.extend(compile_kernel(&["neon", "matmul_armv7"], &flags));
        }
        _ => {}
    }
    cc::Build::new().objects(objects).compile("edgeconv_kernels");
}

/// What puts the kernels into MNN: what is fused, and what MNN runs for it.
const INSTALLER: [&str; 10] = [
    "install",
    "element_functions",
    "model",
    "patterns",
    "fusion",
    "fused_convolution",
    "pointwise",
    "depthwise",
    "chain",
    "row_operators",
];

/// Compiles that, which needs MNN's internal headers.
fn compile_installer(mnn: &Path) {
    cc::Build::new()
        .cpp(true)
        .std("c++14")
        .opt_level(2)
        .warnings(false)
        .includes(
            ["include", "source", "source/backend/cpu", "schema/current", "3rd_party/flatbuffers/include"]
                .map(|folder| mnn.join(folder)),
        )
        // Classes of MNN are laid out as these say: MNN's defaults, which cmake/mnn-options.cmake keeps.
        .define("MNN_USE_THREAD_POOL", None)
        .define("MNN_SUPPORT_QUANT_EXTEND", None)
        // As MNN: its classes have no type information to derive from.
        .flag("-fno-rtti")
        .files(INSTALLER.map(|name| format!("kernels/{name}.cpp")))
        .compile("edgeconv_install");
}

fn compile_kernel(names: &[&str], flags: &[&str]) -> Vec<PathBuf> {
    let mut build = cc::Build::new();
    build
        .cpp(true)
        .std("c++14")
        // They are for speed in debug builds, too.
        .opt_level(3)
        .debug(false)
        .flag_if_supported("-Wno-psabi")
        // Moving instructions before registers are assigned makes GCC run out of ARMv7's.
        .flag_if_supported("-fno-schedule-insns")
        .files(names.iter().map(|name| format!("kernels/{name}.cpp")));
    for flag in flags {
        build.flag(flag);
    }
    build.compile_intermediates()
}

/// The prebuilt library that mnn-sys was told to link, if it is not there.
fn missing_library() -> Option<PathBuf> {
    let prebuilt = std::env::var("MNN_COMPILE").is_ok_and(|value| ["0", "false", "no"].contains(&value.as_str()));
    let library = PathBuf::from(std::env::var_os("MNN_LIB_DIR")?).join("libMNN.a");
    (prebuilt && !library.exists()).then_some(library)
}
