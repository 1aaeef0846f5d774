//! Finding ONNX Runtime, without running or loading anything of the working folder or the models' folders: these may come from strangers, and
//! so may what lies beside them.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::process;
use crate::program::{Elsewhere, without_relative_paths};

/// How long Python may take to say where its package is.
const PATIENCE: Duration = Duration::from_secs(30);

/// Ends Python with its standard input, which closes when the program that has started it ends, however that does.
const END_WITH_OWNER: &str = "import os, threading
threading.Thread(target=lambda: os.read(0, 1) or os._exit(1), daemon=True).start()
";

/// Prints the folder of the Python package without importing it (an import takes a second and may fail).
const FIND_PACKAGE: &str = "import importlib.util
spec = importlib.util.find_spec('onnxruntime')
print(spec.submodule_search_locations[0] if spec else '')";

/// The variable that names the library.
const VARIABLE: &str = "ORT_DYLIB_PATH";

/// `ORT_DYLIB_PATH` names no library.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "ORT_DYLIB_PATH is `{}`: expected the absolute path of ONNX Runtime's library, such as /opt/onnxruntime/lib/libonnxruntime.so",
    .0.display()
)]
pub struct NotALibrary(PathBuf);

/// ONNX Runtime's shared library: the file that `ORT_DYLIB_PATH` names, or else the one in Python's `onnxruntime` package, if both
/// Python and package lie [elsewhere](crate::program::distrust). `None` if there is none.
///
/// # Errors
/// If `ORT_DYLIB_PATH` is not the absolute path of a file.
pub fn find() -> Result<Option<PathBuf>, NotALibrary> {
    match env::var_os(VARIABLE).filter(|path| !path.is_empty()) {
        Some(path) => named(path.into()).map(Some),
        None => Ok(in_python()),
    }
}

fn named(path: PathBuf) -> Result<PathBuf, NotALibrary> {
    if path.is_absolute() && path.is_file() { Ok(path) } else { Err(NotALibrary(path)) }
}

fn in_python() -> Option<PathBuf> {
    library(&Elsewhere::of_process()?, &env::var_os("PATH")?)
}

/// The library in the `onnxruntime` package of the first Python of this search path, elsewhere.
fn library(elsewhere: &Elsewhere, search_path: &OsStr) -> Option<PathBuf> {
    let python = elsewhere.program("python3", search_path)?;
    let folders: Vec<_> = elsewhere.folders(search_path).collect();
    let package = package(&python, &folders)?;
    elsewhere.place_of(&in_package(&elsewhere.place_of(&package)?)?)
}

/// The folder of the `onnxruntime` package, as this Python says.
fn package(python: &Path, search_path: &[PathBuf]) -> Option<PathBuf> {
    let mut command = Command::new(python);
    // Isolated: neither the working folder nor what variables name is searched. A version manager's stand-in for Python would read the
    // working folder, too, and looks for other programs.
    command.args(["-I", "-c", &format!("{END_WITH_OWNER}{FIND_PACKAGE}")]).current_dir(python.parent()?);
    without_relative_paths(&mut command);
    command.env("PATH", env::join_paths(search_path).ok()?);
    let said = process::run(command, None, PATIENCE).ok()??;
    let folder = String::from_utf8(said.out).ok()?;
    let folder = folder.trim_end_matches(['\r', '\n']);
    (said.ok && !folder.is_empty()).then(|| folder.into())
}

