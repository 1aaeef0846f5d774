//! Finding ONNX Runtime.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Prints the folder of the Python package without importing it (an import takes a second and may fail).
const FIND_PACKAGE: &str = "import importlib.util
spec = importlib.util.find_spec('onnxruntime')
print(spec.submodule_search_locations[0] if spec else '')";

/// ONNX Runtime's shared library: the file that `ORT_DYLIB_PATH` names, or else the one in Python's `onnxruntime` package.
pub fn find() -> Option<PathBuf> {
    match env::var_os("ORT_DYLIB_PATH").filter(|path| !path.is_empty()) {
        Some(path) => Some(path.into()),
        None => in_package(&python_package()?),
    }
}

fn python_package() -> Option<PathBuf> {
    let output = Command::new("python3").args(["-c", FIND_PACKAGE]).output().ok()?;
    let folder = String::from_utf8(output.stdout).ok()?;
    (output.status.success() && !folder.trim().is_empty()).then(|| folder.trim().into())
}

fn in_package(package: &Path) -> Option<PathBuf> {
    let files = std::fs::read_dir(package.join("capi")).ok()?;
    let mut libraries: Vec<_> =
        files.filter_map(|file| Some(file.ok()?.path())).filter(|path| is_library(path)).collect();
    libraries.sort();
    libraries.pop()
}

/// `libonnxruntime.so.1.22.0`, `libonnxruntime.1.22.0.dylib`, `onnxruntime.dll`.
fn is_library(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.starts_with("libonnxruntime.so")
        || (name.starts_with("libonnxruntime.") && name.ends_with(".dylib"))
        || name == "onnxruntime.dll"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_is_found_among_its_neighbours() {
        let package = tempfile::tempdir().unwrap();
        assert_eq!(in_package(package.path()), None);
        let capi = package.path().join("capi");
        std::fs::create_dir(&capi).unwrap();
        let neighbours = ["libonnxruntime_providers_shared.so", "onnxruntime_pybind11_state.so", "__init__.py"];
        for name in neighbours {
            std::fs::write(capi.join(name), "").unwrap();
        }
        assert_eq!(in_package(package.path()), None);
        for name in ["libonnxruntime.so.1.22.0", "libonnxruntime.1.22.0.dylib", "onnxruntime.dll"] {
            let library = capi.join(name);
            std::fs::write(&library, "").unwrap();
            assert_eq!(in_package(package.path()).as_ref(), Some(&library));
            std::fs::remove_file(library).unwrap();
        }
    }
}