fn in_package(package: &Path) -> Option<PathBuf> {
    let files = fs::read_dir(package.join("capi")).ok()?;
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
        fs::create_dir(&capi).unwrap();
        let neighbours = ["libonnxruntime_providers_shared.so", "onnxruntime_pybind11_state.so", "__init__.py"];
        for name in neighbours {
            fs::write(capi.join(name), "").unwrap();
        }
        assert_eq!(in_package(package.path()), None);
        for name in ["libonnxruntime.so.1.22.0", "libonnxruntime.1.22.0.dylib", "onnxruntime.dll"] {
            let library = capi.join(name);
            fs::write(&library, "").unwrap();
            assert_eq!(in_package(package.path()).as_ref(), Some(&library));
            fs::remove_file(library).unwrap();
        }
    }

    #[cfg(unix)]
    #[test]
    fn python_ends_with_its_standard_input() {
        let elsewhere = Elsewhere::of_process().unwrap();
        let python = elsewhere.program("python3", &env::var_os("PATH").unwrap()).unwrap();
        let start = |more: &str| {
            let mut command = Command::new(&python);
            command.args(["-I", "-c", &format!("{END_WITH_OWNER}{more}")]);
            command.stdin(std::process::Stdio::piped()).spawn().unwrap()
        };
        let mut hanging = start("import time; time.sleep(60)");
        drop(hanging.stdin.take());
        assert_eq!(hanging.wait().unwrap().code(), Some(1));
        let mut ending = start("print('found')");
        // Waiting would close it.
        let _open = ending.stdin.take();
        assert!(ending.wait().unwrap().success());
    }

    #[test]
    fn the_variable_is_the_absolute_path_of_a_file() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert_eq!(named(file.path().to_owned()).as_deref(), Ok(file.path()));
        // The crate's folder is the working folder of its tests.
        for path in ["Cargo.toml", "./Cargo.toml", "/absent/libonnxruntime.so", env!("CARGO_MANIFEST_DIR")] {
            let error = named(path.into()).unwrap_err().to_string();
            assert!(error.starts_with(&format!("ORT_DYLIB_PATH is `{path}`: expected the absolute path")), "{error}");
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod search_tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use tempfile::TempDir;

    use super::*;

    /// A working folder, and a folder elsewhere with a Python.
    struct Machine {
        working: TempDir,
        elsewhere: TempDir,
    }

    impl Machine {
        fn new() -> Self {
            Self { working: tempfile::tempdir().unwrap(), elsewhere: tempfile::tempdir().unwrap() }
        }

        fn library(&self, search_path: &[&Path]) -> Option<PathBuf> {
            library(&Elsewhere::than(self.working.path()).unwrap(), &env::join_paths(search_path).unwrap())
        }
    }

    /// A `python3` that says where its package is, and leaves a file beside itself that says how it was called.
    fn python(folder: &Path, package: &Path) -> PathBuf {
        fs::create_dir_all(folder).unwrap();
        let program = folder.join("python3");
        let script =
            format!("#!/bin/sh\necho \"$1 $PWD $PATH\" >{}/ran\necho {}\n", folder.display(), package.display());
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        program
    }

    /// A package with a library.
    fn package(folder: &Path) -> PathBuf {
        let package = folder.join("onnxruntime");
        fs::create_dir_all(package.join("capi")).unwrap();
        fs::write(package.join("capi/libonnxruntime.so.1"), "").unwrap();
        package
    }

    #[test]
    fn the_package_of_a_python_elsewhere_is_taken() {
        let Machine { working, elsewhere } = &Machine::new();
        let bin = elsewhere.path().join("bin");
        python(&bin, &package(elsewhere.path()));
        let inside = working.path().join("bin");
        python(&inside, &package(working.path()));
        let machine = Elsewhere::than(working.path()).unwrap();
        let search_path = env::join_paths([Path::new(""), Path::new("bin"), Path::new("."), &inside, &bin]).unwrap();
        let library = library(&machine, &search_path).unwrap();
        assert_eq!(library, fs::canonicalize(elsewhere.path().join("onnxruntime/capi/libonnxruntime.so.1")).unwrap());
        assert!(!inside.join("ran").exists());
        // Isolated, and with nothing of the working folder around.
        let bin = fs::canonicalize(bin).unwrap();
        let expected = format!("-I {0} {0}\n", bin.display());
        assert_eq!(fs::read_to_string(bin.join("ran")).unwrap(), expected);
    }

    #[test]
    fn a_python_in_the_working_folder_is_not_run() {
        let machine = Machine::new();
        let (working, elsewhere) = (machine.working.path(), machine.elsewhere.path());
        let program = python(&working.join("bin"), &package(elsewhere));
        // Also not by links, in either direction.
        symlink(working.join("bin"), elsewhere.join("link")).unwrap();
        fs::create_dir(elsewhere.join("bin")).unwrap();
        symlink(&program, elsewhere.join("bin/python3")).unwrap();
        let real = python(&elsewhere.join("real"), &package(elsewhere));
        fs::create_dir(working.join("environment")).unwrap();
        symlink(&real, working.join("environment/python3")).unwrap();
        for folder in [working.join("bin"), elsewhere.join("link"), elsewhere.join("bin"), working.join("environment")]
        {
            assert_eq!(machine.library(&[&folder]), None, "{}", folder.display());
        }
        for folder in [working.join("bin"), elsewhere.join("real")] {
            assert!(!folder.join("ran").exists(), "{}", folder.display());
        }
    }

    #[test]
    fn a_package_in_the_working_folder_is_not_taken() {
        let machine = Machine::new();
        let (working, elsewhere) = (machine.working.path(), machine.elsewhere.path());
        let own = package(working);
        let bin = elsewhere.join("bin");
        // Relative paths would be the working folder's.
        let link = elsewhere.join("onnxruntime");
        symlink(&own, &link).unwrap();
        for found in [own.as_path(), Path::new("onnxruntime"), &link, &elsewhere.join("absent")] {
            python(&bin, found);
            assert_eq!(machine.library(&[&bin]), None, "{}", found.display());
        }
        // A library elsewhere may be a link to one here.
        let package = elsewhere.join("other/onnxruntime");
        fs::create_dir_all(package.join("capi")).unwrap();
        symlink(own.join("capi/libonnxruntime.so.1"), package.join("capi/libonnxruntime.so.1")).unwrap();
        python(&bin, &package);
        assert_eq!(machine.library(&[&bin]), None);
    }
}
